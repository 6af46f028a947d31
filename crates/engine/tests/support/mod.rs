//! Random documents and random commands for the tests of the engine; the same seed gives the same.

use std::sync::Arc;

use halter_engine::{ChildWfResult, Choice, Command, Program, RunState, TaskResult};
use halter_spec::model::*;
use halter_spec::value::Value;

/// A small generator of random numbers (`SplitMix64`).
#[derive(Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// How many events of each kind a random document has: to wait for, and to interrupt with.
const EVENTS: usize = 4;

/// A random document: threads that wait, work, sleep, start and wait for children, fail and are interrupted.
pub(crate) fn document(random: &mut Random) -> Document {
    let mut document = Document::default();
    "random".clone_into(&mut document.wf_spec.name);
    "t0".clone_into(&mut document.wf_spec.entrypoint_thread_name);
    for i in 0..EVENTS {
        document.external_event_defs.insert(format!("w{i}"), ExternalEventDef::default());
    }
    document.task_defs.insert("work".to_owned(), TaskDef::default());
    document.user_task_defs.insert("form".to_owned(), UserTaskDef::default());
    let children = random.below(4);
    let handlers = 1 + random.below(3);
    for index in 0..=children {
        let spec = Threads { random, spec: ThreadSpec::default(), nodes: 0 }
            .thread(index, children, handlers);
        document.wf_spec.thread_specs.insert(format!("t{index}"), spec);
    }
    for index in 0..handlers {
        let mut threads = Threads { random, spec: ThreadSpec::default(), nodes: 0 };
        threads.spec.variable_defs.push(variable("INPUT"));
        let spec = threads.thread(children, children, 0);
        document.wf_spec.thread_specs.insert(format!("h{index}"), spec);
        document.wf_spec.thread_specs.entry("catch".to_owned()).or_insert_with(|| {
            Threads { random: &mut Random(1), spec: ThreadSpec::default(), nodes: 0 }
                .thread(children, children, 0)
        });
    }
    for spec in document.wf_spec.thread_specs.values() {
        for interrupt in &spec.interrupt_defs {
            document.external_event_defs.entry(interrupt.external_event_def.clone()).or_default();
        }
    }
    document
}

fn variable(name: &str) -> ThreadVarDef {
    ThreadVarDef {
        var_def: VariableDef {
            name: name.to_owned(),
            type_def: VarType::Int.into(),
            default_value: Some(Value::Int(1)),
            at: halter_spec::place::At::default(),
        },
        required: false,
        searchable: false,
        json_indexes: Vec::new(),
        access_level: AccessLevel::PrivateVar,
    }
}

struct Threads<'a> {
    random: &'a mut Random,
    spec: ThreadSpec,
    nodes: usize,
}

