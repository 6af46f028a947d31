//! What stands where: the graph in the middle, the source and the story in drawers at its sides. Which are open, and how
//! wide, is remembered by the browser.

mod divider;
mod shell;
mod update;
pub(crate) mod view;

use serde::{Deserialize, Serialize};

pub(crate) use divider::Divider;
pub(crate) use shell::{is_first_visit, keep, kept};
pub(crate) use update::update;

/// The drawers' widths, in CSS pixels: the narrowest, what they have at first, and the widest.
const WIDTHS: (u32, u32, u32) = (240, 360, 900);

/// Which drawers are open, and how wide they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Layout {
    pub(crate) source: Drawer,
    /// Why, variables and log.
    pub(crate) story: Drawer,
    /// Whether the timeline is open.
    pub(crate) timeline: bool,
}

/// A drawer at a side of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Drawer {
    pub(crate) open: bool,
    /// In CSS pixels.
    pub(crate) width: u32,
}

/// What the drawer at the right holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tab {
    /// The story of this run: why, variables, log.
    #[default]
    Run,
    /// What could happen.
    Explorer,
    Lessons,
}

impl Tab {
    /// Its word in attributes.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Tab::Run => "run",
            Tab::Explorer => "explorer",
            Tab::Lessons => "lessons",
        }
    }
}

/// The two drawers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// On the left.
    Source,
    /// On the right.
    Story,
}

impl Side {
    /// What it is called on the page.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Side::Source => "source",
            Side::Story => "story",
        }
    }
}

impl Default for Drawer {
    fn default() -> Self {
        Drawer { open: false, width: WIDTHS.1 }
    }
}

impl Layout {
    /// An embedded page has its own arrangement.
    pub(crate) fn embedded(shows_source: bool) -> Self {
        let source = Drawer { open: shows_source, ..Drawer::default() };
        Layout { source, story: Drawer { open: true, ..Drawer::default() }, timeline: true }
    }

    /// About how wide the graph is in a window so wide, in CSS pixels, before it is there.
    pub(crate) fn room(&self, window: f64) -> f64 {
        let open = [self.source, self.story].into_iter().filter(|drawer| drawer.open);
        window - open.map(|drawer| f64::from(drawer.width)).sum::<f64>()
    }

    pub(crate) fn drawer(&self, side: Side) -> Drawer {
        match side {
            Side::Source => self.source,
            Side::Story => self.story,
        }
    }

    fn drawer_mut(&mut self, side: Side) -> &mut Drawer {
        match side {
            Side::Source => &mut self.source,
            Side::Story => &mut self.story,
        }
    }
}

/// What can happen to it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Msg {
    /// Open or close a drawer.
    Toggle(Side),
    /// Close it.
    Close(Side),
    /// A drawer shall have this width, in CSS pixels.
    Resize(Side, u32),
    /// Its width is as it shall be: remember it.
    Resized,
}
