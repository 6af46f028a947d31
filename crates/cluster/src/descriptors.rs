//! What LittleHorse's messages look like: a FileDescriptorSet, which the set-up makes of a package that LittleHorse publishes.

use std::path::Path;

use prost_reflect::DescriptorPool;

use crate::error::{Error, Result};

/// What was there when this was built; nothing, if nothing was.
static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/littlehorse.binpb"));

/// Where the set-up puts it: it may have come after this was built.
const FETCHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.tools/protos/littlehorse.binpb");

/// The variable that names another file.
const VARIABLE: &str = "HALTER_PROTOS";

/// All of LittleHorse's messages and methods.
pub(crate) fn pool() -> Result<DescriptorPool> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        let named = Path::new(&named);
        let bytes = std::fs::read(named)
            .map_err(|error| Error::BadDescriptors(format!("{}: {error}", named.display())))?;
        return of(&bytes);
    }
    if BUILT_IN.is_empty() {
        return of(&std::fs::read(FETCHED).map_err(|_| Error::NoDescriptors)?);
    }
    of(BUILT_IN)
}

fn of(bytes: &[u8]) -> Result<DescriptorPool> {
    // It knows Google's own messages, to which LittleHorse's refer.
    let mut pool = DescriptorPool::global();
    pool.decode_file_descriptor_set(bytes)
        .map_err(|error| Error::BadDescriptors(error.to_string()))?;
    Ok(pool)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn what_is_no_set_of_descriptors_is_refused() {
        let refused = of(b"no descriptors").unwrap_err().to_string();
        assert!(refused.starts_with("the descriptors of LittleHorse's messages can't be read"));
    }
}
