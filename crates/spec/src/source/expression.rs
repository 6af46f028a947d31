//! The small language of expressions: `$total + $price * 2 > 100 and $state in ["new", "paid"]`.
//!
//! Every expression is one [`VariableAssignment`]; what `LittleHorse` can't compute can't be written.

use std::sync::Arc;

use indexmap::IndexMap;

use super::types::parse_type;
use crate::about::{About, Unknown, UnknownWhat};
use crate::code::Code;
use crate::composed;
use crate::diagnostic::Diagnostic;
use crate::grammar::is_composed;
use crate::limits::{MAX_EXPRESSION_BYTES, MAX_EXPRESSION_DEPTH, MAX_EXPRESSION_OPERATORS};
use crate::model::{
    Comparator, Expression, InlineStructBuilder, InlineStructFieldValue, MutationType, Operator,
    Path, Selector, Source, Type, TypeDef, VarType, VariableAssignment,
};
use crate::names::similar;
use crate::place::{At, Span};
use crate::proto_json::bytes_of_base64;
use crate::timestamp;
use crate::tree::{Tree, TreeKind};
use crate::value::{Double, Json, Value};

/// Finds the node that `$output(label)` names; without a label, the node whose output is being stored.
pub(super) type Outputs<'o> = &'o dyn Fn(Option<&str>) -> Option<String>;

/// Reads an expression that fills a scalar of the source.
pub(super) fn parse(
    tree: &Tree,
    outputs: Outputs<'_>,
) -> Result<VariableAssignment, Box<Diagnostic>> {
    let text = tree.text().unwrap_or_default();
    parse_part(text, 0, tree, outputs)
}

/// Reads an expression that is the rest of a scalar from some byte on.
pub(super) fn parse_part(
    text: &str,
    from: usize,
    tree: &Tree,
    outputs: Outputs<'_>,
) -> Result<VariableAssignment, Box<Diagnostic>> {
    let mut parser = Parser { text, offset: from, tree, outputs, depth: 0, operators: 0 };
    if text.len() > MAX_EXPRESSION_BYTES {
        return Err(parser.error(0, "This expression is too long for the playground."));
    }
    let value = parser.expression(0)?;
    parser.skip_space();
    if parser.rest().is_empty() {
        return Ok(value);
    }
    let word = parser.peek_word();
    let operators = OPERATORS.iter().map(|(word, _, _)| *word);
    let message = match similar(word, operators.chain(["as", "not"])) {
        Some(meant) => format!("\"{word}\" is no operator; did you mean \"{meant}\"?"),
        None => "Here an operator such as +, ==, and, in is expected, or the end.".to_owned(),
    };
    Err(parser.error(parser.offset, message))
}

/// Reads what a mutation changes: a variable and perhaps a part of it, such as `cart.items[0]`.
pub(super) fn parse_target(
    text: &str,
    span: Span,
) -> Result<(String, Option<Path>), Box<Diagnostic>> {
    let with_sigil = if text.starts_with('$') { text.to_owned() } else { format!("${text}") };
    let tree = Tree { span, tag: None, kind: TreeKind::Quoted(with_sigil) };
    let value =
        parse(&tree, &|_| None).map_err(|problem| Box::new(Diagnostic { span, ..*problem }))?;
    match value {
        VariableAssignment { source: Source::Variable(name), path, target_type: None, .. } => {
            Ok((name, path))
        }
        _ => {
            let message = format!("\"{text}\" is no variable and no part of one.");
            Err(Box::new(Diagnostic::error(Code::Expression, span, message)))
        }
    }
}

/// Operators of words, how tightly they bind, and what they mean.
pub(super) const OPERATORS: [(&str, u8, Operator); 20] = [
    ("or", 1, Operator::Mutation(MutationType::Or)),
    ("||", 1, Operator::Mutation(MutationType::Or)),
    ("and", 2, Operator::Mutation(MutationType::And)),
    ("&&", 2, Operator::Mutation(MutationType::And)),
    ("==", 4, Operator::Compare(Comparator::Equals)),
    ("!=", 4, Operator::Compare(Comparator::NotEquals)),
    ("<=", 4, Operator::Compare(Comparator::LessThanEq)),
    (">=", 4, Operator::Compare(Comparator::GreaterThanEq)),
    ("<", 4, Operator::Compare(Comparator::LessThan)),
    (">", 4, Operator::Compare(Comparator::GreaterThan)),
    ("in", 4, Operator::Compare(Comparator::In)),
    ("extend", 5, Operator::Mutation(MutationType::Extend)),
    ("remove-index", 5, Operator::Mutation(MutationType::RemoveIndex)),
    ("remove-key", 5, Operator::Mutation(MutationType::RemoveKey)),
    ("remove", 5, Operator::Mutation(MutationType::RemoveIfPresent)),
    ("+", 6, Operator::Mutation(MutationType::Add)),
    ("-", 6, Operator::Mutation(MutationType::Subtract)),
    ("**", 8, Operator::Mutation(MutationType::Pow)),
    ("*", 7, Operator::Mutation(MutationType::Multiply)),
    ("/", 7, Operator::Mutation(MutationType::Divide)),
];

