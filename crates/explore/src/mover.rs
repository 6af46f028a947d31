//! Makes the moves of a state: in one copy of it, which becomes the state again before each.

use std::sync::Arc;

use halter_engine::state::{ThreadNumber, ThreadRun};
use halter_engine::{Program, RunState, Unobserved};

use crate::budgets;
use crate::built_in;
use crate::canonical::{Bytes, Canonical, Fingerprint, Print};
use crate::choices::{Budget, Move, Names, moves_with};
use crate::coverage::Reach;
use crate::expansion::{Expanded, Expansions, Fails, Found, Known, New, Part, Successor};
use crate::frontier::Waiting;
use crate::keys;
use crate::late::{Read, Woken};
use crate::make::{Made, make_in};
use crate::own_properties::Met;
use crate::parts::{PartNumber, Parts};
use crate::rules::RulesHeard;

/// Makes moves; each thread of the machine has one.
#[derive(Debug)]
pub(crate) struct Mover {
    pub(crate) reach: Reach,
    /// By which rules something happened, if somebody wants to know.
    pub(crate) rules: Option<RulesHeard>,
    names: Names,
    moves: Vec<Move>,
    /// Which of them are posts that may come later, with their defs;
    idle: Vec<(u16, u16)>,
    /// who is to be asked about that,
    woken: Woken,
    /// and which of the events must be tried now.
    read: Read,
    /// By which moves the successors come.
    by: Vec<u16>,
    canonical: Canonical,
    bytes: Bytes,
    copies: Copies,
    /// The state whose moves are made,
    before: RunState,
    /// its ThreadRuns by their numbers as parts,
    loaded: Vec<PartNumber>,
    /// and their prints.
    prints: Vec<Print>,
    /// The state after a move,
    after: RunState,
    /// the prints of its ThreadRuns,
    after_prints: Vec<Print>,
    /// and what is left of the budgets then.
    left: Vec<Budget>,
}

/// ThreadRuns that were met before, with their prints. They are copies: counting who holds a ThreadRun takes long if
/// several threads of the machine do it at a time.
#[derive(Debug, Default)]
struct Copies {
    age: usize,
    threads: Vec<Option<(Arc<ThreadRun>, Print)>>,
}

impl Mover {
    pub(crate) fn new(program: &Program) -> Mover {
        Mover {
            reach: Reach::default(),
            rules: None,
            names: Names::of(program),
            moves: Vec::new(),
            idle: Vec::new(),
            woken: Woken::default(),
            read: Read::default(),
            by: Vec::new(),
            canonical: Canonical::default(),
            bytes: Bytes::default(),
            copies: Copies::default(),
            before: RunState::default(),
            loaded: Vec::new(),
            prints: Vec::new(),
            after: RunState::default(),
            after_prints: Vec::new(),
            left: Vec::new(),
        }
    }

    /// The state with which an exploration begins.
    pub(crate) fn start(
        &mut self,
        parts: &Parts,
        state: &RunState,
        left: &[Budget],
        into: &mut Expansions,
    ) {
        self.before = RunState::default();
        self.loaded.clear();
        self.prints.clear();
        self.after.clone_from(state);
        self.left.clear();
        self.left.extend_from_slice(left);
        let fingerprint = self.fingerprint() ^ budgets::fingerprint(left);
        self.find(parts, fingerprint, true, 0, into);
    }

