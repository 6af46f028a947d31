//! Where the lanes stand. A thread's lane has beneath it, for each interrupt that its ThreadSpec registers, a
//! place that is kept free for the handler: when it starts, nothing has to move. Children follow.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use halter_engine::program::{Program, Spec};
use halter_engine::state::{Position, Status, ThreadType};
use halter_session::view::{RunView, ThreadView};
use halter_session::wf_runs;

use crate::layout::SpecLayout;
use crate::stack;

/// Height of a heading above the nodes: a lane's name and status, and what it waits for.
const HEADING: f64 = 36.0;
/// Width of a heading beside the nodes, from where room is short to where there is enough.
const PANEL: std::ops::RangeInclusive<f64> = 300.0..=460.0;
/// What is behind the nodes has as much before a heading gets more than the least.
const SENTENCE: f64 = 200.0;
/// At the sides of the nodes.
const PADDING: f64 = 12.0;
/// Beneath the nodes: what can be done to one hangs on its lower edge.
const FOOTING: f64 = 16.0;
/// Above and beneath the nodes of a lane whose heading stands beside them; what hangs on a node then reaches between the lanes.
const MARGIN: f64 = 7.0;
/// The two lines of a heading beside the nodes need no less.
const LINES: f64 = 42.0;
/// A lane's frame, above and beneath what is in it.
const FRAME: f64 = 4.0;
/// A tie leaves a node so far from its left edge.
const TIE_ASIDE: f64 = 12.0;
/// Height of a lane that is folded to its heading.
const LINE: f64 = 34.0;
/// So many like children have lanes; more are a stack.
const STACKED: usize = 12;
/// Above the title of a child WfRun.
const BETWEEN_WF_RUNS: f64 = 14.0;
const GAP: f64 = 10.0;
const GAP_OF_HANGING: f64 = 12.0;
const INDENT: f64 = 30.0;
const MIN_WIDTH: f64 = 340.0;
/// A thread that is deeper than this stands no further to the right.
const DEEPEST: usize = 8;

/// Where the headings of lanes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Headings {
    /// Above the nodes: in a narrow view, and in a picture.
    #[default]
    Above,
    /// At the left of the nodes, in two lines, so wide in pixels: so the lanes are little higher than a node.
    Beside(u16),
}

impl Headings {
    /// Beside the nodes where a view of that width, in pixels, shows all of the longest ThreadSpec at nearly its size; with
    /// room for names and events, where there is enough.
    #[must_use]
    pub fn fitting(layouts: &[SpecLayout], width: f64) -> Self {
        const SMALLEST: f64 = 0.9;
        let (least, most) = PANEL.into_inner();
        let longest = layouts.iter().map(|layout| layout.width).fold(0.0, f64::max);
        let needed = |panel: f64| INDENT + panel + longest + 2.0 * PADDING;
        let wanted = layouts.iter().map(|layout| layout.heading).fold(least, f64::max).min(most);
        if needed(wanted) + SENTENCE <= width {
            Headings::Beside(wanted.ceil() as u16)
        } else if needed(least) * SMALLEST <= width {
            Headings::Beside(least as u16)
        } else {
            Headings::Above
        }
    }

    /// How much of the view's left the headings always cover, in pixels of the stage.
    #[must_use]
    pub fn covered(self) -> f64 {
        match self {
            Headings::Above => 0.0,
            Headings::Beside(panel) => f64::from(panel),
        }
    }

    fn gap(self) -> f64 {
        match self {
            Headings::Above => GAP,
            Headings::Beside(_) => GAP_OF_HANGING,
        }
    }

    /// Where nodes of that height begin, seen from the lane's corner.
    fn nodes(self, height: f64) -> (f64, f64) {
        match self {
            Headings::Above => (PADDING, HEADING),
            Headings::Beside(_) => {
                (self.covered() + PADDING, MARGIN + (LINES - height).max(0.0) / 2.0)
            }
        }
    }

    /// The height of a lane whose nodes need that much.
    fn height(self, nodes: f64) -> f64 {
        match self {
            Headings::Above => HEADING + nodes + FOOTING,
            Headings::Beside(_) => nodes.max(LINES) + 2.0 * MARGIN + FRAME,
        }
    }
}

