//! Where things lie in the repository.

use std::path::{Path, PathBuf};

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Tools of this project only; not in `target/`, so that `cargo clean` spares them.
pub(crate) fn tools() -> PathBuf {
    root().join(".tools")
}

/// What the wasm compiler makes. It may be another compiler than the host's, so they do not share.
pub(crate) fn wasm_target_dir() -> PathBuf {
    root().join("target/wasm")
}

/// The built page.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The npm package.
pub(crate) fn package() -> PathBuf {
    root().join("dist-package")
}

/// The documentation of the crates.
pub(crate) fn reference() -> PathBuf {
    root().join("dist-docs")
}

/// The browser tests, and the Node packages that the project uses.
pub(crate) fn browser_tests() -> PathBuf {
    root().join("tests/browser")
}

/// The fuzz targets.
pub(crate) fn fuzz() -> PathBuf {
    root().join("tests/fuzz")
}

/// The npm package's tests.
pub(crate) fn package_tests() -> PathBuf {
    root().join("tests/package")
}

/// Sites of others that show Halter.
pub(crate) fn docs_sites() -> PathBuf {
    root().join("tests/docs-sites")
}

/// What of the page is JavaScript: CodeMirror, and its bundler.
pub(crate) fn editor_js() -> PathBuf {
    root().join("web/editor-js")
}

/// The measurements, and the peer that they are beside.
pub(crate) fn benches() -> PathBuf {
    root().join("tests/benches")
}

/// The commands that the Node packages bring.
pub(crate) fn node_bin() -> PathBuf {
    browser_tests().join("node_modules/.bin")
}
