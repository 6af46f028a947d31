//! What may stand next in a property: the reader of properties says what it looks for there.

use halter_spec::grammar::NameKind;
use halter_spec::load;
use halter_spec::property::{Expected, STATUSES, expected, short_name};

use super::{CompletionKind, MARK, Offers};

impl Offers<'_, '_> {
    /// Words, signs and names; behind a point, the variables of a ThreadSpec.
    pub(super) fn property(&mut self) {
        let Some(written) = self.written_so_far() else {
            return;
        };
        for next in expected(&written) {
            match next {
                Expected::Words(words) => self.word(&words, CompletionKind::Word, ""),
                Expected::Thread => self.property_names(NameKind::Thread),
                Expected::Event => self.property_names(NameKind::Event),
                Expected::Status => {
                    for status in STATUSES {
                        self.word(status, CompletionKind::Word, "A status.");
                    }
                }
                Expected::Node(thread) => {
                    for node in self.nodes(&thread) {
                        self.word(&node, CompletionKind::Word, "A node.");
                    }
                }
                Expected::Number | Expected::Value => {}
            }
        }
    }

    /// The property up to the word that is being typed, if it stands on one line.
    fn written_so_far(&self) -> Option<String> {
        let (_, written) = self.line.split_once(": ").or_else(|| self.line.split_once(':'))?;
        Some(written.trim_start().trim_start_matches(['"', '\'']).to_owned())
    }

    fn property_names(&mut self, kind: NameKind) {
        for name in self.names(kind) {
            self.word(&name, CompletionKind::Name(kind), "");
        }
    }

    /// The names of a ThreadSpec's nodes, the short ones where there are some. The line that is being typed may keep the text from being read: it
    /// is left out.
    fn nodes(&self, thread: &str) -> Vec<String> {
        let rest = self.after.find('\n').and_then(|end| self.after.get(end..)).unwrap_or_default();
        let kept = self.before.len() - self.line.len();
        let text = [self.before.get(..kept).unwrap_or_default(), rest].concat();
        let document = load(&text.replace(MARK, "")).document;
        let spec = document.as_ref().and_then(|of| of.wf_spec.thread_specs.get(thread));
        let names = spec.into_iter().flat_map(|spec| spec.nodes.keys());
        names.map(|name| short_name(name).to_owned()).collect()
    }
}
