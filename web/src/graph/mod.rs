//! The graph: a lane for each ThreadRun, the ThreadSpec's nodes in it, the token, and what ties lanes together.

mod camera;
pub(crate) mod chips;
mod chips_view;
mod flight;
mod ground;
pub(crate) mod icon;
pub(crate) mod kept;
mod lane;
mod lane_props;
mod minimap;
mod node;
mod reveal;
mod roll;
mod stack;
mod ties;
mod tools;
mod update;
pub(crate) mod view;
mod viewport;
mod walk;

pub(crate) use halter_picture::{lanes, layout};
pub(crate) use reveal::reveal;
pub(crate) use update::update;

/// Nodes that no run reaches, by ThreadSpec and node, and why.
pub(crate) type Unreached = std::collections::HashMap<(u16, u16), String>;

/// What somebody can do to what is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Msg {
    /// Ask why a ThreadRun has the halt reason with this index.
    AskReason(u32, usize),
    /// Ask why the node with this index is as it is in a ThreadRun; or draw there, while somebody draws.
    ChooseNode(u32, u16),
    /// Open what is folded, or fold it again.
    Fold(lanes::Fold),
    /// The view is so wide, in CSS pixels.
    Wide(f64),
}
