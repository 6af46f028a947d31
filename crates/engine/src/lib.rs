//! What a run does: a pure step from one state to the next.
//!
//! Engine state goes in, a command goes in; a new state comes out, and observers hear what happened and why.
//! This crate knows no clock, no randomness, no input or output, and nothing of the page.
//!
//! | rule | where |
//! | --- | --- |
//! | R-STEP, R-EDGE, R-STATUS | `advance.rs` |
//! | R-REGISTER, R-TRIGGER, R-HANDLER, R-SIDE-BY-SIDE, R-NESTED | `interrupt.rs` |
//! | R-HALT, R-NODE-HALT, R-HALTED | `halt.rs` |
//! | R-RESUME | `resume.rs` |
//! | R-FAIL, R-CATCH, R-HANDLER-FAILS | `failure.rs` |
//! | R-WAIT, R-CHILD-FAILS | `node/wait_for_threads.rs` |
//! | R-SCOPE, R-MUTATE | `variables.rs`, `value_ops.rs` |
//! | R-MANUAL, R-INPUT-TYPE, R-TERMINAL | `step.rs` |
//! | R-RESCUE | `rescue.rs`, `step.rs` |
//! | R-TREE | `run.rs` |
//! | R-CHILD-WF | `node/child_wf.rs`, `wf_runs.rs` |
#![forbid(unsafe_code)]

mod advance;
pub mod command;
pub mod condition;
mod copy;
mod correlation;
mod effort;
mod enabled;
mod event_ids;
mod failure;
mod found;
mod halt;
mod interrupt;
mod java_text;
mod json_path;
mod list;
mod message_format;
mod node;
pub mod occurrence;
pub mod program;
mod rescue;
mod resume;
pub mod rules;
mod run;
pub mod semantics;
pub mod state;
mod step;
mod timers;
mod typed;
mod unclaimed;
mod value_ops;
mod value_path;
mod variables;
mod wf_runs;

pub use command::{ChildWfResult, Code, Command, Refusal, TaskResult};
pub use enabled::{Choice, enabled};
pub use found::Found;
pub use list::List;
pub use occurrence::{Because, Observer, Occurrence, Unobserved, What};
pub use program::{CompileError, Limits, Program};
pub use rules::{RULES, Rule, RuleText};
pub use semantics::{Deviation, Semantics};
pub use state::RunState;
pub use step::{step, step_in_place};
pub use unclaimed::Unclaimed;
