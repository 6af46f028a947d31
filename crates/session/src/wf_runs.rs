//! The WfRuns of a sitting: the first, and the child WfRuns that are played (R-CHILD-WF).

use std::sync::Arc;

use halter_engine::command::Command;
use halter_engine::occurrence::What;
use halter_engine::program::{Program, Spec};
use halter_engine::state::{NodeRunDetail, Position, RunState, ThreadNumber};
use halter_spec::value::Value;
use serde_json::Value as Json;

use crate::sitting::{Sitting, Step, Told};

/// Which WfRun: the NodeRuns that started it and its parents, beginning in the first WfRun. Empty: the first itself.
pub type WfRunPath = Vec<(ThreadNumber, Position)>;

/// A WfRun with what it runs.
#[derive(Debug, Clone)]
pub struct WfRun<'a> {
    /// Which it is.
    pub path: WfRunPath,
    /// What it runs.
    pub program: &'a Program,
    /// How it stands.
    pub state: &'a RunState,
}

/// All of them: the first, then its children by the order in which they were started, then theirs.
#[must_use]
pub fn all<'a>(program: &'a Program, state: &'a RunState) -> Vec<WfRun<'a>> {
    let mut found = vec![WfRun { path: WfRunPath::new(), program, state }];
    let mut next = 0;
    while let Some(WfRun { path, program, state }) = found.get(next).cloned() {
        next += 1;
        for (thread, position, child) in state.played_child_wfs() {
            let wf_spec = state.child_wf(thread, position).map(|child| &*child.wf_spec);
            if let Some(program) = wf_spec.and_then(|name| program.workflow(name)) {
                let path = path.iter().copied().chain([(thread, position)]).collect();
                found.push(WfRun { path, program, state: child });
            }
        }
    }
    found
}

/// What a child WfRun is called among all of them: as its WfSpec; where there are several, with the NodeRun that started it.
#[must_use]
pub fn name(all: &[WfRun<'_>], run: &WfRun<'_>) -> String {
    let name = &run.program.name;
    let alike = all.iter().filter(|other| other.program.name == *name).count();
    match run.path.last().filter(|_| alike > 1) {
        Some((thread, position)) => format!("{name} ({thread}.{position})"),
        None => name.to_string(),
    }
}

/// How a ThreadRun is called in attributes and tables: `1`, or `shipping:1`; the name of the first WfRun is empty.
#[must_use]
pub fn key(wf_run: &str, own: ThreadNumber) -> String {
    if wf_run.is_empty() { own.to_string() } else { format!("{wf_run}:{own}") }
}

/// So many numbers each WfRun has for its ThreadRuns where all of them are shown together.
const NUMBERS: ThreadNumber = 1 << 16;

/// The number by which a ThreadRun is known where all WfRuns are shown together: of the first WfRun its own.
/// `index`: the place of its WfRun among [`all`].
#[must_use]
pub fn shared_number(index: usize, own: ThreadNumber) -> ThreadNumber {
    ThreadNumber::try_from(index).unwrap_or(ThreadNumber::MAX / NUMBERS) * NUMBERS + own
}

/// The place of a ThreadRun's WfRun among [`all`], and the number that it has there.
#[must_use]
pub fn own_number(shared: ThreadNumber) -> (usize, ThreadNumber) {
    ((shared / NUMBERS) as usize, shared % NUMBERS)
}

/// The index of the first ThreadSpec of a child workflow where those of all WfSpecs stand together, as in [`specs`].
#[must_use]
pub fn first_spec(program: &Program, of: &Program) -> u16 {
    let before = program.workflows.iter().take_while(|other| other.name != of.name);
    let before: usize = before.map(|other| other.specs.len()).sum();
    u16::try_from(program.specs.len() + before).unwrap_or(u16::MAX)
}

/// The ThreadSpecs of a program, and behind them those of its child workflows; each with the index of its WfSpec's first.
pub fn specs(program: &Program) -> impl Iterator<Item = (u16, &Spec)> {
    let own = program.specs.iter().map(|spec| (0, spec));
    let children = program.workflows.iter().flat_map(|child| {
        let first = first_spec(program, child);
        child.specs.iter().map(move |spec| (first, spec))
    });
    own.chain(children)
}

/// The WfRun of a ThreadRun, with the number that it has there, in the state that is looked at.
#[must_use]
pub fn of(sitting: &Sitting, shared: ThreadNumber) -> Option<(WfRun<'_>, ThreadNumber)> {
    let (index, own) = own_number(shared);
    Some((all(sitting.program(), sitting.shown()).into_iter().nth(index)?, own))
}

/// A sitting of the child WfRun in which a ThreadRun is, and the number that it has there; none if it is of the first WfRun.
#[must_use]
pub fn child_sitting(of: &Sitting, shared: ThreadNumber) -> Option<(Sitting, ThreadNumber)> {
    if own_number(shared).0 == 0 {
        return None;
    }
    let (run, own) = self::of(of, shared)?;
    Some((sitting(of, &run.path)?, own))
}

/// The WfRun with that path, if it is there.
#[must_use]
pub fn at<'a>(
    program: &'a Program,
    state: &'a RunState,
    path: &[(ThreadNumber, Position)],
) -> Option<(&'a Program, &'a RunState)> {
    let mut at = (program, state);
    for &(thread, position) in path {
        let child = at.1.child_wf(thread, position)?;
        at = (at.0.workflow(&child.wf_spec)?, child.run.as_ref()?);
    }
    Some(at)
}

