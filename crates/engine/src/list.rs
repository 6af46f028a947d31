//! A list that grows at its end and is cheap to copy: copies share what has not changed since.

use std::ops::{Index, IndexMut, Range};
use std::sync::Arc;

/// Elements that are sealed together: copies of the list share them from then on.
const CHUNK: usize = 32;

/// A list that grows at its end and is cheap to copy. Time travel keeps a state for each step, and a step that may
/// break off keeps the state that it began with: neither may cost time for all that was ever there.
///
/// Most changes come to the latest elements: those lie in the list itself, and the others in sealed chunks.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct List<T> {
    /// Each with [`CHUNK`] elements; nothing as long as there is none, as in most lists. Copies share the whole of them:
    /// of many lists, one in [`CHUNK`] has its own.
    sealed: Option<Arc<Vec<Arc<Vec<T>>>>>,
    /// How many elements those are: most are looked for behind them, and found without a look at the chunks.
    below: usize,
    /// At most [`CHUNK`] elements; none only if there are no others.
    latest: Vec<T>,
}

impl<T: Clone> Clone for List<T> {
    fn clone(&self) -> Self {
        List { sealed: self.sealed.clone(), below: self.below, latest: self.latest.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.share_sealed(source);
        self.latest.clone_from(&source.latest);
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List { sealed: None, below: 0, latest: Vec::new() }
    }
}

impl<T> List<T> {
    /// A list of one element, with room for a few.
    pub(crate) fn of(first: T) -> Self {
        let mut latest = Vec::with_capacity(4);
        latest.push(first);
        List { sealed: None, below: 0, latest }
    }

    /// How many elements there are.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.below + self.latest.len()
    }

    /// Whether there is none.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.latest.is_empty()
    }

    /// The element with that index.
    #[must_use]
    #[inline]
    pub fn get(&self, index: usize) -> Option<&T> {
        match index.checked_sub(self.below) {
            Some(latest) => self.latest.get(latest),
            None => self.sealed(index),
        }
    }

    fn sealed(&self, index: usize) -> Option<&T> {
        self.sealed.as_ref()?.get(index / CHUNK)?.get(index % CHUNK)
    }

    /// The chunks, to be changed in this copy of the list.
    fn sealed_chunks(&mut self) -> &mut Vec<Arc<Vec<T>>> {
        Arc::make_mut(self.sealed.get_or_insert_default())
    }

    fn share_sealed(&mut self, source: &Self) {
        if self.sealed.as_ref().map(Arc::as_ptr) != source.sealed.as_ref().map(Arc::as_ptr) {
            self.sealed.clone_from(&source.sealed);
            self.below = source.below;
        }
    }

    /// The last element.
    #[must_use]
    #[inline]
    pub fn last(&self) -> Option<&T> {
        self.latest.last()
    }

    /// The last element of a list that has some.
    #[inline]
    pub(crate) fn newest(&self) -> &T {
        match self.latest.last() {
            Some(newest) => newest,
            None => beyond(0),
        }
    }

    /// The same, to be changed.
    #[inline]
    pub(crate) fn newest_mut(&mut self) -> &mut T {
        match self.latest.last_mut() {
            Some(newest) => newest,
            None => beyond(0),
        }
    }

    /// The last element, to be changed.
    #[inline]
    pub fn last_mut(&mut self) -> Option<&mut T> {
        self.latest.last_mut()
    }

    /// All elements in order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.iter_from(0)
    }

    /// The elements from an index on, in order.
    pub fn iter_from(&self, start: usize) -> Iter<'_, T> {
        Iter { list: self, rest: start.min(self.len())..self.len() }
    }

    /// Puts an element at the end.
    #[inline]
    pub fn push(&mut self, element: T) {
        if self.latest.len() == CHUNK {
            let full = std::mem::replace(&mut self.latest, Vec::with_capacity(CHUNK));
            self.sealed_chunks().push(Arc::new(full));
            self.below += CHUNK;
        }
        self.latest.push(element);
    }
}

impl<T: Clone> List<T> {
    /// As if the list had only grown: the last elements are not sealed, and without chunks nothing is.
    fn unseal(&mut self) {
        if self.latest.is_empty()
            && self.below > 0
            && let Some(last) = self.sealed_chunks().pop()
        {
            self.below -= CHUNK;
            self.latest = Arc::unwrap_or_clone(last);
        }
        if self.below == 0 {
            self.sealed = None;
        }
    }

