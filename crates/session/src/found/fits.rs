//! Whether what was told fits together: the engine goes on from it, and takes every number for one that is there.

use halter_engine::Found;
use halter_engine::state::{HaltReason, NodeRunDetail, Position, ThreadNumber, ThreadRun};

use super::Told;

/// Whether every ThreadRun and NodeRun that is named is there, and ThreadRuns are a tree.
///
/// # Errors
/// One sentence on the first that is not.
pub(super) fn check(found: &Found) -> Told<()> {
    let threads = &found.threads;
    let Some(entrypoint) = threads.first().filter(|thread| !thread.archived) else {
        return Err("ThreadRun 0 is missing in the WfRun.".to_owned());
    };
    if entrypoint.parent.is_some() {
        return Err("ThreadRun 0 has a parent.".to_owned());
    }
    for (thread, number) in threads.iter().zip(0..) {
        tree(threads, number, thread)?;
        for named in named(thread) {
            is_there(threads, number, named)?;
        }
        for (of, position) in places(number, thread) {
            let known = threads.get(of as usize).map_or(0, |thread| thread.node_runs.len());
            if position as usize >= known {
                return Err(format!(
                    "ThreadRun {number} names NodeRun {position} of ThreadRun {of}, which is missing."
                ));
            }
        }
        if let Some((failed, position, failure)) = thread.failure_being_handled {
            let run = threads.get(failed as usize);
            let run = run.and_then(|thread| thread.node_runs.get(position as usize));
            if run.is_none_or(|run| failure as usize >= run.failures.len()) {
                return Err(format!("The failure that ThreadRun {number} handles is missing."));
            }
        }
    }
    let interrupted = found.pending_interrupts.iter().map(|pending| pending.thread);
    for named in interrupted.chain(found.pending_failures.iter().map(|pending| pending.thread)) {
        is_there(threads, 0, named)?;
    }
    Ok(())
}

/// A parent is older than its children, and both say so.
fn tree(threads: &[ThreadRun], number: ThreadNumber, thread: &ThreadRun) -> Told<()> {
    if number > 0 && thread.parent.is_none_or(|parent| parent >= number) {
        return Err(format!("ThreadRun {number} has no parent that is older."));
    }
    for &child in &thread.children {
        let found = threads.get(child as usize);
        if found.is_none_or(|found| !found.archived && found.parent != Some(number)) {
            return Err(format!("ThreadRun {number} has a child {child} that is not its own."));
        }
    }
    Ok(())
}

fn is_there(threads: &[ThreadRun], number: ThreadNumber, named: ThreadNumber) -> Told<()> {
    if (named as usize) < threads.len() {
        return Ok(());
    }
    Err(format!("ThreadRun {number} names ThreadRun {named}, which is not among the ThreadRuns."))
}

/// The ThreadRuns that a ThreadRun names, beside its parent and its children.
fn named(thread: &ThreadRun) -> Vec<ThreadNumber> {
    let mut named = thread.handled_failed_children.clone();
    for reason in &thread.halt_reasons {
        match reason {
            HaltReason::Interrupted(other)
            | HaltReason::ParentHalted(other)
            | HaltReason::HandlingFailure(other)
            | HaltReason::HaltedByParent(other, _) => named.push(*other),
            HaltReason::PendingInterrupt(_)
            | HaltReason::PendingFailure(_)
            | HaltReason::ManualHalt => {}
        }
    }
    for run in &thread.node_runs {
        named.extend(&run.failure_handlers);
        named.extend(run.failures.iter().filter_map(|failure| failure.handler));
        match &run.detail {
            NodeRunDetail::StartThread(child) => named.extend(child),
            NodeRunDetail::StartMultipleThreads(children) => named.extend(children),
            NodeRunDetail::WaitForThreads(waits) => {
                named.extend(waits.iter().map(|wait| wait.thread));
                named.extend(waits.iter().filter_map(|wait| wait.failure_handler));
            }
            NodeRunDetail::Plain
            | NodeRunDetail::Task(_)
            | NodeRunDetail::ExternalEvent { .. }
            | NodeRunDetail::Sleep { .. }
            | NodeRunDetail::UserTask(_)
            | NodeRunDetail::ThrowEvent(_)
            | NodeRunDetail::RunChildWf { .. }
            | NodeRunDetail::WaitForChildWf(_) => {}
        }
    }
    named
}

/// The NodeRuns that a ThreadRun names.
fn places(number: ThreadNumber, thread: &ThreadRun) -> Vec<(ThreadNumber, Position)> {
    let reasons = thread.halt_reasons.iter().filter_map(|reason| match reason {
        HaltReason::PendingFailure(position) => Some((number, *position)),
        HaltReason::HaltedByParent(parent, position) => Some((*parent, *position)),
        HaltReason::PendingInterrupt(_)
        | HaltReason::Interrupted(_)
        | HaltReason::ParentHalted(_)
        | HaltReason::HandlingFailure(_)
        | HaltReason::ManualHalt => None,
    });
    reasons.collect()
}
