//! The lanes of a stage, and what ties them together.

use halter_engine::state::Status;
use halter_session::view::{RunView, ThreadView};
use halter_session::wf_runs;

use super::pen::{Letters, chip, colour, frame, label};
use super::xml::{Element, element};
use super::{Drawn, node};
use crate::lanes::{Lane, Stage, Tie, TieKind, Title, Who};
use crate::layout::SpecLayout;
use crate::{letters, stack};

/// Height of the ground of a lane's heading.
const HEAD: f64 = 32.0;
/// Between the parts of a heading.
const SPACE: f64 = 8.0;
/// Of a sentence in a heading so much is shown at least, if it is as long.
const SENTENCE: f64 = 260.0;
const TITLE: Letters = Letters { size: 13.0, weight: 400, colour: "ink" };
const NAME: Letters = Letters { size: 13.0, weight: 680, colour: "ink" };
const NOTE: Letters = Letters { size: 12.0, weight: 400, colour: "muted" };

/// Draws a stage.
pub(super) fn draw(stage: &Stage, layouts: &[SpecLayout], run: &RunView) -> Drawn {
    let headings: Vec<Heading> =
        stage.lanes.iter().map(|lane| heading(lane, layouts, run)).collect();
    let needed = stage.lanes.iter().zip(&headings).map(|(lane, heading)| lane.x + heading.needed());
    let width = needed.fold(stage.width, f64::max);
    let lanes = stage.lanes.iter().zip(headings);
    let lanes = lanes.map(|(of, heading)| lane(of, heading, width - of.x, layouts, run));
    let drawing = element("g")
        .with_all(stage.ties.iter().map(tie))
        .with_all(stage.titles.iter().flat_map(title))
        .with_all(lanes)
        .with_all(stage.ties.iter().filter_map(Tie::from_node).map(from_node));
    Drawn { drawing, width, height: stage.height }
}

/// What stands above the lanes of a WfRun.
fn title(title: &Title) -> Vec<Element> {
    let (mut x, middle) = (2.0, title.y + Title::HEIGHT / 2.0 + 5.0);
    let mut line = Vec::new();
    for (letters, text) in [(NOTE, title.kind()), (NAME, &*title.name)] {
        line.push(letters.write(text, (x, middle)));
        x += letters.width(text) + 6.0;
    }
    if let Some(status) = title.status {
        let (element, width) = chip(status, (x, title.y + Title::HEIGHT / 2.0));
        line.push(element);
        x += width + SPACE;
    }
    line.push(NOTE.write(&title.note(), (x, middle)));
    line
}

/// What a lane says of itself, from its left edge.
struct Heading {
    line: Vec<Element>,
    width: f64,
    sentence: String,
}

impl Heading {
    fn new(title: &str, name: &str) -> Self {
        let mut heading = Heading { line: Vec::new(), width: 14.0, sentence: String::new() };
        let middle = 21.0;
        heading.line.push(TITLE.write(title, (heading.width, middle)));
        heading.width += TITLE.width(title) + 4.0;
        heading.line.push(NAME.write(name, (heading.width, middle)));
        heading.width += NAME.width(name) + SPACE;
        heading
    }

    fn add(&mut self, made: impl FnOnce((f64, f64)) -> (Element, f64)) {
        let (element, width) = made((self.width, HEAD / 2.0));
        self.line.push(element);
        self.width += width + SPACE;
    }

    fn needed(&self) -> f64 {
        self.width + NOTE.width(&self.sentence).min(SENTENCE) + 14.0
    }
}

fn heading(lane: &Lane, layouts: &[SpecLayout], run: &RunView) -> Heading {
    let name = layouts.get(lane.spec as usize).map_or("", |layout| &*layout.name);
    match &lane.who {
        Who::Thread { number, earlier } => match run.thread(*number) {
            Some(thread) => of_thread(lane, thread, earlier.len()),
            None => Heading::new("", name),
        },
        Who::Handler { name: event, of, .. } => {
            let mut heading = Heading::new("Handler", name);
            heading.sentence = {
                let of = wf_runs::own_number(*of).1;
                format!("Runs here when event {event} interrupts ThreadRun {of}.")
            };
            heading
        }
        Who::Stack { numbers, .. } => {
            let mut heading = Heading::new(&format!("{} ×", numbers.len()), name);
            for (status, count) in stack::counts(run, numbers) {
                let count = count.to_string();
                heading
                    .add(|(x, y)| (TITLE.write(&count, (x, y + 5.0)), TITLE.width(&count) - 3.0));
                heading.add(|at| chip(status, at));
            }
            heading
        }
        Who::Entrypoint => {
            let mut heading = Heading::new("Entrypoint", name);
            "It was not started yet.".clone_into(&mut heading.sentence);
            heading
        }
    }
}

fn of_thread(lane: &Lane, thread: &ThreadView, earlier: usize) -> Heading {
    let mut heading = Heading::new(&format!("ThreadRun {}", thread.own_number), &thread.spec_name);
    if let Some(event) = thread.event.as_ref().filter(|_| !lane.folded) {
        heading.add(|at| label(event, "halting", "rope-soft", at));
    }
    heading.add(|at| chip(thread.status, at));
    for reason in &thread.reasons {
        let other = reason.thread.map_or_else(String::new, |other| format!(" · {other}"));
        let text = format!("{}{other}", reason.name);
        heading.add(|at| label(&text, colour(thread.status), "surface", at));
    }
    let delayed = thread.delays.iter().filter(|other| **other != thread.number);
    let delayed: Vec<String> =
        delayed.map(|other| wf_runs::own_number(*other).1.to_string()).collect();
    if !delayed.is_empty() {
        let text = format!("delays ThreadRun {}", delayed.join(", "));
        heading.add(|at| label(&text, "halting", "halting-soft", at));
    }
    if earlier > 0 {
        let text = format!("{earlier} before");
        heading.add(|(x, y)| (NOTE.write(&text, (x, y + 4.5)), NOTE.width(&text)));
    }
    heading.sentence = match &thread.event {
        Some(event) if lane.folded => format!("It handled {event}."),
        _ if thread.failed.is_empty() => thread.waits.clone(),
        _ => thread.failed.clone(),
    };
    heading
}

