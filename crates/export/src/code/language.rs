//! What a language has to say for itself.

use halter_spec::model::{Comparator, MutationType, Selector, StructDefId, Type, TypeDef, VarType};
use halter_spec::value::Value;

use super::call::{Action, Call, Made};
use super::message::Message;
use super::outline::Outline;

/// What a piece of code is, for the methods that it has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TermKind {
    Variable(Type),
    /// A struct that is being built.
    Built,
    Output,
    Expression,
    Comparison,
    Cast,
    Size,
    Format,
    Literal(Value),
}

/// A piece of code that is a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    pub(crate) code: String,
    pub(crate) kind: TermKind,
}

impl Term {
    pub(crate) fn new(code: impl Into<String>, kind: TermKind) -> Self {
        Self { code: code.into(), kind }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.kind == TermKind::Literal(Value::Null)
    }

    /// The whole number that it is.
    pub(crate) fn int(&self) -> Option<i64> {
        match self.kind {
            TermKind::Literal(Value::Int(number)) => Some(number),
            _ => None,
        }
    }

    /// The text that it is.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            TermKind::Literal(Value::Str(text)) => Some(text),
            _ => None,
        }
    }
}

/// What a field of a struct gets.
#[derive(Debug, Clone)]
pub(crate) enum BuiltField {
    Value(Term),
    Struct(Vec<(String, BuiltField)>),
}

/// What stands in a branch or a loop, and the name of its thread in there.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) thread: String,
    pub(crate) lines: Vec<String>,
}

pub(crate) type Said<T> = Result<T, String>;

/// What differs from language to language and is no more than a word.
#[derive(Debug)]
pub(crate) struct Words {
    /// What refusals call its SDK.
    pub(crate) sdk: &'static str,
    /// Whether names of many words are written_like_this, or likeThis.
    pub(crate) snake_case: bool,
    /// Whether a word is no name of its own: the language's, or one that the file needs itself.
    pub(crate) is_reserved: fn(&str) -> bool,
    /// Whether a call's options are arguments with names; else they are called on what the call gives.
    pub(crate) keywords: bool,
    /// What ends a statement.
    pub(crate) end: &'static str,
    /// What stands before the name of a variable that is declared.
    pub(crate) variable: &'static str,
    /// The variable with the number of a started thread.
    pub(crate) number_of: &'static str,
    /// The class that says that an event has no payload, if the SDK has one.
    pub(crate) no_payload: Option<&'static str>,
    /// The types of variables whose parts can be indexed, and what refusals call them.
    pub(crate) indexed: (&'static [VarType], &'static str),
}

/// What an SDK can't say, though others can. A `String` of an error is a sentence on that.
pub(crate) trait Limits {
    fn size_of(&self, operand: &Term) -> Said<()>;
    /// What branches depend on; `first`: of several conditions.
    fn branch(&self, first: bool, condition: &Term) -> Said<()>;
    /// A part of a variable.
    fn part_of_variable(&self, found: &Type, part: &Selector) -> Said<()>;
    fn part_of(&self, output: &Term, part: &Selector) -> Said<()>;
    fn default_of(&self, found: &Type) -> Said<()>;
    fn call(&self, call: &Call) -> Said<()>;
    fn action(&self, action: &Action) -> Said<()>;
}

/// A language and its SDK: how it writes what all of them have.
///
/// The SDKs have the same methods. `code` calls them by their names in small letters, with the arguments as Java has them.
pub(crate) trait Language: Limits {
    fn words(&self) -> &'static Words;
    /// Where the SDK has another name for a method, gives that; puts the arguments into its own order.
    fn adapt(&self, method: &str, arguments: &mut Vec<String>) -> Option<&'static str>;
    fn literal(&self, value: &Value) -> Said<String>;
    /// An argument of those that may be any number.
    fn argument(&self, term: &Term) -> String {
        term.code.clone()
    }
    /// Values by names.
    fn map(&self, entries: &[(String, Term)]) -> String;
    /// A message of LittleHorse's API, as a value.
    fn message(&self, message: &Message) -> String;
    /// A request to put a definition, on lines of a function's body; the message has the definition's name.
    fn put(&self, definition: &Message) -> Vec<String>;
    /// The type of a task's value.
    fn type_name(&self, found: &TypeDef) -> Said<String>;
    /// The class that the SDK takes for this type, as of an Array's elements.
    fn class(&self, found: &TypeDef) -> Said<String>;
    /// The class that the SDK takes for an event's payload, if one makes this very type.
    fn payload_class(&self, found: VarType) -> Option<&'static str>;
    /// A struct.
    fn build_struct(
        &self,
        thread: &str,
        id: &StructDefId,
        fields: &[(String, BuiltField)],
    ) -> Said<String>;

    /// Whether it has the methods of an LHExpression.
    fn has_methods(&self, term: &Term) -> bool;
    /// Whether it has the method that compares so.
    fn compares(&self, left: &Term, comparator: Comparator) -> bool;
    /// An expression of two; `method`: the operation's name in small letters.
    fn combine(
        &self,
        thread: &str,
        operation: MutationType,
        method: &str,
        left: &Term,
        right: &Term,
    ) -> Said<String>;
    /// A cast of what has no methods.
    fn cast(&self, operand: &Term, to: VarType) -> Said<String>;

    /// The default of a task's input.
    fn input_default(&self, value: &Value) -> Said<String>;
    /// A call as a statement; `keep`: the name that it is kept under.
    fn statement(&self, keep: Option<&str>, call: &Call, made: &Made) -> Vec<String>;
    fn branches(
        &self,
        thread: &str,
        number: usize,
        branches: &[(Term, Body)],
        otherwise: Option<&Body>,
    ) -> Vec<String>;
    fn repeat(&self, thread: &str, number: usize, condition: &Term, body: &Body) -> Vec<String>;
    /// A thread's function.
    fn function(&self, name: &str, body: &Body) -> Vec<String>;
    /// The whole file.
    fn file(&self, outline: &Outline<'_>) -> Said<String>;
}
