//! The states whose moves are still to be made, nearest first: of each only numbers.

use std::collections::VecDeque;

use crate::budgets::LeftNumber;
use crate::parts::PartNumber;

/// Numbers that are held together.
const BLOCK: usize = 1 << 14;

/// Numbers before those of the ThreadRuns: how many there are of these, the depth, the budgets, the rest.
const HEAD: usize = 4;

/// A state whose moves are still to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Waiting<'a> {
    pub(crate) depth: u32,
    pub(crate) left: LeftNumber,
    pub(crate) rest: PartNumber,
    pub(crate) threads: &'a [PartNumber],
}

impl<'a> Waiting<'a> {
    /// The state that stands first, and what stands behind it.
    fn first(numbers: &'a [u32]) -> Option<(Waiting<'a>, &'a [u32])> {
        let (&[threads, depth, left, rest], behind) = numbers.split_first_chunk::<HEAD>()?;
        let (threads, behind) = behind.split_at_checked(threads as usize)?;
        Some((Waiting { depth, left, rest, threads }, behind))
    }
}

/// States that are taken out together.
#[derive(Debug, Default)]
pub(crate) struct Batch(Vec<u32>);

impl Batch {
    pub(crate) fn iter(&self) -> impl Iterator<Item = Waiting<'_>> {
        let mut numbers = &self.0[..];
        std::iter::from_fn(move || {
            let (waiting, behind) = Waiting::first(numbers)?;
            numbers = behind;
            Some(waiting)
        })
    }
}

/// A queue of states.
#[derive(Debug, Default)]
pub(crate) struct Frontier {
    /// None is empty; no state lies in two.
    blocks: VecDeque<Vec<u32>>,
    /// Where the first state begins in the first block.
    begin: usize,
    len: usize,
}

impl Frontier {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn push(&mut self, waiting: Waiting<'_>) {
        let numbers = HEAD + waiting.threads.len();
        let fits = self.blocks.back().is_some_and(|block| block.len() + numbers <= BLOCK);
        if !fits {
            // The first block grows: most explorations are small.
            let room = if self.blocks.is_empty() { 0 } else { BLOCK };
            self.blocks.push_back(Vec::with_capacity(room));
        }
        if let Some(block) = self.blocks.back_mut() {
            let threads = waiting.threads.len() as u32;
            block.extend([threads, waiting.depth, waiting.left, waiting.rest]);
            block.extend(waiting.threads);
            self.len += 1;
        }
    }

    /// Takes out the first so many states.
    pub(crate) fn take(&mut self, most: usize, batch: &mut Batch) {
        batch.0.clear();
        for _ in 0..most.min(self.len) {
            let Some(block) = self.blocks.front() else {
                return;
            };
            let numbers = block.get(self.begin..).unwrap_or_default();
            let length = numbers.first().map_or(0, |threads| HEAD + *threads as usize);
            batch.0.extend(numbers.iter().take(length));
            self.begin += length;
            self.len -= 1;
            if self.begin >= block.len() {
                self.blocks.pop_front();
                self.begin = 0;
            }
        }
    }

    /// Goes through the parts of all states: the rest of each, and its ThreadRuns.
    pub(crate) fn each(&mut self, mut change: impl FnMut(&mut PartNumber, &mut [PartNumber])) {
        for (index, block) in self.blocks.iter_mut().enumerate() {
            let begin = if index == 0 { self.begin } else { 0 };
            let mut numbers = block.get_mut(begin..).unwrap_or_default();
            while let Some((head, behind)) = numbers.split_first_chunk_mut::<HEAD>() {
                let Some((threads, behind)) = behind.split_at_mut_checked(head[0] as usize) else {
                    break;
                };
                change(&mut head[3], threads);
                numbers = behind;
            }
        }
    }

    /// Bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<u32>() * self.blocks.iter().map(Vec::capacity).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::{Batch, Frontier, Waiting};

    #[test]
    fn states_come_out_in_the_order_in_which_they_went_in() {
        let parts: Vec<u32> = (0..50).collect();
        let state = |number: u32| {
            let threads = &parts[..number as usize % 50];
            Waiting { depth: number, left: 7, rest: number + 1, threads }
        };
        let mut frontier = Frontier::default();
        let mut batch = Batch::default();
        let (mut into, mut out) = (0, 0);
        for round in 0..200 {
            for _ in 0..100 {
                frontier.push(state(into));
                into += 1;
            }
            frontier.take(if round % 3 == 0 { 250 } else { 30 }, &mut batch);
            for waiting in batch.iter() {
                assert_eq!(waiting, state(out));
                out += 1;
            }
            assert_eq!(frontier.len(), (into - out) as usize);
        }
        let mut next = out;
        frontier.each(|rest, threads| {
            next += 1;
            assert_eq!((*rest, threads.len()), (next, (next as usize - 1) % 50));
        });
        assert_eq!(next, into);
    }
}
