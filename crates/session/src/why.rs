//! Why something is as it is: the chain of occurrences from the command that began it.

mod movers;

use halter_engine::Rule;
use halter_engine::occurrence::What;
use halter_engine::state::{HaltReason, Position, ThreadNumber};

use crate::cause::Cause;
use crate::sitting::{OccurrenceId, Sitting, Told};
use crate::view::waits;
use crate::wf_runs;
use crate::words::{self, Names, Teller};

/// What somebody may ask about, in the state that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The WfRun's status.
    WfRun,
    /// A ThreadRun's status.
    Thread(ThreadNumber),
    /// A halt reason of a ThreadRun.
    HaltReason(ThreadNumber, HaltReason),
    /// A NodeRun's status, or its failure.
    Node(ThreadNumber, Position),
    /// The value of a ThreadRun's variable: index in its ThreadSpec.
    Variable(ThreadNumber, u16),
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The question, such as `Why is ThreadRun 1 (ship) HALTED?`
    pub question: String,
    /// How it stands, in a sentence or two; empty if the chain says it all.
    pub state: String,
    /// What led to it: from what the command did first to what is asked about. Empty if nothing ever happened to it.
    pub chain: Vec<Link>,
    /// The command that began it, in words, and after how many steps its step is over.
    pub command: Option<(usize, String)>,
    /// What would move it; empty if nothing has to.
    pub moves: String,
    /// Who, outside of the run, must do what so that it is moved: a sentence each. One that waits for others is moved
    /// by what moves them.
    pub movers: Vec<String>,
}

/// An occurrence of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its number.
    pub id: OccurrenceId,
    /// After how many steps its step is over.
    pub step: usize,
    /// In words.
    pub sentence: String,
    /// The rule by which it happened.
    pub rule: Rule,
}

/// Answers a question; nothing, if there is no such thing in the state that is looked at.
pub fn ask(sitting: &Sitting, subject: &Subject) -> Option<Answer> {
    if let Some((child, subject)) = in_child(sitting, subject) {
        return ask_in_child(sitting, &child, &subject);
    }
    let names = Names::new(sitting.program(), sitting.shown());
    let (question, state) = question(sitting, &names, subject)?;
    let latest = latest(sitting, |what| is_about(what, subject));
    let (chain, command) = latest.map_or_else(Default::default, |id| chain(sitting, id));
    let state = match subject {
        Subject::Variable(..) if chain.is_empty() => {
            "It has the value with which its ThreadRun started.".to_owned()
        }
        _ => state,
    };
    let moves = match subject {
        Subject::Thread(number) | Subject::HaltReason(number, _) => moves(&names, *number),
        Subject::Node(number, position) => {
            let run = names.state.thread(*number)?;
            if run.position() == *position { moves(&names, *number) } else { String::new() }
        }
        Subject::WfRun | Subject::Variable(..) => String::new(),
    };
    let asked_about = match subject {
        Subject::Thread(number) | Subject::HaltReason(number, _) => Some(*number),
        _ => None,
    };
    Some(Answer {
        question,
        state,
        chain,
        command,
        movers: asked_about.map_or_else(Vec::new, |number| movers::of(&names, number)),
        moves,
    })
}

/// A sitting of the child WfRun that a question is about, and the question there.
fn in_child(sitting: &Sitting, subject: &Subject) -> Option<(Sitting, Subject)> {
    let child = |number| wf_runs::child_sitting(sitting, number);
    Some(match subject {
        Subject::WfRun => return None,
        Subject::Thread(number) => {
            let (child, own) = child(*number)?;
            (child, Subject::Thread(own))
        }
        Subject::HaltReason(number, reason) => {
            let (child, own) = child(*number)?;
            (child, Subject::HaltReason(own, reason.clone()))
        }
        Subject::Node(number, position) => {
            let (child, own) = child(*number)?;
            (child, Subject::Node(own, *position))
        }
        Subject::Variable(number, variable) => {
            let (child, own) = child(*number)?;
            (child, Subject::Variable(own, *variable))
        }
    })
}

/// Its steps are fewer than those of the sitting that it is part of: these are meant.
fn ask_in_child(sitting: &Sitting, child: &Sitting, subject: &Subject) -> Option<Answer> {
    let answer = ask(child, subject)?;
    let name = &child.program().name;
    let step = |id| sitting.occurrence(id).map(|(step, _)| step);
    let chain = answer.chain.into_iter();
    let chain = chain.map(|of| Link { step: step(of.id).unwrap_or(of.step), ..of });
    let chain: Vec<Link> = chain.collect();
    let command = answer.command.map(|(own, command)| {
        let first = chain.first();
        (first.map_or(own, |first| first.step), format!("In workflow {name}: {command}"))
    });
    Some(Answer {
        question: format!("In workflow {name}: {}", answer.question),
        chain,
        command,
        ..answer
    })
}

