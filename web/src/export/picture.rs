//! The moment on the stage as a picture: what of it, and for which ground.

use halter_picture::svg::{self, Parts, Theme};
use halter_session::Sitting;

use super::Choice;
use crate::model::Play;

/// What is drawn, and for which ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Picture {
    pub(super) parts: Parts,
    pub(super) ground: Theme,
}

pub(super) const PARTS: [Choice<Parts>; 3] = [
    Choice { name: "graph", title: "Graph", value: Parts::Graph },
    Choice { name: "timeline", title: "Timeline", value: Parts::Timeline },
    Choice { name: "both", title: "Graph and timeline", value: Parts::Both },
];

pub(super) const GROUNDS: [Choice<Theme>; 3] = [
    Choice { name: "system", title: "As the reader's system", value: Theme::Auto },
    Choice { name: "light", title: "Light", value: Theme::Light },
    Choice { name: "dark", title: "Dark", value: Theme::Dark },
];

impl Picture {
    /// The picture as SVG: of the moment that is looked at, with what somebody opened.
    pub(super) fn draw(self, play: &Play) -> String {
        self.draw_of(play, &play.sitting)
    }

    /// The same for a ground that is known now.
    pub(super) fn draw_fixed(self, play: &Play, is_dark: bool) -> String {
        self.fixed(is_dark).draw(play)
    }

    /// The picture of another moment of the same run.
    pub(super) fn draw_of(self, play: &Play, sitting: &Sitting) -> String {
        svg::draw_laid_out(sitting, &play.layouts, &play.opened, self.parts, self.ground)
    }

    /// For a ground that is known now.
    pub(super) fn fixed(self, is_dark: bool) -> Self {
        let ground = match self.ground {
            Theme::Auto if is_dark => Theme::Dark,
            Theme::Auto => Theme::Light,
            known @ (Theme::Light | Theme::Dark) => known,
        };
        Picture { ground, ..self }
    }
}

/// What a picture's file is called, without its ending.
pub(super) fn file_stem(play: &Play) -> String {
    let name = &play.sitting.document().wf_spec.name;
    let name = if name.is_empty() { "workflow" } else { name };
    format!("{name}-step-{}", play.sitting.cursor())
}
