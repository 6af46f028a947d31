//! How large the signs of a stack are.

/// A sign and the space around it, in pixels of the stage.
pub(super) const PITCH: f64 = 13.0;
pub(super) const IN_A_ROW: usize = 60;
pub(super) const ROWS: usize = 6;

/// What the signs need, in pixels of the stage.
pub(super) fn size(count: usize) -> (f64, f64) {
    let rows = count.div_ceil(IN_A_ROW).min(ROWS);
    (count.min(IN_A_ROW) as f64 * PITCH, rows as f64 * PITCH)
}
