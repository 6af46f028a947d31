//! A list that grows at its end and is cheap to copy: copies share what has not changed since.

use std::ops::{Index, IndexMut, Range};
use std::sync::Arc;

/// Elements that are copied together when one of them changes in one of several copies. A copy of the list costs one
/// pointer for so many elements.
const CHUNK: usize = 32;

type Chunk<T> = [Option<T>; CHUNK];

/// A list that grows at its end and is cheap to copy. Time travel keeps a state for each step, and a step that may
/// break off keeps the state that it began with: neither may cost time for all ThreadRuns that were ever there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct List<T> {
    chunks: Vec<Arc<Chunk<T>>>,
    len: usize,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List {
            chunks: Vec::new(),
            len: 0,
        }
    }
}

impl<T> List<T> {
    /// How many elements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The element with that index.
    #[must_use]
    #[inline]
    pub fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index / CHUNK)?[index % CHUNK].as_ref()
    }

    /// The last element.
    #[must_use]
    pub fn last(&self) -> Option<&T> {
        self.get(self.len.checked_sub(1)?)
    }

    /// All elements in order.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter {
            list: self,
            rest: 0..self.len,
        }
    }
}

impl<T: Clone> List<T> {
    /// The element with that index, to be changed in this copy of the list.
    #[inline]
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        let chunk = Arc::make_mut(self.chunks.get_mut(index / CHUNK)?);
        chunk[index % CHUNK].as_mut()
    }

    /// Puts an element at the end.
    pub fn push(&mut self, element: T) {
        let at = self.len % CHUNK;
        if at == 0 {
            self.chunks.push(Arc::new([const { None }; CHUNK]));
        }
        if let Some(chunk) = self.chunks.last_mut() {
            Arc::make_mut(chunk)[at] = Some(element);
            self.len += 1;
        }
    }
}

/// For indices that come from the list itself, as a slice's.
impl<T> Index<usize> for List<T> {
    type Output = T;

    #[inline]
    fn index(&self, index: usize) -> &T {
        match &self.chunks[index / CHUNK][index % CHUNK] {
            Some(element) => element,
            None => beyond(index),
        }
    }
}

impl<T: Clone> IndexMut<usize> for List<T> {
    #[inline]
    fn index_mut(&mut self, index: usize) -> &mut T {
        match &mut Arc::make_mut(&mut self.chunks[index / CHUNK])[index % CHUNK] {
            Some(element) => element,
            None => beyond(index),
        }
    }
}

#[cold]
#[allow(clippy::panic, reason = "an index beyond the end, as a slice's")]
fn beyond(index: usize) -> ! {
    panic!("there is no element {index} in the list")
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// The elements of a [`List`] in order.
#[derive(Debug, Clone)]
pub struct Iter<'a, T> {
    list: &'a List<T>,
    rest: Range<usize>,
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        self.list.get(self.rest.next()?)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

impl<T> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.list.get(self.rest.next_back()?)
    }
}

impl<T> ExactSizeIterator for Iter<'_, T> {}

#[cfg(test)]
mod tests {
    use super::List;

    #[test]
    fn copies_stay_what_they_were() {
        let mut list = List::default();
        let mut copies = Vec::new();
        for number in 0..100 {
            copies.push(list.clone());
            list.push(number);
        }
        list[0] = -1;
        if let Some(last) = list.get_mut(99) {
            *last = -2;
        }
        for (len, copy) in copies.iter().enumerate() {
            assert_eq!(copy.len(), len);
            assert!(copy.iter().copied().eq(0..len as i32));
            assert!(copy.iter().rev().copied().eq((0..len as i32).rev()));
            assert_eq!(copy.get(len), None);
        }
        assert_eq!((list[0], list.last()), (-1, Some(&-2)));
        assert_eq!(list.get(100), None);
    }
}