/// All lanes and ties.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stage {
    /// From above.
    pub lanes: Vec<Lane>,
    /// What ties them together.
    pub ties: Vec<Tie>,
    /// What stands above the lanes of each WfRun, where child workflows are played.
    pub titles: Vec<Title>,
    /// In pixels of the stage, as all lengths.
    pub width: f64,
    /// Likewise.
    pub height: f64,
    /// Where the headings stand.
    pub headings: Headings,
}

/// What stands above the lanes of a WfRun.
#[derive(Debug, Clone, PartialEq)]
pub struct Title {
    /// The name of its WfSpec; with the NodeRun that started it, if there are several.
    pub name: String,
    /// Its status; none before it was started.
    pub status: Option<Status>,
    /// The ThreadRun that started it, such as `ThreadRun 0`; none of the first WfRun.
    pub started_by: Option<String>,
    /// Events that nobody has claimed, such as `event paid (e2)`; of the first WfRun they are told elsewhere.
    pub unclaimed: Vec<String>,
    /// Its upper edge.
    pub y: f64,
}

impl Title {
    /// Its height.
    pub const HEIGHT: f64 = 30.0;

    /// What kind of WfRun it is, before its name.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if self.started_by.is_some() { "Child WfRun" } else { "WfRun" }
    }

    /// What else is to be known of it, in a sentence; empty if nothing is.
    #[must_use]
    pub fn note(&self) -> String {
        let started = self.started_by.iter().map(|by| format!("Started by {by}."));
        let waits = (!self.unclaimed.is_empty())
            .then(|| format!("Nobody has taken {}.", self.unclaimed.join(", ")));
        started.chain(waits).collect::<Vec<_>>().join(" ")
    }
}

/// A lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Whose it is.
    pub who: Who,
    /// Index of the ThreadSpec.
    pub spec: u16,
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// What it needs; it is drawn to the right edge of the stage.
    pub width: f64,
    /// Likewise.
    pub height: f64,
    /// Where its heading stands: that of a stack, and one that has no nodes, is above whatever the others are.
    pub heading: Headings,
    /// Where its nodes begin, seen from its corner.
    pub nodes: (f64, f64),
    /// Whether it is folded to a line, without nodes.
    pub folded: bool,
    /// The event whose handler is tied to the node at which its thread is.
    pub interrupted_by: Option<String>,
    /// Whether the event that it handles is named in the lane above, where its tie begins.
    pub named_above: bool,
}

/// What is folded until somebody opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fold {
    /// Like children: those of one ThreadRun with the same ThreadSpec, by its index.
    Stack {
        /// The ThreadRun's number.
        of: u32,
        /// The index of their ThreadSpec.
        spec: u16,
    },
    /// A handler that completed in an earlier step.
    Handler(u32),
}

/// What somebody opened.
pub type Opened = BTreeSet<Fold>;

/// Whose lane it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    /// A ThreadRun's, and those that had this place before and are over.
    Thread {
        /// Its number.
        number: u32,
        /// Those of before.
        earlier: Vec<u32>,
    },
    /// Kept for the handler of this event, of the ThreadRun with this number (or the entrypoint to be).
    Handler {
        /// The event's index.
        event: u16,
        /// The event's name.
        name: String,
        /// The number of the ThreadRun.
        of: u32,
    },
    /// Of many like children, with their numbers; whether their lanes follow.
    Stack {
        /// The number of their parent.
        of: u32,
        /// Their numbers.
        numbers: Rc<[u32]>,
        /// Whether their lanes follow.
        open: bool,
    },
    /// Kept for the entrypoint, before the run is started.
    Entrypoint,
}

impl Who {
    /// Whether it is the same place, whoever had it before.
    pub fn is(&self, other: &Who) -> bool {
        match (self, other) {
            (Who::Thread { number: a, .. }, Who::Thread { number: b, .. }) => a == b,
            (Who::Stack { numbers: a, .. }, Who::Stack { numbers: b, .. }) => {
                a.first() == b.first()
            }
            _ => self == other,
        }
    }
}

impl Stage {
    /// The index of a ThreadRun's lane, or of the stack that it is in.
    pub fn lane_of(&self, thread: u32) -> Option<usize> {
        let is = |lane: &Lane| matches!(lane.who, Who::Thread { number, .. } if number == thread);
        let holds = |lane: &Lane| matches!(&lane.who, Who::Stack { numbers, .. } if numbers.contains(&thread));
        self.lanes.iter().position(is).or_else(|| self.lanes.iter().position(holds))
    }
}

