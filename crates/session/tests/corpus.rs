//! Sources that are hard on Halter (tests/corpus): each is answered in time, with the error that its first line names.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use halter_engine::Semantics;
use halter_session::{Sitting, compare, offers, script, trace, view};

/// All that is done with one source under one semantics, without optimization beside other tests.
const PATIENCE: Duration = Duration::from_secs(20);

/// Plays a source and looks at the run as the page does: what went wrong, by name or code.
fn play(text: &str, semantics: Semantics) -> Vec<String> {
    let loaded = halter_spec::load(text);
    let Some(document) = loaded.document else {
        let codes = loaded.diagnostics.iter().map(|found| found.code.to_string());
        return codes.collect();
    };
    let mut sitting = Sitting::new(Arc::new(document), semantics).unwrap();
    let mut wrong = Vec::new();
    for line in sitting.document().script.clone() {
        let command = script::read(&line, &sitting).unwrap_or_else(|why| panic!("{line}: {why}"));
        sitting.take(command);
        let step = sitting.current_step().unwrap();
        wrong.extend(step.refusal.iter().map(|r| r.code.name().to_owned()));
        view::run(&sitting);
        view::changes(&sitting);
        for thread in 0..sitting.state().threads.len().min(20) {
            view::scopes(&sitting, thread as u32);
        }
        offers::offers(&sitting);
        sitting.look_at(1);
        view::run(&sitting);
    }
    assert!(trace::state_json(sitting.program(), sitting.state()).is_object());
    assert!(
        compare::Comparer::default()
            .up_to_cursor(&sitting)
            .is_none_or(|both| both.parting.step < sitting.steps().len())
    );
    let threads = &sitting.state().threads;
    let node_runs = threads.iter().flat_map(|thread| &thread.node_runs);
    let failures = node_runs.flat_map(|node_run| &node_run.failures);
    wrong.extend(failures.map(|failure| failure.name.to_string()));
    wrong
}

#[test]
fn what_is_hard_is_answered_in_time() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let mut played = 0;
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "md") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        for semantics in [Semantics::DOCUMENTED, Semantics::SERVER_1_2] {
            let start = Instant::now();
            let wrong = play(&text, semantics);
            let took = start.elapsed();
            assert!(took < PATIENCE, "{name} took {took:?}");
            let first = text.lines().next().unwrap_or_default();
            let expected = first.strip_prefix("# expect: ").unwrap_or("answered");
            if expected != "answered" && semantics == Semantics::DOCUMENTED {
                assert!(
                    wrong.iter().any(|w| w == expected),
                    "{name}: not {expected}, but {wrong:?}"
                );
            }
        }
        played += 1;
    }
    assert!(played >= 25, "the corpus is there");
}