    /// Makes all moves of a state.
    pub(crate) fn expand(&mut self, known: Known<'_>, waiting: Waiting<'_>, into: &mut Expansions) {
        let Known { program, choices, .. } = known;
        self.load(known.parts, waiting);
        let (left, _) = known.budgets.get(waiting.left);
        let mut moves = std::mem::take(&mut self.moves);
        moves_with(&mut self.names, program, choices, &self.before, left, &mut moves);
        let mut expanded = Expanded::default();
        let begin = (into.successors.len(), into.met.len());
        self.read.clear();
        self.by.clear();
        let mut idle = std::mem::take(&mut self.idle);
        idle.clear();
        let late = |chosen| known.late.idle(program, &self.before, chosen);
        idle.extend(moves.iter().zip(0..).filter_map(|(m, by)| Some((late(m)?, by))));
        let mut rest = idle.iter().peekable();
        for (chosen, by) in moves.iter().zip(0_u16..) {
            if rest.next_if(|(_, idle)| *idle == by).is_none() {
                let hear = !idle.is_empty();
                self.make(known, waiting, (chosen, by), hear, &mut expanded, into);
            }
        }
        for &(def, by) in &idle {
            if self.read.contains(def)
                && let Some(chosen) = moves.get(usize::from(by))
            {
                self.make(known, waiting, (chosen, by), false, &mut expanded, into);
            }
        }
        if !idle.is_empty() {
            self.put_in_order(&mut into.successors[begin.0..], &mut into.met[begin.1..]);
        }
        self.moves = moves;
        self.idle = idle;
        let before = &self.before;
        expanded.is_stuck = !expanded.moved
            && !built_in::is_over(before)
            && known.late.is_stuck(program, choices, before);
        if expanded.is_stuck {
            let (left, _) = known.budgets.get(waiting.left);
            let memory = left.get(choices.memory_begins()..).unwrap_or_default();
            into.met.extend(choices.own.owed(memory));
        }
        expanded.successors = into.successors.len();
        expanded.met = into.met.len();
        into.states.push(expanded);
    }

    /// Makes one move; if somebody hears, it is noted which events must be tried before it.
    fn make(
        &mut self,
        known: Known<'_>,
        waiting: Waiting<'_>,
        (chosen, by): (&Move, u16),
        hear: bool,
        expanded: &mut Expanded,
        into: &mut Expansions,
    ) {
        let Known { program, choices, .. } = known;
        let (before, after) = (&self.before, &mut self.after);
        after.clone_from(before);
        let made = if hear {
            self.woken.clear();
            make_in(program, before, after, chosen, &mut self.woken)
        } else if let Some(rules) = &mut self.rules {
            make_in(program, before, after, chosen, rules)
        } else {
            make_in(program, before, after, chosen, &mut Unobserved)
        };
        match made {
            Made::Done if hear => {
                self.woken.reads(program, before, after, chosen, &mut self.read);
            }
            Made::Done => {}
            Made::Lost | Made::Refused => {
                self.read.all = true;
                if made == Made::Lost {
                    let first = expanded.loses.map_or(by, |first| first.min(by));
                    expanded.loses = Some(first);
                }
                return;
            }
        }
        expanded.moved = expanded.moved || built_in::has_moved(before, after);
        self.reach.note(before, after);
        let (left, left_fingerprint) = known.budgets.get(waiting.left);
        self.left.clear();
        self.left.extend_from_slice(left);
        if let Some(budget) = chosen.spends.and_then(|budget| self.left.get_mut(budget)) {
            *budget = budget.saturating_sub(1);
        }
        let memory = self.left.get_mut(choices.memory_begins()..).unwrap_or_default();
        choices.own.note(before, after, memory, by, &mut into.met);
        let differs = self.left != left;
        let left_fingerprint =
            if differs { budgets::fingerprint(&self.left) } else { left_fingerprint };
        let fingerprint = self.fingerprint() ^ left_fingerprint;
        let seen = known.seen.find(fingerprint).map(Successor::Known);
        let successor = seen
            .or_else(|| into.place(fingerprint))
            .unwrap_or_else(|| self.find(known.parts, fingerprint, differs, by, into));
        into.successors.push(successor);
        self.by.push(by);
    }

    /// Puts what came of the moves in the order of the moves, in which states are numbered.
    fn put_in_order(&mut self, successors: &mut [Successor], met: &mut [Met]) {
        met.sort_by_key(|met| met.by);
        let mut order: Vec<(u16, Successor)> =
            self.by.iter().copied().zip(successors.iter().copied()).collect();
        order.sort_by_key(|(by, _)| *by);
        for (successor, (_, ordered)) in successors.iter_mut().zip(order) {
            *successor = ordered;
        }
    }

