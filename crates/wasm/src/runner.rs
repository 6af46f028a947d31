//! A run without history, for measuring: one state, and the occurrences of the latest command.

use halter_engine::{Command, Occurrence, Program, RunState, Semantics, Unobserved, step_in_place};
use halter_spec::value::Value;
use wasm_bindgen::prelude::*;

/// A run without history.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Runner {
    program: Program,
    state: RunState,
    occurrences: Vec<Occurrence>,
    observed: bool,
    posted: u32,
}

#[wasm_bindgen]
impl Runner {
    /// Compiles a source and runs the workflow under the documented rules. `observed`: occurrences are gathered.
    /// `thread_runs` is the most ThreadRuns that there may be.
    ///
    /// # Errors
    /// A text, if the source has errors.
    #[wasm_bindgen(constructor)]
    pub fn new(source: &str, observed: bool, thread_runs: usize) -> Result<Runner, JsValue> {
        let no = || JsValue::from_str("the source has errors");
        let document = halter_spec::load(source).document.ok_or_else(no)?;
        let mut program = Program::compile(&document, Semantics::DOCUMENTED)
            .map_err(|error| super::text(&error))?;
        program.limits.thread_runs = thread_runs;
        program.limits.live_thread_runs = thread_runs;
        let state = RunState::default();
        let mut runner = Runner { program, state, occurrences: Vec::new(), observed, posted: 0 };
        runner.take(&Command::RunWf(Vec::new()));
        Ok(runner)
    }

    /// Posts an event by the index of its def, without a payload. Returns how many occurrences were gathered.
    pub fn post(&mut self, def: u16) -> usize {
        let Some(name) = self.program.events.get(usize::from(def)).map(|event| event.name.clone())
        else {
            return 0;
        };
        self.posted += 1;
        let guid = self.posted.to_string().into();
        let command = Command::PostEvent {
            def: name,
            guid,
            content: Value::Null,
            thread: None,
            position: None,
        };
        self.take(&command)
    }

    /// Posts these events again and again, so many times altogether; returns the number of occurrences.
    #[wasm_bindgen(js_name = postAll)]
    pub fn post_all(&mut self, defs: &[u16], times: usize) -> usize {
        defs.iter().copied().cycle().take(times).map(|def| self.post(def)).sum()
    }

    /// The status of a ThreadRun, such as `HALTED`; nothing if there is none with that number.
    pub fn status(&self, thread: u32) -> Option<String> {
        self.state.thread(thread).map(|t| t.status.name().to_owned())
    }

    /// How many ThreadRuns there are, finished ones too.
    #[wasm_bindgen(js_name = threadRuns)]
    pub fn thread_runs(&self) -> usize {
        self.state.threads.len()
    }

    /// The next command on a copy of the state, as time travel keeps one; returns the number of occurrences.
    #[wasm_bindgen(js_name = postKeepingHistory)]
    pub fn post_keeping_history(&mut self, def: u16) -> usize {
        let kept = self.state.clone();
        let told = self.post(def);
        drop(kept);
        told
    }
}

impl Runner {
    fn take(&mut self, command: &Command) -> usize {
        self.occurrences.clear();
        let state = &mut self.state;
        // A refused command leaves the state as it was.
        let _ = if self.observed {
            step_in_place(&self.program, state, command, &mut self.occurrences)
        } else {
            step_in_place(&self.program, state, command, &mut Unobserved)
        };
        self.occurrences.len()
    }
}
