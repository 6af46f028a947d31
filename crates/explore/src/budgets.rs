//! What is left of the budgets: few different lists, many states.

use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use crate::canonical::Fingerprint;
use crate::choices::Budget;

/// Number of a list.
pub(crate) type LeftNumber = u32;

/// The lists that there were, with their fingerprints.
#[derive(Debug, Default)]
pub(crate) struct Budgets {
    lists: Vec<(Arc<[Budget]>, Fingerprint)>,
    numbers: HashMap<Arc<[Budget]>, LeftNumber>,
}

impl Budgets {
    /// The number of a list: the same for all states that have it.
    pub(crate) fn number(&mut self, left: &[Budget]) -> LeftNumber {
        if let Some(known) = self.numbers.get(left) {
            return *known;
        }
        let shared: Arc<[Budget]> = left.into();
        let number = self.lists.len() as LeftNumber;
        self.lists.push((Arc::clone(&shared), fingerprint(left)));
        self.numbers.insert(shared, number);
        number
    }

    /// A list, and its fingerprint.
    pub(crate) fn get(&self, number: LeftNumber) -> (&[Budget], Fingerprint) {
        let list = self.lists.get(number as usize);
        list.map_or((&[], fingerprint(&[])), |(left, fingerprint)| (left, *fingerprint))
    }

    /// The fingerprints of all lists.
    pub(crate) fn fingerprints(&self) -> impl Iterator<Item = Fingerprint> {
        self.lists.iter().map(|(_, fingerprint)| *fingerprint)
    }
}

/// The fingerprint of a list.
pub(crate) fn fingerprint(left: &[Budget]) -> Fingerprint {
    xxh3_128(left)
}
