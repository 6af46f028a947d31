//! Commands, in words: what somebody did.

use halter_engine::command::{ChildWfResult, Command, TaskResult};
use halter_spec::value::Value;

use super::masks::{MASKED, show_unless};
use super::names::Names;
use super::occurrences::because;
use super::time::duration;

/// What somebody did, such as `Posted event cart-updated (e1) with "book"`.
pub fn command(names: &Names<'_>, command: &Command) -> String {
    match command {
        Command::RunWf(variables) if variables.is_empty() => "Ran the workflow".to_owned(),
        Command::RunWf(variables) => {
            let given: Vec<String> = variables
                .iter()
                .map(|(name, value)| {
                    format!("{name} = {}", show_unless(names.masks_input(name), value))
                })
                .collect();
            format!("Ran the workflow with {}", given.join(", "))
        }
        Command::PostEvent { def, guid, content, thread, .. } => {
            let only =
                thread.map_or_else(String::new, |thread| format!(" for {}", names.thread(thread)));
            let payload = if content.var_type().is_some() {
                format!(" with {}", show_unless(names.masks_event(def), content))
            } else {
                String::new()
            };
            format!("Posted event {def} ({guid}){payload}{only}")
        }
        Command::PostCorrelatedEvent { def, key, content } => {
            let key = if names.masks_key(def) { MASKED } else { key };
            if content.var_type().is_some() {
                let content = show_unless(names.masks_event(def), content);
                format!("Posted event {def} for key {key} with {content}")
            } else {
                format!("Posted event {def} for key {key}")
            }
        }
        Command::ClaimTask(thread, position) => {
            format!("A worker claimed {} ({})", names.node(*thread, *position), thread_run(*thread))
        }
        Command::ReportTask(run, position, result) => {
            let node = names.node(*run, *position);
            let thread = thread_run(*run);
            match result {
                TaskResult::Output(value) if value.var_type().is_none() => {
                    format!("The worker completed {node} ({thread})")
                }
                TaskResult::Output(value) => {
                    let value = show_unless(names.masks_output(*run, *position), value);
                    format!("The worker completed {node} ({thread}) with {value}")
                }
                TaskResult::Error(_, message) => {
                    format!("The worker failed {node} ({thread}){}", because(message))
                }
                TaskResult::Exception(name, message, _) => {
                    format!(
                        "The worker threw exception {name} from {node} ({thread}){}",
                        because(message)
                    )
                }
            }
        }
        Command::ReportChildWf(run, position, result) => {
            let child = names.child_wf(*run, *position);
            match result {
                ChildWfResult::Output(Value::Null) => format!("Workflow {child} completed"),
                ChildWfResult::Output(value) => {
                    format!("Workflow {child} completed with {}", show_unless(false, value))
                }
                ChildWfResult::Error(message) => {
                    format!("Workflow {child} failed{}", because(message))
                }
                ChildWfResult::Exception(name, message, _) => {
                    format!("Workflow {child} threw exception {name}{}", because(message))
                }
            }
        }
        Command::InChildWf(run, position, inner) => {
            let done = match names.in_child_wf(*run, *position) {
                Some(names) => self::command(&names, inner),
                None => format!("Gave command {}", inner.name()),
            };
            format!("In workflow {}: {done}", names.child_wf(*run, *position))
        }
        Command::PassTime(milliseconds) => format!("{} passed", duration(*milliseconds)),
        Command::StopWfRun(thread) => format!("Stopped {}", names.thread(*thread)),
        Command::ResumeWfRun(thread) => format!("Resumed {}", names.thread(*thread)),
        Command::RescueThreadRun { thread, skip_current_node: false } => {
            format!("Rescued {}", names.thread(*thread))
        }
        Command::RescueThreadRun { thread, skip_current_node: true } => {
            format!("Rescued {} past the failed node", names.thread(*thread))
        }
        Command::CompleteUserTask(thread, position, _) => {
            format!("Completed {} ({})", names.node(*thread, *position), thread_run(*thread))
        }
        Command::CancelUserTask(thread, position) => {
            format!("Cancelled {} ({})", names.node(*thread, *position), thread_run(*thread))
        }
    }
}

fn thread_run(thread: u32) -> String {
    format!("ThreadRun {thread}")
}
