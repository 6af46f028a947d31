//! The way to `embed.js`, which stands between this page and the one around it: `globalThis.halterEmbed`.

use js_sys::{Function, JsString, Object, Reflect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::{Ask, Effect, Msg, Opening, Options};
use crate::sender::Sender;

/// UTF-16 units of the name of a message.
const MAX_TYPE: u32 = 40;

fn object() -> Option<JsValue> {
    let object = Reflect::get(&js_sys::global(), &"halterEmbed".into()).ok()?;
    object.is_object().then_some(object)
}

/// Whether this is an embedded page, which keeps nothing.
pub(crate) fn is_embedded() -> bool {
    object().is_some()
}

/// What the address asks for; none if the page stands alone.
pub(crate) fn options() -> Option<Options> {
    let options = Reflect::get(&object()?, &"options".into()).ok()?;
    Some(serde_wasm_bindgen::from_value(options).unwrap_or_default())
}

/// Hears what the page around it asks for, from now on.
pub(crate) fn listen(sender: &Sender) {
    let Some(object) = object() else { return };
    let sender = sender.clone();
    let heard =
        Closure::<dyn Fn(JsValue, Function)>::new(move |asked: JsValue, answer: Function| {
            sender.send_message(crate::msg::Msg::Embed(Msg::Asked(read(&asked), answer)));
        });
    call(&object, "listen", &[heard.into_js_value()]);
}

/// Does what the model asks for.
pub(crate) fn perform(effect: Effect) {
    match effect {
        Effect::Answer(answer, Ok(value)) => {
            drop(answer.call2(&JsValue::NULL, &JsValue::TRUE, &value));
        }
        Effect::Answer(answer, Err(why)) => {
            drop(answer.call2(&JsValue::NULL, &JsValue::FALSE, &why));
        }
        Effect::Tell(name, value) => {
            if let Some(object) = object() {
                call(&object, "tell", &[name.into(), value]);
            }
        }
    }
}

/// What fails over there is in the console; the page goes on without it.
fn call(object: &JsValue, name: &str, arguments: &[JsValue]) {
    let function = Reflect::get(object, &name.into()).map(JsCast::dyn_into::<Function>);
    let arguments = arguments.iter().collect();
    if let Ok(Ok(function)) = function
        && let Err(error) = Reflect::apply(&function, object, &arguments)
    {
        web_sys::console::error_1(&error);
    }
}

/// Reads what is asked for. Nothing of it is ever run as code.
fn read(asked: &JsValue) -> Ask {
    let part = |name: &str| Reflect::get(asked, &name.into()).unwrap_or_default();
    let kind = part("type");
    let ask = match text(&kind).as_deref() {
        Some("load") => typed::<Opening>(asked).map(Ask::Load),
        Some("post") => typed::<Event>(asked).map(|Event { event, id }| Ask::Post {
            event,
            content: part("content"),
            id,
        }),
        Some("step") => Ok(Ask::Step(part("command"))),
        Some("go-to") => typed::<GoToStep>(asked).map(|place| Ask::GoTo(place.step)),
        Some("state") => Ok(Ask::State),
        other => Err(format!(
            "There is no message {}: load, post, step, go-to, state, style.",
            other.unwrap_or("of such a type")
        )),
    };
    ask.unwrap_or_else(Ask::Unknown)
}

/// A short text.
fn text(value: &JsValue) -> Option<String> {
    let is_short = value.dyn_ref::<JsString>()?.length() <= MAX_TYPE;
    value.as_string().filter(|_| is_short)
}

fn typed<T: DeserializeOwned>(asked: &JsValue) -> Result<T, String> {
    // A copy without what is not meant for it: contents and commands may hold what serde does not know.
    let kept = Object::new();
    for name in ["sitting", "source", "example", "semantics", "step", "event", "id"] {
        let value = Reflect::get(asked, &name.into()).unwrap_or_default();
        // What is no text and no number is refused here: the words for it would take it apart, and it may be without end.
        if value.is_object() || value.is_function() {
            return Err(format!("{name} is no text and no number."));
        }
        halter_js::check(&value)?;
        if !value.is_undefined() {
            halter_js::set(&kept, name, &value);
        }
    }
    serde_wasm_bindgen::from_value(kept.into()).map_err(|error| error.to_string())
}

#[derive(Deserialize)]
struct Event {
    event: String,
    id: Option<String>,
}

#[derive(Deserialize)]
struct GoToStep {
    step: usize,
}
