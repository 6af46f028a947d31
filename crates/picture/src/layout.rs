//! Where the nodes of a ThreadSpec stand: from left to right, each rank a column. The ranks' order and the
//! coordinates come from rust-sugiyama; the lanes around them are ours, so that a lane looks the same wherever
//! and whenever it is drawn.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::rc::Rc;

use halter_engine::program::{Node, NodeKind, Program, Spec};
use halter_engine::state::RunState;
use halter_session::words::Names;
use halter_spec::model::{Document, VariableMutation};
use halter_spec::show_mutation;
use rust_sugiyama::configure::{Config, CrossingMinimization, RankingType};
use rust_sugiyama::from_vertices_and_edges;

use crate::letters;

/// Height of a node with a label.
const NODE_HEIGHT: f64 = 42.0;
/// Width and height of a node without one: start, end, branch.
const MARK: f64 = 26.0;
/// What hangs on a node begins so far from its left edge, and above its lower edge.
const FOOT_ASIDE: f64 = 24.0;
const FOOT_OVERLAP: f64 = 4.5;
/// What stands on an edge with a pill is so far behind it.
const PILL_ASIDE: f64 = 13.0;
/// Between columns; half of it between rows.
const SPACING: f64 = 30.0;
/// What an edge over several columns takes of each.
const THREAD_OF_EDGE: f64 = 8.0;
/// Beneath the nodes, for edges that lead back.
const BACK_EDGE_ROOM: f64 = 22.0;
/// Most lines of a pill.
const PILL_LINES: usize = 3;
/// Height of a line of a pill.
pub const PILL_LINE: f64 = 15.0;
/// Longest label that is drawn whole.
const LABEL_CHARS: usize = 24;

/// A laid out ThreadSpec.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecLayout {
    /// The ThreadSpec's name.
    pub name: String,
    /// Whether it is of a child workflow.
    pub is_of_child: bool,
    /// By node index.
    pub nodes: Vec<NodeBox>,
    /// In the order of the nodes that they leave.
    pub edges: Vec<EdgePath>,
    /// In pixels of the stage, as all lengths.
    pub width: f64,
    /// Likewise.
    pub height: f64,
    /// The width that the heading of its lanes needs beside the nodes: for its name, and the events that interrupt it.
    pub heading: f64,
}

/// A node's place: its centre and size.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NodeBox {
    /// Its name in the WfSpec.
    pub name: String,
    /// Its centre.
    pub x: f64,
    /// Likewise.
    pub y: f64,
    /// Its size.
    pub width: f64,
    /// Likewise.
    pub height: f64,
    /// Whole label.
    pub label: String,
    /// As much of it as there is room for.
    pub short: String,
    /// What kind of node it is, in a word or two.
    pub kind: &'static str,
    /// What it is drawn as.
    pub shape: Shape,
    /// The picture of what it does.
    pub icon: Icon,
}

impl NodeBox {
    /// Where what hangs on its lower edge begins: what can be done to it, and the event that interrupted its thread there.
    pub fn foot(&self) -> (f64, f64) {
        (self.x - self.width / 2.0 + FOOT_ASIDE, self.y + self.height / 2.0 - FOOT_OVERLAP)
    }
}

/// What a node is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// Where a thread begins.
    Start,
    /// Where it ends.
    End,
    /// An end by a failure.
    Fail,
    /// Where ways part or meet.
    Branch,
    /// All others: a box with words.
    #[default]
    Box,
}

/// The picture of what a node does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "each is a kind of node")]
pub enum Icon {
    #[default]
    None,
    Task,
    Event,
    Start,
    Wait,
    Sleep,
    UserTask,
    Throw,
    Condition,
    Fail,
}

/// An edge's way.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgePath {
    /// The node that it leaves, by index.
    pub from: u16,
    /// The node that it leads to.
    pub to: u16,
    /// An SVG path.
    pub path: String,
    /// The width that it takes.
    pub left: f64,
    /// Likewise.
    pub right: f64,
    /// Whether it is taken only under a condition.
    pub conditional: bool,
    /// What it changes on the way.
    pub pill: Option<Pill>,
    /// Where something can stand on it: in its middle, or behind the pill.
    pub middle: (f64, f64),
}

