//! The keys of the source: what may stand where, and what it means. The reader, completion, hover and the JSON Schema
//! all take them from here.

use crate::model::{TECHNICAL_FAILURES, VarType};
pub use crate::words::{CommandWord, StepWord};

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[allow(missing_docs, reason = "the names say it all")]
pub enum Kind {
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
    Property,
}

impl Kind {
    /// What it is called in a sentence.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Workflow => "workflow",
            Kind::Thread => "thread",
            Kind::Variable => "variable",
            Kind::Event => "event",
            Kind::Task => "task",
            Kind::UserTask => "user task",
            Kind::WorkflowEvent => "workflow event",
            Kind::Label => "label",
            Kind::Node => "node",
            Kind::Failure => "failure",
            Kind::Input => "input",
            Kind::Field => "field",
            Kind::Property => "property",
        }
    }
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// Any text.
    Text,
    /// The name of something that stands elsewhere.
    Name(Kind),
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
    Names(Kind, bool, &'static Holds),
    /// A list.
    List(&'static Holds),
    /// A step of a `do`.
    Step,
    /// A node of `nodes`.
    NodeStep,
    /// A command of the script.
    Command,
    /// The name of a failure as a key, or `any`, `any-error`, `any-exception`.
    Either(&'static [Holds]),
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
    /// Just a type.
    Bare,
}

/// A key of a map.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What stands behind it.
    pub holds: Holds,
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

const fn key(name: &'static str, holds: Holds, doc: &'static str) -> Key {
    Key { name, holds, doc, required: false }
}

const fn needed(name: &'static str, holds: Holds, doc: &'static str) -> Key {
    Key { required: true, ..key(name, holds, doc) }
}

/// A whole document.
pub static DOCUMENT: Shape = Shape {
    name: "document",
    keys: &[
        needed("workflow", Holds::Text, "The name of the WfSpec: letters, digits and dashes."),
        key(
            "entrypoint",
            Holds::Name(Kind::Thread),
            "The thread that starts; without it the first.",
        ),
        key("retention", Holds::Int, "Seconds after which an ended WfRun is deleted."),
        key(
            "parent",
            Holds::Either(&[Holds::Text, Holds::Map(&PARENT)]),
            "The parent WfSpec, if this one only runs as a child.",
        ),
        key(
            "allowed-updates",
            Holds::Word(UPDATES),
            "Which later versions of the WfSpec may be put.",
        ),
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
            Holds::Names(Kind::Task, false, &SIMULATED),
            "What simulated tasks return, attempt after attempt; the last one repeats.",
        ),
        needed(
            "threads",
            Holds::Names(Kind::Thread, true, &THREAD_OR_STEPS),
            "The ThreadSpecs: the first is the entrypoint.",
        ),
        key(
            "max-thread-runs",
            Holds::Int,
            "ThreadRuns that a WfRun may hold at a time; the node that would start more fails. Without it 65, as the server.",
        ),
        key("script", Holds::List(&Holds::Command), "Commands to play, in order."),
        key(
            "properties",
            Holds::Names(Kind::Property, true, &Holds::Text),
            "What is claimed of all runs: never, always, can, or one thing that leads to another.",
        ),
    ],
};

static THREAD_OR_STEPS: Holds = Holds::Either(&[Holds::Map(&THREAD), STEPS]);
static SIMULATED: Holds = Holds::Either(&[
    Holds::Map(&RESULT),
    Holds::List(&Holds::Either(&[Holds::Map(&RESULT), Holds::Literal])),
    Holds::Literal,
]);

const SECTION_EVENTS: Holds = Holds::Either(&[
    Holds::Names(
        Kind::Event,
        true,
        &Holds::Either(&[Holds::Type(TypeUse::Payload), Holds::Map(&EVENT), Holds::Nothing]),
    ),
    Holds::List(&Holds::Name(Kind::Event)),
]);
const SECTION_TASKS: Holds = Holds::Either(&[
    Holds::Names(
        Kind::Task,
        true,
        &Holds::Either(&[Holds::Type(TypeUse::Payload), Holds::Map(&TASK), Holds::Nothing]),
    ),
    Holds::List(&Holds::Name(Kind::Task)),
]);
const SECTION_USER_TASKS: Holds = Holds::Either(&[
    Holds::Names(
        Kind::UserTask,
        true,
        &Holds::Either(&[
            Holds::Names(
                Kind::Field,
                true,
                &Holds::Either(&[Holds::Type(TypeUse::Field), Holds::Map(&FIELD)]),
            ),
            Holds::Nothing,
        ]),
    ),
    Holds::List(&Holds::Name(Kind::UserTask)),
]);
const SECTION_WORKFLOW_EVENTS: Holds = Holds::Either(&[
    Holds::Names(
        Kind::WorkflowEvent,
        true,
        &Holds::Either(&[Holds::Type(TypeUse::Payload), Holds::Nothing]),
    ),
    Holds::List(&Holds::Name(Kind::WorkflowEvent)),
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
        needed("workflow", Holds::Text, "The name of the parent WfSpec."),
        key("major-version", Holds::Int, "Its major version."),
    ],
};

/// An event at length.
pub static EVENT: Shape = Shape {
    name: "event",
    keys: &[
        key(
            "payload",
            Holds::Type(TypeUse::Payload),
            "The type of the payload; without it anything goes.",
        ),
        key("retention", Holds::Int, "Seconds after which an event is deleted."),
        key(
            "correlated",
            Holds::Either(&[Holds::Flag, Holds::Map(&CORRELATED)]),
            "Events may be posted with a correlation key.",
        ),
    ],
};

/// How correlated events are kept.
pub static CORRELATED: Shape = Shape {
    name: "correlated",
    keys: &[
        key("ttl", Holds::Int, "Seconds for which a correlated event is kept."),
        key("delete-after-first", Holds::Flag, "Whether it is deleted once it was correlated."),
    ],
};

/// A task at length.
pub static TASK: Shape = Shape {
    name: "task definition",
    keys: &[
        key("inputs", INPUTS, "Names and types of its arguments, in order."),
        key(
            "returns",
            Holds::Type(TypeUse::Payload),
            "The type of what it returns; NOTHING if it returns nothing.",
        ),
    ],
};

/// A field of a form at length.
pub static FIELD: Shape = Shape {
    name: "field",
    keys: &[
        key("type", Holds::Type(TypeUse::Field), "The type of the field."),
        key("required", Holds::Flag, "Whether it must be filled in."),
        key("label", Holds::Text, "What is shown to the person."),
        key("description", Holds::Text, "What it means."),
    ],
};

/// What a simulated task does.
pub static RESULT: Shape = Shape {
    name: "simulate",
    keys: &[
        key("exception", Holds::Name(Kind::Failure), "It throws this EXCEPTION."),
        key("message", Holds::Text, "The message of the EXCEPTION."),
        key("content", Holds::Literal, "The content of the EXCEPTION."),
        key("error", Holds::Text, "It fails with a technical ERROR and this message."),
        key("output", Holds::Literal, "What it returns."),
    ],
};

/// An ERROR that a worker reports.
pub static ERROR: Shape = Shape {
    name: "error",
    keys: &[
        key("type", Holds::Word(ERROR_TYPES), "The kind of the ERROR."),
        key("message", Holds::Text, "Its message."),
    ],
};

const VARIABLES: Holds = Holds::Names(
    Kind::Variable,
    true,
    &Holds::Either(&[Holds::Type(TypeUse::Variable), Holds::Map(&VARIABLE)]),
);

const INPUTS: Holds = Holds::Names(
    Kind::Input,
    true,
    &Holds::Either(&[Holds::Type(TypeUse::Variable), Holds::Map(&VARIABLE)]),
);

/// A variable at length.
pub static VARIABLE: Shape = Shape {
    name: "variable",
    keys: &[
        needed("type", Holds::Type(TypeUse::Variable), "The type of the variable."),
        key("masked", Holds::Flag, "Whether its values are hidden from view."),
        key("required", Holds::Flag, "Whether it must be given when the thread starts."),
        key("searchable", Holds::Flag, "Whether WfRuns can be searched for by it."),
        key("access", Holds::Word(ACCESS_WORDS), "Who may use it."),
        key("default", Holds::Literal, "Its value at the start, unless one is given."),
        key(
            "json-indexes",
            Holds::Names(Kind::Field, true, &Holds::Type(TypeUse::Bare)),
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
        key("retention", Holds::Int, "Seconds after which an ended ThreadRun is deleted."),
        key(
            "nodes",
            Holds::Names(Kind::Node, true, &Holds::NodeStep),
            "Any graph: nodes by name, with `next`.",
        ),
        key("do", STEPS, "Its steps, one after the other."),
    ],
};

const INTERRUPT_MAP: Holds = Holds::Names(Kind::Event, false, &Holds::Name(Kind::Thread));
const INTERRUPTS: Holds = Holds::Either(&[INTERRUPT_MAP, Holds::List(&INTERRUPT_MAP)]);

const STEPS: Holds = Holds::List(&Holds::Step);
const BODY: Holds = Holds::Either(&[STEPS, Holds::Step]);

const FAILURES: Holds = Holds::Either(&[
    Holds::Name(Kind::Thread),
    Holds::Names(Kind::Failure, false, &Holds::Name(Kind::Thread)),
    Holds::List(&Holds::Map(&FAILURE_HANDLER)),
]);

/// One failure handler at length.
pub static FAILURE_HANDLER: Shape = Shape {
    name: "on-failure",
    keys: &[
        needed("run", Holds::Name(Kind::Thread), "The thread that handles the failure."),
        key(
            "error",
            Holds::Name(Kind::Failure),
            "The technical ERROR; nothing or any for all of them.",
        ),
        key(
            "exception",
            Holds::Name(Kind::Failure),
            "The name of the EXCEPTION; nothing or any for all of them.",
        ),
        key("any", Holds::Nothing, "Every failure."),
    ],
};

const MUTATIONS_MAP: Holds = Holds::Names(Kind::Variable, false, &Holds::Mutation);
const MUTATIONS: Holds = Holds::Either(&[MUTATIONS_MAP, Holds::List(&MUTATIONS_MAP)]);
const INTO: Holds =
    Holds::Either(&[Holds::Name(Kind::Variable), MUTATIONS_MAP, Holds::List(&MUTATIONS_MAP)]);

const ON_FAILURE: Key =
    key("on-failure", FAILURES, "Which thread handles which failure, tried in order (R-CATCH).");
const LABEL: Key = key("label", Holds::Name(Kind::Label), "A name for $output(…).");
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

const NEXT: Holds = Holds::Either(&[
    Holds::Name(Kind::Node),
    Holds::Map(&EDGE),
    Holds::List(&Holds::Either(&[Holds::Name(Kind::Node), Holds::Map(&EDGE)])),
]);

/// An edge at length.
pub static EDGE: Shape = Shape {
    name: "next",
    keys: &[
        needed("to", Holds::Name(Kind::Node), "The node that it leads to."),
        key("if", Holds::Condition, "It is taken only if this holds."),
        key("set", MUTATIONS, "What changes when it is taken."),
    ],
};

/// The first node of `nodes`.
pub static ENTRYPOINT: Shape = Shape {
    name: "entrypoint",
    keys: &[
        needed("entrypoint", Holds::Nothing, "The first node of the thread."),
        key("next", NEXT, "The next node, or a list of edges that are tried in order (R-EDGE)."),
    ],
};

/// How long to wait between tries.
pub static BACKOFF: Shape = Shape {
    name: "backoff",
    keys: &[
        key("base-ms", Holds::Int, "The first wait, in milliseconds."),
        key("max-ms", Holds::Int, "The longest wait, in milliseconds."),
        key(
            "multiplier",
            Holds::Number,
            "How much longer each wait is than the one before; at least 1.",
        ),
    ],
};

/// A failure at length.
pub static FAILURE: Shape = Shape {
    name: "fail",
    keys: &[
        needed("name", Holds::Name(Kind::Failure), "The name of the EXCEPTION."),
        key("message", Holds::Text, "Its message."),
        key("content", Holds::Value, "Its content."),
    ],
};

/// A further branch of an `if`.
pub static ELSE_IF: Shape = Shape {
    name: "else-if",
    keys: &[
        needed("if", Holds::Condition, "The condition of this branch."),
        key("then", BODY, "Its steps."),
    ],
};

const ARGUMENTS: Holds = Holds::Either(&[
    Holds::List(&Holds::Value),
    Holds::Names(Kind::Input, false, &Holds::Value),
    Holds::Value,
]);
const CHILD_VARIABLES: Holds = Holds::Names(Kind::Variable, false, &Holds::Value);

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
            Holds::Either(&[Holds::Name(Kind::Task), Holds::Value]),
            "Runs a task: a worker executes it and returns an output.",
        ),
        options: &[
            key("with", ARGUMENTS, "Its arguments: a list, or a map by the names of its inputs."),
            key("timeout", Holds::Int, "Seconds after which a running attempt fails with TIMEOUT."),
            key("retries", Holds::Int, "How often it is tried again after an ERROR."),
            key("backoff", Holds::Map(&BACKOFF), "How long to wait between tries."),
        ],
        form: Form::Node,
        rules: &["R-STEP", "R-NODE-HALT"],
    },
    Statement {
        key: key(
            StepWord::WaitForEvent.name(),
            Holds::Name(Kind::Event),
            "Waits until the event is posted.",
        ),
        options: &[
            key("timeout", Holds::Value, "Seconds after which it fails with TIMEOUT."),
            key("correlation-key", Holds::Value, "Only an event that is posted with this key."),
            key("mask-correlation-key", Holds::Flag, "Whether the key is hidden from view."),
        ],
        form: Form::Node,
        rules: &["R-STEP"],
    },
    Statement {
        key: key(
            StepWord::StartThread.name(),
            Holds::Name(Kind::Thread),
            "Starts a child thread; its output is the child's number.",
        ),
        options: &[
            key("with", CHILD_VARIABLES, "The child's variables at the start."),
            key("as", Holds::Name(Kind::Variable), "The variable that keeps the child's number."),
        ],
        form: Form::Node,
        rules: &["R-TREE", "R-SCOPE"],
    },
    Statement {
        key: key(
            StepWord::StartThreads.name(),
            Holds::Name(Kind::Thread),
            "Starts one child thread for each element of a list.",
        ),
        options: &[
            needed("for-each", Holds::Value, "The list; each child's INPUT is one element."),
            key("with", CHILD_VARIABLES, "The children's variables at the start."),
            key(
                "as",
                Holds::Name(Kind::Variable),
                "The variable that keeps the children's numbers.",
            ),
        ],
        form: Form::Node,
        rules: &["R-TREE", "R-SCOPE"],
    },
    Statement {
        key: key(
            StepWord::WaitForThreads.name(),
            Holds::Either(&[Holds::List(&Holds::Name(Kind::Thread)), Holds::Name(Kind::Thread)]),
            "Waits for started threads: their names, or the variables with their numbers.",
        ),
        options: &[
            key("strategy", Holds::Word(STRATEGIES), "When waiting is over."),
            key("on-child-failure", FAILURES, "Which thread handles the failure of one of them."),
        ],
        form: Form::Node,
        rules: &["R-WAIT", "R-CHILD-FAILS"],
    },
    Statement {
        key: key(StepWord::Sleep.name(), Holds::Value, "Waits for so many seconds."),
        options: &[],
        form: Form::Node,
        rules: &["R-STEP", "R-NODE-HALT"],
    },
    Statement {
        key: key(StepWord::SleepUntil.name(), Holds::Value, "Waits until a TIMESTAMP."),
        options: &[],
        form: Form::Node,
        rules: &["R-STEP", "R-NODE-HALT"],
    },
    Statement {
        key: key(StepWord::SleepUntilDate.name(), Holds::Value, "Waits until an ISO date."),
        options: &[],
        form: Form::Node,
        rules: &["R-STEP", "R-NODE-HALT"],
    },
    Statement {
        key: key(
            StepWord::UserTask.name(),
            Holds::Name(Kind::UserTask),
            "Waits until a person has filled in a form.",
        ),
        options: &[
            key("group", Holds::Value, "The group that may fill it in."),
            key("user", Holds::Value, "The person who shall fill it in."),
            key(
                "actions",
                Holds::List(&Holds::Literal),
                "Reminders, reassignments and cancellations as LittleHorse's JSON; kept, not executed.",
            ),
            key("version", Holds::Int, "The version of the form."),
            key("notes", Holds::Value, "Notes for the person."),
            key(
                "on-cancel",
                Holds::Value,
                "The name of the EXCEPTION that is thrown when it is cancelled.",
            ),
        ],
        form: Form::Node,
        rules: &["R-STEP"],
    },
    Statement {
        key: key(
            StepWord::ThrowEvent.name(),
            Holds::Name(Kind::WorkflowEvent),
            "Throws a workflow event to the outside.",
        ),
        options: &[key("content", Holds::Value, "The content of the event.")],
        form: Form::Node,
        rules: &["R-STEP"],
    },
    Statement {
        key: key(
            StepWord::WaitForCondition.name(),
            Holds::Condition,
            "Waits until a condition holds; it is tried again when variables change.",
        ),
        options: &[],
        form: Form::Node,
        rules: &["R-STEP"],
    },
    Statement {
        key: key(
            StepWord::Fail.name(),
            Holds::Either(&[Holds::Name(Kind::Failure), Holds::Map(&FAILURE)]),
            "Ends the thread with an EXCEPTION.",
        ),
        options: &[
            key("message", Holds::Text, "The message of the EXCEPTION."),
            key(
                "content",
                Holds::Value,
                "The content of the EXCEPTION; a handler gets it as INPUT.",
            ),
        ],
        form: Form::End,
        rules: &["R-FAIL", "R-CATCH"],
    },
    Statement {
        key: key(
            StepWord::Return.name(),
            Holds::Either(&[Holds::Nothing, Holds::Value]),
            "Ends the thread, perhaps with a value.",
        ),
        options: &[],
        form: Form::End,
        rules: &["R-TERMINAL"],
    },
    Statement {
        key: key(StepWord::Exit.name(), Holds::Nothing, "Ends the thread."),
        options: &[],
        form: Form::End,
        rules: &["R-TERMINAL"],
    },
    Statement {
        key: key(StepWord::Nop.name(), Holds::Nothing, "Does nothing."),
        options: &[],
        form: Form::Node,
        rules: &["R-STEP"],
    },
    Statement {
        key: key(StepWord::If.name(), Holds::Condition, "Goes one of several ways."),
        options: &[
            needed("then", BODY, "The steps if the condition holds."),
            key(
                "else-if",
                Holds::List(&Holds::Map(&ELSE_IF)),
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
            Holds::Condition,
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
    key("thread", Holds::Int, "The number of the ThreadRun; left out it is 0."),
    key("position", Holds::Int, "The position of the NodeRun; left out it is 0."),
];

/// What a script can do. The long forms of the recorded traces are not listed.
pub static COMMANDS: [Statement; CommandWord::ALL.len()] = [
    Statement {
        key: key(
            CommandWord::Run.name(),
            Holds::Either(&[Holds::Names(Kind::Variable, false, &Holds::Literal), Holds::Nothing]),
            "Starts the WfRun, with these variables.",
        ),
        options: &[],
        form: Form::Structure,
        rules: &[],
    },
    Statement {
        key: key(CommandWord::Post.name(), Holds::Name(Kind::Event), "Posts an event."),
        options: &[
            key("content", Holds::Literal, "Its payload."),
            key("id", Holds::Text, "Its id."),
            PLACE[0],
            PLACE[1],
        ],
        form: Form::Structure,
        rules: &["R-TRIGGER"],
    },
    Statement {
        key: key(
            CommandWord::Claim.name(),
            Holds::Either(&[Holds::Name(Kind::Task), Holds::Nothing]),
            "A worker takes the task.",
        ),
        options: &PLACE,
        form: Form::Structure,
        rules: &[],
    },
    Statement {
        key: key(
            CommandWord::Report.name(),
            Holds::Either(&[Holds::Name(Kind::Task), Holds::Nothing]),
            "A worker reports what came of the task.",
        ),
        options: &[
            PLACE[0],
            PLACE[1],
            key("output", Holds::Literal, "What the task returns."),
            key(
                "error",
                Holds::Either(&[Holds::Text, Holds::Map(&ERROR)]),
                "The message of the ERROR with which it failed.",
            ),
            key("type", Holds::Word(ERROR_TYPES), "The kind of the ERROR."),
            key("exception", Holds::Name(Kind::Failure), "The EXCEPTION that it threw."),
            key("message", Holds::Text, "The message of the EXCEPTION."),
            key("content", Holds::Literal, "The content of the EXCEPTION."),
        ],
        form: Form::Structure,
        rules: &[],
    },
    Statement {
        key: key(CommandWord::Pass.name(), Holds::Number, "Lets so many seconds pass."),
        options: &[],
        form: Form::Structure,
        rules: &[],
    },
    Statement {
        key: key(
            CommandWord::Stop.name(),
            Holds::Either(&[Holds::Int, Holds::Nothing]),
            "Halts a ThreadRun by hand.",
        ),
        options: &[],
        form: Form::Structure,
        rules: &["R-MANUAL"],
    },
    Statement {
        key: key(
            CommandWord::Resume.name(),
            Holds::Either(&[Holds::Int, Holds::Nothing]),
            "Lets a ThreadRun that was halted by hand go on.",
        ),
        options: &[],
        form: Form::Structure,
        rules: &["R-MANUAL"],
    },
    Statement {
        key: key(
            CommandWord::Rescue.name(),
            Holds::Either(&[Holds::Int, Holds::Nothing]),
            "Lets a failed ThreadRun go on.",
        ),
        options: &[key("skip", Holds::Flag, "Whether it goes on behind the failed node.")],
        form: Form::Structure,
        rules: &["R-RESCUE"],
    },
    Statement {
        key: key(
            CommandWord::CompleteUserTask.name(),
            Holds::Either(&[Holds::Name(Kind::UserTask), Holds::Nothing]),
            "A person has filled in the form.",
        ),
        options: &[
            PLACE[0],
            PLACE[1],
            key(
                "results",
                Holds::Names(Kind::Field, false, &Holds::Literal),
                "What the person wrote.",
            ),
        ],
        form: Form::Structure,
        rules: &[],
    },
    Statement {
        key: key(
            CommandWord::CancelUserTask.name(),
            Holds::Either(&[Holds::Name(Kind::UserTask), Holds::Nothing]),
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
pub const LONG_COMMANDS: [&str; 11] = [
    "runWf",
    "postEvent",
    "postCorrelatedEvent",
    "claimTask",
    "reportTask",
    "passTime",
    "stopWfRun",
    "resumeWfRun",
    "rescueThreadRun",
    "completeUserTask",
    "cancelUserTask",
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
