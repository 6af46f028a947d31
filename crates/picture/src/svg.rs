//! Pictures of a run as SVG: fonts and colours inside, to be read on a light and on a dark ground, and with a text instead for
//! those who can't see it.

mod colours;
mod graph;
mod node;
mod pen;
mod timeline;
mod xml;

use std::rc::Rc;

use halter_session::{Sitting, view};

use crate::lanes::{self, Headings, Opened};
use crate::layout::{self, SpecLayout};
use xml::{Element, element};

const SANS: &str =
    "ui-sans-serif, system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif";
/// Around all, and between the parts.
const MARGIN: f64 = 16.0;

/// The ground that a picture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Whichever the reader's system has.
    #[default]
    Auto,
    /// A light one.
    Light,
    /// A dark one.
    Dark,
}

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Parts {
    /// The ThreadRuns and their nodes.
    #[default]
    Graph,
    /// The statuses of the ThreadRuns over the steps.
    Timeline,
    /// One beneath the other.
    Both,
}

/// Draws the moment that a sitting looks at, by itself: nothing of it is opened.
#[must_use]
pub fn draw(sitting: &Sitting, parts: Parts, theme: Theme) -> String {
    let layouts = layout::all(sitting.program(), sitting.document());
    draw_laid_out(sitting, &layouts, &Opened::new(), parts, theme)
}

/// Draws the moment that a sitting looks at, whose ThreadSpecs were laid out before. Of many like children and of handlers that are
/// over the graph shows what was opened.
#[must_use]
pub fn draw_laid_out(
    sitting: &Sitting,
    layouts: &Rc<[SpecLayout]>,
    opened: &Opened,
    parts: Parts,
    theme: Theme,
) -> String {
    let (graph, timeline) = match parts {
        Parts::Graph => (true, false),
        Parts::Timeline => (false, true),
        Parts::Both => (true, true),
    };
    let run = view::run(sitting);
    let mut drawn = Vec::new();
    if graph {
        let stage = lanes::stage(sitting.program(), layouts, &run, opened, Headings::Above);
        drawn.push(graph::draw(&stage, layouts, &run));
    }
    let mut width = drawn.iter().map(|part| part.width).fold(0.0, f64::max);
    if timeline {
        let bars = timeline::draw(sitting, width);
        width = width.max(bars.width);
        drawn.push(bars);
    }
    let mut top = MARGIN;
    let mut body = element("g");
    for part in drawn {
        let moved = element("g").set("transform", format!("translate({MARGIN} {top})"));
        top += part.height + MARGIN;
        body = body.with(moved.with(part.drawing));
    }
    whole(body, (width + 2.0 * MARGIN, top), &view::caption(sitting), theme)
}

/// The colour of the ground that a picture stands on; the light one, if it follows the reader's system.
#[must_use]
pub fn ground(theme: Theme) -> &'static str {
    colours::ground(theme == Theme::Dark)
}

/// A part of a picture, and its size.
struct Drawn {
    drawing: Element,
    width: f64,
    height: f64,
}

fn whole(body: Element, (width, height): (f64, f64), caption: &str, theme: Theme) -> String {
    let (width, height) = (width.ceil(), height.ceil());
    let ground = element("rect")
        .set("class", "f-ground")
        .at("width", width)
        .at("height", height)
        .at("rx", 12.0);
    let body = element("g").with(ground).with(body);
    let rules = colours::rules(&body.write(), theme);
    let svg = element("svg")
        .set("xmlns", "http://www.w3.org/2000/svg")
        .at("width", width)
        .at("height", height)
        .set("viewBox", format!("0 0 {width} {height}"))
        .set("role", "img")
        .set("font-family", SANS)
        .set("font-size", 13)
        .with(element("title").text(caption))
        .with(element("style").text(&rules))
        .with(body);
    svg.write() + "\n"
}
