//! What happens, in plain English, with the names of the spec.

mod commands;
mod masks;
mod names;
mod occurrences;
mod reasons;
mod time;

pub use commands::command;
pub(crate) use masks::show_unless;
pub use names::Names;
pub(crate) use names::threads;
pub use occurrences::{Teller, capital};
pub(crate) use occurrences::{whose, with_key};
pub use reasons::{never, reason, resolution};
pub use time::duration;
