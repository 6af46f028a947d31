//! The ThreadRuns that are not drawn, because they are out of view or in a stack, as a list: for screen readers, and for
//! scripts that look for a ThreadRun by its number.

use std::collections::HashSet;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use halter_session::view::RunView;
use yew::prelude::*;

use super::lanes::{Stage, Who};

/// ThreadRuns in one piece of the list; only pieces that change are drawn anew.
const PIECE: usize = 50;

/// What it lists.
#[derive(Properties, Clone)]
pub(super) struct Props {
    pub(super) run: Rc<RunView>,
    pub(super) stage: Rc<Stage>,
    /// Indices of the lanes that are drawn.
    pub(super) drawn: Vec<usize>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.run, &other.run)
            && Rc::ptr_eq(&self.stage, &other.stage)
            && self.drawn == other.drawn
    }
}

/// How long after a change the list follows, in milliseconds: what is seen is painted before.
const LATER_MS: u32 = 60;

/// The list, a moment later than what is seen; nothing, if all are drawn.
#[component]
pub(super) fn Roll(props: &Props) -> Html {
    let listed = use_state(|| props.clone());
    {
        let listed = listed.clone();
        use_effect_with(props.clone(), move |props| {
            let props = props.clone();
            let later = Timeout::new(LATER_MS, move || listed.set(props));
            move || drop(later)
        });
    }
    let listed = (*listed).clone();
    html! { <List ..listed /> }
}

#[component]
fn List(props: &Props) -> Html {
    let mut drawn = HashSet::new();
    let mut draw = |number: u32| {
        drawn.insert(number);
    };
    for lane in props.drawn.iter().filter_map(|index| props.stage.lanes.get(*index)) {
        match &lane.who {
            // Earlier ones are named in the heading.
            Who::Thread { number, earlier } => {
                draw(*number);
                earlier.iter().copied().for_each(&mut draw);
            }
            Who::Handler { .. } | Who::Stack { .. } | Who::Entrypoint => {}
        }
    }
    let numbers = props.run.threads.iter().map(|thread| thread.number);
    let left_out: Vec<u32> = numbers.filter(|number| !drawn.contains(number)).collect();
    if left_out.is_empty() {
        return Html::default();
    }
    let piece = |number: &u32| *number as usize / PIECE;
    html! {
        <ul class="roll" aria-label="ThreadRuns that are not drawn">
            { for left_out.chunk_by(|a, b| piece(a) == piece(b)).map(|numbers| html! {
                <Piece key={numbers.first().map_or(0, piece)} run={Rc::clone(&props.run)} numbers={numbers.to_vec()} />
            }) }
        </ul>
    }
}

#[derive(Properties, Clone)]
struct PieceProps {
    run: Rc<RunView>,
    numbers: Vec<u32>,
}

impl PartialEq for PieceProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.run, &other.run) && self.numbers == other.numbers
    }
}

#[component]
fn Piece(props: &PieceProps) -> Html {
    let threads = props.numbers.iter().filter_map(|of| props.run.thread(*of));
    html! {
        <>
            { for threads.map(|thread| {
                let reasons: Vec<&str> = thread.reasons.iter().map(|reason| reason.name).collect();
                html! {
                    <li key={thread.number} data-thread-run={thread.key()} data-status={thread.status.name()}
                        data-halt-reasons={reasons.join(" ")}>{ thread.text.clone() }</li>
                }
            }) }
        </>
    }
}
