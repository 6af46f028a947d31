//! Brings a lane into view, whether it is drawn or not.

use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::lanes::Stage;
use super::viewport::{Part, View};

/// What the stage is scrolled in.
pub(super) fn scroller() -> Option<HtmlElement> {
    document().query_selector(".graph-scroll").ok()??.dyn_into().ok()
}

/// Brings a ThreadRun's lane into view within the graph; the page itself stays where it is.
pub(crate) fn reveal(stage: &Stage, thread: u32) {
    let lane = stage.lane_of(thread).and_then(|index| stage.lanes.get(index));
    let (Some(scroller), Some(lane)) = (scroller(), lane) else {
        return;
    };
    let zoom = scroller.get_attribute("data-zoom");
    let view = View {
        left: f64::from(scroller.scroll_left()),
        top: f64::from(scroller.scroll_top()),
        width: f64::from(scroller.client_width()),
        height: f64::from(scroller.client_height()),
        zoom: zoom.and_then(|zoom| zoom.parse().ok()).unwrap_or(1.0),
    };
    let (left, top) = view.reveal(&Part::of(lane), stage.headings);
    scroller.set_scroll_left(left.round() as i32);
    scroller.set_scroll_top(top.round() as i32);
}
