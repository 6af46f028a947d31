//! `halter run`: a script is played, and what happens is told with its reasons.

use std::path::Path;

use halter_engine::Semantics;
use halter_session::link::{LINK_KEY, Link};
use halter_session::{diagram, trace};

use crate::answer::{Answer, NO, OK};
use crate::arguments::RunFormat;
use crate::play::Play;

mod json;
mod text;

/// Plays a source.
pub(crate) fn run(
    file: &Path,
    script: Option<&Path>,
    semantics: Semantics,
    format: RunFormat,
) -> Answer {
    let Play { source, lines, sitting, played } = match Play::of(file, script, semantics) {
        Ok(play) => play,
        Err(answer) => return answer,
    };
    let text = match format {
        RunFormat::Text => text::tell(&sitting),
        RunFormat::Json => format!("{}\n", json::tell(&sitting, &lines)),
        RunFormat::Trace => format!("{:#}\n", trace::record(&sitting)),
        RunFormat::Link => format!("#{LINK_KEY}={}\n", Link::of(&sitting, &source).encode()),
        RunFormat::MermaidState => diagram::states(&sitting),
        RunFormat::MermaidSequence => diagram::sequence(&sitting),
        RunFormat::Graphviz => diagram::graphviz(&sitting),
    };
    let code = match played {
        Ok(()) => OK,
        Err(why) => {
            eprintln!("{why}");
            NO
        }
    };
    Answer { text, code }
}
