//! What was said on the command line about what may come.

use std::sync::Arc;

use halter_engine::Program;
use halter_explore::{Budget, Choices, EventChoice, TaskChoice, child_wf_failures};
use halter_session::payload;

use crate::arguments::Explore;

/// Changes the usual choices.
pub(super) fn apply(
    choices: &mut Choices,
    program: &Program,
    arguments: &Explore,
) -> Result<(), String> {
    for text in &arguments.budget {
        let (name, budget) = entry(text, "--budget", "event=2")?;
        let budget: Budget = budget
            .parse()
            .map_err(|_| format!("--budget {text}: a budget is a whole number from 0 to 255"))?;
        if name == "all" {
            for event in &mut choices.events {
                event.budget = budget;
            }
        } else {
            event(choices, program, name)?.budget = budget;
        }
    }
    let mut paid: Vec<&str> = Vec::new();
    for text in &arguments.payload {
        let (name, value) = entry(text, "--payload", "event=5")?;
        let declared = program.event(name).and_then(|def| {
            let def = program.events.get(usize::from(def))?;
            def.content_type.as_ref()
        });
        let value = payload::read(value, declared, &program.struct_defs)
            .map_err(|why| format!("--payload {text}: {why}"))?;
        let event = event(choices, program, name)?;
        if !paid.contains(&name) {
            event.payloads.clear();
            paid.push(name);
        }
        event.payloads.push(value);
    }
    for name in &arguments.fail {
        for task in tasks(choices, program, name)? {
            task.fails = true;
        }
    }
    for text in &arguments.throw {
        let (name, exception) = entry(text, "--throw", "task=out-of-stock")?;
        for task in tasks(choices, program, name)? {
            task.throws.push(Arc::from(exception));
        }
    }
    choices.delay = !arguments.no_delay;
    choices.time = !arguments.no_time;
    choices.reduction = !arguments.no_reduction;
    choices.stops = arguments.stops;
    choices.rescues = arguments.rescues;
    choices.cancel_forms = arguments.cancel_forms;
    if arguments.fail_child_wfs {
        choices.child_wf_failures = child_wf_failures(program);
    }
    Ok(())
}

fn entry<'a>(text: &'a str, option: &str, example: &str) -> Result<(&'a str, &'a str), String> {
    text.split_once('=').ok_or_else(|| format!("{option} {text}: write it as {option} {example}"))
}

fn event<'a>(
    choices: &'a mut Choices,
    program: &Program,
    name: &str,
) -> Result<&'a mut EventChoice, String> {
    let index = program.event(name).map(usize::from);
    let found = index.and_then(|index| choices.events.get_mut(index));
    found.ok_or_else(|| {
        let names = program.events.iter().map(|e| &*e.name);
        format!("there is no event {name}; {}", known(names))
    })
}

/// The task with that name, or all of them.
fn tasks<'a>(
    choices: &'a mut Choices,
    program: &Program,
    name: &str,
) -> Result<impl Iterator<Item = &'a mut TaskChoice>, String> {
    if name != "all" && program.tasks.iter().all(|task| &*task.name != name) {
        let names = program.tasks.iter().map(|t| &*t.name);
        return Err(format!("there is no task {name}; {}", known(names)));
    }
    let meant: Vec<bool> =
        program.tasks.iter().map(|task| name == "all" || &*task.name == name).collect();
    let tasks = choices.tasks.iter_mut().zip(meant);
    Ok(tasks.filter_map(|(task, meant)| meant.then_some(task)))
}

fn known<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        "there are none".to_owned()
    } else {
        format!("there are {}", names.join(", "))
    }
}