    /// Takes an element out; those behind it move up.
    pub(crate) fn remove(&mut self, index: usize) {
        // Mostly it is one of the latest, and not the only one that is not sealed.
        let latest = index.checked_sub(self.below).filter(|latest| *latest < self.latest.len());
        if let Some(latest) = latest.filter(|_| self.latest.len() > 1 || self.below == 0) {
            self.latest.remove(latest);
            return;
        }
        let first = index.min(self.len()) / CHUNK * CHUNK;
        let rest: Vec<T> = self.iter_from(first).cloned().collect();
        if first < self.below {
            self.sealed_chunks().truncate(first / CHUNK);
            self.below = first;
        }
        self.latest.clear();
        let behind = rest.into_iter().zip(first..).filter(|(_, at)| *at != index);
        behind.for_each(|(element, _)| self.push(element));
        self.unseal();
    }

    /// Only the first so many elements stay.
    pub fn truncate(&mut self, len: usize) {
        if len >= self.len() {
            return;
        }
        if len < self.below {
            let kept = len / CHUNK;
            let sealed = self.sealed_chunks();
            let last = sealed.get(kept).map(|chunk| Vec::clone(chunk)).unwrap_or_default();
            sealed.truncate(kept);
            self.latest = last;
            self.below = kept * CHUNK;
        }
        self.latest.truncate(len - self.below);
        self.unseal();
    }

    /// The element with that index, to be changed in this copy of the list.
    #[inline]
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        if let Some(latest) = index.checked_sub(self.below) {
            return self.latest.get_mut(latest);
        }
        self.sealed_mut(index)
    }

    fn sealed_mut(&mut self, index: usize) -> Option<&mut T> {
        let chunk = Arc::make_mut(self.sealed.as_mut()?).get_mut(index / CHUNK)?;
        Arc::make_mut(chunk).get_mut(index % CHUNK)
    }
}

impl<T> List<Arc<T>> {
    /// Becomes like another list; what is the same already stays, and nothing is asked of the allocator.
    pub(crate) fn share(&mut self, source: &Self) {
        self.share_sealed(source);
        self.latest.truncate(source.latest.len());
        for (own, other) in self.latest.iter_mut().zip(&source.latest) {
            if !Arc::ptr_eq(own, other) {
                *own = Arc::clone(other);
            }
        }
        let known = self.latest.len();
        self.latest.extend(source.latest.iter().skip(known).map(Arc::clone));
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        let mut list = List::default();
        elements.into_iter().for_each(|element| list.push(element));
        list
    }
}

/// For indices that come from the list itself, as a slice's.
impl<T> Index<usize> for List<T> {
    type Output = T;

    #[inline]
    fn index(&self, index: usize) -> &T {
        match self.get(index) {
            Some(element) => element,
            None => beyond(index),
        }
    }
}

impl<T: Clone> IndexMut<usize> for List<T> {
    #[inline]
    fn index_mut(&mut self, index: usize) -> &mut T {
        match self.get_mut(index) {
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
    use std::sync::Arc;

    use super::List;

    #[test]
    fn taking_out_leaves_a_list_as_if_it_had_never_been_there() {
        for length in [1, 2, 31, 32, 33, 64, 65, 100] {
            for gone in 0..length {
                let mut list: List<usize> = (0..length).collect();
                let copy = list.clone();
                list.remove(gone);
                let wanted: List<usize> = (0..length).filter(|n| *n != gone).collect();
                assert_eq!(list, wanted, "{gone} of {length}");
                assert_eq!(copy.len(), length);
            }
        }
    }

    #[test]
    fn a_list_is_cut_to_any_length() {
        for length in [0_usize, 1, 31, 32, 33, 64, 65, 100] {
            for cut in 0..=length + 1 {
                let mut list: List<usize> = (0..length).collect();
                let copy = list.clone();
                list.truncate(cut);
                assert_eq!(list, (0..length.min(cut)).collect(), "{length} to {cut}");
                list.push(7);
                assert_eq!(list.len(), length.min(cut) + 1);
                assert_eq!(copy, (0..length).collect());
            }
        }
    }

    #[test]
    fn a_list_becomes_like_another() {
        let lists: Vec<List<Arc<usize>>> =
            [0_usize, 3, 32, 33, 70].map(|length| (0..length).map(Arc::new).collect()).to_vec();
        for from in &lists {
            for to in &lists {
                let mut list = from.clone();
                list.share(to);
                assert_eq!(&list, to);
            }
        }
    }

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
