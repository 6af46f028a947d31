//! Properties of all runs: `never order enters charge and event cancel was taken`. docs/explorer.md is their reference.
//!
//! A property is a kind (`never`, `always`, `can`, or `… leads to …`) and conditions; a condition is made of `and`, `or`, `not`,
//! parentheses and what is said of the run, of ThreadRuns, of variables and of events.

use crate::model::Comparator;
use crate::place::At;
use crate::value::{Double, Value};

/// Words inside parentheses and behind `not`; more can't be read.
const MOST_DEPTH: usize = 32;

/// A property that stands in a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// As it was written.
    pub text: String,
    /// What it says.
    pub claim: Claim,
    /// Where it stands.
    pub at: At,
}

/// What a property says of all runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// In no step of any run.
    Never(Condition),
    /// In every step of every run.
    Always(Condition),
    /// In some step of some run.
    Can(Condition),
    /// Whenever the first is so, the second is so then or later, before the run is over.
    LeadsTo(Condition, Condition),
}

impl Claim {
    /// Its conditions.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let (first, second) = match self {
            Claim::Never(c) | Claim::Always(c) | Claim::Can(c) => (c, None),
            Claim::LeadsTo(a, b) => (a, Some(b)),
        };
        std::iter::once(first).chain(second)
    }
}

/// What may be so after a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All of them.
    All(Vec<Condition>),
    /// At least one.
    Any(Vec<Condition>),
    /// Not so.
    Not(Box<Condition>),
    /// The WfRun has this status.
    Run(String),
    /// At least one ThreadRun of this ThreadSpec is like that; or so many of them, compared so.
    Threads {
        /// Its ThreadSpec.
        thread: String,
        /// Like what.
        like: Like,
        /// How many.
        count: Option<(Comparator, i64)>,
    },
    /// A variable of some ThreadRun of this ThreadSpec compares so.
    Variable {
        /// The ThreadSpec.
        thread: String,
        /// The variable.
        name: String,
        /// How.
        comparator: Comparator,
        /// With what.
        value: Value,
    },
    /// An event has come.
    EventCame(String),
    /// An event was taken: it has interrupted somebody, or a NodeRun waited for it.
    EventTaken(String),
}

/// What a ThreadRun is like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Like {
    /// There is one.
    There,
    /// It has this status.
    Is(String),
    /// It is at this node, and not over.
    At(String),
    /// It was at this node, or is.
    Reached(String),
    /// It has come to this node in this very step.
    Enters(String),
}

impl Condition {
    /// It and all conditions that it is made of.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Condition)) {
        see(self);
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    part.visit(see);
                }
            }
            Condition::Not(part) => part.visit(see),
            _ => {}
        }
    }
}

/// Whether a node is meant by what stands in a property: its name, or what an SDK makes its name of, such as `charge` in
/// `1-charge-TASK`.
#[must_use]
pub fn names_node(written: &str, node: &str) -> bool {
    let middle = || {
        let (number, rest) = node.split_once('-')?;
        let (middle, _) = rest.rsplit_once('-')?;
        number.bytes().all(|b| b.is_ascii_digit()).then_some(middle)
    };
    written == node || middle() == Some(written)
}

/// Reads a property.
///
/// # Errors
/// What is wrong, in one sentence, and at which byte.
pub fn parse(text: &str) -> Result<Claim, (usize, String)> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, next: 0, end: text.len(), depth: 0 };
    let claim = parser.claim()?;
    if let Some(token) = parser.peek() {
        let message =
            format!("Here \"and\", \"or\" or the end is expected, not \"{}\".", token.text);
        return Err((token.at, message));
    }
    Ok(claim)
}

/// A word, a sign or a text in quotes.
struct Token<'t> {
    at: usize,
    text: &'t str,
    quoted: bool,
}

const SIGNS: [&str; 8] = ["==", "!=", "<=", ">=", "<", ">", "(", ")"];

fn tokens(text: &str) -> Result<Vec<Token<'_>>, (usize, String)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let space = rest.len() - rest.trim_start().len();
        if space > 0 {
            at += space;
            continue;
        }
        if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            tokens.push(Token { at, text: sign, quoted: false });
            at += sign.len();
        } else if let Some(inside) = rest.strip_prefix('"') {
            let Some(length) = inside.find('"') else {
                return Err((at, "This text has no end: a \" is missing.".to_owned()));
            };
            tokens.push(Token { at, text: &inside[..length], quoted: true });
            at += length + 2;
        } else {
            let ends = |c: char| c.is_whitespace() || "()<>=!\"".contains(c);
            let length = rest.find(ends).unwrap_or(rest.len());
            if length == 0 {
                return Err((at, format!("\"{}\" has no meaning here.", &rest[..1])));
            }
            tokens.push(Token { at, text: &rest[..length], quoted: false });
            at += length;
        }
    }
    Ok(tokens)
}

