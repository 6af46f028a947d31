//! How the stage was panned and zoomed: the tab keeps it when the page goes, and a reload brings it back with the run.

use serde::{Deserialize, Serialize};

use super::reveal::scroller;
use crate::browser;
use crate::embed;
use crate::storage::{self, Area};

const KEY: &str = "halter.stage";

/// What is kept, of this address alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    address: String,
    pub(super) left: f64,
    pub(super) top: f64,
    /// The size that somebody chose; none, if the page chooses it.
    pub(super) zoom: Option<f64>,
}

/// Keeps it, if somebody changed it; an embedded page keeps nothing.
pub(crate) fn keep() {
    if embed::shell::is_embedded() {
        return;
    }
    let Some(scroller) = scroller() else { return };
    let zoom = scroller.get_attribute("data-chosen-zoom");
    let kept = Kept {
        address: browser::whole_address(),
        left: f64::from(scroller.scroll_left()),
        top: f64::from(scroller.scroll_top()),
        zoom: zoom.and_then(|zoom| zoom.parse().ok()),
    };
    if kept.left > 0.0 || kept.top > 0.0 || kept.zoom.is_some() {
        // A refusal is no news: what is looked at comes into view anyway.
        storage::set(Area::Tab, KEY, &kept);
    } else {
        storage::delete(Area::Tab, KEY);
    }
}

/// What was kept, if this is the same page loaded again.
pub(super) fn kept() -> Option<Kept> {
    if !browser::is_loaded_again() {
        return None;
    }
    let kept: Kept = storage::get(Area::Tab, KEY)?;
    Some(kept).filter(|kept| kept.address == browser::whole_address())
}
