//! What could happen: every order of what may come, and properties of all of them.
//!
//! [`Choices`] says what may come and how often; an [`Explorer`] tries every order, nearest states first, and answers
//! each [`BuiltInProperty`]: it holds, or this is the shortest way to where it does not.
#![forbid(unsafe_code)]

mod budgets;
mod built_in;
mod canonical;
mod choices;
mod chunks;
mod coverage;
mod expansion;
mod explorer;
mod frontier;
mod graph;
mod groups;
mod keys;
mod late;
mod make;
mod mover;
mod own_properties;
mod parts;
mod probe;
mod quick;
mod rules;
mod script;
mod seen;
mod shortest;
mod side_by_side;

pub use built_in::{BuiltInProperty, lost_event};
pub use choices::{
    Budget, Choices, EventChoice, Move, TaskChoice, USUAL_BUDGET, child_wf_failures,
};
pub use coverage::Coverage;
pub use explorer::{Answer, Bounds, Explorer, Phase, Progress};
pub use groups::{Group, StateMap, Statuses, Way};
pub use own_properties::OwnProperties;
