//! What of a document brought a counter-example about: where an editor underlines.

use halter_engine::state::{EventIndex, ThreadNumber, ThreadRun, ThreadType};
use halter_engine::{Program, RunState};
use halter_explore::{BuiltInProperty, lost_event};

use crate::messages::Blamed;
use crate::missing::name;

/// What is to blame for the state in which a property fails.
pub(crate) fn blamed(
    program: &Program,
    state: &RunState,
    property: BuiltInProperty,
) -> Option<Blamed> {
    let handlers = state.threads.iter().rev().filter(|t| t.kind == ThreadType::Interrupt);
    match property {
        BuiltInProperty::NoLostEvent => lost(program, state),
        // A handler of a failure that fails is no interrupt's.
        BuiltInProperty::NoHandlerFailure => {
            let mut handlers = handlers;
            let failed = handlers.find(|handler| handler.status.is_failed())?;
            handled(program, state, failed)
        }
        // The interrupt that came last, whether its handler was started or not.
        BuiltInProperty::NoDeadlock
        | BuiltInProperty::CanFinish
        | BuiltInProperty::NoEndlessHalting
        | BuiltInProperty::NoInternalError => pending(program, state).or_else(|| {
            let mut handlers = handlers;
            handled(program, state, handlers.next()?)
        }),
    }
}

/// The interrupt of a ThreadRun by an event.
fn interrupt(
    program: &Program,
    state: &RunState,
    thread: ThreadNumber,
    event: EventIndex,
) -> Option<Blamed> {
    let thread = name(program, state.thread(thread)?.spec);
    Some(Blamed::Interrupt { thread, event: def_of(program, state, event)? })
}

fn handled(program: &Program, state: &RunState, handler: &ThreadRun) -> Option<Blamed> {
    interrupt(program, state, handler.parent?, handler.trigger?)
}

fn pending(program: &Program, state: &RunState) -> Option<Blamed> {
    let pending = state.pending_interrupts.last()?;
    interrupt(program, state, pending.thread, pending.event)
}

fn lost(program: &Program, state: &RunState) -> Option<Blamed> {
    Some(Blamed::Event { event: def_of(program, state, lost_event(state)?)? })
}

/// The name of an event's def.
fn def_of(program: &Program, state: &RunState, event: EventIndex) -> Option<String> {
    let event = state.events.get(event as usize)?;
    Some(program.events.get(usize::from(event.def))?.name.to_string())
}
