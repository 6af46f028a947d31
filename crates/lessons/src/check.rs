//! Plays a lesson as its text says it can be played.

use halter_session::Sitting;

use crate::holds::holds;
use crate::lesson::{Do, Lesson, Predict, Task};
use crate::play::{play, take};
use crate::predict::predicted;
use crate::problem::Problem;

/// What of a lesson is not so when it is played. Every command must be accepted; what is to be brought about must not be so
/// before, and must be so with the last command of `try`, not sooner; and a prediction must be of something that changes.
/// After a command that is refused, only what does not go on from there is looked at.
#[must_use]
pub fn check(lesson: &Lesson) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut going_on = match lesson.sitting() {
        Ok(sitting) => Some(sitting),
        Err(problem) => return vec![problem],
    };
    for page in &lesson.pages {
        if let Some(commands) = &page.play {
            going_on = lesson.sitting().ok();
            if let Some(sitting) = &mut going_on
                && let Err(problem) = play(commands, sitting)
            {
                problems.push(problem);
                going_on = None;
            }
        }
        let Some(sitting) = &mut going_on else {
            continue;
        };
        let played = match &page.task {
            Task::Read => Ok(()),
            Task::Do(task) => done(task, sitting, &mut problems),
            Task::Predict(predict) => foreseen(predict, sitting, &mut problems),
        };
        if let Err(problem) = played {
            problems.push(problem);
            going_on = None;
        }
    }
    problems
}

/// Does a task in the way that the lesson shows.
fn done(task: &Do, sitting: &mut Sitting, problems: &mut Vec<Problem>) -> Result<(), Problem> {
    let until = &task.until;
    let mut told = |line: u32, sentence: &str| problems.push(Problem::new(line, sentence));
    let is_so_before = holds(&until.condition, sitting);
    if is_so_before {
        told(until.line, "This is so before anything is done.");
    }
    let mut is_told = is_so_before;
    for (index, written) in task.way.iter().enumerate() {
        take(written, sitting)?;
        let is_last = index + 1 == task.way.len();
        let is_so = holds(&until.condition, sitting);
        if is_last && !is_so {
            told(until.line, "This is not so after what \"try\" does.");
        } else if is_so && !is_last && !is_told {
            told(written.line, "With this command \"until\" is so: nothing may come after it.");
            is_told = true;
        }
    }
    Ok(())
}

/// Asks for a prediction, and goes on with its command.
fn foreseen(
    predict: &Predict,
    sitting: &mut Sitting,
    problems: &mut Vec<Problem>,
) -> Result<(), Problem> {
    let prediction = predicted(predict, sitting)?;
    if prediction.answers.iter().all(|answer| answer.before == answer.after) {
        let sentence = "No ThreadRun that is asked about has another status after this command.";
        problems.push(Problem::new(predict.line, sentence));
    }
    take(&predict.command, sitting)
}
