//! What states are made of, each part kept once: a state that waits is a short list of numbers.

use std::sync::Arc;

use halter_engine::RunState;
use halter_engine::state::ThreadRun;

use crate::canonical::Fingerprint;
use crate::frontier::Frontier;

/// Number of a part among those of its kind.
pub(crate) type PartNumber = u32;

/// Parts that are the same have the same, others do not: as with fingerprints, 128 bits are enough for that.
pub(crate) type Key = Fingerprint;

const FREE: PartNumber = PartNumber::MAX;

/// Parts that are kept before anybody asks whether they are still needed.
const KEPT: usize = 1 << 14;

/// About how many bytes a part takes.
const PART_BYTES: usize = 768;

/// Parts of one kind, each kept once and known by a number.
#[derive(Debug)]
pub(crate) struct Interned<T> {
    parts: Vec<(Key, Arc<T>)>,
    /// Open addressing, at most half full; the length is a power of two.
    table: Vec<PartNumber>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Interned { parts: Vec::new(), table: Vec::new() }
    }
}

impl<T> Interned<T> {
    pub(crate) fn get(&self, number: PartNumber) -> Option<&Arc<T>> {
        self.parts.get(number as usize).map(|(_, part)| part)
    }

    /// The number of the part with that key, if it is kept.
    pub(crate) fn find(&self, key: Key) -> Option<PartNumber> {
        if self.table.is_empty() {
            return None;
        }
        let number = self.table[self.slot(key)];
        (number != FREE).then_some(number)
    }

    /// Keeps a part, unless it is kept already. Without a key nobody looks for it again.
    pub(crate) fn keep(&mut self, key: Option<Key>, part: &Arc<T>) -> PartNumber {
        let number = self.parts.len() as PartNumber;
        // Any key that no other part has.
        let key = match key {
            None => Key::from(number),
            Some(key) => {
                if let Some(known) = self.find(key) {
                    return known;
                }
                key
            }
        };
        self.parts.push((key, Arc::clone(part)));
        if 2 * self.parts.len() > self.table.len() {
            self.make_table();
        } else {
            let slot = self.slot(key);
            self.table[slot] = number;
        }
        number
    }

    fn make_table(&mut self) {
        self.table = vec![FREE; (4 * self.parts.len()).next_power_of_two().max(64)];
        for index in 0..self.parts.len() {
            let slot = self.slot(self.parts[index].0);
            self.table[slot] = index as PartNumber;
        }
    }

    /// The slot of a part, or the free one where it belongs.
    fn slot(&self, key: Key) -> usize {
        let last = self.table.len() - 1;
        let mut slot = key as usize & last;
        while self.table[slot] != FREE && self.parts[self.table[slot] as usize].0 != key {
            slot = (slot + 1) & last;
        }
        slot
    }

    /// Keeps only the parts that are used; the new number of each.
    fn sweep(&mut self, used: &[bool]) -> Vec<PartNumber> {
        let mut numbers = Vec::with_capacity(used.len());
        let mut kept = 0;
        for is_used in used {
            numbers.push(kept);
            kept += PartNumber::from(*is_used);
        }
        let mut used = used.iter();
        self.parts.retain(|_| used.next().is_some_and(|is_used| *is_used));
        self.make_table();
        numbers
    }
}

/// All parts of the states that wait: ThreadRuns, and what stands beside them.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) threads: Interned<ThreadRun>,
    /// States without their ThreadRuns.
    pub(crate) rests: Interned<RunState>,
    /// Counts the sweeps: numbers are good only until the next one.
    pub(crate) age: usize,
    /// As soon as there are so many, somebody asks whether they are needed.
    most: usize,
}

impl Default for Parts {
    fn default() -> Self {
        Parts { threads: Interned::default(), rests: Interned::default(), age: 0, most: KEPT }
    }
}

impl Parts {
    fn len(&self) -> usize {
        self.threads.parts.len() + self.rests.parts.len()
    }

    /// Bytes that it holds, as far as they can be estimated.
    pub(crate) fn bytes(&self) -> usize {
        PART_BYTES * self.len()
    }

    /// Whether so many parts are kept that some may not be needed any more.
    pub(crate) fn is_crowded(&self) -> bool {
        self.len() > self.most
    }

    /// Lets go of the parts of which no state that waits is made; changes the numbers of the others.
    pub(crate) fn sweep(&mut self, frontier: &mut Frontier) {
        let mut threads_used = vec![false; self.threads.parts.len()];
        let mut rests_used = vec![false; self.rests.parts.len()];
        frontier.each(|rest, threads| {
            rests_used[*rest as usize] = true;
            for thread in threads {
                threads_used[*thread as usize] = true;
            }
        });
        let new_threads = self.threads.sweep(&threads_used);
        let new_rests = self.rests.sweep(&rests_used);
        frontier.each(|rest, threads| {
            *rest = new_rests[*rest as usize];
            for thread in threads {
                *thread = new_threads[*thread as usize];
            }
        });
        self.age += 1;
        self.most = (2 * self.len()).max(KEPT);
    }
}
