//! The tolerant tree is the reader's tree, where the text is right.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use halter_language::{Token, TokenKind, tokens};
use halter_spec::model::NodeKind;

#[path = "support/sources.rs"]
mod sources;
use sources::sources;

/// Every variable, thread, event and task that the model knows is found where it is declared.
#[test]
fn all_declarations_are_found() {
    for (name, text) in sources() {
        let Some(document) = halter_spec::load(&text).document else {
            continue;
        };
        let found = tokens(&text);
        let declared = |kind: TokenKind, wanted: &str| {
            let is = |token: &&Token| {
                token.kind == kind && token.declares && &text[token.from..token.to] == wanted
            };
            assert!(found.iter().any(|token| is(&token)), "{name}: {kind:?} {wanted}");
        };
        for (thread, spec) in &document.wf_spec.thread_specs {
            declared(TokenKind::Thread, thread);
            for variable in &spec.variable_defs {
                let variable = &variable.var_def.name;
                if !variable.ends_with("_THREAD") && !variable.ends_with("_THREADS") {
                    declared(TokenKind::Variable, variable);
                }
            }
        }
        for event in document.external_event_defs.keys() {
            declared(TokenKind::Event, event);
        }
        for task in document.task_defs.keys() {
            declared(TokenKind::Task, task);
        }
    }
}

/// Of these sources so many nodes were compared when this was written. Fewer mean that the reader gives nodes up, or that
/// it does not say where they stand; more come with more examples.
const NODES: usize = 476;

/// The words of a statement that makes such a node.
fn words(kind: &NodeKind) -> &'static [&'static str] {
    match kind {
        NodeKind::Entrypoint => &["entrypoint"],
        NodeKind::Exit(_) => &["fail", "return", "exit"],
        NodeKind::Nop => &["nop", "if", "while"],
        NodeKind::Sleep(_) => &["sleep", "sleep-until", "sleep-until-date"],
        NodeKind::Task(_) => &["task"],
        NodeKind::ExternalEvent(_) => &["wait-for-event"],
        NodeKind::StartThread(_) => &["start-thread"],
        NodeKind::StartMultipleThreads(_) => &["start-threads"],
        NodeKind::WaitForThreads(_) => &["wait-for-threads"],
        NodeKind::UserTask(_) => &["user-task"],
        NodeKind::ThrowEvent(_) => &["throw-event"],
        NodeKind::WaitForCondition(_) => &["wait-for-condition"],
        NodeKind::RunChildWf(_) => &["run-child-wf"],
        NodeKind::WaitForChildWf(_) => &["wait-for-child-wf"],
    }
}

/// On the very line where a node begins stands what makes it: the word of its statement or its own name; for the nodes
/// that nobody writes, the name of its thread.
#[test]
fn statements_are_found() {
    let mut nodes = 0;
    for (name, text) in sources() {
        let Some(document) = halter_spec::load(&text).document else {
            continue;
        };
        let found = tokens(&text);
        for (thread, spec) in &document.wf_spec.thread_specs {
            for (node, spec) in &spec.nodes {
                let line = spec.at.0.line as usize;
                let from: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
                let to = from + text[from..].lines().next().unwrap_or_default().len();
                let unwritten = matches!(spec.kind, NodeKind::Entrypoint | NodeKind::Exit(_));
                let makes = |token: &Token| {
                    let word = &text[token.from..token.to];
                    match token.kind {
                        TokenKind::Statement => words(&spec.kind).contains(&word),
                        TokenKind::Node => token.declares && word == node,
                        TokenKind::Thread => unwritten && token.declares && word == thread,
                        _ => false,
                    }
                };
                let mut here = found.iter().filter(|token| (from..to).contains(&token.from));
                assert!(here.any(makes), "{name}: {node} of {thread} in line {line}");
                nodes += 1;
            }
        }
    }
    assert!(nodes >= NODES, "{nodes}");
}
