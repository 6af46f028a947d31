//! Commands as methods, with values as JavaScript's own. Each returns what `step` returns.

use std::sync::Arc;

use halter_engine::program::{NodeKind, Program};
use halter_engine::state::NodeRunDetail;
use halter_engine::{Command, TaskResult};
use halter_spec::composed::StructDefs;
use halter_spec::model::Type;
use halter_spec::value::Value;
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use crate::{Playground, text};
use halter_js::from_js;

#[wasm_bindgen]
impl Playground {
    /// Starts the WfRun with these variables, an object by name.
    ///
    /// # Errors
    /// A text, if a variable is no value, or there are too many steps. So do all methods here.
    pub fn run(&mut self, variables: &JsValue) -> Result<JsValue, JsValue> {
        let program = Arc::clone(self.sitting.program());
        let declared = |name: &str| {
            let spec = program.specs.get(usize::from(program.entrypoint))?;
            let variable = spec.variables.iter().find(|v| *v.name == *name)?;
            Some(variable.of.clone())
        };
        let variables = values(variables, declared, &program.struct_defs)?;
        self.take(Command::RunWf(variables))
    }

    /// Posts an ExternalEvent; without an id it gets the next one.
    pub fn post(
        &mut self,
        event: &str,
        content: &JsValue,
        id: Option<String>,
        thread: Option<u32>,
        position: Option<u32>,
    ) -> Result<JsValue, JsValue> {
        let at = (thread, position);
        let command = halter_js::post(&self.sitting, event, content, id, at);
        self.take(command.map_err(|why| text(&why))?)
    }

    /// Posts an event that finds its NodeRuns by a key.
    #[wasm_bindgen(js_name = postCorrelated)]
    pub fn post_correlated(
        &mut self,
        event: &str,
        key: &str,
        content: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let content = self.payload(event, content)?;
        self.take(Command::PostCorrelatedEvent { def: event.into(), key: key.into(), content })
    }

    /// A worker takes a scheduled TaskRun.
    pub fn claim(&mut self, thread: u32, position: u32) -> Result<JsValue, JsValue> {
        self.take(Command::ClaimTask(thread, position))
    }

    /// The worker is done; what it returns.
    pub fn complete(
        &mut self,
        thread: u32,
        position: u32,
        output: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let program = self.sitting.program();
        let output = read(output, self.output_type(thread, position), &program.struct_defs)?;
        self.report(thread, position, TaskResult::Output(output))
    }

    /// The worker failed; `kind` is a technical ERROR such as `TASK_FAILURE`.
    pub fn fail(
        &mut self,
        thread: u32,
        position: u32,
        kind: &str,
        message: &str,
    ) -> Result<JsValue, JsValue> {
        self.report(thread, position, TaskResult::Error(kind.into(), message.into()))
    }

    /// The worker throws a business EXCEPTION.
    #[wasm_bindgen(js_name = throwException)]
    pub fn throw_exception(
        &mut self,
        thread: u32,
        position: u32,
        name: &str,
        message: &str,
        content: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let content = read(content, None, &self.sitting.program().struct_defs)?;
        self.report(thread, position, TaskResult::Exception(name.into(), message.into(), content))
    }

    /// Seconds pass.
    pub fn pass(&mut self, seconds: f64) -> Result<JsValue, JsValue> {
        if !(seconds.is_finite() && seconds > 0.0) {
            return Err(text(&"pass needs seconds above 0."));
        }
        self.take(Command::PassTime((seconds * 1_000.0).round() as i64))
    }

    /// Halts a ThreadRun by hand; 0 is the WfRun.
    pub fn stop(&mut self, thread: u32) -> Result<JsValue, JsValue> {
        self.take(Command::StopWfRun(thread))
    }

    /// Takes that back.
    pub fn resume(&mut self, thread: u32) -> Result<JsValue, JsValue> {
        self.take(Command::ResumeWfRun(thread))
    }

    /// Tries a failed ThreadRun again, or goes past the failed node.
    pub fn rescue(&mut self, thread: u32, skip_current_node: bool) -> Result<JsValue, JsValue> {
        self.take(Command::RescueThreadRun { thread, skip_current_node })
    }

    /// Fills in a form; results are an object by the names of its fields.
    #[wasm_bindgen(js_name = completeUserTask)]
    pub fn complete_user_task(
        &mut self,
        thread: u32,
        position: u32,
        results: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let program = Arc::clone(self.sitting.program());
        let form = self.form(&program, thread, position);
        let field = |name: &str| {
            let def = program.user_tasks.get(usize::from(form?))?;
            let field = def.fields.iter().find(|field| *field.name == *name)?;
            Some(Type::Primitive(field.var_type))
        };
        let results = values(results, field, &program.struct_defs)?;
        self.take(Command::CompleteUserTask(thread, position, results))
    }

    /// Cancels a form.
    #[wasm_bindgen(js_name = cancelUserTask)]
    pub fn cancel_user_task(&mut self, thread: u32, position: u32) -> Result<JsValue, JsValue> {
        self.take(Command::CancelUserTask(thread, position))
    }
}

impl Playground {
    fn report(
        &mut self,
        thread: u32,
        position: u32,
        result: TaskResult,
    ) -> Result<JsValue, JsValue> {
        self.take(Command::ReportTask(thread, position, result))
    }

    fn payload(&self, event: &str, content: &JsValue) -> Result<Value, JsValue> {
        let program = self.sitting.program();
        let mut defs = program.events.iter();
        let def = defs.find(|def| *def.name == *event);
        let wanted = def.and_then(|def| def.content_type.as_ref());
        read(content, wanted, &program.struct_defs)
    }

    /// What the TaskRun of a NodeRun returns, if its def says so.
    fn output_type(&self, thread: u32, position: u32) -> Option<&Type> {
        let run = self.sitting.state().node_run(thread, position)?;
        if let NodeRunDetail::Task(Some(task)) = &run.detail {
            let def = usize::from(task.task_def);
            self.sitting.program().tasks.get(def)?.return_type.as_ref()
        } else {
            None
        }
    }

    /// Index of the UserTaskDef of a NodeRun.
    fn form(&self, program: &Program, thread: u32, position: u32) -> Option<u16> {
        let run = self.sitting.state().thread(thread)?;
        let node_run = run.node_runs.get(position as usize)?;
        let spec = program.specs.get(usize::from(run.spec))?;
        if let NodeKind::UserTask { def, .. } = &spec.nodes.get(usize::from(node_run.node))?.kind {
            Some(*def)
        } else {
            None
        }
    }
}

fn read(js: &JsValue, wanted: Option<&Type>, defs: &StructDefs) -> Result<Value, JsValue> {
    from_js(js, wanted, defs).map_err(|why| text(&why))
}

/// The values of an object by name; nothing at all is an empty one.
fn values(
    js: &JsValue,
    wanted: impl Fn(&str) -> Option<Type>,
    defs: &StructDefs,
) -> Result<Vec<(Arc<str>, Value)>, JsValue> {
    if js.is_undefined() || js.is_null() {
        return Ok(Vec::new());
    }
    let object =
        js.dyn_ref::<Object>().ok_or_else(|| text(&"An object with values by name is needed."))?;
    let entries = Object::entries(object);
    let entries = entries.iter().map(|entry| {
        let entry: Array = entry.unchecked_into();
        let name = entry.get(0).as_string().unwrap_or_default();
        let value = read(&entry.get(1), wanted(&name).as_ref(), defs)?;
        Ok((Arc::from(name), value))
    });
    entries.collect()
}
