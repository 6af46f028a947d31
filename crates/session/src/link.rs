//! A sitting as a short text for a URL's fragment: the source, the semantics, the commands so far, the step that is
//! looked at, and what the page shows. `tests/links` holds links of every version: each opens for ever.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use halter_engine::Semantics;
use miniz_oxide::{deflate, inflate};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::guide::same;
use crate::script;
use crate::sitting::{Replay, Replayed, Sitting};

/// The version that is written. A link begins with it: `1.` and then base64url of the deflated JSON of [`Link`].
pub const VERSION: u32 = 1;

/// The key of a link among the parts of a fragment, as in `#sitting=1.…&theme=dark`.
pub const LINK_KEY: &str = "sitting";

/// Bytes that a link may unpack to. A source has at most 1 MiB; commands and payloads come on top.
pub const MAX_BYTES: usize = 4 << 20;

/// The best compression that deflate has, slow only for large sources.
const BEST: u8 = 10;

/// What a link holds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Link {
    /// The source, as it was typed.
    pub source: String,
    /// The name of the semantics, such as `server-1.2`; empty for `documented`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub semantics: String,
    /// How many commands of the source's own script come first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub script: Option<usize>,
    /// The commands after those, in the form of the recorded traces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<Json>,
    /// The step that is looked at: so many commands have happened; without it all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
    /// What the page shows besides: its own words, kept as they are.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub view: Map<String, Json>,
}

/// Why a text is no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It begins with no version.
    #[error("This is no link of Halter.")]
    NoLink,
    /// It was made by a later Halter.
    #[error(
        "This link was made by a newer Halter. Open it there, or reload this page to get the newest."
    )]
    Newer,
    /// Something is missing or was changed on the way.
    #[error("This link is damaged: a part of it is missing or was changed on the way.")]
    Damaged,
    /// It unpacks to more than [`MAX_BYTES`].
    #[error("This link holds more than 4 MiB.")]
    TooLarge,
}

impl Link {
    /// The link to a sitting: `source` is the text that it plays.
    pub fn of(sitting: &Sitting, source: &str) -> Link {
        let steps = sitting.steps();
        let written: Vec<Json> = steps.iter().map(|step| script::write(&step.command)).collect();
        let lines = &sitting.document().script;
        let script = steps
            .iter()
            .zip(lines)
            .take_while(|(step, line)| {
                script::read(line, sitting).is_ok_and(|command| same(&command, &step.command))
            })
            .count();
        let semantics = sitting.program().semantics;
        Link {
            source: source.to_owned(),
            semantics: if semantics == Semantics::DOCUMENTED {
                String::new()
            } else {
                semantics.name().to_owned()
            },
            script: Some(script).filter(|&script| script > 0),
            commands: written.into_iter().skip(script).collect(),
            step: Some(sitting.cursor()).filter(|&cursor| cursor < steps.len()),
            view: Map::new(),
        }
    }

    /// The semantics that it names; the documented ones, if there are none with that name.
    pub fn plays_by(&self) -> Semantics {
        Semantics::from_name(&self.semantics).unwrap_or(Semantics::DOCUMENTED)
    }

    /// The text for a URL's fragment.
    pub fn encode(&self) -> String {
        // Texts and numbers always become JSON.
        let json = serde_json::to_vec(self).unwrap_or_default();
        let packed = deflate::compress_to_vec(&json, BEST);
        format!("{VERSION}.{}", URL_SAFE_NO_PAD.encode(packed))
    }

    /// Reads the text of a URL's fragment.
    ///
    /// # Errors
    /// If it is no link, damaged, too large, or made by a later version.
    pub fn decode(text: &str) -> Result<Link, LinkError> {
        let (version, packed) = text.split_once('.').ok_or(LinkError::NoLink)?;
        let version: u32 = version.parse().map_err(|_| LinkError::NoLink)?;
        match version {
            0 => return Err(LinkError::NoLink),
            VERSION => {}
            _ => return Err(LinkError::Newer),
        }
        // Programs that show links end them at odd places: what can't be in one is not part of it.
        let packed = packed.trim_end_matches(['=', '.', ',', ')', ' ', '\n']);
        let packed = URL_SAFE_NO_PAD.decode(packed).map_err(|_| LinkError::Damaged)?;
        let json =
            inflate::decompress_to_vec_with_limit(&packed, MAX_BYTES).map_err(
                |error| match error.status {
                    inflate::TINFLStatus::HasMoreOutput => LinkError::TooLarge,
                    _ => LinkError::Damaged,
                },
            )?;
        serde_json::from_slice(&json).map_err(|_| LinkError::Damaged)
    }

    /// Plays the link's commands in a sitting in which nothing has happened, and goes to the step that is looked at, all
    /// at once: [`Replay`] does it in slices.
    pub fn play(&self, sitting: Sitting) -> (Sitting, Replayed) {
        let mut replay = Replay::of_link(self, sitting);
        replay.go_on(usize::MAX);
        replay.end()
    }
}
