//! What ThreadRuns will be: computed by the engine, so that no lesson can have a wrong answer.

use halter_engine::Command;
use halter_engine::state::{Status, ThreadNumber};
use halter_session::Sitting;

use crate::lesson::Predict;
use crate::play::take;
use crate::problem::Problem;

/// What will be after a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prediction {
    /// The command.
    pub command: Command,
    /// The ThreadRuns that are asked about, in the order in which they are asked.
    pub answers: Vec<Answer>,
}

/// What will become of a ThreadRun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Its number.
    pub thread: ThreadNumber,
    /// Its status before the command.
    pub before: Status,
    /// Its status after it.
    pub after: Status,
}

/// What will be after the command that is asked about, given at the cursor of a sitting. The sitting stays as it is.
///
/// # Errors
/// If the command is refused there, or a ThreadRun that is asked about is not there yet, or there is none at all.
pub fn predicted(predict: &Predict, sitting: &Sitting) -> Result<Prediction, Problem> {
    let command = predict.command.read(sitting)?;
    let mut then = sitting.clone();
    take(&predict.command, &mut then)?;
    let (before, after) = (sitting.state(), then.state());
    let all = || (0..before.threads.len() as ThreadNumber).collect();
    let threads: Vec<ThreadNumber> = predict.threads.clone().unwrap_or_else(all);
    if threads.is_empty() {
        return Err(Problem::new(predict.line, "There is no ThreadRun before this command."));
    }
    let answers = threads.into_iter().map(|thread| {
        let status = |state: &halter_engine::RunState| state.thread(thread).map(|run| run.status);
        let (before, after) = status(before).zip(status(after)).ok_or_else(|| {
            let sentence = format!("There is no ThreadRun {thread} before this command.");
            Problem::new(predict.line, sentence)
        })?;
        Ok(Answer { thread, before, after })
    });
    Ok(Prediction { command, answers: answers.collect::<Result<_, _>>()? })
}
