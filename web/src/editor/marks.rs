//! What the run has to say about lines of the text, and which step a line belongs to.

use halter_engine::state::Status;
use halter_session::wf_runs;
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
        let at = thread.node_runs.last().and_then(|run| span(play, thread.spec, run.node));
        let Some(at) = at else { continue };
        let words = format!("{} is here: {}", thread.name(), thread.status.name());
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

/// Where the step of a node stands, by the indices of its ThreadSpec, among those of all WfSpecs, and its own; none if the source
/// does not say.
pub(crate) fn span(play: &Play, spec: u16, node: u16) -> Option<Span> {
    let (_, spec) = wf_runs::specs(play.sitting.program()).nth(usize::from(spec))?;
    let at = spec.nodes.get(usize::from(node))?.at;
    (at.line > 0).then_some(at)
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
