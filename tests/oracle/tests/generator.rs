//! What is made of seeds: the same of the same, every kind of step, and nothing that Halter refuses.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::collections::BTreeSet;
use std::sync::Arc;

use halter_oracle::{Case, faulty, generate, grow};
use halter_spec::Severity;
use halter_spec::grammar::{LONG_COMMANDS, STATEMENTS};
use serde_json::Value as Json;

/// Seeds that are looked at.
const SEEDS: u64 = 200;

/// All keys of a tree.
fn keys(of: &Json, found: &mut BTreeSet<String>) {
    match of {
        Json::Object(entries) => {
            for (key, inner) in entries {
                found.insert(key.clone());
                keys(inner, found);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

#[test]
fn the_same_seed_makes_the_same_source_and_the_same_script() {
    for seed in [0, 1, 77] {
        let (once, document) = generate::source(seed).unwrap();
        let (again, _) = generate::source(seed).unwrap();
        assert_eq!(once.text(), again.text());
        let document = Arc::new(document);
        assert_eq!(grow::script(&document, seed), grow::script(&document, seed));
    }
    assert_ne!(generate::source(0).unwrap().0, generate::source(1).unwrap().0);
}

#[test]
fn every_kind_of_step_and_of_command_occurs_and_halter_accepts_all() {
    let (mut words, mut commands, mut interrupted) = (BTreeSet::new(), BTreeSet::new(), 0);
    for seed in 0..SEEDS {
        let (source, document) = generate::source(seed).unwrap();
        let errors = halter_spec::validate(&document);
        assert!(!errors.iter().any(|found| found.severity == Severity::Error), "{errors:?}");
        keys(&Json::Object(source.sections.clone()), &mut words);
        let specs = &document.wf_spec.thread_specs;
        interrupted += u64::from(specs.values().any(|spec| !spec.interrupt_defs.is_empty()));
        let script = grow::script(&Arc::new(document), seed).unwrap();
        let names = script.iter().flat_map(|line| line.as_object().unwrap().keys().cloned());
        commands.extend(names);
    }
    // An EXIT is a step where a thread is a graph; else it is `fail` and `return`.
    let steps =
        STATEMENTS.iter().map(|statement| statement.key.name).filter(|name| *name != "exit");
    let missing: Vec<_> = steps.filter(|word| !words.contains(*word)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for key in ["on-child-failure", "strategy", "backoff", "actions", "for-each", "else-if"] {
        assert!(words.contains(key), "{key}");
    }
    let all = LONG_COMMANDS.into_iter().filter(|name| !commands.contains(*name));
    // Whose child workflows are played is not generated: tests/traces/child-wf-played has them.
    let all = all.filter(|name| *name != "inChildWf");
    assert_eq!(all.collect::<Vec<_>>(), [""; 0]);
    assert!(interrupted > SEEDS * 3 / 4, "{interrupted}");
}

#[test]
fn a_script_fits_its_own_source_as_it_is() {
    for seed in 0..20 {
        let (source, document) = generate::source(seed).unwrap();
        let script = grow::script(&Arc::new(document), seed).unwrap();
        let case = Case { source, script: script.clone() };
        let (_, fitted) = case.fitted().unwrap();
        // Of what is refused not all comes again.
        assert!(fitted.len() + 2 >= script.len(), "seed {seed}: {script:?} {fitted:?}");
    }
}

#[test]
fn most_faults_are_ones_that_halter_refuses() {
    let mut refused = 0;
    for seed in 0..SEEDS {
        let (document, _) = faulty(seed).unwrap();
        let found = halter_spec::validate(&document);
        refused += u64::from(found.iter().any(|found| found.severity == Severity::Error));
    }
    assert!(refused > SEEDS / 2 && refused < SEEDS, "{refused}");
}
