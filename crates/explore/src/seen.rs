//! The states that were reached, hash-compacted: a fingerprint of each, the way it was reached, and a table to find it.

use crate::canonical::Fingerprint;

/// Number of a state, in the order in which the states were reached.
pub(crate) type StateNumber = u32;

const FREE: StateNumber = StateNumber::MAX;

/// The most states that can be told apart.
pub(crate) const MOST: usize = StateNumber::MAX as usize - 1;

/// How a state was reached first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reached {
    /// From which state.
    pub(crate) from: StateNumber,
    /// By which of its moves.
    pub(crate) by: u16,
}

/// The states that were reached.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    fingerprints: Vec<Fingerprint>,
    from: Vec<StateNumber>,
    by: Vec<u16>,
    /// Open addressing, at most two thirds full; the length is a power of two.
    table: Vec<StateNumber>,
}

impl Seen {
    pub(crate) fn len(&self) -> usize {
        self.fingerprints.len()
    }

    /// The number of a new state.
    pub(crate) fn insert(&mut self, fingerprint: Fingerprint, reached: Reached) -> StateNumber {
        if 3 * (self.len() + 1) > 2 * self.table.len() {
            self.grow();
        }
        let slot = self.slot(fingerprint);
        let number = self.len() as StateNumber;
        self.table[slot] = number;
        self.fingerprints.push(fingerprint);
        self.from.push(reached.from);
        self.by.push(reached.by);
        number
    }

    /// The number of the state with this fingerprint, if it was reached.
    pub(crate) fn find(&self, fingerprint: Fingerprint) -> Option<StateNumber> {
        if self.table.is_empty() {
            return None;
        }
        let number = self.table[self.slot(fingerprint)];
        (number != FREE).then_some(number)
    }

    /// How a state was reached first; `None` for the first of all.
    pub(crate) fn reached(&self, state: StateNumber) -> Option<Reached> {
        let index = state as usize;
        (index > 0 && index < self.len())
            .then(|| Reached { from: self.from[index], by: self.by[index] })
    }

    /// Bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Fingerprint>() * self.fingerprints.capacity()
            + size_of::<StateNumber>() * (self.from.capacity() + self.table.capacity())
            + size_of::<u16>() * self.by.capacity()
    }

    /// Bytes that so many more states take at once, beside those that they take one by one: the table doubles.
    pub(crate) fn growth(&self, more: usize) -> usize {
        if 3 * (self.len() + more) > 2 * self.table.len() {
            2 * size_of::<StateNumber>() * self.table.len()
        } else {
            0
        }
    }

    /// The slot of a fingerprint, or the free one where it belongs.
    fn slot(&self, fingerprint: Fingerprint) -> usize {
        let last = self.table.len() - 1;
        let mut slot = fingerprint as usize & last;
        while self.table[slot] != FREE
            && self.fingerprints[self.table[slot] as usize] != fingerprint
        {
            slot = (slot + 1) & last;
        }
        slot
    }

    fn grow(&mut self) {
        self.table = vec![FREE; (2 * self.table.len()).max(64)];
        for number in 0..self.len() {
            let slot = self.slot(self.fingerprints[number]);
            self.table[slot] = number as StateNumber;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Reached, Seen};

    #[test]
    fn each_fingerprint_has_one_number() {
        let mut seen = Seen::default();
        // Fingerprints that all want the same slot, and some that do not.
        let fingerprints: Vec<u128> =
            (0..500).map(|n| if n % 2 == 0 { n << 64 } else { n }).collect();
        let reached = |n: usize| Reached { from: n as u32 / 2, by: n as u16 % 7 };
        for (number, &fingerprint) in fingerprints.iter().enumerate() {
            assert_eq!(seen.find(fingerprint), None);
            assert_eq!(seen.insert(fingerprint, reached(number)), number as u32);
        }
        for (number, &fingerprint) in fingerprints.iter().enumerate() {
            assert_eq!(seen.find(fingerprint), Some(number as u32));
            let first = (number > 0).then(|| reached(number));
            assert_eq!(seen.reached(number as u32), first);
        }
        assert_eq!((seen.len(), seen.reached(500)), (500, None));
        assert_eq!((seen.find(7 << 100), Seen::default().find(7)), (None, None));
    }
}
