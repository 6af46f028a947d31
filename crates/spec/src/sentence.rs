//! What is wrong with a source, in plain sentences: the one place where they are made.

use std::fmt;

use crate::about::{About, Missing, Named, Retries, Typed, Undeclared, Unknown, UnknownWhat};
use crate::types::Type;

/// One plain sentence.
impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            About::Said(said) => f.write_str(said),
            About::Unknown(unknown) => unknown.fmt(f),
            About::Missing(missing) => missing.fmt(f),
            About::Undeclared(what, name) => undeclared(f, *what, name),
            About::Name(of, name) => bad_name(f, *of, name),
            About::ReservedName(name) => write!(f, "The failure name {name} is reserved."),

            About::BehindOperation { word, why } => write!(
                f,
                "{why} (\"{word}\" changes the variable; a text that begins so is put in quotes.)"
            ),
            About::NotStarted { thread } => {
                write!(f, "No step before this one starts a thread \"{thread}\".")
            }
            About::NoNumberKept { thread } => write!(
                f,
                "\"{thread}\" has no number to wait for: in a handler of interrupts, start-thread keeps it only with \"as\", in a variable of the parent."
            ),
            About::BehindEnd => {
                f.write_str("What stands here is never reached: the thread has ended before.")
            }

            About::InheritsNothing { variable } => write!(
                f,
                "Only a child workflow can inherit a variable, but {variable} is INHERITED_VAR."
            ),
            About::Shadows { variable, first, second } => write!(
                f,
                "Variable {variable} is declared in {first} and in {second}; its name must be unique in the workflow."
            ),
            About::OutOfScope { variable, thread } => write!(
                f,
                "Variable {variable} is declared by no parent of thread {thread}: it is out of scope here."
            ),
            About::NoSuchOutput { thread, node } => {
                write!(f, "Thread {thread} has no node {node}, whose output is read here.")
            }

            About::Entrypoints { thread, found } => {
                write!(f, "Thread {thread} has {found} ENTRYPOINT nodes; it needs exactly one.")
            }
            About::LeadsToItself { node } => write!(f, "Node {node} leads to itself."),
            About::LeadsNowhere { node } => {
                write!(f, "The edge leads to node {node}, which does not exist.")
            }
            About::LeadsToEntrypoint => f.write_str("No edge may lead to the ENTRYPOINT node."),

            About::RunsNoChildWf { step } => {
                write!(f, "The step {step} starts no child workflow: name a run-child-wf.")
            }
            About::StartsItself { thread } => write!(f, "Thread {thread} starts itself."),
            About::NoSuchInput { thread, variable } => {
                write!(f, "Thread {thread} has no variable {variable}.")
            }
            About::NeedsInput { thread, variable } => {
                write!(f, "Thread {thread} needs variable {variable}.")
            }
            About::Arguments { task, needed, given } => {
                write!(f, "Task {task} needs {needed} arguments, not {given}.")
            }
            About::Retries(problem) => f.write_str(retries(*problem)),
            About::NoUser => f.write_str("A user task needs a user or a group."),
            About::BlankUser => f.write_str("The user or group of a user task can't be empty."),
            About::UnreadAction(why) => {
                write!(f, "This action can't be read, and is not played: {why}")
            }

            About::Null(what) => write!(f, "{what} must not be null."),
            About::OtherType { what, wanted, found } => {
                write!(f, "{what} must be {wanted}, not {found}.")
            }
            About::OtherInput { what, wanted, thread, found } => write!(
                f,
                "{what} must be {wanted}, but LittleHorse takes the type of INPUT from thread {thread} here: {found}. Give both the same type, or put INPUT into another variable first."
            ),
            About::OtherMask { what, masked: true } => {
                write!(f, "{what} must be masked, as what it is given is.")
            }
            About::OtherMask { what, masked: false } => {
                write!(f, "{what} must not be masked, as what it is given isn't.")
            }
            About::NoBool => f.write_str("The condition is not a BOOL."),
            About::ComputedCondition => f.write_str(
                "A server loses every command that comes to a condition which is computed and then cast: compare what is computed with something.",
            ),
            About::NoCast { from, to } => {
                write!(f, "{from} can't be cast to {to}.")
            }
            About::NoAssignment { found, variable, declared, castable } => {
                let hint = if *castable { " without a cast" } else { "" };
                write!(f, "{found} can't be assigned to {variable}, which is {declared}{hint}.")
            }
            About::OtherResult { result, variable, declared } => {
                write!(f, "The result is {result}, but {variable} is {declared}.")
            }
            About::NoOperation { operation, lhs, rhs: Type::Unknown } => {
                write!(f, "{} can't be applied to {lhs} and null.", operation.name())
            }
            About::NoOperation { operation, lhs, rhs } => {
                write!(f, "{} can't be applied to {lhs} and {rhs}.", operation.name())
            }
            About::NoComparison { lhs, comparator, rhs } => {
                write!(f, "{lhs} and {rhs} can't be compared with {}.", comparator.name())
            }
            About::NoSize(Type::Unknown) => f.write_str("null has no size."),
            About::NoSize(found) => write!(f, "{found} has no size."),
            About::JsonPathInto { of } => write!(
                f,
                "A JSON path leads into JSON only, and this one into {of}: the step will fail."
            ),
            About::NoPart { of, part } => write!(f, "{of} has no part {part}."),
            About::MapKey(found) => write!(f, "The keys of a Map can't be {found}."),
            About::FieldName { def, field } => write!(
                f,
                "The field {field} of StructDef {def} has no name that LittleHorse takes: letters and digits, a small letter first."
            ),
            About::JsonField { def, field, found } => write!(
                f,
                "The field {field} of StructDef {def} can't hold {found}: take Struct, Array or Map."
            ),
            About::StructNeedsItself { def } => write!(
                f,
                "StructDef {def} needs itself, or one that does: there is none that could be put first."
            ),
            About::NullDefault { def, field } => write!(
                f,
                "The field {field} of StructDef {def} has null as its default, but is not nullable."
            ),
            About::FieldDefault { def, field, wanted, found } => write!(
                f,
                "The default of field {field} of StructDef {def} must be {wanted}, not {found}."
            ),
            About::FieldsMissing { def, fields } => {
                write!(f, "Struct<{def}> also needs: {}.", fields.join(", "))
            }
            About::NoField { def, field } => write!(f, "Struct<{def}> has no field {field}."),
            About::NoStructField { field, wanted } => {
                write!(f, "The field {field} must be {wanted}, not a struct.")
            }
            About::FieldType { field, wanted, found } => {
                write!(f, "The field {field} must be {wanted}, not {found}.")
            }
            About::ReturnNotKnownYet => {
                f.write_str("The type of what is returned is not known before its definition is.")
            }
            About::ReturnNotKnown => {
                f.write_str("The type of what is returned is not known: cast it.")
            }
            About::ReturnsDiffer { thread } => {
                write!(f, "The EXIT nodes of {thread} return different types.")
            }

            About::InterruptTwice { thread, event } => {
                write!(f, "Thread {thread} registers event {event} twice; only the first counts.")
            }
            About::InterruptsTwo { event, first, second } => write!(
                f,
                "Event {event} is used as interrupt by {first} and by {second}; only one thread may."
            ),
            About::InterruptAwaited { event, node, thread } => write!(
                f,
                "Event {event} is used as interrupt, and node {node} of {thread} waits for it; it can't be both."
            ),
            About::HandlerVariable { handler, variable } => {
                write!(f, "Handler {handler} may declare no variable but INPUT, not {variable}.")
            }
            About::InputType { input, event, content } => {
                write!(f, "INPUT is {input}, but the content of event {event} is {content}.")
            }
            About::HandlesItself { thread } => write!(
                f,
                "Thread {thread} handles its own interrupt: each handler can be interrupted again, without end."
            ),

            About::NoSuchWfInput { workflow, variable } => {
                write!(f, "Workflow {workflow} has no variable {variable}.")
            }
            About::NeedsWfInput { workflow, variable } => {
                write!(f, "Workflow {workflow} needs variable {variable}.")
            }
            About::NeverRun { workflow } => write!(f, "Workflow {workflow} is never run."),
            About::OwnName { workflow } => write!(
                f,
                "Workflow {workflow} is the document's own: a child workflow needs another name."
            ),
            About::NotBelow { workflow, runs } => write!(
                f,
                "Workflow {runs} stands above {workflow}, so its WfRun is not played here: move it below."
            ),
            About::NeverStarted { thread } => write!(f, "Thread {thread} is never started."),
            About::Unreached { node } => write!(f, "Node {node} can't be reached."),
            About::NoWayOut { node } => {
                write!(f, "Node {node} leads nowhere and is no EXIT: the thread fails there.")
            }
        }
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unknown { what, written, meant, known } = self;
        let all = known.join(", ");
        match (what, meant) {
            (UnknownWhat::Key(of), Some(meant)) => {
                write!(f, "\"{written}\" is unknown in \"{of}\"; did you mean \"{meant}\"?")
            }
            (UnknownWhat::Key(of), None) => {
                write!(f, "\"{written}\" is unknown in \"{of}\"; there may be: {all}.")
            }
            (UnknownWhat::Input, _) => {
                write!(f, "The task has no input \"{written}\"; its inputs are: {all}.")
            }
            (UnknownWhat::Step, meant) => there_is_no(f, "step", written, meant.as_ref(), &all),
            (UnknownWhat::Command, meant) => {
                there_is_no(f, "command", written, meant.as_ref(), &all)
            }
            (UnknownWhat::Type, Some(meant)) => {
                write!(f, "There is no type \"{written}\"; did you mean {meant}?")
            }
            (UnknownWhat::Type, None) => there_is_no(f, "type", written, None, &all),
            (UnknownWhat::Word(key), meant) => {
                write!(f, "\"{key}\" is one of {all}, not \"{written}\"")?;
                match meant {
                    Some(meant) => write!(f, "; did you mean \"{meant}\"?"),
                    None => f.write_str("."),
                }
            }
            (UnknownWhat::SimulatedTask, meant) => {
                write!(f, "There is no task \"{written}\" to simulate.")?;
                meant.iter().try_for_each(|meant| write!(f, " Did you mean \"{meant}\"?"))
            }
            (UnknownWhat::Value, _) => write!(
                f,
                "\"{written}\" is neither a variable, ${written}, nor a text in quotation marks, \"{written}\"."
            ),
        }
    }
}

