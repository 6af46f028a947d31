//! The run in somebody's own page: an iframe as docs/embedding.md has it, or a picture in Markdown that leads here.

use halter_engine::semantics::Semantics;
use halter_picture::svg::Theme;
use halter_session::link::{LINK_KEY, Link};
use halter_session::view;
use js_sys::encode_uri_component;

use super::{Choice, picture};
use crate::browser;
use crate::examples::EXAMPLES;
use crate::linked;
use crate::model::{Model, Play};
use crate::page::parts;

/// The panels that an embedded page can show, and which of them it shows if nobody says: those of `web/embed/embed.js`.
pub(super) const PANELS: [(&str, &str, bool); 9] = [
    ("hint", "What to try", true),
    ("source", "Source", false),
    ("graph", "Graph", true),
    ("controls", "Commands", true),
    ("timeline", "Timeline", false),
    ("steps", "Player", true),
    ("why", "Why", false),
    ("variables", "Variables", false),
    ("log", "Log", false),
];

/// Characters of a source that still stand in an address as they are: a longer one is packed, as in a link.
const MAX_PLAIN: usize = 1_000;

/// How it stands in somebody's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// To be played with.
    Html,
    /// A picture that leads to the run.
    Markdown,
}

/// Where the run is, to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begins {
    /// At the step that is shown here, with all that was done.
    Here,
    /// Nothing was done yet but to run the workflow.
    First,
}

pub(super) const FORMS: [Choice<Form>; 2] = [
    Choice { name: "html", title: "HTML: an iframe", value: Form::Html },
    Choice { name: "markdown", title: "Markdown: a picture that is a link", value: Form::Markdown },
];

pub(super) const BEGINNINGS: [Choice<Begins>; 2] = [
    Choice { name: "here", title: "This step of this run", value: Begins::Here },
    Choice { name: "first", title: "The beginning", value: Begins::First },
];

/// Which of [`PANELS`] are shown: a bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Panels(u16);

impl Panels {
    fn usual() -> Self {
        let usual = PANELS.iter().enumerate().filter(|(_, (.., usual))| *usual);
        usual.fold(Panels(0), |panels, (index, _)| panels.with(index, true))
    }

    pub(super) fn shows(self, index: usize) -> bool {
        self.0 & (1 << index) != 0
    }

    pub(super) fn with(self, index: usize, is_shown: bool) -> Self {
        let bit = 1 << index;
        Panels(if is_shown { self.0 | bit } else { self.0 & !bit })
    }

    /// Whether it is this one and no other.
    pub(super) fn shows_only(self, index: usize) -> bool {
        self == Panels(0).with(index, true)
    }
}

/// What is chosen of all this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Framed {
    pub(super) form: Form,
    pub(super) begins: Begins,
    pub(super) panels: Panels,
    pub(super) ground: Theme,
    pub(super) read_only: bool,
    /// Whether it is tried out in the dialog.
    pub(super) tried: bool,
}

impl Default for Framed {
    fn default() -> Self {
        Self {
            form: Form::Html,
            begins: Begins::Here,
            panels: Panels::usual(),
            ground: Theme::Auto,
            read_only: false,
            tried: false,
        }
    }
}

impl Framed {
    /// The snippet.
    pub(super) fn write(self, model: &Model, play: &Play) -> String {
        match self.form {
            Form::Html => {
                let address =
                    format!("{}embed/#{}", browser::folder(), self.parameters(model, play));
                let title = format!("{}, to play with", title(model));
                format!(
                    "<iframe src=\"{}\"\n        title=\"{}\" style=\"width: 100%; height: 640px; border: 0\"></iframe>\n",
                    in_html(&address),
                    in_html(&title)
                )
            }
            Form::Markdown => {
                let caption = in_markdown(&view::caption(&play.sitting));
                let file = picture::file_stem(play);
                let link = linked::link(&play.sitting, &model.source.text, model.chosen).encode();
                format!("[![{caption}]({file}.svg)]({}#{LINK_KEY}={link})\n", browser::address())
            }
        }
    }

