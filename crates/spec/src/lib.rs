//! What a workflow is: the WfSpec model, its sources, its diagnostics.
//!
//! [`load`] turns a text, the readable YAML source or `LittleHorse`'s own JSON, into a [`model::Document`]
//! and [`Diagnostic`]s; it never panics and never hangs, whatever the text.
#![forbid(unsafe_code)]
#![allow(clippy::single_match_else, reason = "a match shows both cases side by side")]

pub mod about;
pub mod child_wf;
mod code;
pub mod composed;
mod diagnostic;
mod fit;
pub mod fragment;
pub mod grammar;
mod implied;
mod java_hash;
mod json;
mod lhctl;
pub mod limits;
mod load;
pub mod model;
mod names;
pub mod place;
pub mod property;
pub mod proto_json;
pub mod quote;
mod sentence;
mod size;
mod source;
pub mod structure;
pub mod timestamp;
mod tree;
mod types;
mod validate;
pub mod value;
pub mod visit;
mod words;

pub use about::About;
pub use code::Code;
pub use diagnostic::{Diagnostic, Severity};
pub use load::{Format, Loaded, load, load_script, read_source};
pub use names::similar;
pub use source::{show_mutation, write as write_source};
pub use validate::validate;
