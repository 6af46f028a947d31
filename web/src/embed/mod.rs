//! The page as a part of somebody else's: what `embed/` shows. It keeps nothing, and it talks with the page around
//! it by the messages of docs/embedding.md, which `web/embed/embed.js` carries.

pub(crate) mod shell;
mod update;
pub(crate) mod view;

use js_sys::Function;
use serde::Deserialize;
use wasm_bindgen::JsValue;

pub(crate) use update::{problems, told, update};

/// What the address asks for. Only `embed.js` reads the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(crate) struct Options {
    #[serde(flatten)]
    opening: Opening,
    /// The names of the panels that are shown.
    panels: Vec<String>,
    /// Whether the source may only be read.
    read_only: bool,
}

impl Options {
    /// Whether the source may only be read.
    pub(crate) fn read_only(&self) -> bool {
        self.read_only
    }

    /// Whether the source is shown.
    pub(crate) fn shows_source(&self) -> bool {
        self.panels.iter().any(|panel| panel == "source")
    }
}

/// What is to be shown: the first of link, source and example that is there; without any the first example.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Opening {
    /// A link's text: `1.…`.
    sitting: Option<String>,
    source: Option<String>,
    /// The name of an example, such as `heartbeats`.
    example: Option<String>,
    semantics: Option<String>,
    /// The step that is shown; the source's own script is played that far.
    step: Option<usize>,
}

/// What the model knows about being embedded.
#[derive(Debug, Default)]
pub(crate) struct Embed {
    options: Options,
}

impl Embed {
    pub(crate) fn new(options: Options) -> Self {
        Self { options }
    }

    pub(crate) fn read_only(&self) -> bool {
        self.options.read_only()
    }

    fn shows(&self, panel: &str) -> bool {
        self.options.panels.iter().any(|name| name == panel)
    }
}

/// What can happen to it.
#[derive(Debug, Clone)]
pub(crate) enum Msg {
    /// Everything is there: show what the address asks for.
    Start,
    /// The page around it asks for something, and waits for the answer.
    Asked(Ask, Function),
}

/// What the page around it can ask for.
#[derive(Debug, Clone)]
pub(crate) enum Ask {
    /// Show something else.
    Load(Opening),
    /// Post an ExternalEvent.
    Post { event: String, content: JsValue, id: Option<String> },
    /// Take a command in the form of the recorded traces; undefined: the next of the source's own script.
    Step(JsValue),
    /// Go to the state after so many steps.
    GoTo(usize),
    /// Tell the state.
    State,
    /// What was asked for can't be read, for this reason.
    Unknown(String),
}

/// What is to be done.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Answer: with a value, or why there is none.
    Answer(Function, Result<JsValue, JsValue>),
    /// Tell the page around it something without being asked: type and what of it.
    Tell(&'static str, JsValue),
}
