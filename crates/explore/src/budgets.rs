//! What is left of the budgets.

use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use crate::canonical::Fingerprint;
use crate::choices::Budget;

/// What is left of the budgets: few different lists, many states.
#[derive(Debug, Default)]
pub(crate) struct Budgets {
    known: Vec<(Arc<[Budget]>, Fingerprint)>,
    numbers: HashMap<Arc<[Budget]>, u32>,
}

impl Budgets {
    pub(crate) fn number(&mut self, left: &[Budget]) -> u32 {
        if let Some(&number) = self.numbers.get(left) {
            return number;
        }
        let number = self.known.len() as u32;
        let left: Arc<[Budget]> = left.into();
        self.known.push((Arc::clone(&left), xxh3_128(&left)));
        self.numbers.insert(left, number);
        number
    }

    pub(crate) fn left(&self, number: u32) -> Arc<[Budget]> {
        let known = self.known.get(number as usize);
        known.map_or_else(|| Arc::from([]), |(left, _)| Arc::clone(left))
    }

    /// The fingerprints of all lists.
    pub(crate) fn fingerprints(&self) -> impl Iterator<Item = Fingerprint> {
        self.known.iter().map(|known| known.1)
    }

    pub(crate) fn fingerprint(&self, number: u32) -> Fingerprint {
        self.known.get(number as usize).map_or(0, |known| known.1)
    }
}
