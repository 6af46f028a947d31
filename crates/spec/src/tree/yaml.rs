//! YAML as a tree. Anchors, aliases, merge keys and further documents are refused, each with its place.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span as YamlSpan};

use super::{Entry, Tree, TreeKind};
use crate::about::About;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, add};
use crate::limits::{MAX_DEPTH, MAX_TREE_NODES};
use crate::place::Span;

/// Reads a YAML text: the first document, as far as it can be read, and what is wrong.
pub(crate) fn parse(text: &str) -> (Option<Tree>, Vec<Diagnostic>) {
    let mut builder = Builder::default();
    let lines = Lines::of(text);
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => {
                if builder.take(event, lines.span(span)).is_err() {
                    break;
                }
            }
            Err(problem) => {
                let marker = problem.marker();
                let (line, column) = lines.place(marker);
                let at = within(text, line, column);
                let message = explain(problem.info(), text, at.line);
                builder.diagnostics.push(Diagnostic::error(Code::Yaml, at, message));
                break;
            }
        }
    }
    (builder.root, builder.diagnostics)
}

/// Where the parser's lines begin, if they are others than ours: it ends a line at a carriage return that stands alone as
/// well, as YAML does; everything else here ends lines at line feeds.
struct Lines(Vec<(u32, u32)>);

impl Lines {
    fn of(text: &str) -> Self {
        let mut starts = Vec::new();
        if text.contains('\r') {
            let (mut line, mut column) = (1, 1);
            starts.push((line, column));
            let mut letters = text.chars().peekable();
            while let Some(letter) = letters.next() {
                column += 1;
                if letter == '\n' {
                    (line, column) = (line + 1, 1);
                }
                if letter == '\n' || (letter == '\r' && letters.peek() != Some(&'\n')) {
                    starts.push((line, column));
                }
            }
        }
        Self(starts)
    }

    /// Line and column of a place, both from 1.
    fn place(&self, marker: &Marker) -> (u32, u32) {
        let (line, column) = (marker.line() as u32, marker.col() as u32);
        match self.0.get(marker.line().saturating_sub(1)).or(self.0.last()) {
            Some((line, before)) => (*line, before + column),
            None => (line, column + 1),
        }
    }

    fn span(&self, span: YamlSpan) -> Span {
        let (line, column) = self.place(&span.start);
        let (end_line, end_column) = self.place(&span.end);
        Span { line, column, end_line, end_column }
    }
}

/// The character there. What the parser misses at the end is missed behind the last text, not on a line that is not there.
fn within(text: &str, line: u32, column: u32) -> Span {
    let (mut line, mut column) = (line.max(1), column);
    let written = text.trim_end();
    let last = written.matches('\n').count() as u32 + 1;
    if line > last {
        line = last;
        let text = written.rsplit('\n').next().unwrap_or_default();
        column = text.chars().count() as u32 + 1;
    }
    Span { line, column, end_line: line, end_column: column + 1 }
}

/// The parser's words, and what is most often behind them.
fn explain(info: &str, text: &str, line: u32) -> String {
    let source = text.lines().nth((line as usize).saturating_sub(1)).unwrap_or_default();
    let indentation = source.len() - source.trim_start().len();
    if source[..indentation].contains('\t') {
        return "YAML is indented with spaces, not with tabs.".to_owned();
    }
    format!("This is no YAML: {}.", info.trim_end_matches('.'))
}

/// The tree has become too deep or too large.
struct Stop;

/// A list or map whose end has not come yet.
enum Open {
    List(Vec<Tree>),
    Map { entries: Vec<Entry>, key: Option<(String, Span)> },
}

