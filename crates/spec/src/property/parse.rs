//! Reads properties, and says what may stand next in one that is half written.

use super::{Condition, Like, PropertyKind};
use crate::model::Comparator;
use crate::value::{Double, Value};

/// Words inside parentheses and behind `not`; more can't be read.
const MOST_DEPTH: usize = 32;

/// What may stand next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// These words, or this sign.
    Words(String),
    /// The name of a ThreadSpec; of one of its variables, behind a point, where a condition begins.
    Thread,
    /// The name of an event.
    Event,
    /// A status.
    Status,
    /// The name of a node of this ThreadSpec.
    Node(String),
    /// A whole number.
    Number,
    /// A value.
    Value,
}

/// Reads a property.
///
/// # Errors
/// What is wrong, in one sentence, and at which byte.
pub fn parse(text: &str) -> Result<PropertyKind, (usize, String)> {
    let tokens = tokens(text)?;
    let mut parser = Parser::of(&tokens, text.len());
    let property = parser.property()?;
    parser.end()?;
    Ok(property)
}

/// Reads a condition that stands alone.
///
/// # Errors
/// What is wrong, in one sentence, and at which byte.
pub fn condition(text: &str) -> Result<Condition, (usize, String)> {
    let tokens = tokens(text)?;
    let mut parser = Parser::of(&tokens, text.len());
    let condition = parser.condition()?;
    parser.end()?;
    Ok(condition)
}

/// What may stand behind what is written so far; nothing, if that is wrong already. A last word that is only begun must be left out.
#[must_use]
pub fn expected(text: &str) -> Vec<Expected> {
    let Ok(tokens) = tokens(text) else {
        return Vec::new();
    };
    let mut parser = Parser::of(&tokens, text.len());
    // Whatever is read to the end of the text has said what could stand there.
    let _ = parser.property();
    let mut found: Vec<Expected> = Vec::new();
    for one in parser.expected {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
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
    /// What was looked for behind the last token.
    expected: Vec<Expected>,
}

type Parsed<T> = Result<T, (usize, String)>;

impl<'t> Parser<'t> {
    fn of(tokens: &'t [Token<'t>], end: usize) -> Self {
        Parser { tokens, next: 0, end, depth: 0, expected: Vec::new() }
    }

    fn peek(&self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.next)
    }

    /// Takes these words, if they stand here.
    fn eat(&mut self, words: &[&str]) -> bool {
        let rest = self.tokens.get(self.next..).unwrap_or_default();
        let is_so = rest.iter().zip(words).all(|(t, w)| !t.quoted && t.text == *w);
        if is_so && rest.len() < words.len() {
            let missing = words.get(rest.len()..).unwrap_or_default();
            self.expected.push(Expected::Words(missing.join(" ")));
        }
        let found = is_so && rest.len() >= words.len();
        if found {
            self.next += words.len();
        }
        found
    }

    fn word(&mut self, what: &str, kind: Expected) -> Parsed<&'t str> {
        if self.peek().is_none() {
            self.expected.push(kind);
        }
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

    /// Nothing more.
    fn end(&self) -> Parsed<()> {
        match self.peek() {
            Some(_) => Err(self.expected("\"and\", \"or\" or the end")),
            None => Ok(()),
        }
    }

    fn property(&mut self) -> Parsed<PropertyKind> {
        if self.eat(&["never"]) {
            return self.condition().map(PropertyKind::Never);
        }
        if self.eat(&["always"]) {
            return self.condition().map(PropertyKind::Always);
        }
        if self.eat(&["can"]) {
            return self.condition().map(PropertyKind::Can);
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
        Ok(PropertyKind::LeadsTo(first, self.condition()?))
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
            return Ok(Condition::Run(
                self.word("a status such as COMPLETED", Expected::Status)?.to_owned(),
            ));
        }
        if self.eat(&["event"]) {
            let event = self.word("the name of an event", Expected::Event)?.to_owned();
            if self.eat(&["came"]) || self.eat(&["has", "come"]) {
                return Ok(Condition::EventCame(event));
            }
            if self.eat(&["was", "taken"]) {
                return Ok(Condition::EventTaken(event));
            }
            return Err(self.expected("\"came\" or \"was taken\""));
        }
        if self.eat(&["count"]) {
            let thread = self.word("the name of a thread", Expected::Thread)?.to_owned();
            let here = self.next;
            let like = self.like(&thread)?.unwrap_or(Like::There);
            if matches!(like, Like::Reached(_)) {
                self.next = here;
                return Err(self.expected("\"is\", \"at\", \"enters\" or a comparison"));
            }
            let comparator = self.comparator()?;
            let at = self.peek().map_or(self.end, |token| token.at);
            let number = self.word("a whole number", Expected::Number)?;
            let number =
                number.parse().map_err(|_| (at, format!("\"{number}\" is no whole number.")))?;
            return Ok(Condition::Threads { thread, like, count: Some((comparator, number)) });
        }
        let subject = self.word("a condition such as \"order is HALTED\"", Expected::Thread)?;
        if let Some((thread, name)) = subject.split_once('.') {
            let comparator = self.comparator()?;
            return Ok(Condition::Variable {
                thread: thread.to_owned(),
                name: name.trim_start_matches('$').to_owned(),
                comparator,
                value: self.value()?,
            });
        }
        let Some(like) = self.like(subject)? else {
            return Err(self.expected("\"is\", \"at\", \"reached\" or \"enters\""));
        };
        Ok(Condition::Threads { thread: subject.to_owned(), like, count: None })
    }

    fn like(&mut self, thread: &str) -> Parsed<Option<Like>> {
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
        let (what, kind) = if like(String::new()) == Like::Is(String::new()) {
            ("a status such as HALTED", Expected::Status)
        } else {
            ("the name of a node", Expected::Node(thread.to_owned()))
        };
        Ok(Some(like(self.word(what, kind)?.to_owned())))
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
        let word = self.word("a value such as 5 or \"text\"", Expected::Value)?;
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
    use super::{Expected, expected};

    fn words(text: &str) -> Vec<String> {
        let all = expected(text).into_iter().map(|one| match one {
            Expected::Words(words) => words,
            other => format!("<{other:?}>"),
        });
        all.collect()
    }

    #[test]
    fn what_may_stand_next_is_told() {
        let condition =
            ["not", "(", "run is", "event", "count", "<Thread>"].map(ToOwned::to_owned).to_vec();
        let begin = ["never", "always", "can"].map(ToOwned::to_owned);
        assert_eq!(words(""), [&begin[..], &condition].concat());
        assert_eq!(words("never"), condition);
        assert_eq!(words("never order"), ["is at", "at", "is", "reached", "enters"]);
        assert_eq!(words("never order is"), ["at", "<Status>"]);
        assert_eq!(words("never order enters"), ["<Node(\"order\")>"]);
        assert_eq!(words("never order is HALTED"), ["and", "or"]);
        assert_eq!(words("order is HALTED"), ["and", "or", "leads to"]);
        assert_eq!(words("event paid"), ["came", "has come", "was taken"]);
        assert_eq!(words("event paid was"), ["taken"]);
        assert_eq!(
            words("always count kid"),
            ["is at", "at", "is", "reached", "enters", "==", "!=", "<=", ">=", "<", ">"]
        );
        assert_eq!(words("always count kid <="), ["<Number>"]);
        assert_eq!(words("can order.total >"), ["<Value>"]);
        assert_eq!(words("never order dances"), Vec::<String>::new());
        assert_eq!(words("never \"order"), Vec::<String>::new());
    }
}
