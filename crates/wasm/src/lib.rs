//! Halter for JavaScript. This layer only translates: sources, commands and states go in and out as JavaScript
//! values in the form of the recorded traces, that is LittleHorse's own proto JSON. Whole numbers of 64 bits are
//! strings there (`{ "int": "9007199254740993" }`), so nothing is lost on the way.

use std::sync::Arc;

use halter_engine::{RunState, Semantics};
use halter_session::trace::{Trace, state_json};
use halter_session::words::{self, Names, Teller};
use halter_session::{Cause, Sitting, guide, script};
use serde::Serialize;
use serde_json::{Value as Json, json};
use wasm_bindgen::prelude::*;

mod runner;

pub use runner::Runner;

/// A sitting: a source, the commands so far, and the state after them.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Playground {
    sitting: Sitting,
}

#[wasm_bindgen]
impl Playground {
    /// Starts with a source: Halter's readable YAML, or LittleHorse's JSON. `semantics` is `documented` or
    /// `server-1.2`.
    ///
    /// # Errors
    /// The list of diagnostics, if the source has errors; a text, if the semantics are unknown.
    #[wasm_bindgen(constructor)]
    pub fn new(source: &str, semantics: &str) -> Result<Playground, JsValue> {
        let semantics = named(semantics)?;
        let loaded = halter_spec::load(source);
        let Some(document) = loaded.document else {
            return Err(to_js(&loaded.diagnostics));
        };
        let sitting = Sitting::new(Arc::new(document), semantics).map_err(|error| text(&error))?;
        Ok(Playground { sitting })
    }

    /// Takes one command, such as `{ postEvent: { externalEventDef: "cancel", content: { str: "why" } } }`.
    /// Returns `{ refused, occurrences }`: `refused` is `null` or `{ code, message }`; each occurrence has `id`,
    /// `rule`, `sentence` and `cause` (the id of an earlier one, or `null`).
    ///
    /// # Errors
    /// A text, if this is no command.
    pub fn step(&mut self, command: JsValue) -> Result<JsValue, JsValue> {
        let line: Json = serde_wasm_bindgen::from_value(command).map_err(|error| text(&error))?;
        let command = script::read(&line, &self.sitting).map_err(|error| text(&error))?;
        let before = self.sitting.state().clone();
        Ok(to_js(&self.taken(command, &before)))
    }

    /// Takes the next command of the source's own script; returns as `step` does, or nothing if there is none or
    /// something else was done instead.
    #[wasm_bindgen(js_name = playNext)]
    pub fn play_next(&mut self) -> JsValue {
        let Some(command) = guide::next_in_script(&self.sitting) else {
            return JsValue::UNDEFINED;
        };
        let before = self.sitting.state().clone();
        to_js(&self.taken(command, &before))
    }

    /// The whole state: `wfRun`, `nodeRuns`, `variables`, `externalEvents`.
    pub fn state(&self) -> JsValue {
        to_js(&state_json(self.sitting.program(), self.sitting.state()))
    }

    /// What can come next, in words, such as `Post event cancel`.
    pub fn enabled(&self) -> JsValue {
        let offers = halter_session::offers::offers(&self.sitting);
        to_js(
            &offers
                .iter()
                .map(|offer| offer.label.as_str())
                .collect::<Vec<_>>(),
        )
    }

    /// Goes to the state after so many commands, or as far as there are any.
    #[wasm_bindgen(js_name = goTo)]
    pub fn go_to(&mut self, steps: usize) {
        self.sitting.go_to(steps);
    }
}

impl Playground {
    fn taken(&mut self, command: halter_engine::Command, before: &RunState) -> Json {
        self.sitting.take(command);
        let Some(step) = self.sitting.current_step() else {
            return Json::Null;
        };
        let names = Names::new(self.sitting.program(), &step.state);
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
        let refused = step
            .refusal
            .as_ref()
            .map(|r| json!({ "code": r.code.name(), "message": r.message }));
        json!({ "command": said, "refused": refused, "occurrences": occurrences })
    }
}

/// What is wrong with a source, and what is odd: a list of diagnostics, each with `code`, `severity`, `message`,
/// `span` and perhaps `node` and `fix`.
#[wasm_bindgen]
pub fn diagnostics(source: &str) -> JsValue {
    to_js(&halter_spec::load(source).diagnostics)
}

/// Plays a recorded trace: nothing if the engine agrees with it, or a text that says where it does not. Without
/// `semantics` it is played under `server-1.2`, and also under `documented` if it lists no deviation.
///
/// # Errors
/// A text, if this is no trace or the semantics are unknown.
#[wasm_bindgen]
pub fn conformance(trace: &str, semantics: Option<String>) -> Result<Option<String>, JsValue> {
    let trace = Trace::read(trace).map_err(|error| text(&error))?;
    let under = match semantics {
        Some(name) => vec![named(&name)?],
        None => trace.semantics(),
    };
    let differs = |s: Semantics| {
        trace
            .play(s)
            .err()
            .map(|mismatch| format!("{}: {mismatch}", s.name()))
    };
    Ok(under.into_iter().find_map(differs))
}

fn named(semantics: &str) -> Result<Semantics, JsValue> {
    Semantics::from_name(semantics).ok_or_else(|| {
        text(&format!(
            "there are no semantics {semantics}: documented, server-1.2"
        ))
    })
}

fn text(error: &impl ToString) -> JsValue {
    JsValue::from_str(&error.to_string())
}

/// Plain objects and lists. What can't be translated can't occur: everything here is JSON.
fn to_js(value: &impl Serialize) -> JsValue {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .unwrap_or(JsValue::NULL)
}
