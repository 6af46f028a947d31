//! The menu of an edge: what can be added there, and the step that can be moved there.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::update::at;
use super::view::kinds;
use super::{Msg, Slot};
use crate::model::Model;
use crate::sender::Sender;

/// The menu, if one is open.
pub(super) fn view(model: &Model, sender: &Sender) -> Html {
    let Some((slot, (left, top))) = &model.draw.menu else {
        return Html::default();
    };
    let Slot { thread, from, to } = slot;
    let moved = at(model).filter(|(of, node)| of == thread && node != from && node != to);
    let entry = |name: String, title: &'static str, msg: Msg| {
        html! {
            <button type="button" class="slot-entry" role="menuitem" tabindex="-1" {title} onclick={sender.callback(move |_: MouseEvent| msg.clone())}>{ name }</button>
        }
    };
    let keys = sender.batch_callback(|event: KeyboardEvent| {
        let close = match &*event.key() {
            "ArrowDown" => {
                step(&event, Element::next_element_sibling, Element::first_element_child)
            }
            "ArrowUp" => {
                step(&event, Element::previous_element_sibling, Element::last_element_child)
            }
            "Escape" | "Tab" => true,
            _ => return None,
        };
        event.prevent_default();
        close.then_some(Msg::CloseMenu)
    });
    html! {
        <>
            <div class="slot-away" onclick={sender.callback(|_: MouseEvent| Msg::CloseMenu)} />
            <div id="slot-menu" class="slot-menu" role="menu" aria-label={format!("Between {from} and {to}")}
                style={format!("--left:{left}px;--top:{top}px")} onkeydown={keys}>
                { for moved.map(|(thread, node)| entry(format!("Move {node} here"), "The step that is pointed at", Msg::MoveTo(thread, node, slot.clone()))) }
                { for kinds().map(|key| entry(key.name.to_owned(), key.doc, Msg::InsertAt(slot.clone(), key.name.to_owned()))) }
            </div>
        </>
    }
}

/// Gives the focus to the entry beside, or to the one at the other end; the menu stays open.
fn step(
    event: &KeyboardEvent,
    beside: fn(&Element) -> Option<Element>,
    end: fn(&Element) -> Option<Element>,
) -> bool {
    let entry = event.target_dyn_into::<Element>();
    let next = entry.and_then(|entry| beside(&entry).or_else(|| end(&entry.parent_element()?)));
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        let _ = next.focus();
    }
    false
}