/// Changes of variables, written on an edge: its centre and size.
#[derive(Debug, Clone, PartialEq)]
pub struct Pill {
    /// Its centre.
    pub x: f64,
    /// Likewise.
    pub y: f64,
    /// Its size.
    pub width: f64,
    /// Likewise.
    pub height: f64,
    /// A line each, as much of it as there is room for.
    pub lines: Vec<String>,
    /// All of it.
    pub whole: String,
}

impl Pill {
    fn of(mutations: &[VariableMutation], node: &str) -> Option<Self> {
        let all: Vec<String> =
            mutations.iter().map(|mutation| show_mutation(mutation, node)).collect();
        let more = all.len().saturating_sub(PILL_LINES);
        let mut lines: Vec<String> = all.iter().take(PILL_LINES).map(|one| shorten(one)).collect();
        if more > 0 {
            lines.pop();
            lines.push(format!("and {} more", more + 1));
        }
        let widest = lines.iter().map(|line| line.chars().count()).max()?;
        Some(Pill {
            x: 0.0,
            y: 0.0,
            width: widest as f64 * 6.7 + 18.0,
            height: lines.len() as f64 * PILL_LINE + 6.0,
            lines,
            whole: all.join(", "),
        })
    }
}

/// Lays out all ThreadSpecs of a program, in their order, and behind them those of its child workflows.
#[must_use]
pub fn all(program: &Program, document: &Document) -> Rc<[SpecLayout]> {
    let own = program.specs.iter().enumerate();
    let mut layouts: Vec<SpecLayout> =
        own.map(|(index, spec)| SpecLayout::of(program, index, spec, document)).collect();
    for child in &program.workflows {
        let document = document.of_workflow(&child.name).unwrap_or_default();
        let specs = child.specs.iter().enumerate();
        layouts.extend(specs.map(|(index, spec)| SpecLayout::of(child, index, spec, &document)));
    }
    layouts.into()
}