struct Parser<'t> {
    tokens: &'t [Token<'t>],
    next: usize,
    end: usize,
    depth: usize,
}

type Parsed<T> = Result<T, (usize, String)>;

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.next)
    }

    /// Takes these words, if they stand here.
    fn eat(&mut self, words: &[&str]) -> bool {
        let here = self.tokens.get(self.next..self.next + words.len());
        let found =
            here.is_some_and(|here| here.iter().zip(words).all(|(t, w)| !t.quoted && t.text == *w));
        if found {
            self.next += words.len();
        }
        found
    }

    fn word(&mut self, what: &str) -> Parsed<&'t str> {
        let token = self.peek().filter(|t| !SIGNS.contains(&t.text));
        let token = token.ok_or_else(|| self.expected(what))?;
        self.next += 1;
        Ok(token.text)
    }

    fn expected(&self, what: &str) -> (usize, String) {
        match self.peek() {
            Some(token) => (token.at, format!("Here {what} is expected, not \"{}\".", token.text)),
            None => (self.end, format!("At the end {what} is missing.")),
        }
    }

    fn claim(&mut self) -> Parsed<Claim> {
        if self.eat(&["never"]) {
            return self.condition().map(Claim::Never);
        }
        if self.eat(&["always"]) {
            return self.condition().map(Claim::Always);
        }
        if self.eat(&["can"]) {
            return self.condition().map(Claim::Can);
        }
        let first = self.condition()?;
        if !self.eat(&["leads", "to"]) {
            return Err(match self.peek() {
                Some(_) => self.expected("\"and\", \"or\" or \"leads to\""),
                None => (
                    0,
                    "A property begins with never, always or can, or has \"leads to\".".to_owned(),
                ),
            });
        }
        Ok(Claim::LeadsTo(first, self.condition()?))
    }

    fn condition(&mut self) -> Parsed<Condition> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(self.expected("a condition with fewer parentheses"));
        }
        let first = self.all()?;
        let mut parts = vec![first];
        while self.eat(&["or"]) {
            parts.push(self.all()?);
        }
        self.depth -= 1;
        Ok(single(parts, Condition::Any))
    }

    fn all(&mut self) -> Parsed<Condition> {
        let mut parts = vec![self.one()?];
        while self.eat(&["and"]) {
            parts.push(self.one()?);
        }
        Ok(single(parts, Condition::All))
    }

    fn one(&mut self) -> Parsed<Condition> {
        if self.eat(&["not"]) {
            self.depth += 1;
            if self.depth > MOST_DEPTH {
                return Err(self.expected("a condition with fewer \"not\"s"));
            }
            let part = self.one()?;
            self.depth -= 1;
            return Ok(Condition::Not(Box::new(part)));
        }
        if self.eat(&["("]) {
            let inside = self.condition()?;
            if !self.eat(&[")"]) {
                return Err(self.expected("\")\""));
            }
            return Ok(inside);
        }
        if self.eat(&["run", "is"]) {
            return Ok(Condition::Run(self.word("a status such as COMPLETED")?.to_owned()));
        }
        if self.eat(&["event"]) {
            let event = self.word("the name of an event")?.to_owned();
            if self.eat(&["came"]) || self.eat(&["has", "come"]) {
                return Ok(Condition::EventCame(event));
            }
            if self.eat(&["was", "taken"]) {
                return Ok(Condition::EventTaken(event));
            }
            return Err(self.expected("\"came\" or \"was taken\""));
        }
        if self.eat(&["count"]) {
            let thread = self.word("the name of a thread")?.to_owned();
            let here = self.next;
            let like = self.like()?.unwrap_or(Like::There);
            if matches!(like, Like::Reached(_)) {
                self.next = here;
                return Err(self.expected("\"is\", \"at\", \"enters\" or a comparison"));
            }
            let comparator = self.comparator()?;
            let at = self.peek().map_or(self.end, |token| token.at);
            let number = self.word("a whole number")?;
            let number =
                number.parse().map_err(|_| (at, format!("\"{number}\" is no whole number.")))?;
            return Ok(Condition::Threads { thread, like, count: Some((comparator, number)) });
        }
        let subject = self.word("a condition such as \"order is HALTED\"")?;
        if let Some((thread, name)) = subject.split_once('.') {
            let comparator = self.comparator()?;
            return Ok(Condition::Variable {
                thread: thread.to_owned(),
                name: name.trim_start_matches('$').to_owned(),
                comparator,
                value: self.value()?,
            });
        }
        let Some(like) = self.like()? else {
            return Err(self.expected("\"is\", \"at\", \"reached\" or \"enters\""));
        };
        Ok(Condition::Threads { thread: subject.to_owned(), like, count: None })
    }

    fn like(&mut self) -> Parsed<Option<Like>> {
        let like: fn(String) -> Like = if self.eat(&["is", "at"]) || self.eat(&["at"]) {
            Like::At
        } else if self.eat(&["is"]) {
            Like::Is
        } else if self.eat(&["reached"]) {
            Like::Reached
        } else if self.eat(&["enters"]) {
            Like::Enters
        } else {
            return Ok(None);
        };
        let what = if like(String::new()) == Like::Is(String::new()) {
            "a status such as HALTED"
        } else {
            "the name of a node"
        };
        Ok(Some(like(self.word(what)?.to_owned())))
    }

    fn comparator(&mut self) -> Parsed<Comparator> {
        let comparators = [
            ("==", Comparator::Equals),
            ("!=", Comparator::NotEquals),
            ("<=", Comparator::LessThanEq),
            (">=", Comparator::GreaterThanEq),
            ("<", Comparator::LessThan),
            (">", Comparator::GreaterThan),
        ];
        for (sign, comparator) in comparators {
            if self.eat(&[sign]) {
                return Ok(comparator);
            }
        }
        Err(self.expected("a comparison such as == or >="))
    }

    fn value(&mut self) -> Parsed<Value> {
        let quoted = self.peek().is_some_and(|token| token.quoted);
        let word = self.word("a value such as 5 or \"text\"")?;
        if quoted {
            return Ok(Value::str(word));
        }
        Ok(match word {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => match (word.parse::<i64>(), word.parse::<f64>()) {
                (Ok(number), _) => Value::Int(number),
                (_, Ok(number)) if number.is_finite() => Value::Double(Double(number)),
                _ => Value::str(word),
            },
        })
    }
}

