//! The keys of the source: what may stand where, and what it means. The reader, completion, hover and the JSON Schema
//! all take them from here.

use crate::model::{TECHNICAL_FAILURES, VarType};
pub use crate::words::{CommandWord, NodeField, StepWord};

/// Whether a text without a tag is an expression, and not just a text: it has a `$`, or is a type and what it holds,
/// such as `Array<STR>["a"]`.
#[must_use]
pub fn is_expression(text: &str) -> bool {
    text.contains('$') || (is_composed(text) && text.ends_with([']', '}']))
}

/// Whether a text begins as a type that is composed of others does.
#[must_use]
pub fn is_composed(text: &str) -> bool {
    COMPOSED_TYPES
        .iter()
        .any(|(word, _, _)| text.strip_prefix(word).is_some_and(|rest| rest.starts_with('<')))
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[allow(missing_docs, reason = "the names say it all")]
pub enum NameKind {
    Workflow,
    Thread,
    Variable,
    Event,
    Task,
    UserTask,
    WorkflowEvent,
    Label,
    Node,
    Failure,
    Input,
    Field,
    StructDef,
    Property,
}

impl NameKind {
    /// What it is called in a sentence.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            NameKind::Workflow => "workflow",
            NameKind::Thread => "thread",
            NameKind::Variable => "variable",
            NameKind::Event => "event",
            NameKind::Task => "task",
            NameKind::UserTask => "user task",
            NameKind::WorkflowEvent => "workflow event",
            NameKind::Label => "label",
            NameKind::Node => "node",
            NameKind::Failure => "failure",
            NameKind::Input => "input",
            NameKind::Field => "field",
            NameKind::StructDef => "struct",
            NameKind::Property => "property",
        }
    }
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum ValueShape {
    /// Any text.
    Text,
    /// A property of all runs: [`property::parse`](crate::property::parse) reads it.
    Property,
    /// The name of something that stands elsewhere.
    Name(NameKind),
    /// A whole number.
    Int,
    /// Any number.
    Number,
    /// `true` or `false`.
    Flag,
    /// One of some words, each with what it means.
    Word(&'static [(&'static str, &'static str)]),
    /// A type and what may stand behind it.
    Type(TypeUse),
    /// An expression or a literal.
    Value,
    /// An expression that is true or false.
    Condition,
    /// The right side of a `set`: a value, or an operation and one.
    Mutation,
    /// Anything that YAML can say.
    Literal,
    /// Nothing behind the colon.
    Nothing,
    /// A map with known keys.
    Map(&'static Shape),
    /// A map whose keys are names of this kind; whether they are declared there; what each holds.
    Names(NameKind, bool, &'static ValueShape),
    /// A list.
    List(&'static ValueShape),
    /// A step of a `do`.
    Step,
    /// A node of `nodes`.
    NodeStep,
    /// A command of the script.
    Command,
    /// The name of a failure as a key, or `any`, `any-error`, `any-exception`.
    Either(&'static [ValueShape]),
}

/// Where a type stands, and so what may stand behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeUse {
    /// Of a variable or an input: `required`, `masked`, `searchable`, access and a default.
    Variable,
    /// Of a payload or of what is returned: `masked`; or `NOTHING`.
    Payload,
    /// Of a field of a form: `required`.
    Field,
    /// Of a field of a struct: `masked`, `nullable` and a default.
    StructField,
    /// Just a type.
    Bare,
}

/// A key of a map.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What stands behind it.
    pub holds: ValueShape,
    /// What it means, in one sentence.
    pub doc: &'static str,
    /// Whether it has to be there.
    pub required: bool,
}

/// A map with known keys.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// What messages call it.
    pub name: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

impl Shape {
    /// The key with that name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// A step: the key that says what it does, and the keys beside it.
#[derive(Debug, Clone, Copy)]
pub struct Statement {
    /// The key that says what it does, what stands behind it and what it means.
    pub key: Key,
    /// The keys beside it, but for those of every node.
    pub options: &'static [Key],
    /// The form that it has.
    pub form: Form,
    /// Ids of the rules that tell how it is played.
    pub rules: &'static [&'static str],
}

/// Which of the keys that nodes share a statement has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A node that goes on.
    Node,
    /// A node that ends the thread: it stores nothing.
    End,
    /// No node: a branch, a loop, or changes of variables.
    Structure,
}

impl Statement {
    /// All keys of a step of a `do`, its own first.
    pub fn keys(&'static self) -> impl Iterator<Item = &'static Key> {
        let shared: &'static [Key] = match self.form {
            Form::Node => &STEP_KEYS,
            Form::End => END_KEYS,
            Form::Structure => &[],
        };
        std::iter::once(&self.key).chain(self.options).chain(shared)
    }

    /// All keys of a node of `nodes`, its own first. There, `into` keeps the numbers of started threads.
    pub fn node_keys(&'static self) -> impl Iterator<Item = &'static Key> {
        std::iter::once(&self.key)
            .chain(self.options.iter().filter(|key| key.name != "as"))
            .chain(&NODE_KEYS)
    }
}

/// The statement with that word.
#[must_use]
pub fn statement(word: &str) -> Option<&'static Statement> {
    STATEMENTS.iter().find(|statement| statement.key.name == word)
}

/// The command with that word.
#[must_use]
pub fn command(word: &str) -> Option<&'static Statement> {
    COMMANDS.iter().find(|command| command.key.name == word)
}

const fn key(name: &'static str, holds: ValueShape, doc: &'static str) -> Key {
    Key { name, holds, doc, required: false }
}

const fn needed(name: &'static str, holds: ValueShape, doc: &'static str) -> Key {
    Key { required: true, ..key(name, holds, doc) }
}

const WF_ENTRYPOINT: Key = key(
    "entrypoint",
    ValueShape::Name(NameKind::Thread),
    "The thread that starts; without it the first.",
);
const WF_RETENTION: Key =
    key("retention", ValueShape::Int, "Seconds after which an ended WfRun is deleted.");
static PARENT_OR_NAME: [ValueShape; 2] = [ValueShape::Text, ValueShape::Map(&PARENT)];
const WF_PARENT: Key = key(
    "parent",
    ValueShape::Either(&PARENT_OR_NAME),
    "The parent WfSpec, if this one only runs as a child.",
);
const WF_UPDATES: Key = key(
    "allowed-updates",
    ValueShape::Word(UPDATES),
    "Which later versions of the WfSpec may be put.",
);
const WF_THREADS: Key = needed(
    "threads",
    ValueShape::Names(NameKind::Thread, true, &THREAD_OR_STEPS),
    "The ThreadSpecs: the first is the entrypoint.",
);

/// A child workflow.
pub static WORKFLOW: Shape = Shape {
    name: "workflow",
    keys: &[WF_ENTRYPOINT, WF_RETENTION, WF_PARENT, WF_UPDATES, WF_THREADS],
};

/// A whole document.
pub static DOCUMENT: Shape = Shape {
    name: "document",
    keys: &[
        needed("workflow", ValueShape::Text, "The name of the WfSpec: letters, digits and dashes."),
        WF_ENTRYPOINT,
        WF_RETENTION,
        WF_PARENT,
        WF_UPDATES,
        key("structs", SECTION_STRUCTS, "StructDefs: types with fields, which Struct<name> names."),
        key(
            "events",
            SECTION_EVENTS,
            "ExternalEventDefs: events that can be posted, and the types of their payloads.",
        ),
        key("tasks", SECTION_TASKS, "TaskDefs: what tasks take and return."),
        key("user-tasks", SECTION_USER_TASKS, "UserTaskDefs: forms for people, and their fields."),
        key(
            "workflow-events",
            SECTION_WORKFLOW_EVENTS,
            "WorkflowEventDefs: events that the workflow throws, and the types of their contents.",
        ),
        key(
            "simulate",
            ValueShape::Names(NameKind::Task, false, &SIMULATED),
            "What simulated tasks return, attempt after attempt; the last one repeats.",
        ),
        WF_THREADS,
        key(
            "workflows",
            ValueShape::Names(NameKind::Workflow, true, &ValueShape::Map(&WORKFLOW)),
            "WfSpecs of child workflows: their WfRuns are played beside this one. Each plays those below it.",
        ),
        key(
            "max-thread-runs",
            ValueShape::Int,
            "ThreadRuns that a WfRun may hold at a time; the node that would start more fails. Without it 65, as the server.",
        ),
        key("script", ValueShape::List(&ValueShape::Command), "Commands to play, in order."),
        key(
            "found",
            ValueShape::Literal,
            "A WfRun as it was found, with which the run begins: what `lhctl get wfRun` and `lhctl list nodeRun` print.",
        ),
        key(
            "properties",
            ValueShape::Names(NameKind::Property, true, &ValueShape::Property),
            "What is claimed of all runs: never, always, can, or one thing that leads to another.",
        ),
    ],
};

static THREAD_OR_STEPS: ValueShape = ValueShape::Either(&[ValueShape::Map(&THREAD), STEPS]);
static SIMULATED: ValueShape = ValueShape::Either(&[
    ValueShape::Map(&RESULT),
    ValueShape::List(&ValueShape::Either(&[ValueShape::Map(&RESULT), ValueShape::Literal])),
    ValueShape::Literal,
]);

const SECTION_STRUCTS: ValueShape = ValueShape::Names(
    NameKind::StructDef,
    true,
    &ValueShape::Either(&[
        ValueShape::Names(NameKind::Field, true, &ValueShape::Type(TypeUse::StructField)),
        ValueShape::Nothing,
    ]),
);
const SECTION_EVENTS: ValueShape = ValueShape::Either(&[
    ValueShape::Names(
        NameKind::Event,
        true,
        &ValueShape::Either(&[
            ValueShape::Type(TypeUse::Payload),
            ValueShape::Map(&EVENT),
            ValueShape::Nothing,
        ]),
    ),
    ValueShape::List(&ValueShape::Name(NameKind::Event)),
]);
const SECTION_TASKS: ValueShape = ValueShape::Either(&[
    ValueShape::Names(
        NameKind::Task,
        true,
        &ValueShape::Either(&[
            ValueShape::Type(TypeUse::Payload),
            ValueShape::Map(&TASK),
            ValueShape::Nothing,
        ]),
    ),
    ValueShape::List(&ValueShape::Name(NameKind::Task)),
]);
const SECTION_USER_TASKS: ValueShape = ValueShape::Either(&[
    ValueShape::Names(
        NameKind::UserTask,
        true,
        &ValueShape::Either(&[
            ValueShape::Names(
                NameKind::Field,
                true,
                &ValueShape::Either(&[ValueShape::Type(TypeUse::Field), ValueShape::Map(&FIELD)]),
            ),
            ValueShape::Nothing,
        ]),
    ),
    ValueShape::List(&ValueShape::Name(NameKind::UserTask)),
]);
const SECTION_WORKFLOW_EVENTS: ValueShape = ValueShape::Either(&[
    ValueShape::Names(
        NameKind::WorkflowEvent,
        true,
        &ValueShape::Either(&[ValueShape::Type(TypeUse::Payload), ValueShape::Nothing]),
    ),
    ValueShape::List(&ValueShape::Name(NameKind::WorkflowEvent)),
]);

const UPDATES: &[(&str, &str)] = &[
    ("all", "Any later version."),
    ("minor", "Only minor revisions."),
    ("none", "No later version."),
];

/// The parent WfSpec.
pub static PARENT: Shape = Shape {
    name: "parent",
    keys: &[
        needed("workflow", ValueShape::Text, "The name of the parent WfSpec."),
        key("major-version", ValueShape::Int, "Its major version."),
    ],
};

/// An event at length.
pub static EVENT: Shape = Shape {
    name: "event",
    keys: &[
        key(
            "payload",
            ValueShape::Type(TypeUse::Payload),
            "The type of the payload; without it anything goes.",
        ),
        key("retention", ValueShape::Int, "Seconds after which an event is deleted."),
        key(
            "correlated",
            ValueShape::Either(&[ValueShape::Flag, ValueShape::Map(&CORRELATED)]),
            "Events may be posted with a correlation key.",
        ),
    ],
};

/// How correlated events are kept.
pub static CORRELATED: Shape = Shape {
    name: "correlated",
    keys: &[
        key("ttl", ValueShape::Int, "Seconds for which a correlated event is kept."),
        key(
            "delete-after-first",
            ValueShape::Flag,
            "Whether it is deleted once it was correlated.",
        ),
    ],
};

/// A task at length.
pub static TASK: Shape = Shape {
    name: "task definition",
    keys: &[
        key("inputs", INPUTS, "Names and types of its arguments, in order."),
        key(
            "returns",
            ValueShape::Type(TypeUse::Payload),
            "The type of what it returns; NOTHING if it returns nothing.",
        ),
    ],
};

/// A field of a form at length.
pub static FIELD: Shape = Shape {
    name: "field",
    keys: &[
        key("type", ValueShape::Type(TypeUse::Field), "The type of the field."),
        key("required", ValueShape::Flag, "Whether it must be filled in."),
        key("label", ValueShape::Text, "What is shown to the person."),
        key("description", ValueShape::Text, "What it means."),
    ],
};

/// What a simulated task does.
pub static RESULT: Shape = Shape {
    name: "simulate",
    keys: &[
        key("exception", ValueShape::Name(NameKind::Failure), "It throws this EXCEPTION."),
        key("message", ValueShape::Text, "The message of the EXCEPTION."),
        key("content", ValueShape::Literal, "The content of the EXCEPTION."),
        key("error", ValueShape::Text, "It fails with a technical ERROR and this message."),
        key("output", ValueShape::Literal, "What it returns."),
    ],
};

/// An ERROR that a worker reports.
pub static ERROR: Shape = Shape {
    name: "error",
    keys: &[
        key("type", ValueShape::Word(ERROR_TYPES), "The kind of the ERROR."),
        key("message", ValueShape::Text, "Its message."),
    ],
};

const VARIABLES: ValueShape = ValueShape::Names(
    NameKind::Variable,
    true,
    &ValueShape::Either(&[ValueShape::Type(TypeUse::Variable), ValueShape::Map(&VARIABLE)]),
);

const INPUTS: ValueShape = ValueShape::Names(
    NameKind::Input,
    true,
    &ValueShape::Either(&[ValueShape::Type(TypeUse::Variable), ValueShape::Map(&VARIABLE)]),
);

/// A variable at length.
pub static VARIABLE: Shape = Shape {
    name: "variable",
    keys: &[
        needed("type", ValueShape::Type(TypeUse::Variable), "The type of the variable."),
        key("masked", ValueShape::Flag, "Whether its values are hidden from view."),
        key("required", ValueShape::Flag, "Whether it must be given when the thread starts."),
        key("searchable", ValueShape::Flag, "Whether WfRuns can be searched for by it."),
        key("access", ValueShape::Word(ACCESS_WORDS), "Who may use it."),
        key("default", ValueShape::Literal, "Its value at the start, unless one is given."),
        key(
            "json-indexes",
            ValueShape::Names(NameKind::Field, true, &ValueShape::Type(TypeUse::Bare)),
            "JSON paths that are indexed, with their types.",
        ),
    ],
};

/// Who may use a variable.
pub const ACCESS_WORDS: &[(&str, &str)] = &[
    ("public", "Child workflows may read and write it."),
    ("private", "Only this workflow may use it."),
    ("inherited", "It is the parent workflow's variable."),
];

/// A thread.
pub static THREAD: Shape = Shape {
    name: "thread",
    keys: &[
        key("variables", VARIABLES, "The variables that each ThreadRun of it owns."),
        key(
            "interrupts",
            INTERRUPTS,
            "Events that interrupt it, and the threads that handle them.",
        ),
        key("retention", ValueShape::Int, "Seconds after which an ended ThreadRun is deleted."),
        key(
            "nodes",
            ValueShape::Names(NameKind::Node, true, &ValueShape::NodeStep),
            "Any graph: nodes by name, with `next`.",
        ),
        key("do", STEPS, "Its steps, one after the other."),
    ],
};

const INTERRUPT_MAP: ValueShape =
    ValueShape::Names(NameKind::Event, false, &ValueShape::Name(NameKind::Thread));
const INTERRUPTS: ValueShape =
    ValueShape::Either(&[INTERRUPT_MAP, ValueShape::List(&INTERRUPT_MAP)]);

const STEPS: ValueShape = ValueShape::List(&ValueShape::Step);
const BODY: ValueShape = ValueShape::Either(&[STEPS, ValueShape::Step]);

const FAILURES: ValueShape = ValueShape::Either(&[
    ValueShape::Name(NameKind::Thread),
    ValueShape::Names(NameKind::Failure, false, &ValueShape::Name(NameKind::Thread)),
    ValueShape::List(&ValueShape::Map(&FAILURE_HANDLER)),
]);

/// One failure handler at length.
pub static FAILURE_HANDLER: Shape = Shape {
    name: "on-failure",
    keys: &[
        needed("run", ValueShape::Name(NameKind::Thread), "The thread that handles the failure."),
        key(
            "error",
            ValueShape::Name(NameKind::Failure),
            "The technical ERROR; nothing or any for all of them.",
        ),
        key(
            "exception",
            ValueShape::Name(NameKind::Failure),
            "The name of the EXCEPTION; nothing or any for all of them.",
        ),
        key("any", ValueShape::Nothing, "Every failure."),
    ],
};

const MUTATIONS_MAP: ValueShape =
    ValueShape::Names(NameKind::Variable, false, &ValueShape::Mutation);
const MUTATIONS: ValueShape =
    ValueShape::Either(&[MUTATIONS_MAP, ValueShape::List(&MUTATIONS_MAP)]);
const INTO: ValueShape = ValueShape::Either(&[
    ValueShape::Name(NameKind::Variable),
    MUTATIONS_MAP,
    ValueShape::List(&MUTATIONS_MAP),
]);

const ON_FAILURE: Key =
    key("on-failure", FAILURES, "Which thread handles which failure, tried in order (R-CATCH).");
const LABEL: Key = key("label", ValueShape::Name(NameKind::Label), "A name for $output(…).");
const INTO_KEY: Key = key(
    "into",
    INTO,
    "Stores the output: a variable, or a map from variables to values with $output.",
);

/// What every step that is a node and goes on may have.
pub static STEP_KEYS: [Key; 3] = [ON_FAILURE, LABEL, INTO_KEY];
/// What a step that ends the thread may have.
pub static END_KEYS: &[Key] = &[ON_FAILURE, LABEL];
/// What every node of `nodes` may have.
pub static NODE_KEYS: [Key; 3] = [
    ON_FAILURE,
    INTO_KEY,
    key("next", NEXT, "The next node, or a list of edges that are tried in order (R-EDGE)."),
];

const NEXT: ValueShape = ValueShape::Either(&[
    ValueShape::Name(NameKind::Node),
    ValueShape::Map(&EDGE),
    ValueShape::List(&ValueShape::Either(&[
        ValueShape::Name(NameKind::Node),
        ValueShape::Map(&EDGE),
    ])),
]);

/// An edge at length.
pub static EDGE: Shape = Shape {
    name: "next",
    keys: &[
        needed("to", ValueShape::Name(NameKind::Node), "The node that it leads to."),
        key("if", ValueShape::Condition, "It is taken only if this holds."),
        key("set", MUTATIONS, "What changes when it is taken."),
    ],
};

/// The first node of `nodes`.
pub static ENTRYPOINT: Shape = Shape {
    name: "entrypoint",
    keys: &[
        needed("entrypoint", ValueShape::Nothing, "The first node of the thread."),
        key("next", NEXT, "The next node, or a list of edges that are tried in order (R-EDGE)."),
    ],
};

/// How long to wait between tries.
pub static BACKOFF: Shape = Shape {
    name: "backoff",
    keys: &[
        key("base-ms", ValueShape::Int, "The first wait, in milliseconds."),
        key("max-ms", ValueShape::Int, "The longest wait, in milliseconds."),
        key(
            "multiplier",
            ValueShape::Number,
            "How much longer each wait is than the one before; at least 1.",
        ),
    ],
};

/// What stands beside a task, as a step and where it reminds of a form.
const TASK_ARGUMENTS: Key =
    key("with", ARGUMENTS, "Its arguments: a list, or a map by the names of its inputs.");
const TASK_TIMEOUT: Key =
    key("timeout", ValueShape::Int, "Seconds after which a running attempt fails with TIMEOUT.");
const TASK_RETRIES: Key =
    key("retries", ValueShape::Int, "How often it is tried again after an ERROR.");
const TASK_BACKOFF: Key =
    key("backoff", ValueShape::Map(&BACKOFF), "How long to wait between tries.");

/// What is done with the form of a user task while it waits.
pub static ACTION: Shape = Shape {
    name: "action of a user task",
    keys: &[
        needed("after", ValueShape::Value, "After how many seconds."),
        key("on", ValueShape::Word(ACTION_HOOKS), "From when on they are counted."),
        key("cancel", ValueShape::Nothing, "The form is cancelled."),
        key("reassign", ValueShape::Map(&REASSIGN), "Somebody else gets the form."),
        key(
            "task",
            ValueShape::Either(&[ValueShape::Name(NameKind::Task), ValueShape::Value]),
            "The task runs, as a reminder.",
        ),
        TASK_ARGUMENTS,
        TASK_TIMEOUT,
        TASK_RETRIES,
        TASK_BACKOFF,
    ],
};

const ACTION_HOOKS: &[(&str, &str)] = &[
    ("arrival", "From when the form is created."),
    ("assignment", "From when somebody gets the form, each time."),
];

/// Whom a form is reassigned to.
pub static REASSIGN: Shape = Shape {
    name: "reassign",
    keys: &[
        key("user", ValueShape::Value, "The person who shall fill it in."),
        key("group", ValueShape::Value, "The group that may fill it in."),
    ],
};

/// Whether a map with these keys is an action in LittleHorse's own JSON, a `UTActionTrigger`.
pub fn is_proto_action<'k>(mut keys: impl Iterator<Item = &'k str>) -> bool {
    keys.any(|key| matches!(key, "delaySeconds" | "hook"))
}

