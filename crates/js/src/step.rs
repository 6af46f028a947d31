//! Commands from JavaScript, and what became of them.

use std::sync::Arc;

use halter_engine::{Command, RunState};
use halter_session::words::{self, Names, Teller};
use halter_session::{Cause, Sitting, script};
use serde_json::{Value as Json, json};
use wasm_bindgen::JsValue;

use crate::bounds::check;
use crate::value::from_js;

/// Reads a command in the form of the recorded traces, such as
/// `{ postEvent: { externalEventDef: "cancel", content: { str: "why" } } }`.
///
/// # Errors
/// A sentence, if this is no command.
pub fn step(command: JsValue, sitting: &Sitting) -> Result<Command, String> {
    check(&command)?;
    let line: Json = serde_wasm_bindgen::from_value(command).map_err(|error| error.to_string())?;
    script::read(&line, sitting)
}

/// The command that posts an ExternalEvent with a value of JavaScript's; without an id it gets the next one. A
/// string, a number and so on become the type that the event declares.
///
/// # Errors
/// A sentence, if the content is no value.
pub fn post(
    sitting: &Sitting,
    event: &str,
    content: &JsValue,
    id: Option<String>,
    at: (Option<u32>, Option<u32>),
) -> Result<Command, String> {
    let program = sitting.program();
    let mut defs = program.events.iter();
    let def = defs.find(|def| *def.name == *event);
    let content =
        from_js(content, def.and_then(|def| def.content_type.as_ref()), &program.struct_defs)?;
    Ok(Command::PostEvent {
        def: event.into(),
        guid: id.map_or_else(|| sitting.next_guid(), Arc::from),
        content,
        thread: at.0,
        position: at.1,
    })
}

/// What became of the command at the cursor: `{ command, refused, occurrences }`; null if there is none. `before` is
/// the state before it.
pub fn told(sitting: &Sitting, before: &RunState) -> Json {
    let Some(step) = sitting.current_step() else {
        return Json::Null;
    };
    let names = Names::new(sitting.program(), &step.state);
    let said = words::command(&names, &step.command);
    let mut teller = Teller::new(names, before);
    let occurrences = step.told.iter().map(|told| {
        let cause = match told.cause {
            Cause::Command => Json::Null,
            Cause::Occurrence(id) => id.into(),
        };
        let sentence = teller.tell(&told.what);
        json!({ "id": told.id, "rule": told.rule.id(), "sentence": sentence, "cause": cause })
    });
    let occurrences: Vec<Json> = occurrences.collect();
    let refused =
        step.refusal.as_ref().map(|r| json!({ "code": r.code.name(), "message": r.message }));
    json!({ "command": said, "refused": refused, "occurrences": occurrences })
}
