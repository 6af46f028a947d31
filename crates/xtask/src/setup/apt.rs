//! Packages of a Debian-like distribution.

use std::sync::OnceLock;

use crate::command::{command, on_path, output_of, run};
use crate::failure::{Failure, Outcome};

/// Installs the packages, or says which command would.
pub(super) fn install(packages: &[&str]) -> Outcome {
    static LISTS_ARE_FRESH: OnceLock<()> = OnceLock::new();

    let by_hand = format!("sudo apt-get update && sudo apt-get install {}", packages.join(" "));
    if on_path(&["apt-get"]).is_none() {
        return Err(Failure::new("there is no apt-get here")
            .fix(format!("install what is called {} on Debian", packages.join(", "))));
    }
    let Some(prefix) = privilege() else {
        return Err(Failure::new("installing packages needs root").fix(by_hand));
    };
    if LISTS_ARE_FRESH.get().is_none() {
        run(command(prefix[0]).args(&prefix[1..]).args(["apt-get", "-qq", "update"]), &by_hand)?;
        let _ = LISTS_ARE_FRESH.set(());
    }
    let options = ["apt-get", "-q", "-y", "--no-install-recommends", "install"];
    run(command(prefix[0]).args(&prefix[1..]).args(options).args(packages), &by_hand)
}

/// What to put before a command that only root may run; nothing if that would ask for a password.
fn privilege() -> Option<&'static [&'static str]> {
    const UNATTENDED: &str = "DEBIAN_FRONTEND=noninteractive";
    if output_of(command("id").arg("-u"))? == "0" {
        return Some(&["env", UNATTENDED]);
    }
    output_of(command("sudo").args(["-n", "true"])).map(|_| &["sudo", "-n", "env", UNATTENDED][..])
}
