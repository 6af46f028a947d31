//! What to try next, for somebody who sees this for the first time.

use halter_engine::command::Command;
use halter_engine::state::ThreadType;

use crate::offers::{Action, Offer};
use crate::script;
use crate::sitting::Sitting;

/// A suggestion: the label of an offer, and why it is worth trying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The label of an offer.
    pub label: String,
    /// What it would show, in one sentence.
    pub why: String,
}

/// What to try next, out of what can be done.
pub fn hint(sitting: &Sitting, offers: &[Offer]) -> Option<Hint> {
    let hint = |offer: &Offer, why: &str| Hint { label: offer.label.clone(), why: why.to_owned() };
    let find = |wanted: &dyn Fn(Action) -> bool| offers.iter().find(|offer| wanted(offer.action));
    if let Some(run) = find(&|action| action == Action::RunWf) {
        return Some(hint(run, "This starts ThreadRun 0."));
    }
    let state = sitting.state();
    if state.status.is_terminal() {
        return None;
    }
    let interrupted_before = !state.pending_interrupts.is_empty()
        || state.threads.iter().any(|run| run.kind == ThreadType::Interrupt);
    let interrupting = if interrupted_before { None } else { interrupting(sitting, offers) };
    if let Some(post) = interrupting {
        return Some(hint(
            post,
            "It interrupts a ThreadRun: watch it halt, and its handler start.",
        ));
    }
    if let Some(claim) = find(&|action| matches!(action, Action::ClaimTask(..))) {
        return Some(hint(
            claim,
            "A worker must take the task before anything else can happen there.",
        ));
    }
    if let Some(complete) = find(&|action| matches!(action, Action::CompleteTask(..))) {
        return Some(hint(complete, "The worker is done, and the ThreadRun goes on."));
    }
    if let Some(form) = find(&|action| matches!(action, Action::CompleteUserTask(..))) {
        return Some(hint(form, "Somebody fills in the form, and the ThreadRun goes on."));
    }
    let awaited = offers.iter().find(|offer| !offer.reach.waiting.is_empty());
    if let Some(post) = awaited {
        return Some(hint(post, "A ThreadRun waits for this event."));
    }
    find(&|action| matches!(action, Action::PassTime(_)))
        .map(|pass| hint(pass, "A timer is running."))
}

/// An event that would interrupt a ThreadRun now: the one that the document's script posts first, or any.
fn interrupting<'a>(sitting: &Sitting, offers: &'a [Offer]) -> Option<&'a Offer> {
    let interrupts = |offer: &&Offer| !offer.reach.interrupts.is_empty();
    let scripted =
        sitting.document().script.iter().filter_map(script::posted_event).find_map(|event| {
            let label = format!("Post event {event}");
            offers.iter().filter(interrupts).find(|offer| offer.label == label)
        });
    scripted.or_else(|| offers.iter().find(interrupts))
}

/// How the run starts: as the document's script says, or simply. None if somebody must say with what.
pub fn start(sitting: &Sitting) -> Option<Command> {
    if sitting.state().is_started() {
        return None;
    }
    let program = sitting.program();
    let scripted =
        sitting.document().script.first().and_then(|line| script::read(line, sitting).ok());
    let needs_input = program
        .specs
        .get(program.entrypoint as usize)
        .is_some_and(|spec| spec.variables.iter().any(|variable| variable.required));
    match scripted {
        Some(command @ Command::RunWf(_)) => Some(command),
        _ if needs_input => None,
        _ => Some(Command::RunWf(Vec::new())),
    }
}

/// The command that the document's script gives next, if everything so far went as the script says.
pub fn next_in_script(sitting: &Sitting) -> Option<Command> {
    let lines = &sitting.document().script;
    let so_far = sitting.steps().get(..sitting.cursor())?;
    let follows = so_far.iter().zip(lines).all(|(step, line)| {
        script::read(line, sitting).is_ok_and(|command| same(&command, &step.command))
    });
    let line = lines.get(so_far.len())?;
    if follows { script::read(line, sitting).ok() } else { None }
}

/// Whether two commands are the same but for the ids of events, which a script may leave out.
pub(crate) fn same(one: &Command, other: &Command) -> bool {
    match (one, other) {
        (
            Command::PostEvent { def, content, thread, position, .. },
            Command::PostEvent {
                def: def2,
                content: content2,
                thread: thread2,
                position: position2,
                ..
            },
        ) => def == def2 && content == content2 && thread == thread2 && position == position2,
        (
            Command::InChildWf(thread, position, one),
            Command::InChildWf(thread2, position2, other),
        ) => (thread, position) == (thread2, position2) && same(one, other),
        _ => one == other,
    }
}
