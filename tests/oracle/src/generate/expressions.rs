//! Values and expressions of a type, of what is visible.

use serde_json::{Value as Json, json};

use super::threads::NEVER;
use super::{Kind, Maker};

/// How deep expressions go.
const DEPTH: usize = 2;

/// Types that are made of one another, mostly.
const CASTS: [Kind; 6] = [Kind::Int, Kind::Str, Kind::Bool, Kind::Double, Kind::Time, Kind::Bytes];

impl Maker {
    /// A value of this type as a step takes it: an expression, or as YAML says it.
    pub(super) fn value(&mut self, kind: Kind) -> Json {
        if self.random.one_in(3) && !kind.is_native() {
            return self.literal(kind);
        }
        let expression = self.expression(kind, DEPTH);
        // Without a variable an expression would be a text.
        if expression.contains('$') {
            return json!(expression);
        }
        // Of a native type only a variable can be said without one.
        match self.variable(kind).filter(|_| kind.is_native()) {
            Some(name) => json!(format!("${name}")),
            None => self.literal(kind),
        }
    }

    /// A value as YAML says it, where the type is declared.
    pub(super) fn literal(&mut self, kind: Kind) -> Json {
        let number = self.random.below(5) as i64 - 1;
        let word = self.random.word(&["", "a", "tea", "7"]);
        match kind {
            Kind::Int => json!(number),
            Kind::Str => json!(word),
            Kind::Bool => json!(self.random.one_in(2)),
            Kind::Double => json!(number as f64 + 0.5),
            Kind::Object => json!({ "a": number, "b": [word, 1], "c": { "d": word } }),
            Kind::List => json!([number, word, 2]),
            Kind::Array => json!([word, "x"]),
            Kind::Map => json!({ "k": number, "m": 1 }),
            Kind::Struct => json!({ "make": word, "year": number }),
            Kind::Time => json!(NEVER),
            Kind::Bytes => json!("dGVh"),
        }
    }

    /// A visible variable of this type.
    pub(super) fn variable(&mut self, kind: Kind) -> Option<String> {
        let fitting: Vec<String> = self
            .visible
            .iter()
            .filter(|variable| variable.kind == kind)
            .map(|variable| variable.name.clone())
            .collect();
        self.random.one_of(&fitting).cloned()
    }

    fn leaf(&mut self, kind: Kind) -> String {
        match self.variable(kind) {
            Some(name) if !self.random.one_in(5) => format!("${name}"),
            _ => match kind {
                Kind::Array => "Array<STR>[\"a\", \"b\"]".to_owned(),
                Kind::Map => "Map<STR, INT>{\"k\": 3}".to_owned(),
                Kind::Struct => {
                    let make = self.expression(Kind::Str, 0);
                    format!("Struct<car>{{make: {make}}}")
                }
                kind => self.literal(kind).to_string(),
            },
        }
    }

