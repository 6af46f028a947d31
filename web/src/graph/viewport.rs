//! What of the stage is in view, and how large: numbers only, the browser is elsewhere.

use std::ops::Range;

use super::lanes::{Headings, Lane, Stage};

/// The smallest and the largest that a stage is drawn.
pub(super) const ZOOMS: (f64, f64) = (0.04, 2.0);
/// What a press of + makes it larger by.
pub(super) const ZOOM_STEP: f64 = 1.25;
/// Smaller than this headings are enlarged, so that they can be read.
const NEAR: f64 = 0.7;
/// Nothing is drawn smaller than this unless somebody asks for it.
const AT_EASE: f64 = 0.8;
/// What is left free around a stage that fills the view, in pixels.
const AROUND_ALL: f64 = 30.0;
/// Smaller than this nodes are not drawn.
const FAR: f64 = 0.22;
/// Drawn above and beneath what is in view, in parts of its height: a fast hand finds nothing empty.
const AROUND: f64 = 0.75;
/// So few lanes are drawn wherever they are.
const ALWAYS: usize = 12;
/// Lanes are drawn and left out by so many, so that a small movement changes nothing.
const BATCH: usize = 4;
/// So many nodes of a lane are drawn wherever they are.
const ALWAYS_NODES: usize = 150;
/// Nodes are drawn and left out by so many pixels of the stage.
const BATCH_ACROSS: f64 = 400.0;

/// How much is drawn of a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Detail {
    /// Everything.
    #[default]
    Near,
    /// The heading is short, and larger than the rest.
    Middle,
    /// No nodes.
    Far,
}

impl Detail {
    pub(super) fn at(zoom: f64) -> Self {
        if zoom < FAR {
            Detail::Far
        } else if zoom < NEAR {
            Detail::Middle
        } else {
            Detail::Near
        }
    }

    /// Its name in style sheets.
    pub(super) fn name(self) -> &'static str {
        match self {
            Detail::Near => "near",
            Detail::Middle => "middle",
            Detail::Far => "far",
        }
    }
}

/// A part of the stage, in the pixels of the screen: how far it is scrolled, and how large the view is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct View {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) zoom: f64,
}

impl Default for View {
    fn default() -> Self {
        View { left: 0.0, top: 0.0, width: 1000.0, height: 800.0, zoom: 1.0 }
    }
}

impl View {
    /// Indices of the lanes that are drawn.
    pub(super) fn drawn(&self, stage: &Stage) -> Range<usize> {
        let lanes = &stage.lanes;
        if lanes.len() <= ALWAYS {
            return 0..lanes.len();
        }
        let around = self.height * AROUND;
        let top = (self.top - around) / self.zoom;
        let bottom = (self.top + self.height + around) / self.zoom;
        // Lanes stand one beneath the other.
        let first = lanes.partition_point(|lane| lane.y + lane.height < top);
        let last = lanes.partition_point(|lane| lane.y <= bottom);
        let first = first / BATCH * BATCH;
        let last = last.div_ceil(BATCH) * BATCH;
        first.min(lanes.len())..last.clamp(first.min(lanes.len()), lanes.len())
    }

    /// The part of the stage's width in which nodes of a lane with so many of them are drawn, in its pixels; all if none.
    pub(super) fn drawn_across(&self, nodes: usize) -> Option<Across> {
        if nodes <= ALWAYS_NODES {
            return None;
        }
        let around = self.width * AROUND;
        let batch = |x: f64| (x / self.zoom / BATCH_ACROSS) as i32;
        let (from, to) =
            (batch((self.left - around).max(0.0)), batch(self.left + self.width + around));
        Some(Across {
            from: from.saturating_mul(BATCH_ACROSS as i32),
            to: to.saturating_add(1).saturating_mul(BATCH_ACROSS as i32),
        })
    }

