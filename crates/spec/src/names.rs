//! `LittleHorse`'s names of the words of the model.

use crate::model::{AccessLevel, AllowedUpdates, Comparator, MutationType, WaitStrategy};

/// Gives an enum its table of names, the way there and the way back.
macro_rules! named {
    ($type:ident, $count:literal, $($variant:ident = $name:literal),+ $(,)?) => {
        impl $type {
            /// All of them with their names.
            pub const ALL: [($type, &'static str); $count] = [$(($type::$variant, $name)),+];

            /// Its name, as it is written.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $name),+
                }
            }

            /// The one with that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some($type::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use named;

named!(
    AllowedUpdates,
    3,
    AllUpdates = "ALL_UPDATES",
    MinorRevisionUpdates = "MINOR_REVISION_UPDATES",
    NoUpdates = "NO_UPDATES",
);

named!(
    AccessLevel,
    3,
    PublicVar = "PUBLIC_VAR",
    PrivateVar = "PRIVATE_VAR",
    InheritedVar = "INHERITED_VAR",
);

named!(
    Comparator,
    8,
    LessThan = "LESS_THAN",
    GreaterThan = "GREATER_THAN",
    LessThanEq = "LESS_THAN_EQ",
    GreaterThanEq = "GREATER_THAN_EQ",
    Equals = "EQUALS",
    NotEquals = "NOT_EQUALS",
    In = "IN",
    NotIn = "NOT_IN",
);

named!(
    MutationType,
    12,
    Assign = "ASSIGN",
    Add = "ADD",
    Extend = "EXTEND",
    Subtract = "SUBTRACT",
    Multiply = "MULTIPLY",
    Divide = "DIVIDE",
    RemoveIfPresent = "REMOVE_IF_PRESENT",
    RemoveIndex = "REMOVE_INDEX",
    RemoveKey = "REMOVE_KEY",
    And = "AND",
    Or = "OR",
    Pow = "POW",
);

named!(
    WaitStrategy,
    3,
    WaitForAll = "WAIT_FOR_ALL",
    WaitForFirst = "WAIT_FOR_FIRST",
    WaitForAny = "WAIT_FOR_ANY",
);

impl Comparator {
    /// The comparison that holds just when this one does not.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Comparator::LessThan => Comparator::GreaterThanEq,
            Comparator::GreaterThan => Comparator::LessThanEq,
            Comparator::LessThanEq => Comparator::GreaterThan,
            Comparator::GreaterThanEq => Comparator::LessThan,
            Comparator::Equals => Comparator::NotEquals,
            Comparator::NotEquals => Comparator::Equals,
            Comparator::In => Comparator::NotIn,
            Comparator::NotIn => Comparator::In,
        }
    }
}

/// The most similar of some words, if one is similar enough to be what was meant.
pub fn similar<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 64;
    if word.len() > LONGEST {
        return None;
    }
    let allowed = (word.chars().count() / 3).max(1);
    words
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST && *candidate != word)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters have to change, or to change places with the next; case does not count.
fn distance(left: &str, right: &str) -> usize {
    strsim::damerau_levenshtein(&left.to_lowercase(), &right.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        assert_eq!(distance("sleep", "SLEEP"), 0);
        assert_eq!(distance("slep", "sleep"), 1);
        assert_eq!(distance("slepe", "sleep"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(similar("wait-for-evnet", ["wait-for-event", "sleep"]), Some("wait-for-event"));
        assert_eq!(similar("taks", ["wait-for-event", "task"]), Some("task"));
        assert_eq!(similar("frobnicate", ["wait-for-event", "sleep"]), None);
    }
}
