//! The player: what was played before, then the script, then what comes by itself. Play and Pause, step by step, how fast,
//! how long tasks take, and the points at which it stops.

pub(crate) mod bar;
mod entries;
mod moments;
pub(crate) mod panel;
mod reload;
pub(crate) mod round;
mod shell;
mod update;
pub(crate) mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use halter_engine::Program;
use halter_session::Sitting;
use halter_session::autopilot::Settings;
use halter_session::link::Link;
use halter_session::pause::Breakpoint;
use serde::{Deserialize, Serialize};

pub(crate) use entries::entries;
pub(crate) use moments::replay;
pub(crate) use reload::{bring_back, keep_soon, kept as kept_run};
pub(crate) use shell::{Shell, kept, shortcut};
pub(crate) use update::{after, before, forward, update};

/// Steps after which a run stops by itself, so that one without an end does not fill the sitting.
pub(crate) const MAX_RUN_STEPS: usize = 1000;

/// Points that one can stop at: more are no help.
const MAX_POINTS: usize = 50;

/// How long a moment of a step is shown at full speed, in milliseconds.
const MOMENT_MS: u32 = 400;

/// All moments of a step together take no longer, at full speed.
const WHOLE_STEP_MS: u32 = 5000;

/// How long a step that was played before is shown at full speed, in milliseconds.
const STEP_MS: u32 = 900;

/// The speed at which nobody waits for the clock.
const AT_ONCE: u32 = 0;

/// How fast it runs, in percent.
const SPEEDS: [(u32, &str); 5] =
    [(50, "½×"), (100, "1×"), (200, "2×"), (400, "4×"), (AT_ONCE, "at once")];

/// The id of the panel with the settings.
const PANEL_ID: &str = "run-settings";

/// What is kept over a reload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    /// One of [`SPEEDS`].
    speed: u32,
    times: Settings,
    points: Vec<Breakpoint>,
}

impl Kept {
    /// What stands in the browser's storage may be of another version, or of somebody else.
    fn in_bounds(mut self) -> Self {
        if SPEEDS.iter().all(|(speed, _)| *speed != self.speed) {
            self.speed = Kept::default().speed;
        }
        self.points.truncate(MAX_POINTS);
        self
    }
}

impl Default for Kept {
    fn default() -> Self {
        Kept { speed: 100, times: Settings::default(), points: Vec::new() }
    }
}

/// Whether it runs, how, and why it stopped.
#[derive(Debug, Default)]
pub(crate) struct Player {
    pub(crate) kept: Kept,
    /// Whether a step is shown moment after moment.
    pub(crate) by_moments: bool,
    /// Whether the moments of a step follow one another now.
    pub(crate) within_step: bool,
    /// What the tab kept of this page before it was loaded again.
    pub(crate) kept_run: Option<Link>,
    /// What is kept of this page, or soon will be.
    kept_at: Option<(SittingPlace, Option<usize>, Option<u32>)>,
    open: bool,
    going: Option<Going>,
    said: Option<Said>,
    /// What the form for points has chosen: a group, and one of its points.
    chosen: (usize, usize),
    /// What was typed as the time of a task and can't be read, by the task's name; of every other task without.
    unread: BTreeMap<Option<String>, Unread>,
}

/// A time that can't be read.
#[derive(Debug)]
struct Unread {
    text: String,
    why: String,
}

/// A run that goes on.
#[derive(Debug)]
struct Going {
    /// Where it has brought the sitting; if that is elsewhere, somebody else did something.
    place: SittingPlace,
    /// Steps that there were when it began.
    begun: usize,
    /// Whether it goes to the next point at once, whatever the speed.
    leaps: bool,
    glide: Option<Glide>,
}

/// Where a sitting is.
#[derive(Debug, Clone)]
struct SittingPlace {
    program: Arc<Program>,
    branch: u32,
    cursor: usize,
    steps: usize,
}

impl SittingPlace {
    fn of(sitting: &Sitting) -> Self {
        SittingPlace {
            program: Arc::clone(sitting.program()),
            branch: sitting.branch(),
            cursor: sitting.cursor(),
            steps: sitting.steps().len(),
        }
    }

    fn has_same_workflow(&self, other: &SittingPlace) -> bool {
        Arc::ptr_eq(&self.program, &other.program)
    }
}

impl PartialEq for SittingPlace {
    fn eq(&self, other: &Self) -> bool {
        self.has_same_workflow(other)
            && (self.branch, self.cursor, self.steps) == (other.branch, other.cursor, other.steps)
    }
}

/// The clock on its way from one virtual time to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Glide {
    /// In virtual milliseconds.
    from: i64,
    to: i64,
    /// How long it takes, in real milliseconds.
    takes: u32,
    /// When it began, by the browser's clock.
    since: f64,
}

