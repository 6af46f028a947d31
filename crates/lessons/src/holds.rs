//! Whether something is so in a sitting.

use halter_engine::condition::{Conditions, Moment};
use halter_session::Sitting;
use halter_spec::property::Condition;

/// Whether a condition holds at the cursor of a sitting: of the state there, of the way that led to it (`reached`, `came`,
/// `was taken`), and of the last command on that way (`enters`). A condition that names what the sitting's workflow does not
/// have does not hold.
#[must_use]
pub fn holds(condition: &Condition, sitting: &Sitting) -> bool {
    let mut conditions = Conditions::of(sitting.program());
    let Some(test) = conditions.compile(condition) else {
        return false;
    };
    let after = sitting.state();
    // The states of a sitting keep all that has happened.
    let past: Vec<u8> =
        conditions.into_past().iter().map(|past| u8::from(past.has_happened(after))).collect();
    let before = sitting.state_after(sitting.cursor().saturating_sub(1));
    Moment { before, after, past: &past }.is(&test)
}
