//! What is wrong with the text: the count beside the heading, and the list beneath the text.

use halter_language::Fix;
use halter_spec::{Diagnostic, Severity};
use yew::prelude::*;

use super::{Msg, Source};
use crate::guard::{self, Finding};
use crate::model::Model;
use crate::sender::Sender;

/// How many problems there are.
pub(super) fn summary(source: &Source) -> Html {
    if source.is_blank() {
        return Html::default();
    }
    let count = |severity| {
        let all = source.diagnostics.iter();
        all.filter(|d| d.severity == severity).count()
    };
    let words = match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => return html! { <p class="summary summary--good">{ "no problems" }</p> },
        (0, 1) => "1 warning".to_owned(),
        (0, warnings) => format!("{warnings} warnings"),
        (1, _) => "1 problem".to_owned(),
        (errors, _) => format!("{errors} problems"),
    };
    html! { <p class="summary" data-problems={count(Severity::Error).to_string()}>{ words }</p> }
}

/// Each problem, with a button that goes there, and one that puts it right.
pub(super) fn list(model: &Model, sender: &Sender) -> Html {
    let source = &model.source;
    let notes = model.guard.findings_of(&source.text);
    html! {
        <div id="diagnostics" class="diagnostics">
            if !source.is_blank() && source.diagnostics.len() + notes.len() > 0 {
                <ul aria-label="Problems">
                    { for source.diagnostics.iter().enumerate().map(|(index, diagnostic)| {
                        let fixes = source.fixes.get(index).filter(|_| !model.is_read_only());
                        let fixes = fixes.map(Vec::as_slice).unwrap_or_default();
                        one(index, diagnostic, fixes, sender)
                    }) }
                    { for notes.iter().enumerate().map(|(index, finding)| note(index, finding, sender)) }
                </ul>
            }
        </div>
    }
}

/// What the guard found, with a button that brings it on the stage.
fn note(index: usize, finding: &Finding, sender: &Sender) -> Html {
    let span = finding.span;
    html! {
        <li class="problem">
            <button type="button" class="diagnostic diagnostic--note" data-note={finding.property.clone()} onclick={sender.callback(move |_| Msg::GoTo(span))}>
                <span class="diagnostic-place">{ format!("Note {}:{}", span.line, span.column) }</span>
                <span class="diagnostic-text">{ finding.message }</span>
                <span class="diagnostic-code">{ &finding.property }</span>
            </button>
            <span class="fixes">
                <button type="button" class="quiet fix" aria-label={format!("Show me: {}", finding.message)}
                    onclick={sender.callback(move |_| guard::Msg::Show(index))}>{ "Show me" }</button>
            </span>
        </li>
    }
}

fn one(index: usize, diagnostic: &Diagnostic, fixes: &[Fix], sender: &Sender) -> Html {
    let span = diagnostic.span;
    let (class, word) = match diagnostic.severity {
        Severity::Error => ("diagnostic diagnostic--error", "Error"),
        Severity::Warning => ("diagnostic diagnostic--warning", "Warning"),
    };
    let node = diagnostic.node.as_ref().map(|(thread, node)| format!("{thread} / {node}"));
    html! {
        <li class="problem">
            <button
                type="button"
                {class}
                data-diagnostic={diagnostic.code.name()}
                data-place={format!("{}:{}", span.line, span.column)}
                onclick={sender.callback(move |_| Msg::GoTo(span))}
            >
                <span class="diagnostic-place">{ format!("{word} {}:{}", span.line, span.column) }</span>
                <span class="diagnostic-text">{ diagnostic.message() }</span>
                <span class="diagnostic-code" title={diagnostic.code.text()}>{ diagnostic.code.name() }{ node.map(|node| format!(" · {node}")) }</span>
            </button>
            if !fixes.is_empty() {
                <span class="fixes">
                    { for fixes.iter().enumerate().map(|(fix, how)| html! {
                        <button type="button" class="quiet fix" data-fix={diagnostic.code.name()} onclick={sender.callback(move |_| Msg::Fix(index, fix))}>
                            { &how.title }
                        </button>
                    }) }
                </span>
            }
        </li>
    }
}
