//! Small pictures as data: kinds of nodes, and statuses. A status has a shape of its own, so that colour is never all
//! that tells two apart. Each stands around its middle, at most 16 pixels wide and high.

use halter_engine::state::Status;

use crate::layout::Icon;

/// How a part is drawn, in the colour of what it stands on; in style sheets a class of this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Filled.
    Solid,
    /// A line.
    Stroke,
    /// A line around something that is only beginning.
    Outline,
    /// A broken line.
    Dashed,
}

impl Ink {
    /// Its name in style sheets.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Ink::Solid => "solid",
            Ink::Stroke => "stroke",
            Ink::Outline => "outline",
            Ink::Dashed => "dashed",
        }
    }
}

/// What a part is, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// An SVG path.
    Path(&'static str),
    /// A rectangle around the middle: width, height, and the radius of its corners.
    Rect(f64, f64, f64),
    /// A circle: how far its centre is below the middle, and its radius.
    Circle(f64, f64),
}

/// A part of a small picture.
pub type Part = (Ink, Form);

const fn line(path: &'static str) -> Part {
    (Ink::Stroke, Form::Path(path))
}

const fn solid(path: &'static str) -> Part {
    (Ink::Solid, Form::Path(path))
}

/// The shape of a status.
#[must_use]
pub fn status(status: Status) -> &'static [Part] {
    match status {
        Status::Starting => const { &[(Ink::Outline, Form::Circle(0.0, 4.0))] },
        Status::Running => const { &[solid("M-4 -6L6 0L-4 6Z")] },
        // One bar has come down, the other is on its way: not HALTED yet.
        Status::Halting => {
            const { &[solid("M-5 -6h3.5v12h-3.5z"), (Ink::Dashed, Form::Path("M2 -5.5h3v11h-3z"))] }
        }
        Status::Halted => const { &[solid("M-5 -6h3.5v12h-3.5zM1.5 -6h3.5v12h-3.5z")] },
        Status::Completed => const { &[line("M-5 0.5L-1.5 4.5L5.5 -4")] },
        Status::Error => const { &[line("M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5")] },
        Status::Exception => const { &[solid("M1.5 -7L-5 1.5H-0.5L-1.5 7L5 -1.5H0.5Z")] },
    }
}

/// Sand that still runs: what keeps its ThreadRun from being HALTED.
pub const DELAYING: Part =
    line("M-3 -5H3M-3 5H3M-2.5 -5C-2.5 -1 2.5 1 2.5 5M2.5 -5C2.5 -1 -2.5 1 -2.5 5");

/// What a node does.
#[must_use]
pub fn icon(icon: Icon) -> &'static [Part] {
    match icon {
        Icon::None => &[],
        Icon::Task => {
            const {
                &[
                    (Ink::Stroke, Form::Rect(14.0, 12.0, 2.0)),
                    line("M-3.5 -2.5L-0.5 0L-3.5 2.5M1 3h3"),
                ]
            }
        }
        Icon::Event => {
            const { &[(Ink::Stroke, Form::Rect(15.0, 11.0, 1.5)), line("M-7 -5L0 1.5L7 -5")] }
        }
        Icon::Start => {
            const { &[line("M-7 -4H6M6 -4L3 -7M6 -4L3 -1M-2 -4C1 -4 -1 5 2 5H6M6 5L3 2M6 5L3 8")] }
        }
        Icon::Wait => {
            const { &[line("M-7 -5H-4C-1 -5 -2 0 1 0H7M-7 5H-4C-1 5 -2 0 1 0M7 0L4 -3M7 0L4 3")] }
        }
        Icon::Sleep => const { &[(Ink::Stroke, Form::Circle(0.0, 7.0)), line("M0 -4V0L3 2")] },
        Icon::UserTask => {
            const { &[(Ink::Stroke, Form::Circle(-3.5, 3.2)), line("M-6.5 7C-6.5 0.5 6.5 0.5 6.5 7")] }
        }
        Icon::Throw => const { &[line("M-7 6V2C-7 -2 -4 -3 0 -3H7M7 -3L3 -7M7 -3L3 1")] },
        Icon::Condition => {
            const {
                &[
                    line("M0 -8L8 0L0 8L-8 0Z"),
                    line("M-1.8 -2.2C-1.4 -4.4 2.2 -4 1.8 -1.6C1.6 -0.4 0 -0.2 0 1.2M0 3.6V3.7"),
                ]
            }
        }
        Icon::Fail => const { &[line("M0 -7L7.5 6.5H-7.5ZM0 -2V2M0 4.4V4.5")] },
    }
}

/// One of many, as a path from its upper left corner, 9 pixels wide and high.
#[must_use]
pub fn sign(status: Status) -> &'static str {
    match status {
        Status::Starting | Status::Running => "h9v9h-9z",
        Status::Halting => "m0 9l4.5 -9l4.5 9z",
        Status::Halted => "h3v9h-3zm6 0h3v9h-3z",
        Status::Completed => "m4.5 2l2.5 2.5l-2.5 2.5l-2.5 -2.5z",
        Status::Error => "l9 9m0 -9l-9 9",
        Status::Exception => "h9l-9 9h9",
    }
}