fn moves(names: &Names<'_>, number: ThreadNumber) -> String {
    let run = names.state.thread(number);
    run.map_or_else(String::new, |run| waits::waits(names, number, run))
}

/// The question in words, and how its subject stands.
fn question(sitting: &Sitting, names: &Names<'_>, subject: &Subject) -> Option<(String, String)> {
    let thread = |number: ThreadNumber| Some((names.state.thread(number)?, names.thread(number)));
    Some(match subject {
        Subject::WfRun => {
            let status = crate::view::run(sitting).status?;
            (format!("Why is the WfRun {}?", status.name()), String::new())
        }
        Subject::Thread(number) => {
            let (run, name) = thread(*number)?;
            let state = run.error_message.as_deref().unwrap_or_default();
            let question = format!("Why is {name} {}?", run.status.name());
            (question, state.to_owned())
        }
        Subject::HaltReason(number, reason) => {
            let (run, name) = thread(*number)?;
            run.halt_reasons.iter().find(|has| *has == reason)?;
            let sentence = words::reason(names, reason);
            let question = format!("Why has {name} the halt reason {}?", reason.name());
            (question, format!("{}.", words::capital(&sentence)))
        }
        Subject::Node(number, position) => {
            let (run, name) = thread(*number)?;
            let node_run = run.node_runs.get(*position as usize)?;
            let node = names.node(*number, *position);
            let question = format!("Why is {node} of {name} {}?", node_run.status.name());
            let failure = node_run.failures.last();
            let state = failure.map_or_else(String::new, |failure| {
                format!("It failed with {}: {}", failure.name, failure.message)
            });
            (question, state)
        }
        Subject::Variable(number, variable) => {
            let (run, name) = thread(*number)?;
            let value = run.variables.get(usize::from(*variable))?;
            let value = words::show_unless(names.masks_variable(*number, *variable), value);
            let variable = names.variable(*number, *variable);
            let question = format!("Why is {variable} of {name} {value}?");
            (question, String::new())
        }
    })
}

/// Whether an occurrence is about that.
fn is_about(what: &What, subject: &Subject) -> bool {
    match subject {
        Subject::WfRun => matches!(what, What::WfRunStatus(_)),
        Subject::Thread(number) => {
            matches!(what, What::ThreadStatus { thread, .. } | What::ThreadStarted { thread, .. } if thread == number)
        }
        Subject::HaltReason(number, of) => {
            matches!(what, What::HaltReasonAdded { thread, reason } if thread == number && reason == of)
        }
        Subject::Node(number, at) => matches!(
            what,
            What::NodeArrived { thread, position }
            | What::NodeStatus { thread, position, .. }
            | What::NodeFailed { thread, position } if thread == number && position == at
        ),
        Subject::Variable(number, of) => {
            matches!(what, What::VariableSet { thread, variable, .. } if thread == number && variable == of)
        }
    }
}

/// The latest such occurrence in the state that is looked at.
fn latest(sitting: &Sitting, matches: impl Fn(&What) -> bool) -> Option<OccurrenceId> {
    let steps = sitting.steps().get(..sitting.cursor())?;
    let happened = sitting.moment().unwrap_or(usize::MAX);
    let last = steps.last()?;
    let within = last.told.iter().take(happened).rev();
    let before = steps.iter().rev().skip(1).flat_map(|s| s.told.iter().rev());
    let found = within.chain(before).find(|told| matches(&told.what));
    found.map(|told| told.id)
}

/// What an occurrence came from, back to the command of its first step.
fn chain(sitting: &Sitting, id: OccurrenceId) -> (Vec<Link>, Option<(usize, String)>) {
    let mut chain = Vec::new();
    let mut next = Some(id);
    let mut command = None;
    // A cause is always an earlier one: this ends.
    while let Some((step, told)) = next.and_then(|id| sitting.occurrence(id)) {
        chain.push(Link {
            id: told.id,
            step,
            sentence: sentence(sitting, step, told),
            rule: told.rule,
        });
        next = match told.cause {
            Cause::Occurrence(id) if id < told.id => Some(id),
            _ => None,
        };
        command = sitting.steps().get(step - 1).map(|taken| {
            let names = Names::new(sitting.program(), &taken.state);
            (step, words::command(&names, &taken.command))
        });
    }
    chain.reverse();
    (chain, command)
}

/// An occurrence in words, as the log tells it.
fn sentence(sitting: &Sitting, step: usize, of: &Told) -> String {
    let Some(taken) = sitting.steps().get(step - 1) else {
        return String::new();
    };
    let names = Names::new(sitting.program(), &taken.state);
    let mut teller = Teller::new(names, sitting.state_after(step - 1));
    let told = taken.told.iter().take_while(|told| told.id <= of.id);
    teller.tell_last(told.map(|told| &told.what)).unwrap_or_default()
}
