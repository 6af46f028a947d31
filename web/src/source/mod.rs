//! The source: a text area with line numbers, and what is wrong with the text.

use halter_spec::{Diagnostic, Severity};
use yew::html::Scope;
use yew::prelude::*;

use crate::app::App;
use crate::effect;
use crate::model::{Model, Source};
use crate::msg::Msg;

/// The text area's id.
pub(crate) const EDITOR_ID: &str = "source-text";

/// The line numbers' id.
pub(crate) const NUMBERS_ID: &str = "source-numbers";

/// Lines that are numbered. Beyond, numbering costs more than it helps.
const MAX_NUMBERED: usize = 20_000;

/// The panel.
pub(crate) fn view(model: &Model, link: &Scope<App>) -> Html {
    let open = model.source_open;
    html! {
        <section class="panel source" aria-labelledby="source-title" data-open={open.to_string()}>
            <div class="panel-head">
                <h2 id="source-title" class="panel-title">{ "Source" }</h2>
                { summary(&model.source) }
                <button
                    type="button"
                    class="quiet source-toggle"
                    aria-expanded={open.to_string()}
                    aria-controls="source-body"
                    onclick={link.callback(|_| Msg::ToggleSource)}
                >
                    { if open { "Hide source" } else { "Show source" } }
                </button>
            </div>
            <div id="source-body" class="source-body" hidden={!open}>
                if model.source.undrawn {
                    <p class="undrawn">
                        { "This text is too long to be shown. " }
                        if model.source.replaced.is_some() {
                            <button type="button" class="link" onclick={link.callback(|_| Msg::BringBackText)}>
                                { "Bring back the text before" }
                            </button>
                        }
                    </p>
                }
                <div class="editor" hidden={model.source.undrawn}>
                    { line_numbers(&model.source) }
                    <textarea
                        id={EDITOR_ID}
                        class="editor-text"
                        aria-label="Workflow source, YAML or LittleHorse JSON"
                        aria-describedby="diagnostics"
                        spellcheck="false"
                        autocomplete="off"
                        autocapitalize="off"
                        wrap="off"
                        oninput={link.callback(|_: InputEvent| Msg::Typed)}
                        onscroll={Callback::from(|_| effect::number_lines_in_view())}
                    />
                </div>
                { diagnostics(&model.source, link) }
            </div>
        </section>
    }
}

fn summary(source: &Source) -> Html {
    let count = |severity| {
        source
            .diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .count()
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

fn line_numbers(source: &Source) -> Html {
    use std::fmt::Write as _;
    let mut numbers = String::new();
    if source.lines <= MAX_NUMBERED {
        for line in 1..=source.lines.max(1) {
            // Writing to a String can't fail.
            let _ = writeln!(numbers, "{line}");
        }
    }
    html! { <div id={NUMBERS_ID} class="editor-numbers" aria-hidden="true"><pre>{ numbers }</pre></div> }
}

fn diagnostics(source: &Source, link: &Scope<App>) -> Html {
    html! {
        <div id="diagnostics" class="diagnostics">
            if let Some(why) = source.not_kept {
                <p class="not-kept">{ why }</p>
            }
            if !source.diagnostics.is_empty() {
                <ul aria-label="Problems">
                    { for source.diagnostics.iter().map(|diagnostic| one(diagnostic, link)) }
                </ul>
            }
        </div>
    }
}

fn one(diagnostic: &Diagnostic, link: &Scope<App>) -> Html {
    let span = diagnostic.span;
    let (class, word) = match diagnostic.severity {
        Severity::Error => ("diagnostic diagnostic--error", "Error"),
        Severity::Warning => ("diagnostic diagnostic--warning", "Warning"),
    };
    let node = diagnostic
        .node
        .as_ref()
        .map(|(thread, node)| format!("{thread} / {node}"));
    html! {
        <li>
            <button
                type="button"
                {class}
                data-diagnostic={diagnostic.code}
                data-place={format!("{}:{}", span.line, span.column)}
                onclick={link.callback(move |_| Msg::GoToPlace(span))}
            >
                <span class="diagnostic-place">{ format!("{word} {}:{}", span.line, span.column) }</span>
                <span class="diagnostic-text">{ &diagnostic.message }</span>
                <span class="diagnostic-code">{ diagnostic.code }{ node.map(|node| format!(" · {node}")) }</span>
            </button>
        </li>
    }
}
