//! The nodes of a lane, their edges, and the token.

use halter_engine::state::Status;
use halter_session::view::{NodeRunView, ThreadView};

use super::pen::{Letters, colour, frame, picture};
use super::xml::{Element, element};
use crate::layout::{EdgePath, NodeBox, PILL_LINE, Pill, Shape, SpecLayout};
use crate::shapes::{self, icon};
use crate::visits::{self, Corner, corner_of};

/// All of a ThreadSpec; what a ThreadRun has left there, if one has.
pub(super) fn nodes(layout: &SpecLayout, thread: Option<&ThreadView>) -> Element {
    let taken = visits::taken(thread);
    let is_taken = |edge: &EdgePath| taken.contains(&(edge.from, edge.to));
    let edges = layout.edges.iter().map(|of| edge(of, is_taken(of)));
    let pills = layout.edges.iter().filter_map(|of| Some(pill(of.pill.as_ref()?, is_taken(of))));
    let nodes = layout.nodes.iter().zip(visits::visits(layout, thread));
    let nodes = nodes.map(|(place, visits)| node(place, &visits, thread));
    let token =
        thread.and_then(|thread| token(thread.status, visits::token(layout, thread)?).into());
    element("g").with_all(edges).with_all(pills).with_all(nodes).with_all(token)
}

fn edge(edge: &EdgePath, taken: bool) -> Element {
    let (colour, width) = if taken { ("muted", 2.25) } else { ("line-strong", 1.5) };
    let path = element("path").set("d", &edge.path).set("class", format!("s-{colour}"));
    let path = path.set("fill", "none").set("stroke-width", width);
    if edge.conditional { path.set("stroke-dasharray", "5 3") } else { path }
}

/// Changes of variables, on their edge.
fn pill(pill: &Pill, taken: bool) -> Element {
    let (left, top) = (pill.x - pill.width / 2.0, pill.y - pill.height / 2.0);
    let frame = frame((left, top), (pill.width, pill.height), 9.0);
    let (frame, colour) = if taken {
        (frame.set("class", "f-rope-soft s-rope"), "ink")
    } else {
        (frame.set("class", "f-surface s-line-strong").set("stroke-dasharray", "1 2.5"), "muted")
    };
    let letters = Letters { size: 11.0, weight: 500, colour };
    let lines = (0..).zip(&pill.lines).map(|(index, line)| {
        let at = (left + 9.0, top + 14.0 + f64::from(index) * PILL_LINE);
        letters
            .write(line, at)
            .set("font-family", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace")
    });
    element("g").with(frame).with_all(lines)
}

fn node(place: &NodeBox, visits: &[&NodeRunView], thread: Option<&ThreadView>) -> Element {
    let latest = visits.last().copied();
    let status = latest.map(|run| run.status);
    let tone = status.map_or("line-strong", colour);
    let corner = visits::corner(thread, latest).map(|corner| {
        let parts: &[_] = match corner {
            Corner::Delays => &[shapes::DELAYING],
            Corner::Status(status) => shapes::status(status),
        };
        let tone = match corner {
            Corner::Delays => "halting",
            Corner::Status(status) => colour(status),
        };
        let at = corner_of(place);
        let back = element("circle").at("cx", at.0).at("cy", at.1).set("r", 9);
        let back = back.set("class", format!("f-surface s-{tone}")).set("stroke-width", 1.5);
        element("g").with(back).with(picture(parts, tone, at, 0.72))
    });
    // What has started or ended says so by its own shape.
    let corner = corner.filter(|_| match place.shape {
        Shape::Start => false,
        Shape::End => status != Some(Status::Completed),
        Shape::Fail | Shape::Branch | Shape::Box => true,
    });
    let delays = latest.is_some_and(|run| run.delays);
    let title = element("title").text(&match latest {
        Some(run) => format!("{} {}. {}", place.kind, place.label, run.text),
        None => format!("{} {}", place.kind, place.label),
    });
    let at = format!("translate({:.1} {:.1})", place.x, place.y);
    element("g")
        .set("transform", at)
        .with(title)
        .with_all(shape(place, status, tone, delays))
        .with_all(corner)
}

/// A node's outline in the colour of its status, and what stands in it.
fn shape(place: &NodeBox, status: Option<Status>, tone: &str, delays: bool) -> Vec<Element> {
    let is_over = matches!(status, None | Some(Status::Completed));
    let ground = if is_over { "surface".to_owned() } else { format!("{tone}-soft") };
    let outline = |shape: Element| {
        let shape = match status {
            _ if delays => shape.set("stroke-width", 3).set("stroke-dasharray", "7 4"),
            Some(Status::Halting) => shape.set("stroke-width", 2.25).set("stroke-dasharray", "5 3"),
            Some(Status::Running | Status::Halted) => shape.set("stroke-width", 2.25),
            None
            | Some(Status::Starting | Status::Completed | Status::Error | Status::Exception) => {
                shape.set("stroke-width", 1.5)
            }
        };
        shape.set("class", format!("f-{ground} s-{}", if delays { "halting" } else { tone }))
    };
    match place.shape {
        Shape::Start => vec![element("circle").set("r", 9).set("class", format!("f-{tone}"))],
        Shape::End => vec![
            outline(element("circle").set("r", 11)),
            element("circle").set("r", 5.5).set("class", format!("f-{tone}")),
        ],
        Shape::Branch => vec![outline(element("path").set("d", "M0 -13L13 0L0 13L-13 0Z"))],
        Shape::Fail | Shape::Box => {
            let (width, height) = (place.width, place.height);
            let left = -width / 2.0;
            let kind = Letters { size: 10.5, weight: 400, colour: "muted" };
            let label = Letters { size: 13.0, weight: 550, colour: "ink" };
            let icon_tone = if status.is_some() { tone } else { "muted" };
            vec![
                outline(frame((left, -height / 2.0), (width, height), 10.0)),
                picture(icon(place.icon), icon_tone, (left + 18.0, 0.0), 1.0),
                kind.write(place.kind, (left + 34.0, -6.0)),
                label.write(&place.short, (left + 34.0, 11.0)),
            ]
        }
    }
}

/// Where the thread is.
fn token(status: Status, (x, y): (f64, f64)) -> Element {
    let tone = colour(status);
    let circle = element("circle").at("cx", x).at("cy", y).set("r", 8);
    let circle = circle.set("class", format!("f-{tone} s-surface")).set("stroke-width", 2);
    element("g").with(circle).with(picture(shapes::status(status), "surface", (x, y), 0.62))
}
