//! What the editor is to do once it is there: CodeMirror is large, and comes only when somebody wants to see or change
//! the text.

use std::rc::Rc;

use super::Effect;

/// The text, and what is to be done to it.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    effects: Vec<Effect>,
}

impl Waiting {
    /// Keeps an effect, in its place; whether the editor is needed for it now.
    pub(super) fn keep(&mut self, effect: &Effect) -> bool {
        let (is_wanted, replaces): (bool, fn(&Effect) -> bool) = match effect {
            Effect::Open { .. } => (false, |_| true),
            Effect::Rekey(_) => (false, |_| false),
            Effect::Diagnose(..) => (false, |effect| matches!(effect, Effect::Diagnose(..))),
            Effect::Mark(..) => (false, |effect| matches!(effect, Effect::Mark(..))),
            Effect::Replace(_)
            | Effect::Apply(..)
            | Effect::Select(_)
            | Effect::Show(_)
            | Effect::Focus
            | Effect::Undo
            | Effect::Redo => (true, |_| false),
        };
        // A change that waits is of the text before it, and is kept with it.
        if !self.effects.iter().any(changes) {
            self.effects.retain(|kept| !replaces(kept));
        }
        self.effects.push(effect.clone());
        is_wanted
    }

    /// The text that was opened last.
    pub(super) fn text(&self) -> Option<Rc<str>> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Open { text, .. } => Some(Rc::clone(text)),
            Effect::Rekey(_)
            | Effect::Replace(_)
            | Effect::Apply(..)
            | Effect::Diagnose(..)
            | Effect::Mark(..)
            | Effect::Select(_)
            | Effect::Show(_)
            | Effect::Focus
            | Effect::Undo
            | Effect::Redo => None,
        })
    }

    /// All that waited, in its order.
    pub(super) fn into_effects(self) -> Vec<Effect> {
        self.effects
    }
}

fn changes(effect: &Effect) -> bool {
    match effect {
        Effect::Replace(_) | Effect::Apply(..) => true,
        Effect::Open { .. }
        | Effect::Rekey(_)
        | Effect::Diagnose(..)
        | Effect::Mark(..)
        | Effect::Select(_)
        | Effect::Show(_)
        | Effect::Focus
        | Effect::Undo
        | Effect::Redo => false,
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
