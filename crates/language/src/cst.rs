//! YAML as a tree that knows where everything stands, to the byte. Unlike the reader's tree it is made of any text: half a
//! word, a bracket without its end, lines that stand too far left or right.

/// Lists and maps inside one another; what is deeper is taken as a text.
const MAX_DEPTH: usize = 72;

/// A scalar, list or map.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Where its value begins, behind a tag.
    pub(crate) from: usize,
    /// Where it ends.
    pub(crate) to: usize,
    /// The tag's name and where it stands.
    pub(crate) tag: Option<(String, usize, usize)>,
    /// What it is.
    pub(crate) kind: NodeShape,
}

#[derive(Debug, Clone)]
pub(crate) enum NodeShape {
    /// Nothing at all.
    Null,
    /// A text; what it says, and how it is written.
    Scalar(String, Style),
    /// A list; whether it is in brackets.
    List(Vec<Item>, Layout),
    /// A map; whether it is in braces.
    Map(Vec<Entry>, Layout),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Single,
    Double,
    Block,
}

/// How a list or map is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One part a line, all at this column.
    Block(usize),
    /// In brackets or braces.
    Flow,
}

/// An element of a list.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// Where its dash stands; in brackets, where the value begins.
    pub(crate) from: usize,
    pub(crate) value: Node,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Where the key begins, with its quotation mark.
    pub(crate) key_from: usize,
    pub(crate) key_to: usize,
    pub(crate) key: String,
    pub(crate) key_style: Style,
    /// Where the colon stands, if there is one already.
    pub(crate) colon: Option<usize>,
    pub(crate) value: Node,
}

impl Entry {
    /// Where the key's name stands, without quotation marks.
    pub(crate) fn name_span(&self) -> (usize, usize) {
        inner(self.key_from, self.key_to, self.key_style)
    }

    /// Where the entry ends.
    pub(crate) fn to(&self) -> usize {
        let colon = self.colon.map_or(self.key_to, |colon| colon + 1);
        if self.value.is_null() && self.value.tag.is_none() {
            colon
        } else {
            self.value.to.max(colon)
        }
    }
}

fn inner(from: usize, to: usize, style: Style) -> (usize, usize) {
    match style {
        Style::Single | Style::Double if to >= from + 2 => (from + 1, to - 1),
        _ => (from, to),
    }
}

impl Node {
    fn null(at: usize) -> Self {
        Self { from: at, to: at, tag: None, kind: NodeShape::Null }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.kind, NodeShape::Null)
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeShape::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// Where the text of a scalar stands, without quotation marks.
    pub(crate) fn text_span(&self) -> (usize, usize) {
        match &self.kind {
            NodeShape::Scalar(_, style) => inner(self.from, self.to, *style),
            _ => (self.from, self.to),
        }
    }

    pub(crate) fn is_plain(&self) -> bool {
        matches!(self.kind, NodeShape::Scalar(_, Style::Plain))
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.kind {
            NodeShape::Map(entries, _) => entries,
            _ => &[],
        }
    }

    pub(crate) fn items(&self) -> &[Item] {
        match &self.kind {
            NodeShape::List(items, _) => items,
            _ => &[],
        }
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    pub(crate) fn layout(&self) -> Option<Layout> {
        match &self.kind {
            NodeShape::List(_, layout) | NodeShape::Map(_, layout) => Some(*layout),
            _ => None,
        }
    }
}

/// A text, its tree and its comments.
#[derive(Debug, Clone)]
pub(crate) struct Cst<'t> {
    pub(crate) text: &'t str,
    pub(crate) root: Node,
    /// Where comments stand, from their `#` to the end of the line.
    pub(crate) comments: Vec<(usize, usize)>,
    /// Where lines begin.
    pub(crate) lines: Vec<usize>,
}