/// A line from a lane to one beneath it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// What it says.
    pub kind: TieKind,
    /// Indices of the upper and of the lower lane.
    pub lanes: (usize, usize),
    /// Where it leaves the upper lane's edge, and where it meets the lower lane's.
    pub from: (f64, f64),
    /// See there.
    pub to: (f64, f64),
    /// From the node at which the upper thread was interrupted or failed, straight down: only to the next lane.
    pub node: Option<(f64, f64, f64)>,
}

/// How round the corner of a tie is.
const CORNER: f64 = 10.0;

impl Tie {
    /// Its way as an SVG path, which begins here at the highest.
    #[must_use]
    pub fn path(&self, highest: f64) -> String {
        let ((x, top), (left, y)) = (self.from, self.to);
        let corner = CORNER.min(left - x).max(0.0);
        let top = top.max(highest.min(y - corner));
        format!("M{x} {top}V{}Q{x} {y} {} {y}H{left}", y - corner, x + corner)
    }

    /// From the node at which the upper thread was interrupted to its handler: a line and its head, as SVG paths.
    #[must_use]
    pub fn from_node(&self) -> Option<(String, String)> {
        let (x, top, bottom) = self.node.filter(|_| self.kind == TieKind::Handler)?;
        let (left, right, above) = (x - 5.0, x + 5.0, bottom - 8.0);
        Some((
            format!("M{x} {top}V{}", bottom - 5.0),
            format!("M{left} {above}L{x} {bottom}L{right} {above}Z"),
        ))
    }
}

/// What a tie says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TieKind {
    /// A handler would stand here.
    Kept,
    /// A handler stands here.
    Handler,
    /// A child stands here.
    Child,
    /// A child that is halted because its parent is.
    HaltedChild,
    /// A child that keeps its parent from being HALTED.
    DelayingChild,
    /// It is over.
    Over,
}

impl TieKind {
    /// Its name in style sheets.
    pub fn class(self) -> &'static str {
        match self {
            TieKind::Kept => "tie tie--kept",
            TieKind::Handler => "tie tie--handler",
            TieKind::Child => "tie tie--child",
            TieKind::HaltedChild => "tie tie--halted",
            TieKind::DelayingChild => "tie tie--delaying",
            TieKind::Over => "tie tie--over",
        }
    }
}

/// The lanes of a run.
pub fn stage(
    program: &Program,
    layouts: &Rc<[SpecLayout]>,
    run: &RunView,
    opened: &Opened,
    headings: Headings,
) -> Stage {
    let mut builder = Builder {
        program,
        specs: wf_runs::specs(program).collect(),
        layouts,
        run,
        opened,
        children: BTreeMap::new(),
        stage: Stage { headings, ..Stage::default() },
    };
    for thread in &run.threads {
        if let Some(parent) = thread.parent {
            builder.children.entry(parent).or_default().push(thread.number);
        }
    }
    builder.build();
    builder.stage
}

struct Builder<'a> {
    program: &'a Program,
    /// Of all WfSpecs, as [`wf_runs::specs`] has them.
    specs: Vec<(u16, &'a Spec)>,
    layouts: &'a [SpecLayout],
    run: &'a RunView,
    opened: &'a Opened,
    children: BTreeMap<u32, Vec<u32>>,
    stage: Stage,
}

/// A lane that is still to be placed.
struct ToPlace {
    who: Who,
    spec: u16,
    depth: usize,
    tie: Option<(usize, TieKind, Option<Position>)>,
}

