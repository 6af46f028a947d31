//! A run that goes on: one thing after the other, up to a point at which it stops.

use halter_engine::command::Command;

use super::{Next, Settings, next};
use crate::pause::{self, Breakpoint, Hit};
use crate::sitting::Sitting;

/// Why a run does not go on by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// A point was reached; the sitting looks at that very moment.
    Breakpoint(Hit),
    /// Nothing comes by itself: somebody must act.
    ByHand,
    /// The WfRun and every ThreadRun are over.
    Over,
    /// The sitting has as many steps as it can have.
    Full,
}

/// What comes next, and when: at what virtual time.
///
/// # Errors
/// Why nothing comes; never a point.
pub fn coming(sitting: &Sitting, settings: &Settings) -> Result<(Command, i64), Stop> {
    match next(sitting, settings) {
        Next::Command { command, at } => Ok((command, at)),
        Next::ByHand => Err(Stop::ByHand),
        Next::Over => Err(Stop::Over),
        Next::Full => Err(Stop::Full),
    }
}

/// The time that is to pass before a command that comes then, if any; a passing of time has its own.
pub fn wait(sitting: &Sitting, command: &Command, at: i64) -> Option<Command> {
    let wait = at.saturating_sub(sitting.state().now);
    (wait > 0 && !matches!(command, Command::PassTime(_))).then_some(Command::PassTime(wait))
}

/// Does what comes next, at its time: at most two steps, the time that passes until then and the command. Where the
/// sitting looks into a step, it first goes to that step's end.
///
/// # Errors
/// Why nothing was done, or not all of it.
pub fn go(sitting: &mut Sitting, settings: &Settings, points: &[Breakpoint]) -> Result<(), Stop> {
    if let Some(hit) = finish_step(sitting, points) {
        return Err(Stop::Breakpoint(hit));
    }
    let (command, at) = coming(sitting, settings)?;
    if let Some(wait) = wait(sitting, &command, at) {
        take(sitting, wait, points)?;
    }
    take(sitting, command, points)
}

/// From within a step to its end, or to a point before that.
pub fn finish_step(sitting: &mut Sitting, points: &[Breakpoint]) -> Option<Hit> {
    let happened = sitting.moment()?;
    let hit = pause::within(sitting, points, sitting.cursor(), happened);
    match &hit {
        Some(hit) => look_at(sitting, hit),
        None => sitting.look_at(usize::MAX),
    }
    hit
}

/// The next point among the steps behind the cursor, which were played before: the sitting looks at it. Without one
/// it goes to its last step.
pub fn go_ahead(sitting: &mut Sitting, points: &[Breakpoint]) -> Option<Hit> {
    let after = sitting.moment().unwrap_or(usize::MAX);
    if let Some(hit) = pause::next(sitting, points, sitting.cursor(), after) {
        look_at(sitting, &hit);
        return Some(hit);
    }
    sitting.go_to(usize::MAX);
    None
}

fn take(sitting: &mut Sitting, command: Command, points: &[Breakpoint]) -> Result<(), Stop> {
    if sitting.take(command).is_none() {
        return Err(Stop::Full);
    }
    match pause::within(sitting, points, sitting.cursor(), 0) {
        Some(hit) => {
            look_at(sitting, &hit);
            Err(Stop::Breakpoint(hit))
        }
        None => Ok(()),
    }
}

fn look_at(sitting: &mut Sitting, hit: &Hit) {
    sitting.go_to(hit.step);
    sitting.look_at(hit.happened);
}