impl Glide {
    /// What the clock shows at a time of the browser's clock, to a tenth of a second.
    fn shows(&self, now: f64) -> i64 {
        let part = ((now - self.since) / f64::from(self.takes.max(1))).clamp(0.0, 1.0);
        if part >= 1.0 {
            return self.to;
        }
        let way = self.to.saturating_sub(self.from) as f64;
        let shown = self.from.saturating_add((way * part) as i64);
        (shown / 100 * 100).max(self.from)
    }
}

/// Why it stopped.
#[derive(Debug, Clone)]
struct Said {
    why: Why,
    text: String,
    place: SittingPlace,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Somebody stopped it.
    Stopped,
    /// A point was reached.
    Breakpoint,
    /// Nothing comes by itself.
    ByHand,
    /// The run is over.
    Over,
    /// It went on for long, or the sitting is full.
    Limit,
}

impl Why {
    /// The name that tests and scripts find it by.
    fn name(self) -> &'static str {
        match self {
            Why::Stopped => "stopped",
            Why::Breakpoint => "point",
            Why::ByHand => "by-hand",
            Why::Over => "over",
            Why::Limit => "limit",
        }
    }
}

/// What can happen to it.
#[derive(Debug, Clone)]
pub(crate) enum Msg {
    /// Run, or pause.
    Toggle,
    /// Run at once to the next point, or until nothing moves.
    ToNextPoint,
    /// What comes next is due.
    Due,
    /// Show what the step at the cursor did, one moment after the other.
    Replay,
    /// The next moment is due.
    NextMoment,
    /// Keep the run, so that a reload brings it back.
    KeepRun,
    /// Show every step moment after moment, or at once.
    ByMoments(bool),
    /// In percent; [`AT_ONCE`].
    Speed(u32),
    /// Show or hide the settings.
    ToggleSettings,
    /// Hide the settings.
    CloseSettings,
    /// Seconds were typed as the time of a task; of every task without a time of its own, if there is no name.
    Time(Option<String>, String),
    /// Choose points of this group.
    ChooseGroup(usize),
    /// Choose this point of the group.
    ChoosePoint(usize),
    /// Pause on what the form has chosen.
    AddChosen,
    /// Pause on this as well.
    Add(Breakpoint),
    /// No longer pause on the point with this index.
    Remove(usize),
}

/// What is to be done for it.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Say when the next step is due, in milliseconds.
    Await(u32),
    /// Say when the next moment is due, in milliseconds.
    AwaitMoment(u32),
    /// Say soon that the run is to be kept.
    AwaitKeep,
    /// Keep the run over a reload, packed; or keep none.
    KeepRun(Option<String>),
    /// Keep the settings over a reload.
    Keep(Box<Kept>),
}

impl Player {
    /// One that stands still; it may show steps moment after moment.
    pub(crate) fn new(by_moments: bool) -> Self {
        Player { by_moments, ..Player::default() }
    }

    /// Whether it goes on by itself now.
    pub(crate) fn is_going(&self) -> bool {
        self.going.is_some()
    }

    /// The points at which it stops.
    pub(crate) fn points(&self) -> &[Breakpoint] {
        &self.kept.points
    }

    /// The clock on its way, while it is.
    pub(crate) fn glide(&self) -> Option<Glide> {
        self.going.as_ref()?.glide
    }

    /// How long what takes that many milliseconds at full speed is shown: a step, or one of its moments.
    pub(crate) fn shown_for(&self, milliseconds: u32) -> u32 {
        let fastest = SPEEDS.iter().map(|(percent, _)| *percent).max().unwrap_or(100);
        let percent = if self.kept.speed == AT_ONCE { fastest } else { self.kept.speed };
        milliseconds * 100 / percent.max(1)
    }

    /// Whether time passes in it now: it can be paused.
    fn is_moving(&self) -> bool {
        self.is_going() || self.within_step
    }

    fn is_at_once(&self) -> bool {
        let leaps = self.going.as_ref().is_some_and(|going| going.leaps);
        leaps || self.kept.speed == AT_ONCE
    }
}

#[cfg(test)]
mod tests {
    use super::Glide;

    #[test]
    fn the_clock_glides_and_never_runs_over() {
        let glide = Glide { from: 1050, to: 3050, takes: 1000, since: 10.0 };
        let table = [
            (0.0, 1050),
            (10.0, 1050),
            (20.0, 1050),
            (260.0, 1500),
            (510.0, 2000),
            (1009.0, 3000),
            (1010.0, 3050),
            (9e9, 3050),
        ];
        for (now, shown) in table {
            assert_eq!(glide.shows(now), shown, "at {now}");
        }
    }
}
