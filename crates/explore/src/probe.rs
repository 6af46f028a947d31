//! What can still be reached from everywhere: the end of the run, and the end of HALTING.
//!
//! A state from which it can't be reached within the budgets is looked at once more, with more of them: only if that
//! does not help either, it is stuck. There, an event that somebody waits for comes as often as it is needed, and one
//! that interrupts once more.

use std::collections::{HashSet, VecDeque};

use halter_engine::RunState;

use crate::built_in::{has_moved, interrupts, is_halting, is_over};
use crate::canonical::{Canonical, Fingerprint};
use crate::choices::{Choices, Names, moves_with};
use crate::explorer::Explorer;
use crate::graph::StateSet;
use crate::make::make;
use crate::seen::StateNumber;

/// States that are looked at beyond the budgets, from one state.
const FROM_ONE: usize = 5_000;

/// States that are looked at beyond the budgets, from all states together.
const FROM_ALL: usize = 200_000;

/// There is too much to look at.
#[derive(Debug)]
pub(crate) struct Unknown;

/// A state from which something can't be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stuck {
    pub(crate) state: StateNumber,
    /// Whether only when all has come there that was to come later.
    pub(crate) late: bool,
}

/// Looks for states from which something can't be reached.
pub(crate) struct Probe<'a> {
    explorer: &'a Explorer,
    choices: Choices,
    canonical: Canonical,
    names: Names,
    looked_at: usize,
}

impl<'a> Probe<'a> {
    pub(crate) fn new(explorer: &'a Explorer) -> Self {
        Probe {
            explorer,
            choices: Choices {
                time: true,
                cancel_forms: true,
                delay: true,
                ..explorer.choices.clone()
            },
            canonical: Canonical::default(),
            names: Names::of(&explorer.program),
            looked_at: 0,
        }
    }

    /// The nearest state from which the run can't come to its end.
    pub(crate) fn can_finish(&mut self) -> Result<Option<Stuck>, Unknown> {
        let over = self.explorer.over.clone();
        self.nearest(over, &is_over)
    }

    /// The nearest state from which a HALTING ThreadRun can't halt.
    pub(crate) fn can_halt(&mut self) -> Result<Option<Stuck>, Unknown> {
        let explorer = self.explorer;
        let mut nearest: Option<Stuck> = None;
        for (&thread, halting) in &explorer.halting {
            let mut elsewhere = StateSet::below(explorer.seen.len() as StateNumber);
            elsewhere.remove(halting);
            let found = self.nearest(elsewhere, &|state| !is_halting(state, thread))?;
            nearest = nearest.into_iter().chain(found).min();
        }
        Ok(nearest)
    }

    /// The nearest state from which no state of the goal can be reached.
    fn nearest(
        &mut self,
        mut goal: StateSet,
        is_goal: &dyn Fn(&RunState) -> bool,
    ) -> Result<Option<Stuck>, Unknown> {
        let explorer = self.explorer;
        let states = explorer.seen.len() as StateNumber;
        // What was not looked at may lead anywhere.
        for state in explorer.expanded as StateNumber..states {
            goal.insert(state);
        }
        explorer.graph.close(&mut goal);
        let mut stuck = HashSet::new();
        let mut late = HashSet::new();
        let mut unknown = false;
        // From the far end: what leads to a state that is not stuck is not stuck either.
        for state in (0..states).rev() {
            if goal.contains(state) {
                continue;
            }
            let successors = explorer.graph.successors(state).unwrap_or_default();
            let can = successors.iter().any(|&next| goal.contains(next))
                || [false, true].into_iter().all(|is_late| {
                    let from = if is_late {
                        explorer.late_state(state)
                    } else {
                        Some(explorer.state(state))
                    };
                    let reaches = |from| self.reaches(from, &goal, is_goal, &mut stuck);
                    let can = from.map_or(Ok(true), reaches).unwrap_or_else(|Unknown| {
                        unknown = true;
                        true
                    });
                    if is_late && !can {
                        late.insert(state);
                    }
                    can
                });
            if can {
                goal.insert(state);
            }
        }
        // Moves that lead back may have come too late.
        explorer.graph.close(&mut goal);
        let nearest = (0..states).find(|&state| !goal.contains(state));
        if nearest.is_none() && unknown {
            return Err(Unknown);
        }
        Ok(nearest.map(|state| Stuck { state, late: late.contains(&state) }))
    }

    /// Whether the goal can be reached with more of the budgets. `stuck` are states from which it can't.
    fn reaches(
        &mut self,
        from: RunState,
        goal: &StateSet,
        is_goal: &dyn Fn(&RunState) -> bool,
        stuck: &mut HashSet<Fingerprint>,
    ) -> Result<bool, Unknown> {
        let explorer = self.explorer;
        let events = self.choices.events.len();
        let begin = self.canonical.fingerprint(&from);
        if stuck.contains(&begin) {
            return Ok(false);
        }
        let budgets = vec![1; events];
        let mut seen = HashSet::new();
        let mut waiting = VecDeque::from([(from, vec![1_u8; events])]);
        while let Some((state, left)) = waiting.pop_front() {
            let core = self.canonical.fingerprint(&state);
            if is_goal(&state) || self.is_known(core, goal) {
                return Ok(true);
            }
            self.looked_at += 1;
            if seen.len() > FROM_ONE || self.looked_at > FROM_ALL {
                return Err(Unknown);
            }
            let (program, choices) = (&explorer.program, &self.choices);
            let mut moves = Vec::new();
            moves_with(&mut self.names, program, choices, &state, &budgets, &mut moves);
            for chosen in moves {
                let mut left = left.clone();
                if let Some(event) = chosen.spends
                    && interrupts(&explorer.program, &state, &chosen.command, event)
                {
                    if left[event] == 0 {
                        continue;
                    }
                    left[event] -= 1;
                }
                let Some(after) = make(&explorer.program, &state, &chosen) else {
                    continue;
                };
                // An event that nobody takes now can as well come later.
                if chosen.spends.is_some() && !has_moved(&state, &after) {
                    continue;
                }
                let core = self.canonical.fingerprint(&after);
                if !stuck.contains(&core) && seen.insert((core, left.clone())) {
                    waiting.push_back((after, left));
                }
            }
        }
        stuck.insert(begin);
        Ok(false)
    }

    /// Whether a state is known from which the goal can be reached, alike but for the budgets.
    fn is_known(&self, core: Fingerprint, goal: &StateSet) -> bool {
        let explorer = self.explorer;
        explorer.budgets.fingerprints().any(|left| {
            let number = explorer.seen.find(core ^ left);
            number.is_some_and(|number| goal.contains(number))
        })
    }
}
