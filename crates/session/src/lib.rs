//! One sitting at the playground: a program and its history, to travel in; what can be done next; and all of it
//! in words. Pure: no clock, no browser, no storage.
#![forbid(unsafe_code)]

pub mod autopilot;
mod cause;
pub mod compare;
pub mod diagram;
pub mod found;
pub mod guide;
pub mod link;
mod moment;
mod needs;
pub mod offers;
pub mod pause;
pub mod payload;
pub mod script;
pub mod sitting;
mod step;
pub mod trace;
pub mod view;
pub mod wf_runs;
pub mod why;
pub mod words;

pub use cause::Cause;
pub use sitting::{Sitting, Step, Told};