impl Builder<'_> {
    fn build(&mut self) {
        let who = match self.run.threads.first() {
            Some(_) => Who::Thread { number: 0, earlier: Vec::new() },
            None => Who::Entrypoint,
        };
        if !self.program.workflows.is_empty() {
            self.title(Title {
                name: self.program.name.to_string(),
                status: self.run.status,
                started_by: None,
                unclaimed: Vec::new(),
                y: 0.0,
            });
        }
        self.wf_run(ToPlace { who, spec: self.program.entrypoint, depth: 0, tie: None });
        for child in &self.run.child_wf_runs {
            let Some(first) = self.run.threads.get(child.first) else {
                continue;
            };
            self.stage.height += BETWEEN_WF_RUNS;
            self.title(Title {
                name: child.name.clone(),
                status: Some(child.status),
                started_by: self.thread(child.started_by).map(ThreadView::name),
                unclaimed: child.unclaimed.clone(),
                y: 0.0,
            });
            let who = Who::Thread { number: first.number, earlier: Vec::new() };
            self.wf_run(ToPlace { who, spec: first.spec, depth: 0, tie: None });
        }
        let right = |lane: &Lane| lane.x + lane.width;
        self.stage.width = self.stage.lanes.iter().map(right).fold(0.0, f64::max);
        self.stage.height = (self.stage.height - self.stage.headings.gap()).max(0.0);
    }

    fn title(&mut self, title: Title) {
        self.stage.titles.push(Title { y: self.stage.height, ..title });
        self.stage.height += Title::HEIGHT + self.stage.headings.gap();
    }

    /// The lanes of a WfRun, of which this is the first.
    fn wf_run(&mut self, first: ToPlace) {
        // A stack of our own: threads may be nested deeper than the machine's stack is.
        let mut to_place = vec![first];
        while let Some(next) = to_place.pop() {
            let (who, spec, depth) = (next.who.clone(), next.spec, next.depth);
            let index = self.place(next);
            let mut beneath = match who {
                Who::Thread { number, .. } => self.beneath(number, spec, depth, index),
                Who::Entrypoint => self.kept_for_handlers(0, spec, depth, index),
                Who::Handler { .. } | Who::Stack { .. } => Vec::new(),
            };
            beneath.reverse();
            to_place.append(&mut beneath);
        }
    }

    fn place(&mut self, next: ToPlace) -> usize {
        let layout = self.layouts.get(next.spec as usize);
        let of_nodes = layout.map_or((0.0, 0.0), |layout| (layout.width, layout.height));
        let folded = match next.who {
            Who::Thread { number, .. } => {
                self.thread(number).is_some_and(|thread| self.is_folded(thread))
            }
            Who::Handler { .. } | Who::Stack { .. } | Who::Entrypoint => false,
        };
        let (width, height) = match &next.who {
            Who::Stack { numbers, .. } => stack::size(numbers.len()),
            Who::Thread { .. } | Who::Handler { .. } | Who::Entrypoint => of_nodes,
        };
        let heading = match next.who {
            Who::Stack { .. } => Headings::Above,
            Who::Thread { .. } if folded => Headings::Above,
            Who::Thread { .. } | Who::Handler { .. } | Who::Entrypoint => self.stage.headings,
        };
        let nodes = heading.nodes(height);
        let mut lane = Lane {
            who: next.who,
            spec: next.spec,
            x: next.depth.min(DEEPEST) as f64 * INDENT,
            y: self.stage.height,
            width: (nodes.0 + width + PADDING).max(MIN_WIDTH),
            height: if folded { LINE } else { heading.height(height) },
            heading,
            nodes,
            folded,
            interrupted_by: None,
            named_above: false,
        };
        let index = self.stage.lanes.len();
        if let Some((upper, kind, position)) = next.tie {
            lane.named_above = self.tie(upper, &lane, kind, position);
        }
        self.stage.height += lane.height + self.stage.headings.gap();
        self.stage.lanes.push(lane);
        index
    }

    /// Ties a lane to an upper one. Whether its event is named at the node from which the tie comes.
    fn tie(
        &mut self,
        upper: usize,
        lane: &Lane,
        kind: TieKind,
        position: Option<Position>,
    ) -> bool {
        let next = upper + 1 == self.stage.lanes.len();
        let Some(parent) = self.stage.lanes.get(upper) else {
            return false;
        };
        let node = position.filter(|_| next && kind == TieKind::Handler).and_then(|position| {
            let Who::Thread { number, .. } = parent.who else {
                return None;
            };
            let node = self.run.thread(number)?.node_runs.get(position as usize)?.node;
            let place = self.layouts.get(parent.spec as usize)?.nodes.get(node as usize)?;
            // At the side of a wide node: what can be done to it hangs beside the line.
            let aside = (place.width / 2.0 - TIE_ASIDE).max(0.0);
            let aside = if place.short.is_empty() { 0.0 } else { aside };
            let (left, top) = parent.nodes;
            let x = parent.x + left + place.x - aside;
            Some((x, parent.y + top + place.y + place.height / 2.0, lane.y))
        });
        let gutter = parent.x + INDENT / 2.0;
        let event = node.and_then(|_| self.event_at_node(parent, lane, position?));
        self.stage.ties.push(Tie {
            kind,
            lanes: (upper, self.stage.lanes.len()),
            from: (gutter, parent.y + parent.height),
            // A lane that can't stand further to the right is met from its top.
            to: (lane.x.max(gutter), lane.y + 17.0),
            node,
        });
        let named = event.is_some();
        if let Some(parent) = self.stage.lanes.get_mut(upper).filter(|_| named) {
            parent.interrupted_by = event;
        }
        named
    }

    /// The event that the handler in this lane handles, if its parent still is where it was interrupted.
    fn event_at_node(&self, parent: &Lane, lane: &Lane, position: Position) -> Option<String> {
        let (Who::Thread { number: of, .. }, Who::Thread { number, .. }) = (&parent.who, &lane.who)
        else {
            return None;
        };
        let last = self.thread(*of)?.node_runs.len().checked_sub(1)?;
        self.thread(*number)?.event.clone().filter(|_| last == position as usize)
    }

    fn thread(&self, number: u32) -> Option<&ThreadView> {
        self.run.thread(number)
    }

    /// What stands beneath a ThreadRun's lane: handlers, or the places kept for them; then failure handlers;
    /// then children.
    fn beneath(&self, number: u32, spec: u16, depth: usize, index: usize) -> Vec<ToPlace> {
        let of_kind = |kind: ThreadType| {
            let children = self.children.get(&number).into_iter().flatten();
            children.filter_map(|child| self.thread(*child)).filter(move |child| child.kind == kind)
        };
        let mut beneath = Vec::new();
        for kept in self.kept_for_handlers(number, spec, depth, index) {
            let Who::Handler { event, .. } = kept.who else {
                continue;
            };
            let handlers: Vec<&ThreadView> = of_kind(ThreadType::Interrupt)
                .filter(|child| child.event_def == Some(event))
                .collect();
            if handlers.is_empty() {
                beneath.push(kept);
            } else {
                beneath.extend(Self::in_one_place(&handlers, depth, index));
            }
        }
        let failure_handlers: Vec<&ThreadView> = of_kind(ThreadType::FailureHandler).collect();
        beneath.extend(Self::in_one_place(&failure_handlers, depth, index));
        let children: Vec<&ThreadView> = of_kind(ThreadType::Child).collect();
        let mut alike: BTreeMap<u16, Vec<&ThreadView>> = BTreeMap::new();
        for child in &children {
            alike.entry(child.spec).or_default().push(child);
        }
        for child in children {
            match alike.get(&child.spec).filter(|alike| alike.len() > STACKED) {
                None => beneath.push(Self::child_lane(child, number, depth, index)),
                // The others are in the stack of the first.
                Some(alike) if alike.first().is_some_and(|first| first.number == child.number) => {
                    beneath.append(&mut self.stack(alike, number, depth, index));
                }
                Some(_) => {}
            }
        }
        beneath
    }

    fn child_lane(child: &ThreadView, parent: u32, depth: usize, index: usize) -> ToPlace {
        let tie = (index, tie_to_child(child, parent), child.from);
        Self::thread_lane(child, Vec::new(), depth, tie)
    }

    /// Like children of a ThreadRun: their stack; and those of them that have lanes of their own.
    fn stack(
        &self,
        alike: &[&ThreadView],
        parent: u32,
        depth: usize,
        index: usize,
    ) -> Vec<ToPlace> {
        let Some(spec) = alike.first().map(|first| first.spec) else {
            return Vec::new();
        };
        let open = self.opened.contains(&Fold::Stack { of: parent, spec });
        let kinds = [TieKind::DelayingChild, TieKind::HaltedChild, TieKind::Child];
        let has = |kind: &TieKind| alike.iter().any(|child| tie_to_child(child, parent) == *kind);
        let kind = kinds.into_iter().find(has).unwrap_or(TieKind::Over);
        let numbers = alike.iter().map(|child| child.number).collect();
        let stack = ToPlace {
            who: Who::Stack { of: parent, numbers, open },
            spec,
            depth: depth + 1,
            tie: Some((index, kind, None)),
        };
        let shown = if open { alike.len() } else { STACKED };
        let seen = alike.iter().filter(|child| open || self.stands_out(child)).take(shown);
        let lanes = seen.map(|child| Self::child_lane(child, parent, depth, index));
        std::iter::once(stack).chain(lanes).collect()
    }

    /// Whether something goes on beneath it: then it is seen beside its stack.
    fn stands_out(&self, child: &ThreadView) -> bool {
        let beneath = self.children.get(&child.number).into_iter().flatten();
        beneath.filter_map(|of| self.thread(*of)).any(|of| !of.status.is_terminal())
    }

    fn is_folded(&self, thread: &ThreadView) -> bool {
        is_foldable(thread) && !self.opened.contains(&Fold::Handler(thread.number))
    }

    fn kept_for_handlers(
        &self,
        number: u32,
        spec: u16,
        depth: usize,
        index: usize,
    ) -> Vec<ToPlace> {
        let (first, interrupts) = match self.specs.get(spec as usize) {
            Some((first, spec)) => (*first, &*spec.interrupts),
            None => (0, &[][..]),
        };
        let mut events = Vec::new();
        let mut kept = Vec::new();
        for interrupt in interrupts {
            if events.contains(&interrupt.event) {
                continue;
            }
            events.push(interrupt.event);
            kept.push(ToPlace {
                who: Who::Handler {
                    event: interrupt.event,
                    name: self
                        .program
                        .events
                        .get(interrupt.event as usize)
                        .map_or_else(String::new, |event| event.name.to_string()),
                    of: number,
                },
                spec: first + interrupt.handler,
                depth: depth + 1,
                tie: Some((index, TieKind::Kept, None)),
            });
        }
        kept
    }

    /// Handlers that share a place: those that are not over stand in it, or else the last one; the earlier
    /// ones are named in its heading. So a run of a thousand heartbeats stays as small as one.
    fn in_one_place(handlers: &[&ThreadView], depth: usize, index: usize) -> Vec<ToPlace> {
        let (over, live): (Vec<&ThreadView>, Vec<&ThreadView>) =
            handlers.iter().copied().partition(|handler| is_past(handler.status));
        let mut shown = live;
        let mut over = over;
        if shown.is_empty() {
            shown.extend(over.pop());
        }
        let mut earlier: Vec<u32> = over.iter().map(|handler| handler.number).collect();
        shown
            .into_iter()
            .map(|handler| {
                let kind =
                    if handler.status.is_terminal() { TieKind::Over } else { TieKind::Handler };
                let tie = (index, kind, handler.from);
                Self::thread_lane(handler, std::mem::take(&mut earlier), depth, tie)
            })
            .collect()
    }

    fn thread_lane(
        thread: &ThreadView,
        earlier: Vec<u32>,
        depth: usize,
        tie: (usize, TieKind, Option<Position>),
    ) -> ToPlace {
        ToPlace {
            who: Who::Thread { number: thread.number, earlier },
            spec: thread.spec,
            depth: depth + 1,
            tie: Some(tie),
        }
    }
}

/// Whether it is a handler that completed in an earlier step: all that it did is seen elsewhere.
pub fn is_foldable(thread: &ThreadView) -> bool {
    let is_handler = match thread.kind {
        ThreadType::Interrupt | ThreadType::FailureHandler => true,
        ThreadType::Entrypoint | ThreadType::Child => false,
    };
    is_handler && is_past(thread.status) && !thread.changed
}

fn tie_to_child(child: &ThreadView, parent: u32) -> TieKind {
    let halted = child.reasons.iter().any(|reason| reason.name == "PARENT_HALTED");
    match child.status {
        status if status.is_terminal() => TieKind::Over,
        _ if child.delays.contains(&parent) => TieKind::DelayingChild,
        _ if halted => TieKind::HaltedChild,
        _ => TieKind::Child,
    }
}

/// A handler that completed makes room for the next; one that failed stays to be looked at.
fn is_past(status: Status) -> bool {
    status == Status::Completed
}
