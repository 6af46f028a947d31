//! Giving written commands to a sitting.

use halter_session::Sitting;

use crate::lesson::Written;
use crate::problem::Problem;

/// Takes commands at the cursor of a sitting, one after the other.
///
/// # Errors
/// The first that is not accepted, with its line; the sitting has taken those before it.
pub fn play<'w>(
    commands: impl IntoIterator<Item = &'w Written>,
    sitting: &mut Sitting,
) -> Result<(), Problem> {
    commands.into_iter().try_for_each(|written| take(written, sitting))
}

pub(crate) fn take(written: &Written, sitting: &mut Sitting) -> Result<(), Problem> {
    let command = written.read(sitting)?;
    let problem = |sentence| Err(Problem::new(written.line, sentence));
    match sitting.take(command) {
        None => problem("The sitting takes no more commands.".to_owned()),
        Some(step) => match &step.refusal {
            Some(refusal) => problem(format!("This command is refused: {}", refusal.message)),
            None => Ok(()),
        },
    }
}
