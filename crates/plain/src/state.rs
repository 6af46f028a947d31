//! The state as plain JavaScript: what an application wants to read, with values as its own.

use halter_session::Sitting;
use halter_session::view::{self, ThreadView};
use halter_session::words::Names;
use js_sys::{Array, Object};
use wasm_bindgen::JsValue;

use crate::value::{set, to_js};

/// `{ status, now, threads: […], events: […] }`; what is masked is `undefined`.
pub fn state(sitting: &Sitting) -> JsValue {
    let run = view::run(sitting);
    let state = Object::new();
    let status = run.status.map_or("STARTING", |status| status.name());
    set(&state, "status", &status.into());
    set(&state, "now", &JsValue::from_f64(run.now as f64));
    let threads = run.threads.iter().map(|view| thread(sitting, view));
    set(&state, "threads", &threads.collect::<Array>().into());
    set(&state, "events", &events(sitting).into());
    state.into()
}

fn thread(sitting: &Sitting, view: &ThreadView) -> JsValue {
    let thread = Object::new();
    set(&thread, "number", &view.number.into());
    set(&thread, "spec", &view.spec_name.as_str().into());
    set(&thread, "type", &view.kind.name().into());
    set(&thread, "status", &view.status.name().into());
    set(&thread, "parent", &view.parent.map_or(JsValue::NULL, JsValue::from));
    let reasons = view.reasons.iter().map(|reason| {
        let object = Object::new();
        set(&object, "name", &reason.name.into());
        let number = reason.thread.map_or(JsValue::NULL, JsValue::from);
        set(&object, "thread", &number);
        set(&object, "sentence", &reason.sentence.as_str().into());
        JsValue::from(object)
    });
    set(&thread, "haltReasons", &reasons.collect::<Array>().into());
    let at = view.node_runs.last();
    let position = at.map_or(JsValue::NULL, |at| at.position.into());
    set(&thread, "position", &position);
    let spec = sitting.program().specs.get(usize::from(view.spec));
    let node = at.and_then(|at| spec?.nodes.get(usize::from(at.node)));
    let node = node.map_or(JsValue::NULL, |node| (&*node.name).into());
    set(&thread, "node", &node);
    set(&thread, "waits", &view.waits.as_str().into());
    set(&thread, "variables", &variables(sitting, view).into());
    thread.into()
}

fn variables(sitting: &Sitting, view: &ThreadView) -> Object {
    let object = Object::new();
    let spec = sitting.program().specs.get(usize::from(view.spec));
    let values = sitting.shown().thread(view.number);
    let values = values.map(|run| &*run.variables).unwrap_or_default();
    let declared = spec.into_iter().flat_map(|spec| &spec.variables);
    for (variable, value) in declared.zip(values) {
        let value = if variable.masked { JsValue::UNDEFINED } else { to_js(value) };
        set(&object, &variable.name, &value);
    }
    object
}

fn events(sitting: &Sitting) -> Array {
    let shown = sitting.shown();
    let names = Names::new(sitting.program(), shown);
    let event = |(index, event): (u32, &halter_engine::state::ExternalEvent)| {
        let def = names.event_def(index);
        let object = Object::new();
        set(&object, "def", &def.into());
        set(&object, "id", &(&*event.guid).into());
        let masked =
            sitting.program().events.get(usize::from(event.def)).is_some_and(|def| def.masked);
        let content = if masked { JsValue::UNDEFINED } else { to_js(&event.content) };
        set(&object, "content", &content);
        set(&object, "claimed", &event.claimed.into());
        JsValue::from(object)
    };
    (0..).zip(&shown.events).map(event).collect()
}
