//! Words and what they are, for colours.

use halter_spec::grammar::Kind;

use crate::analysis::{Analysis, Use, What};
use crate::cst::Cst;

/// A word with what it is. Tokens stand in order and do not overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Token {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it is.
    pub kind: TokenKind,
    /// Whether a name is declared there.
    pub declares: bool,
}

/// What a [`Token`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it all")]
pub enum TokenKind {
    Statement,
    Key,
    Thread,
    Variable,
    Event,
    Task,
    UserTask,
    WorkflowEvent,
    Label,
    Node,
    Failure,
    Field,
    Type,
    Word,
    Function,
    Operator,
    Path,
    Number,
    String,
    Constant,
    Comment,
}

/// All words that mean something.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let cst = Cst::of(text);
    let analysis = Analysis::of(&cst);
    let mut tokens: Vec<Token> = analysis
        .spots
        .iter()
        .map(|spot| {
            let (kind, declares) = kind(&spot.what);
            Token { from: spot.from, to: spot.to, kind, declares }
        })
        .collect();
    tokens.extend(cst.comments.iter().map(|(from, to)| Token {
        from: *from,
        to: *to,
        kind: TokenKind::Comment,
        declares: false,
    }));
    tokens.sort_by_key(|token| (token.from, token.to));
    let mut end = 0;
    tokens.retain(|token| {
        let fits = token.from >= end && token.to > token.from;
        if fits {
            end = token.to;
        }
        fits
    });
    tokens
}

fn kind(what: &What) -> (TokenKind, bool) {
    let kind = match what {
        What::Key(_) => TokenKind::Key,
        What::Statement(_) => TokenKind::Statement,
        What::Name(name, usage) => {
            let kind = match name.kind {
                Kind::Thread => TokenKind::Thread,
                Kind::Variable | Kind::Input => TokenKind::Variable,
                Kind::Event => TokenKind::Event,
                Kind::Task => TokenKind::Task,
                Kind::UserTask => TokenKind::UserTask,
                Kind::WorkflowEvent => TokenKind::WorkflowEvent,
                Kind::Label | Kind::Property => TokenKind::Label,
                Kind::Node => TokenKind::Node,
                Kind::Failure => TokenKind::Failure,
                Kind::Field | Kind::Workflow => TokenKind::Field,
            };
            return (kind, *usage == Use::Declares);
        }
        What::Type(_) => TokenKind::Type,
        What::Word(_) => TokenKind::Word,
        What::Function(_) => TokenKind::Function,
        What::Operator => TokenKind::Operator,
        What::Path => TokenKind::Path,
        What::Number => TokenKind::Number,
        What::Text => TokenKind::String,
        What::Constant => TokenKind::Constant,
    };
    (kind, false)
}
