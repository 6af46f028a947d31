//! A sequence diagram for Mermaid.

use std::fmt::Write as _;

use halter_engine::occurrence::What;
use halter_engine::state::{HaltReason, TaskStatus, ThreadNumber};

use super::states::escaped;
use crate::sitting::{Sitting, Step};
use crate::words::{self, Names, Teller};

/// Mermaid's `sequenceDiagram` of the steps up to the cursor: who is outside, the ThreadRuns, and between them what
/// starts, halts, resumes and ends them. Writing to a String can't fail.
pub fn sequence(sitting: &Sitting) -> String {
    let mut out = "sequenceDiagram\n  actor outside as Outside\n".to_owned();
    let names = Names::new(sitting.program(), sitting.state());
    for number in (0..).take(sitting.state().threads.len()) {
        let _ = writeln!(out, "  participant t{number} as {}", escaped(&names.thread(number)));
    }
    for (index, step) in sitting.steps().iter().take(sitting.cursor()).enumerate() {
        tell_step(&mut out, sitting, index, step);
    }
    out
}

fn tell_step(out: &mut String, sitting: &Sitting, index: usize, step: &Step) {
    let names = Names::new(sitting.program(), &step.state);
    let command = escaped(&words::command(&names, &step.command));
    let _ = writeln!(out, "  Note over outside: {}. {command}", index + 1);
    if let Some(refusal) = &step.refusal {
        let _ = writeln!(out, "  Note over outside: refused: {}", escaped(&refusal.to_string()));
    }
    let mut teller = Teller::new(names, sitting.state_after(index));
    for told in &step.told {
        let sentence = escaped(&teller.tell(&told.what));
        if let Some(line) = line(&names, &told.what) {
            let _ = writeln!(out, "  {line}: {sentence}");
        }
    }
}

/// Between whom it happens; nothing, if it is too small for the diagram.
fn line(names: &Names<'_>, what: &What) -> Option<String> {
    let from = |sender: Option<ThreadNumber>, to: &ThreadNumber| match sender {
        Some(sender) => format!("t{sender}->>t{to}"),
        None => format!("outside->>t{to}"),
    };
    Some(match what {
        What::ThreadStarted { thread, .. } => {
            from(names.state.thread(*thread).and_then(|run| run.parent), thread)
        }
        What::Interrupted { thread, .. }
        | What::EventClaimed { thread, .. }
        | What::TaskStatus {
            thread,
            status: TaskStatus::Success | TaskStatus::Failed | TaskStatus::Exception,
            ..
        } => from(None, thread),
        What::HaltReasonAdded {
            thread,
            reason: HaltReason::ParentHalted(parent) | HaltReason::HaltedByParent(parent, _),
        }
        | What::HaltReasonResolved {
            thread,
            reason: HaltReason::ParentHalted(parent) | HaltReason::HaltedByParent(parent, _),
        } => from(Some(*parent), thread),
        What::HaltReasonResolved {
            thread,
            reason: HaltReason::Interrupted(handler) | HaltReason::HandlingFailure(handler),
        } => from(Some(*handler), thread),
        What::ThreadStatus { thread, .. } | What::NodeFailed { thread, .. } => {
            format!("Note over t{thread}")
        }
        _ => return None,
    })
}
