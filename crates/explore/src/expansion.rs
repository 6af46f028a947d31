//! What comes of one state: all its moves, and what is worth knowing of where they lead.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;
use std::sync::Arc;

use halter_engine::state::{ThreadNumber, ThreadRun};
use halter_engine::{Program, RunState};

use crate::budgets::Budgets;
use crate::built_in::{self, BuiltInProperty};
use crate::canonical::Fingerprint;
use crate::choices::{Budget, Choices};
use crate::late::Late;
use crate::own_properties::Met;
use crate::parts::{Key, PartNumber, Parts};
use crate::quick::Quick;
use crate::seen::{Seen, StateNumber};

/// What whoever makes moves reads of an exploration.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) program: &'a Program,
    pub(crate) choices: &'a Choices,
    pub(crate) late: &'a Late,
    pub(crate) seen: &'a Seen,
    pub(crate) parts: &'a Parts,
    pub(crate) budgets: &'a Budgets,
}

/// What came of states, one after the other: lists that are emptied and filled again, so that nothing is asked of the
/// allocator for each state.
#[derive(Debug, Default)]
pub(crate) struct Expansions {
    pub(crate) states: Vec<Expanded>,
    pub(crate) successors: Vec<Successor>,
    pub(crate) found: Vec<Found>,
    /// Their places, by their fingerprints, if several states are expanded before anybody takes what came of them.
    pub(crate) places: Option<HashMap<Fingerprint, u32, BuildHasherDefault<Quick>>>,
    /// The parts of the states that were found.
    pub(crate) threads: Vec<Part>,
    pub(crate) new_threads: Vec<New<ThreadRun>>,
    pub(crate) new_rests: Vec<New<RunState>>,
    /// The ThreadRuns that are HALTING in the states that were found.
    pub(crate) halting: Vec<ThreadNumber>,
    /// What is left of the budgets in states that were found, where it is not the same as before.
    pub(crate) left: Vec<Budget>,
    /// The properties that fail, or are met, in a move.
    pub(crate) met: Vec<Met>,
}

/// All moves of one state. What belongs to it in the lists begins where that of the state before ends.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Expanded {
    pub(crate) successors: usize,
    pub(crate) met: usize,
    /// The first move with which the engine broke off.
    pub(crate) loses: Option<u16>,
    /// Whether a move has moved something.
    pub(crate) moved: bool,
    /// Whether nothing that could come moves the run.
    pub(crate) is_stuck: bool,
}

/// Where a move leads.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Successor {
    /// To a state that was reached before.
    Known(StateNumber),
    /// To one that was not, when it was looked for: its place among those that were found.
    Found(u32),
}

/// A state that was not reached before.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// With what is left of the budgets.
    pub(crate) fingerprint: Fingerprint,
    pub(crate) rest: Part,
    pub(crate) threads: Range<u32>,
    pub(crate) halting: Range<u32>,
    /// `None`: the same as before.
    pub(crate) left: Option<Range<u32>>,
    /// By which move.
    pub(crate) by: u16,
    pub(crate) is_over: bool,
    /// The properties that fail there.
    pub(crate) fails: Fails,
}

/// A part of a state.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    /// It is kept already.
    Kept(PartNumber),
    /// It was not kept when it was looked for: its place among those that are new.
    New(u32),
}

/// A part that was not kept when it was looked for.
#[derive(Debug)]
pub(crate) struct New<T> {
    pub(crate) key: Option<Key>,
    pub(crate) part: Arc<T>,
}

/// Whether these properties fail in a state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fails([(BuiltInProperty, bool); 3]);

impl Fails {
    pub(crate) fn of(state: &RunState) -> Fails {
        Fails([
            (BuiltInProperty::NoLostEvent, built_in::has_lost_event(state)),
            (BuiltInProperty::NoHandlerFailure, built_in::has_failed_handler(state)),
            (BuiltInProperty::NoInternalError, built_in::has_internal_error(state)),
        ])
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = BuiltInProperty> {
        self.0.into_iter().filter_map(|(property, fails)| fails.then_some(property))
    }
}

impl Expansions {
    /// Lists for several states.
    pub(crate) fn of_several() -> Expansions {
        Expansions { places: Some(HashMap::default()), ..Expansions::default() }
    }

    /// The place of a state that was found already.
    pub(crate) fn place(&self, fingerprint: Fingerprint) -> Option<Successor> {
        let place = self.places.as_ref()?.get(&fingerprint)?;
        Some(Successor::Found(*place))
    }

    pub(crate) fn clear(&mut self) {
        self.states.clear();
        self.successors.clear();
        self.found.clear();
        if let Some(places) = &mut self.places {
            places.clear();
        }
        self.threads.clear();
        self.new_threads.clear();
        self.new_rests.clear();
        self.halting.clear();
        self.left.clear();
        self.met.clear();
    }
}
