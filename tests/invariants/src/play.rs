//! Commands, played as the page plays them, but never for long.

use std::sync::Arc;

use halter_engine::{Code, Semantics};
use halter_session::link::Link;
use halter_session::trace::{Trace, record, state_json};
use halter_session::{Sitting, offers as offered, script, view};
use halter_spec::limits::MAX_SOURCE_BYTES;
use halter_spec::load;
use halter_spec::model::Document;
use serde_json::Value as Json;

/// The documented rules, and a real server's.
pub const BOTH: [Semantics; 2] = [Semantics::DOCUMENTED, Semantics::SERVER_1_2];

/// Commands that are played of one input.
const MOST_COMMANDS: usize = 30;

/// Offers that are taken after them.
const MOST_OFFERS: usize = 8;

/// What they may cost before no more is played: a small part of what a person may wait for.
const MOST_EFFORT: usize = 2 << 20;

/// An accepted document can always be played.
pub fn sitting(document: &Arc<Document>, semantics: Semantics) -> Sitting {
    Sitting::new(Arc::clone(document), semantics)
        .unwrap_or_else(|why| panic!("an accepted document does not compile: {why}"))
}

/// Whether no more is played of this input.
pub fn is_enough(sitting: &Sitting) -> bool {
    sitting.steps().len() >= MOST_COMMANDS || sitting.effort() > MOST_EFFORT
}

/// Plays lines of a script; those that are no commands are left out.
pub fn commands(sitting: &mut Sitting, lines: &[Json]) {
    for line in lines {
        if is_enough(sitting) {
            return;
        }
        if let Ok(command) = script::read(line, sitting) {
            take(sitting, command);
        }
    }
}

/// Takes some of what is offered, always the same of the same.
pub fn offers(sitting: &mut Sitting) {
    for turn in 0..MOST_OFFERS {
        if is_enough(sitting) {
            return;
        }
        let offers = offered::offers(sitting);
        let Some(offer) = offers.get(turn * 7 % offers.len().max(1)) else {
            return;
        };
        if let Ok(command) = offer.command(&[], sitting) {
            take(sitting, command);
        }
    }
}

/// Takes a command, which is written as it is read, and looks at what came of it.
pub fn take(sitting: &mut Sitting, command: halter_engine::Command) {
    let line = script::write(&command);
    assert_eq!(script::read(&line, sitting).as_ref(), Ok(&command), "{line}");
    let before = sitting.state().clone();
    let Some(step) = sitting.take(command) else {
        return;
    };
    if let Some(refusal) = &step.refusal {
        assert!(!refusal.message.is_empty());
        assert!(step.state == before, "a refused command changes nothing: {line}");
        let given_up = refusal.code == Code::ResourceExhausted;
        assert!(!given_up || step.told.is_empty());
    }
    view::run(sitting);
    view::changes(sitting);
    assert!(state_json(sitting.program(), sitting.state()).is_object());
}

/// A sitting that is recorded as a trace is read as the same document, and matches.
pub fn recorded(sitting: &Sitting) {
    let text = record(sitting).to_string();
    let trace = Trace::read(&text).unwrap_or_else(|why| panic!("{why}: {text}"));
    let semantics = sitting.program().semantics;
    assert_eq!(trace.semantics(), [semantics]);
    let commands: Vec<_> = sitting.steps().iter().map(|step| step.command.clone()).collect();
    assert_eq!(trace.commands(), Ok(commands));
    if let Err(mismatch) = trace.play(semantics) {
        panic!("{mismatch}\n{text}");
    }
    opened(sitting, &text);
}

/// A recorded sitting that is opened as a source plays to the same states.
fn opened(sitting: &Sitting, text: &str) {
    if text.len() > MAX_SOURCE_BYTES {
        // Its states are larger than what a page opens, which it says.
        return;
    }
    let loaded = load(text);
    let Some(document) = loaded.document else {
        panic!("{:?}\n{text}", loaded.diagnostics);
    };
    let document = Arc::new(document);
    let mut again = self::sitting(&document, sitting.program().semantics);
    for (line, step) in document.script.iter().zip(sitting.steps()) {
        let command = script::read(line, &again).unwrap_or_else(|why| panic!("{why}: {line}"));
        assert_eq!(command, step.command);
        again.take(command);
        assert!(again.state() == &step.state, "{line}");
    }
    assert_eq!(again.steps().len(), sitting.steps().len());
}

/// A sitting that is put into a link comes out of it with the same commands and the same states.
pub fn linked(sitting: &Sitting, source: &str) {
    let link = Link::of(sitting, source);
    let text = link.encode();
    assert_eq!(Link::decode(&text).as_ref(), Ok(&link));
    let semantics = sitting.program().semantics;
    assert_eq!(Semantics::from_name(&link.semantics).unwrap_or_default(), semantics);
    let (opened, replayed) = link.play(self::sitting(sitting.document(), semantics));
    assert_eq!(replayed.left_out + replayed.not_tried, 0, "{:?}", link.commands);
    assert_eq!(opened.cursor(), sitting.cursor());
    assert_eq!(opened.steps().len(), sitting.steps().len());
    for (a, b) in opened.steps().iter().zip(sitting.steps()) {
        assert_eq!(a.command, b.command);
        assert!(a.state == b.state, "{:?}", a.command);
    }
}
