//! Tables for people: columns as wide as they need, the last one without an end.

use std::fmt::Write as _;

/// Adds a table to a text: a heading, then rows, below one another.
pub(crate) fn write<const COLUMNS: usize>(
    out: &mut String,
    heading: [&str; COLUMNS],
    rows: &[[String; COLUMNS]],
) {
    let mut widths = heading.map(|cell| cell.chars().count());
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    line(out, &heading, &widths);
    for row in rows {
        line(out, row, &widths);
    }
}

fn line(out: &mut String, cells: &[impl AsRef<str>], widths: &[usize]) {
    let mut text = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        // Writing to a String can't fail.
        let _ = write!(text, "  {:width$}", cell.as_ref());
    }
    out.push_str(text.trim_end());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_are_as_wide_as_they_need() {
        let mut out = String::new();
        let row = |a: &str, b: &str| [a.to_owned(), b.to_owned()];
        super::write(&mut out, ["n", "name"], &[row("10", "é"), row("é", "")]);
        assert_eq!(out, "  n   name\n  10  é\n  é\n");
    }
}