impl SpecLayout {
    /// Lays out a ThreadSpec, the one with that index.
    fn of(program: &Program, index: usize, spec: &Spec, document: &Document) -> Self {
        let nothing = RunState::default();
        let names = Names::new(program, &nothing);
        let mut nodes: Vec<NodeBox> =
            spec.nodes.iter().map(|node| node_box(&names, node)).collect();
        let edges: Vec<(usize, usize)> = spec
            .nodes
            .iter()
            .enumerate()
            .flat_map(|(from, node)| node.edges.iter().map(move |edge| (from, edge.sink as usize)))
            .filter(|(_, to)| *to < spec.nodes.len())
            .collect();
        let thread = document.wf_spec.thread_specs.get(&*spec.name);
        let mut pills: Vec<Option<Pill>> = spec
            .nodes
            .iter()
            .flat_map(|node| {
                let model = thread.and_then(|thread| thread.nodes.get(&*node.name));
                // That a thread's number is kept goes without saying.
                let starts = matches!(
                    node.kind,
                    NodeKind::StartThread { .. } | NodeKind::StartMultipleThreads { .. }
                );
                (0..node.edges.len()).map(move |index| {
                    let edge = model?.outgoing_edges.get(index).filter(|_| !starts)?;
                    Pill::of(&edge.variable_mutations, &node.name)
                })
            })
            .collect();
        let sizes: Vec<(f64, f64)> = nodes.iter().map(|node| (node.width, node.height)).collect();
        let pill_sizes: Vec<Option<(f64, f64)>> =
            pills.iter().map(|pill| pill.as_ref().map(|of| (of.width, of.height))).collect();
        let placed = place(&sizes, &edges, &pill_sizes);
        for (node, (x, y)) in nodes.iter_mut().zip(&placed.centres) {
            (node.x, node.y) = (*x, *y);
        }
        let bottom = nodes.iter().map(|node| node.y + node.height / 2.0).fold(0.0, f64::max);
        let conditional = spec
            .nodes
            .iter()
            .flat_map(|node| node.edges.iter().map(|edge| edge.condition.is_some()));
        let paths: Vec<EdgePath> = edges
            .iter()
            .zip(&placed.routes)
            .zip(conditional)
            .zip(&mut pills)
            .filter_map(|(((&(from, to), route), conditional), pill)| {
                let (a, b) = (nodes.get(from)?, nodes.get(to)?);
                let mut pill = pill.take();
                if let Some(pill) = &mut pill {
                    (pill.x, pill.y) = match route {
                        Some(route) => route.first().copied().unwrap_or_default(),
                        None => middle(a, b, None, bottom),
                    };
                }
                let path = match route {
                    Some(route) => forward(a, b, route),
                    None => back(a, b, bottom),
                };
                let middle = match &pill {
                    Some(pill) => (pill.x + pill.width / 2.0 + PILL_ASIDE, pill.y),
                    None => middle(a, b, route.as_deref(), bottom),
                };
                let left = f64::min(a.x - a.width / 2.0, b.x - b.width / 2.0);
                let right = f64::max(a.x + a.width / 2.0, b.x + b.width / 2.0);
                let (from, to) = (from as u16, to as u16);
                Some(EdgePath { from, to, path, left, right, conditional, pill, middle })
            })
            .collect();
        let room = if placed.routes.iter().any(Option::is_none) { BACK_EDGE_ROOM } else { 0.0 };
        let lowest = |edge: &EdgePath| edge.pill.as_ref().map_or(0.0, |p| p.y + p.height / 2.0);
        let lowest = paths.iter().map(lowest).fold(bottom + room, f64::max);
        let width = nodes.iter().map(|node| node.x + node.width / 2.0).fold(0.0, f64::max);
        SpecLayout {
            is_of_child: false,
            name: spec.name.to_string(),
            nodes,
            edges: paths,
            width,
            height: lowest,
            heading: heading(program, index, spec),
        }
    }
}

/// The width of a heading: the ThreadRun's number and name, and either a chip for each event that interrupts it or the one that it
/// handles.
fn heading(program: &Program, index: usize, spec: &Spec) -> f64 {
    const NAME: f64 = 14.0;
    const EVENT: f64 = 13.0;
    /// A chip's envelope, its ends, and what is between it and the next.
    const AROUND_CHIP: f64 = 48.0;
    /// A number of two digits, the menu, and the heading's ends.
    const AROUND: f64 = 88.0;
    let event = |event: u16| program.events.get(usize::from(event)).map_or("", |def| &*def.name);
    let chips =
        spec.interrupts.iter().map(|of| letters::width(event(of.event), EVENT) + AROUND_CHIP);
    let all = program.specs.iter().flat_map(|spec| &spec.interrupts);
    let handled = all
        .filter(|of| usize::from(of.handler) == index)
        .map(|of| letters::width(&format!("event {} (e1)", event(of.event)), EVENT));
    AROUND + letters::width(&spec.name, NAME) + chips.sum::<f64>().max(handled.fold(0.0, f64::max))
}