    /// What the fragment of the embedded page says.
    pub(super) fn parameters(self, model: &Model, play: &Play) -> String {
        let mut parts = match self.begins {
            Begins::Here => {
                let link = linked::link(&play.sitting, &model.source.text, model.chosen);
                vec![format!("{LINK_KEY}={}", link.encode())]
            }
            Begins::First => first(model, play),
        };
        if self.panels != Panels::usual() {
            let shown = PANELS.iter().enumerate().filter(|(index, _)| self.panels.shows(*index));
            let shown: Vec<&str> = shown.map(|(_, (name, ..))| *name).collect();
            parts.push(format!("panels={}", shown.join(",")));
        }
        match self.ground {
            Theme::Auto => {}
            Theme::Light => parts.push("theme=light".to_owned()),
            Theme::Dark => parts.push("theme=dark".to_owned()),
        }
        if self.read_only {
            parts.push("read-only".to_owned());
        }
        parts.join("&")
    }
}

/// The source with nothing done yet: an example by its word, a short text as it is, and a long one packed.
fn first(model: &Model, play: &Play) -> Vec<String> {
    let text = &*model.source.text;
    let semantics = play.sitting.program().semantics;
    let example = model.documents.open.example.and_then(|index| EXAMPLES.get(index));
    let what = match example.filter(|example| example.source == text) {
        Some(example) => format!("example={}", example.slug),
        None if text.len() <= MAX_PLAIN => {
            format!("source={}", String::from(encode_uri_component(text)))
        }
        None => {
            // With its first command: an example and a source are run as well when they are shown.
            let mut link = Link::of(&play.sitting, text);
            match link.script {
                Some(_) => {
                    link.script = Some(1);
                    link.commands.clear();
                }
                None => link.commands.truncate(1),
            }
            link.step = None;
            return vec![format!("{LINK_KEY}={}", link.encode())];
        }
    };
    let rules =
        (semantics != Semantics::DOCUMENTED).then(|| format!("semantics={}", semantics.name()));
    std::iter::once(what).chain(rules).collect()
}

/// What it is called: as its first line says, or as the workflow.
pub(super) fn title(model: &Model) -> String {
    let about = parts::about(&model.source.text).map(|(title, _)| title);
    let name = || model.source.document.as_ref().map(|document| document.wf_spec.name.clone());
    about.or_else(name).unwrap_or_else(|| "A workflow".to_owned())
}

/// A text within quotation marks.
fn in_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// A text within brackets.
fn in_markdown(text: &str) -> String {
    let mut written = String::new();
    for letter in text.chars() {
        if matches!(letter, '\\' | '[' | ']' | '`' | '*' | '_' | '<' | '!') {
            written.push('\\');
        }
        // A line's end would end the link.
        written.push(if letter.is_control() { ' ' } else { letter });
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{PANELS, in_html, in_markdown};

    #[test]
    fn the_panels_are_those_that_an_embedded_page_knows() {
        let embedded = include_str!("../../embed/embed.js");
        let list = |names: Vec<&str>| {
            names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
        };
        let all = list(PANELS.iter().map(|(name, ..)| *name).collect());
        assert!(embedded.contains(&format!("const PANELS = [{all}];")), "{all}");
        let usual =
            list(PANELS.iter().filter(|(.., usual)| *usual).map(|(name, ..)| *name).collect());
        assert!(embedded.contains(&format!("const USUAL = [{usual}];")), "{usual}");
    }

    #[test]
    fn what_a_source_says_ends_no_attribute_and_no_link() {
        assert_eq!(in_html("a \"b\" <c> & d"), "a &quot;b&quot; &lt;c> &amp; d");
        assert_eq!(in_markdown("a]\n(b) *c*"), "a\\] (b) \\*c\\*");
    }
}
