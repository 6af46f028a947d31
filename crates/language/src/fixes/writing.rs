//! How things are written: indentation, quotation marks, tags.

use halter_spec::Code;

use super::search::Search;
use crate::edit::Edit;

impl Search<'_, '_> {
    pub(super) fn tabs(&mut self) {
        let mut edits = Vec::new();
        for start in &self.cst.lines {
            let line = self.cst.slice(*start, self.cst.line_end(*start));
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            let front = line.get(..indent).unwrap_or_default();
            if front.contains('\t') {
                let spaces = front.replace('\t', "  ");
                edits.push(Edit::replace(*start, start + indent, spaces));
            }
        }
        self.add("indent with spaces", edits);
    }

    /// A text where an expression is: in quotation marks of both.
    pub(super) fn as_text(&mut self) {
        let spot = self.scalar_at(&self.cst.root);
        let Some(node) = spot else { return };
        let (from, to) = node.text_span();
        let written = self.cst.slice(from, to);
        if self.diagnostic.code == Code::Expression && node.is_plain() && !written.contains('"') {
            let insert = format!("'\"{}\"'", written.replace('\'', "''"));
            self.add("make it a text", [Edit::replace(node.from, node.to, insert)]);
        }
        if let Some((_, from, to)) = &node.tag {
            let end = to + usize::from(self.text.get(*to..to + 1) == Some(" "));
            self.add("remove the tag", [Edit::replace(*from, end, "")]);
        }
    }
}
