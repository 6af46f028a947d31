//! What is left of the budgets: few different lists, many states.

use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use crate::canonical::Fingerprint;
use crate::choices::Budget;

/// The lists that there were, with their fingerprints.
#[derive(Debug, Default)]
pub(crate) struct Budgets {
    known: HashMap<Arc<[Budget]>, Fingerprint>,
}

impl Budgets {
    /// The same list for all states that have it.
    pub(crate) fn shared(&mut self, left: &[Budget]) -> Arc<[Budget]> {
        if let Some((known, _)) = self.known.get_key_value(left) {
            return Arc::clone(known);
        }
        let shared: Arc<[Budget]> = left.into();
        self.known.insert(Arc::clone(&shared), xxh3_128(left));
        shared
    }

    /// The fingerprints of all lists.
    pub(crate) fn fingerprints(&self) -> impl Iterator<Item = Fingerprint> {
        self.known.values().copied()
    }
}
