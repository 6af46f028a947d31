//! A hasher for a few small numbers that nobody chooses to do harm: it multiplies and turns.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// Odd, and its bits look random: the golden ratio.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hasher.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Quick(u64);

impl Quick {
    fn add(&mut self, part: u64) {
        self.0 = (self.0.rotate_left(5) ^ part).wrapping_mul(FACTOR);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.add(u64::from(byte));
        }
    }

    fn write_u8(&mut self, part: u8) {
        self.add(u64::from(part));
    }

    fn write_u16(&mut self, part: u16) {
        self.add(u64::from(part));
    }

    fn write_u32(&mut self, part: u32) {
        self.add(u64::from(part));
    }

    fn write_u64(&mut self, part: u64) {
        self.add(part);
    }

    fn write_u128(&mut self, part: u128) {
        self.add(part as u64);
    }

    fn write_usize(&mut self, part: usize) {
        self.add(part as u64);
    }

    fn finish(&self) -> u64 {
        // The lower bits of a product know only the lower bits of its factors.
        self.0 ^ (self.0 >> 32)
    }
}

/// A set of such numbers.
pub(crate) type QuickSet<T> = HashSet<T, BuildHasherDefault<Quick>>;