/// A failure at length.
pub static FAILURE: Shape = Shape {
    name: "fail",
    keys: &[
        needed("name", ValueShape::Name(NameKind::Failure), "The name of the EXCEPTION."),
        key("message", ValueShape::Text, "Its message."),
        key("content", ValueShape::Value, "Its content."),
    ],
};

/// A further branch of an `if`.
pub static ELSE_IF: Shape = Shape {
    name: "else-if",
    keys: &[
        needed("if", ValueShape::Condition, "The condition of this branch."),
        key("then", BODY, "Its steps."),
    ],
};

const ARGUMENTS: ValueShape = ValueShape::Either(&[
    ValueShape::List(&ValueShape::Value),
    ValueShape::Names(NameKind::Input, false, &ValueShape::Value),
    ValueShape::Value,
]);
const CHILD_VARIABLES: ValueShape =
    ValueShape::Names(NameKind::Variable, false, &ValueShape::Value);

/// When waiting for threads is over.
pub const STRATEGIES: &[(&str, &str)] = &[
    ("all", "Until all of them have ended."),
    ("any", "Until any of them has completed."),
    ("first", "Until the first of them has ended."),
];

/// What steps can do.
pub static STATEMENTS: [Statement; StepWord::ALL.len()] = [
    Statement {
        key: key(
            StepWord::Task.name(),
            ValueShape::Either(&[ValueShape::Name(NameKind::Task), ValueShape::Value]),
            "Runs a task: a worker executes it and returns an output.",
        ),
        options: &[TASK_ARGUMENTS, TASK_TIMEOUT, TASK_RETRIES, TASK_BACKOFF],
        form: Form::Node,
        rules: &["R-STEP", "R-NODE-HALT"],
    },
    Statement {
        key: key(
            StepWord::WaitForEvent.name(),
            ValueShape::Name(NameKind::Event),
            "Waits until the event is posted.",
        ),
        options: &[
            key("timeout", ValueShape::Value, "Seconds after which it fails with TIMEOUT."),
            key(
                "correlation-key",
                ValueShape::Value,
                "Only an event that is posted with this key.",
            ),
            key("mask-correlation-key", ValueShape::Flag, "Whether the key is hidden from view."),
        ],
        form: Form::Node,
        rules: &["R-STEP"],
    },
    Statement {
        key: key(
            StepWord::StartThread.name(),
            ValueShape::Name(NameKind::Thread),
            "Starts a child thread; its output is the child's number.",
        ),
        options: &[
            key("with", CHILD_VARIABLES, "The child's variables at the start."),
            key(
                "as",
                ValueShape::Name(NameKind::Variable),
                "The variable that keeps the child's number.",
            ),
        ],
        form: Form::Node,
        rules: &["R-TREE", "R-SCOPE"],
    },
    Statement {
        key: key(
            StepWord::StartThreads.name(),
            ValueShape::Name(NameKind::Thread),
            "Starts one child thread for each element of a list.",
        ),
        options: &[
            needed("for-each", ValueShape::Value, "The list; each child's INPUT is one element."),
            key("with", CHILD_VARIABLES, "The children's variables at the start."),
            key(
                "as",
                ValueShape::Name(NameKind::Variable),
                "The variable that keeps the children's numbers.",
            ),
        ],
        form: Form::Node,
        rules: &["R-TREE", "R-SCOPE"],
    },
    Statement {
        key: key(
            StepWord::WaitForThreads.name(),
            ValueShape::Either(&[
                ValueShape::List(&ValueShape::Name(NameKind::Thread)),
                ValueShape::Name(NameKind::Thread),
            ]),
            "Waits for started threads: their names, or the variables with their numbers.",
        ),
        options: &[
            key("strategy", ValueShape::Word(STRATEGIES), "When waiting is over."),
            key("on-child-failure", FAILURES, "Which thread handles the failure of one of them."),
        ],
        form: Form::Node,
        rules: &["R-WAIT", "R-CHILD-FAILS"],
    },
    Statement {
        key: key(StepWord::Sleep.name(), ValueShape::Value, "Waits for so many seconds."),
        options: &[],
        form: Form::Node,
        rules: &["R-STEP", "R-NODE-HALT"],
    },
    Statement {
        key: key(StepWord::SleepUntil.name(), ValueShape::Value, "Waits until a TIMESTAMP."),
        options: &[],
        form: Form::Node,
        rules: &["R-STEP", "R-NODE-HALT"],
    },
    Statement {
        key: key(StepWord::SleepUntilDate.name(), ValueShape::Value, "Waits until an ISO date."),
        options: &[],
        form: Form::Node,
        rules: &["R-STEP", "R-NODE-HALT"],
    },
    Statement {
        key: key(
            StepWord::UserTask.name(),
            ValueShape::Name(NameKind::UserTask),
            "Waits until a person has filled in a form.",
        ),
        options: &[
            key("group", ValueShape::Value, "The group that may fill it in."),
            key("user", ValueShape::Value, "The person who shall fill it in."),
            key(
                "actions",
                ValueShape::List(&ValueShape::Either(&[
                    ValueShape::Map(&ACTION),
                    ValueShape::Literal,
                ])),
                "What is done with the form while it waits: it is cancelled or reassigned, or a task reminds of it.",
            ),
            key("version", ValueShape::Int, "The version of the form."),
            key("notes", ValueShape::Value, "Notes for the person."),
            key(
                "on-cancel",
                ValueShape::Value,
                "The name of the EXCEPTION that is thrown when it is cancelled.",
            ),
        ],
        form: Form::Node,
        rules: &["R-STEP"],
    },
    Statement {
        key: key(
            StepWord::ThrowEvent.name(),
            ValueShape::Name(NameKind::WorkflowEvent),
            "Throws a workflow event to the outside.",
        ),
        options: &[key("content", ValueShape::Value, "The content of the event.")],
        form: Form::Node,
        rules: &["R-STEP"],
    },
    Statement {
        key: key(
            StepWord::WaitForCondition.name(),
            ValueShape::Condition,
            "Waits until a condition holds; it is tried again when variables change.",
        ),
        options: &[],
        form: Form::Node,
        rules: &["R-STEP"],
    },
    Statement {
        key: key(
            StepWord::RunChildWf.name(),
            ValueShape::Either(&[ValueShape::Name(NameKind::Workflow), ValueShape::Value]),
            "Starts a WfRun of another WfSpec as a child; its output is the child's WF_RUN_ID.",
        ),
        options: &[
            key("with", CHILD_VARIABLES, "The variables of the child's entrypoint at the start."),
            key(
                "major-version",
                ValueShape::Int,
                "The WfSpec's major version; without it the latest.",
            ),
            key("id", ValueShape::Value, "The id of the WfRun (LittleHorse 1.3)."),
        ],
        form: Form::Node,
        rules: &["R-CHILD-WF"],
    },
    Statement {
        key: key(
            StepWord::WaitForChildWf.name(),
            ValueShape::Name(NameKind::Label),
            "Waits until the child WfRun is over that the step with this label or name started; its output is what that returns.",
        ),
        options: &[key(
            "id",
            ValueShape::Value,
            "The id of the WfRun, if it is not the one that the step started last.",
        )],
        form: Form::Node,
        rules: &["R-CHILD-WF", "R-NODE-HALT"],
    },
    Statement {
        key: key(
            StepWord::Fail.name(),
            ValueShape::Either(&[ValueShape::Name(NameKind::Failure), ValueShape::Map(&FAILURE)]),
            "Ends the thread with an EXCEPTION.",
        ),
        options: &[
            key("message", ValueShape::Text, "The message of the EXCEPTION."),
            key(
                "content",
                ValueShape::Value,
                "The content of the EXCEPTION; a handler gets it as INPUT.",
            ),
        ],
        form: Form::End,
        rules: &["R-FAIL", "R-CATCH"],
    },
    Statement {
        key: key(
            StepWord::Return.name(),
            ValueShape::Either(&[ValueShape::Nothing, ValueShape::Value]),
            "Ends the thread, perhaps with a value.",
        ),
        options: &[],
        form: Form::End,
        rules: &["R-TERMINAL"],
    },
    Statement {
        key: key(StepWord::Exit.name(), ValueShape::Nothing, "Ends the thread."),
        options: &[],
        form: Form::End,
        rules: &["R-TERMINAL"],
    },
    Statement {
        key: key(StepWord::Nop.name(), ValueShape::Nothing, "Does nothing."),
        options: &[],
        form: Form::Node,
        rules: &["R-STEP"],
    },
    Statement {
        key: key(StepWord::If.name(), ValueShape::Condition, "Goes one of several ways."),
        options: &[
            needed("then", BODY, "The steps if the condition holds."),
            key(
                "else-if",
                ValueShape::List(&ValueShape::Map(&ELSE_IF)),
                "Further conditions, tried in order.",
            ),
            key("else", BODY, "The steps if no condition holds."),
        ],
        form: Form::Structure,
        rules: &["R-EDGE"],
    },
    Statement {
        key: key(
            StepWord::While.name(),
            ValueShape::Condition,
            "Repeats its steps as long as the condition holds.",
        ),
        options: &[needed("do", BODY, "The steps to repeat.")],
        form: Form::Structure,
        rules: &["R-EDGE"],
    },
    Statement {
        key: key(StepWord::Set.name(), MUTATIONS, "Changes variables on the way to the next step."),
        options: &[],
        form: Form::Structure,
        rules: &["R-MUTATE", "R-SCOPE"],
    },
];