/// A condition that holds just when this one does not.
fn not(value: VariableAssignment) -> VariableAssignment {
    let at = value.at;
    match value {
        VariableAssignment {
            source: Source::Expression(parts),
            path: None,
            target_type: None,
            ..
        } if matches!(parts.operator, Operator::Compare(_)) => {
            let Expression { lhs, operator, rhs } = *parts;
            let operator = match operator {
                Operator::Compare(comparator) => Operator::Compare(comparator.negated()),
                other @ Operator::Mutation(_) => other,
            };
            let source = Source::Expression(Box::new(Expression { lhs, operator, rhs }));
            VariableAssignment { at, ..VariableAssignment::of(source) }
        }
        value => {
            let rhs = VariableAssignment {
                at,
                ..VariableAssignment::of(Source::Literal(Value::Bool(false)))
            };
            let operator = Operator::Compare(Comparator::Equals);
            let source = Source::Expression(Box::new(Expression { lhs: value, operator, rhs }));
            VariableAssignment { at, ..VariableAssignment::of(source) }
        }
    }
}

struct Parser<'t, 'o> {
    text: &'t str,
    offset: usize,
    tree: &'t Tree,
    outputs: Outputs<'o>,
    depth: usize,
    operators: usize,
}

type Parsed<T> = Result<T, Box<Diagnostic>>;

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Bytes of the name that a text begins with: letters, digits and underscores, with single dashes between them.
pub(super) fn name_length(text: &str) -> usize {
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((index, letter)) = letters.next() {
        let goes_on = is_letter(letter)
            || (letter == '-'
                && index > 0
                && letters.peek().is_some_and(|(_, next)| is_letter(*next)));
        if !goes_on {
            break;
        }
        end = index + letter.len_utf8();
    }
    end
}

