//! What can be handed over: the sitting as a link, the spec for LittleHorse, the run for other programs.

use halter_export::Target;
use halter_session::link::LINK_KEY;
use halter_session::{diagram, trace};

use crate::browser;
use crate::linked;
use crate::model::{Model, Play};

/// A kind of export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExportKind {
    /// The whole sitting, as an address.
    Link,
    /// The spec.
    Spec(Target),
    /// The run, as a recorded trace.
    Trace,
    /// The state that is shown, for Mermaid.
    States,
    /// The run up to there, for Mermaid.
    Sequence,
    /// The state that is shown, for Graphviz.
    Graphviz,
}

impl ExportKind {
    /// Every kind, in the order of the tabs.
    pub(super) fn all() -> Vec<ExportKind> {
        let specs = Target::ALL.into_iter().map(ExportKind::Spec);
        let runs =
            [ExportKind::Trace, ExportKind::States, ExportKind::Sequence, ExportKind::Graphviz];
        std::iter::once(ExportKind::Link).chain(specs).chain(runs).collect()
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            ExportKind::Link => "link",
            ExportKind::Spec(target) => target.name(),
            ExportKind::Trace => "trace",
            ExportKind::States => "mermaid-state",
            ExportKind::Sequence => "mermaid-sequence",
            ExportKind::Graphviz => "graphviz",
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            ExportKind::Link => "Link",
            ExportKind::Spec(target) => target.title(),
            ExportKind::Trace => "Trace",
            ExportKind::States => "Mermaid states",
            ExportKind::Sequence => "Mermaid sequence",
            ExportKind::Graphviz => "Graphviz",
        }
    }

    /// What to do with it.
    pub(super) fn purpose(self) -> &'static str {
        match self {
            ExportKind::Link => {
                "Opens this very sitting: the source, the rules, the run and the step that is shown. All of it is in the address; nothing is sent to anybody."
            }
            ExportKind::Spec(target) => purpose_of(target),
            ExportKind::Trace => {
                "The run with the whole state after each step, as the recorded traces have it: `halter conformance DIR` plays it."
            }
            ExportKind::States => "The state that is shown, as a state diagram for `mermaid`.",
            ExportKind::Sequence => {
                "The run up to the step that is shown, as a sequence diagram for `mermaid`."
            }
            ExportKind::Graphviz => "The state that is shown, for `dot -Tsvg`.",
        }
    }

    pub(super) fn file_name(self, workflow: &str) -> String {
        match self {
            ExportKind::Link => format!("{workflow}.url.txt"),
            ExportKind::Spec(target) => target.file_name(workflow),
            ExportKind::Trace => format!("{workflow}.trace.json"),
            ExportKind::States | ExportKind::Sequence => format!("{workflow}.mmd"),
            ExportKind::Graphviz => format!("{workflow}.dot"),
        }
    }

    /// The text, or why there is none.
    pub(super) fn write(self, model: &Model) -> Result<String, Vec<String>> {
        let run = || {
            let play = model.play.as_ref().filter(|_| !model.source.stale);
            play.ok_or_else(|| vec!["There is no run of this source.".to_owned()])
        };
        match self {
            ExportKind::Link => run().map(|play| link(model, play)),
            ExportKind::Spec(target) => spec(model, target),
            ExportKind::Trace => run().map(|play| format!("{:#}", trace::record(&play.sitting))),
            ExportKind::States => run().map(|play| diagram::states(&play.sitting)),
            ExportKind::Sequence => run().map(|play| diagram::sequence(&play.sitting)),
            ExportKind::Graphviz => run().map(|play| diagram::graphviz(&play.sitting)),
        }
    }
}

/// The address that opens this sitting.
fn link(model: &Model, play: &Play) -> String {
    let link = linked::link(&play.sitting, &model.source.text, model.chosen);
    format!("{}#{LINK_KEY}={}", browser::address(), link.encode())
}

fn spec(model: &Model, target: Target) -> Result<String, Vec<String>> {
    match &model.source.document {
        Some(document) => halter_export::export(document, target)
            .map_err(|problems| problems.into_iter().map(|p| p.message()).collect()),
        None if model.source.is_blank() => Err(vec!["There is nothing to export yet.".to_owned()]),
        None => {
            let why = "The source has problems. They are listed beneath it; what can't be run can't be exported.";
            Err(vec![why.to_owned()])
        }
    }
}

/// What to do with it.
fn purpose_of(target: Target) -> &'static str {
    match target.name() {
        "json" => {
            "A PutWfSpecRequest. Save it, and deploy it: `lhctl deploy wfSpec FILE`. Its TaskDefs and event definitions must be there before."
        }
        "source" => {
            "Halter's readable source: paste it here, or give it to `halter check` and `halter run`."
        }
        "java" => {
            "For io.littlehorse:littlehorse-client. The class builds the Workflow and registers what it needs."
        }
        "python" => {
            "For littlehorse-client. `get_workflow()` returns the Workflow; run the file to register it and what it needs."
        }
        "go" => {
            "For github.com/littlehorse-enterprises/littlehorse/sdk-go. Run it to register the workflow and what it needs."
        }
        "csharp" => "For LittleHorse.Sdk. Run it to register the workflow and what it needs.",
        _ => "",
    }
}
