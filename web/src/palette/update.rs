//! What the palette does.

use web_sys::KeyboardEvent;

use super::{Msg, Open, SHOWN, entries};
use crate::effect::Effect;
use crate::model::Model;

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Open => {
            model.palette.open = Open::Commands;
            model.palette.typed.clear();
            model.palette.chosen = 0;
            return vec![Effect::Focus("#palette-input")];
        }
        Msg::Sheet { by_single_key } => {
            if by_single_key && model.palette.no_single_keys {
                return Vec::new();
            }
            model.palette.open = Open::Shortcuts;
            return vec![Effect::Focus("#shortcuts-title")];
        }
        Msg::Close => {
            model.palette.open = Open::Nothing;
            return vec![Effect::FocusBack];
        }
        Msg::Typed(text) => {
            model.palette.typed = text;
            model.palette.chosen = 0;
        }
        Msg::TypedAhead(key) => {
            model.palette.typed.push_str(&key);
            model.palette.chosen = 0;
        }
        Msg::TakenBack => {
            model.palette.typed.pop();
            model.palette.chosen = 0;
        }
        Msg::Move(down) => {
            let shown = entries::found(model).len().clamp(1, SHOWN);
            let by = if down { 1 } else { shown - 1 };
            model.palette.chosen = (model.palette.chosen.min(shown - 1) + by) % shown;
            return vec![Effect::Reveal(format!("palette-{}", model.palette.chosen))];
        }
        Msg::Run(index) => return run(model, index),
        Msg::SingleKeys(on) => model.palette.no_single_keys = !on,
    }
    Vec::new()
}

fn run(model: &mut Model, index: Option<usize>) -> Vec<Effect> {
    let index = index.unwrap_or(model.palette.chosen);
    let Some(entry) = entries::found(model).into_iter().nth(index) else {
        return Vec::new();
    };
    model.palette.open = Open::Nothing;
    // What it does may take the focus itself.
    let mut effects = vec![Effect::FocusBack];
    effects.append(&mut crate::update::update(model, entry.msg));
    effects
}

/// Whether the commands are open after this message, if they were or weren't before.
pub(crate) fn is_open_after(msg: &Msg, before: bool) -> bool {
    match msg {
        Msg::Open => true,
        Msg::Sheet { .. } | Msg::Close | Msg::Run(_) => false,
        Msg::Typed(_) | Msg::TypedAhead(_) | Msg::TakenBack | Msg::Move(_) | Msg::SingleKeys(_) => {
            before
        }
    }
}

/// What a key means that writes nothing.
pub(super) fn of_key(key: &str) -> Option<Msg> {
    Some(match key {
        "ArrowDown" => Msg::Move(true),
        "ArrowUp" => Msg::Move(false),
        "Enter" => Msg::Run(None),
        "Escape" => Msg::Close,
        _ => return None,
    })
}

/// What a key means that is pressed while the palette is still being fetched.
pub(crate) fn ahead(event: &KeyboardEvent, key: &str) -> Option<Msg> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    of_key(key).or_else(|| match key {
        "Backspace" => Some(Msg::TakenBack),
        // Every other key with a name of several letters writes nothing.
        _ => (key.chars().count() == 1).then(|| Msg::TypedAhead(key.to_owned())),
    })
}

/// The shortcuts that are the palette's own.
pub(crate) fn shortcut(
    event: &KeyboardEvent,
    key: &str,
    typing: bool,
    in_editor: bool,
) -> Option<Msg> {
    let command = event.ctrl_key() || event.meta_key();
    match key {
        "k" | "K" if command && !in_editor && !event.alt_key() && !event.shift_key() => {
            Some(Msg::Open)
        }
        "?" if !typing && !command && !event.alt_key() => Some(Msg::Sheet { by_single_key: true }),
        _ => None,
    }
}