fn single(mut parts: Vec<Condition>, many: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            many(parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Claim, Condition, Like, names_node, parse};

    #[test]
    fn properties_are_read() {
        let halted = || Condition::Threads {
            thread: "order".to_owned(),
            like: Like::Is("HALTED".to_owned()),
            count: None,
        };
        let came = || Condition::EventCame("paid".to_owned());
        for (text, claim) in [
            ("never order is HALTED", Claim::Never(halted())),
            (
                "always not order is HALTED or event paid came",
                Claim::Always(Condition::Any(vec![Condition::Not(Box::new(halted())), came()])),
            ),
            (
                "can (order is HALTED and event paid has come)",
                Claim::Can(Condition::All(vec![halted(), came()])),
            ),
            (
                "event paid came leads to run is COMPLETED",
                Claim::LeadsTo(came(), Condition::Run("COMPLETED".to_owned())),
            ),
        ] {
            assert_eq!(parse(text), Ok(claim), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        for (text, at, says) in [
            ("", 0, "At the end a condition such as \"order is HALTED\" is missing."),
            (
                "order is HALTED",
                0,
                "A property begins with never, always or can, or has \"leads to\".",
            ),
            (
                "never order HALTED",
                12,
                "Here \"is\", \"at\", \"reached\" or \"enters\" is expected, not \"HALTED\".",
            ),
            ("never (order is HALTED", 22, "At the end \")\" is missing."),
            (
                "never order.total 5",
                18,
                "Here a comparison such as == or >= is expected, not \"5\".",
            ),
            ("never count order > many", 20, "\"many\" is no whole number."),
            ("never event paid", 16, "At the end \"came\" or \"was taken\" is missing."),
            (
                "can order is HALTED order",
                20,
                "Here \"and\", \"or\" or the end is expected, not \"order\".",
            ),
            ("can order.name == \"x", 18, "This text has no end: a \" is missing."),
            ("can = 5", 4, "\"=\" has no meaning here."),
        ] {
            assert_eq!(parse(text), Err((at, says.to_owned())), "{text}");
        }
        assert!(parse(&"(".repeat(100_000)).is_err());
        assert!(parse(&format!("never {}", "not ".repeat(100_000))).is_err());
    }

    #[test]
    fn nodes_have_short_names() {
        assert!(names_node("charge-card", "1-charge-card-TASK"));
        assert!(names_node("1-charge-card-TASK", "1-charge-card-TASK"));
        assert!(!names_node("card", "1-charge-card-TASK"));
        assert!(!names_node("b", "a-b-c"));
    }
}
