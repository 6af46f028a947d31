//! Halter for JavaScript. This layer only translates. Commands and states are plain JavaScript, where an INT is a
//! bigint; or they have the form of the recorded traces, that is LittleHorse's own proto JSON, where whole numbers of
//! 64 bits are strings (`{ "int": "9007199254740993" }`). Either way nothing is lost.

use std::sync::Arc;

use halter_engine::{Command, Semantics};
use halter_js::json as to_js;
use halter_session::link::{LINK_KEY, Link};
use halter_session::trace::{Trace, record, state_json};
use halter_session::{Sitting, diagram, guide};
use wasm_bindgen::prelude::*;

mod commands;
mod exploration;
mod runner;

pub use exploration::Exploration;
pub use runner::Runner;

/// A sitting: a source, the commands so far, and the state after them.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Playground {
    source: String,
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
        Ok(Playground { source: source.to_owned(), sitting })
    }

    /// Opens a link's text, `1.…`, or a fragment that holds one, `#sitting=1.…`.
    ///
    /// # Errors
    /// A text, if it is no link; the list of diagnostics, if its source has errors.
    #[wasm_bindgen(js_name = fromLink)]
    pub fn from_link(link: &str) -> Result<Playground, JsValue> {
        let link = Link::decode(in_fragment(link)).map_err(|error| text(&error))?;
        let semantics =
            if link.semantics.is_empty() { Semantics::DOCUMENTED.name() } else { &link.semantics };
        let Playground { source, sitting } = Playground::new(&link.source, semantics)?;
        let (sitting, _) = link.play(sitting);
        Ok(Playground { source, sitting })
    }

    /// Takes one command, such as `{ postEvent: { externalEventDef: "cancel", content: { str: "why" } } }`.
    /// Returns `{ command, refused, occurrences }`: the command in words; `null` or `{ code, message }`; each
    /// occurrence has `id`, `rule`, `sentence` and `cause` (the id of an earlier one, or `null`).
    ///
    /// # Errors
    /// A text, if this is no command.
    pub fn step(&mut self, command: JsValue) -> Result<JsValue, JsValue> {
        let command = halter_js::step(command, &self.sitting).map_err(|why| text(&why))?;
        self.take(command)
    }

    /// Takes the next command of the source's own script; returns as `step` does, or nothing if there is none or
    /// something else was done instead.
    ///
    /// # Errors
    /// A text, if there are too many steps.
    #[wasm_bindgen(js_name = playNext)]
    pub fn play_next(&mut self) -> Result<JsValue, JsValue> {
        match guide::next_in_script(&self.sitting) {
            Some(command) => self.take(command),
            None => Ok(JsValue::UNDEFINED),
        }
    }

    /// The state at the cursor as plain JavaScript.
    pub fn state(&self) -> JsValue {
        halter_js::state(&self.sitting)
    }

    /// The state at the cursor as the recorded traces have it: `wfRun`, `nodeRuns`, `variables`, `externalEvents`.
    #[wasm_bindgen(js_name = stateJson)]
    pub fn state_json(&self) -> JsValue {
        to_js(&state_json(self.sitting.program(), self.sitting.state()))
    }

    /// What can come next, in words, such as `Post event cancel`.
    pub fn enabled(&self) -> Vec<String> {
        let offers = halter_session::offers::offers(&self.sitting);
        offers.into_iter().map(|offer| offer.label).collect()
    }

    /// Goes to the state after so many commands, or as far as there are any.
    #[wasm_bindgen(js_name = goTo)]
    pub fn go_to(&mut self, steps: usize) {
        self.sitting.go_to(steps);
    }

    /// How many commands the state has behind it.
    #[wasm_bindgen(getter)]
    pub fn cursor(&self) -> usize {
        self.sitting.cursor()
    }

    /// How many commands there are, those after the cursor too.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.sitting.steps().len()
    }

    /// The fragment of a link that opens this sitting in a playground: `#sitting=1.…`.
    pub fn link(&self) -> String {
        let link = Link::of(&self.sitting, &self.source).encode();
        format!("#{LINK_KEY}={link}")
    }

    /// The run as a trace in the form of the recorded ones.
    pub fn trace(&self) -> JsValue {
        to_js(&record(&self.sitting))
    }

    /// The run as text for another program: `mermaid-state`, `mermaid-sequence` or `graphviz`.
    ///
    /// # Errors
    /// A text, if there is no such kind.
    pub fn diagram(&self, kind: &str) -> Result<String, JsValue> {
        match kind {
            "mermaid-state" => Ok(diagram::states(&self.sitting)),
            "mermaid-sequence" => Ok(diagram::sequence(&self.sitting)),
            "graphviz" => Ok(diagram::graphviz(&self.sitting)),
            _ => Err(text(&format!(
                "there is no diagram {kind}: mermaid-state, mermaid-sequence, graphviz"
            ))),
        }
    }
}

impl Playground {
    fn take(&mut self, command: Command) -> Result<JsValue, JsValue> {
        let before = self.sitting.state().clone();
        if self.sitting.take(command).is_none() {
            return Err(text(&"The sitting is full: go back, or start again."));
        }
        Ok(to_js(&halter_js::told(&self.sitting, &before)))
    }
}

/// The link in a fragment, or the text itself.
fn in_fragment(text: &str) -> &str {
    let fragment = text.rsplit('#').next().unwrap_or_default();
    let key = format!("{LINK_KEY}=");
    let part = fragment.split('&').find_map(|part| part.strip_prefix(&key));
    part.unwrap_or(fragment)
}

/// What is wrong with a source, and what is odd: a list of diagnostics, each with `code`, `severity`, `message`,
/// `span` and perhaps `node`.
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
    let differs =
        |s: Semantics| trace.play(s).err().map(|mismatch| format!("{}: {mismatch}", s.name()));
    Ok(under.into_iter().find_map(differs))
}

fn named(semantics: &str) -> Result<Semantics, JsValue> {
    Semantics::from_name(semantics)
        .ok_or_else(|| text(&format!("there are no semantics {semantics}: documented, server-1.2")))
}

fn text(error: &impl ToString) -> JsValue {
    JsValue::from_str(&error.to_string())
}
