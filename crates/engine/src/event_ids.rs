//! Which ids of events were there already, found without reading all events.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Slots that are copied together when one of them changes in one of several copies of the table.
const CHUNK: usize = 64;

/// Chunks that are held together: a copy of the table shares the groups that have not changed since.
const GROUP: usize = 32;

/// A slot without a key.
const FREE: u64 = 0;

/// Hashes of the defs and ids of the events so far: a table with open addressing, at most half full. Copies share the
/// chunks that have not changed since.
#[derive(Debug, Default)]
pub struct EventIds {
    /// All but the only one have [`GROUP`] chunks; chunks are a power of two, or none.
    groups: Vec<Arc<Vec<Chunk>>>,
    len: usize,
}

type Chunk = Arc<[u64; CHUNK]>;

impl Clone for EventIds {
    fn clone(&self) -> Self {
        EventIds { groups: self.groups.clone(), len: self.len }
    }

    fn clone_from(&mut self, source: &Self) {
        if self.groups.len() == source.groups.len() {
            for (group, other) in self.groups.iter_mut().zip(&source.groups) {
                if !Arc::ptr_eq(group, other) {
                    *group = Arc::clone(other);
                }
            }
        } else {
            self.groups.clone_from(&source.groups);
        }
        self.len = source.len;
    }
}

impl EventIds {
    /// Whether there may be an event with this key: if not, there is none.
    pub(crate) fn may_contain(&self, key: u64) -> bool {
        !self.groups.is_empty() && self.slot(self.find(key)) != FREE
    }

    /// Adds the key of an event.
    pub(crate) fn insert(&mut self, key: u64) {
        if 2 * self.len >= CHUNK * self.chunks() {
            let twice = (2 * self.chunks()).max(1);
            // All of them are one to begin with: each becomes its own when a key comes.
            let free: Chunk = Arc::new([FREE; CHUNK]);
            let group = Arc::new(vec![free; twice.min(GROUP)]);
            let groups = vec![group; twice.div_ceil(GROUP)];
            let old = std::mem::replace(&mut self.groups, groups);
            let chunks = old.iter().flat_map(|group| group.iter());
            for &key in chunks.flat_map(|chunk| chunk.iter()).filter(|&&k| k != FREE) {
                self.put(key);
            }
        }
        self.len += 1;
        self.put(key);
    }

    fn put(&mut self, key: u64) {
        let at = self.find(key);
        let group = Arc::make_mut(&mut self.groups[at / CHUNK / GROUP]);
        Arc::make_mut(&mut group[at / CHUNK % GROUP])[at % CHUNK] = key;
    }

    fn chunks(&self) -> usize {
        // Groups are alike.
        self.groups.len() * self.groups.first().map_or(0, |group| group.len())
    }

    fn slot(&self, at: usize) -> u64 {
        self.groups[at / CHUNK / GROUP][at / CHUNK % GROUP][at % CHUNK]
    }

    /// The slot that holds the key, or the free one where it belongs.
    fn find(&self, key: u64) -> usize {
        let last = CHUNK * self.chunks() - 1;
        let mut at = key as usize & last;
        while self.slot(at) != FREE && self.slot(at) != key {
            at = (at + 1) & last;
        }
        at
    }
}

/// The table follows from the events, which are compared themselves.
impl PartialEq for EventIds {
    fn eq(&self, _: &EventIds) -> bool {
        true
    }
}

impl Eq for EventIds {}

impl Hash for EventIds {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// A hash of an event's def and id (FNV-1a, mixed once more: ids are often short); never that of a free slot.
pub(crate) fn key(def: u16, guid: &str) -> u64 {
    let mix = |hash: u64, part: u64| (hash ^ part).wrapping_mul(0x0000_0100_0000_01B3);
    let start = mix(0xCBF2_9CE4_8422_2325, u64::from(def));
    let hash = guid.bytes().map(u64::from).fold(start, mix);
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 32)).max(FREE + 1)
}

#[cfg(test)]
mod tests {
    use super::{EventIds, key};
    use std::collections::HashSet;

    #[test]
    fn keys_are_found_again_and_copies_stay_what_they_were() {
        let keys: Vec<u64> = (0..1_000).map(|n: u16| key(n % 3, &n.to_string())).collect();
        let mut ids = EventIds::default();
        let mut copies = Vec::new();
        for &key in &keys {
            assert!(!ids.may_contain(key));
            copies.push(ids.clone());
            ids.insert(key);
        }
        assert!(keys.iter().all(|&key| ids.may_contain(key)));
        for (number, copy) in copies.iter().enumerate() {
            assert!(keys[number..].iter().all(|&key| !copy.may_contain(key)));
        }
    }

    #[test]
    fn numbers_of_several_defs_have_keys_of_their_own() {
        let keys = (0..4).flat_map(|def| (0..10_000).map(move |n: u32| key(def, &n.to_string())));
        assert_eq!(keys.collect::<HashSet<_>>().len(), 40_000);
    }
}
