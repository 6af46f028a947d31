//! The state as plain JavaScript: what an application wants to read, with values as its own.

use std::collections::HashMap;
use std::sync::Arc;

use halter_engine::state::ExternalEvent;
use halter_session::Sitting;
use halter_session::view::{self, ThreadView};
use halter_session::words::Names;
use halter_spec::value::Value;
use wasm_bindgen::JsValue;

use crate::plain::Plain;

/// `{ status, now, threads: […], events: […] }`; what is masked is `undefined`.
pub fn state(sitting: &Sitting) -> JsValue {
    shown(sitting).to_js()
}

/// The same before it is JavaScript.
pub fn shown(sitting: &Sitting) -> Plain {
    let run = view::run(sitting);
    let threads = run.threads.iter().map(|view| thread(sitting, view));
    Plain::object([
        ("status", run.status.map_or("STARTING", |status| status.name()).into()),
        ("now", Plain::Number(run.now as f64)),
        ("threads", Plain::List(threads.collect())),
        ("events", events(sitting)),
    ])
}

fn thread(sitting: &Sitting, view: &ThreadView) -> Plain {
    let reasons = view.reasons.iter().map(|reason| {
        Plain::object([
            ("name", reason.name.into()),
            ("thread", Plain::number_or_null(reason.thread)),
            ("sentence", reason.sentence.as_str().into()),
        ])
    });
    let at = view.node_runs.last();
    let spec = sitting.program().specs.get(usize::from(view.spec));
    let node = at.and_then(|at| spec?.nodes.get(usize::from(at.node)));
    Plain::object([
        ("number", view.number.into()),
        ("spec", view.spec_name.as_str().into()),
        ("type", view.kind.name().into()),
        ("status", view.status.name().into()),
        ("parent", Plain::number_or_null(view.parent)),
        ("haltReasons", Plain::List(reasons.collect())),
        ("position", Plain::number_or_null(at.map(|at| at.position))),
        ("node", Plain::text_or_null(node.map(|node| &*node.name))),
        ("waits", view.waits.as_str().into()),
        ("variables", variables(sitting, view)),
    ])
}

/// A value that an application may see, or that there is one.
fn unless(masked: bool, value: &Value) -> Plain {
    if masked { Plain::Undefined } else { value.into() }
}

fn variables(sitting: &Sitting, view: &ThreadView) -> Plain {
    let spec = sitting.program().specs.get(usize::from(view.spec));
    let values = sitting.shown().thread(view.number);
    let values = values.map(|run| &*run.variables).unwrap_or_default();
    let declared = spec.into_iter().flat_map(|spec| &spec.variables);
    let variables = declared
        .zip(values)
        .map(|(variable, value)| (Arc::from(&*variable.name), unless(variable.masked, value)));
    Plain::Object(variables.collect())
}

fn events(sitting: &Sitting) -> Plain {
    let shown = sitting.shown();
    let names = Names::new(sitting.program(), shown);
    // Every node is looked at for it: once for each def, however many events there are.
    let mut hides_id = HashMap::new();
    let event = |(index, event): (u32, &ExternalEvent)| {
        let def = sitting.program().events.get(usize::from(event.def));
        let name = names.event_def(index);
        let hidden = *hides_id.entry(event.def).or_insert_with(|| names.masks_key(name));
        let id = if hidden { Plain::Undefined } else { (&*event.guid).into() };
        Plain::object([
            ("def", name.into()),
            ("id", id),
            ("content", unless(def.is_some_and(|def| def.masked), &event.content)),
            ("claimed", Plain::Bool(event.claimed)),
        ])
    };
    Plain::List((0..).zip(&shown.events).map(event).collect())
}
