//! What drawing does to the model and the text.

use std::rc::Rc;

use halter_language::edits::{self, Refusal, StepPlace};
use halter_language::{Edit, apply};

use super::{At, Edited, Msg, Slot};
use crate::editor;
use crate::effect::Effect;
use crate::model::Model;

/// The node that is drawn at.
pub(super) fn at(model: &Model) -> Option<At> {
    let left = model.draw.left.clone().filter(|at| index(model, at).is_some());
    left.or_else(|| model.play.as_ref()?.pointed.clone())
}

/// The names of a thread's nodes, in order.
fn nodes<'m>(model: &'m Model, thread: &str) -> Vec<&'m str> {
    let document = model.source.document.as_deref();
    let spec = document.and_then(|document| document.wf_spec.thread_specs.get(thread));
    let nodes = spec.into_iter().flat_map(|spec| spec.nodes.keys());
    nodes.map(String::as_str).collect()
}

fn index(model: &Model, (thread, node): &At) -> Option<usize> {
    nodes(model, thread).iter().position(|name| name == node)
}

/// Whether somebody draws.
pub(crate) fn is_open(model: &Model) -> bool {
    model.draw.open
}

/// Forgets what the last drawing left: something else is pointed at now.
pub(crate) fn pointed(model: &mut Model) {
    model.draw.left = None;
    model.draw.said = None;
}

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Toggle => {
            model.draw.open = !model.draw.open;
            model.draw.menu = None;
            Vec::new()
        }
        Msg::ThreadName(name) => {
            model.draw.thread = name;
            Vec::new()
        }
        Msg::Event(event) => {
            model.draw.event = event;
            Vec::new()
        }
        Msg::Handler(handler) => {
            model.draw.handler = handler;
            Vec::new()
        }
        Msg::Insert(kind) => with_node(model, |text, (thread, node)| {
            let place = StepPlace::After(node.clone());
            (edits::insert_step(text, thread, &place, &kind), 1)
        }),
        Msg::Menu(slot, at) => {
            model.draw.menu = Some((slot, at));
            vec![Effect::Focus(FIRST_OF_MENU)]
        }
        Msg::CloseMenu => close_menu(model),
        Msg::InsertAt(slot, kind) => {
            let mut effects = close_menu(model);
            let edited = edits::insert_step(&model.source.text, &slot.thread, &slot.place(), &kind);
            let left = added_at(model, &edited, &slot.thread);
            effects.extend(change(model, &edited, left));
            effects
        }
        Msg::MoveTo(thread, node, slot) => {
            let mut effects = close_menu(model);
            effects.extend(move_to(model, &thread, &node, &slot));
            effects
        }
        Msg::Interrupt(thread, handler) => {
            let first = nodes(model, &thread).first().map(|node| (*node).to_owned());
            model.draw.left = first.map(|node| (thread.clone(), node));
            // Nobody handles its own interrupt.
            model.draw.handler = handler.filter(|handler| *handler != thread).unwrap_or_default();
            vec![Effect::Focus("#draw-event")]
        }
        Msg::Delete => {
            with_node(model, |text, (thread, node)| (edits::delete_step(text, thread, node), 0))
        }
        Msg::Earlier => shift(model, -2, -1),
        Msg::Later => shift(model, 1, 1),
        Msg::Set(field, value) => with_node(model, |text, (thread, node)| {
            let value = Some(value.trim()).filter(|value| !value.is_empty());
            (edits::set_field(text, thread, node, &field, value), 0)
        }),
        Msg::AddThread => {
            if model.draw.thread.trim().is_empty() {
                return Vec::new();
            }
            let name = std::mem::take(&mut model.draw.thread);
            let edited = edits::add_thread(&model.source.text, name.trim());
            change(model, &edited, None)
        }
        Msg::AddInterrupt => {
            let at = at(model).filter(|_| !model.draw.event.trim().is_empty());
            let Some((thread, _)) = at else {
                return Vec::new();
            };
            let event = std::mem::take(&mut model.draw.event);
            let handler = std::mem::take(&mut model.draw.handler);
            let handler = if handler.trim().is_empty() {
                format!("on-{}", event.trim())
            } else {
                handler.trim().to_owned()
            };
            let edited = edits::add_interrupt(&model.source.text, &thread, event.trim(), &handler);
            let left = self::at(model);
            change(model, &edited, left)
        }
        Msg::RemoveInterrupt(thread, event) => {
            let edited = edits::remove_interrupt(&model.source.text, &thread, &event);
            let left = at(model);
            change(model, &edited, left)
        }
    }
}

/// The first entry of an edge's menu.
const FIRST_OF_MENU: &str = "#slot-menu button";

