//! What the editor is to do once it is there: CodeMirror is large, and comes only when somebody wants to see or change
//! the text.

use std::mem::discriminant;
use std::rc::Rc;

use super::Effect;

/// The text, and what is to be done to it.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    effects: Vec<Effect>,
}

/// What an effect is to the text that waits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Another text, with which all that waited is past.
    Opens,
    /// Something that is to be seen of it: the last of its kind is enough.
    Notes,
    /// Its name.
    Names,
    /// Another wording of it.
    Changes,
    /// What is done with it: for that the editor must be there, as for a change.
    Handles,
}

fn role(effect: &Effect) -> Role {
    match effect {
        Effect::Open { .. } => Role::Opens,
        Effect::Diagnose(..) | Effect::Note(..) | Effect::Mark(..) => Role::Notes,
        Effect::Rekey(_) => Role::Names,
        Effect::Replace(_) | Effect::Apply(..) => Role::Changes,
        Effect::Select(_) | Effect::Show(_) | Effect::Focus | Effect::Undo | Effect::Redo => {
            Role::Handles
        }
    }
}

impl Waiting {
    /// Keeps an effect, in its place; whether the editor is needed for it now.
    pub(super) fn keep(&mut self, effect: &Effect) -> bool {
        let kind = role(effect);
        // A change that waits is of the text before it, and is kept with it.
        if !self.effects.iter().any(|kept| role(kept) == Role::Changes) {
            match kind {
                Role::Opens => self.effects.clear(),
                Role::Notes => {
                    self.effects.retain(|kept| discriminant(kept) != discriminant(effect));
                }
                Role::Names | Role::Changes | Role::Handles => {}
            }
        }
        self.effects.push(effect.clone());
        matches!(kind, Role::Changes | Role::Handles)
    }

    /// The text that was opened last.
    pub(super) fn text(&self) -> Option<Rc<str>> {
        let opened = |effect: &Effect| match effect {
            Effect::Open { text, .. } => Some(Rc::clone(text)),
            _ => None,
        };
        self.effects.iter().rev().find_map(opened)
    }

    /// All that waited, in its order.
    pub(super) fn into_effects(self) -> Vec<Effect> {
        self.effects
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &str) -> Effect {
        Effect::Open { key: "example".to_owned(), text: text.into() }
    }

    #[test]
    fn showing_another_text_needs_no_editor_and_forgets_the_one_before() {
        let mut waiting = Waiting::default();
        assert!(!waiting.keep(&open("first")));
        assert!(!waiting.keep(&Effect::Mark("first".into(), Vec::new())));
        assert!(!waiting.keep(&open("second")));
        assert_eq!(waiting.text().as_deref(), Some("second"));
        assert_eq!(waiting.into_effects().len(), 1);
    }

    #[test]
    fn a_change_needs_the_editor_and_stays_with_its_text() {
        let mut waiting = Waiting::default();
        waiting.keep(&open("first"));
        assert!(waiting.keep(&Effect::Apply("first".into(), Vec::new())));
        waiting.keep(&open("second"));
        let kept = waiting.into_effects();
        assert!(matches!(&*kept, [Effect::Open { .. }, Effect::Apply(..), Effect::Open { .. }]));
    }
}
