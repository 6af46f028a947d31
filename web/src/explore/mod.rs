//! What could happen: the panel that asks for every order of what may come, and shows what was found. The exploring is done by a
//! Web Worker (`web/explorer`).

mod answers;
pub(crate) mod bar;
pub(crate) mod form;
pub(crate) mod map;
pub(crate) mod map_layout;
pub(crate) mod missing;
mod property;
pub(crate) mod shell;
mod sides;
pub(crate) mod update;
pub(crate) mod view;
mod words;

use std::rc::Rc;

use halter_explorer_worker::messages::{Ask, Far, Found, Group, MayCome, Tell};
use halter_session::Sitting;
use halter_session::sitting::BranchNumber;
use serde_json::Value as Json;

pub(crate) use shell::Shell;
pub(crate) use sides::{Begin, Rules};

/// Bounds for the states of each of the semantics: the numbers that can be chosen.
pub(crate) const STATES: [usize; 4] = [10_000, 100_000, 300_000, 1_000_000];

/// The most bytes that the worker may take. A phone can do that.
pub(crate) const BYTES: usize = 256 << 20;

/// Groups that a map shows at most, and states that it shows one by one.
pub(crate) const MAP: (usize, usize) = (500, 500);

/// What the panel knows.
pub(crate) struct Explore {
    /// What may come: as it is to begin with, and as it was chosen.
    pub(crate) usual: Option<MayCome>,
    pub(crate) may: Option<MayCome>,
    pub(crate) begin: Begin,
    pub(crate) rules: Rules,
    /// One of [`STATES`].
    pub(crate) states: usize,
    /// The number of the question that was asked last.
    round: u32,
    /// Of which text it was asked what may come.
    usual_of: Rc<str>,
    pub(crate) stage: Stage,
    /// The map that is shown in the place of the graph: index of the semantics.
    pub(crate) map: Option<usize>,
    /// What is to be brought on the stage.
    shown: Option<Shown>,
    /// What is there.
    on_stage: Option<OnStage>,
    /// Why a property could not be added to the source.
    pub(crate) property_refused: Option<String>,
    /// How many were.
    pub(crate) properties_added: u32,
    /// A run that is to be brought there, as soon as the one before is played again.
    pending: Option<Vec<Json>>,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stage {
    /// Nothing was asked yet.
    Nothing,
    /// It is on its way.
    Exploring(Exploring),
    /// It is over.
    Found(Rc<Outcome>),
    /// It could not be done; why.
    Refused(String),
}

/// What was asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked {
    pub(crate) text: Rc<str>,
    pub(crate) begin: Begin,
    pub(crate) rules: Rules,
}

/// An exploration on its way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Exploring {
    pub(crate) asked: Asked,
    /// Index of the semantics that are explored.
    pub(crate) side: usize,
    pub(crate) far: Far,
    /// States a second, lately.
    pub(crate) speed: Option<f64>,
    /// When that was told, in milliseconds.
    told: Option<f64>,
    pub(crate) paused: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) round: u32,
    pub(crate) asked: Asked,
    pub(crate) found: Vec<Found>,
    pub(crate) only: Vec<Group>,
}

/// What of it is on the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The way to where a property fails, or to what can be: index of the semantics, and of the property.
    Property(usize, usize),
    /// What the guard found: its index.
    Finding(usize),
    /// The way to a state: index of the semantics, and number.
    State(usize, u32),
}

/// A run that the explorer brought on the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OnStage {
    pub(crate) shown: Shown,
    /// As which branch, and how many steps it had.
    branch: BranchNumber,
    steps: usize,
}

impl OnStage {
    /// Whether it still is what the sitting plays.
    fn is_played(&self, sitting: &Sitting) -> bool {
        sitting.branch() == self.branch && sitting.steps().len() == self.steps
    }
}

/// What may or may not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flag {
    /// A worker reports later than it takes a task.
    Delay,
    Time,
    CancelForms,
    FailChildWfs,
}

/// What can happen to the panel.
#[derive(Debug, Clone)]
pub(crate) enum Msg {
    /// Show it, or the story again.
    Open(bool),
    Begin(Begin),
    Rules(Rules),
    States(usize),
    /// How often the event with that index may come.
    Budget(usize, u8),
    /// Its payloads, a line for each.
    Payloads(usize, String),
    /// Whether the task with that index may fail.
    Fails(usize, bool),
    /// EXCEPTIONs that it may throw, with commas between them.
    Throws(usize, String),
    Flag(Flag, bool),
    Stops(u8),
    Rescues(u8),
    /// As it was to begin with.
    Usual,
    Explore,
    Pause,
    GoOn,
    Stop,
    /// Bring that on the stage.
    Show(Shown),
    /// Add a property to the source.
    AddProperty(String),
    /// Show the map of the semantics with that index, or the graph again.
    Map(Option<usize>),
    /// The worker tells something; when, in milliseconds.
    Told(Rc<Tell>, f64),
    /// There is no worker to be had.
    Failed,
}

/// What is to be done for it.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Ask the worker.
    Ask(Box<Ask>),
    /// Close the drawer, where it covers the stage.
    MakeRoom,
}

impl Default for Explore {
    fn default() -> Self {
        Explore {
            usual: None,
            may: None,
            begin: Begin::Start,
            rules: Rules::Page,
            states: STATES[1],
            round: 0,
            usual_of: Rc::default(),
            stage: Stage::Nothing,
            map: None,
            shown: None,
            on_stage: None,
            property_refused: None,
            properties_added: 0,
            pending: None,
        }
    }
}

impl Explore {
    /// What of it is on the stage now.
    pub(crate) fn on_stage(&self, sitting: &Sitting) -> Option<Shown> {
        self.on_stage.filter(|there| there.is_played(sitting)).map(|there| there.shown)
    }

    /// What was found, if it is of this text.
    pub(crate) fn outcome(&self, text: &str) -> Option<&Rc<Outcome>> {
        match &self.stage {
            Stage::Found(outcome) if *outcome.asked.text == *text => Some(outcome),
            Stage::Found(_) | Stage::Nothing | Stage::Exploring(_) | Stage::Refused(_) => None,
        }
    }
}
