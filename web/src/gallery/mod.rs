//! The gallery: cards with pictures, in groups. Each opens an example at the moment that its picture shows. The cards stand in
//! static/gallery/cards.json; `crates/picture/tests/gallery.rs` draws their pictures.

mod shell;
pub(crate) mod update;
pub(crate) mod view;

use serde::Deserialize;

pub(crate) use shell::perform;

/// The dialog's id.
const DIALOG_ID: &str = "gallery";

const CARDS: &str = include_str!("../../../static/gallery/cards.json");

/// What the gallery shows.
#[derive(Debug, Default)]
pub(crate) struct Gallery {
    /// Once it was asked for.
    groups: Vec<Group>,
    open: bool,
}

#[derive(Debug, Deserialize)]
struct All {
    groups: Vec<Group>,
}

/// Cards that belong together.
#[derive(Debug, Deserialize)]
struct Group {
    title: String,
    cards: Vec<Card>,
}

/// A moment of an example.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Card {
    /// What the example is called in addresses.
    example: String,
    /// How many commands of its script are played.
    step: usize,
    /// The rules by which they are played; without it those that are documented.
    semantics: Option<String>,
    /// The rule that is seen there.
    rule: Option<String>,
    /// What is seen there; of a rule it is what the rule says.
    says: Option<String>,
}

impl Card {
    /// Its picture, below `static/gallery`.
    fn picture(&self) -> String {
        let rules = self.semantics.as_ref().map_or_else(String::new, |name| format!("-{name}"));
        format!("{}-{}{rules}.svg", self.example.replace('/', "-"), self.step)
    }
}

fn groups() -> Vec<Group> {
    serde_json::from_str(CARDS).map(|all: All| all.groups).unwrap_or_default()
}

/// What can happen to it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Msg {
    /// Show it.
    Open,
    /// It was closed.
    Closed,
    /// Open a card: its group, and its place there.
    Choose(usize, usize),
}

/// What is to be done.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Effect {
    /// Open the dialog.
    Show,
    /// Close it.
    Close,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use halter_engine::rules::RULES;
    use halter_engine::semantics::Semantics;

    use super::groups;
    use crate::examples::{EXAMPLES, index_of};

    #[test]
    fn every_example_and_every_rule_has_a_card() {
        let groups = groups();
        let cards: Vec<_> = groups.iter().flat_map(|group| &group.cards).collect();
        let shown: BTreeSet<&str> = cards.iter().map(|card| &*card.example).collect();
        assert!(shown.iter().all(|slug| index_of(slug).is_some()), "{shown:?}");
        assert_eq!(shown, EXAMPLES.iter().map(|example| example.slug).collect());
        let rules: Vec<&str> = cards.iter().filter_map(|card| card.rule.as_deref()).collect();
        assert_eq!(rules, RULES.iter().map(|rule| rule.id).collect::<Vec<_>>());
        for card in cards {
            assert_eq!(card.rule.is_some(), card.says.is_none(), "{card:?}");
            let name = card.semantics.as_deref().unwrap_or("documented");
            assert!(Semantics::from_name(name).is_some(), "{card:?}");
        }
    }
}
