//! The ThreadRuns whose lanes are out of view and so not drawn, as a list: for screen readers, and for scripts that look
//! for a ThreadRun by its number.

use std::ops::Range;
use std::rc::Rc;

use halter_session::view::RunView;
use yew::prelude::*;

use super::lanes::{Stage, Who};

/// Lanes in one piece of the list; only pieces that change are drawn anew.
const PIECE: usize = 50;

/// What it lists.
#[derive(Properties, Clone)]
pub(super) struct Props {
    pub(super) run: Rc<RunView>,
    pub(super) stage: Rc<Stage>,
    /// Indices of the lanes that are drawn.
    pub(super) drawn: Range<usize>,
    /// The one that is drawn beside these.
    pub(super) also: Option<usize>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.run, &other.run)
            && Rc::ptr_eq(&self.stage, &other.stage)
            && self.drawn == other.drawn
            && self.also == other.also
    }
}

/// The list; nothing, if all lanes are drawn.
#[component]
pub(super) fn Roll(props: &Props) -> Html {
    let lanes = props.stage.lanes.len();
    if props.drawn.len() == lanes {
        return Html::default();
    }
    let pieces = (0..lanes).step_by(PIECE);
    html! {
        <ul class="roll" aria-label="ThreadRuns out of view">
            { for pieces.map(|first| {
                let all = first..(first + PIECE).min(lanes);
                let within = |at: usize| at.clamp(all.start, all.end);
                let drawn = within(props.drawn.start)..within(props.drawn.end);
                let also = props.also.filter(|also| all.contains(also));
                html! {
                    <Piece key={first} run={Rc::clone(&props.run)} stage={Rc::clone(&props.stage)} {all} {drawn} {also} />
                }
            }) }
        </ul>
    }
}

#[derive(Properties, Clone)]
struct PieceProps {
    run: Rc<RunView>,
    stage: Rc<Stage>,
    all: Range<usize>,
    drawn: Range<usize>,
    also: Option<usize>,
}

impl PartialEq for PieceProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.run, &other.run)
            && Rc::ptr_eq(&self.stage, &other.stage)
            && self.all == other.all
            && self.drawn == other.drawn
            && self.also == other.also
    }
}

#[component]
fn Piece(props: &PieceProps) -> Html {
    let is_drawn = |index: usize| props.drawn.contains(&index) || props.also == Some(index);
    let left_out = props.all.clone().filter(|index| !is_drawn(*index));
    let threads = left_out.filter_map(|index| match props.stage.lanes.get(index)?.who {
        Who::Thread { number, .. } => props.run.threads.get(number as usize),
        Who::Handler { .. } | Who::Entrypoint => None,
    });
    html! {
        <>
            { for threads.map(|thread| {
                let reasons: Vec<&str> = thread.reasons.iter().map(|reason| reason.name).collect();
                html! {
                    <li key={thread.number} data-thread-run={thread.number.to_string()} data-status={thread.status.name()}
                        data-halt-reasons={reasons.join(" ")}>{ thread.text.clone() }</li>
                }
            }) }
        </>
    }
}
