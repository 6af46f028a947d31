//! Documents that are to be refused: each is a good one with one fault. Whether the server refuses it as well is what is asked.

use halter_spec::model::{
    Document, ExitNode, FailureDef, NodeKind, Source, ThreadSpec, ThreadVarDef, VarType,
    VariableAssignment,
};
use halter_spec::value::Value;

use crate::generate;
use crate::random::Random;

/// A fault: its name, and how it is made; false if there is no place for it.
type Fault = (&'static str, fn(&mut Document, &mut Random) -> bool);

/// All faults.
pub static FAULTS: &[Fault] = &[
    ("handler-unknown", |document, random| {
        let interrupts = threads(document).flat_map(|thread| &mut thread.interrupt_defs);
        pick(interrupts, random, |interrupt| "nowhere".clone_into(&mut interrupt.handler_spec_name))
    }),
    ("child-unknown", |document, random| {
        let starts = kinds(document).filter_map(|kind| match kind {
            NodeKind::StartThread(start) => Some(&mut start.thread_spec_name),
            // The server accepts START_MULTIPLE_THREADS of a thread that is not there; Halter does not play it.
            _ => None,
        });
        pick(starts, random, |name| "nowhere".clone_into(name))
    }),
    ("variable-undeclared", |document, random| {
        let declaring = threads(document).filter(|thread| !thread.variable_defs.is_empty());
        let nth = random.number() as usize;
        pick(declaring, random, |thread| {
            let count = thread.variable_defs.len();
            thread.variable_defs.remove(nth % count);
        })
    }),
    ("variable-of-another-type", |document, random| {
        let declared = threads(document).flat_map(|thread| &mut thread.variable_defs);
        let of = [VarType::Int, VarType::Str, VarType::Bool, VarType::JsonArr];
        let of = random.one_of(&of).copied().unwrap_or(VarType::Int);
        pick(declared, random, |variable| variable.var_def.type_def = of.into())
    }),
    ("variable-twice", |document, random| {
        let nth = random.number() as usize;
        pick(
            threads(document).filter(|thread| !thread.variable_defs.is_empty()),
            random,
            |thread| {
                let again = thread.variable_defs.get(nth % thread.variable_defs.len()).cloned();
                thread.variable_defs.extend(again);
            },
        )
    }),
    ("variable-of-two-threads", |document, random| {
        let Some(again) = first_variable(document) else { return false };
        let others = threads(document).skip(1);
        pick(others, random, |thread| thread.variable_defs.push(again))
    }),
    ("task-takes-less", |document, random| {
        let tasks = document.task_defs.values_mut();
        // Of a task without inputs and output only the name is known.
        let tasks = tasks.filter(|task| task.input_vars.len() > 1);
        pick(tasks, random, |task| {
            task.input_vars.pop();
        })
    }),
    ("event-of-another-type", |document, random| {
        let of = [VarType::Int, VarType::Str, VarType::Bool, VarType::JsonObj];
        let of = random.one_of(&of).copied().unwrap_or(VarType::Int);
        let events = document.external_event_defs.values_mut();
        let types = events.filter_map(|event| event.content_type.as_mut());
        pick(types, random, |content| content.type_def = Some(of.into()))
    }),
    ("edge-to-nowhere", |document, random| {
        let edges = threads(document)
            .flat_map(|thread| thread.nodes.values_mut())
            .flat_map(|node| &mut node.outgoing_edges);
        pick(edges, random, |edge| "nowhere".clone_into(&mut edge.sink_node_name))
    }),
    ("no-edge", |document, random| {
        let nodes = threads(document).flat_map(|thread| thread.nodes.values_mut());
        let nodes = nodes.filter(|node| !node.outgoing_edges.is_empty());
        pick(nodes, random, |node| node.outgoing_edges.clear())
    }),
    ("condition-on-the-last-edge", |document, random| {
        let edges = threads(document)
            .flat_map(|thread| thread.nodes.values_mut())
            .filter_map(|node| node.outgoing_edges.last_mut());
        let never = VariableAssignment::of(Source::Literal(Value::Bool(false)));
        pick(edges, random, |edge| {
            edge.condition = Some(halter_spec::model::Condition::Assignment(never));
        })
    }),
    ("retries-below-none", |document, random| {
        let tasks = kinds(document).filter_map(|kind| match kind {
            NodeKind::Task(task) => Some(task),
            _ => None,
        });
        pick(tasks, random, |task| task.retries = -1)
    }),
    ("timeout-of-none", |document, random| {
        let tasks = kinds(document).filter_map(|kind| match kind {
            NodeKind::Task(task) => Some(task),
            _ => None,
        });
        let seconds = if random.one_in(2) { 0 } else { -1 };
        pick(tasks, random, |task| task.timeout_seconds = seconds)
    }),
    ("one-argument-more", |document, random| {
        let tasks = kinds(document).filter_map(|kind| match kind {
            NodeKind::Task(task) => Some(task),
            _ => None,
        });
        let more = VariableAssignment::of(Source::Literal(Value::Int(1)));
        pick(tasks, random, |task| task.variables.push(more))
    }),
    ("argument-of-another-type", |document, random| {
        let tasks = kinds(document).filter_map(|kind| match kind {
            NodeKind::Task(task) => task.variables.last_mut(),
            _ => None,
        });
        let values = [Value::Int(1), Value::str("x"), Value::Bool(true), Value::Null];
        let other = random.one_of(&values).cloned().unwrap_or_default();
        pick(tasks, random, |given| *given = VariableAssignment::of(Source::Literal(other)))
    }),
    ("name-of-the-workflow", |document, random| {
        let name = random.word(&["Oracle", "a_b", "", "-a", "a b", "ä", "a."]);
        name.clone_into(&mut document.wf_spec.name);
        true
    }),
    ("name-of-a-thread", |document, random| {
        let name = random.word(&["Child", "a_b", "-a", "a b"]);
        let thread = ThreadSpec::clone(match document.wf_spec.thread_specs.get("main") {
            Some(main) => main,
            None => return false,
        });
        let thread = ThreadSpec { variable_defs: Vec::new(), interrupt_defs: Vec::new(), ..thread };
        document.wf_spec.thread_specs.insert(name.to_owned(), thread).is_none()
    }),
    ("name-of-a-variable", |document, random| {
        let name = random.word(&["", "A B", "a-b", "1", "a.b", "$a"]);
        let declared = threads(document).flat_map(|thread| &mut thread.variable_defs);
        pick(declared, random, |variable| name.clone_into(&mut variable.var_def.name))
    }),
    ("name-of-a-failure", |document, random| {
        let name =
            random.word(&["Not Good", "TIMEOUT", "", "NO_SUCH_ERROR", "a_b", "CHILD_FAILURE"]);
        let exits = kinds(document).filter_map(|kind| match kind {
            NodeKind::Exit(exit) => Some(exit),
            _ => None,
        });
        let failure = FailureDef {
            failure_name: name.to_owned(),
            message: "So it is.".to_owned(),
            content: None,
        };
        pick(exits, random, |exit| {
            *exit = ExitNode { failure: Some(failure), return_content: None };
        })
    }),
    ("task-undeclared", |document, _| document.task_defs.pop().is_some()),
    ("event-undeclared", |document, random| {
        let nth = random.below(document.external_event_defs.len());
        document.external_event_defs.shift_remove_index(nth).is_some()
    }),
    ("form-undeclared", |document, _| document.user_task_defs.pop().is_some()),
    ("thrown-undeclared", |document, _| document.workflow_event_defs.pop().is_some()),
    ("struct-undeclared", |document, _| document.struct_defs.pop().is_some()),
    ("interrupt-twice", |document, random| {
        let interrupted = threads(document).filter(|thread| !thread.interrupt_defs.is_empty());
        pick(interrupted, random, |thread| {
            let again = thread.interrupt_defs.first().cloned();
            thread.interrupt_defs.extend(again);
        })
    }),
    ("interrupt-of-two-threads", |document, random| {
        let first = threads(document).find_map(|thread| thread.interrupt_defs.first().cloned());
        let Some(again) = first else { return false };
        let others = threads(document).skip(1);
        pick(others, random, |thread| thread.interrupt_defs.push(again))
    }),
    ("handler-with-a-variable", |document, random| {
        let Some(declared) = first_variable(document) else { return false };
        let handlers: Vec<String> = threads(document)
            .flat_map(|thread| &thread.interrupt_defs)
            .map(|interrupt| interrupt.handler_spec_name.clone())
            .collect();
        let named = document.wf_spec.thread_specs.iter_mut();
        let named = named.filter(|(name, _)| handlers.contains(name)).map(|(_, thread)| thread);
        let mut declared = declared;
        "extra".clone_into(&mut declared.var_def.name);
        pick(named, random, |thread| thread.variable_defs.push(declared))
    }),
    ("thread-handles-itself", |document, random| {
        let named = document.wf_spec.thread_specs.iter_mut();
        let named = named.filter(|(_, thread)| !thread.interrupt_defs.is_empty());
        pick(named, random, |(name, thread)| {
            if let Some(interrupt) = thread.interrupt_defs.first_mut() {
                interrupt.handler_spec_name.clone_from(name);
            }
        })
    }),
    ("awaited-event-interrupts", |document, random| {
        let awaited = kinds(document).find_map(|kind| match kind {
            NodeKind::ExternalEvent(node) => Some(node.external_event_def.clone()),
            _ => None,
        });
        let Some(awaited) = awaited else { return false };
        let interrupts = threads(document).flat_map(|thread| &mut thread.interrupt_defs);
        pick(interrupts, random, |interrupt| interrupt.external_event_def = awaited)
    }),
    ("child-asks-for-a-value", |document, random| {
        let children: Vec<String> = kinds(document)
            .filter_map(|kind| match kind {
                NodeKind::StartThread(start) => Some(start.thread_spec_name.clone()),
                _ => None,
            })
            .collect();
        let named = document.wf_spec.thread_specs.iter_mut();
        let declared = named
            .filter(|(name, _)| children.contains(name))
            .flat_map(|(_, thread)| &mut thread.variable_defs);
        pick(declared, random, |variable: &mut ThreadVarDef| {
            variable.required = true;
            variable.var_def.default_value = None;
        })
    }),
    ("entrypoint-unknown", |document, _| {
        "nowhere".clone_into(&mut document.wf_spec.entrypoint_thread_name);
        true
    }),
    ("entrypoint-another", |document, random| {
        let names: Vec<String> = document.wf_spec.thread_specs.keys().cloned().collect();
        let other = random.one_of(&names).filter(|name| *name != "main");
        let Some(other) = other else { return false };
        document.wf_spec.entrypoint_thread_name.clone_from(other);
        true
    }),
];

/// A document with a fault, by a seed, and the fault's name. Halter may accept it all the same.
pub fn faulty(seed: u64) -> Option<(Document, &'static str)> {
    let (_, document) = generate::source(seed)?;
    let mut random = Random::new(!seed);
    (0..FAULTS.len()).find_map(|_| {
        let (name, make) = random.one_of(FAULTS)?;
        let mut faulty = document.clone();
        make(&mut faulty, &mut random).then_some((faulty, *name))
    })
}

fn threads(document: &mut Document) -> impl Iterator<Item = &mut ThreadSpec> {
    document.wf_spec.thread_specs.values_mut()
}

fn kinds(document: &mut Document) -> impl Iterator<Item = &mut NodeKind> {
    threads(document).flat_map(|thread| thread.nodes.values_mut()).map(|node| &mut node.kind)
}

fn first_variable(document: &Document) -> Option<ThreadVarDef> {
    let mut declared = document.wf_spec.thread_specs.values();
    declared.find_map(|thread| thread.variable_defs.first().cloned())
}

/// Changes one of them; whether there is one.
fn pick<T>(of: impl Iterator<Item = T>, random: &mut Random, change: impl FnOnce(T)) -> bool {
    let mut all: Vec<T> = of.collect();
    if all.is_empty() {
        return false;
    }
    change(all.swap_remove(random.below(all.len())));
    true
}
