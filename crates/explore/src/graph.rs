//! Which states lead to which: what can still be reached from where.

use crate::chunks::Chunks;
use crate::seen::StateNumber;

/// Successors that lie together; those of one state are never apart.
const CHUNK: usize = 1 << 16;

/// Successors of the states, in the order in which the states were expanded.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    /// Where the successors of each expanded state end, in all chunks one behind the other.
    ends: Chunks<u32>,
    successors: Vec<Vec<StateNumber>>,
    /// Those of the state that is being expanded.
    latest: Vec<StateNumber>,
}

impl Graph {
    /// A move of the state that is being expanded.
    pub(crate) fn leads_to(&mut self, state: StateNumber) {
        if !self.latest.contains(&state) {
            self.latest.push(state);
        }
    }

    /// The state that is being expanded has no more moves.
    pub(crate) fn expanded(&mut self) {
        self.latest.truncate(CHUNK);
        let fits =
            self.successors.last().is_some_and(|last| last.len() + self.latest.len() <= CHUNK);
        if !fits {
            // The first chunk grows: most explorations are small.
            let room = if self.successors.is_empty() { 0 } else { CHUNK };
            self.successors.push(Vec::with_capacity(room));
        }
        let before = self.successors.len().saturating_sub(1);
        if let Some(last) = self.successors.last_mut() {
            last.append(&mut self.latest);
            self.ends.push((before * CHUNK + last.len()) as u32);
        }
    }

    /// Whether there may be no room for the moves of one more state.
    pub(crate) fn is_full(&self) -> bool {
        self.successors.len() * CHUNK >= u32::MAX as usize - CHUNK
    }

    /// The successors of a state; `None` if it was not expanded.
    pub(crate) fn successors(&self, state: StateNumber) -> Option<&[StateNumber]> {
        let state = state as usize;
        let end = self.ends.get(state)? as usize;
        let before = state.checked_sub(1).and_then(|before| self.ends.get(before));
        let begin = before.unwrap_or(0) as usize;
        if begin == end {
            return Some(&[]);
        }
        let chunk = (end - 1) / CHUNK;
        let begin = begin.max(chunk * CHUNK);
        self.successors.get(chunk)?.get(begin - chunk * CHUNK..end - chunk * CHUNK)
    }

    /// Adds to a set every state from which a state of the set can be reached.
    pub(crate) fn close(&self, set: &mut StateSet) {
        loop {
            let mut grown = false;
            // Most moves lead to a higher number: going down, one round does nearly all.
            for state in (0..self.ends.len() as StateNumber).rev() {
                if set.contains(state) {
                    continue;
                }
                let successors = self.successors(state).unwrap_or_default();
                if successors.iter().any(|&next| set.contains(next)) {
                    set.insert(state);
                    grown = true;
                }
            }
            if !grown {
                return;
            }
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        let successors: usize = self.successors.iter().map(Vec::capacity).sum();
        self.ends.bytes() + size_of::<StateNumber>() * successors
    }
}

/// A set of states, a bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct StateSet(Vec<u64>);

impl StateSet {
    pub(crate) fn contains(&self, state: StateNumber) -> bool {
        let word = self.0.get(state as usize / 64);
        word.is_some_and(|word| word & (1 << (state % 64)) != 0)
    }

    pub(crate) fn insert(&mut self, state: StateNumber) {
        let word = state as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (state % 64);
    }

    /// Takes out all that are in another set.
    pub(crate) fn remove(&mut self, others: &StateSet) {
        for (word, others) in self.0.iter_mut().zip(&others.0) {
            *word &= !others;
        }
    }

    /// The states below a number.
    pub(crate) fn below(number: StateNumber) -> StateSet {
        let mut set = StateSet(vec![u64::MAX; number as usize / 64]);
        for state in number / 64 * 64..number {
            set.insert(state);
        }
        set
    }

    pub(crate) fn bytes(&self) -> usize {
        size_of::<u64>() * self.0.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::{Graph, StateSet};

    #[test]
    fn closing_goes_against_the_moves() {
        // 0 → 1 → 2 → 1, 0 → 3, 2 → 4, and 5 → 4, but 4 was not expanded.
        let mut graph = Graph::default();
        for successors in [&[1, 3, 1][..], &[2], &[1, 4], &[]] {
            for &next in successors {
                graph.leads_to(next);
            }
            graph.expanded();
        }
        assert_eq!(graph.successors(0), Some(&[1, 3][..]));
        assert_eq!(graph.successors(4), None);
        let mut set = StateSet::default();
        set.insert(4);
        graph.close(&mut set);
        let found: Vec<u32> = (0..70).filter(|&s| set.contains(s)).collect();
        assert_eq!(found, [0, 1, 2, 4]);
    }

    #[test]
    fn sets_hold_what_they_were_given() {
        let mut set = StateSet::below(131);
        set.insert(500);
        let mut others = StateSet::default();
        others.insert(64);
        others.insert(9_999);
        set.remove(&others);
        let found: Vec<u32> = (0..600).filter(|&s| set.contains(s)).collect();
        let expected: Vec<u32> = (0..131).filter(|&s| s != 64).chain([500]).collect();
        assert_eq!(found, expected);
    }
}
