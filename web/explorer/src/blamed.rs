//! What of a document brought a counter-example about: where an editor underlines.

use halter_engine::state::{ThreadRun, ThreadType};
use halter_engine::{Program, RunState};
use halter_explore::Question;

use crate::messages::Blamed;
use crate::missing::name;

/// What is to blame for the state in which a property fails.
pub(crate) fn blamed(program: &Program, state: &RunState, question: Question) -> Option<Blamed> {
    let handlers = state.threads.iter().rev().filter(|t| t.kind == ThreadType::Interrupt);
    match question {
        Question::NoLostEvent => lost(program, state),
        // A handler of a failure that fails is no interrupt's.
        Question::NoHandlerFailure => {
            let mut handlers = handlers;
            let failed = handlers.find(|handler| handler.status.is_failed())?;
            interrupt(program, state, failed)
        }
        // The interrupt that came last, whether its handler was started or not.
        Question::NoDeadlock
        | Question::CanFinish
        | Question::NoEndlessHalting
        | Question::NoInternalError => pending(program, state).or_else(|| {
            let mut handlers = handlers;
            interrupt(program, state, handlers.next()?)
        }),
    }
}

fn interrupt(program: &Program, state: &RunState, handler: &ThreadRun) -> Option<Blamed> {
    let parent = state.thread(handler.parent?)?;
    let event = state.events.get(handler.trigger? as usize)?;
    Some(Blamed::Interrupt {
        thread: name(program, parent.spec),
        event: program.events.get(usize::from(event.def))?.name.to_string(),
    })
}

fn pending(program: &Program, state: &RunState) -> Option<Blamed> {
    let pending = state.pending_interrupts.last()?;
    let event = state.events.get(pending.event as usize)?;
    Some(Blamed::Interrupt {
        thread: name(program, state.thread(pending.thread)?.spec),
        event: program.events.get(usize::from(event.def))?.name.to_string(),
    })
}

/// The first event that nobody took.
fn lost(program: &Program, state: &RunState) -> Option<Blamed> {
    let index = state.unclaimed.iter().next().or_else(|| {
        let claimed = (0..).zip(&state.events).filter(|(_, event)| event.claimed_by.is_none());
        let mut lost = claimed.filter(|(index, event)| {
            event.claimed && state.threads.iter().all(|thread| thread.trigger != Some(*index))
        });
        lost.next().map(|(index, _)| index)
    })?;
    let event = state.events.get(index as usize)?;
    let event = program.events.get(usize::from(event.def))?;
    Some(Blamed::Event { event: event.name.to_string() })
}
