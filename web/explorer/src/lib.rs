//! The explorer beside the page: what a Web Worker does, and the messages between it and the page. The page knows only those: the
//! explorer itself comes with the worker's own WebAssembly, when somebody asks.
#![forbid(unsafe_code)]

mod blamed;
mod may_come;
pub mod messages;
mod missing;
mod work;

pub use work::Work;