impl<'t> Cst<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let mut lines = vec![0];
        lines.extend(
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1),
        );
        let mut parser = Parser {
            text,
            bytes: text.as_bytes(),
            lines: &lines,
            at: if text.starts_with('\u{feff}') { 3 } else { 0 },
            comments: Vec::new(),
            depth: 0,
        };
        let root = parser.document();
        let comments = parser.comments;
        Self { text, root, comments, lines }
    }

    /// The line, from 0, on which a byte stands.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        line_of(&self.lines, offset)
    }

    /// Where the line of a byte begins.
    pub(crate) fn line_start(&self, offset: usize) -> usize {
        self.lines.get(self.line_of(offset)).copied().unwrap_or(0)
    }

    /// Where the line of a byte ends, before its line break.
    pub(crate) fn line_end(&self, offset: usize) -> usize {
        let from = offset.min(self.text.len());
        let bytes = self.text.as_bytes();
        let mut to = from;
        while bytes.get(to).is_some_and(|byte| *byte != b'\n') {
            to += 1;
        }
        if to > from && bytes.get(to - 1) == Some(&b'\r') {
            to -= 1;
        }
        to
    }

    /// Bytes between the start of its line and a byte.
    pub(crate) fn column(&self, offset: usize) -> usize {
        offset - self.line_start(offset)
    }

    pub(crate) fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or_default()
    }
}

fn line_of(lines: &[usize], offset: usize) -> usize {
    lines.partition_point(|start| *start <= offset).saturating_sub(1)
}

struct Parser<'t, 'l> {
    text: &'t str,
    bytes: &'t [u8],
    lines: &'l [usize],
    at: usize,
    comments: Vec<(usize, usize)>,
    depth: usize,
}

