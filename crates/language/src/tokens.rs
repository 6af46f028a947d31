//! Words and what they are, for colours.

use halter_spec::grammar::NameKind;

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
                NameKind::Thread => TokenKind::Thread,
                NameKind::Variable | NameKind::Input => TokenKind::Variable,
                NameKind::Event => TokenKind::Event,
                NameKind::Task => TokenKind::Task,
                NameKind::UserTask => TokenKind::UserTask,
                NameKind::WorkflowEvent => TokenKind::WorkflowEvent,
                NameKind::Label | NameKind::Property => TokenKind::Label,
                NameKind::Node => TokenKind::Node,
                NameKind::Failure => TokenKind::Failure,
                NameKind::StructDef => TokenKind::Type,
                NameKind::Field | NameKind::Workflow => TokenKind::Field,
            };
            return (kind, *usage == Use::Declares);
        }
        What::Type(_) | What::Composed(_) => TokenKind::Type,
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
