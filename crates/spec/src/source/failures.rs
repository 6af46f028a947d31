//! Which thread handles which failure.

use super::Source;
use super::fields::Fields;
use crate::code::Code;
use crate::grammar;
use crate::model::{FailureHandlerDef, FailureToCatch};
use crate::place::At;
use crate::tree::{Entry, Tree, span_between};

impl Source {
    /// `on-failure: {TIMEOUT: call-back, card-declined: refund, any: give-up}`, the name of a thread for any failure, or a
    /// list of `{error: TIMEOUT, run: call-back}`.
    pub(super) fn failure_handlers(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Vec<FailureHandlerDef> {
        let Some(Entry { value: tree, .. }) = fields.take(key) else {
            return Vec::new();
        };
        if let Some(entries) = tree.map() {
            return entries.iter().filter_map(|entry| self.short_handler(entry)).collect();
        }
        if let Some(items) = tree.list() {
            return items.iter().filter_map(|item| self.long_handler(item)).collect();
        }
        let handler = self.name(tree, key);
        handler
            .map(|handler_spec_name| FailureHandlerDef {
                handler_spec_name,
                failure_to_catch: FailureToCatch::Any,
                at: tree.at(),
            })
            .into_iter()
            .collect()
    }

    fn short_handler(&mut self, entry: &Entry) -> Option<FailureHandlerDef> {
        let failure_to_catch = match entry.key.as_str() {
            "any" => FailureToCatch::Any,
            "any-error" => FailureToCatch::AnyError,
            "any-exception" => FailureToCatch::AnyException,
            name => FailureToCatch::Specific(name.to_owned()),
        };
        let at = At(span_between(entry.key_span, entry.value.span));
        let handler_spec_name = self.name(&entry.value, &entry.key)?;
        Some(FailureHandlerDef { handler_spec_name, failure_to_catch, at })
    }

    fn long_handler(&mut self, tree: &Tree) -> Option<FailureHandlerDef> {
        let mut fields = self.fields(tree, &grammar::FAILURE_HANDLER)?;
        let handler = self.required_name(&mut fields, "run");
        let error = fields.take("error");
        let exception = fields.take("exception");
        let any = fields.take("any");
        self.finish(fields);
        let is_any = |entry: &Entry| entry.value.is_null() || entry.value.text() == Some("any");
        let failure_to_catch = match (error, exception, any) {
            (Some(error), None, None) if is_any(error) => FailureToCatch::AnyError,
            (Some(error), None, None) => {
                FailureToCatch::Specific(self.name(&error.value, "error")?)
            }
            (None, Some(exception), None) if is_any(exception) => FailureToCatch::AnyException,
            (None, Some(exception), None) => {
                FailureToCatch::Specific(self.name(&exception.value, "exception")?)
            }
            (None, None, _) => FailureToCatch::Any,
            _ => {
                let message =
                    "A failure handler takes one of \"error\", \"exception\" and \"any\".";
                self.error(Code::OneOf, tree.span, message);
                return None;
            }
        };
        Some(FailureHandlerDef { handler_spec_name: handler?, failure_to_catch, at: tree.at() })
    }
}
