//! Random workflows, played on a LittleHorse server and in Halter: where do they part?
//!
//! A seed makes a source ([`generate`]); from what Halter says can come grows a script ([`grow`]); a server plays it, and Halter
//! plays what the server did ([`play`]). Where they part, the source is made smaller for as long as they part in the same way
//! ([`shrink`]).
#![forbid(unsafe_code)]

mod case;
mod correlated;
mod faults;
pub mod generate;
pub mod grow;
pub mod kind;
mod play;
pub mod random;
mod shrink;
pub mod source;
mod values;

pub use case::Case;
pub use faults::{FAULTS, faulty};
pub use play::{Difference, Played, Server};
pub use shrink::smaller;
