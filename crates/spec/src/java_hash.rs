//! The order in which a `java.util.HashMap` lists its keys: some of what the server says depends on it.

/// How many places a new map has.
const PLACES: usize = 16;

/// Where a text lies in a map that has grown to `len` keys, one after the other: lower ones are listed first. Those in the
/// same place are listed as they came.
pub(crate) fn place(key: &str, len: usize) -> usize {
    let hash = key
        .encode_utf16()
        .fold(0_u32, |hash, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)));
    // It doubles when it would be more than three quarters full.
    let mut places = PLACES;
    while len * 4 > places * 3 {
        places *= 2;
    }
    (hash ^ (hash >> 16)) as usize & (places - 1)
}

#[cfg(test)]
mod tests {
    use super::place;

    /// As the server listed threads of these names.
    #[test]
    fn a_map_lists_its_keys_by_their_hashes_and_grows() {
        assert!(place("p", 4) < place("b", 4));
        assert!(place("b", 4) < place("i", 4), "not of eight places");
        assert!(place("q", 12) < place("b", 12));
        assert!(place("b", 13) < place("q", 13));
        assert_eq!(place("", 0), 0);
        assert_eq!(place("handle-4", 16), place("handle-4", 24));
    }
}