#[derive(Default)]
struct Builder {
    open: Vec<(Open, Span, Option<String>)>,
    root: Option<Tree>,
    diagnostics: Vec<Diagnostic>,
    nodes: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                self.error(
                    Code::YamlDocuments,
                    span,
                    "One text holds one document: take away the second.",
                );
                return Err(Stop);
            }
            Event::Alias(_) => {
                self.error(
                    Code::YamlAlias,
                    span,
                    "Anchors (&name) and aliases (*name) are not supported here: write it out.",
                );
                self.add(Tree::plain("", span))?;
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_anchor(anchor, span);
                let kind = if style == ScalarStyle::Plain {
                    TreeKind::Plain(text.into_owned())
                } else {
                    TreeKind::Quoted(text.into_owned())
                };
                let tag = tag.map(|tag| tag.suffix.clone());
                self.add(Tree { span, tag, kind })?;
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_anchor(anchor, span);
                self.start(Open::List(Vec::new()), span, tag.map(|tag| tag.suffix.clone()))?;
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_anchor(anchor, span);
                let map = Open::Map { entries: Vec::new(), key: None };
                self.start(map, span, tag.map(|tag| tag.suffix.clone()))?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((open, start, tag)) = self.open.pop() {
                    let mut whole =
                        Span { end_line: span.end_line, end_column: span.end_column, ..start };
                    let kind = match open {
                        Open::List(items) => {
                            end_with(&mut whole, span, items.last().map(|item| item.span));
                            TreeKind::List(items)
                        }
                        Open::Map { entries, .. } => {
                            end_with(
                                &mut whole,
                                span,
                                entries.last().map(|entry| entry.value.span),
                            );
                            TreeKind::Map(entries)
                        }
                    };
                    self.add(Tree { span: whole, tag, kind })?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, open: Open, span: Span, tag: Option<String>) -> Result<(), Stop> {
        if self.open.len() >= MAX_DEPTH {
            let message = format!("More than {MAX_DEPTH} lists and maps inside one another.");
            self.error(Code::TooDeep, span, message);
            return Err(Stop);
        }
        self.open.push((open, span, tag));
        Ok(())
    }

    fn add(&mut self, tree: Tree) -> Result<(), Stop> {
        self.nodes += 1;
        if self.nodes > MAX_TREE_NODES {
            let message =
                format!("More than {MAX_TREE_NODES} parts: that is too large for the playground.");
            self.error(Code::TooLarge, tree.span, message);
            return Err(Stop);
        }
        match self.open.last_mut() {
            None => self.root = Some(tree),
            Some((Open::List(items), _, _)) => items.push(tree),
            Some((Open::Map { entries, key }, _, _)) => match key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: tree }),
                None => match tree.text() {
                    Some(text) => {
                        let (text, span) = (text.to_owned(), tree.span);
                        *key = Some((text.clone(), span));
                        if text == "<<" && matches!(tree.kind, TreeKind::Plain(_)) {
                            self.error(
                                Code::YamlMerge,
                                span,
                                "Merge keys (<<) are not supported here: write the entries out.",
                            );
                        }
                    }
                    None => {
                        *key = Some((String::new(), tree.span));
                        self.error(
                            Code::YamlKey,
                            tree.span,
                            "A key is a word or a text, not a list or map.",
                        );
                    }
                },
            },
        }
        Ok(())
    }

    fn refuse_anchor(&mut self, anchor: usize, span: Span) {
        if anchor != 0 {
            self.error(
                Code::YamlAlias,
                span,
                "Anchors (&name) and aliases (*name) are not supported here: write it out.",
            );
        }
    }

    fn error(&mut self, code: Code, span: Span, about: impl Into<About>) {
        add(&mut self.diagnostics, Diagnostic::error(code, span, about));
    }
}

/// A list or map without brackets ends where its last part ends, not where the next one begins.
fn end_with(whole: &mut Span, end: Span, last: Option<Span>) {
    let ends_by_itself = (end.line, end.column) != (end.end_line, end.end_column);
    if let Some(last) = last
        && !ends_by_itself
    {
        whole.end_line = last.end_line;
        whole.end_column = last.end_column;
    }
}