fn node_box(names: &Names<'_>, node: &Node) -> NodeBox {
    let label = names.node_label(node);
    let (kind, icon) = match node.kind {
        NodeKind::Entrypoint => ("start", Icon::None),
        NodeKind::Exit { .. } => ("end", Icon::Fail),
        NodeKind::Nop => ("branch", Icon::None),
        NodeKind::Task { .. } => ("task", Icon::Task),
        NodeKind::ExternalEvent { .. } => ("wait for event", Icon::Event),
        NodeKind::StartThread { .. } => ("start thread", Icon::Start),
        NodeKind::StartMultipleThreads { .. } => ("start threads", Icon::Start),
        NodeKind::WaitForThreads { .. } => ("wait for threads", Icon::Wait),
        NodeKind::Sleep(_) => ("sleep", Icon::Sleep),
        NodeKind::UserTask { .. } => ("user task", Icon::UserTask),
        NodeKind::ThrowEvent { .. } => ("throw event", Icon::Throw),
        NodeKind::WaitForCondition(_) => ("wait for condition", Icon::Condition),
        NodeKind::RunChildWf { .. } => ("run workflow", Icon::Start),
        NodeKind::WaitForChildWf { .. } => ("wait for workflow", Icon::Wait),
    };
    let shape = match node.kind {
        NodeKind::Entrypoint => Shape::Start,
        NodeKind::Exit { failure: None, .. } => Shape::End,
        NodeKind::Exit { .. } => Shape::Fail,
        NodeKind::Nop => Shape::Branch,
        NodeKind::Task { .. }
        | NodeKind::ExternalEvent { .. }
        | NodeKind::StartThread { .. }
        | NodeKind::StartMultipleThreads { .. }
        | NodeKind::WaitForThreads { .. }
        | NodeKind::Sleep(_)
        | NodeKind::UserTask { .. }
        | NodeKind::ThrowEvent { .. }
        | NodeKind::WaitForCondition(_)
        | NodeKind::RunChildWf { .. }
        | NodeKind::WaitForChildWf { .. } => Shape::Box,
    };
    let name = node.name.to_string();
    if matches!(shape, Shape::Start | Shape::End | Shape::Branch) {
        return NodeBox {
            name,
            width: MARK,
            height: MARK,
            label,
            kind,
            shape,
            icon,
            ..NodeBox::default()
        };
    }
    let short = shorten(&label);
    let widest = short.chars().count().max(kind.chars().count());
    let width = (50.0 + widest as f64 * 8.0).max(96.0);
    NodeBox {
        name,
        width,
        height: NODE_HEIGHT,
        label,
        short,
        kind,
        shape,
        icon,
        ..NodeBox::default()
    }
}

fn shorten(label: &str) -> String {
    if label.chars().count() <= LABEL_CHARS {
        return label.to_owned();
    }
    let start: String = label.chars().take(LABEL_CHARS - 1).collect();
    format!("{start}…")
}

/// Where everything stands.
struct Placed {
    /// The nodes' centres.
    centres: Vec<(f64, f64)>,
    /// For each edge the points between its ends, or none if it leads back.
    routes: Vec<Option<Vec<(f64, f64)>>>,
}

fn place(sizes: &[(f64, f64)], edges: &[(usize, usize)], pills: &[Option<(f64, f64)>]) -> Placed {
    let leads_back = back_edges(sizes.len(), edges);
    let pill = |edge: usize| pills.get(edge).copied().flatten();
    let ranks = ranks(sizes.len(), edges, &leads_back, &|edge| pill(edge).is_some());
    // The library draws from top to bottom: width and height change places on the way in and out.
    let mut vertices: Vec<(u32, (f64, f64))> =
        (0..).zip(sizes).map(|(id, &(width, height))| (id, (height, width))).collect();
    let mut links: Vec<(u32, u32)> = Vec::new();
    let mut linked = HashSet::new();
    // An edge over several columns goes through a vertex of ours in each, so that it finds its way around nodes.
    let mut through: Vec<Option<Vec<u32>>> = Vec::new();
    for (edge, (&(from, to), &back)) in edges.iter().zip(&leads_back).enumerate() {
        if back {
            through.push(None);
            continue;
        }
        let between = ranks[to].saturating_sub(ranks[from]).saturating_sub(1);
        let mut last = from as u32;
        let mut points = Vec::new();
        for part in 0..between {
            let id = vertices.len() as u32;
            let (width, height) = pill(edge).filter(|_| part == 0).unwrap_or((1.0, THREAD_OF_EDGE));
            vertices.push((id, (height, width)));
            links.push((last, id));
            points.push(id);
            last = id;
        }
        if linked.insert((last, to as u32)) {
            links.push((last, to as u32));
        }
        through.push(Some(points));
    }
    let mut centres = vec![(0.0, 0.0); vertices.len()];
    let mut top = 0.0;
    // Parts that nothing connects come one by one: each goes beneath the one before.
    for (part, ..) in from_vertices_and_edges(&vertices, &links, &config()) {
        let extent = |id: usize| vertices.get(id).map_or((0.0, 0.0), |(_, size)| *size);
        let left =
            part.iter().map(|&(id, (_, y))| y - extent(id).1 / 2.0).fold(f64::INFINITY, f64::min);
        let above =
            part.iter().map(|&(id, (x, _))| x - extent(id).0 / 2.0).fold(f64::INFINITY, f64::min);
        let mut bottom = top;
        for (id, (x, y)) in part {
            let centre = (y - left, x - above + top);
            bottom = f64::max(bottom, centre.1 + extent(id).0 / 2.0);
            if let Some(slot) = centres.get_mut(id) {
                *slot = centre;
            }
        }
        top = bottom + SPACING / 2.0;
    }
    let at = |id: &u32| centres.get(*id as usize).copied().unwrap_or_default();
    let routes = through
        .iter()
        .map(|points| points.as_ref().map(|points| points.iter().map(at).collect()))
        .collect();
    centres.truncate(sizes.len());
    Placed { centres, routes }
}

