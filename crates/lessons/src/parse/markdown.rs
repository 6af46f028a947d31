//! The Markdown of a lesson: pages of text, and the blocks that stand on them.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};

use halter_spec::similar;

use crate::limits::{MAX_PAGE_BYTES, MAX_TEXT_DEPTH, MAX_TITLE};
use crate::lines::{Lines, Piece};
use crate::problem::Problem;
use crate::text::{Block, Inline, List};

/// The block that has a lesson's own source.
const SOURCE: &str = "halter";

/// The block that says what there is to do on a page.
const TASK: &str = "lesson";

/// What stands behind the front matter.
#[derive(Default)]
pub(super) struct Body {
    /// Sources, as a lesson should have at most one.
    pub(super) sources: Vec<Piece>,
    pub(super) pages: Vec<RawPage>,
}

/// A page whose blocks are not read yet.
pub(super) struct RawPage {
    pub(super) line: u32,
    pub(super) heading: String,
    pub(super) text: Vec<Block>,
    /// What stands in its blocks, as it should have at most one.
    pub(super) blocks: Vec<Piece>,
    /// Bytes of what it says.
    bytes: usize,
    /// Whether something on it was reported.
    is_refused: bool,
}

impl Body {
    /// Reads a text from this byte on.
    pub(super) fn read(
        text: &str,
        from: usize,
        lines: &Lines,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut builder =
            Builder { open: Vec::new(), body: Body::default(), stray: false, problems };
        let rest = text.get(from..).unwrap_or_default();
        for (event, range) in Parser::new_ext(rest, Options::empty()).into_offset_iter() {
            builder.take(event, lines.line(from + range.start), range.len());
        }
        let Builder { body, problems, .. } = builder;
        for page in &body.pages {
            if page.text.is_empty() && !page.is_refused {
                problems.push(Problem::new(page.line, "This page says nothing."));
            }
            if page.bytes > MAX_PAGE_BYTES {
                let sentence = format!(
                    "This page has {} bytes of text; it may have {MAX_PAGE_BYTES}.",
                    page.bytes
                );
                problems.push(Problem::new(page.line, sentence));
            }
        }
        body
    }
}

/// Something that is not at its end yet.
struct Open {
    kind: TagKind,
    line: u32,
    /// What it says so far; of an item, what is not in a paragraph yet.
    inlines: Vec<Inline>,
    /// Of an item.
    blocks: Vec<Block>,
    /// Of a list.
    items: Vec<Vec<Block>>,
}

enum TagKind {
    Heading,
    Paragraph,
    List(Option<u64>),
    Item,
    /// With what stands behind the three signs that begin it.
    Code(String),
    Emphasis,
    Strong,
    Link(String),
    /// Nothing that a lesson can say.
    Refused,
}

