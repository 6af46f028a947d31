//! The way to `register.js`, which knows the service worker: `globalThis.halterRenew`.

use js_sys::{Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::{Effect, Msg};
use crate::documents;
use crate::sender::Sender;

/// Hears of other builds from now on, where there can be any.
pub(crate) fn listen(sender: &Sender) {
    let sender = sender.clone();
    let heard = Closure::<dyn Fn(JsValue)>::new(move |found: JsValue| {
        sender.send_message(Msg::Found(found.as_string()));
    });
    call("listen", &heard.into_js_value());
}

/// Does what the model asks for.
pub(crate) fn perform(effect: &Effect) {
    match effect {
        Effect::Take => {
            // What the browser refuses to keep is asked about when the page is left.
            documents::drafts::write();
            call("take", &JsValue::UNDEFINED);
        }
    }
}

/// Without `register.js`, as in an embedded page, nothing is done.
fn call(name: &str, argument: &JsValue) {
    let object = Reflect::get(&js_sys::global(), &"halterRenew".into()).unwrap_or_default();
    if !object.is_object() {
        return;
    }
    let function = Reflect::get(&object, &name.into()).map(JsCast::dyn_into::<Function>);
    if let Ok(Ok(function)) = function
        && let Err(error) = function.call1(&object, argument)
    {
        web_sys::console::error_1(&error);
    }
}