    /// An expression of this type, so deep at most.
    pub(super) fn expression(&mut self, kind: Kind, depth: usize) -> String {
        let kind = self.slipped(kind);
        if depth == 0 || self.random.one_in(3) {
            return self.leaf(kind);
        }
        if CASTS.contains(&kind) && self.random.one_in(8) {
            let from = self.random.one_of(&CASTS).copied().unwrap_or(Kind::Int);
            return format!("({} as {})", self.expression(from, depth - 1), kind.name());
        }
        let of = |maker: &mut Self, kind| maker.expression(kind, depth - 1);
        match kind {
            Kind::Int => match self.random.below(6) {
                0 => format!("$size({})", self.countable()),
                1 => match self.variable(Kind::Object) {
                    Some(object) => {
                        let part = self.random.word(&["a", "b[1]"]);
                        format!("${object}.{part} as INT")
                    }
                    None => of(self, Kind::Int),
                },
                2 => match self.variable(Kind::Map) {
                    Some(map) => format!("${map}.get(\"k\")"),
                    None => of(self, Kind::Int),
                },
                _ => {
                    let operator = self.random.word(&["+", "+", "-", "*", "/"]);
                    format!("({} {operator} {})", of(self, Kind::Int), of(self, Kind::Int))
                }
            },
            Kind::Str => match self.random.below(5) {
                0 => {
                    format!("$format(\"{{0}} of {{1}}\", {}, {})", self.anything(), self.anything())
                }
                1 => match self.variable(Kind::Struct) {
                    Some(car) => format!("${car}.get(\"make\")"),
                    None => of(self, Kind::Str),
                },
                2 => format!("({} as STR)", of(self, Kind::Int)),
                _ => format!("({} + {})", of(self, Kind::Str), of(self, Kind::Str)),
            },
            Kind::Bool => match self.random.below(6) {
                0 => format!("({} and {})", of(self, Kind::Bool), of(self, Kind::Bool)),
                1 => format!("({} or {})", of(self, Kind::Bool), of(self, Kind::Bool)),
                2 => format!("({} in {})", of(self, Kind::Int), self.leaf(Kind::List)),
                3 => {
                    let equals = self.random.word(&["==", "!="]);
                    format!("({} {equals} {})", of(self, Kind::Str), of(self, Kind::Str))
                }
                _ => self.comparison(depth - 1),
            },
            Kind::Double => {
                let operator = self.random.word(&["+", "-", "*", "/"]);
                let right = if self.random.one_in(2) { Kind::Int } else { Kind::Double };
                format!("({} {operator} {})", of(self, Kind::Double), of(self, right))
            }
            Kind::Object => match self.variable(Kind::Object) {
                Some(object) if self.random.one_in(2) => {
                    let key = self.random.word(&["a", "c", "none"]);
                    format!("(${object} remove-key \"{key}\")")
                }
                _ => self.leaf(Kind::Object),
            },
            Kind::List => match self.random.below(3) {
                0 => format!("({} extend [4])", self.leaf(Kind::List)),
                1 => format!("({} remove 2)", self.leaf(Kind::List)),
                _ => format!("({} + {})", self.leaf(Kind::List), of(self, Kind::Int)),
            },
            Kind::Array => {
                format!("({} extend {})", self.leaf(Kind::Array), self.leaf(Kind::Array))
            }
            Kind::Map => format!("({} extend {})", self.leaf(Kind::Map), self.leaf(Kind::Map)),
            Kind::Struct | Kind::Time | Kind::Bytes => self.leaf(kind),
        }
    }

    /// The type of an expression: once, if the maker is to slip, another one.
    fn slipped(&mut self, kind: Kind) -> Kind {
        match &mut self.slip {
            Some(0) => {
                self.slip = None;
                self.kind()
            }
            Some(left) => {
                *left -= 1;
                kind
            }
            None => kind,
        }
    }

    /// Two numbers compared.
    fn comparison(&mut self, depth: usize) -> String {
        let operator = self.random.word(&["<", ">", "<=", ">=", "==", "!="]);
        let left = self.expression(Kind::Int, depth);
        let right = self.expression(Kind::Int, depth);
        format!("({left} {operator} {right})")
    }

    /// A condition that a variable decides.
    pub(super) fn condition(&mut self) -> String {
        let found = self.expression(Kind::Bool, DEPTH);
        if found.contains('$') { found } else { "$number > 1".to_owned() }
    }

    fn countable(&mut self) -> String {
        let kind = if self.random.one_in(3) { Kind::Array } else { Kind::List };
        self.variable(kind).map_or_else(|| "$list".to_owned(), |name| format!("${name}"))
    }

    /// Something of any type: in a text all of it is said. What is composed of others comes less often.
    fn anything(&mut self) -> String {
        let of = if self.random.one_in(8) { &Kind::ALL[..] } else { &Kind::ALL[..4] };
        let kind = self.random.one_of(of).copied().unwrap_or(Kind::Int);
        self.leaf(kind)
    }
}
