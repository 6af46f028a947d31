//! A C++ compiler: the fuzzer itself is LLVM's, and is compiled from its source.

use super::{announce, apt};
use crate::command::on_path;
use crate::failure::Outcome;

/// Makes sure that there is one.
pub(super) fn ensure() -> Outcome {
    if std::env::var_os("CXX").is_some() || on_path(&["c++"]).is_some() {
        return Ok(());
    }
    announce("Installing a C++ compiler", "half a minute");
    apt::install(&["g++"])
}