    /// Makes a state of its parts.
    fn load(&mut self, parts: &Parts, waiting: Waiting<'_>) {
        if self.copies.age != parts.age {
            self.copies = Copies { age: parts.age, threads: Vec::new() };
            self.loaded.clear();
        }
        if let Some(rest) = parts.rests.get(waiting.rest) {
            let threads = std::mem::take(&mut self.before.threads);
            self.before.clone_from(rest);
            self.before.threads = threads;
        }
        let count = waiting.threads.len();
        self.before.threads.truncate(count);
        self.loaded.truncate(count.min(self.before.threads.len()));
        self.before.threads.truncate(self.loaded.len());
        self.prints.truncate(self.loaded.len());
        for (index, &part) in waiting.threads.iter().enumerate() {
            if self.loaded.get(index) == Some(&part) {
                continue;
            }
            let Some((thread, print)) = self.copies.get(parts, part, index, &mut self.canonical)
            else {
                continue;
            };
            if index < self.loaded.len() {
                self.loaded[index] = part;
                self.prints[index] = *print;
                self.before.threads[index] = Arc::clone(thread);
            } else {
                self.loaded.push(part);
                self.prints.push(*print);
                self.before.threads.push(Arc::clone(thread));
            }
        }
    }

    /// The fingerprint of the state after a move, without what is left of the budgets.
    fn fingerprint(&mut self) -> Fingerprint {
        self.after_prints.clear();
        for (index, thread) in self.after.threads.iter().enumerate() {
            let same = self.before.threads.get(index).is_some_and(|old| Arc::ptr_eq(old, thread));
            let known = if same { self.prints.get(index).copied() } else { None };
            let print =
                known.unwrap_or_else(|| self.canonical.print(index as ThreadNumber, thread));
            self.after_prints.push(print);
        }
        self.canonical.whole(&self.after, &self.after_prints)
    }

    /// Notes the state after a move, in its parts. Whether what is left of the budgets differs from before is said.
    fn find(
        &mut self,
        parts: &Parts,
        fingerprint: Fingerprint,
        differs: bool,
        by: u16,
        into: &mut Expansions,
    ) -> Successor {
        let after = &mut self.after;
        let (is_over, fails) = (built_in::is_over(after), Fails::of(after));
        let halting = into.halting.len() as u32;
        let live = after.live.iter().copied();
        into.halting.extend(live.filter(|&number| built_in::is_halting(after, number)));
        let threads = into.threads.len() as u32;
        for (index, thread) in after.threads.iter().enumerate() {
            let same = self.before.threads.get(index).is_some_and(|old| Arc::ptr_eq(old, thread));
            let part = if let (true, Some(&kept)) = (same, self.loaded.get(index)) {
                Part::Kept(kept)
            } else {
                let key = keys::of_thread(thread, self.after_prints[index], &mut self.bytes);
                key.and_then(|key| parts.threads.find(key)).map_or_else(
                    || {
                        let part = Arc::new(keys::kept(thread));
                        into.new_threads.push(New { key, part });
                        Part::New(into.new_threads.len() as u32 - 1)
                    },
                    Part::Kept,
                )
            };
            into.threads.push(part);
        }
        let own = std::mem::take(&mut after.threads);
        let key = keys::of_rest(after, &mut self.bytes);
        let rest = parts.rests.find(key).map_or_else(
            || {
                into.new_rests.push(New { key: Some(key), part: Arc::new(after.clone()) });
                Part::New(into.new_rests.len() as u32 - 1)
            },
            Part::Kept,
        );
        after.threads = own;
        let left = differs.then(|| {
            let begin = into.left.len() as u32;
            into.left.extend_from_slice(&self.left);
            begin..into.left.len() as u32
        });
        into.found.push(Found {
            fingerprint,
            rest,
            threads: threads..into.threads.len() as u32,
            halting: halting..into.halting.len() as u32,
            left,
            by,
            is_over,
            fails,
        });
        let place = into.found.len() as u32 - 1;
        if let Some(places) = &mut into.places {
            places.insert(fingerprint, place);
        }
        Successor::Found(place)
    }
}

impl Copies {
    fn get(
        &mut self,
        parts: &Parts,
        part: PartNumber,
        index: usize,
        canonical: &mut Canonical,
    ) -> Option<&(Arc<ThreadRun>, Print)> {
        let at = part as usize;
        if self.threads.len() <= at {
            self.threads.resize(at + 1, None);
        }
        if self.threads[at].is_none() {
            let thread = parts.threads.get(part)?;
            let print = canonical.print(index as ThreadNumber, thread);
            let mut copy = ThreadRun::clone(thread);
            copy.node_runs = copy.node_runs.iter().cloned().collect();
            self.threads[at] = Some((Arc::new(copy), print));
        }
        self.threads[at].as_ref()
    }
}