fn there_is_no(
    f: &mut fmt::Formatter<'_>,
    what: &str,
    written: &str,
    meant: Option<&String>,
    all: &str,
) -> fmt::Result {
    match meant {
        Some(meant) => write!(f, "There is no {what} \"{written}\"; did you mean \"{meant}\"?"),
        None => write!(f, "There is no {what} \"{written}\": there are {all}."),
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::WorkflowName => f.write_str(
                "A document begins with the workflow's name: \"workflow: my-workflow\".",
            ),
            Missing::Threads => f.write_str("A document has \"threads\"."),
            Missing::Key { key, of } => write!(f, "\"{key}\" is missing in \"{of}\"."),
            Missing::Input(name) => write!(f, "The task's input \"{name}\" is missing here."),
            Missing::Said(said) => f.write_str(said),
        }
    }
}

impl fmt::Display for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Typed::ThreadToWaitFor => f.write_str("The number of a thread to wait for"),
            Typed::ThreadsToWaitFor => f.write_str("The list of threads to wait for"),
            Typed::SleepSeconds => f.write_str("The time to sleep"),
            Typed::SleepDate => f.write_str("The date to sleep until"),
            Typed::Assignee => f.write_str("The user or group of a user task"),
            Typed::SleepTime => f.write_str("The time to sleep until"),
            Typed::ChildWfRunId => f.write_str("The id of a WfRun to wait for"),
            Typed::Variable(name) => write!(f, "Variable {name}"),
            Typed::Argument(name) => write!(f, "Argument {name}"),
        }
    }
}

