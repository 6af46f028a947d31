//! The place where the page's WebAssembly is cut: `wasm_split` moves what only this function reaches into a file of its own.

#![allow(unsafe_code, reason = "what the macro writes imports a function of the other file")]

use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::table::{LATE, Late};

#[allow(clippy::unnecessary_wraps, reason = "the other file may not come")]
#[wasm_split(late, fallible)]
pub(super) fn late() -> Result<&'static Late, SplitLoaderError> {
    Ok(&LATE)
}