const PLACE: [Key; 2] = [
    key("thread", ValueShape::Int, "The number of the ThreadRun; left out it is 0."),
    key("position", ValueShape::Int, "The position of the NodeRun; left out it is 0."),
];

/// What a script can do. The long forms of the recorded traces are not listed.
pub static COMMANDS: [Statement; CommandWord::ALL.len()] = [
    Statement {
        key: key(
            CommandWord::Run.name(),
            ValueShape::Either(&[
                ValueShape::Names(NameKind::Variable, false, &ValueShape::Literal),
                ValueShape::Nothing,
            ]),
            "Starts the WfRun, with these variables.",
        ),
        options: &[],
        form: Form::Structure,
        rules: &[],
    },
    Statement {
        key: key(CommandWord::Post.name(), ValueShape::Name(NameKind::Event), "Posts an event."),
        options: &[
            key("content", ValueShape::Literal, "Its payload."),
            key("id", ValueShape::Text, "Its id."),
            PLACE[0],
            PLACE[1],
        ],
        form: Form::Structure,
        rules: &["R-TRIGGER"],
    },
    Statement {
        key: key(
            CommandWord::Claim.name(),
            ValueShape::Either(&[ValueShape::Name(NameKind::Task), ValueShape::Nothing]),
            "A worker takes the task.",
        ),
        options: &PLACE,
        form: Form::Structure,
        rules: &[],
    },
    Statement {
        key: key(
            CommandWord::Report.name(),
            ValueShape::Either(&[ValueShape::Name(NameKind::Task), ValueShape::Nothing]),
            "A worker reports what came of the task.",
        ),
        options: &[
            PLACE[0],
            PLACE[1],
            key("output", ValueShape::Literal, "What the task returns."),
            key(
                "error",
                ValueShape::Either(&[ValueShape::Text, ValueShape::Map(&ERROR)]),
                "The message of the ERROR with which it failed.",
            ),
            key("type", ValueShape::Word(ERROR_TYPES), "The kind of the ERROR."),
            key("exception", ValueShape::Name(NameKind::Failure), "The EXCEPTION that it threw."),
            key("message", ValueShape::Text, "The message of the EXCEPTION."),
            key("content", ValueShape::Literal, "The content of the EXCEPTION."),
        ],
        form: Form::Structure,
        rules: &[],
    },
    Statement {
        key: key(
            CommandWord::ReportChildWf.name(),
            ValueShape::Either(&[ValueShape::Name(NameKind::Workflow), ValueShape::Nothing]),
            "The child WfRun that a run-child-wf started is over.",
        ),
        options: &[
            PLACE[0],
            PLACE[1],
            key("output", ValueShape::Literal, "What it returns."),
            key("error", ValueShape::Text, "The message of the ERROR with which it failed."),
            key("exception", ValueShape::Name(NameKind::Failure), "The EXCEPTION that it threw."),
            key("message", ValueShape::Text, "The message of the EXCEPTION."),
            key("content", ValueShape::Literal, "The content of the EXCEPTION."),
        ],
        form: Form::Structure,
        rules: &["R-CHILD-WF"],
    },
    Statement {
        key: key(
            CommandWord::InChildWf.name(),
            ValueShape::Either(&[ValueShape::Name(NameKind::Workflow), ValueShape::Nothing]),
            "A command to the child WfRun that a run-child-wf started, where its workflow is among the workflows.",
        ),
        options: &[PLACE[0], PLACE[1], needed("do", ValueShape::Command, "The command.")],
        form: Form::Structure,
        rules: &["R-CHILD-WF"],
    },
    Statement {
        key: key(CommandWord::Pass.name(), ValueShape::Number, "Lets so many seconds pass."),
        options: &[],
        form: Form::Structure,
        rules: &[],
    },
    Statement {
        key: key(
            CommandWord::Stop.name(),
            ValueShape::Either(&[ValueShape::Int, ValueShape::Nothing]),
            "Halts a ThreadRun by hand.",
        ),
        options: &[],
        form: Form::Structure,
        rules: &["R-MANUAL"],
    },
    Statement {
        key: key(
            CommandWord::Resume.name(),
            ValueShape::Either(&[ValueShape::Int, ValueShape::Nothing]),
            "Lets a ThreadRun that was halted by hand go on.",
        ),
        options: &[],
        form: Form::Structure,
        rules: &["R-MANUAL"],
    },
    Statement {
        key: key(
            CommandWord::Rescue.name(),
            ValueShape::Either(&[ValueShape::Int, ValueShape::Nothing]),
            "Lets a failed ThreadRun go on.",
        ),
        options: &[key("skip", ValueShape::Flag, "Whether it goes on behind the failed node.")],
        form: Form::Structure,
        rules: &["R-RESCUE"],
    },
    Statement {
        key: key(
            CommandWord::CompleteUserTask.name(),
            ValueShape::Either(&[ValueShape::Name(NameKind::UserTask), ValueShape::Nothing]),
            "A person has filled in the form.",
        ),
        options: &[
            PLACE[0],
            PLACE[1],
            key(
                "results",
                ValueShape::Names(NameKind::Field, false, &ValueShape::Literal),
                "What the person wrote.",
            ),
        ],
        form: Form::Structure,
        rules: &[],
    },
    Statement {
        key: key(
            CommandWord::CancelUserTask.name(),
            ValueShape::Either(&[ValueShape::Name(NameKind::UserTask), ValueShape::Nothing]),
            "A user task is cancelled.",
        ),
        options: &PLACE,
        form: Form::Structure,
        rules: &[],
    },
];

