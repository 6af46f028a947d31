//! The drawers are remembered by the browser.

use super::{Layout, WIDTHS};
use crate::browser::is_narrow;
use crate::storage::{self, Area};

const KEY: &str = "halter.layout";

/// What was remembered. On a narrow screen a drawer covers the graph: nobody begins with that.
pub(crate) fn kept() -> Layout {
    let first = Layout { timeline: !is_narrow(), ..Layout::default() };
    let mut layout: Layout = storage::get(Area::Browser, KEY).unwrap_or(first);
    for drawer in [&mut layout.source, &mut layout.story] {
        drawer.width = drawer.width.clamp(WIDTHS.0, WIDTHS.2);
        drawer.open &= !is_narrow();
    }
    layout.timeline &= !is_narrow();
    layout
}

/// Whether nothing is remembered.
pub(crate) fn is_first_visit() -> bool {
    storage::get::<Layout>(Area::Browser, KEY).is_none()
}

/// Remembers it. It is small and unimportant: a refusal is no news.
pub(crate) fn keep(layout: Layout) {
    if !crate::embed::shell::is_embedded() {
        storage::set(Area::Browser, KEY, &layout);
    }
}
