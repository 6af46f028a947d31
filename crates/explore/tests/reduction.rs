//! Leaving out orders that come to the same changes no answer: asked of a thousand random specs.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::format_push_string,
    dead_code,
    missing_docs,
    reason = "a test"
)]

#[path = "../../engine/tests/support/mod.rs"]
mod random;
mod support;

use std::sync::Arc;

use halter_engine::{Command, Program, Semantics};
use halter_explore::{
    Answer, Bounds, BuiltInProperty, Choices, Explorer, Phase, child_wf_failures,
};
use halter_spec::model::Document;
use random::Random;

/// Specs that are looked at in both ways to the end.
const SPECS: usize = 500;

/// States up to which one is looked at.
const STATES: usize = 60;

/// Conditions that are asked as well, each with `never` before it.
const CONDITIONS: [&str; 5] = [
    "run is ERROR",
    "t0 is HALTED",
    "event w0 was taken and not run is COMPLETED",
    "t0.x > 1",
    "count t1 is RUNNING >= 2",
];

/// An answer, and how many moves lead there.
#[derive(Debug, PartialEq)]
enum Said {
    Holds,
    Undecided,
    Cannot,
    Is(usize),
}

/// Without delay a claim and its report are one move.
fn said(answer: Answer, delay: bool) -> Said {
    let is_move = |command: &&Command| delay || !matches!(command, Command::ClaimTask(..));
    match answer {
        Answer::Holds => Said::Holds,
        Answer::Undecided => Said::Undecided,
        Answer::Cannot => Said::Cannot,
        Answer::Fails(commands) | Answer::Can(commands) => {
            Said::Is(commands.iter().filter(is_move).count())
        }
    }
}

struct Explored {
    states: usize,
    said: Vec<(&'static str, Said)>,
    coverage: halter_explore::Coverage,
}

/// Everything that is known of a spec in the end; `None` if there is too much to look at.
fn explored(
    document: &Document,
    semantics: Semantics,
    change: impl FnOnce(&mut Choices),
) -> Option<Explored> {
    let program = Arc::new(Program::compile(document, semantics).ok()?);
    let mut choices = Choices::usual(document, &program);
    change(&mut choices);
    let delay = choices.delay;
    let bounds = Bounds { states: STATES, ..Bounds::default() };
    let mut explorer = Explorer::new(program, choices, bounds);
    while explorer.run(1_000).phase == Phase::Running {}
    let progress = explorer.progress();
    if progress.phase != Phase::Complete {
        return None;
    }
    let built_in = BuiltInProperty::ALL.iter();
    let mut all: Vec<_> =
        built_in.map(|(property, id, _)| (*id, said(explorer.answer(*property), delay))).collect();
    let own = 0..explorer.choices().own.iter().len();
    all.extend(own.map(|property| ("own", said(explorer.own_answer(property), delay))));
    Some(Explored { states: progress.states, said: all, coverage: explorer.coverage() })
}

#[test]
fn five_hundred_specs_have_the_same_answers() {
    compare(0, false);
}

#[test]
fn five_hundred_specs_with_properties_have_the_same_answers() {
    compare(1_000_000, true);
}

fn compare(mut seed: u64, with_properties: bool) {
    let (mut compared, mut smaller) = (0, 0);
    while compared < SPECS {
        seed += 1;
        let mut random = Random(seed);
        let mut document = random::document(&mut random);
        if with_properties {
            for (index, condition) in CONDITIONS.iter().enumerate() {
                let source = format!(
                    "workflow: it\nthreads:\n  main:\n    do: []\nproperties:\n  p{index}: never {condition}\n"
                );
                let loaded = halter_spec::load(&source).document;
                document.properties.extend(loaded.into_iter().flat_map(|d| d.properties));
            }
        }
        let semantics = support::BOTH[random.below(2)];
        let (time, delay) = (random.below(2) == 0, random.below(3) > 0);
        let (fails, stops) = (random.below(3) == 0, u8::from(random.below(6) == 0));
        let budget = 1 + u8::from(random.below(4) == 0);
        let explore = |reduction| {
            explored(&document, semantics, |choices| {
                choices.reduction = reduction;
                (choices.time, choices.delay, choices.stops) = (time, delay, stops);
                choices.tasks.iter_mut().for_each(|task| task.fails = fails);
                if let (true, Ok(program)) = (fails, Program::compile(&document, semantics)) {
                    choices.child_wf_failures = child_wf_failures(&program);
                }
                choices.events.iter_mut().for_each(|event| event.budget = budget);
            })
        };
        let Some(all) = explore(false) else {
            continue;
        };
        let few = explore(true).expect("there is less to look at");
        assert!(few.states <= all.states, "seed {seed}");
        assert_eq!(few.said, all.said, "seed {seed}");
        assert_eq!(few.coverage, all.coverage, "seed {seed}");
        compared += 1;
        smaller += usize::from(few.states < all.states);
    }
    assert!(smaller > SPECS / 4, "only {smaller} became smaller");
}
