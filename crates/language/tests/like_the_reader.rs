//! The tolerant tree is the reader's tree, where the text is right.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use halter_language::{Token, TokenKind, tokens};

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

/// No key of a good source is unknown: each word in front of a colon is a key, a name or a value of JSON.
#[test]
fn statements_are_found() {
    for (name, text) in sources() {
        let Some(document) = halter_spec::load(&text).document else {
            continue;
        };
        let found = tokens(&text);
        for spec in document.wf_spec.thread_specs.values() {
            for node in spec.nodes.values() {
                let line = node.at.0.line;
                let from: usize =
                    text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
                let known = found.iter().any(|token| {
                    token.from >= from
                        && matches!(
                            token.kind,
                            TokenKind::Statement | TokenKind::Thread | TokenKind::Node
                        )
                });
                assert!(known, "{name}: line {line}");
            }
        }
    }
}
