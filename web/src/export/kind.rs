//! What can be handed over: the sitting as a link, the spec for LittleHorse, the run for other programs.

use halter_export::Target;
use halter_session::link::LINK_KEY;
use halter_session::{diagram, trace, view};
use halter_spec::model::Document;

use crate::browser;
use crate::linked;
use crate::model::{Model, Play};

use super::framed::{self, Form};
use super::{Made, Options, picture};

/// A kind of export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExportKind {
    /// The whole sitting, as an address.
    Link,
    /// The moment on the stage, as a picture.
    Picture,
    /// What stands in somebody's own page.
    Framed,
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
        let first = [ExportKind::Link, ExportKind::Picture, ExportKind::Framed];
        first.into_iter().chain(specs).chain(runs).collect()
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            ExportKind::Link => "link",
            ExportKind::Picture => "picture",
            ExportKind::Framed => "framed",
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
            ExportKind::Picture => "Picture",
            ExportKind::Framed => "In your page",
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
            ExportKind::Picture => {
                "The moment on the stage, with what is open there. As SVG it can be read at any size."
            }
            ExportKind::Framed => {
                "For a page of yours. It runs in the reader's browser. A picture in Markdown is the file of the tab Picture: save it beside the text."
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

    /// What is handed over, or why there is nothing.
    pub(super) fn write(self, model: &Model, options: &Options) -> Result<Made, Vec<String>> {
        let run = || {
            let play = model.play.as_ref().filter(|_| !model.source.stale);
            play.ok_or_else(|| vec!["There is no run of this source.".to_owned()])
        };
        let document = model.source.document.as_ref();
        let workflow = document.map_or("workflow", |document| document.wf_spec.name.as_str());
        let file = |ending: &str| format!("{workflow}.{ending}");
        match self {
            ExportKind::Link => run().map(|play| Made::text(link(model, play), file("url.txt"))),
            ExportKind::Picture => run().map(|play| Made {
                caption: view::caption(&play.sitting),
                fixed: Some(options.picture.draw_fixed(play, browser::is_dark()).into()),
                ..Made::text(
                    options.picture.draw(play),
                    format!("{}.svg", picture::file_stem(play)),
                )
            }),
            ExportKind::Framed => run().map(|play| {
                let framed = options.framed;
                let ending = match framed.form {
                    Form::Html => "html",
                    Form::Markdown => "md",
                };
                Made {
                    caption: framed::title(model),
                    frame: Some(format!("embed/#{}", framed.parameters(model, play))),
                    ..Made::text(framed.write(model, play), file(ending))
                }
            }),
            ExportKind::Spec(target) => {
                let child = child(model, self, options.workflow);
                let workflow = child.as_ref().map_or(workflow, |child| &child.wf_spec.name);
                let text = match &child {
                    Some(child) => written(child, target),
                    None => spec(model, target),
                };
                text.map(|text| Made::text(text, target.file_name(workflow)))
            }
            ExportKind::Trace => run().map(|play| {
                Made::text(format!("{:#}", trace::record(&play.sitting)), file("trace.json"))
            }),
            ExportKind::States => {
                run().map(|play| Made::text(diagram::states(&play.sitting), file("mmd")))
            }
            ExportKind::Sequence => {
                run().map(|play| Made::text(diagram::sequence(&play.sitting), file("mmd")))
            }
            ExportKind::Graphviz => {
                run().map(|play| Made::text(diagram::graphviz(&play.sitting), file("dot")))
            }
        }
    }
}

/// The address that opens this sitting.
fn link(model: &Model, play: &Play) -> String {
    let link = linked::link(&play.sitting, &model.source.text, model.chosen);
    format!("{}#{LINK_KEY}={}", browser::address(), link.encode())
}

/// The WfSpecs of the document by name, where there are several and they are handed over one by one.
pub(super) fn workflows(model: &Model, kind: ExportKind) -> Vec<String> {
    let one_by_one = matches!(kind, ExportKind::Spec(target) if target != Target::Source);
    let document = model.source.document.as_ref();
    let document = document.filter(|document| one_by_one && !document.workflows.is_empty());
    let specs = document.iter().flat_map(|document| document.wf_specs());
    specs.map(|spec| spec.name.clone()).collect()
}

/// The child workflow that is chosen, if one is.
fn child(model: &Model, kind: ExportKind, workflow: usize) -> Option<Document> {
    let names = workflows(model, kind);
    let name = names.get(workflow).filter(|_| workflow > 0)?;
    model.source.document.as_ref()?.of_workflow(name)
}

fn written(document: &Document, target: Target) -> Result<String, Vec<String>> {
    halter_export::export(document, target)
        .map_err(|problems| problems.into_iter().map(|p| p.message()).collect())
}

fn spec(model: &Model, target: Target) -> Result<String, Vec<String>> {
    match &model.source.document {
        Some(document) => written(document, target),
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