/// The kinds of ERRORs that a worker can report.
pub const ERROR_TYPES: &[(&str, &str)] = &[
    ("TASK_FAILURE", "The task itself failed."),
    ("VAR_SUB_ERROR", "Its arguments could not be computed."),
    ("TIMEOUT", "It took too long."),
];

/// The commands of the recorded traces, which scripts can use as well.
pub const LONG_COMMANDS: [&str; 13] = [
    "runWf",
    "postEvent",
    "postCorrelatedEvent",
    "claimTask",
    "reportTask",
    "reportChildWf",
    "passTime",
    "stopWfRun",
    "resumeWfRun",
    "rescueThreadRun",
    "completeUserTask",
    "cancelUserTask",
    "inChildWf",
];

/// Words behind the type of a variable.
pub const TYPE_WORDS: [(&str, &str); 6] = [
    ("masked", "Values are hidden from view."),
    ("required", "It must be given at the start."),
    ("searchable", "WfRuns can be searched for by it."),
    ("public", ACCESS_WORDS[0].1),
    ("private", ACCESS_WORDS[1].1),
    ("inherited", ACCESS_WORDS[2].1),
];

/// Words behind the type of a field of a struct.
pub const STRUCT_WORDS: [(&str, &str); 2] =
    [("masked", TYPE_WORDS[0].1), ("nullable", "It may have no value.")];

