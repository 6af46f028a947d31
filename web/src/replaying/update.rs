//! How a run is played again, and what is said when it ends.

use std::fmt::Write as _;

use halter_session::Sitting;
use halter_session::compare::Comparer;
use halter_session::sitting::{Replay, Replayed};

use super::{Msg, Replaying, SEEN, Why};
use crate::effect::Effect;
use crate::graph::lanes::Opened;
use crate::linked::LookedAt;
use crate::model::{Model, Notice, Play};
use crate::{msg, player};

/// What is played in the task in which the text was read: a hundredth of a second. Most runs end within it.
const FIRST: usize = 2 << 20;
/// What is played in a task of its own, between two drawings. A command is never cut: one may cost a few times more.
const SLICE: usize = 12 << 20;

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::GoOn => match model.replaying.take() {
            Some(replaying) => go_on(model, replaying),
            None => Vec::new(),
        },
        Msg::Stop => stop(model),
    }
}

/// Begins to play again; what is short is over at once.
pub(crate) fn begin(model: &mut Model, replay: Replay, why: Why) -> Vec<Effect> {
    go_on(model, Replaying { replay, why, slices: 0 })
}

fn go_on(model: &mut Model, mut replaying: Replaying) -> Vec<Effect> {
    let effort = if replaying.slices == 0 { FIRST } else { SLICE };
    if !replaying.replay.go_on(effort) {
        return end(model, replaying);
    }
    replaying.slices += 1;
    if replaying.slices == SEEN {
        "The run is played again.".clone_into(&mut model.announcement);
    }
    model.replaying = Some(replaying);
    Vec::new()
}

/// What is played stays, or the run before it: nothing of somebody's is lost.
pub(crate) fn stop(model: &mut Model) -> Vec<Effect> {
    match model.replaying.take() {
        Some(replaying) => end(model, replaying),
        None => Vec::new(),
    }
}

/// Whether somebody wants to do something to the run that is shown: that ends what is on its way.
pub(crate) fn is_ended_by(msg: &msg::Msg) -> bool {
    let by_itself = matches!(msg, msg::Msg::Player(player::Msg::KeepRun));
    !by_itself
        && matches!(
            msg,
            msg::Msg::Give(_)
                | msg::Msg::PassSeconds
                | msg::Msg::Back
                | msg::Msg::Forward
                | msg::Msg::GoTo(_)
                | msg::Msg::LookAt(_)
                | msg::Msg::Restart
                | msg::Msg::SetSemantics(_)
                | msg::Msg::Timeline(_)
                | msg::Msg::Player(_)
        )
}

fn end(model: &mut Model, Replaying { replay, why, slices: _ }: Replaying) -> Vec<Effect> {
    let (sitting, replayed, comparison) = replay.end_compared();
    let whole = replayed.not_tried == 0;
    // It is the same run: what somebody opened in it stays open.
    let opened_before = || model.play.as_ref().map(|play| play.opened.clone()).unwrap_or_default();
    match why {
        Why::Edited if whole => {
            model.play =
                Some(Play::compared(sitting, model.graph_width, comparison, opened_before()));
            model.notice = (replayed.left_out > 0).then(|| {
                Notice::plain(format!(
                    "The run was played again with the new source; {} of its commands no longer apply and were left out.",
                    replayed.left_out
                ))
            });
            "The source has no problems.".clone_into(&mut model.announcement);
            Vec::new()
        }
        Why::Edited => {
            model.source.stale = true;
            say(model, too_long(replayed));
            Vec::new()
        }
        Why::Semantics(name) if whole => {
            model.play =
                Some(Play::compared(sitting, model.graph_width, comparison, opened_before()));
            model.announcement = format!("The run follows the semantics {name} now.");
            vec![Effect::KeepSemantics(name)]
        }
        Why::Semantics(_) => {
            if let Some(play) = &model.play {
                model.semantics = play.sitting.program().semantics;
            }
            say(model, too_long(replayed));
            Vec::new()
        }
        Why::Reload(looked_at) => {
            show(model, sitting, comparison, looked_at);
            if !whole {
                say(
                    model,
                    format!(
                        "A part of the run is back: {} of its commands were not played again.",
                        replayed.not_tried
                    ),
                );
            }
            Vec::new()
        }
        Why::Link(looked_at) => {
            show(model, sitting, comparison, looked_at);
            opened(model, replayed);
            Vec::new()
        }
    }
}

/// Shows a sitting at what was looked at in it.
fn show(model: &mut Model, mut sitting: Sitting, comparison: Comparer, looked_at: LookedAt) {
    looked_at.show(&mut sitting);
    model.play = Some(Play::compared(sitting, model.graph_width, comparison, Opened::new()));
    model.chosen = looked_at.thread;
}

fn opened(model: &mut Model, replayed: Replayed) {
    let mut text = String::new();
    // An embedded page keeps no documents.
    if model.embed.is_none() {
        text.push_str("This came by a link. Your documents are as they were; it becomes one of them when you change it.");
    }
    // Writing to a String can't fail.
    if replayed.left_out > 0 {
        let _ = write!(text, " {} of its commands could not be played.", replayed.left_out);
    }
    if replayed.not_tried > 0 {
        let _ = write!(
            text,
            " {} of its commands were not played; the link still has them.",
            replayed.not_tried
        );
    }
    if !text.is_empty() {
        say(model, text);
    }
}

fn say(model: &mut Model, text: String) {
    model.announcement.clone_from(&text);
    model.notice = Some(Notice::plain(text));
}

fn too_long(replayed: Replayed) -> String {
    format!(
        "The run was not played again to its end: {} of its commands are left. The run before it stays.",
        replayed.not_tried
    )
}