    /// As large as that, with what was at this point of the view still there.
    pub(super) fn zoomed(&self, zoom: f64, (x, y): (f64, f64)) -> View {
        let zoom = zoom.clamp(ZOOMS.0, ZOOMS.1);
        let by = zoom / self.zoom;
        View {
            left: ((self.left + x) * by - x).max(0.0),
            top: ((self.top + y) * by - y).max(0.0),
            zoom,
            ..*self
        }
    }

    /// As `fit`, but not smaller than can be read with ease: what people see first.
    pub(super) fn ease(&self, stage: &Stage) -> View {
        let fitted = self.fit(stage);
        View { zoom: fitted.zoom.max(AT_EASE), left: self.left, top: self.top, ..fitted }
    }

    /// So small that all of it is in view; never larger than it is.
    pub(super) fn fit(&self, stage: &Stage) -> View {
        let part = |view: f64, all: f64| if all > 0.0 { view / all } else { 1.0 };
        let zoom =
            part(self.width, stage.width).min(part(self.height, stage.height)).clamp(ZOOMS.0, 1.0);
        View { left: 0.0, top: 0.0, zoom, ..*self }
    }

    /// So large that it fills the view, as far as it may be enlarged.
    pub(super) fn fill(&self, stage: &Stage) -> View {
        let part = |view: f64, all: f64| if all > 0.0 { (view - AROUND_ALL) / all } else { 1.0 };
        let zoom = part(self.width, stage.width).min(part(self.height, stage.height));
        View { left: self.left, top: self.top, zoom: zoom.clamp(AT_EASE, ZOOMS.1), ..*self }
    }

    /// Whether something of the stage is out of view.
    pub(super) fn is_cut(&self, stage: &Stage) -> bool {
        // A border's width does not count.
        stage.width * self.zoom > self.width + 2.0 || stage.height * self.zoom > self.height + 2.0
    }

    /// Whether there is so much out of view that a map helps.
    pub(super) fn wants_map(&self, stage: &Stage) -> bool {
        const MUCH: f64 = 2.5;
        stage.width * self.zoom > self.width * MUCH || stage.height * self.zoom > self.height * MUCH
    }

    /// Where to scroll to, so that this part of the stage is in view: its start, if it is larger than the view. A part of
    /// a lane's nodes must not stand beneath its heading.
    pub(super) fn reveal(&self, part: &Part, headings: Headings) -> (f64, f64) {
        let along = |at: f64, size: f64, from: f64, length: f64| {
            bring(at, size, from * self.zoom, (from + length) * self.zoom)
        };
        (
            self.beside(headings, |left, width| along(left, width, part.x, part.width)),
            along(self.top, self.height, part.y, part.height),
        )
    }

    /// How far to scroll aside, as `go` says of that part of the view, its left and its width, which no headings cover.
    pub(super) fn beside(&self, headings: Headings, go: impl Fn(f64, f64) -> f64) -> f64 {
        let covered = headings.covered() * self.zoom;
        (go(self.left + covered, self.width - covered) - covered).max(0.0)
    }
}

/// Where a view goes along one side to have a stretch in view: its start, if it is longer than the view.
pub(super) fn bring(at: f64, size: f64, from: f64, to: f64) -> f64 {
    const MARGIN: f64 = 28.0;
    let room = (size - (to - from)) / 2.0;
    let margin = if room < 0.0 { MARGIN } else { room.min(MARGIN) };
    let (from, to) = (from - margin, to + margin);
    if from < at || to - from > size {
        from.max(0.0)
    } else if to > at + size {
        to - size
    } else {
        at
    }
}

/// A part of the stage's width, in its own pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Across {
    pub(super) from: i32,
    pub(super) to: i32,
}

impl Across {
    /// Whether something that reaches from one place to another is in it, in part.
    pub(super) fn meets(self, from: f64, to: f64) -> bool {
        to >= f64::from(self.from) && from <= f64::from(self.to)
    }
}