fn lane(of: &Lane, heading: Heading, width: f64, layouts: &[SpecLayout], run: &RunView) -> Element {
    let thread = match &of.who {
        Who::Thread { number, .. } => run.thread(*number),
        Who::Handler { .. } | Who::Stack { .. } | Who::Entrypoint => None,
    };
    let room = width - heading.width - 14.0;
    let sentence = letters::fit(&heading.sentence, NOTE.size, room);
    let sentence = NOTE.write(&sentence, (heading.width + 2.0, 20.5));
    let lane = element("g")
        .set("transform", format!("translate({} {})", of.x, of.y))
        .with_all(ground(of, thread, width))
        .with_all(heading.line)
        .with(sentence);
    let (left, top) = of.nodes;
    let moved = || element("g").set("transform", format!("translate({left} {top})"));
    match &of.who {
        Who::Stack { numbers, .. } => lane.with(moved().with(signs(run, numbers))),
        Who::Thread { .. } | Who::Handler { .. } | Who::Entrypoint if of.folded => lane,
        Who::Thread { .. } | Who::Handler { .. } | Who::Entrypoint => {
            let layout = layouts.get(of.spec as usize);
            let nodes = layout.map(|layout| node::nodes(layout, thread));
            let faint = if thread.is_none() { 0.55 } else { 1.0 };
            lane.with_all(nodes.map(|nodes| moved().set("opacity", faint).with(nodes)))
        }
    }
}

/// What a lane stands on: in the colours of its status, and with its frame.
fn ground(lane: &Lane, thread: Option<&ThreadView>, width: f64) -> Vec<Element> {
    let size = (width, lane.height);
    let outline = frame((0.0, 0.0), size, 10.0);
    let Some(thread) = thread else {
        let line = outline.set("class", "f-ground s-line-strong").set("stroke-width", 2);
        return vec![match &lane.who {
            Who::Stack { .. } => line,
            Who::Thread { .. } | Who::Handler { .. } | Who::Entrypoint => {
                line.set("stroke-dasharray", "2 4").set("stroke-linecap", "round")
            }
        }];
    };
    let tone = colour(thread.status);
    let band = format!("M0 {HEAD}V10Q0 0 10 0H{}Q{width} 0 {width} 10V{HEAD}Z", width - 10.0);
    let back = frame((0.0, 0.0), size, 10.0).set("class", "f-surface");
    let band = element("path").set("d", band).set("class", format!("f-{tone}-soft"));
    let line = outline.set("class", format!("s-{tone}")).set("fill", "none").set("stroke-width", 2);
    let line = match thread.status {
        Status::Halting => line.set("stroke-dasharray", "7 4"),
        Status::Completed => line.set("stroke-opacity", 0.45),
        Status::Starting | Status::Running | Status::Halted | Status::Error | Status::Exception => {
            line
        }
    };
    let stops = (thread.status == Status::Halted).then(|| {
        let bar = format!("M7 12V{}", lane.height - 8.0);
        element("path").set("d", bar).set("class", format!("s-{tone}")).set("stroke-width", 2)
    });
    [back, band, line].into_iter().chain(stops).collect()
}

fn signs(run: &RunView, numbers: &[u32]) -> Element {
    let (paths, more) = stack::signs(run, numbers);
    let (width, height) = stack::size(numbers.len());
    let signs = paths.into_iter().map(|(status, path)| {
        let class = match status {
            Status::Error | Status::Exception => format!("s-{}", colour(status)),
            Status::Starting
            | Status::Running
            | Status::Halting
            | Status::Halted
            | Status::Completed => format!("f-{0} s-{0}", colour(status)),
        };
        let sign = element("path").set("d", path).set("class", class).set("stroke-width", 1.5);
        match status {
            Status::Error | Status::Exception => sign.set("fill", "none"),
            Status::Starting
            | Status::Running
            | Status::Halting
            | Status::Halted
            | Status::Completed => sign,
        }
    });
    let note =
        (more > 0).then(|| NOTE.write(&format!("and {more} more"), (width + 8.0, height - 4.0)));
    element("g").with_all(signs).with_all(note)
}

fn tie(tie: &Tie) -> Element {
    let (colour, width, dashes) = match tie.kind {
        TieKind::Kept => ("line-strong", 1.5, Some("1.5 4")),
        TieKind::Handler => ("rope", 3.0, None),
        TieKind::Child => ("line-strong", 2.0, None),
        TieKind::HaltedChild => ("halted", 3.0, None),
        TieKind::DelayingChild => ("halting", 3.0, Some("7 4")),
        TieKind::Over => ("line", 2.0, None),
    };
    let path = element("path").set("d", tie.path(0.0)).set("class", format!("s-{colour}"));
    let path = path.set("fill", "none").set("stroke-width", width);
    match dashes {
        Some(dashes) => path.set("stroke-dasharray", dashes).set("stroke-linecap", "round"),
        None => path,
    }
}

fn from_node((line, head): (String, String)) -> Element {
    let line = element("path").set("d", line).set("class", "s-rope").set("fill", "none");
    let line = line.set("stroke-width", 2.5).set("stroke-dasharray", "4 3");
    element("g").with(line).with(element("path").set("d", head).set("class", "f-rope"))
}
