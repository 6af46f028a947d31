//! Words are the product: every sentence, note, hint and label of every example, at every moment, under both
//! semantics. A line stands where it is first said.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use halter_engine::Semantics;
use halter_session::why::ask;
use halter_session::words::{Names, Teller, command};
use halter_session::{Sitting, guide, offers, script, view};

mod support;

fn examples(dir: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    found.sort();
    found
}

/// What was said so far, and the text of the snapshot.
#[derive(Default)]
struct Words {
    said: HashSet<String>,
    text: String,
}

impl Words {
    /// Notes a line, if it is new.
    fn say(&mut self, kind: &str, line: &str) {
        let line = format!("  {kind}: {line}");
        if !line.ends_with(": ") && self.said.insert(line.clone()) {
            let _ = writeln!(self.text, "{line}");
        }
    }

    fn heading(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}");
    }

    /// What is seen of a run.
    fn run(&mut self, sitting: &Sitting) {
        let run = view::run(sitting);
        for thread in &run.threads {
            self.say("thread", &thread.text);
            self.say("waits", &thread.waits);
            self.say("failed", &thread.failed);
            for reason in &thread.reasons {
                self.say("reason", &format!("{} {}", reason.name, reason.sentence));
            }
            for node_run in &thread.node_runs {
                self.say("node", &node_run.text);
            }
        }
        for event in &run.unclaimed {
            self.say("unclaimed", event);
        }
        if let Some(flight) = run.flight {
            self.say("flight", &flight.event);
        }
    }

    /// What can be done, and what is asked about.
    fn rest(&mut self, sitting: &Sitting) {
        self.say("changes", &view::changes(sitting));
        let offers = offers::offers(sitting);
        for offer in &offers {
            self.say("offer", &format!("{} | {}", offer.label, offer.note));
            for field in &offer.fields {
                self.say("field", &field.name);
            }
        }
        if let Some(hint) = guide::hint(sitting, &offers) {
            self.say("hint", &format!("{} | {}", hint.label, hint.why));
        }
        for subject in support::subjects(sitting) {
            let Some(answer) = ask(sitting, &subject) else {
                continue;
            };
            self.say("why", &format!("{} {}", answer.question, answer.state));
            self.say("moves", &answer.moves);
            answer.movers.iter().for_each(|mover| self.say("mover", mover));
        }
    }
}

fn words(source: &str, semantics: Semantics) -> String {
    let document = halter_spec::load(source).document.unwrap();
    let mut sitting = Sitting::new(Arc::new(document), semantics).unwrap();
    let mut words = Words::default();
    words.heading(&format!("under {}", semantics.name()));
    words.rest(&sitting);
    for line in sitting.document().script.clone() {
        let command_taken = script::read(&line, &sitting).unwrap();
        let before = sitting.state().clone();
        sitting.take(command_taken).unwrap();
        let step = sitting.current_step().unwrap().clone();
        let names = Names::new(sitting.program(), &step.state);
        words.heading(&command(&names, &step.command));
        if let Some(refusal) = &step.refusal {
            words.say("refused", &format!("{refusal} ({})", refusal.rule.id()));
        }
        let mut teller = Teller::new(names, &before);
        let told: Vec<String> = step.told.iter().map(|told| teller.tell(&told.what)).collect();
        for (index, sentence) in told.iter().enumerate() {
            words.say("told", &format!("{sentence} ({})", step.told[index].rule.id()));
            sitting.look_at(index + 1);
            words.run(&sitting);
            words.rest(&sitting);
        }
        sitting.go_to(sitting.cursor());
        words.run(&sitting);
        words.rest(&sitting);
    }
    words.text
}

#[test]
fn every_word_of_every_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    let mut all = examples(&root);
    all.extend(examples(&root.join("deviations")));
    for path in all {
        let source = fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = words(&source, Semantics::DOCUMENTED) + &words(&source, Semantics::SERVER_1_2);
        insta::with_settings!({snapshot_path => "snapshots/words", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(name, text);
        });
    }
}
