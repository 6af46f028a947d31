//! What the run has to say about lines of the text, and which step a line belongs to.

use halter_engine::state::Status;
use halter_spec::model::Document;
use halter_spec::place::Span;

use super::Spot;
use crate::model::{Model, Play};

/// The lines at which ThreadRuns are that are not over; one for each line.
pub(crate) fn spots(model: &Model) -> Vec<Spot> {
    let Some(play) = &model.play else {
        return Vec::new();
    };
    let selected = model.selected();
    let mut spots: Vec<Spot> = Vec::new();
    for thread in &play.run.threads {
        if thread.status == Status::Completed {
            continue;
        }
        let at = thread.node_runs.last().and_then(|run| {
            let program = play.sitting.program();
            let node = program.specs.get(thread.spec as usize)?.nodes.get(run.node as usize)?;
            span(play.sitting.document(), &thread.spec_name, &node.name)
        });
        let Some(at) = at else { continue };
        let words = format!("ThreadRun {} is here: {}", thread.number, thread.status.name());
        let is_selected = thread.number == selected;
        match spots.iter_mut().find(|spot| spot.line == at.line) {
            Some(spot) => {
                spot.title = format!("{}; {words}", spot.title);
                if is_selected {
                    spot.kind = "here";
                }
            }
            None => spots.push(Spot {
                line: at.line,
                kind: if is_selected { "here" } else { "other" },
                title: words,
            }),
        }
    }
    spots
}

/// Where a node's step stands; none if the source does not say.
pub(crate) fn span(document: &Document, thread: &str, node: &str) -> Option<Span> {
    let node = document.wf_spec.thread_specs.get(thread)?.nodes.get(node)?;
    (node.at.0.line > 0).then_some(node.at.0)
}

/// The step that a line belongs to: the one whose place is the smallest around it.
pub(crate) fn node_at(play: &Play, line: u32) -> Option<(String, String)> {
    let specs = play.sitting.document().wf_spec.thread_specs.iter();
    let nodes = specs.flat_map(|(thread, spec)| {
        spec.nodes.iter().map(move |(name, node)| (thread, name, node.at.0))
    });
    let around =
        nodes.filter(|(.., span)| span.line > 0 && (span.line..=span.end_line).contains(&line));
    let (thread, node, _) = around.min_by_key(|(.., span)| span.end_line - span.line)?;
    Some((thread.clone(), node.clone()))
}
