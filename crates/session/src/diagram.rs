//! A run as text that other programs draw: Mermaid's state and sequence diagrams, and Graphviz.

mod graphviz;
mod picture;
mod sequence;
mod states;

pub use graphviz::graphviz;
pub use sequence::sequence;
pub use states::states;
