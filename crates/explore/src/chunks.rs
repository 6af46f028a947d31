//! A list that grows by whole chunks: nothing is moved when it grows, and at most one chunk is empty.

/// Elements of a chunk.
const CHUNK: usize = 4_096;

/// A list that only grows.
#[derive(Debug)]
pub(crate) struct Chunks<T>(Vec<Vec<T>>);

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Chunks(Vec::new())
    }
}

impl<T: Copy> Chunks<T> {
    pub(crate) fn len(&self) -> usize {
        let last = self.0.last().map_or(0, Vec::len);
        self.0.len().saturating_sub(1) * CHUNK + last
    }

    pub(crate) fn get(&self, index: usize) -> Option<T> {
        self.0.get(index / CHUNK)?.get(index % CHUNK).copied()
    }

    pub(crate) fn push(&mut self, element: T) {
        match self.0.last_mut() {
            Some(last) if last.len() < CHUNK => last.push(element),
            _ => {
                let mut chunk = Vec::with_capacity(CHUNK);
                chunk.push(element);
                self.0.push(chunk);
            }
        }
    }

    /// Bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        self.0.len() * CHUNK * size_of::<T>()
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, Chunks};

    #[test]
    fn every_element_is_found_again() {
        let mut chunks = Chunks::default();
        assert_eq!((chunks.len(), chunks.get(0)), (0, None));
        for number in 0..2 * CHUNK + 5 {
            chunks.push(number);
            assert_eq!((chunks.len(), chunks.get(number)), (number + 1, Some(number)));
        }
        assert!((0..2 * CHUNK + 5).all(|number| chunks.get(number) == Some(number)));
        assert_eq!(chunks.get(2 * CHUNK + 5), None);
    }
}
