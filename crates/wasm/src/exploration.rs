//! Every order of what may come, for a Web Worker: explore a piece, tell how far it is, go on; in the end, the answers.

use std::collections::HashMap;
use std::sync::Arc;

use halter_engine::Command;
use halter_explore::{
    Answer, Bounds, BuiltInProperty, Choices, Explorer, Phase, child_wf_failures,
};
use halter_session::{Sitting, script};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use wasm_bindgen::prelude::*;

use crate::{named, text, to_js};

/// What is not as usual; docs/explorer.md says what is.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Options {
    /// How often each event may come, by its name.
    budgets: HashMap<String, u8>,
    /// Names of tasks that may fail.
    fail: Vec<String>,
    /// How often a ThreadRun may be stopped, or rescued.
    stops: u8,
    rescues: u8,
    cancel_forms: bool,
    fail_child_wfs: bool,
    no_delay: bool,
    no_time: bool,
    no_reduction: bool,
    states: Option<usize>,
    bytes: Option<usize>,
    /// Commands to begin with: what is explored comes after them.
    commands: Vec<Json>,
}

/// An exploration of every order of what may come.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Exploration {
    explorer: Explorer,
}

#[wasm_bindgen]
impl Exploration {
    /// Begins with a source. `options` may have `budgets` (by event), `fail` (tasks), `stops`, `rescues`, `cancelForms`, `failChildWfs`,
    /// `noDelay`, `noTime`, `noReduction`, `states` and `bytes` (where to stop), and `commands` (played first, as `step` takes them).
    ///
    /// # Errors
    /// The list of diagnostics, if the source has errors; a text, if an option or the semantics are unknown.
    #[wasm_bindgen(constructor)]
    pub fn new(source: &str, semantics: &str, options: &JsValue) -> Result<Exploration, JsValue> {
        let semantics = named(semantics)?;
        let options = if options.is_undefined() || options.is_null() {
            Options::default()
        } else {
            // As JSON, what is undefined is not there.
            let options = js_sys::JSON::stringify(options)?;
            serde_json::from_str(&String::from(options)).map_err(|error| text(&error))?
        };
        let loaded = halter_spec::load(source);
        let Some(document) = loaded.document else {
            return Err(to_js(&loaded.diagnostics));
        };
        let mut sitting =
            Sitting::new(Arc::new(document), semantics).map_err(|error| text(&error))?;
        for line in &options.commands {
            let command = script::read(line, &sitting).map_err(|error| text(&error))?;
            if sitting.take(command).is_none() {
                return Err(text(&"there are too many commands"));
            }
        }
        let program = Arc::clone(sitting.program());
        let mut choices = Choices::usual(sitting.document(), &program);
        for (name, budget) in &options.budgets {
            let event = program.event(name).map(usize::from);
            let event = event.and_then(|index| choices.events.get_mut(index));
            let event = event.ok_or_else(|| text(&format!("there is no event {name}")))?;
            event.budget = *budget;
        }
        for name in &options.fail {
            let task = program.tasks.iter().position(|task| *task.name == **name);
            let task = task.and_then(|index| choices.tasks.get_mut(index));
            let task = task.ok_or_else(|| text(&format!("there is no task {name}")))?;
            task.fails = true;
        }
        choices.stops = options.stops;
        choices.rescues = options.rescues;
        choices.cancel_forms = options.cancel_forms;
        if options.fail_child_wfs {
            choices.child_wf_failures = child_wf_failures(&program);
        }
        choices.delay = !options.no_delay;
        choices.time = !options.no_time;
        choices.reduction = !options.no_reduction;
        let usual = Bounds::default();
        let bounds = Bounds {
            states: options.states.unwrap_or(usual.states),
            bytes: options.bytes.unwrap_or(usual.bytes),
        };
        let explorer = Explorer::from(program, choices, bounds, sitting.state().clone());
        Ok(Exploration { explorer })
    }

    /// Looks at so many states more. Returns `{ states, expanded, depth, bytes, phase }`; the phase is `running`, `complete`, or
    /// `states` or `memory` where it was stopped.
    pub fn run(&mut self, most: usize) -> JsValue {
        let progress = self.explorer.run(most);
        let phase = match progress.phase {
            Phase::Running => "running",
            Phase::Complete => "complete",
            Phase::StoppedAtStates => "states",
            Phase::StoppedAtBytes => "memory",
        };
        to_js(&json!({
            "states": progress.states,
            "expanded": progress.expanded,
            "depth": progress.depth,
            "bytes": progress.bytes,
            "phase": phase,
        }))
    }

    /// The properties that are asked: first those of every workflow, then those of the source. Each is
    /// `{ property, says, isNote }`.
    pub fn properties(&self) -> JsValue {
        let all = BuiltInProperty::ALL.iter().map(|(property, id, sentence)| {
            json!({ "property": id, "says": sentence, "isNote": !property.is_grave() })
        });
        let own = self.explorer.choices().own.iter();
        let own =
            own.map(|(name, says)| json!({ "property": name, "says": says, "isNote": false }));
        to_js(&all.chain(own).collect::<Vec<_>>())
    }

    /// The answer to the property with that index: `{ answer, commands }`. The answer is `holds`, `fails` or `undecided`;
    /// `commands` are the shortest way to where it fails, or where something can be; `null` if there is none.
    pub fn answer(&self, property: usize) -> JsValue {
        let answer = match BuiltInProperty::ALL.get(property) {
            Some((property, ..)) => self.explorer.answer(*property),
            None => self.explorer.own_answer(property - BuiltInProperty::ALL.len()),
        };
        let lines = |commands: &[Command]| commands.iter().map(script::write).collect::<Vec<_>>();
        let (answer, commands) = match &answer {
            Answer::Holds => ("holds", None),
            Answer::Undecided => ("undecided", None),
            Answer::Fails(commands) => ("fails", Some(lines(commands))),
            Answer::Can(commands) => ("holds", Some(lines(commands))),
            Answer::Cannot => ("fails", None),
        };
        to_js(&json!({ "answer": answer, "commands": commands }))
    }
}
