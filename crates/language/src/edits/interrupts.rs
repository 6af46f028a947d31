//! Interrupts that threads register.

use super::layout::declare;
use super::{Edited, Refusal, Sheet, not_here};
use crate::cst::Cst;

/// Registers an interrupt. The event and the handler are declared if they are not there.
///
/// # Errors
/// If the thread is unknown, or the interrupt would be wrong ([`Refusal::Breaks`]).
pub fn add_interrupt(text: &str, thread: &str, event: &str, handler: &str) -> Edited {
    let cst = Cst::of(text);
    let sheet = Sheet::of(&cst)?;
    let mut edits = sheet.add_to_section(thread, "interrupts", event, handler)?;
    let events = &sheet.document.external_event_defs;
    if !events.contains_key(event) {
        match declare(&cst, "events", event, "") {
            Some(edit) => edits.push(edit),
            None => return not_here("The event can't be declared here: write it by hand."),
        }
    }
    if sheet.thread(handler).is_err() {
        let payload =
            events.get(event).and_then(|def| def.content_type.as_ref()?.type_def.as_ref());
        let body = match payload {
            Some(payload) => {
                format!("\n  variables: {{INPUT: {}}}\n  do:\n    - nop", payload.of)
            }
            None => "\n  - nop".to_owned(),
        };
        edits.push(sheet.new_thread(handler, &body)?);
    }
    sheet.checked(edits)
}

/// Takes an interrupt away. The event and the handler stay.
///
/// # Errors
/// If the thread does not register it.
pub fn remove_interrupt(
    text: &str,
    thread: &str,
    event: &str,
) -> Result<Vec<crate::Edit>, Refusal> {
    let cst = Cst::of(text);
    let sheet = Sheet::of(&cst)?;
    let edit = sheet.remove_from_section(thread, "interrupts", event)?;
    sheet.checked(vec![edit])
}
