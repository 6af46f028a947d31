//! The states that were reached, hash-compacted: a fingerprint of each, the way it was reached, and a table to find it.

use crate::canonical::Fingerprint;
use crate::chunks::Chunks;

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

/// Tables of which each has some of the fingerprints: they grow one after the other, not all at once.
const TABLES: usize = 64;

/// The states that were reached.
#[derive(Debug)]
pub(crate) struct Seen {
    fingerprints: Chunks<Fingerprint>,
    from: Chunks<StateNumber>,
    by: Chunks<u16>,
    tables: Vec<Table>,
}

/// Open addressing, at most three quarters full; the length is a power of two.
#[derive(Debug, Default, Clone)]
struct Table {
    slots: Vec<StateNumber>,
    used: usize,
}

impl Default for Seen {
    fn default() -> Self {
        Seen {
            fingerprints: Chunks::default(),
            from: Chunks::default(),
            by: Chunks::default(),
            tables: vec![Table::default(); TABLES],
        }
    }
}

impl Seen {
    pub(crate) fn len(&self) -> usize {
        self.fingerprints.len()
    }

    /// The number of a new state.
    pub(crate) fn insert(&mut self, fingerprint: Fingerprint, reached: Reached) -> StateNumber {
        let number = self.len() as StateNumber;
        self.fingerprints.push(fingerprint);
        self.from.push(reached.from);
        self.by.push(reached.by);
        let table = &mut self.tables[table_of(fingerprint)];
        if table.is_full() {
            table.grow(&self.fingerprints);
        }
        let slot = table.slot(&self.fingerprints, fingerprint);
        table.slots[slot] = number;
        table.used += 1;
        number
    }

    /// The number of the state with this fingerprint, if it was reached.
    pub(crate) fn find(&self, fingerprint: Fingerprint) -> Option<StateNumber> {
        let table = &self.tables[table_of(fingerprint)];
        if table.slots.is_empty() {
            return None;
        }
        let number = table.slots[table.slot(&self.fingerprints, fingerprint)];
        (number != FREE).then_some(number)
    }

    /// How a state was reached first; `None` for the first of all.
    pub(crate) fn reached(&self, state: StateNumber) -> Option<Reached> {
        let index = state as usize;
        if index == 0 {
            return None;
        }
        Some(Reached { from: self.from.get(index)?, by: self.by.get(index)? })
    }

    /// Bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        let slots: usize = self.tables.iter().map(|table| table.slots.capacity()).sum();
        self.fingerprints.bytes()
            + self.from.bytes()
            + self.by.bytes()
            + size_of::<StateNumber>() * slots
    }

    /// Bytes that so many more states take at once, beside those that they take one by one: the tables double.
    pub(crate) fn growth(&self, more: usize) -> usize {
        let slots: usize = self.tables.iter().map(|table| table.slots.len()).sum();
        if 4 * (self.len() + more) > 3 * slots { size_of::<StateNumber>() * slots } else { 0 }
    }
}

/// By other bits than those that choose the slot.
fn table_of(fingerprint: Fingerprint) -> usize {
    (fingerprint >> 64) as usize % TABLES
}

impl Table {
    fn is_full(&self) -> bool {
        4 * (self.used + 1) > 3 * self.slots.len()
    }

    /// The slot of a fingerprint, or the free one where it belongs.
    fn slot(&self, fingerprints: &Chunks<Fingerprint>, fingerprint: Fingerprint) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = fingerprint as usize & last;
        while self.slots[slot] != FREE
            && fingerprints.get(self.slots[slot] as usize) != Some(fingerprint)
        {
            slot = (slot + 1) & last;
        }
        slot
    }

    fn grow(&mut self, fingerprints: &Chunks<Fingerprint>) {
        let twice = (2 * self.slots.len()).max(16);
        let old = std::mem::replace(&mut self.slots, vec![FREE; twice]);
        for number in old.into_iter().filter(|number| *number != FREE) {
            if let Some(fingerprint) = fingerprints.get(number as usize) {
                let slot = self.slot(fingerprints, fingerprint);
                self.slots[slot] = number;
            }
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
