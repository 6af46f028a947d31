//! Any command, with any values.

use std::sync::Arc;

use halter_engine::command::{Command, TaskResult};
use proptest::prelude::*;

#[path = "../../../spec/tests/support/values.rs"]
mod values;
use values::value;

/// A name that a command may have.
fn name() -> impl Strategy<Value = Arc<str>> {
    "[a-z0-9-]{1,9}".prop_map(|name: String| Arc::from(name))
}

/// Any command at all; most are none that a run would take.
pub(crate) fn command() -> impl Strategy<Value = Command> {
    let number = || prop_oneof![Just(0), any::<u32>()];
    let message = || ".{0,9}".prop_map(|text: String| Arc::from(text));
    let values = || {
        prop::collection::btree_map(name(), value(), 0..4)
            .prop_map(|map| map.into_iter().collect::<Vec<_>>())
    };
    let result = prop_oneof![
        value().prop_map(TaskResult::Output),
        (name(), message()).prop_map(|(kind, text)| TaskResult::Error(kind, text)),
        (name(), message(), value()).prop_map(|(n, m, v)| TaskResult::Exception(n, m, v)),
    ];
    let event = (name(), name(), value(), prop::option::of(number()), prop::option::of(number()));
    prop_oneof![
        values().prop_map(Command::RunWf),
        event.prop_map(|(def, guid, content, thread, position)| Command::PostEvent {
            def,
            guid,
            content,
            thread,
            position
        }),
        (name(), name(), value()).prop_map(|(def, key, content)| Command::PostCorrelatedEvent {
            def,
            key,
            content
        }),
        (number(), number()).prop_map(|(t, p)| Command::ClaimTask(t, p)),
        (number(), number(), result).prop_map(|(t, p, r)| Command::ReportTask(t, p, r)),
        (1..1_i64 << 50).prop_map(Command::PassTime),
        number().prop_map(Command::StopWfRun),
        number().prop_map(Command::ResumeWfRun),
        (number(), any::<bool>()).prop_map(|(thread, skip_current_node)| {
            Command::RescueThreadRun { thread, skip_current_node }
        }),
        (number(), number(), values()).prop_map(|(t, p, r)| Command::CompleteUserTask(t, p, r)),
        (number(), number()).prop_map(|(t, p)| Command::CancelUserTask(t, p)),
    ]
}
