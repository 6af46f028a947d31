//! What all parts of a picture are made of: colours of statuses, small pictures, chips.

use halter_engine::state::Status;

use super::xml::{Element, element};
use crate::letters;
use crate::shapes::{Form, Ink, Part, status as shape};

/// The colour of a status, by its name; its ground is `NAME-soft`.
pub(super) fn colour(status: Status) -> &'static str {
    match status {
        Status::Starting | Status::Running => "running",
        Status::Halting => "halting",
        Status::Halted => "halted",
        Status::Completed => "completed",
        Status::Error => "error",
        Status::Exception => "exception",
    }
}

/// A small picture in a colour, around this place.
pub(super) fn picture(parts: &[Part], colour: &str, (x, y): (f64, f64), scale: f64) -> Element {
    let moved = format!("translate({} {}) scale({scale})", tenth(x), tenth(y));
    element("g").set("transform", moved).with_all(parts.iter().map(|part| drawn(*part, colour)))
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn drawn((ink, form): Part, colour: &str) -> Element {
    let shape = match form {
        Form::Path(path) => element("path").set("d", path),
        Form::Rect(width, height, radius) => element("rect")
            .at("x", -width / 2.0)
            .at("y", -height / 2.0)
            .at("width", width)
            .at("height", height)
            .at("rx", radius),
        Form::Circle(below, radius) => element("circle").at("cy", below).at("r", radius),
    };
    let line = |shape: Element, width: f64| {
        shape
            .set("class", format!("s-{colour}"))
            .set("fill", "none")
            .set("stroke-width", width)
            .set("stroke-linecap", "round")
            .set("stroke-linejoin", "round")
    };
    match ink {
        Ink::Solid => shape.set("class", format!("f-{colour}")),
        Ink::Stroke | Ink::Outline => line(shape, 2.0),
        Ink::Dashed => line(shape, 1.4).set("stroke-dasharray", "2.2 1.6"),
    }
}

/// How a text is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    pub(super) size: f64,
    pub(super) weight: u16,
    pub(super) colour: &'static str,
}

impl Letters {
    /// What a text takes, in pixels.
    pub(super) fn width(self, text: &str) -> f64 {
        // Bold letters are wider.
        letters::width(text, self.size) * if self.weight > 500 { 1.09 } else { 1.0 }
    }

    /// A text with its first letter's foot here.
    pub(super) fn write(self, text: &str, (x, y): (f64, f64)) -> Element {
        let written =
            element("text").at("x", x).at("y", y).set("class", format!("f-{}", self.colour));
        let written = written.set("font-size", self.size).set("font-weight", self.weight);
        written.text(text)
    }
}

const CHIP: f64 = 22.0;

/// A status with its shape and its word, around this height; and its width.
pub(super) fn chip(status: Status, (x, y): (f64, f64)) -> (Element, f64) {
    let colour = colour(status);
    let letters = Letters { size: 11.0, weight: 700, colour };
    let width = letters.width(status.name()) + 36.0;
    let frame = frame((x, y - CHIP / 2.0), (width, CHIP), CHIP / 2.0)
        .set("class", format!("f-{colour}-soft s-{colour}"))
        .set("stroke-width", 1.5);
    let frame = match status {
        Status::Halting => frame.set("stroke-dasharray", "4 3"),
        Status::Starting
        | Status::Running
        | Status::Halted
        | Status::Completed
        | Status::Error
        | Status::Exception => frame,
    };
    let chip = element("g")
        .with(frame)
        .with(picture(shape(status), colour, (x + 14.0, y), 0.85))
        .with(letters.write(status.name(), (x + 25.0, y + 4.0)));
    (chip, width)
}

/// A small label with a frame, around this height; and its width.
pub(super) fn label(
    text: &str,
    colour: &'static str,
    ground: &str,
    (x, y): (f64, f64),
) -> (Element, f64) {
    let letters = Letters { size: 11.0, weight: 600, colour };
    let width = letters.width(text) + 14.0;
    let frame = frame((x, y - 9.5), (width, 19.0), 4.0)
        .set("class", format!("f-{ground} s-{colour}"))
        .set("stroke-opacity", 0.5);
    (element("g").with(frame).with(letters.write(text, (x + 7.0, y + 4.0))), width)
}

/// A rectangle by its upper left corner.
pub(super) fn frame((x, y): (f64, f64), (width, height): (f64, f64), radius: f64) -> Element {
    element("rect").at("x", x).at("y", y).at("width", width).at("height", height).at("rx", radius)
}
