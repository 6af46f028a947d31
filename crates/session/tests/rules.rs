//! Every rule that is offered as a point to pause at occurs in some trace or example; the others never do.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use halter_engine::{RULES, Rule, Semantics};
use halter_session::trace::Trace;
use halter_session::{Sitting, script};

mod support;

/// The rules by which something happened, and those by which something was refused.
#[derive(Default)]
struct Seen {
    occurred: BTreeSet<&'static str>,
    refused: BTreeSet<&'static str>,
}

impl Seen {
    fn note(&mut self, sitting: &Sitting) {
        for step in sitting.steps() {
            self.occurred.extend(step.told.iter().map(|told| told.rule.id()));
            self.refused.extend(step.refusal.iter().map(|refusal| refusal.rule.id()));
        }
    }
}

#[test]
fn rules_occur_or_refuse() {
    let mut seen = Seen::default();
    for file in support::trace_files() {
        let trace = Trace::read(&fs::read_to_string(file).unwrap()).unwrap();
        let (Ok(document), Ok(commands)) = (&trace.document, trace.commands()) else {
            continue;
        };
        let document = Arc::new(document.clone());
        for semantics in trace.semantics() {
            let mut sitting = Sitting::new(Arc::clone(&document), semantics).unwrap();
            for command in &commands {
                sitting.take(command.clone());
            }
            seen.note(&sitting);
        }
    }
    let refused = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples/refused.yaml");
    let document = halter_spec::load(&fs::read_to_string(refused).unwrap()).document.unwrap();
    let mut sitting = Sitting::new(Arc::new(document), Semantics::DOCUMENTED).unwrap();
    for line in sitting.document().script.clone() {
        let command = script::read(&line, &sitting).unwrap();
        sitting.take(command);
    }
    seen.note(&sitting);

    let offered: BTreeSet<_> =
        RULES.iter().filter(|text| text.rule.occurs()).map(|text| text.id).collect();
    assert_eq!(seen.occurred, offered);
    // R-REGISTER does neither: by it a spec is read. R-SCOPE refuses in tests/cases/inherit.yaml.
    for rule in [Rule::Terminal, Rule::InputType] {
        assert!(seen.refused.contains(rule.id()), "{} refuses nothing", rule.id());
    }
}