impl Threads<'_> {
    fn thread(mut self, index: usize, children: usize, handlers: usize) -> ThreadSpec {
        if index == 0 {
            self.spec.variable_defs.push(variable("x"));
        }
        self.push("start", NodeKind::Entrypoint, Vec::new());
        for _ in 0..=self.random.below(4) {
            self.statement(index, children);
        }
        let failure = self.random.one_in(6).then(|| FailureDef {
            failure_name: if self.random.one_in(2) {
                "oops".to_owned()
            } else {
                "TASK_FAILURE".to_owned()
            },
            message: "failed on purpose".to_owned(),
            content: None,
        });
        self.push("exit", NodeKind::Exit(ExitNode { failure, return_content: None }), Vec::new());
        for handler in 0..handlers {
            if self.random.one_in(2) {
                self.spec.interrupt_defs.push(InterruptDef {
                    external_event_def: format!("i{index}-{handler}"),
                    handler_spec_name: format!("h{handler}"),
                    ..InterruptDef::default()
                });
            }
        }
        self.spec
    }

    /// Adds a node behind the last one; mutations stand on the way out of it.
    fn push(&mut self, name: &str, kind: NodeKind, mutations: Vec<VariableMutation>) -> String {
        let name = format!("{}-{name}", self.nodes);
        self.nodes += 1;
        if let Some((_, last)) = self.spec.nodes.last_mut()
            && let Some(edge) = last.outgoing_edges.last_mut()
        {
            edge.sink_node_name.clone_from(&name);
        }
        let is_exit = matches!(kind, NodeKind::Exit(_));
        let catch = FailureHandlerDef {
            handler_spec_name: "catch".to_owned(),
            failure_to_catch: FailureToCatch::Any,
            at: halter_spec::place::At::default(),
        };
        let catches = !matches!(kind, NodeKind::Entrypoint) && self.random.one_in(5);
        let edge = Edge { variable_mutations: mutations, ..Edge::default() };
        let node = Node {
            kind,
            outgoing_edges: if is_exit { Vec::new() } else { vec![edge] },
            failure_handlers: catches.then_some(catch).into_iter().collect(),
            at: halter_spec::place::At::default(),
        };
        self.spec.nodes.insert(name.clone(), node);
        name
    }

    fn set(&mut self, operation: MutationType, rhs: Source) -> Vec<VariableMutation> {
        if self.random.one_in(2) {
            return Vec::new();
        }
        let expression = Expression {
            lhs: VariableAssignment::of(Source::Variable("x".to_owned())),
            operator: Operator::Mutation(operation),
            rhs: VariableAssignment::of(rhs),
        };
        vec![mutation("x", Source::Expression(Box::new(expression)))]
    }

    fn statement(&mut self, index: usize, children: usize) {
        let literal = |n: i64| VariableAssignment::of(Source::Literal(Value::Int(n)));
        match self.random.below(10) {
            0..=2 => {
                let kind = NodeKind::ExternalEvent(ExternalEventNode {
                    external_event_def: format!("w{}", self.random.below(EVENTS)),
                    timeout_seconds: self.random.one_in(3).then(|| literal(5)),
                    ..ExternalEventNode::default()
                });
                let set = self.set(MutationType::Add, Source::Literal(Value::Int(1)));
                self.push("event", kind, set);
            }
            3 | 4 => {
                let kind = NodeKind::Task(TaskNode {
                    task: TaskToExecute::TaskDef("work".to_owned()),
                    timeout_seconds: 10,
                    retries: self.random.below(2) as i32,
                    exponential_backoff: None,
                    variables: Vec::new(),
                });
                let set = self.set(MutationType::Multiply, Source::Literal(Value::Int(3)));
                self.push("task", kind, set);
            }
            5 => {
                self.push("sleep", NodeKind::Sleep(SleepNode::RawSeconds(literal(3))), Vec::new());
            }
            6 => {
                let form = UserTaskNode {
                    user_task_def_name: "form".to_owned(),
                    user_id: Some(VariableAssignment::of(Source::Literal(Value::str("ada")))),
                    ..UserTaskNode::default()
                };
                let divisor = self.random.below(2) as i64;
                let set = self.set(MutationType::Divide, Source::Literal(Value::Int(divisor)));
                self.push("form", NodeKind::UserTask(Box::new(form)), set);
            }
            9 => {
                let kind = NodeKind::RunChildWf(RunChildWfNode {
                    wf_spec: WfSpecToRun::WfSpec("other".to_owned()),
                    major_version: -1,
                    inputs: [("n".to_owned(), literal(1))].into_iter().collect(),
                    child_id: None,
                });
                let source_node = self.push("run", kind, Vec::new());
                if self.random.one_in(4) {
                    return;
                }
                let id = VariableAssignment::of(Source::NodeOutput(source_node.clone()));
                let wait = WaitForChildWfNode { child_wf_run_id: id, source_node };
                let node = format!("{}-wait-for-wf", self.nodes);
                let set = self.set(MutationType::Add, Source::NodeOutput(node));
                self.push("wait-for-wf", NodeKind::WaitForChildWf(wait), set);
            }
            _ if index < children => self.children(index, children),
            _ => {
                let set = self.set(MutationType::Subtract, Source::Literal(Value::Int(1)));
                self.push("nop", NodeKind::Nop, set);
            }
        }
    }

    fn children(&mut self, index: usize, children: usize) {
        let started = 1 + self.random.below(2);
        let mut waits = Vec::new();
        for _ in 0..started {
            let child = index + 1 + self.random.below(children - index);
            let name = format!("child{}", self.nodes);
            self.spec.variable_defs.push(variable(&name));
            let kind = NodeKind::StartThread(StartThreadNode {
                thread_spec_name: format!("t{child}"),
                ..StartThreadNode::default()
            });
            let node = format!("{}-start-thread", self.nodes);
            self.push("start-thread", kind, vec![mutation(&name, Source::NodeOutput(node))]);
            waits.push(VariableAssignment::of(Source::Variable(name)));
        }
        if self.random.one_in(4) {
            return;
        }
        let strategy = match self.random.below(4) {
            0 => WaitStrategy::WaitForAny,
            1 => WaitStrategy::WaitForFirst,
            _ => WaitStrategy::WaitForAll,
        };
        let kind = NodeKind::WaitForThreads(WaitForThreadsNode {
            threads: ThreadsToWaitFor::Threads(waits),
            per_thread_failure_handlers: Vec::new(),
            strategy,
        });
        self.push("wait", kind, Vec::new());
    }
}

