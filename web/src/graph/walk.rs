//! Walking the graph by keys: what can be walked to in a lane is numbered, first its heading's buttons, then its nodes.

use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, SvgElement};

/// Where to, within a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The place with this number, or the last.
    Place(usize),
    /// The place that stands nearest above or beneath that one of another lane; the heading for the heading.
    Beside(usize),
}

/// The index of a lane, and the number of the place in it, that an element belongs to.
pub(super) fn place_of(element: &Element) -> Option<(usize, usize)> {
    let place = element.closest("[data-walk]").ok()??;
    let lane = place.closest("[data-lane]").ok()??;
    Some((
        lane.get_attribute("data-lane")?.parse().ok()?,
        place.get_attribute("data-walk")?.parse().ok()?,
    ))
}

/// Gives a place of a lane the focus, and brings it into view.
pub(super) fn focus(scroller: &HtmlElement, lane: usize, step: Step) {
    let found = scroller.query_selector(&format!("[data-lane='{lane}']"));
    let Ok(Some(lane)) = found else { return };
    let places = places(&lane);
    let place = match step {
        Step::Place(number) => {
            let number = number.to_string();
            let is = |place: &&Element| place.get_attribute("data-walk").as_ref() == Some(&number);
            places.iter().find(is).or_else(|| places.last())
        }
        Step::Beside(0) => places.first(),
        Step::Beside(_) => {
            let from = document().active_element().map(|element| middle(&element));
            let from = from.unwrap_or_default();
            let is_node = |element: &&Element| element.has_attribute("data-node");
            let nodes = places.iter().filter(is_node);
            let away = |element: &Element| (middle(element) - from).abs();
            let nearest = nodes.min_by(|a, b| away(a).total_cmp(&away(b)));
            nearest.or_else(|| places.first())
        }
    };
    if let Some(place) = place {
        if let Some(place) = place.dyn_ref::<HtmlElement>() {
            let _ = place.focus();
        } else if let Some(place) = place.dyn_ref::<SvgElement>() {
            let _ = place.focus();
        }
    }
}

/// Brings a node that a key gave the focus out from beneath its lane's heading, which stays where the stage is moved aside.
pub(super) fn uncover(scroller: &HtmlElement) {
    const BESIDE: f64 = 16.0;
    let focused = document().active_element();
    let node = focused.filter(|it| it.matches("[data-node]:focus-visible").unwrap_or(false));
    let lane = node.as_ref().and_then(|node| node.closest(".lane--beside").ok()?);
    let heading = lane.and_then(|lane| lane.query_selector(".lane-heading").ok()?);
    let ground = scroller.first_element_child();
    if let (Some(node), Some(heading), Some(ground)) = (node, heading, ground) {
        // The heading follows the stage only when the browser has told how far that was moved.
        let left = ground.get_bounding_client_rect().left() + f64::from(scroller.scroll_left());
        let seen = left + heading.get_bounding_client_rect().width() + BESIDE;
        let hidden = seen - node.get_bounding_client_rect().left();
        if hidden > 0.0 {
            scroller.scroll_by_with_x_and_y(-hidden, 0.0);
        }
    }
}

fn middle(element: &Element) -> f64 {
    let at = element.get_bounding_client_rect();
    at.left() + at.width() / 2.0
}

fn places(lane: &Element) -> Vec<Element> {
    let Ok(found) = lane.query_selector_all("[data-walk]") else {
        return Vec::new();
    };
    let elements = (0..found.length()).filter_map(|index| found.item(index));
    elements.filter_map(|node| node.dyn_into().ok()).collect()
}