impl Slot {
    fn place(&self) -> StepPlace {
        StepPlace::Between(self.from.clone(), self.to.clone())
    }
}

fn close_menu(model: &mut Model) -> Vec<Effect> {
    let was_open = model.draw.menu.take().is_some();
    if was_open { vec![Effect::FocusBack] } else { Vec::new() }
}

/// The node that an edit has added: the first that was not there before, their numbers aside.
fn added_at(model: &Model, edited: &Edited, thread: &str) -> Option<At> {
    fn without_number(name: &str) -> &str {
        name.trim_start_matches(|letter: char| letter.is_ascii_digit())
    }
    let before = nodes(model, thread);
    let names = nodes_after(model, edited, thread)?;
    let index = names.iter().enumerate().position(|(index, name)| {
        before.get(index).is_none_or(|old| without_number(old) != without_number(name))
    })?;
    Some((thread.to_owned(), names.get(index)?.clone()))
}

fn move_to(model: &mut Model, thread: &str, node: &str, slot: &Slot) -> Vec<Effect> {
    if thread != slot.thread {
        let said = "A step stays in its thread: add one there, and delete this one.";
        model.draw.said = Some(said.to_owned());
        said.clone_into(&mut model.announcement);
        return Vec::new();
    }
    if node == slot.from || node == slot.to {
        return Vec::new();
    }
    let edited = edits::move_step(&model.source.text, thread, node, &slot.place());
    let place = |name: &str| index(model, &(thread.to_owned(), name.to_owned()));
    let left = place(&slot.from).zip(place(node)).and_then(|(from, moved)| {
        // What stood before it and goes behind it moves up.
        let index = if moved < from { from } else { from + 1 };
        node_after(model, &edited, thread, index)
    });
    change(model, &edited, left)
}

/// Draws at the node; afterwards the node so many places further is the one that is drawn at.
fn with_node(model: &mut Model, draw: impl FnOnce(&str, &At) -> (Edited, isize)) -> Vec<Effect> {
    let Some(at) = at(model) else {
        return Vec::new();
    };
    let (edited, further) = draw(&model.source.text, &at);
    let left = index(model, &at).and_then(|index| index.checked_add_signed(further));
    let left = left.and_then(|index| node_after(model, &edited, &at.0, index));
    change(model, &edited, left)
}

/// Moves the step behind the node that stands so many places further.
fn shift(model: &mut Model, behind: isize, further: isize) -> Vec<Effect> {
    let Some(at) = at(model) else {
        return Vec::new();
    };
    let names = nodes(model, &at.0);
    let index = names.iter().position(|name| *name == at.1);
    let target = index.and_then(|index| index.checked_add_signed(behind));
    let place = match target.and_then(|target| names.get(target)) {
        // Behind the ENTRYPOINT is before the first step.
        Some(_) if target == Some(0) => StepPlace::Start,
        Some(name) => StepPlace::After((*name).to_owned()),
        None => {
            model.draw.said = Some("It can't be moved any further.".to_owned());
            return Vec::new();
        }
    };
    with_node(model, |text, (thread, node)| (edits::move_step(text, thread, node, &place), further))
}

/// The edits, whether or not the text is right with them.
fn edits_of(edited: &Edited) -> Option<&[Edit]> {
    match edited {
        Ok(edits) | Err(Refusal::Breaks { edits, .. }) => Some(edits),
        Err(_) => None,
    }
}

/// The node with that index once the edits are done: their names have numbers, which change.
fn node_after(model: &Model, edited: &Edited, thread: &str, index: usize) -> Option<At> {
    let name = nodes_after(model, edited, thread)?.into_iter().nth(index)?;
    Some((thread.to_owned(), name))
}

/// The names of a thread's nodes once the edits are done.
fn nodes_after(model: &Model, edited: &Edited, thread: &str) -> Option<Vec<String>> {
    let text = apply(&model.source.text, edits_of(edited)?);
    let document = halter_spec::load(&text).document?;
    let spec = document.wf_spec.thread_specs.get(thread)?;
    Some(spec.nodes.keys().cloned().collect())
}

/// Makes the edits, or says why not.
fn change(model: &mut Model, edited: &Edited, left: Option<At>) -> Vec<Effect> {
    let said = edited.as_ref().err().map(ToString::to_string);
    model.draw.said.clone_from(&said);
    if let Some(said) = said {
        model.announcement = said;
    }
    let Some(edits) = edits_of(edited) else {
        return Vec::new();
    };
    let text: Rc<str> = apply(&model.source.text, edits).into();
    model.draw.left = left;
    vec![editor::Effect::Replace(text).into()]
}
