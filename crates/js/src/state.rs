//! The state as plain JavaScript: what an application wants to read, with values as its own.

use std::collections::HashMap;
use std::sync::Arc;

use halter_engine::program::Spec;
use halter_engine::state::{ExternalEvent, Position, ThreadNumber, ThreadRun};
use halter_session::Sitting;
use halter_session::view::{self, RunView, ThreadView};
use halter_session::wf_runs::{self, WfRun};
use halter_session::words::Names;
use halter_spec::value::Value;
use wasm_bindgen::JsValue;

use crate::plain::Plain;

/// `{ status, now, threads: […], events: […], childWfRuns: […] }`; what is masked is `undefined`.
pub fn state(sitting: &Sitting) -> JsValue {
    shown(sitting).to_js()
}

/// The same before it is JavaScript.
pub fn shown(sitting: &Sitting) -> Plain {
    let run = view::run(sitting);
    let all = wf_runs::all(sitting.program(), sitting.shown());
    let of = |index: usize| Parts::of(&all, &run, index);
    let children = (1..).zip(&run.child_wf_runs).map(|(index, child)| {
        let Parts { threads, events } = of(index);
        let workflow = all.get(index).map_or("", |run| &*run.program.name);
        Plain::object([
            ("name", child.name.as_str().into()),
            ("workflow", workflow.into()),
            ("path", Plain::List(child.path.iter().copied().map(place).collect())),
            ("status", child.status.name().into()),
            ("threads", threads),
            ("events", events),
        ])
    });
    let children = Plain::List(children.collect());
    let Parts { threads, events } = of(0);
    Plain::object([
        ("status", run.status.map_or("STARTING", |status| status.name()).into()),
        ("now", Plain::Number(run.now as f64)),
        ("threads", threads),
        ("events", events),
        ("childWfRuns", children),
    ])
}

fn place((thread, position): (ThreadNumber, Position)) -> Plain {
    Plain::object([("thread", thread.into()), ("position", position.into())])
}

/// What there is of a WfRun.
struct Parts {
    threads: Plain,
    events: Plain,
}

impl Parts {
    /// Of that with this place among all.
    fn of(all: &[WfRun<'_>], run: &RunView, index: usize) -> Self {
        let Some(of) = all.get(index) else {
            return Parts { threads: Plain::List(Vec::new()), events: Plain::List(Vec::new()) };
        };
        let own = run.threads.iter().filter(|view| wf_runs::own_number(view.number).0 == index);
        let threads = own.map(|view| thread(of, view));
        Parts { threads: Plain::List(threads.collect()), events: events(of) }
    }
}

fn thread(of: &WfRun<'_>, view: &ThreadView) -> Plain {
    let reasons = view.reasons.iter().map(|reason| {
        Plain::object([
            ("name", reason.name.into()),
            ("thread", Plain::number_or_null(reason.thread)),
            ("sentence", reason.sentence.as_str().into()),
        ])
    });
    let at = view.node_runs.last();
    let run = of.state.thread(view.own_number);
    let spec = run.and_then(|run| of.program.specs.get(usize::from(run.spec)));
    let node = at.and_then(|at| spec?.nodes.get(usize::from(at.node)));
    Plain::object([
        ("number", view.own_number.into()),
        ("spec", view.spec_name.as_str().into()),
        ("type", view.kind.name().into()),
        ("status", view.status.name().into()),
        ("parent", Plain::number_or_null(run.and_then(|run| run.parent))),
        ("haltReasons", Plain::List(reasons.collect())),
        ("position", Plain::number_or_null(at.map(|at| at.position))),
        ("node", Plain::text_or_null(node.map(|node| &*node.name))),
        ("waits", view.waits.as_str().into()),
        ("variables", variables(spec, run)),
    ])
}

/// A value that an application may see, or that there is one.
fn unless(masked: bool, value: &Value) -> Plain {
    if masked { Plain::Undefined } else { value.into() }
}

fn variables(spec: Option<&Spec>, run: Option<&ThreadRun>) -> Plain {
    let values = run.map(|run| &*run.variables).unwrap_or_default();
    let declared = spec.into_iter().flat_map(|spec| &spec.variables);
    let variables = declared
        .zip(values)
        .map(|(variable, value)| (Arc::from(&*variable.name), unless(variable.masked, value)));
    Plain::Object(variables.collect())
}

fn events(of: &WfRun<'_>) -> Plain {
    let (program, shown) = (of.program, of.state);
    let names = Names::new(program, shown);
    // Every node is looked at for it: once for each def, however many events there are.
    let mut hides_id = HashMap::new();
    let event = |(index, event): (u32, &ExternalEvent)| {
        let def = program.events.get(usize::from(event.def));
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
