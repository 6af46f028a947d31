//! What a file is, told by its name. Browsers compile WebAssembly as it arrives only if it is
//! called `application/wasm`, and run modules only if they are called JavaScript.

use std::path::Path;

pub(super) fn of(file: &Path) -> &'static str {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        "yaml" | "yml" => "application/yaml",
        _ => "application/octet-stream",
    }
}
