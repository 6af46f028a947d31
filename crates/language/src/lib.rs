//! What an editor asks of a source: completion, hover, names, outline, fixes, and edits for drawing.
//!
//! Everything here is a function of the text. Offsets are bytes of it; one that is beyond the end, or inside a character, is
//! taken as the nearest one before that is not. Text that is half typed gets answers as well; nothing here fails or panics.
#![forbid(unsafe_code)]
#![allow(clippy::single_match_else, reason = "a match shows both cases side by side")]

mod analysis;
mod complete;
mod cst;
mod describe;
mod edit;
pub mod edits;
mod expression;
mod fixes;
mod format;
mod hover;
mod names;
mod offsets;
mod outline;
mod schema;
mod tokens;

pub use complete::{Completion, CompletionKind, Completions, complete};
pub use edit::{Edit, Span, apply};
pub use fixes::{Fix, Fixing, fixes};
pub use format::format;
pub use halter_spec::grammar::NameKind;
pub use hover::{Hover, hover};
pub use names::{RenameError, definition, references, rename, rename_range};
pub use offsets::Offsets;
pub use outline::{Symbol, SymbolKind, folds, symbols};
pub use schema::schema;
pub use tokens::{Token, TokenKind, tokens};
