//! The worker: messages come from the page, and between two of them a piece of the exploration is done.
#![forbid(unsafe_code)]

#[cfg(target_arch = "wasm32")]
mod worker;

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This is the page's Web Worker: it is built for wasm32.");
}
