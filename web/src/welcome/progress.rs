//! How far the interrupt of the first screen has come.

use halter_engine::state::{Status, ThreadType};
use halter_session::offers::Action;
use halter_session::view::RunView;

use super::TOUR;
use crate::model::Play;

/// How far the interrupt has come that the button started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    NotYet,
    Halts,
    Handles,
    Resumed,
}

impl Progress {
    /// How many captions have come true.
    pub(super) fn captions(self) -> usize {
        match self {
            Progress::NotYet => 0,
            Progress::Halts => 1,
            Progress::Handles => 2,
            Progress::Resumed => 3,
        }
    }
}

/// What the button does.
pub(super) fn interrupt(play: &Play) -> Option<Action> {
    let events = &play.sitting.program().events;
    let is = |def: u16| events.get(def as usize).is_some_and(|event| &*event.name == TOUR.event);
    let mut actions = play.offers.iter().map(|offer| offer.action);
    actions.find(|action| matches!(action, Action::PostEvent { def, .. } if is(*def)))
}

pub(super) fn progress(play: &Play) -> Progress {
    if play.sitting.cursor() < 2 {
        return Progress::NotYet;
    }
    progress_of(&play.run)
}

fn progress_of(run: &RunView) -> Progress {
    let handled = run.threads.iter().find(|thread| thread.kind == ThreadType::Interrupt);
    let halts = run
        .threads
        .first()
        .is_some_and(|thread| matches!(thread.status, Status::Halting | Status::Halted));
    match handled {
        Some(handler) if handler.status.is_terminal() && !halts => Progress::Resumed,
        Some(_) => Progress::Handles,
        None if halts => Progress::Halts,
        None => Progress::NotYet,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use halter_engine::semantics::Semantics;
    use halter_session::Sitting;
    use halter_session::view;

    use super::super::TOUR;
    use super::{Progress, interrupt, progress_of};
    use crate::examples::{EXAMPLES, index_of};
    use crate::model::Play;

    #[test]
    fn the_button_interrupts_and_the_captions_come_true_in_turn() {
        let example = &EXAMPLES[index_of(TOUR.example).expect("the example")];
        assert!(index_of(TOUR.next.0).is_some());
        let document = halter_spec::load(example.source).document.expect("a document");
        let mut sitting =
            Sitting::new(Arc::new(document), Semantics::DOCUMENTED).expect("a sitting");
        let start = halter_session::guide::start(&sitting).expect("a start");
        sitting.take(start);
        let play = Play::new(sitting, 0.0);
        let action = interrupt(&play).expect("the event is offered");
        let offer = play.offers.iter().find(|offer| offer.action == action).expect("the offer");
        let drafts: Vec<_> = offer.fields.iter().map(|field| field.suggested.clone()).collect();
        let command = offer.command(&drafts, &play.sitting).expect("it can be given as it is");
        let mut sitting = play.sitting;
        sitting.take(command).expect("a step");
        sitting.look_at(0);
        let mut seen = vec![];
        loop {
            let further = sitting.look_further();
            let now = progress_of(&view::run(&sitting));
            if seen.last() != Some(&now) {
                seen.push(now);
            }
            if !further {
                break;
            }
        }
        let wanted = [Progress::NotYet, Progress::Halts, Progress::Handles, Progress::Resumed];
        assert_eq!(seen, wanted);
    }
}