/// A part of the stage, in its own pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Part {
    /// A lane: of its width only the start, where the heading is.
    pub(super) fn of(lane: &Lane) -> Self {
        Part { x: lane.x, y: lane.y, width: lane.width.min(200.0), height: lane.height }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lanes::Who;
    use super::*;

    fn stage(count: u32) -> Stage {
        let lanes = (0..count).map(|number| Lane {
            heading: Headings::Above,
            nodes: (0.0, 0.0),
            folded: false,
            interrupted_by: None,
            named_above: false,
            who: Who::Thread { number, earlier: Vec::new() },
            spec: 0,
            x: 0.0,
            y: f64::from(number) * 100.0,
            width: 400.0,
            height: 90.0,
        });
        Stage {
            titles: Vec::new(),
            lanes: lanes.collect(),
            ties: Vec::new(),
            width: 400.0,
            height: f64::from(count) * 100.0 - 10.0,
            headings: Headings::Above,
        }
    }

    fn view(top: f64, zoom: f64) -> View {
        View { left: 0.0, top, width: 500.0, height: 600.0, zoom }
    }

    #[test]
    fn all_that_is_in_view_is_drawn_and_little_else() {
        let stage = stage(1_000);
        for zoom in [0.05, 0.3, 1.0, 2.0] {
            for part in 0..50 {
                let top = stage.height * zoom * f64::from(part) / 50.0;
                let view = view(top, zoom);
                let drawn = view.drawn(&stage);
                for (index, lane) in stage.lanes.iter().enumerate() {
                    let seen = (lane.y + lane.height) * zoom > top && lane.y * zoom < top + 600.0;
                    assert!(!seen || drawn.contains(&index), "{index} at {top} × {zoom}");
                }
                let most = 600.0 * (1.0 + 2.0 * AROUND) / (100.0 * zoom) + 2.0 * BATCH as f64 + 2.0;
                assert!(drawn.len() as f64 <= most, "{drawn:?} of {most}");
            }
        }
    }

    #[test]
    fn a_small_movement_draws_nothing_new() {
        let stage = stage(1_000);
        let drawn: Vec<_> =
            (0..100).map(|by| view(5_000.0 + f64::from(by), 1.0).drawn(&stage)).collect();
        let changes = drawn.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(changes <= 2, "{changes}");
    }

    #[test]
    fn of_a_long_lane_what_is_in_view_is_drawn() {
        assert_eq!(view(0.0, 1.0).drawn_across(100), None);
        for zoom in [0.3, 1.0, 2.0] {
            for left in [0.0, 90.0, 70_000.0] {
                let view = View { left, ..view(0.0, zoom) };
                let across = view.drawn_across(5_000).unwrap();
                assert!(
                    across.meets(left / zoom, left / zoom)
                        && across.meets((left + 500.0) / zoom, 1e9)
                );
                assert!(
                    f64::from(across.to - across.from) <= 500.0 * 2.5 / zoom + 2.0 * BATCH_ACROSS
                );
            }
        }
    }

    #[test]
    fn what_is_beneath_the_pointer_stays_there() {
        let before = view(1_000.0, 1.0);
        let after = before.zoomed(0.5, (100.0, 200.0));
        assert!(((after.top + 200.0) / after.zoom - 1_200.0).abs() < 1e-9);
    }

    #[test]
    fn what_fits_is_not_cut() {
        for count in [1, 5, 40] {
            let stage = stage(count);
            let fitted = view(0.0, 1.0).fit(&stage);
            assert!(!fitted.is_cut(&stage), "{count}");
        }
    }

    #[test]
    fn what_is_revealed_is_in_view() {
        let stage = stage(1_000);
        for zoom in [0.3, 1.0] {
            for index in [0, 3, 500, 999] {
                let part = Part::of(&stage.lanes[index]);
                let (_, top) = view(7_000.0, zoom).reveal(&part, Headings::Above);
                assert!(part.y * zoom >= top && (part.y + part.height) * zoom <= top + 600.0);
            }
        }
    }
}
