//! A step, moment after moment: what spreads within it would not be seen at once.

use super::{Effect, MOMENT_MS, WHOLE_STEP_MS};
use crate::effect::Effect as PageEffect;
use crate::model::Model;

/// Shows the step at the cursor from its first moment on.
pub(crate) fn replay(model: &mut Model) -> Vec<PageEffect> {
    let Some(play) = &mut model.play else {
        return Vec::new();
    };
    play.sitting.look_at(0);
    next(model)
}

/// Goes on with the moments, unless something else was asked for since the next one was.
pub(super) fn due(model: &mut Model) -> Vec<PageEffect> {
    if model.player.within_step { next(model) } else { Vec::new() }
}

/// The next moment.
pub(super) fn next(model: &mut Model) -> Vec<PageEffect> {
    let Some(play) = &mut model.play else {
        return Vec::new();
    };
    model.player.within_step = play.sitting.look_further();
    play.redraw();
    let moments = u32::try_from(play.sitting.moments()).unwrap_or(u32::MAX).max(1);
    let pace = model.player.shown_for(MOMENT_MS.min(WHOLE_STEP_MS / moments));
    let next = model.player.within_step.then(|| Effect::AwaitMoment(pace).into());
    next.into_iter().collect()
}

/// To the step's end.
pub(super) fn settle(model: &mut Model) {
    model.player.within_step = false;
    if let Some(play) = &mut model.play {
        play.sitting.look_at(usize::MAX);
        play.redraw();
    }
}