impl Parser<'_, '_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn is_space(&self, at: usize) -> bool {
        matches!(self.byte(at), None | Some(b' ' | b'\t' | b'\r' | b'\n'))
    }

    fn column(&self, at: usize) -> usize {
        at - self.lines.get(line_of(self.lines, at)).copied().unwrap_or(0)
    }

    fn line_end(&self, at: usize) -> usize {
        let line = line_of(self.lines, at);
        let end = self.lines.get(line + 1).map_or(self.bytes.len(), |next| next - 1);
        if end > at && self.byte(end - 1) == Some(b'\r') { end - 1 } else { end.max(at) }
    }

    fn slice(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// Steps over blanks, line breaks and comments; whether a line break was among them.
    fn skip(&mut self) -> bool {
        let mut crossed = false;
        loop {
            match self.byte(self.at) {
                Some(b'\n') => {
                    crossed = true;
                    self.at += 1;
                }
                Some(b' ' | b'\t' | b'\r') => self.at += 1,
                Some(b'#') if self.at == 0 || self.is_space(self.at - 1) => {
                    let end = self.line_end(self.at);
                    if self.comments.last().is_none_or(|last| last.0 < self.at) {
                        self.comments.push((self.at, end));
                    }
                    self.at = end;
                }
                _ => return crossed,
            }
        }
    }

    fn skip_blanks(&mut self) {
        while matches!(self.byte(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    fn is_dash(&self, at: usize) -> bool {
        self.byte(at) == Some(b'-') && self.is_space(at + 1)
    }

    /// Whether a line begins here that separates documents.
    fn is_marker(&self, at: usize) -> bool {
        let marker = self.slice(at, at + 3);
        (marker == "---" || marker == "...") && self.is_space(at + 3) && self.column(at) == 0
    }

    fn document(&mut self) -> Node {
        self.skip();
        while self.byte(self.at) == Some(b'%') && self.column(self.at) == 0 {
            self.at = self.line_end(self.at);
            self.skip();
        }
        if self.is_marker(self.at) {
            self.at += 3;
        }
        let mut root = self.block(0, true);
        loop {
            self.skip();
            if self.at >= self.bytes.len() || self.is_marker(self.at) {
                return root;
            }
            let before = self.at;
            let more = self.block(0, true);
            if self.at == before {
                self.at = self.line_end(before);
                if self.at == before {
                    self.at += 1;
                }
            }
            match (&mut root.kind, more.kind) {
                (NodeShape::Map(entries, Layout::Block(_)), NodeShape::Map(others, _)) => {
                    entries.extend(others);
                    root.to = more.to;
                }
                (NodeShape::List(items, Layout::Block(_)), NodeShape::List(others, _)) => {
                    items.extend(others);
                    root.to = more.to;
                }
                (NodeShape::Null, kind) => root = Node { kind, ..more },
                _ => {}
            }
        }
    }

    /// What stands next, if it stands at this column or farther right. `compact`: a map or list may begin on this line.
    fn block(&mut self, min: usize, compact: bool) -> Node {
        let start = self.at;
        let comments = self.comments.len();
        let crossed = self.skip();
        let column = self.column(self.at);
        let back = |parser: &mut Self| {
            parser.at = start;
            parser.comments.truncate(comments);
            Node::null(start)
        };
        if self.at >= self.bytes.len() || (crossed && column < min) || self.is_marker(self.at) {
            return back(self);
        }
        let (tag, tagged_from) = self.properties();
        let compact = if tag.is_some() || self.at != tagged_from {
            let crossed = self.skip();
            if self.at >= self.bytes.len() || (crossed && self.column(self.at) < min) {
                let at = tag.as_ref().map_or(tagged_from, |(_, _, to)| *to);
                self.at = at;
                return Node { tag, ..Node::null(at) };
            }
            compact || crossed
        } else {
            compact || crossed
        };
        if self.depth >= MAX_DEPTH {
            return self.rest_of_line(tag);
        }
        self.depth += 1;
        let node = self.content(min, compact);
        self.depth -= 1;
        Node { tag, ..node }
    }

    fn rest_of_line(&mut self, tag: Option<(String, usize, usize)>) -> Node {
        let from = self.at;
        self.at = self.line_end(from).max(from + 1).min(self.bytes.len());
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        Node {
            from,
            to: self.at,
            tag,
            kind: NodeShape::Scalar(self.slice(from, self.at).to_owned(), Style::Plain),
        }
    }

    /// Tags and anchors. Where they began.
    fn properties(&mut self) -> (Option<(String, usize, usize)>, usize) {
        let start = self.at;
        let mut tag = None;
        while matches!(self.byte(self.at), Some(b'!' | b'&')) {
            let from = self.at;
            while !self.is_space(self.at)
                && !matches!(self.byte(self.at), Some(b',' | b']' | b'}' | b'[' | b'{'))
            {
                self.at += 1;
            }
            if self.byte(from) == Some(b'!') {
                let name = self.slice(from, self.at).trim_start_matches('!');
                tag = Some((name.to_owned(), from, self.at));
            }
            self.skip_blanks();
        }
        (tag, start)
    }

    fn content(&mut self, min: usize, compact: bool) -> Node {
        let column = self.column(self.at);
        if compact && self.is_dash(self.at) {
            return self.list(column);
        }
        if compact && self.key_end(self.at).is_some() {
            return self.map(column);
        }
        match self.byte(self.at) {
            Some(b'[' | b'{') => self.flow(min),
            Some(b'|' | b'>') => self.block_text(min),
            Some(b'"' | b'\'') => self.quoted(min),
            _ => {
                let from = self.at;
                let scalar = self.plain(min);
                // A word above lines such as "key: value" at its column is a key that is being typed.
                if compact
                    && column == self.column(from)
                    && line_of(self.lines, scalar.to) == line_of(self.lines, from)
                {
                    let end = self.at;
                    let comments = self.comments.len();
                    let crossed = self.skip();
                    let goes_on = crossed
                        && self.at < self.bytes.len()
                        && self.column(self.at) == column
                        && column > 0
                        && !self.is_marker(self.at)
                        && self.key_end(self.at).is_some();
                    self.at = end;
                    self.comments.truncate(comments);
                    if goes_on {
                        self.at = from;
                        return self.map(column);
                    }
                }
                scalar
            }
        }
    }

    /// Where the key that begins here ends, if it is one: before a colon and a blank.
    fn key_end(&self, at: usize) -> Option<usize> {
        let end = self.line_end(at);
        match self.byte(at)? {
            quote @ (b'"' | b'\'') => {
                let close = self.quote_end(at, end, quote)?;
                let mut colon = close;
                while matches!(self.byte(colon), Some(b' ' | b'\t')) {
                    colon += 1;
                }
                (self.byte(colon) == Some(b':') && self.is_space(colon + 1)).then_some(close)
            }
            b'[' | b'{' | b'|' | b'>' | b'#' | b',' | b']' | b'}' => None,
            _ => {
                let mut found = at;
                while found < end {
                    match self.byte(found) {
                        Some(b':') if self.is_space(found + 1) => return Some(found),
                        Some(b'#') if found > at && self.is_space(found - 1) => return None,
                        _ => found += 1,
                    }
                }
                None
            }
        }
    }

    /// Where a text in quotes ends, behind its quotation mark.
    fn quote_end(&self, at: usize, limit: usize, quote: u8) -> Option<usize> {
        let mut next = at + 1;
        while next < limit {
            match self.byte(next)? {
                b'\\' if quote == b'"' => next += 2,
                byte if byte == quote => {
                    if quote == b'\'' && self.byte(next + 1) == Some(b'\'') {
                        next += 2;
                    } else {
                        return Some(next + 1);
                    }
                }
                _ => next += 1,
            }
        }
        None
    }

    fn list(&mut self, column: usize) -> Node {
        let from = self.at;
        let mut items: Vec<Item> = Vec::new();
        let mut to = from;
        loop {
            let dash = self.at;
            if self.is_dash(dash) {
                self.at += 1;
            } else if self.key_end(dash).is_none() {
                break;
            }
            let value = self.block(column + 1, true);
            to = if value.is_null() && value.tag.is_none() { dash + 1 } else { value.to };
            self.at = self.at.max(to);
            items.push(Item { from: dash, value });
            let end = self.at;
            let comments = self.comments.len();
            self.skip();
            let here = self.column(self.at);
            // A line that stands here without its dash is an element as well, if it can't belong to the list's owner.
            let goes_on = self.at < self.bytes.len()
                && here >= column
                && self.at > end
                && (self.is_dash(self.at) || (here > column && self.key_end(self.at).is_some()));
            if !goes_on {
                self.at = end;
                self.comments.truncate(comments);
                break;
            }
        }
        Node { from, to, tag: None, kind: NodeShape::List(items, Layout::Block(column)) }
    }

    fn map(&mut self, column: usize) -> Node {
        let from = self.at;
        let mut entries: Vec<Entry> = Vec::new();
        let mut to;
        loop {
            let entry = self.entry();
            to = entry.to();
            self.at = self.at.max(to);
            entries.push(entry);
            let end = self.at;
            let comments = self.comments.len();
            let crossed = self.skip();
            let here = self.column(self.at);
            let goes_on = self.at < self.bytes.len()
                && crossed
                && here >= column
                && !self.is_dash(self.at)
                && !self.is_marker(self.at);
            if !goes_on {
                self.at = end;
                self.comments.truncate(comments);
                break;
            }
        }
        Node { from, to, tag: None, kind: NodeShape::Map(entries, Layout::Block(column)) }
    }

    fn entry(&mut self) -> Entry {
        // What hangs on the entry is measured from a tag or an anchor before its key.
        let begins = self.at;
        self.properties();
        if self.key_end(self.at).is_none() {
            self.at = begins;
        }
        let key_from = self.at;
        let Some(key_to) = self.key_end(key_from) else {
            // Half a key: all of the line.
            let end = self.line_end(key_from);
            let mut key_to = key_from;
            let mut at = key_from;
            while at < end {
                if self.byte(at) == Some(b'#') && at > key_from && self.is_space(at - 1) {
                    break;
                }
                at += 1;
                if !self.is_space(at - 1) {
                    key_to = at;
                }
            }
            let key_to = key_to.max((key_from + 1).min(self.bytes.len()));
            self.at = key_to;
            return Entry {
                key_from,
                key_to,
                key: self.slice(key_from, key_to).to_owned(),
                key_style: Style::Plain,
                colon: None,
                value: Node::null(key_to),
            };
        };
        let (key, key_style, key_to) = match self.byte(key_from) {
            Some(b'"') => (
                unescape(self.slice(key_from + 1, key_to.saturating_sub(1))),
                Style::Double,
                key_to,
            ),
            Some(b'\'') => (
                self.slice(key_from + 1, key_to.saturating_sub(1)).replace("''", "'"),
                Style::Single,
                key_to,
            ),
            _ => {
                let key = self.slice(key_from, key_to).trim_end_matches(WHITE);
                (key.to_owned(), Style::Plain, key_from + key.len())
            }
        };
        let mut colon = key_to;
        while self.byte(colon).is_some_and(|byte| byte != b':') {
            colon += 1;
        }
        self.at = (colon + 1).min(self.bytes.len());
        let owner = self.column(begins);
        let value = self.value_of(owner);
        Entry { key_from, key_to, key, key_style, colon: Some(colon), value }
    }

    /// What stands behind a colon; a list may stand at the column of its key.
    fn value_of(&mut self, owner: usize) -> Node {
        let start = self.at;
        let comments = self.comments.len();
        let crossed = self.skip();
        if crossed
            && self.at < self.bytes.len()
            && self.column(self.at) == owner
            && self.is_dash(self.at)
            && self.depth < MAX_DEPTH
        {
            self.depth += 1;
            let list = self.list(owner);
            self.depth -= 1;
            return list;
        }
        self.at = start;
        self.comments.truncate(comments);
        self.block(owner + 1, false)
    }

    /// A text without quotes, over as many lines as it goes on.
    fn plain(&mut self, min: usize) -> Node {
        let from = self.at;
        let mut to = self.plain_line(from);
        let mut text = self.slice(from, to).to_owned();
        self.at = to;
        loop {
            // A comment ends the text.
            let end = self.line_end(to);
            if self.slice(to, end).contains('#') || end >= self.bytes.len() {
                break;
            }
            let mut next = end;
            let mut breaks = 0;
            while let Some(byte) = self.byte(next) {
                match byte {
                    b'\n' => breaks += 1,
                    b' ' | b'\t' | b'\r' => {}
                    _ => break,
                }
                next += 1;
            }
            let goes_on = next < self.bytes.len()
                && self.column(next) >= min.max(1)
                && self.byte(next) != Some(b'#')
                && !self.is_dash(next)
                && self.key_end(next).is_none();
            if !goes_on {
                break;
            }
            to = self.plain_line(next);
            text.push_str(&if breaks > 1 { "\n".repeat(breaks - 1) } else { " ".to_owned() });
            text.push_str(self.slice(next, to));
            self.at = to;
        }
        Node {
            from,
            to,
            tag: None,
            kind: if text.is_empty() {
                NodeShape::Null
            } else {
                NodeShape::Scalar(text, Style::Plain)
            },
        }
    }

    /// Where the text on this line ends.
    fn plain_line(&self, from: usize) -> usize {
        let end = self.line_end(from);
        let mut to = from;
        let mut at = from;
        while at < end {
            if self.byte(at) == Some(b'#') && at > from && self.is_space(at - 1) {
                break;
            }
            at += 1;
            if !self.is_space(at - 1) {
                to = at;
            }
        }
        to
    }

    /// A text in quotes. Without its end it ends with its line.
    fn quoted(&mut self, min: usize) -> Node {
        let from = self.at;
        let quote = self.byte(from).unwrap_or(b'"');
        let first_line = self.line_end(from);
        let style = if quote == b'"' { Style::Double } else { Style::Single };
        let mut close = self.quote_end(from, first_line, quote);
        if close.is_none() {
            // Over several lines, as long as they stand far enough right.
            let mut limit = first_line;
            let mut line = line_of(self.lines, from) + 1;
            while let Some(start) = self.lines.get(line).copied() {
                let end = self.line_end(start);
                let content = self.slice(start, end).trim_start_matches(' ');
                if !content.trim_matches(WHITE_OR_BREAK).is_empty()
                    && end - start - content.len() < min
                {
                    break;
                }
                limit = end;
                line += 1;
            }
            close = self.quote_end(from, limit, quote).filter(|_| limit > first_line);
        }
        let Some(to) = close else {
            let raw = self.slice(from + 1, first_line).to_owned();
            self.at = first_line.max(from + 1);
            return Node {
                from,
                to: self.at,
                tag: None,
                kind: NodeShape::Scalar(raw, Style::Plain),
            };
        };
        let raw = self.slice(from + 1, to - 1);
        let folded = if raw.contains('\n') { fold(raw, style) } else { raw.to_owned() };
        let text = match style {
            Style::Double => unescape(&folded),
            _ => folded.replace("''", "'"),
        };
        self.at = to;
        Node { from, to, tag: None, kind: NodeShape::Scalar(text, style) }
    }

    /// A text behind `|` or `>`: the lines that stand far enough right.
    fn block_text(&mut self, min: usize) -> Node {
        let from = self.at;
        let mut to = self.line_end(from);
        let header = self.slice(from, to);
        let folds = header.starts_with('>');
        let all = self.text;
        let mut lines: Vec<&str> = Vec::new();
        let mut line = line_of(self.lines, from) + 1;
        let mut indent = None;
        while let Some(start) = self.lines.get(line).copied() {
            let end = self.line_end(start);
            let content = self.slice(start, end).trim_start_matches(' ');
            let column = end - start - content.len();
            if content.trim_matches(WHITE_OR_BREAK).is_empty() {
                lines.push("");
            } else if column < indent.unwrap_or(min.max(1)) {
                break;
            } else {
                let indent = *indent.get_or_insert(column);
                lines.push(all.get(start + indent..end).unwrap_or_default());
                to = end;
            }
            line += 1;
        }
        self.at = to;
        while lines.last() == Some(&"") {
            lines.pop();
        }
        let text = lines.join(if folds { " " } else { "\n" });
        Node { from, to, tag: None, kind: NodeShape::Scalar(text, Style::Block) }
    }

    /// A list in brackets or a map in braces. Without its end it ends before the next line that stands too far left.
    fn flow(&mut self, min: usize) -> Node {
        let from = self.at;
        let is_list = self.byte(from) == Some(b'[');
        let close = if is_list { b']' } else { b'}' };
        self.at += 1;
        let mut items = Vec::new();
        let mut entries = Vec::new();
        let mut to = self.at;
        loop {
            let end = self.at;
            let comments = self.comments.len();
            let crossed = self.skip();
            let byte = self.byte(self.at);
            if byte == Some(close) {
                self.at += 1;
                to = self.at;
                break;
            }
            let too_far_left = crossed && self.column(self.at) < min;
            if byte.is_none() || too_far_left || matches!(byte, Some(b']' | b'}')) {
                self.at = end;
                self.comments.truncate(comments);
                break;
            }
            if byte == Some(b',') {
                self.at += 1;
                to = self.at;
                continue;
            }
            let before = self.at;
            if is_list {
                let value = self.flow_item(min);
                to = value.to;
                items.push(Item { from: before, value });
            } else {
                let entry = self.flow_entry(min);
                to = entry.to();
                entries.push(entry);
            }
            self.at = self.at.max(to);
            if self.at == before {
                self.at += 1;
                while !self.text.is_char_boundary(self.at) {
                    self.at += 1;
                }
                to = self.at;
            }
        }
        let kind = if is_list {
            NodeShape::List(items, Layout::Flow)
        } else {
            NodeShape::Map(entries, Layout::Flow)
        };
        Node { from, to: to.min(self.bytes.len()), tag: None, kind }
    }

    fn flow_node(&mut self, min: usize) -> Node {
        let (tag, _) = self.properties();
        if self.depth >= MAX_DEPTH {
            return self.rest_of_line(tag);
        }
        self.depth += 1;
        let node = match self.byte(self.at) {
            Some(b'[' | b'{') => self.flow(min),
            Some(b'"' | b'\'') => self.quoted(min),
            _ => self.flow_plain(min),
        };
        self.depth -= 1;
        Node { tag, ..node }
    }

    /// An element; `a: b` is a map of one entry.
    fn flow_item(&mut self, min: usize) -> Node {
        let from = self.at;
        let node = self.flow_node(min);
        let is_key = self.byte(self.at) == Some(b':') && self.flow_colon(self.at);
        let NodeShape::Scalar(_, _) = &node.kind else {
            return node;
        };
        if !is_key {
            return node;
        }
        self.at = from;
        let entry = self.flow_entry(min);
        Node { from, to: entry.to(), tag: None, kind: NodeShape::Map(vec![entry], Layout::Flow) }
    }

    fn flow_colon(&self, at: usize) -> bool {
        self.is_space(at + 1) || matches!(self.byte(at + 1), Some(b',' | b']' | b'}' | b'[' | b'{'))
    }

    fn flow_entry(&mut self, min: usize) -> Entry {
        let key_from = self.at;
        let node = match self.byte(key_from) {
            Some(b'"' | b'\'') => self.quoted(min),
            _ => self.flow_plain(min),
        };
        let key_to = node.to;
        let (key, key_style) = match node.kind {
            NodeShape::Scalar(text, style) => (text, style),
            _ => (String::new(), Style::Plain),
        };
        let end = self.at;
        let comments = self.comments.len();
        self.skip();
        let is_colon = self.byte(self.at) == Some(b':')
            && (key_style != Style::Plain || self.flow_colon(self.at));
        if !is_colon {
            self.at = end;
            self.comments.truncate(comments);
            return Entry {
                key_from,
                key_to,
                key,
                key_style,
                colon: None,
                value: Node::null(key_to),
            };
        }
        let colon = self.at;
        self.at += 1;
        let end = self.at;
        let comments = self.comments.len();
        let crossed = self.skip();
        let stops = matches!(self.byte(self.at), None | Some(b',' | b']' | b'}'))
            || (crossed && self.column(self.at) < min);
        let value = if stops {
            self.at = end;
            self.comments.truncate(comments);
            Node::null(end)
        } else {
            self.flow_node(min)
        };
        Entry { key_from, key_to, key, key_style, colon: Some(colon), value }
    }

    /// A text without quotes inside brackets.
    fn flow_plain(&mut self, min: usize) -> Node {
        let from = self.at;
        let mut to = from;
        let mut at = from;
        while let Some(byte) = self.byte(at) {
            match byte {
                b',' | b'[' | b']' | b'{' | b'}' => break,
                b':' if self.flow_colon(at) => break,
                b'#' if at > from && self.is_space(at - 1) => break,
                b'\n' => {
                    let mut next = at;
                    while matches!(self.byte(next), Some(b' ' | b'\t' | b'\r' | b'\n')) {
                        next += 1;
                    }
                    let ends = next >= self.bytes.len()
                        || self.column(next) < min
                        || self.byte(next) == Some(b'#')
                        || self.is_dash(next)
                        || self.key_end(next).is_some();
                    if ends {
                        break;
                    }
                    at = next;
                }
                _ => {
                    at += 1;
                    if !self.is_space(at - 1) {
                        to = at;
                    }
                }
            }
        }
        self.at = to;
        let raw = self.slice(from, to);
        let kind = if raw.is_empty() {
            NodeShape::Null
        } else {
            let text = if raw.contains('\n') { fold(raw, Style::Plain) } else { raw.to_owned() };
            NodeShape::Scalar(text, Style::Plain)
        };
        Node { from, to, tag: None, kind }
    }
}

/// What YAML takes for white space within a line: other kinds of spaces are letters.
const WHITE: [char; 2] = [' ', '\t'];
/// Likewise, and the end of a line.
const WHITE_OR_BREAK: [char; 3] = [' ', '\t', '\r'];

/// Lines of a text as one, as YAML joins them.
fn fold(raw: &str, style: Style) -> String {
    let mut text = String::new();
    // What a line break stands for, unless empty lines follow.
    let mut between = "";
    let mut breaks = 0;
    for (index, line) in raw.split('\n').enumerate() {
        let line = line.trim_end_matches('\r');
        let content = if index == 0 { line } else { line.trim_start_matches(WHITE) };
        let content = content.trim_end_matches(WHITE);
        if content.is_empty() && index > 0 {
            breaks += 1;
            continue;
        }
        text.push_str(&if breaks > 0 { "\n".repeat(breaks) } else { between.to_owned() });
        breaks = 0;
        let slashes = line.len() - line.trim_end_matches('\\').len();
        let escaped = style == Style::Double && slashes % 2 == 1;
        text.push_str(if escaped {
            content.strip_suffix('\\').unwrap_or(content)
        } else {
            content
        });
        between = if escaped { "" } else { " " };
    }
    text
}

/// What a text in double quotation marks says.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut letters = raw.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('0') => text.push('\0'),
            Some(kind @ ('x' | 'u' | 'U')) => {
                let count = match kind {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let digits: String = letters.by_ref().take(count).collect();
                let code = u32::from_str_radix(&digits, 16).ok();
                text.extend(code.and_then(char::from_u32));
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

#[cfg(test)]
mod like_the_parser;