fn undeclared(f: &mut fmt::Formatter<'_>, what: Undeclared, name: &str) -> fmt::Result {
    match what {
        Undeclared::Entrypoint => write!(f, "The entrypoint thread {name} is not defined."),
        Undeclared::Thread => write!(f, "Thread {name} is not defined."),
        Undeclared::Handler => write!(f, "The interrupt's handler {name} is not defined."),
        Undeclared::Variable => write!(f, "Variable {name} is not declared."),
        Undeclared::Event => write!(f, "Event {name} is not defined."),
        Undeclared::InterruptEvent => write!(f, "The interrupt's event {name} is not defined."),
        Undeclared::PostedEvent => write!(f, "There is no event \"{name}\" to post."),
        Undeclared::WorkflowEvent => write!(f, "Workflow event {name} is not defined."),
        Undeclared::StructDef => write!(f, "StructDef {name} is not defined."),
        Undeclared::Task => write!(f, "Task {name} is not defined."),
        Undeclared::UserTask => write!(f, "User task {name} is not defined."),
    }
}

fn bad_name(f: &mut fmt::Formatter<'_>, of: Named, name: &str) -> fmt::Result {
    let def = match of {
        Named::WfSpec => {
            return write!(
                f,
                "The name of a WfSpec must be a valid hostname: letters, digits and dashes, not {name:?}."
            );
        }
        Named::Failure => {
            return write!(f, "{name:?} is no name of a failure: letters, digits and dashes.");
        }
        Named::TaskDef => "TaskDef",
        Named::ExternalEventDef => "ExternalEventDef",
        Named::UserTaskDef => "UserTaskDef",
        Named::WorkflowEventDef => "WorkflowEventDef",
    };
    write!(f, "The name of {def} {name:?} must be a valid hostname: letters, digits and dashes.")
}

fn retries(problem: Retries) -> &'static str {
    match problem {
        Retries::Negative => "A task can't be tried again less than 0 times.",
        Retries::NoFirstWait => "The first wait between retries must be longer than 0 ms.",
        Retries::MultiplierTooLarge => "The multiplier of waits between retries is too large.",
        Retries::MultiplierTooSmall => {
            "Waits between retries can't become shorter: the multiplier is at least 1."
        }
        Retries::LongestTooShort => "The longest wait between retries is shorter than the first.",
    }
}
