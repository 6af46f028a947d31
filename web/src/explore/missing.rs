//! What no run reaches: listed in the panel, and greyed on the stage.

use std::rc::Rc;

use halter_engine::Program;
use halter_engine::rules::RULES;
use halter_explorer_worker::messages::{End, Found, Missing};
use yew::prelude::*;

use super::{Begin, Explore, words};
use crate::graph::Unreached;

/// What is greyed on the stage: only what is so for every run, from the start to the end.
pub(crate) fn on_stage(explore: &Explore, text: &str, program: &Program) -> Option<Rc<Unreached>> {
    let outcome = explore.outcome(text).filter(|of| of.asked.begin == Begin::Start)?;
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

/// The lists.
pub(super) fn view(found: &Found) -> Html {
    let (things, rules) = (things(&found.missing), rules(&found.missing));
    let never = if found.end == End::Complete { "Never reached" } else { "Not reached so far" };
    html! {
        <>
            if things.is_empty() {
                <p class="explore-reached">{ "Every node, edge and handler is reached by some run." }</p>
            } else {
                { list("things", &format!("{never}: {}", words::count(things.len(), "thing", "things")), things) }
            }
            if !rules.is_empty() {
                { list("rules", &format!("Nothing happens by {}", words::count(rules.len(), "rule", "rules")), rules) }
            }
        </>
    }
}

fn list(what: &'static str, summary: &str, lines: Vec<String>) -> Html {
    html! {
        <details class="explore-missing" data-missing={lines.len().to_string()} data-missing-what={what}>
            <summary>{ summary.to_owned() }</summary>
            <ul>{ for lines.into_iter().map(|line| html! { <li>{ line }</li> }) }</ul>
        </details>
    }
}

fn things(missing: &Missing) -> Vec<String> {
    let Missing { nodes, edges, interrupts, handlers, rules: _ } = missing;
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
    interrupts.chain(nodes).chain(edges).chain(handlers).collect()
}

/// Ids and sentences of the rules by which nothing happens.
fn rules(missing: &Missing) -> Vec<String> {
    let rules = RULES.iter().filter(|rule| missing.rules.iter().any(|id| id == rule.id));
    rules.map(|rule| format!("{}: {}", rule.id, rule.sentence)).collect()
}