fn mutation(name: &str, rhs: Source) -> VariableMutation {
    VariableMutation {
        lhs_name: name.to_owned(),
        lhs_path: None,
        operation: MutationType::Assign,
        rhs: MutationRhs::Assignment(VariableAssignment::of(rhs)),
        at: halter_spec::place::At::default(),
    }
}

/// Makes a command of a choice, with random payloads and results.
pub(crate) fn command(
    random: &mut Random,
    program: &Program,
    state: &RunState,
    choice: Choice,
) -> Command {
    match choice {
        Choice::RunWf => Command::RunWf(Vec::new()),
        Choice::PostEvent(def) => Command::PostEvent {
            def: Arc::clone(&program.events[usize::from(def)].name),
            guid: format!("e{}", state.events.len()).into(),
            content: Value::Int(random.below(3) as i64),
            thread: random.one_in(20).then(|| random.below(3) as u32),
            position: None,
        },
        Choice::ClaimTask(t, p) => Command::ClaimTask(t, p),
        Choice::ReportTask(t, p) => Command::ReportTask(
            t,
            p,
            match random.below(6) {
                0 => TaskResult::Error("TASK_FAILURE".into(), "boom".into()),
                1 => TaskResult::Exception("task-oops".into(), "no".into(), Value::Null),
                _ => TaskResult::Output(Value::Int(2)),
            },
        ),
        Choice::ReportChildWf(t, p) => Command::ReportChildWf(
            t,
            p,
            match random.below(6) {
                0 => ChildWfResult::Error("boom".into()),
                1 => ChildWfResult::Exception("wf-oops".into(), "no".into(), Value::Int(7)),
                2 => ChildWfResult::Output(Value::Null),
                _ => ChildWfResult::Output(Value::Int(2)),
            },
        ),
        Choice::PassTime(ms) => Command::PassTime(ms + random.below(2000) as i64),
        Choice::Stop(t) => Command::StopWfRun(t),
        Choice::Resume(t) => Command::ResumeWfRun(t),
        Choice::Rescue(t) => {
            Command::RescueThreadRun { thread: t, skip_current_node: random.one_in(2) }
        }
        Choice::CompleteUserTask(t, p) => Command::CompleteUserTask(t, p, Vec::new()),
        Choice::CancelUserTask(t, p) => Command::CancelUserTask(t, p),
    }
}
