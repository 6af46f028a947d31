//! Where everything of a run stands when it is drawn: nodes, lanes, ties and bars; and pictures of it as SVG. The page draws by
//! the same places. Pure: no clock, no browser, no fonts.
#![forbid(unsafe_code)]

pub mod bars;
pub mod lanes;
pub mod layout;
mod letters;
pub mod shapes;
pub mod stack;
pub mod svg;
pub mod visits;
