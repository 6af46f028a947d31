//! The compiler that has the wasm target: the host's own, or the distribution's with a standard
//! library that we built.

use std::path::PathBuf;
use std::process::Command;

use crate::command::{cargo, command, path_with};
use crate::paths;

/// The one target of the page.
pub(crate) const TRIPLE: &str = "wasm32-unknown-unknown";

/// A compiler that can build for [`TRIPLE`].
#[derive(Clone, Debug)]
pub(crate) enum Compiler {
    /// The one that runs this program.
    Host,
    /// The distribution's, with a sysroot of ours and its own linker.
    Distribution { sysroot: PathBuf, linker: PathBuf },
}

/// Where the distribution keeps its compiler.
pub(crate) const DISTRIBUTION_BIN: &str = "/usr/bin";

impl Compiler {
    /// cargo with this compiler.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = match self {
            Self::Host => cargo(),
            Self::Distribution { .. } => distribution("cargo"),
        };
        self.equip(&mut cargo);
        cargo
    }

    /// `cargo clippy` with this compiler. The distribution's is called by its path, because cargo
    /// would otherwise find rustup's, which asks for another compiler.
    pub(crate) fn clippy(&self) -> Command {
        let mut clippy = match self {
            Self::Host => cargo(),
            Self::Distribution { .. } => distribution("cargo-clippy"),
        };
        clippy.arg("clippy");
        self.equip(&mut clippy);
        clippy
    }

    /// Makes any program that calls cargo, such as Trunk, use this compiler.
    pub(crate) fn equip(&self, command: &mut Command) {
        let mut front = vec![paths::tools().join("bin"), paths::node_bin()];
        if let Self::Distribution { sysroot, linker } = self {
            let bin = PathBuf::from(DISTRIBUTION_BIN);
            command
                .env("CARGO", bin.join("cargo"))
                .env("RUSTC", bin.join("rustc"))
                .env("RUSTDOC", bin.join("rustdoc"))
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                .env(
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                    format!("--sysroot={}", sysroot.display()),
                )
                // These were set for the host's compiler by `cargo run`.
                .env_remove("LD_LIBRARY_PATH")
                .env_remove("RUSTUP_TOOLCHAIN");
            front.push(bin);
        }
        command.env("PATH", path_with(&front)).env("CARGO_TARGET_DIR", paths::wasm_target_dir());
    }
}

/// A program of the distribution's compiler.
pub(crate) fn distribution(name: &str) -> Command {
    command(PathBuf::from(DISTRIBUTION_BIN).join(name))
}
