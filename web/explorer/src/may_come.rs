//! What may come, as the page says it and as the explorer takes it.

use std::sync::Arc;

use halter_engine::Program;
use halter_engine::program::NodeKind;
use halter_explore::{Choices, child_wf_failures};
use halter_session::payload;
use halter_spec::model::{Document, Type};
use halter_spec::value::Value;

use crate::messages::{EventMayCome, MayCome, TaskMayDo};

/// What may come to begin with.
pub(crate) fn usual(document: &Document, program: &Program) -> MayCome {
    let choices = Choices::usual(document, program);
    let events = program.events.iter().zip(&choices.events).map(|(def, choice)| EventMayCome {
        name: def.name.to_string(),
        budget: choice.budget,
        payloads: choice
            .payloads
            .iter()
            .map(|value| written(value, def.content_type.as_ref()))
            .collect(),
    });
    let tasks = program.tasks.iter().zip(&choices.tasks).map(|(def, choice)| TaskMayDo {
        name: def.name.to_string(),
        succeeds: choice.succeeds,
        fails: choice.fails,
        throws: choice.throws.iter().map(ToString::to_string).collect(),
    });
    let mut nodes = program.specs.iter().flat_map(|spec| &spec.nodes);
    MayCome {
        events: events.collect(),
        tasks: tasks.collect(),
        has_forms: !program.user_tasks.is_empty(),
        cancel_forms: choices.cancel_forms,
        has_child_wfs: nodes.any(|node| matches!(node.kind, NodeKind::RunChildWf { .. })),
        fail_child_wfs: !choices.child_wf_failures.is_empty(),
        delay: choices.delay,
        time: choices.time,
        stops: choices.stops,
        rescues: choices.rescues,
    }
}

/// A value as [`payload::read`] reads it.
fn written(value: &Value, declared: Option<&Type>) -> String {
    match (value, declared) {
        (Value::Null, None) => "null".to_owned(),
        _ => payload::edit(value),
    }
}

/// The choices of the explorer.
///
/// # Errors
/// One sentence about what can't be understood.
pub(crate) fn choices(
    may: &MayCome,
    document: &Document,
    program: &Program,
) -> Result<Choices, String> {
    let mut choices = Choices::usual(document, program);
    for event in &may.events {
        // One that the text no longer has is none of its concern.
        let index = program.event(&event.name).map(usize::from);
        let found = index.and_then(|index| choices.events.get_mut(index));
        let (Some(choice), Some(def)) = (found, index.and_then(|index| program.events.get(index)))
        else {
            continue;
        };
        choice.budget = event.budget;
        // What nobody changed stays as it is, also a STR that looks like a number.
        let usual = choice.payloads.iter().map(|value| written(value, def.content_type.as_ref()));
        if usual.eq(event.payloads.iter().cloned()) {
            continue;
        }
        let payloads = event.payloads.iter().map(|text| {
            payload::read(text, def.content_type.as_ref(), &program.struct_defs)
                .map_err(|why| format!("The payload of {}: {why}", event.name))
        });
        choice.payloads = payloads.collect::<Result<_, _>>()?;
        if choice.payloads.is_empty() {
            choice.payloads.push(Value::Null);
        }
    }
    for task in &may.tasks {
        let index = program.tasks.iter().position(|def| *def.name == *task.name);
        let Some(choice) = index.and_then(|index| choices.tasks.get_mut(index)) else {
            continue;
        };
        choice.succeeds = task.succeeds;
        choice.fails = task.fails;
        choice.throws = task.throws.iter().map(|name| Arc::from(name.as_str())).collect();
    }
    choices.cancel_forms = may.cancel_forms;
    if may.fail_child_wfs {
        choices.child_wf_failures = child_wf_failures(program);
    }
    choices.delay = may.delay;
    choices.time = may.time;
    choices.stops = may.stops;
    choices.rescues = may.rescues;
    Ok(choices)
}
