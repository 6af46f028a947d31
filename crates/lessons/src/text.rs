//! What a page says: the little of Markdown that a lesson needs, so that who draws it can draw all of it.

/// A part of a page, one below the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List(List),
    /// Lines of code, as they stand there.
    Code(String),
}

/// A list of things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The number of the first, if they are numbered.
    pub first: Option<u64>,
    /// What each of them says.
    pub items: Vec<Vec<Block>>,
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Code within a sentence.
    Code(String),
    /// Words that are stressed.
    Emphasis(Vec<Inline>),
    /// Words that are stressed strongly.
    Strong(Vec<Inline>),
    /// A link.
    Link {
        /// Where it leads: always `https://…`.
        to: String,
        /// What it says.
        text: Vec<Inline>,
    },
    /// A new line.
    Break,
}

impl Inline {
    /// Adds the words alone to a text.
    pub(crate) fn add_words(&self, words: &mut String) {
        match self {
            Inline::Text(text) | Inline::Code(text) => words.push_str(text),
            Inline::Emphasis(parts) | Inline::Strong(parts) | Inline::Link { text: parts, .. } => {
                for part in parts {
                    part.add_words(words);
                }
            }
            Inline::Break => words.push(' '),
        }
    }
}
