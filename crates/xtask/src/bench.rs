//! Measurements beside a peer, in one Node process.

use crate::command::{command, run};
use crate::failure::Outcome;
use crate::{bindings, paths, setup};

/// Builds, installs the peer, and prints the table.
pub(crate) fn bench() -> Outcome {
    let tools = setup::for_site()?;
    let module = bindings::for_node(&tools)?;
    setup::for_benches()?;
    let mut node = command("node");
    node.arg(paths::benches().join("run.mjs")).env("HALTER_WASM", module);
    run(&mut node, "read the message above")
}