fn config() -> Config {
    Config {
        minimum_length: 1,
        vertex_spacing: SPACING,
        dummy_vertices: false,
        dummy_size: 1.0,
        ranking_type: RankingType::Up,
        c_minimization: CrossingMinimization::Barycenter,
        transpose: false,
    }
}

/// Which edges lead back to where their thread has been: those that close a circle, seen from the start.
fn back_edges(nodes: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for (index, &(from, _)) in edges.iter().enumerate() {
        out[from].push(index);
    }
    let (mut seen, mut open) = (vec![false; nodes], vec![false; nodes]);
    let mut leads_back = vec![false; edges.len()];
    for start in 0..nodes {
        if seen[start] {
            continue;
        }
        // Depth first, with a stack of our own: a spec may be longer than the machine's stack is deep.
        let mut path = vec![(start, 0)];
        (seen[start], open[start]) = (true, true);
        while let Some((node, next)) = path.last_mut() {
            let Some(&edge) = out[*node].get(*next) else {
                open[*node] = false;
                path.pop();
                continue;
            };
            *next += 1;
            let to = edges[edge].1;
            if open[to] {
                leads_back[edge] = true;
            } else if !seen[to] {
                (seen[to], open[to]) = (true, true);
                path.push((to, 0));
            }
        }
    }
    leads_back
}

/// Each node's column: one more than the furthest that leads to it, two more where a pill stands between.
fn ranks(
    nodes: usize,
    edges: &[(usize, usize)],
    leads_back: &[bool],
    has_pill: &dyn Fn(usize) -> bool,
) -> Vec<usize> {
    let forward = edges.iter().enumerate().zip(leads_back).filter(|(_, back)| !**back);
    let mut open = vec![0_usize; nodes];
    let mut out: Vec<Vec<(usize, usize)>> = vec![Vec::new(); nodes];
    for ((edge, &(from, to)), _) in forward {
        open[to] += 1;
        out[from].push((to, 1 + usize::from(has_pill(edge))));
    }
    let mut ranks = vec![0; nodes];
    let mut ready: Vec<usize> = (0..nodes).filter(|node| open[*node] == 0).collect();
    while let Some(node) = ready.pop() {
        for &(to, length) in &out[node] {
            ranks[to] = ranks[to].max(ranks[node] + length);
            open[to] -= 1;
            if open[to] == 0 {
                ready.push(to);
            }
        }
    }
    ranks
}

/// Where an edge leaves a node, and where it comes to the next.
fn ends(from: &NodeBox, to: &NodeBox) -> [(f64, f64); 2] {
    [(from.x + from.width / 2.0, from.y), (to.x - to.width / 2.0, to.y)]
}

/// How low an edge runs that leads back.
fn low(bottom: f64) -> f64 {
    bottom + BACK_EDGE_ROOM - 6.0
}

