//! What the timeline does.

use halter_engine::occurrence::What;
use halter_session::Sitting;
use halter_session::sitting::MAX_BRANCHES;

use super::Msg;
use crate::effect::Effect;
use crate::model::{Model, Notice};
use crate::update::travel;

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Toggle => {
            model.layout.timeline = !model.layout.timeline;
            return vec![Effect::KeepLayout(model.layout)];
        }
        Msg::ByTime(by_time) => model.timeline.by_time = by_time,
        Msg::Scrolled(row) => model.timeline.top = row,
        Msg::Compare(number) => model.timeline.compared = number,
        Msg::Scrub(part) => return scrub(model, part),
        Msg::Jump(forward) => return jump(model, forward),
        Msg::SwitchTo(number) => {
            let switched = model.play.as_mut().is_some_and(|play| play.sitting.switch_to(number));
            if switched {
                model.timeline.compared = None;
                let effects = travel(model, |_| ());
                model.announcement = format!("Branch {number} is played. {}", model.announcement);
                return effects;
            }
        }
        Msg::Forget(number) => {
            if let Some(play) = &mut model.play {
                play.sitting.forget(number);
            }
            model.timeline.compared = model.timeline.compared.filter(|other| *other != number);
            model.announcement = format!("Branch {number} is forgotten.");
        }
    }
    Vec::new()
}

fn scrub(model: &mut Model, part: f64) -> Vec<Effect> {
    let Some(play) = &model.play else {
        return Vec::new();
    };
    let edges = halter_picture::bars::edges(&play.sitting, model.timeline.by_time);
    let nearest = edges
        .iter()
        .enumerate()
        .min_by(|a, b| (a.1 - part).abs().total_cmp(&(b.1 - part).abs()))
        .map_or(0, |(step, _)| step);
    if nearest == play.sitting.cursor() && play.sitting.moment().is_none() {
        return Vec::new();
    }
    travel(model, |sitting| sitting.go_to(nearest))
}

/// Whether the status of a ThreadRun changed in a step.
fn changes(sitting: &Sitting, step: usize) -> bool {
    let told = step.checked_sub(1).and_then(|index| sitting.steps().get(index));
    told.is_some_and(|step| {
        let changes =
            |what: &What| matches!(what, What::ThreadStatus { .. } | What::ThreadStarted { .. });
        step.told.iter().any(|told| changes(&told.what))
    })
}

fn jump(model: &mut Model, forward: bool) -> Vec<Effect> {
    travel(model, |sitting| {
        let (cursor, last) = (sitting.cursor(), sitting.steps().len());
        let to = if forward {
            (cursor + 1..=last).find(|step| changes(sitting, *step)).unwrap_or(last)
        } else {
            (0..cursor).rev().find(|step| changes(sitting, *step)).unwrap_or(0)
        };
        sitting.go_to(to);
    })
}

/// The branch that the next command would push out: said after it was.
pub(crate) fn forgotten_next(sitting: &Sitting) -> Option<u32> {
    let leaves = sitting.cursor() < sitting.steps().len();
    forgotten_by_leaving(sitting).filter(|_| leaves)
}

/// The branch that is pushed out when the one that is played is left.
pub(crate) fn forgotten_by_leaving(sitting: &Sitting) -> Option<u32> {
    let oldest = sitting.branches().first().map(halter_session::sitting::Branch::number);
    oldest.filter(|_| !sitting.steps().is_empty() && sitting.branches().len() == MAX_BRANCHES)
}

/// Says which branch was forgotten, if one was.
pub(crate) fn tell_forgotten(model: &mut Model, forgotten: Option<u32>) {
    if let Some(number) = forgotten {
        model.notice = Some(Notice::plain(format!(
            "{MAX_BRANCHES} branches are kept beside the one that is played: branch {number}, left longest ago, is forgotten."
        )));
    }
}
