//! What a new step says, so that the workflow is right with it.

use halter_spec::model::{TaskDef, ThreadSpec, Type, VarType};

use super::layout::{Lines, declare, fresh};
use super::{Refusal, Sheet, not_here};
use crate::analysis::Analysis;
use crate::edit::Edit;

/// A step, and the edits that declare what it needs.
pub(super) struct Draft {
    pub(super) lines: Lines,
    pub(super) more: Vec<Edit>,
}

fn draft(entries: &[(&str, &str)]) -> Draft {
    Draft { lines: Lines::of(entries), more: Vec::new() }
}

/// A literal of a type, as an expression or as YAML has it.
pub(crate) fn literal_of(of: &Type) -> String {
    match of {
        Type::Primitive(var_type) => literal(*var_type).to_owned(),
        Type::Unknown => "null".to_owned(),
        Type::Array(_) => format!("{of}[]"),
        Type::Map(_) | Type::Struct(_) => format!("'{of}{{}}'"),
    }
}

/// A literal of a VariableType.
pub(crate) fn literal(var_type: VarType) -> &'static str {
    match var_type {
        VarType::JsonObj => "{}",
        VarType::JsonArr => "[]",
        VarType::Double => "1.5",
        VarType::Bool => "true",
        VarType::Str => "text",
        VarType::Int => "1",
        VarType::Bytes => "!bytes aGk=",
        VarType::WfRunId => "!wf-run-id other-run",
        VarType::Timestamp => "!timestamp 2030-01-31T12:00:00Z",
    }
}