/// The command to the first WfRun that is this one to the WfRun with that path.
#[must_use]
pub fn to(path: &[(ThreadNumber, Position)], command: Command) -> Command {
    path.iter().rev().fold(command, |command, &(thread, position)| {
        Command::InChildWf(thread, position, Box::new(command))
    })
}

/// To which WfRun a command is, and what it is there.
#[must_use]
pub fn meant(command: &Command) -> (WfRunPath, &Command) {
    let (mut path, mut command) = (WfRunPath::new(), command);
    while let Command::InChildWf(thread, position, inner) = command {
        path.push((*thread, *position));
        command = inner;
    }
    (path, command)
}

/// The line of the command that a line of a script gives to a child WfRun, or the line itself.
#[must_use]
pub fn innermost_line(line: &mut Json) -> &mut Json {
    if line.pointer("/inChildWf/do").is_some() {
        innermost_line(&mut line["inChildWf"]["do"])
    } else {
        line
    }
}

/// What an occurrence tells of the WfRun with that path, or of its child WfRuns; none if it is about another.
fn within<'w>(path: &[(ThreadNumber, Position)], what: &'w What) -> Option<&'w What> {
    path.iter().try_fold(what, |what, place| match what {
        What::InChildWf { thread, position, occurrence } if (*thread, *position) == *place => {
            Some(&occurrence.what)
        }
        _ => None,
    })
}

/// What happened in the WfRun with that path itself, if that is what an occurrence tells.
#[must_use]
pub fn happened_in<'w>(path: &[(ThreadNumber, Position)], what: &'w What) -> Option<&'w What> {
    within(path, what).filter(|what| !matches!(what, What::InChildWf { .. }))
}

/// A sitting of the WfRun with that path alone, to look at: the steps in which something was asked of it or happened to it,
/// up to the cursor. None if it is not there at the cursor.
#[must_use]
pub fn sitting(of: &Sitting, path: &[(ThreadNumber, Position)]) -> Option<Sitting> {
    let (&(thread, position), parents) = path.split_last()?;
    let (parent, state) = at(of.program(), of.shown(), parents)?;
    let program = Arc::clone(parent.workflow(&state.child_wf(thread, position)?.wf_spec)?);
    let document = Arc::new(of.document().of_workflow(&program.name)?);
    let mut steps = Vec::new();
    let mut shown = None;
    let before = of.state_after(0);
    let start = at(of.program(), before, path).map(|(_, state)| state.clone());
    let mut is_there = start.is_some();
    for (index, step) in of.steps().iter().take(of.cursor()).enumerate() {
        let Some((_, state)) = at(of.program(), &step.state, path) else { continue };
        let told: Vec<Told> = step.told.iter().filter_map(|told| told_in(path, told)).collect();
        let (asked, command) = meant(&step.command);
        let is_own = asked == path;
        if !is_own && told.is_empty() && is_there {
            continue;
        }
        let command = match command {
            command if is_own => command.clone(),
            // These are for all of them.
            Command::PassTime(_) | Command::PostCorrelatedEvent { .. } => command.clone(),
            _ => Command::RunWf(inputs(of, &step.state, path)),
        };
        is_there = true;
        let refusal = step.refusal.clone().filter(|_| is_own);
        if index + 1 == of.cursor()
            && let Some(happened) = of.moment()
        {
            let told = step.told.iter().take(happened);
            shown = Some(told.filter(|told| within(path, &told.what).is_some()).count());
        }
        steps.push(Arc::new(Step { command, refusal, state: state.clone(), told }));
    }
    let state = at(of.program(), of.shown(), path).map(|(_, state)| state.clone());
    let moment = shown.zip(state);
    Some(Sitting::looked_at(document, program, start.unwrap_or_default(), steps, moment))
}

/// What somebody was told, as the WfRun with that path tells it.
fn told_in(path: &[(ThreadNumber, Position)], told: &Told) -> Option<Told> {
    Some(Told { what: within(path, &told.what)?.clone(), ..told.clone() })
}

/// What a child WfRun was given by its parent.
fn inputs(
    of: &Sitting,
    state: &RunState,
    path: &[(ThreadNumber, Position)],
) -> Vec<(Arc<str>, Value)> {
    let Some((&(thread, position), parents)) = path.split_last() else { return Vec::new() };
    let parent = at(of.program(), state, parents);
    let node_run = parent.and_then(|(_, state)| state.node_run(thread, position));
    match node_run.map(|node_run| &node_run.detail) {
        Some(NodeRunDetail::RunChildWf { inputs, .. }) => inputs.clone(),
        _ => Vec::new(),
    }
}
