//! What no run reaches: listed in the panel, and greyed on the stage.

use std::rc::Rc;

use halter_engine::Program;
use halter_engine::rules::RULES;
use halter_explorer_worker::messages::{End, Found, Missing};
use yew::prelude::*;

use super::{Begin, Explore, words};
use crate::graph::layout::Unreached;

/// What is greyed on the stage: only what is so for every run, from the start to the end.
pub(crate) fn on_stage(explore: &Explore, text: &str, program: &Program) -> Option<Rc<Unreached>> {
    let outcome =
        explore.outcome(text).filter(|of| explore.open && of.asked.begin == Begin::Start)?;
    let name = program.semantics.name();
    let found = outcome.found.iter().find(|found| found.semantics == name)?;
    if found.end != End::Complete {
        return None;
    }
    let mut unreached = Unreached::new();
    for (thread, node, why) in &found.missing.nodes {
        let spec = program.specs.iter().position(|spec| *spec.name == **thread);
        let nodes = spec.and_then(|spec| program.specs.get(spec)).map(|spec| &spec.nodes);
        let node = nodes.and_then(|nodes| nodes.iter().position(|known| *known.name == **node));
        if let (Some(spec), Some(node)) = (spec, node) {
            let why = format!("Never reached: {}.", words::why(why, thread));
            unreached.insert((spec as u16, node as u16), why);
        }
    }
    (!unreached.is_empty()).then(|| Rc::new(unreached))
}

/// The list.
pub(super) fn view(found: &Found) -> Html {
    let lines = lines(&found.missing);
    let never = if found.end == End::Complete { "Never reached" } else { "Not reached so far" };
    if lines.is_empty() {
        return html! { <p class="explore-reached">{ "Every node, edge and handler is reached by some run." }</p> };
    }
    html! {
        <details class="explore-missing" data-missing={lines.len().to_string()}>
            <summary>{ format!("{never}: {}", words::count(lines.len(), "thing", "things")) }</summary>
            <ul>{ for lines.into_iter().map(|line| html! { <li>{ line }</li> }) }</ul>
        </details>
    }
}

fn lines(missing: &Missing) -> Vec<String> {
    let Missing { nodes, edges, interrupts, handlers, rules } = missing;
    let nodes = nodes
        .iter()
        .map(|(thread, node, why)| format!("node {node} of {thread}: {}", words::why(why, thread)));
    let edges =
        edges.iter().map(|(thread, from, to)| format!("the edge from {from} to {to} of {thread}"));
    let interrupts = interrupts.iter().map(|(thread, event, why)| {
        format!("the interrupt of {thread} by {event}: {}", words::why(why, thread))
    });
    let handlers = handlers
        .iter()
        .map(|(thread, node, handler)| format!("failure handler {handler} at {node} of {thread}"));
    let rules = RULES.iter().filter(|rule| rules.iter().any(|id| id == rule.id));
    let rules = rules.map(|rule| format!("rule {}: {}", rule.id, rule.sentence));
    interrupts.chain(nodes).chain(edges).chain(handlers).chain(rules).collect()
}
