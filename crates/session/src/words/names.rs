//! The names of things in a run.

use halter_engine::program::{Node, NodeKind, Program, Spec, TaskSource, WfSpecSource};
use halter_engine::state::{EventIndex, NodeRunDetail, Position, RunState, ThreadNumber};

/// Names things of a run: the program knows their names, the state their numbers.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The program.
    pub program: &'a Program,
    /// A state in which the things exist.
    pub state: &'a RunState,
}

impl<'a> Names<'a> {
    /// Names for this program and state.
    pub fn new(program: &'a Program, state: &'a RunState) -> Self {
        Names { program, state }
    }

    /// The ThreadSpec of a ThreadRun.
    pub fn spec_of(&self, thread: ThreadNumber) -> Option<&'a Spec> {
        let run = self.state.threads.get(thread as usize)?;
        self.program.specs.get(run.spec as usize)
    }

    /// `ThreadRun 1 (ship)`
    pub fn thread(&self, thread: ThreadNumber) -> String {
        match self.spec_of(thread) {
            Some(spec) => format!("ThreadRun {thread} ({})", spec.name),
            None => format!("ThreadRun {thread}"),
        }
    }

    /// The node at which a NodeRun is.
    pub fn node_of(&self, thread: ThreadNumber, position: Position) -> Option<&'a Node> {
        let run = self.state.threads.get(thread as usize)?;
        let node_run = run.node_runs.get(position as usize)?;
        self.program.specs.get(run.spec as usize)?.nodes.get(node_run.node as usize)
    }

    /// `task charge`, `the wait for event paid`, …
    pub fn node(&self, thread: ThreadNumber, position: Position) -> String {
        if let Some(task) = self.task(thread, position) {
            return format!("task {task}");
        }
        self.node_of(thread, position)
            .map_or_else(|| format!("node {position}"), |node| self.node_phrase(node))
    }

    /// `task charge`, … of a node that need not have run.
    pub fn node_phrase(&self, node: &Node) -> String {
        match &node.kind {
            NodeKind::Entrypoint => "its start".to_owned(),
            NodeKind::Exit { .. } => "its end".to_owned(),
            NodeKind::Nop => format!("branch {}", node.name),
            NodeKind::Sleep(_) => "a sleep".to_owned(),
            NodeKind::WaitForThreads { .. } => "the wait for threads".to_owned(),
            NodeKind::WaitForCondition(_) => "the wait for a condition".to_owned(),
            NodeKind::Task { .. } => format!("task {}", self.node_label(node)),
            NodeKind::ExternalEvent { .. } => {
                format!("the wait for event {}", self.node_label(node))
            }
            NodeKind::StartThread { .. } => {
                format!("the start of thread {}", self.node_label(node))
            }
            NodeKind::StartMultipleThreads { .. } => {
                format!("the start of threads {}", self.node_label(node))
            }
            NodeKind::UserTask { .. } => format!("user task {}", self.node_label(node)),
            NodeKind::ThrowEvent { .. } => format!("the throw of event {}", self.node_label(node)),
            NodeKind::RunChildWf { .. } => {
                format!("the start of workflow {}", self.node_label(node))
            }
            NodeKind::WaitForChildWf { .. } => "the wait for a child workflow".to_owned(),
        }
    }

    /// What a node is about, in a word: the task's, event's, thread's or form's name.
    pub fn node_label(&self, node: &Node) -> String {
        let named = match &node.kind {
            NodeKind::Task { task: TaskSource::Def(def), .. } => {
                self.program.tasks.get(*def as usize).map(|t| &t.name)
            }
            NodeKind::Task { task: TaskSource::Dynamic(_), .. }
            | NodeKind::RunChildWf { wf_spec: WfSpecSource::Dynamic(_), .. } => None,
            NodeKind::ExternalEvent { event, .. } => {
                self.program.events.get(*event as usize).map(|e| &e.name)
            }
            NodeKind::StartThread { spec, .. } | NodeKind::StartMultipleThreads { spec, .. } => {
                self.program.specs.get(*spec as usize).map(|s| &s.name)
            }
            NodeKind::UserTask { def, .. } => {
                self.program.user_tasks.get(*def as usize).map(|u| &u.name)
            }
            NodeKind::ThrowEvent { event, .. } => self.program.workflow_events.get(*event as usize),
            NodeKind::RunChildWf { wf_spec: WfSpecSource::Named(name), .. } => Some(name),
            NodeKind::WaitForChildWf { .. } => return "wait for workflow".to_owned(),
            NodeKind::Sleep(_) => return "sleep".to_owned(),
            NodeKind::WaitForThreads { .. } => return "wait for threads".to_owned(),
            NodeKind::WaitForCondition(_) => return "wait for condition".to_owned(),
            NodeKind::Entrypoint => return "start".to_owned(),
            NodeKind::Exit { failure: Some(failure), .. } => {
                return format!("fail {}", failure.name);
            }
            NodeKind::Exit { .. } => return "end".to_owned(),
            NodeKind::Nop => return "branch".to_owned(),
        };
        named.unwrap_or(&node.name).to_string()
    }

    /// The name of the TaskDef that a NodeRun executes.
    pub fn task(&self, thread: ThreadNumber, position: Position) -> Option<String> {
        let node_run = self.state.node_run(thread, position)?;
        if let NodeRunDetail::Task(Some(run)) = &node_run.detail {
            Some(self.program.tasks.get(run.task_def as usize)?.name.to_string())
        } else {
            None
        }
    }

    /// The WfSpec of the child WfRun that a NodeRun started.
    pub fn child_wf(&self, thread: ThreadNumber, position: Position) -> &'a str {
        self.state.child_wf(thread, position).map_or("", |child| &child.wf_spec)
    }

    /// Names for the child WfRun that a NodeRun started, if it is played.
    pub fn in_child_wf(&self, thread: ThreadNumber, position: Position) -> Option<Names<'a>> {
        let child = self.state.child_wf(thread, position)?;
        Some(Names::new(self.program.workflow(&child.wf_spec)?, child.run.as_ref()?))
    }

    /// The name of the ExternalEventDef of an event.
    pub fn event_def(&self, event: EventIndex) -> &'a str {
        self.state
            .events
            .get(event as usize)
            .and_then(|event| self.program.events.get(event.def as usize))
            .map_or("", |def| &def.name)
    }

    /// `event cart-updated (e1)`; without its id where that is made of a masked correlation key.
    pub fn event(&self, event: EventIndex) -> String {
        let def = self.event_def(event);
        if self.masks_key(def) {
            return format!("event {def}");
        }
        let guid = self.state.events.get(event as usize).map_or("", |event| &event.guid);
        format!("event {def} ({guid})")
    }

    /// The name of a ThreadRun's variable.
    pub fn variable(&self, thread: ThreadNumber, variable: u16) -> &'a str {
        self.spec_of(thread)
            .and_then(|spec| spec.variables.get(variable as usize))
            .map_or("", |variable| &variable.name)
    }
}

/// So many ThreadRuns are named one by one: nobody reads more.
const THREADS_NAMED: usize = 12;

/// `ThreadRun 1`, `ThreadRuns 1 and 2`, `ThreadRuns 1, 2 and 3`; empty for none. Of many only the first are named.
pub(crate) fn threads(numbers: &[ThreadNumber]) -> String {
    match numbers {
        [] => String::new(),
        [one] => format!("ThreadRun {one}"),
        many if many.len() > THREADS_NAMED => {
            let first = many.iter().take(THREADS_NAMED - 1);
            let first: Vec<String> = first.map(ToString::to_string).collect();
            let others = many.len() - first.len();
            format!("ThreadRuns {} and {others} others", first.join(", "))
        }
        [some @ .., last] => {
            let some: Vec<String> = some.iter().map(ToString::to_string).collect();
            format!("ThreadRuns {} and {last}", some.join(", "))
        }
    }
}