struct Builder<'p> {
    open: Vec<Open>,
    body: Body,
    /// Whether text before the first page was reported.
    stray: bool,
    problems: &'p mut Vec<Problem>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, line: u32, bytes: usize) {
        match event {
            Event::Start(tag) => self.start(tag, line, bytes),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text, line),
            Event::Code(code) => self.inline(Inline::Code(code.into_string()), line),
            Event::SoftBreak => self.text(" ", line),
            Event::HardBreak => self.inline(Inline::Break, line),
            Event::Html(_) | Event::InlineHtml(_) => self.refuse(
                line,
                "A lesson has no HTML; a < that is meant so is written in backticks.",
            ),
            Event::Rule => self.refuse(line, "A lesson has no lines across."),
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => self.refuse(line, OTHER),
        }
    }

    fn start(&mut self, tag: Tag<'_>, line: u32, bytes: usize) {
        let kind = match tag {
            Tag::Paragraph => Ok(TagKind::Paragraph),
            Tag::Heading { level: HeadingLevel::H2, .. } => Ok(TagKind::Heading),
            Tag::Heading { .. } => {
                Err("A page begins with \"## Heading\"; there are no other headings.")
            }
            Tag::CodeBlock(kind) => Ok(TagKind::Code(match kind {
                CodeBlockKind::Indented => String::new(),
                CodeBlockKind::Fenced(info) => info.trim().to_owned(),
            })),
            Tag::List(first) => Ok(TagKind::List(first)),
            Tag::Item => Ok(TagKind::Item),
            Tag::Emphasis => Ok(TagKind::Emphasis),
            Tag::Strong => Ok(TagKind::Strong),
            Tag::Link { dest_url, .. } if is_https(&dest_url) => {
                Ok(TagKind::Link(dest_url.into_string()))
            }
            Tag::Link { .. } => Err("A link begins with https://."),
            Tag::Image { .. } => Err("A lesson has no images."),
            Tag::HtmlBlock => {
                Err("A lesson has no HTML; a < that is meant so is written in backticks.")
            }
            Tag::BlockQuote(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => Err(OTHER),
        };
        let is_top = self.open.is_empty();
        let kind = kind.and_then(|kind| match kind {
            _ if self.open.len() >= MAX_TEXT_DEPTH => Err("This is too deep inside other text."),
            TagKind::Heading if !is_top => Err("A heading does not stand within other text."),
            TagKind::Code(info) if !is_top && (info == SOURCE || info == TASK) => {
                Err("This block does not stand within other text.")
            }
            other => Ok(other),
        });
        let kind = kind.unwrap_or_else(|sentence| {
            self.refuse(line, sentence);
            TagKind::Refused
        });
        if is_top {
            self.count(&kind, bytes);
        }
        let (inlines, blocks, items) = (Vec::new(), Vec::new(), Vec::new());
        self.open.push(Open { kind, line, inlines, blocks, items });
    }

    /// Adds to the length of the page's text.
    fn count(&mut self, kind: &TagKind, bytes: usize) {
        let counts = match kind {
            TagKind::Heading | TagKind::Refused => false,
            TagKind::Code(info) => info != SOURCE && info != TASK,
            TagKind::Paragraph
            | TagKind::List(_)
            | TagKind::Item
            | TagKind::Emphasis
            | TagKind::Strong
            | TagKind::Link(_) => true,
        };
        if let Some(page) = self.body.pages.last_mut().filter(|_| counts) {
            page.bytes += bytes;
        }
    }

    fn end(&mut self) {
        let Some(mut open) = self.open.pop() else {
            return;
        };
        open.flush();
        let Open { kind, line, inlines, blocks, items } = open;
        match kind {
            TagKind::Refused => {}
            TagKind::Heading => self.page(line, &inlines),
            TagKind::Paragraph => self.block(Block::Paragraph(inlines), line),
            TagKind::List(first) => self.block(Block::List(List { first, items }), line),
            TagKind::Item => {
                if let Some(list) = self.open.last_mut() {
                    list.items.push(blocks);
                }
            }
            TagKind::Code(info) => self.code(&info, line, &inlines),
            TagKind::Emphasis => self.inline(Inline::Emphasis(inlines), line),
            TagKind::Strong => self.inline(Inline::Strong(inlines), line),
            TagKind::Link(to) => self.inline(Inline::Link { to, text: inlines }, line),
        }
    }

    fn page(&mut self, line: u32, inlines: &[Inline]) {
        let heading = words(inlines).trim().to_owned();
        let length = heading.chars().count();
        if heading.is_empty() {
            self.refuse(line, "A page needs a heading.");
        } else if length > MAX_TITLE {
            let sentence =
                format!("This heading has {length} characters; it may have {MAX_TITLE}.");
            self.refuse(line, &sentence);
        }
        let (text, blocks) = (Vec::new(), Vec::new());
        self.body.pages.push(RawPage { line, heading, text, blocks, bytes: 0, is_refused: false });
    }

    fn code(&mut self, info: &str, line: u32, inlines: &[Inline]) {
        // What stands inside begins on the next line.
        let piece = Piece { line: line + 1, text: words(inlines) };
        match info {
            SOURCE if self.body.pages.is_empty() => self.body.sources.push(piece),
            SOURCE => self.refuse(line, "The source stands before the first page."),
            TASK => match self.body.pages.last_mut() {
                Some(page) => page.blocks.push(piece),
                None => self.refuse(line, "This block stands on a page, below its \"## Heading\"."),
            },
            other => match similar(other, [SOURCE, TASK]) {
                Some(meant) => {
                    let sentence =
                        format!("There is no block \"{other}\". Did you mean \"{meant}\"?");
                    self.refuse(line, &sentence);
                }
                None => self.block(Block::Code(piece.text), line),
            },
        }
    }

    fn block(&mut self, block: Block, line: u32) {
        if let Some(open) = self.open.last_mut() {
            open.flush();
            open.blocks.push(block);
        } else if let Some(page) = self.body.pages.last_mut() {
            page.text.push(block);
        } else if !self.stray {
            self.stray = true;
            self.refuse(line, "Text stands on a page: begin one with \"## Heading\".");
        }
    }

    fn text(&mut self, text: &str, line: u32) {
        if let Some(Open { inlines, .. }) = self.open.last_mut()
            && let Some(Inline::Text(before)) = inlines.last_mut()
        {
            before.push_str(text);
            return;
        }
        self.inline(Inline::Text(text.to_owned()), line);
    }

    fn inline(&mut self, inline: Inline, line: u32) {
        match self.open.last_mut() {
            Some(open) => open.inlines.push(inline),
            None => self.block(Block::Paragraph(vec![inline]), line),
        }
    }

    /// Reports something, unless it stands in what has been reported already.
    fn refuse(&mut self, line: u32, sentence: &str) {
        if self.open.iter().any(|open| matches!(open.kind, TagKind::Refused)) {
            return;
        }
        self.problems.push(Problem::new(line, sentence));
        if let Some(page) = self.body.pages.last_mut() {
            page.is_refused = true;
        }
    }
}

impl Open {
    /// Makes a paragraph of what an item says without one.
    fn flush(&mut self) {
        if matches!(self.kind, TagKind::Item) && !self.inlines.is_empty() {
            self.blocks.push(Block::Paragraph(std::mem::take(&mut self.inlines)));
        }
    }
}

const OTHER: &str = "A lesson has paragraphs, lists, code, links, *emphasis* and **strong emphasis**, nothing else.";

fn words(inlines: &[Inline]) -> String {
    let mut words = String::new();
    for inline in inlines {
        inline.add_words(&mut words);
    }
    words
}

fn is_https(to: &str) -> bool {
    to.strip_prefix("https://").is_some_and(|rest| !rest.is_empty())
        && !to.chars().any(|c| c.is_whitespace() || c.is_control())
}
