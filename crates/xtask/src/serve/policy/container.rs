//! The container's server, as docs/hosting/sws.toml sets it up, sends for every file what docs/hosting.md says: the
//! headers of one table, and how long a file is kept of the other.

use std::collections::BTreeMap;
use std::path::Path;

use super::headers;

const CONFIG: &str = include_str!("../../../../../docs/hosting/sws.toml");

/// Files as they are called after a build, and whether their names hold a hash.
const FILES: [(&str, bool); 15] = [
    ("index.html", false),
    ("sw.js", false),
    ("halter-playground.js", false),
    ("static/halter.schema.json", false),
    ("static/icon-maskable-512.png", false),
    ("static/examples/event-while-halted.yaml", false),
    ("embedded.js", false),
    ("embed", false),
    ("embed/index.html", false),
    ("embed/embed-0123456789abcdef.js", true),
    ("base-caa5c60b28eb122d.css", true),
    ("page-d51ca59b51426.css", true),
    ("register-60b86ddf09169d.js", true),
    ("halter-web-8c7f59d91c8edb27_bg.wasm", true),
    ("icon-c882fa90303a30bc.svg", true),
];

/// What the server sends: later rules win, as there.
fn sent(file: &str) -> BTreeMap<&'static str, &'static str> {
    let mut sent = BTreeMap::new();
    let mut applies = false;
    for line in CONFIG.lines() {
        if let Some(source) = line.strip_prefix("source = ") {
            applies = matches(source.trim_matches('"'), &format!("/{file}"));
        } else if let Some(list) = line.strip_prefix("headers = {").filter(|_| applies) {
            let list = list.trim_end_matches('}').split("\", ");
            sent.extend(list.map(|pair| {
                let (name, value) = pair.split_once(" = ").unwrap();
                (name.trim(), value.trim().trim_matches('"'))
            }));
        }
    }
    sent
}

/// The globs of static-web-server (the crate `globset`, whose `*` crosses folders), as far as sws.toml needs them.
fn matches(glob: &str, path: &str) -> bool {
    if let Some((before, rest)) = glob.split_once('{') {
        let (choices, after) = rest.split_once('}').unwrap();
        return choices.split(',').any(|choice| matches(&format!("{before}{choice}{after}"), path));
    }
    if let Some(rest) = glob.strip_prefix("**/") {
        let mut starts = path.char_indices().filter(|(_, c)| *c == '/').map(|(at, _)| at + 1);
        return matches(rest, path) || starts.any(|at| matches(rest, &path[at..]));
    }
    match (glob.chars().next(), path.chars().next()) {
        (None, None) => true,
        (Some('*'), _) => {
            let rest = glob.trim_start_matches('*');
            (0..=path.len()).any(|at| path.is_char_boundary(at) && matches(rest, &path[at..]))
        }
        (Some('?'), Some(c)) => matches(&glob[1..], &path[c.len_utf8()..]),
        (Some(wanted), Some(c)) => {
            wanted == c && matches(&glob[c.len_utf8()..], &path[c.len_utf8()..])
        }
        _ => false,
    }
}

#[test]
fn globs_match_as_they_do_there() {
    assert!(matches("**", "/a/b.js"));
    assert!(matches("**/embed{/,/*}", "/embed/") && matches("**/embed{/,/*}", "/x/embed/y"));
    assert!(!matches("**/embed{/,/*}", "/embedded.js"));
    assert!(matches("**/*-{???,????}.{js,css}", "/a/b-1234.css"));
    assert!(!matches("**/*-{???,????}.{js,css}", "/b-12345.css"));
}

#[test]
fn the_container_sends_what_the_tables_say() {
    for (file, hashed) in FILES {
        // For a folder the server looks for the rules of its index.html; the browser asks for it by the folder.
        let path = if file == "embed" { "embed/" } else { file };
        let sent = sent(path);
        for row in headers(Path::new(file)) {
            assert_eq!(sent.get(row.header), Some(&row.value), "{file}: {}", row.header);
        }
        let cached = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
        assert_eq!(sent.get("Cache-Control"), Some(&cached), "{file}");
        assert!(super::DOCUMENT.contains(&format!("`Cache-Control: {cached}`")));
        assert_eq!(sent.len(), 4, "{file}: {sent:?}");
    }
}