fn forward(from: &NodeBox, to: &NodeBox, between: &[(f64, f64)]) -> String {
    let [start, end] = ends(from, to);
    let mut path = format!("M{:.1} {:.1}", start.0, start.1);
    let mut last = start;
    for &point in between.iter().chain([&end]) {
        let middle = f64::midpoint(last.0, point.0);
        // Writing to a String can't fail.
        let _ = write!(
            path,
            "C{middle:.1} {:.1} {middle:.1} {:.1} {:.1} {:.1}",
            last.1, point.1, point.0, point.1
        );
        last = point;
    }
    path
}

/// The middle of an edge; `route`: the points between its ends, none if it leads back.
fn middle(from: &NodeBox, to: &NodeBox, route: Option<&[(f64, f64)]>, bottom: f64) -> (f64, f64) {
    let Some(route) = route else {
        return (f64::midpoint(from.x, to.x), low(bottom));
    };
    let [start, end] = ends(from, to);
    let between = (f64::midpoint(start.0, end.0), f64::midpoint(start.1, end.1));
    route.get(route.len() / 2).copied().unwrap_or(between)
}

fn back(from: &NodeBox, to: &NodeBox, bottom: f64) -> String {
    let low = low(bottom);
    let (right, left) = (from.x, to.x - 6.0);
    let radius = 10.0_f64.min((right - left).abs() / 2.0);
    format!(
        "M{right:.1} {:.1}V{:.1}Q{right:.1} {low:.1} {:.1} {low:.1}H{:.1}Q{left:.1} {low:.1} {left:.1} {:.1}V{:.1}",
        from.y + from.height / 2.0,
        low - radius,
        right - radius,
        left + radius,
        low - radius,
        to.y + to.height / 2.0,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(count: usize) -> Vec<(f64, f64)> {
        (0..count).map(|index| (60.0 + (index % 5) as f64 * 20.0, NODE_HEIGHT)).collect()
    }

    fn overlap(sizes: &[(f64, f64)], centres: &[(f64, f64)]) -> bool {
        let apart = |a: usize, b: usize| {
            let (dx, dy) =
                ((centres[a].0 - centres[b].0).abs(), (centres[a].1 - centres[b].1).abs());
            dx >= f64::midpoint(sizes[a].0, sizes[b].0) - 0.5
                || dy >= f64::midpoint(sizes[a].1, sizes[b].1) - 0.5
        };
        (0..sizes.len()).any(|a| (a + 1..sizes.len()).any(|b| !apart(a, b)))
    }

    #[test]
    fn a_chain_is_a_straight_line() {
        let placed = place(&boxes(4), &[(0, 1), (1, 2), (2, 3)], &[]);
        assert!(
            placed
                .centres
                .windows(2)
                .all(|pair| pair[0].0 < pair[1].0 && (pair[0].1 - pair[1].1).abs() < 0.01)
        );
    }

    #[test]
    fn a_loop_leads_back_and_the_rest_goes_forward() {
        let edges = [(0, 1), (1, 2), (2, 1), (1, 3), (3, 3)];
        let placed = place(&boxes(4), &edges, &[]);
        let back: Vec<bool> = placed.routes.iter().map(Option::is_none).collect();
        assert_eq!(back, [false, false, true, false, true]);
    }

    #[test]
    fn nodes_never_overlap_whatever_the_graph() {
        let mut seed = 7_u64;
        let mut random = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for round in 0..300 {
            let count = 1 + round % 30;
            let edges: Vec<(usize, usize)> =
                (0..random(2 * count + 1)).map(|_| (random(count), random(count))).collect();
            let sizes = boxes(count);
            let pills: Vec<_> =
                edges.iter().map(|_| (random(3) == 0).then_some((90.0, 40.0))).collect();
            let placed = place(&sizes, &edges, &pills);
            assert!(placed.centres.iter().all(|(x, y)| x.is_finite() && y.is_finite()));
            assert!(!overlap(&sizes, &placed.centres), "{edges:?}");
        }
    }
}
