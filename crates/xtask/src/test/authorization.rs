//! An authorization server for tests: it gives one client a token, and says whose it is (RFC 6749 and 7662, as much as is wanted here).

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::failure::{Outcome, While as _};

/// The client: LittleHorse knows nobody else from the start.
pub(super) const CLIENT_ID: &str = "anonymous";
pub(super) const CLIENT_SECRET: &str = "secret";

/// Both, as HTTP's Basic has them.
const BASIC: &str = "Basic YW5vbnltb3VzOnNlY3JldA==";

const TOKEN: &str = "a-token-for-tests";

/// Who asks says all of it at once.
const PATIENCE: Duration = Duration::from_secs(5);

/// It goes on until the program ends.
pub(super) struct Authorization {
    asked: Arc<AtomicU32>,
}

impl Authorization {
    pub(super) fn start(port: u16) -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .whilst(|| "could not start an authorization server".to_owned())?;
        let asked = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&asked);
        std::thread::spawn(move || {
            // A connection that breaks off is somebody else's.
            listener.incoming().flatten().for_each(|stream| drop(answer(&stream, &counted)));
        });
        Ok(Self { asked })
    }

    /// How often it was asked whose a token is.
    pub(super) fn asked(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }
}

fn answer(mut stream: &TcpStream, asked: &AtomicU32) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let start = head.len();
        if reader.read_line(&mut head)? <= 2 {
            break;
        }
        let line = head.get(start..).unwrap_or_default().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = String::new();
    reader.take(length).read_to_string(&mut body)?;
    let (status, said) = if head.starts_with("POST /introspect ") {
        asked.fetch_add(1, Ordering::Relaxed);
        if body.contains(&format!("token={TOKEN}")) {
            // LittleHorse wants a scope and an end. With `openid` it would look for a person's name.
            let end = "4102444800";
            (
                "200 OK",
                format!(
                    r#"{{"active": true, "client_id": "{CLIENT_ID}", "scope": "littlehorse", "exp": {end}}}"#
                ),
            )
        } else {
            ("200 OK", r#"{"active": false}"#.to_owned())
        }
    } else if !body.contains("grant_type=client_credentials") {
        ("400 Bad Request", r#"{"error": "unsupported_grant_type"}"#.to_owned())
    } else if head.contains(BASIC) {
        let token =
            format!(r#"{{"access_token": "{TOKEN}", "token_type": "bearer", "expires_in": 300}}"#);
        ("200 OK", token)
    } else {
        (
            "401 Unauthorized",
            r#"{"error": "invalid_client", "error_description": "another secret"}"#.to_owned(),
        )
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{said}",
        said.len()
    )
}
