//! The little of HTTP that a browser needs to fetch files.

use std::io::{BufRead, Read};
use std::path::PathBuf;

/// A request line and its headers longer than this come from no browser.
const MOST_BYTES: u64 = 64 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Head,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: Method,
    /// Relative to the served directory, and never above it.
    pub(super) file: PathBuf,
}

impl Request {
    /// Reads up to the empty line; nothing if it is not a request that we answer.
    pub(super) fn read(from: &mut impl BufRead) -> std::io::Result<Option<Self>> {
        let mut from = from.take(MOST_BYTES);
        let mut first = String::new();
        from.read_line(&mut first)?;
        let mut header = String::new();
        while from.read_line(&mut header)? > 0 && !header.trim().is_empty() {
            header.clear();
        }
        Ok(parse(&first))
    }
}

fn parse(line: &str) -> Option<Request> {
    let mut words = line.split_whitespace();
    let method = match words.next()? {
        "GET" => Method::Get,
        "HEAD" => Method::Head,
        _ => return None,
    };
    let path = words.next()?.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = decode(path)?;
    let mut file = PathBuf::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            // Out of the directory, or a device or another drive on some systems.
            ".." => return None,
            part if part.contains(['\\', ':', '\0']) => return None,
            part => file.push(part),
        }
    }
    if path.is_empty() || path.ends_with('/') {
        file.push("index.html");
    }
    Some(Request { method, file })
}

/// Undoes `%20` and its like.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{Method, Request};

    fn file(path: &str) -> Option<String> {
        let line = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let request = Request::read(&mut line.as_bytes()).unwrap()?;
        assert_eq!(request.method, Method::Get);
        Some(request.file.to_string_lossy().into_owned())
    }

    #[test]
    fn names_the_file() {
        assert_eq!(file("/").as_deref(), Some("index.html"));
        assert_eq!(file("/?example=cart#step=3").as_deref(), Some("index.html"));
        assert_eq!(file("/static/icon.svg").as_deref(), Some("static/icon.svg"));
        assert_eq!(file("/a%20b.txt").as_deref(), Some("a b.txt"));
    }

    #[test]
    fn stays_in_the_directory() {
        for path in ["/../secret", "/a/%2e%2e/%2e%2e/secret", "/c:/secret", "/%zz", "secret"] {
            assert_eq!(file(path), None, "{path}");
        }
    }
}
