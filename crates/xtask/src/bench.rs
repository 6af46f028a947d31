//! Measurements beside a peer, in one Node process; and how fast the explorer is.

use crate::command::{command, run};
use crate::failure::Outcome;
use crate::{bindings, paths, setup};

/// Children of the model that is explored, threads of the machine, and whether all orders are tried.
const EXPLORED: [[&str; 3]; 4] =
    [["5", "1", "all"], ["5", "2", "all"], ["5", "1", "few"], ["7", "1", "few"]];

/// Builds, installs the peer, and prints the table; then a line for each model that is explored.
pub(crate) fn bench() -> Outcome {
    let tools = setup::for_site()?;
    let module = bindings::for_node(&tools, bindings::For::Measurements)?;
    setup::for_benches()?;
    let mut node = command("node");
    node.arg(paths::benches().join("run.mjs")).env("HALTER_WASM", module);
    run(&mut node, "read the message above")?;
    for arguments in EXPLORED {
        let mut speed = command("cargo");
        speed.args([
            "run",
            "--quiet",
            "--release",
            "-p",
            "halter-explore",
            "--example",
            "speed",
            "--",
        ]);
        run(speed.args(arguments), "read the message above")?;
    }
    Ok(())
}
