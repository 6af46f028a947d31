//! The headers that go with every file: the table of docs/hosting.md, which the other servers follow as well.

use std::path::Path;

const DOCUMENT: &str = include_str!("../../../../docs/hosting.md");

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// `everything`, `everything else`, or a folder.
    path: &'static str,
    pub(super) header: &'static str,
    pub(super) value: &'static str,
}

/// Headers that the table is about.
const HEADERS: [&str; 3] = ["X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy"];

/// The rows of the table.
fn rows() -> impl Iterator<Item = Row> {
    DOCUMENT.lines().filter_map(|line| {
        let cells = line.strip_prefix('|')?.split('|');
        let mut cells = cells.map(|cell| cell.trim().trim_matches('`'));
        let row = Row { path: cells.next()?, header: cells.next()?, value: cells.next()? };
        HEADERS.contains(&row.header).then_some(row)
    })
}

/// The headers for a file, relative to the site.
pub(super) fn headers(file: &Path) -> Vec<Row> {
    let is_in = |folder: &str| file.starts_with(folder.trim_end_matches('/'));
    let own: Vec<Row> = rows().filter(|row| row.path.ends_with('/') && is_in(row.path)).collect();
    let others = rows().filter(|row| {
        row.path == "everything"
            || row.path == "everything else" && own.iter().all(|own| own.header != row.header)
    });
    let mut all: Vec<Row> = others.collect();
    all.extend(own);
    all
}

#[cfg(test)]
mod container;

#[cfg(test)]
mod tests {
    use super::headers;
    use std::path::Path;

    fn told(file: &str) -> Vec<String> {
        let headers = headers(Path::new(file));
        headers.iter().map(|row| format!("{}: {}", row.header, row.value)).collect()
    }

    #[test]
    fn a_page_is_framed_by_its_own_site_and_an_embedded_one_by_all() {
        let common = ["X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer"];
        let own = [&common[..], &["Content-Security-Policy: frame-ancestors 'self'"]].concat();
        let all = [&common[..], &["Content-Security-Policy: frame-ancestors *"]].concat();
        assert_eq!(told("index.html"), own);
        assert_eq!(told("embedded.js"), own);
        assert_eq!(told("embed/index.html"), all);
    }
}
