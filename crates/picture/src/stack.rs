//! Many like children as one lane: how many are in which status, and a sign for each of them.

use std::fmt::Write as _;

use halter_engine::state::Status;
use halter_session::view::{RunView, ThreadView};

use crate::shapes::sign;

/// A sign and the space around it, in pixels of the stage.
pub const PITCH: f64 = 13.0;
/// Signs beside one another.
pub const IN_A_ROW: usize = 60;
/// Rows of them; of more ThreadRuns only the number is told.
pub const ROWS: usize = 6;

/// What the signs need, in pixels of the stage.
#[must_use]
pub fn size(count: usize) -> (f64, f64) {
    let rows = count.div_ceil(IN_A_ROW).min(ROWS);
    (count.min(IN_A_ROW) as f64 * PITCH, rows as f64 * PITCH)
}

/// For each status that there is, a path with the sign of each ThreadRun that has it; and how many ThreadRuns have none.
#[must_use]
pub fn signs(run: &RunView, numbers: &[u32]) -> (Vec<(Status, String)>, usize) {
    let shown = IN_A_ROW * ROWS;
    let mut paths = Status::ALL.map(|status| (status, String::new()));
    for (index, thread) in members(run, numbers).take(shown).enumerate() {
        let (x, y) = ((index % IN_A_ROW) as f64 * PITCH, (index / IN_A_ROW) as f64 * PITCH);
        if let Some((_, path)) = paths.iter_mut().find(|(status, _)| *status == thread.status) {
            // Writing to a String can't fail.
            let _ = write!(path, "M{x} {y}{}", sign(thread.status));
        }
    }
    let paths = paths.into_iter().filter(|(_, path)| !path.is_empty()).collect();
    (paths, numbers.len().saturating_sub(shown))
}

/// The statuses that there are, in the order of a ThreadRun's life, and how many have them.
#[must_use]
pub fn counts(run: &RunView, numbers: &[u32]) -> Vec<(Status, usize)> {
    let count = |status| members(run, numbers).filter(|thread| thread.status == status).count();
    let all = Status::ALL.into_iter().map(|status| (status, count(status)));
    all.filter(|(_, count)| *count > 0).collect()
}

fn members<'a>(run: &'a RunView, numbers: &'a [u32]) -> impl Iterator<Item = &'a ThreadView> {
    numbers.iter().filter_map(|number| run.thread(*number))
}
