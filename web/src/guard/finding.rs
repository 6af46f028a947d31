//! What the guard found: what is wrong, and where in the text.

use halter_explorer_worker::messages::{Answered, Blamed, Found, Verdict};
use halter_spec::model::Document;
use halter_spec::place::Span;
use serde_json::Value as Json;

/// Something that can go wrong.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    pub(crate) span: Span,
    /// The property that fails.
    pub(crate) property: String,
    pub(crate) message: &'static str,
    /// The name of the semantics by which it does.
    pub(crate) semantics: String,
    /// The shortest way there.
    pub(crate) commands: Vec<Json>,
}

/// One sentence for each property that fails.
fn message(property: &str) -> Option<&'static str> {
    Some(match property {
        "no-deadlock" => {
            "This interrupt can leave the run stuck: nothing that can come moves it any more."
        }
        "can-finish" => "After this interrupt the run can come to where it has no end any more.",
        "no-endless-halting" => "This interrupt can leave a ThreadRun HALTING for ever.",
        "no-internal-error" => {
            "With this interrupt a command can be lost, or the run can break off with INTERNAL_ERROR."
        }
        "no-handler-failure" => "The handler of this interrupt can fail.",
        "no-lost-event" => "This event can be lost: the run can be over before anybody takes it.",
        _ => return None,
    })
}

/// What was found, each place once.
pub(super) fn findings(found: &Found, document: &Document) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for answered in found.answers.iter().filter(|answered| answered.verdict == Verdict::Fails) {
        let finding = finding(answered, &found.semantics, document);
        // What can't come to its end is mostly stuck: the first of them says enough.
        findings.extend(finding.filter(|new| findings.iter().all(|known| known.span != new.span)));
    }
    findings
}

fn finding(answered: &Answered, semantics: &str, document: &Document) -> Option<Finding> {
    Some(Finding {
        span: place(answered.blamed.as_ref()?, document)?,
        property: answered.property.clone(),
        message: message(&answered.property)?,
        semantics: semantics.to_owned(),
        commands: answered.commands.clone()?,
    })
}

/// Where it stands; none, if the text does not say.
fn place(blamed: &Blamed, document: &Document) -> Option<Span> {
    let span = match blamed {
        Blamed::Interrupt { thread, event } => {
            let interrupts = &document.wf_spec.thread_specs.get(thread)?.interrupt_defs;
            interrupts.iter().find(|interrupt| interrupt.external_event_def == *event)?.at.0
        }
        Blamed::Event { event } => document.external_event_defs.get(event)?.at.0,
    };
    (span.line > 0).then_some(span)
}
