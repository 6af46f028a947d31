//! The first screen: one sentence, one big button, and three captions that come true one after the other. It stands in
//! the place of commands and player until somebody has seen an interrupt, or wants them.

mod view;

use halter_engine::state::{Status, ThreadType};
use halter_session::offers::Action;
use halter_session::view::RunView;

use crate::effect::Effect;
use crate::model::{Model, Play};
use crate::msg;
use crate::{documents, examples, player, update};

pub(crate) use view::view;

/// What the first screen shows, and what it says. The texts are about the first example.
struct Tour {
    example: &'static str,
    /// The event that the button posts.
    event: &'static str,
    says: &'static str,
    button: &'static str,
    captions: [(&'static str, &'static str); 3],
    /// The example that is worth a look after it: what it is called in addresses, and the button.
    next: (&'static str, &'static str),
}

const TOUR: Tour = Tour {
    example: "update-the-cart",
    event: "cart-updated",
    says: "An event can interrupt a workflow: its thread halts, a handler runs, and the thread goes on where it was.",
    button: "Interrupt the cart",
    captions: [
        ("The cart halts", "The event has come. The cart stops where it is."),
        ("The handler runs", "A thread of its own adds the item to the cart."),
        ("The cart resumes", "It waits for the checkout again, with the item in it."),
    ],
    next: ("parent-with-children", "See children halt first"),
};

/// How far the interrupt has come that the button started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    NotYet,
    Halts,
    Handles,
    Resumed,
}

impl Progress {
    /// How many captions have come true.
    fn captions(self) -> usize {
        match self {
            Progress::NotYet => 0,
            Progress::Halts => 1,
            Progress::Handles => 2,
            Progress::Resumed => 3,
        }
    }
}

/// What can be done on the first screen.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Msg {
    /// The big button: interrupt; while that is shown, show its end; then go on to the whole page.
    Press,
    /// Go on to the whole page.
    Close,
    /// Go on to the next example.
    Next,
}

impl From<Msg> for msg::Msg {
    fn from(msg: Msg) -> Self {
        Self::Welcome(msg)
    }
}

/// Whether the first screen is shown.
pub(crate) fn is_due(model: &Model) -> bool {
    model.welcome && model.play.is_some()
}

/// After anything happened: it is only about its example, and about the beginning of its run.
pub(crate) fn after(model: &mut Model) -> Option<Effect> {
    let play = model.play.as_ref().filter(|_| model.welcome)?;
    let other = model.documents.open.example != examples::index_of(TOUR.example);
    let further = play.sitting.steps().len() > 2;
    (other || further).then(|| close(model))
}

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let progress = model.play.as_ref().map_or(Progress::NotYet, progress);
    match msg {
        Msg::Press if progress == Progress::NotYet => {
            let offer = model.play.as_ref().and_then(interrupt);
            offer.map_or_else(Vec::new, |action| update::give(model, action))
        }
        Msg::Press if model.player.within_step => player::forward(model),
        Msg::Press | Msg::Close => vec![close(model), Effect::FocusHint],
        Msg::Next => {
            let closed = close(model);
            let index = examples::index_of(TOUR.next.0).unwrap_or_default();
            let mut effects = documents::update::open_example(model, index);
            effects.extend([closed, Effect::HoldFocus]);
            effects
        }
    }
}

fn close(model: &mut Model) -> Effect {
    model.welcome = false;
    "All commands are shown now.".clone_into(&mut model.announcement);
    // What is remembered says as well that this was not the first visit.
    Effect::KeepLayout(model.layout)
}

/// What the button does.
fn interrupt(play: &Play) -> Option<Action> {
    let events = &play.sitting.program().events;
    let is = |def: u16| events.get(def as usize).is_some_and(|event| &*event.name == TOUR.event);
    let mut actions = play.offers.iter().map(|offer| offer.action);
    actions.find(|action| matches!(action, Action::PostEvent { def } if is(*def)))
}

fn progress(play: &Play) -> Progress {
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

    use super::{Progress, TOUR, interrupt, progress_of};
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
        let play = Play::new(sitting);
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