/// Types that are composed of others: how they begin, an example, and what they mean.
pub const COMPOSED_TYPES: [(&str, &str, &str); 3] = [
    ("Array", "Array<STR>", "A list whose elements have one type."),
    ("Map", "Map<STR, INT>", "Keys and values of one type each."),
    ("Struct", "Struct<name>", "The fields of a StructDef."),
];

/// Words before the right side of a `set`.
pub const OPERATION_WORDS: [(&str, &str); 11] = [
    ("add", "Adds a number, joins a text, or appends to a list."),
    ("extend", "Appends a list, a text or bytes."),
    ("subtract", "Takes a number away."),
    ("multiply", "Multiplies by a number."),
    ("divide", "Divides by a number."),
    ("remove", "Removes this element or key, if it is there."),
    ("remove-index", "Removes the element with this index."),
    ("remove-key", "Removes this key."),
    ("and", "True if both are."),
    ("or", "True if one of them is."),
    ("pow", "Raises to a power."),
];

/// Failures that `on-failure` takes beside the names of EXCEPTIONs.
pub fn failures() -> impl Iterator<Item = (&'static str, &'static str)> {
    let groups = [
        ("any", "Every failure."),
        ("any-error", "Every technical ERROR."),
        ("any-exception", "Every EXCEPTION."),
    ];
    let errors = TECHNICAL_FAILURES.map(|name| (name, "A technical ERROR."));
    groups.into_iter().chain(errors)
}

/// What a type holds, in one sentence.
#[must_use]
pub fn type_doc(var_type: VarType) -> &'static str {
    match var_type {
        VarType::JsonObj => "A map: keys and values of JSON.",
        VarType::JsonArr => "A list of values of JSON.",
        VarType::Double => "A number with a fraction, of 64 bits.",
        VarType::Bool => "true or false.",
        VarType::Str => "A text.",
        VarType::Int => "A whole number of 64 bits.",
        VarType::Bytes => "Bytes; in the source as base64.",
        VarType::WfRunId => "The id of a WfRun.",
        VarType::Timestamp => "A point in time, such as 2026-01-31T12:00:00Z.",
    }
}
