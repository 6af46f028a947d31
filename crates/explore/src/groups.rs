//! States grouped by the statuses of their ThreadRuns: what a picture of all states shows.

use std::collections::HashMap;
use std::sync::Arc;

use halter_engine::state::{Status, ThreadRun};
use halter_engine::{Command, RunState};

use crate::canonical::Canonical;
use crate::choices::moves;
use crate::explorer::Explorer;
use crate::make::make;
use crate::seen::StateNumber;

/// Groups that are told apart; what belongs to others is only counted.
const MOST: usize = 20_000;

/// Index of a group.
type GroupNumber = u32;

/// The statuses of a state: of the WfRun, and of each ThreadRun with its ThreadSpec.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Statuses {
    /// The WfRun's; none before it is started.
    pub run: Option<Status>,
    /// ThreadSpec, as an index of the program, and status.
    pub threads: Vec<(u16, Status)>,
}

impl Statuses {
    /// Those of a WfRun and its ThreadRuns.
    pub(crate) fn of<'a>(
        run: Option<Status>,
        threads: impl Iterator<Item = &'a Arc<ThreadRun>>,
    ) -> Statuses {
        let threads: Vec<_> = threads.map(|thread| (thread.spec, thread.status)).collect();
        // Before the run is started there is no ThreadRun.
        Statuses { run: run.filter(|_| !threads.is_empty()), threads }
    }
}

/// States that have the same statuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Their statuses.
    pub statuses: Statuses,
    /// The number of its nearest state, for [`Explorer::way_to_state`].
    pub first: u32,
    /// Moves on the shortest way to that.
    pub depth: usize,
    /// How many states it has.
    pub states: usize,
}

/// A way from one group to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Index of the group that it leaves.
    pub from: usize,
    /// Index of the group that it leads to.
    pub to: usize,
    /// How many moves lead that way.
    pub moves: usize,
    /// The command of the first of them.
    pub command: Command,
    /// The state in which that command is given, for its words.
    pub before: RunState,
}

/// All states, as far as they were looked at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StateMap {
    /// The nearest groups, in the order in which they were reached.
    pub groups: Vec<Group>,
    /// The ways between them.
    pub ways: Vec<Way>,
    /// How many groups are left out.
    pub left_out: usize,
    /// Group and depth of each state by its number, if they are few enough to be shown one by one; else none.
    pub states: Vec<(usize, usize)>,
}

/// What is kept while exploring.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    known: HashMap<Statuses, GroupNumber>,
    found: Vec<Group>,
    /// The group of each state; [`GroupNumber::MAX`] for one beyond the bound.
    of: Vec<GroupNumber>,
    depths: Vec<u32>,
    ways: HashMap<(GroupNumber, GroupNumber), Seen>,
}

/// Moves from one group to another.
#[derive(Debug)]
struct Seen {
    moves: usize,
    /// The states between which the first leads.
    first: (StateNumber, StateNumber),
}

impl Groups {
    /// Notes the next state.
    pub(crate) fn reach(&mut self, statuses: Statuses, number: StateNumber, depth: u32) {
        let group = match self.known.get(&statuses) {
            Some(&group) => group,
            None if self.found.len() < MOST => {
                let group = self.found.len() as GroupNumber;
                self.known.insert(statuses.clone(), group);
                self.found.push(Group {
                    statuses,
                    first: number,
                    depth: depth as usize,
                    states: 0,
                });
                group
            }
            None => GroupNumber::MAX,
        };
        if let Some(group) = self.found.get_mut(group as usize) {
            group.states += 1;
        }
        self.of.push(group);
        self.depths.push(depth);
    }

    /// Notes a move.
    pub(crate) fn leads(&mut self, from: StateNumber, to: StateNumber) {
        let group = |state: StateNumber| self.of.get(state as usize).copied();
        let (Some(a), Some(b)) = (group(from), group(to)) else {
            return;
        };
        if a != b && a != GroupNumber::MAX && b != GroupNumber::MAX {
            let seen = self.ways.entry((a, b)).or_insert(Seen { moves: 0, first: (from, to) });
            seen.moves += 1;
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        let group = size_of::<Group>() + size_of::<Statuses>() + 64;
        size_of::<GroupNumber>() * (self.of.capacity() + self.depths.capacity())
            + group * self.found.len()
            + size_of::<((GroupNumber, GroupNumber), Seen)>() * self.ways.capacity()
    }
}

impl Explorer {
    /// States are grouped by the statuses of their ThreadRuns from now on, and rules are heard; to be said before anything is looked at, and of all
    /// orders ([`Choices::reduction`](crate::Choices::reduction) is false), or states that come about in between are not all there.
    #[must_use]
    pub fn with_groups(mut self) -> Explorer {
        let mut groups = Groups::default();
        let start = &self.start;
        groups.reach(Statuses::of(Some(start.status), start.threads.iter()), 0, 0);
        self.groups = Some(groups);
        self.hear_rules();
        self
    }

    /// The states in groups, the nearest `most_groups` of them, and each by itself if there are at most `most_states`. Empty
    /// without [`Explorer::with_groups`].
    #[must_use]
    pub fn map(&self, most_groups: usize, most_states: usize) -> StateMap {
        let Some(groups) = &self.groups else {
            return StateMap::default();
        };
        let shown = groups.found.len().min(most_groups);
        let mut ways: Vec<_> = groups
            .ways
            .iter()
            .filter(|((from, to), _)| (*from as usize) < shown && (*to as usize) < shown)
            .collect();
        ways.sort_unstable_by_key(|(between, _)| **between);
        let ways = ways.into_iter().filter_map(|((from, to), seen)| {
            let (command, before) = self.move_between(seen.first)?;
            Some(Way { from: *from as usize, to: *to as usize, moves: seen.moves, command, before })
        });
        let few = groups.of.len() <= most_states && shown == groups.found.len();
        let each = groups.of.iter().zip(&groups.depths);
        StateMap {
            groups: groups.found.iter().take(shown).cloned().collect(),
            ways: ways.collect(),
            left_out: groups.found.len() - shown,
            states: if few {
                each.map(|(group, depth)| (*group as usize, *depth as usize)).collect()
            } else {
                Vec::new()
            },
        }
    }

    /// The groups of statuses that can come about here and not there, the nearest first. Both must have been explored with groups.
    #[must_use]
    pub fn only_here(&self, there: &Explorer) -> Vec<Group> {
        let (Some(here), Some(there)) = (&self.groups, &there.groups) else {
            return Vec::new();
        };
        let only = here.found.iter().filter(|group| !there.known.contains_key(&group.statuses));
        only.cloned().collect()
    }

    /// The command that leads from one state to another, and the first of them.
    fn move_between(&self, (from, to): (StateNumber, StateNumber)) -> Option<(Command, RunState)> {
        let (before, left) = self.state_and_budgets(from);
        let mut canonical = Canonical::default();
        let found =
            moves(&self.program, &self.choices, &before, &left).into_iter().find(|chosen| {
                let Some(after) = make(&self.program, &before, chosen) else {
                    return false;
                };
                let core = canonical.fingerprint(&after);
                self.budgets.fingerprints().any(|left| self.seen.find(core ^ left) == Some(to))
            })?;
        Some((found.command, before))
    }
}