impl Sheet<'_> {
    fn spec(&self, thread: &str) -> Option<&ThreadSpec> {
        self.document.wf_spec.thread_specs.get(thread)
    }

    /// A variable in scope of this type.
    fn variable(&self, thread: &str, of: &Type) -> Option<String> {
        let analysis = Analysis::of(self.cst);
        let seen = analysis.variables_in_scope("", thread);
        seen.into_iter().find_map(|(name, owner)| {
            let spec = self.spec(&owner.key)?;
            let mut defs = spec.variable_defs.iter();
            let def = defs.find(|def| def.var_def.name == name.name)?;
            let fits = def.var_def.type_def.of == *of;
            let plain = crate::expression::name_length(&name.name) == name.name.len();
            (fits && plain).then_some(name.name)
        })
    }

    fn value(&self, thread: &str, of: &Type) -> String {
        match self.variable(thread, of) {
            Some(name) => format!("${name}"),
            None => literal_of(of),
        }
    }

    fn is_handler(&self, thread: &str) -> bool {
        let specs = self.document.wf_spec.thread_specs.values();
        specs
            .flat_map(|spec| &spec.interrupt_defs)
            .any(|interrupt| interrupt.handler_spec_name == thread)
    }

    fn fresh_thread(&self, wanted: &str) -> String {
        let specs = &self.document.wf_spec.thread_specs;
        let is_variable = |name: &str| {
            let mut all = specs.values().flat_map(|spec| &spec.variable_defs);
            all.any(|variable| variable.var_def.name == name)
        };
        fresh(wanted, |name| specs.contains_key(name) || is_variable(name))
    }

    pub(super) fn draft(&self, thread: &str, kind: &str) -> Result<Draft, Refusal> {
        Ok(match kind {
            "task" => self.task(thread)?,
            "wait-for-event" => {
                let defs = &self.document.external_event_defs;
                let interrupts = |event: &str| {
                    let specs = self.document.wf_spec.thread_specs.values();
                    specs
                        .flat_map(|spec| &spec.interrupt_defs)
                        .any(|interrupt| interrupt.external_event_def == event)
                };
                match defs.keys().find(|event| !interrupts(event)) {
                    Some(event) => draft(&[(kind, event)]),
                    None => {
                        let name = fresh("something-happened", |name| defs.contains_key(name));
                        self.declaring("events", &name, "", &[(kind, &name)])?
                    }
                }
            }
            "start-thread" => {
                let specs = &self.document.wf_spec.thread_specs;
                let entrypoint = &self.document.wf_spec.entrypoint_thread_name;
                let known = specs.iter().find(|(name, spec)| {
                    *name != thread
                        && *name != entrypoint
                        && !self.is_handler(name)
                        && spec.interrupt_defs.is_empty()
                        && !spec
                            .variable_defs
                            .iter()
                            .any(|variable| variable.required || variable.var_def.name == "INPUT")
                        && !self.starts(name, thread)
                });
                match known {
                    Some((name, _)) => draft(&[(kind, name)]),
                    None => {
                        let name = self.fresh_thread("child");
                        self.with_thread(&name, "\n  - nop", &[(kind, &name)])?
                    }
                }
            }
            "start-threads" => {
                let name = self.fresh_thread("for-each");
                let list = match self.variable(thread, &VarType::JsonArr.into()) {
                    Some(list) => format!("${list}"),
                    None => "[1, 2, 3]".to_owned(),
                };
                self.with_thread(&name, "\n  - nop", &[(kind, &name), ("for-each", &list)])?
            }
            "wait-for-threads" => {
                let nodes = self.spec(thread).map(|spec| spec.nodes.values());
                let started = nodes.into_iter().flatten().find_map(|node| node.kind.starts());
                match started {
                    Some((started, _)) => draft(&[(kind, &format!("[{started}]"))]),
                    None => {
                        return not_here("No step of this thread starts a thread to wait for.");
                    }
                }
            }
            "sleep" => draft(&[(kind, "10")]),
            "sleep-until" => draft(&[(kind, literal(VarType::Timestamp))]),
            "sleep-until-date" => draft(&[(kind, "2030-01-31T12:00:00Z")]),
            "user-task" => {
                let defs = &self.document.user_task_defs;
                match defs.keys().next() {
                    Some(form) => draft(&[(kind, form), ("user", "somebody")]),
                    None => self.declaring(
                        "user-tasks",
                        "approve",
                        "{ok: BOOL}",
                        &[(kind, "approve"), ("user", "somebody")],
                    )?,
                }
            }
            "throw-event" => {
                let known = self.document.workflow_event_defs.iter().next();
                match known {
                    Some((event, def)) => {
                        let content = def.content_type.as_ref();
                        match content.and_then(|content| content.type_def.as_ref()) {
                            Some(content) => {
                                let value = self.value(thread, &content.of);
                                draft(&[(kind, event), ("content", &value)])
                            }
                            None => draft(&[(kind, event)]),
                        }
                    }
                    None => self.declaring("workflow-events", "done", "", &[(kind, "done")])?,
                }
            }
            "wait-for-condition" => draft(&[(kind, &self.condition(thread))]),
            "fail" => draft(&[(kind, "something-wrong")]),
            "return" | "exit" | "nop" => draft(&[(kind, "")]),
            "if" => draft(&[(kind, &self.condition(thread)), ("then", "[nop]")]),
            "while" => draft(&[(kind, "false"), ("do", "[nop]")]),
            "set" => {
                let all = VarType::ALL.map(|(var_type, _)| var_type);
                let found = all
                    .into_iter()
                    .find_map(|found| Some((self.variable(thread, &found.into())?, found)));
                match found {
                    Some((name, var_type)) => {
                        let value = literal(var_type);
                        draft(&[(kind, &format!("{{{name}: {value}}}"))])
                    }
                    None => return not_here("This thread sees no variable that could be changed."),
                }
            }
            _ => return super::unknown("kind of step", kind),
        })
    }

    /// Whether a thread starts another one, itself or by those that it starts.
    fn starts(&self, parent: &str, child: &str) -> bool {
        let analysis = Analysis::of(self.cst);
        let parents = analysis.with_parents("", child);
        parents.iter().any(|entry| entry.key == parent)
    }

    fn condition(&self, thread: &str) -> String {
        match self.variable(thread, &VarType::Bool.into()) {
            Some(name) => format!("${name}"),
            None => "true".to_owned(),
        }
    }

    fn task(&self, thread: &str) -> Result<Draft, Refusal> {
        let defs = &self.document.task_defs;
        let Some((name, def)) = defs.iter().next() else {
            return self.declaring("tasks", "work", "", &[("task", "work")]);
        };
        let with = self.arguments(thread, def);
        Ok(if with.is_empty() {
            draft(&[("task", name)])
        } else {
            draft(&[("task", name), ("with", &with)])
        })
    }

    /// Arguments of the right types: variables in scope, else literals.
    pub(super) fn arguments(&self, thread: &str, def: &TaskDef) -> String {
        let values: Vec<String> =
            def.input_vars.iter().map(|input| self.value(thread, &input.type_def.of)).collect();
        if values.is_empty() { String::new() } else { format!("[{}]", values.join(", ")) }
    }

    fn declaring(
        &self,
        section: &str,
        name: &str,
        value: &str,
        entries: &[(&str, &str)],
    ) -> Result<Draft, Refusal> {
        match declare(self.cst, section, name, value) {
            Some(edit) => Ok(Draft { lines: Lines::of(entries), more: vec![edit] }),
            None => not_here("What the step needs can't be declared here: write it by hand."),
        }
    }

    fn with_thread(
        &self,
        name: &str,
        body: &str,
        entries: &[(&str, &str)],
    ) -> Result<Draft, Refusal> {
        Ok(Draft { lines: Lines::of(entries), more: vec![self.new_thread(name, body)?] })
    }
}
