//! Where an exploration begins, and by which rules it goes.

use halter_engine::semantics::Semantics;

/// Where it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    /// Before the run is started.
    Start,
    /// At the step that is shown on the stage.
    Stage,
}

/// By which rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rules {
    /// Those of the page.
    Page,
    /// The server's first, and the documented ones beside them.
    Both,
}

impl Rules {
    /// The semantics, by name.
    pub(crate) fn semantics(self, page: Semantics) -> Vec<String> {
        match self {
            Rules::Page => vec![page.name().to_owned()],
            Rules::Both => [Semantics::SERVER_1_2, Semantics::DOCUMENTED]
                .map(|semantics| semantics.name().to_owned())
                .to_vec(),
        }
    }
}
