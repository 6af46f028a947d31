//! What no run reaches, by name, and why.

use halter_engine::Program;
use halter_explore::{Coverage, Explorer};

use crate::messages::{Missing, Why};

/// What was not reached so far.
pub(crate) fn missing(explorer: &Explorer) -> Missing {
    let (program, coverage) = (explorer.program(), explorer.coverage());
    let spec = |spec: u16| name(program, spec);
    let node = |spec: u16, node: u16| {
        let specs = program.specs.get(usize::from(spec));
        let node = specs.and_then(|spec| spec.nodes.get(usize::from(node)));
        node.map(|node| node.name.to_string()).unwrap_or_default()
    };
    let event = |event: u16| {
        let event = program.events.get(usize::from(event));
        event.map(|event| event.name.to_string()).unwrap_or_default()
    };
    let nodes = coverage.nodes.iter().map(|&(s, n)| {
        (spec(s), node(s, n), why_not_reached(program, &coverage, (s, n), &|n| node(s, n)))
    });
    let interrupts = coverage
        .interrupts
        .iter()
        .map(|&(s, e)| (spec(s), event(e), why_not_triggered(explorer, &coverage, (s, e))));
    Missing {
        nodes: nodes.collect(),
        edges: coverage.edges.iter().map(|&(s, a, b)| (spec(s), node(s, a), node(s, b))).collect(),
        interrupts: interrupts.collect(),
        handlers: coverage
            .handlers
            .iter()
            .map(|&(s, n, handler)| (spec(s), node(s, n), spec(handler)))
            .collect(),
        rules: explorer.rules_never().into_iter().map(|rule| rule.id().to_owned()).collect(),
    }
}

pub(crate) fn name(program: &Program, spec: u16) -> String {
    let spec = program.specs.get(usize::from(spec));
    spec.map(|spec| spec.name.to_string()).unwrap_or_default()
}

/// A ThreadRun begins at its entrypoint: without that, none was started.
fn is_started(program: &Program, coverage: &Coverage, spec: u16) -> bool {
    let entrypoint = program.specs.get(usize::from(spec)).map(|spec| spec.entrypoint);
    entrypoint.is_some_and(|node| !coverage.nodes.contains(&(spec, node)))
}

fn why_not_reached(
    program: &Program,
    coverage: &Coverage,
    (spec, node): (u16, u16),
    name: &dyn Fn(u16) -> String,
) -> Why {
    if !is_started(program, coverage, spec) {
        return Why::NeverStarted;
    }
    let nodes = program.specs.get(usize::from(spec)).into_iter().flat_map(|spec| &spec.nodes);
    let mut before = (0..).zip(nodes).filter(|(from, at)| {
        at.edges.iter().any(|edge| edge.sink == node) && !coverage.nodes.contains(&(spec, *from))
    });
    before.next().map_or(Why::Behind, |(from, _)| Why::NotTaken(name(from)))
}

fn why_not_triggered(explorer: &Explorer, coverage: &Coverage, (spec, event): (u16, u16)) -> Why {
    let budget =
        explorer.choices().events.get(usize::from(event)).map_or(0, |choice| choice.budget);
    match (is_started(explorer.program(), coverage, spec), budget) {
        (false, _) => Why::NeverStarted,
        (true, 0) => Why::NoBudget,
        (true, _) => Why::NeverInterrupts,
    }
}
