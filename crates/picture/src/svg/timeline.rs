//! The statuses of the ThreadRuns over the steps.

use halter_engine::state::Status;
use halter_session::Sitting;
use halter_session::words::{self, Names};

use super::Drawn;
use super::pen::{Letters, colour, frame};
use super::xml::{Element, element};
use crate::bars::{self, Mark, Row, Span};
use crate::letters;

const LABEL: f64 = 150.0;
const ROW: f64 = 22.0;
const BAR: f64 = 14.0;
/// Above the rows: the marks of the commands.
const TOP: f64 = 24.0;
/// A step has so much room at least; and all of them together at most, and at least.
const STEP: f64 = 56.0;
const WIDEST: f64 = 1600.0;
const NARROWEST: f64 = 420.0;
/// Most ThreadRuns that have rows.
const ROWS: usize = 40;
const NAME: Letters = Letters { size: 12.0, weight: 550, colour: "ink" };
const NOTE: Letters = Letters { size: 11.0, weight: 400, colour: "muted" };

/// Draws a sitting's steps, at least so wide.
pub(super) fn draw(sitting: &Sitting, at_least: f64) -> Drawn {
    let steps = sitting.steps().len();
    let bars = (steps as f64 * STEP).clamp(NARROWEST, WIDEST).max(at_least - LABEL);
    let edges = bars::edges(sitting, false);
    let x = |place: f64| LABEL + bars::at(&edges, place) * bars;
    let all = bars::rows(sitting);
    let threads = all.len();
    let shown = threads.min(ROWS);
    let height = TOP + shown as f64 * ROW + if shown < threads { ROW } else { 0.0 };
    let rows = all.iter().take(shown).enumerate();
    let rows = rows.map(|(index, of)| row(sitting, index, of, &x));
    let note = format!("and {} ThreadRuns more", threads - shown);
    let note = (shown < threads).then(|| NOTE.write(&note, (0.0, height - 6.0)));
    let cursor = x(sitting.cursor() as f64);
    let cursor =
        element("path").set("d", format!("M{cursor:.1} 4V{height:.1}")).set("class", "s-ink");
    let drawing = element("g")
        .with(NOTE.write("Commands", (0.0, 14.0)))
        .with_all(marks(sitting, &x))
        .with_all(rows)
        .with_all(note)
        .with(cursor.set("stroke-width", 2).set("stroke-opacity", 0.7));
    Drawn { drawing, width: LABEL + bars, height }
}

fn marks(sitting: &Sitting, x: &dyn Fn(f64) -> f64) -> Vec<Element> {
    let marks = sitting.steps().iter().enumerate().map(|(index, step)| {
        let names = Names::new(sitting.program(), &step.state);
        let title = format!("Step {}: {}", index + 1, words::command(&names, &step.command));
        let (at, y) = (x(index as f64 + 0.5), 10.0);
        let mark = match Mark::of(step) {
            Mark::Event => element("path")
                .set("d", format!("M{:.1} {y}l6 -6l6 6l-6 6z", at - 6.0))
                .set("class", "f-rope-fill s-rope"),
            Mark::Refused => element("path")
                .set("d", format!("M{:.1} {}l8 8m0 -8l-8 8", at - 4.0, y - 4.0))
                .set("class", "s-error")
                .set("stroke-width", 2),
            Mark::Time => element("circle")
                .at("cx", at)
                .at("cy", y)
                .set("r", 4)
                .set("class", "f-surface s-muted"),
            Mark::Task => frame((at - 4.0, y - 4.0), (8.0, 8.0), 1.5).set("class", "f-muted"),
            Mark::Other => {
                element("circle").at("cx", at).at("cy", y).set("r", 3.5).set("class", "f-muted")
            }
        };
        element("g").with(element("title").text(&title)).with(mark)
    });
    marks.collect()
}

fn row(sitting: &Sitting, index: usize, of: &Row, x: &dyn Fn(f64) -> f64) -> Element {
    let name = of.label();
    let top = TOP + index as f64 * ROW;
    let spans = bars::spans(sitting, of);
    let bars = spans.iter().map(|span| bar(span, top + (ROW - BAR) / 2.0, x));
    element("g")
        .with(NAME.write(&letters::fit(&name, NAME.size, LABEL - 14.0), (0.0, top + 15.0)))
        .with_all(bars)
}

/// A status is told by colour, by how its bar is filled, and by its word, where there is room.
fn bar(span: &Span, top: f64, x: &dyn Fn(f64) -> f64) -> Element {
    let (left, right) = (x(span.from), x(span.to));
    let tone = colour(span.status);
    let size = ((right - left - 1.5).max(2.0), BAR);
    let (ground, word) = match span.status {
        Status::Running | Status::Starting | Status::Halted => (tone.to_owned(), "surface"),
        Status::Halting | Status::Completed | Status::Error | Status::Exception => {
            (format!("{tone}-soft"), tone)
        }
    };
    let shape = frame((left, top), size, 3.0).set("class", format!("f-{ground} s-{tone}"));
    let shape = match span.status {
        Status::Halting => shape.set("stroke-dasharray", "3 2"),
        Status::Starting
        | Status::Running
        | Status::Halted
        | Status::Completed
        | Status::Error
        | Status::Exception => shape,
    };
    let letters = Letters { size: 9.5, weight: 650, colour: word };
    let name = span.status.name();
    let fits = letters.width(name) + 8.0 <= size.0;
    let word = fits.then(|| letters.write(name, (left + 5.0, top + 10.5)));
    let title = element("title").text(&format!("{name}, from step {} on", span.from.floor() + 1.0));
    element("g").with(title).with(shape).with_all(word)
}
