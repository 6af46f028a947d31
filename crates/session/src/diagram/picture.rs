//! What a diagram of a state shows, whatever language it is written in.

use halter_engine::program::{NodeKind, Program, Spec};
use halter_engine::state::{Status, ThreadType};

use crate::sitting::Sitting;
use crate::view::{self, ThreadView};
use crate::wf_runs;
use crate::words::{Names, capital};

/// The ThreadRuns of a state, or the ThreadSpecs as long as nothing runs.
pub(super) struct Picture {
    pub(super) lanes: Vec<Lane>,
    pub(super) ties: Vec<Tie>,
}

/// A ThreadRun or a ThreadSpec.
pub(super) struct Lane {
    /// `ThreadRun 1 (ship): HALTED by PARENT_HALTED`
    pub(super) title: String,
    pub(super) status: Option<Status>,
    pub(super) nodes: Vec<Dot>,
    pub(super) entrypoint: usize,
}

/// A node.
pub(super) struct Dot {
    /// `Task charge`, and its status once it has one.
    pub(super) label: String,
    pub(super) status: Option<Status>,
    /// Whether the ThreadRun stands there.
    pub(super) current: bool,
    pub(super) sinks: Vec<usize>,
    /// Whether the thread ends there.
    pub(super) end: bool,
}

/// What ties one lane to another.
pub(super) struct Tie {
    pub(super) from: usize,
    /// The node in the lane from which it goes, if it goes from one.
    pub(super) node: Option<usize>,
    pub(super) to: usize,
    pub(super) label: String,
}

impl Picture {
    /// The state that is looked at.
    pub(super) fn of(sitting: &Sitting) -> Picture {
        let program = sitting.program();
        let names = Names::new(program, sitting.shown());
        let run = view::run(sitting);
        if run.threads.is_empty() {
            return specs(&names);
        }
        let all = wf_runs::all(program, sitting.shown());
        let lanes = run.threads.iter().filter_map(|thread| {
            let (index, own) = wf_runs::own_number(thread.number);
            let of = all.get(index)?;
            let names = Names::new(of.program, of.state);
            Some(lane(&names, names.spec_of(own)?, Some(thread)))
        });
        let lane_of = |number| run.threads.iter().position(|thread| thread.number == number);
        let ties = run.threads.iter().filter_map(|thread| {
            let parent = run.thread(thread.parent?)?;
            let node_run = thread.from.and_then(|at| parent.node_runs.get(at as usize));
            Some(Tie {
                from: lane_of(parent.number)?,
                node: node_run.map(|node_run| usize::from(node_run.node)),
                to: lane_of(thread.number)?,
                label: match (thread.kind, &thread.event) {
                    (ThreadType::Interrupt, Some(event)) => format!("interrupted by {event}"),
                    (ThreadType::Interrupt, None) => "interrupted".to_owned(),
                    (ThreadType::FailureHandler, _) => "failure handled".to_owned(),
                    (ThreadType::Child | ThreadType::Entrypoint, _) => "child".to_owned(),
                },
            })
        });
        Picture { lanes: lanes.collect(), ties: ties.collect() }
    }
}

/// The ThreadSpecs, tied by the threads that they start, the interrupts that they register, and the failure
/// handlers of their nodes.
fn specs(names: &Names<'_>) -> Picture {
    let program = names.program;
    let lanes = program.specs.iter().map(|spec| lane(names, spec, None));
    let ties = (0..).zip(&program.specs).flat_map(|(from, spec)| {
        let interrupts = spec.interrupts.iter().map(move |interrupt| Tie {
            from,
            node: None,
            to: usize::from(interrupt.handler),
            label: format!("on event {}", event_name(program, interrupt.event)),
        });
        let handlers = (0..).zip(&spec.nodes).flat_map(move |(node, of)| {
            of.handlers.iter().map(move |handler| Tie {
                from,
                node: Some(node),
                to: usize::from(handler.spec),
                label: "on failure".to_owned(),
            })
        });
        let children = (0..).zip(&spec.nodes).filter_map(move |(node, of)| {
            if let NodeKind::StartThread { spec, .. }
            | NodeKind::StartMultipleThreads { spec, .. } = of.kind
            {
                Some(Tie {
                    from,
                    node: Some(node),
                    to: usize::from(spec),
                    label: "child".to_owned(),
                })
            } else {
                None
            }
        });
        children.chain(interrupts).chain(handlers)
    });
    Picture { lanes: lanes.collect(), ties: ties.collect() }
}

fn event_name(program: &Program, event: u16) -> &str {
    let def = program.events.get(usize::from(event));
    def.map_or("", |def| &def.name)
}

fn lane(names: &Names<'_>, spec: &Spec, thread: Option<&ThreadView>) -> Lane {
    let latest = |node: usize| {
        let node_runs = thread.map(|thread| &*thread.node_runs).unwrap_or_default();
        node_runs.iter().rfind(|run| usize::from(run.node) == node)
    };
    let at = thread.and_then(|thread| thread.node_runs.last());
    let nodes = spec.nodes.iter().enumerate().map(|(index, node)| {
        let run = latest(index);
        let name = capital(&names.node_phrase(node));
        Dot {
            label: match run {
                Some(run) => format!("{name}: {}", run.status.name()),
                None => name,
            },
            status: run.map(|run| run.status),
            current: at.is_some_and(|at| usize::from(at.node) == index),
            sinks: node.edges.iter().map(|e| usize::from(e.sink)).collect(),
            end: node.edges.is_empty(),
        }
    });
    Lane {
        title: thread.map_or_else(|| format!("Thread {}", spec.name), title),
        status: thread.map(|thread| thread.status),
        nodes: nodes.collect(),
        entrypoint: usize::from(spec.entrypoint),
    }
}

fn title(thread: &ThreadView) -> String {
    let mut title = format!("{} ({}): {}", thread.name(), thread.spec_name, thread.status.name());
    let reasons: Vec<&str> = thread.reasons.iter().map(|reason| reason.name).collect();
    if !reasons.is_empty() {
        title.push_str(" by ");
        title.push_str(&reasons.join(", "));
    }
    title
}

/// Fill and border of what has a status: light enough for black text. The status also stands in the text.
pub(super) fn colours(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Starting | Status::Running => ("#dbeafe", "#1d4ed8"),
        Status::Completed => ("#dcfce7", "#15803d"),
        Status::Halting => ("#fef3c7", "#b45309"),
        Status::Halted => ("#fde68a", "#92400e"),
        Status::Error | Status::Exception => ("#fee2e2", "#b91c1c"),
    }
}