impl<'t> Parser<'t, '_> {
    fn rest(&self) -> &'t str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.offset += rest.len() - rest.trim_start().len();
    }

    /// Takes this text, if it comes next.
    fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.offset += text.len();
        }
        found
    }

    fn expect(&mut self, text: &str) -> Parsed<()> {
        self.skip_space();
        if self.eat(text) {
            return Ok(());
        }
        Err(self.error(self.offset, format!("Here \"{text}\" is expected.")))
    }

    fn peek_word(&self) -> &'t str {
        let rest = self.rest();
        let length = name_length(rest);
        rest.get(..length).unwrap_or_default()
    }

    /// The place of a part, exact if the scalar stands on one line as it is.
    fn span(&self, from: usize, to: usize) -> Span {
        let whole = self.tree.span;
        let quotes = u32::from(matches!(self.tree.kind, TreeKind::Quoted(_)));
        let written = self.text.chars().count() as u32 + 2 * quotes;
        if whole.line != whole.end_line || whole.end_column.saturating_sub(whole.column) != written
        {
            return whole;
        }
        let column = |offset: usize| {
            let before = self.text.get(..offset).unwrap_or(self.text);
            whole.column + quotes + before.chars().count() as u32
        };
        Span { column: column(from), end_column: column(to), ..whole }
    }

    fn at(&self, from: usize) -> At {
        let consumed = self.text.get(..self.offset).unwrap_or(self.text);
        At(self.span(from, consumed.trim_end().len().max(from)))
    }

    #[allow(
        clippy::unnecessary_box_returns,
        reason = "errors travel in boxes, so that results stay small"
    )]
    fn error(&self, offset: usize, about: impl Into<About>) -> Box<Diagnostic> {
        let end = self.text.get(offset..).and_then(|rest| {
            let word = name_length(rest);
            let first = rest.chars().next().map_or(0, char::len_utf8);
            Some(offset + word.max(first)).filter(|end| *end > offset)
        });
        let span = self.span(offset, end.unwrap_or(offset));
        Box::new(Diagnostic::error(Code::Expression, span, about))
    }

    fn literal(&self, value: Value, from: usize) -> VariableAssignment {
        VariableAssignment { at: self.at(from), ..VariableAssignment::of(Source::Literal(value)) }
    }

    fn expression(&mut self, loosest: u8) -> Parsed<VariableAssignment> {
        self.depth += 1;
        if self.depth > MAX_EXPRESSION_DEPTH {
            return Err(self.error(self.offset, "This expression is nested too deeply."));
        }
        self.skip_space();
        let start = self.offset;
        let mut left = self.prefix()?;
        loop {
            self.skip_space();
            let before = self.offset;
            let Some((power, operator)) = self.operator(loosest) else {
                break;
            };
            self.operators += 1;
            if self.operators > MAX_EXPRESSION_OPERATORS {
                return Err(self.error(before, "This expression has too many operators."));
            }
            let right = self.expression(power)?;
            let parts = Expression { lhs: left, operator, rhs: right };
            let source = Source::Expression(Box::new(parts));
            left = VariableAssignment { at: self.at(start), ..VariableAssignment::of(source) };
        }
        self.depth -= 1;
        Ok(left)
    }

    /// Takes the next operator, if it binds at least as tightly; and how tightly its right side has to bind.
    fn operator(&mut self, loosest: u8) -> Option<(u8, Operator)> {
        let rest = self.rest();
        let word = self.peek_word();
        if word == "not" {
            let after = rest.get(3..)?.trim_start();
            if !after.starts_with("in") || name_length(after) != 2 || loosest > 4 {
                return None;
            }
            self.offset = self.text.len() - after.len() + 2;
            return Some((5, Operator::Compare(Comparator::NotIn)));
        }
        // The symbols are listed so that the longer one of two comes first.
        let (symbol, power, operator) = OPERATORS.iter().find(|(symbol, _, _)| {
            if word.is_empty() { rest.starts_with(symbol) } else { *symbol == word }
        })?;
        if *power < loosest {
            return None;
        }
        self.offset += symbol.len();
        let right_first = *operator == Operator::Mutation(MutationType::Pow);
        Some((if right_first { *power } else { power + 1 }, *operator))
    }

    fn prefix(&mut self) -> Parsed<VariableAssignment> {
        if self.peek_word() == "not" {
            self.offset += 3;
            return self.expression(3).map(not);
        }
        if self.eat("!") {
            return self.expression(9).map(not);
        }
        let start = self.offset;
        let mut value = self.primary()?;
        loop {
            let before = self.offset;
            if let Some(path) = self.path()? {
                if value.path.is_some() || value.target_type.is_some() {
                    return Err(self.error(before, "Only one path can stand here, before \"as\"."));
                }
                value.path = Some(path);
            } else {
                self.skip_space();
                if self.peek_word() != "as" {
                    self.offset = before;
                    break;
                }
                self.offset += 2;
                self.skip_space();
                if value.target_type.is_some() {
                    return Err(self.error(before, "A value is cast only once."));
                }
                if is_composed(self.rest()) {
                    value.target_type = Some(self.type_def()?);
                    value.at = self.at(start);
                    continue;
                }
                let name = self.peek_word();
                let Some(var_type) = VarType::from_name(name) else {
                    let names = VarType::ALL.map(|(_, name)| name).join(", ");
                    let message = format!("After \"as\" stands a type: {names}.");
                    return Err(self.error(self.offset, message));
                };
                self.offset += name.len();
                value.target_type = Some(TypeDef::from(var_type));
            }
            value.at = self.at(start);
        }
        Ok(value)
    }

    fn primary(&mut self) -> Parsed<VariableAssignment> {
        let start = self.offset;
        let Some(first) = self.rest().chars().next() else {
            return Err(self.error(start, "Here a value is missing."));
        };
        match first {
            '(' => {
                self.offset += 1;
                let value = self.expression(0)?;
                self.expect(")")?;
                Ok(value)
            }
            '$' => self.dollar(),
            '"' | '\'' => {
                let text = self.string()?;
                Ok(self.literal(Value::str(&text), start))
            }
            '[' | '{' => Ok(match self.json()? {
                json @ Json::Arr(_) => self.literal(Value::JsonArr(Arc::new(json)), start),
                json => self.literal(Value::JsonObj(Arc::new(json)), start),
            }),
            '0'..='9' | '-' | '+' | '.' => self.number(),
            _ if is_composed(self.rest()) => self.composed(),
            _ => self.word(),
        }
    }

    /// The type that comes next.
    fn type_def(&mut self) -> Parsed<TypeDef> {
        match parse_type(self.rest()) {
            Ok((found, bytes)) => {
                self.offset += bytes;
                Ok(found)
            }
            Err(about) => Err(self.error(self.offset, about)),
        }
    }

    /// A type and what it holds: `Array<STR>["a"]`, `Map<STR, INT>{"a": $x}`, `Struct<car>{make: $make}`.
    fn composed(&mut self) -> Parsed<VariableAssignment> {
        let start = self.offset;
        let found = self.type_def()?;
        let inside = self.offset;
        let source = match &found.of {
            Type::Struct(id) if self.rest().starts_with('{') => {
                Source::StructBuilder(id.clone(), self.inline_struct()?)
            }
            Type::Map(map) if self.rest().starts_with('{') => match self.json_of_type(&found.of) {
                Ok(value) => Source::Literal(value),
                Err(_) => {
                    self.offset = inside;
                    Source::MapBuilder(Some(map.clone()), self.map_entries()?)
                }
            },
            Type::Array(_) if self.rest().starts_with('[') => {
                Source::Literal(self.json_of_type(&found.of)?)
            }
            of => {
                let example = if matches!(of, Type::Array(_)) { "[…]" } else { "{…}" };
                let message = format!("Behind {of} stands what it holds, in {example}.");
                return Err(self.error(inside, message));
            }
        };
        Ok(VariableAssignment { at: self.at(start), ..VariableAssignment::of(source) })
    }

    /// A list or an object as JSON, as a value of a type.
    fn json_of_type(&mut self, of: &Type) -> Parsed<Value> {
        let start = self.offset;
        let json = self.json()?;
        // Of StructDefs within it the types of the fields are what they look like.
        let none = IndexMap::new();
        composed::of_json(&json, of, &none).map_err(|problem| self.error(start, problem))
    }

    /// The fields of a struct that is built: names and expressions, or fields of a struct within it, in braces.
    fn inline_struct(&mut self) -> Parsed<InlineStructBuilder> {
        self.depth += 1;
        if self.depth > MAX_EXPRESSION_DEPTH {
            return Err(self.error(self.offset, "This expression is nested too deeply."));
        }
        self.expect("{")?;
        let mut built = InlineStructBuilder::default();
        loop {
            self.skip_space();
            if self.eat("}") {
                break;
            }
            let at = self.offset;
            let name = if self.rest().starts_with(['"', '\'']) {
                self.string()?
            } else {
                let name = self.peek_word();
                self.offset += name.len();
                name.to_owned()
            };
            if name.is_empty() {
                return Err(self.error(at, "Here the name of a field is expected."));
            }
            if built.fields.contains_key(&name) {
                return Err(self.error(at, format!("The field \"{name}\" stands here twice.")));
            }
            self.expect(":")?;
            self.skip_space();
            let value = if self.rest().starts_with('{') {
                InlineStructFieldValue::SubStructure(self.inline_struct()?)
            } else {
                InlineStructFieldValue::Simple(self.expression(0)?)
            };
            built.fields.insert(name, value);
            self.comma_before("}")?;
        }
        self.depth -= 1;
        Ok(built)
    }

    fn map_entries(&mut self) -> Parsed<Vec<(VariableAssignment, VariableAssignment)>> {
        self.expect("{")?;
        let mut entries = Vec::new();
        loop {
            self.skip_space();
            if self.eat("}") {
                return Ok(entries);
            }
            let key = self.expression(0)?;
            self.expect(":")?;
            entries.push((key, self.expression(0)?));
            self.comma_before("}")?;
        }
    }

    /// Takes a comma, unless the end comes next.
    fn comma_before(&mut self, end: &str) -> Parsed<()> {
        self.skip_space();
        if self.eat(",") || self.rest().starts_with(end) {
            return Ok(());
        }
        Err(self.error(self.offset, format!("Here a comma or {end} is expected.")))
    }

    fn dollar(&mut self) -> Parsed<VariableAssignment> {
        let start = self.offset;
        self.offset += 1;
        if self.eat("{") {
            let Some(end) = self.rest().find('}') else {
                return Err(
                    self.error(start, "The name of this variable has no end: } is missing.")
                );
            };
            let name = self.rest().get(..end).unwrap_or_default().to_owned();
            self.offset += end + 1;
            return Ok(self.variable(name, start));
        }
        let name = self.peek_word();
        if name.is_empty() {
            let message =
                "After $ stands the name of a variable; a text that has a $ is written '\"$5\"'.";
            return Err(self.error(start, message));
        }
        self.offset += name.len();
        let called = self.rest().starts_with('(');
        let source = match name {
            "output" if called => {
                self.offset += 1;
                let Some(end) = self.rest().find(')') else {
                    return Err(self.error(start, "This $output(…) has no end."));
                };
                let label = self.rest().get(..end).unwrap_or_default().trim();
                self.offset += end + 1;
                let Some(node) = (self.outputs)(Some(label)) else {
                    let message = format!("No step before this one has the label \"{label}\".");
                    return Err(self.error(start, message));
                };
                Source::NodeOutput(node)
            }
            "output" => match (self.outputs)(None) {
                Some(node) => Source::NodeOutput(node),
                None => Source::Variable(name.to_owned()),
            },
            "size" if called => {
                self.offset += 1;
                let operand = self.expression(0)?;
                self.expect(")")?;
                Source::SizeOf(Box::new(operand))
            }
            "format" if called => {
                self.offset += 1;
                let format = self.expression(0)?;
                let mut arguments = Vec::new();
                self.skip_space();
                while self.eat(",") {
                    arguments.push(self.expression(0)?);
                    self.skip_space();
                }
                self.expect(")")?;
                Source::FormatString(Box::new(format), arguments)
            }
            _ if called => {
                let message =
                    format!("There is no ${name}(…): there are $output, $size and $format.");
                return Err(self.error(start, message));
            }
            _ => Source::Variable(name.to_owned()),
        };
        Ok(VariableAssignment { at: self.at(start), ..VariableAssignment::of(source) })
    }

    fn variable(&self, name: String, start: usize) -> VariableAssignment {
        VariableAssignment { at: self.at(start), ..VariableAssignment::of(Source::Variable(name)) }
    }

    fn string(&mut self) -> Parsed<String> {
        let start = self.offset;
        let mut letters = self.rest().char_indices();
        let quote = letters.next().map_or('"', |(_, quote)| quote);
        let mut text = String::new();
        while let Some((index, letter)) = letters.next() {
            if letter == quote {
                self.offset += index + 1;
                return Ok(text);
            }
            if letter != '\\' {
                text.push(letter);
                continue;
            }
            match letters.next().map(|(_, letter)| letter) {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('r') => text.push('\r'),
                Some(escaped @ ('"' | '\'' | '\\' | '/')) => text.push(escaped),
                _ => return Err(self.error(start, "After \\ stands one of n t r \" ' \\.")),
            }
        }
        Err(self.error(start, "This text has no end: a quotation mark is missing."))
    }

    /// A list or an object as JSON.
    fn json(&mut self) -> Parsed<Json> {
        let start = self.offset;
        let mut depth = 0usize;
        let mut in_string = false;
        let mut escaped = false;
        for (index, byte) in self.rest().bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'[' | b'{' if !in_string => depth += 1,
                b']' | b'}' if !in_string => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.offset += index + 1;
                        break;
                    }
                }
                _ => {}
            }
        }
        let text = self.text.get(start..self.offset).unwrap_or_default();
        if text.is_empty() {
            return Err(self.error(start, "This list or object has no end."));
        }
        Json::parse(text).map_err(|problem| {
            let message = format!("Inside an expression, lists and objects are JSON. {problem}");
            self.error(start, message)
        })
    }

    fn number(&mut self) -> Parsed<VariableAssignment> {
        let start = self.offset;
        let rest = self.rest();
        let mut end = 0;
        let mut previous = ' ';
        for (index, letter) in rest.char_indices() {
            let sign = matches!(letter, '+' | '-') && (index == 0 || matches!(previous, 'e' | 'E'));
            if !(sign || letter.is_ascii_alphanumeric() || letter == '.') {
                break;
            }
            previous = letter;
            end = index + letter.len_utf8();
        }
        let text = rest.get(..end).unwrap_or_default();
        let value = if let Ok(number) = text.parse::<i64>() {
            Value::Int(number)
        } else if text.contains(['.', 'e', 'E'])
            && let Ok(number) = text.parse::<f64>()
            && number.is_finite()
        {
            Value::Double(Double(number))
        } else if text.trim_start_matches(['-', '+']).bytes().all(|byte| byte.is_ascii_digit())
            && text.len() > 1
        {
            return Err(self.error(start, format!("{text} has more than 64 bits.")));
        } else {
            return Err(self.error(start, "Here a value is expected."));
        };
        self.offset += end;
        Ok(self.literal(value, start))
    }

    fn word(&mut self) -> Parsed<VariableAssignment> {
        let start = self.offset;
        let word = self.peek_word();
        self.offset += word.len();
        let value = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            "bytes" | "timestamp" | "wf-run-id" if self.eat("(") => {
                self.skip_space();
                let inside = self.offset;
                if !self.rest().starts_with(['"', '\'']) {
                    return Err(self.error(inside, "Here a text in quotation marks is expected."));
                }
                let text = self.string()?;
                self.expect(")")?;
                let value = match word {
                    "bytes" => bytes_of_base64(&text).map(Value::Bytes),
                    "timestamp" => timestamp::parse(&text).map(Value::Timestamp),
                    _ => Some(Value::WfRunId(Arc::from(text))),
                };
                match value {
                    Some(value) => value,
                    None if word == "bytes" => {
                        return Err(self.error(inside, "Here a text in base64 is expected."));
                    }
                    None => {
                        return Err(self.error(
                            inside,
                            "Here a time such as 2026-01-31T12:00:00Z is expected.",
                        ));
                    }
                }
            }
            "" => {
                self.offset = start;
                return Err(self.error(start, "Here a value is expected."));
            }
            _ => {
                let about = About::Unknown(Unknown {
                    what: UnknownWhat::Value,
                    written: word.to_owned(),
                    meant: Some(format!("${word}")),
                    known: Vec::new(),
                });
                return Err(self.error(start, about));
            }
        };
        Ok(self.literal(value, start))
    }

    /// A path behind a value: `.items[0].price`, `.get("items", 0)`, `@"$..price"`.
    fn path(&mut self) -> Parsed<Option<Path>> {
        let start = self.offset;
        if self.eat("@") {
            if !self.rest().starts_with(['"', '\'']) {
                return Err(self.error(start, "After @ stands a JSON path in quotation marks."));
            }
            return self.string().map(|path| Some(Path::JsonPath(path)));
        }
        if self.eat(".get(") {
            return self.selectors().map(|selectors| Some(Path::LhPath(selectors)));
        }
        let mut path = String::from("$");
        loop {
            let before = self.offset;
            if self.eat(".") {
                let key = self.peek_word();
                if key.is_empty() {
                    return Err(self.error(before, "After the point stands a key."));
                }
                self.offset += key.len();
                path.push('.');
                path.push_str(key);
            } else if self.rest().starts_with('[') {
                let Some(end) = self.rest().find(']') else {
                    return Err(self.error(before, "This index has no end: ] is missing."));
                };
                let inside = self.rest().get(1..end).unwrap_or_default().trim();
                let number = inside == "*" || inside.parse::<i32>().is_ok();
                let quoted = inside.len() >= 2
                    && ['"', '\'']
                        .iter()
                        .any(|quote| inside.starts_with(*quote) && inside.ends_with(*quote));
                if !number && !quoted {
                    let message = "In brackets stands a number, a key in quotation marks or *; what is computed is written .get(…).";
                    return Err(self.error(before, message));
                }
                self.offset += end + 1;
                path.push('[');
                if quoted {
                    path.push('\'');
                    path.push_str(inside.get(1..inside.len() - 1).unwrap_or_default());
                    path.push('\'');
                } else {
                    path.push_str(inside);
                }
                path.push(']');
            } else {
                break;
            }
        }
        Ok(Some(path).filter(|path| path.len() > 1).map(Path::JsonPath))
    }

    fn selectors(&mut self) -> Parsed<Vec<Selector>> {
        let mut selectors = Vec::new();
        loop {
            let value = self.expression(0)?;
            selectors.push(match value {
                VariableAssignment {
                    source: Source::Literal(Value::Str(key)),
                    path: None,
                    target_type: None,
                    ..
                } => Selector::Key(key.to_string()),
                VariableAssignment {
                    source: Source::Literal(Value::Int(index)),
                    path: None,
                    target_type: None,
                    ..
                } => match i32::try_from(index) {
                    Ok(index) => Selector::Index(index),
                    Err(_) => return Err(self.error(self.offset, "An index has 32 bits.")),
                },
                computed => Selector::Dynamic(computed),
            });
            self.skip_space();
            if !self.eat(",") {
                break;
            }
        }
        self.expect(")")?;
        Ok(selectors)
    }
}
