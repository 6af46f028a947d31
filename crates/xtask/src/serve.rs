//! Serves the built page on this machine: a static server that is small enough to need no crate.

mod content_type;
mod policy;
mod request;

use std::io::{BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use crate::command::command;
use crate::failure::{Failure, Outcome, While};
use crate::{paths, setup, site};

use request::{Method, Request};

/// A browser that opens a connection and says nothing must not hold a thread for ever.
const PATIENCE: Duration = Duration::from_secs(30);

/// How to serve.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    port: u16,
    open: bool,
    watch: bool,
}

impl Options {
    pub(crate) fn parse(args: &[String]) -> Outcome<Self> {
        let mut options = Self { port: 8080, open: false, watch: false };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--open" => options.open = true,
                "--watch" => options.watch = true,
                "--port" => {
                    options.port =
                        args.next().and_then(|port| port.parse().ok()).ok_or_else(|| {
                            Failure::new("--port wants a number from 0 to 65535").fix("--port 8080")
                        })?;
                }
                other => {
                    return Err(Failure::new(format!("serve does not know `{other}`"))
                        .fix("cargo xtask help"));
                }
            }
        }
        Ok(options)
    }
}

/// Builds the page and serves it until it is stopped.
pub(crate) fn run(options: &Options) -> Outcome {
    let tools = setup::for_site()?;
    if options.watch {
        return site::watch(&tools, options.port, options.open);
    }
    // Before the build: a port that is taken is better known at once.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).map_err(|error| {
        Failure::new(format!("could not listen on port {}: {error}", options.port))
            .fix("cargo xtask serve --port 0, which takes a free one")
    })?;
    site::build(&tools)?;
    let address = listener.local_addr().whilst(|| "could not read the port".to_owned())?;
    let url = format!("http://{address}/");
    println!("==> Halter is at {url} (Ctrl+C stops it)");
    if options.open {
        open_browser(&url);
    }
    for stream in listener.incoming().flatten() {
        std::thread::spawn(move || {
            // Whoever asked is gone: nobody is left to tell.
            let _ = answer(stream);
        });
    }
    Ok(())
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = Request::read(&mut BufReader::new(&stream))?;
    let response = match request {
        Some(request) => Response::to(&request, &paths::dist()),
        None => {
            Response::plain("400 Bad Request", "This request is not understood.\n", Path::new(""))
        }
    };
    response.write(&mut stream)
}

struct Response {
    status: &'static str,
    content_type: &'static str,
    headers: Vec<policy::Row>,
    body: Vec<u8>,
    with_body: bool,
}

impl Response {
    fn to(request: &Request, directory: &Path) -> Self {
        let file = directory.join(&request.file);
        match std::fs::read(&file) {
            Ok(body) => Self {
                status: "200 OK",
                content_type: content_type::of(&file),
                headers: policy::headers(&request.file),
                body,
                with_body: request.method == Method::Get,
            },
            Err(_) => Self::plain("404 Not Found", "There is no such file.\n", &request.file),
        }
    }

    fn plain(status: &'static str, text: &str, file: &Path) -> Self {
        let content_type = "text/plain; charset=utf-8";
        let body = text.as_bytes().to_vec();
        let headers = policy::headers(file);
        Self { status, content_type, headers, body, with_body: true }
    }

    fn write(&self, to: &mut impl Write) -> std::io::Result<()> {
        write!(
            to,
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\
             Cache-Control: no-cache\r\nConnection: close\r\n",
            self.status,
            self.content_type,
            self.body.len(),
        )?;
        for row in &self.headers {
            write!(to, "{}: {}\r\n", row.header, row.value)?;
        }
        write!(to, "\r\n")?;
        if self.with_body {
            to.write_all(&self.body)?;
        }
        to.flush()
    }
}

fn open_browser(url: &str) {
    let opener = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    if command(opener).arg(url).spawn().is_err() {
        println!("    {opener} is not there: open the address yourself");
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, Response, request::Request};

    fn parse(args: &[&str]) -> Option<Options> {
        let args: Vec<String> = args.iter().map(ToString::to_string).collect();
        Options::parse(&args).ok()
    }

    #[test]
    fn options_are_read_or_refused() {
        let options = Options { port: 9000, open: true, watch: false };
        assert_eq!(parse(&["--port", "9000", "--open"]), Some(options));
        assert_eq!(parse(&["--port"]), None);
        assert_eq!(parse(&["--port", "70000"]), None);
        assert_eq!(parse(&["--fast"]), None);
    }

    #[test]
    fn what_is_sent_has_the_headers_of_the_table_also_if_it_is_not_there() {
        for file in ["index.html", "embed/index.html", "nowhere", "embed/nowhere"] {
            let line = format!("GET /{file} HTTP/1.1\r\n\r\n");
            let request = Request::read(&mut line.as_bytes()).unwrap().unwrap();
            let mut written = Vec::new();
            Response::to(&request, std::path::Path::new("/nowhere")).write(&mut written).unwrap();
            let head = String::from_utf8(written).unwrap();
            let framed = if file.starts_with("embed/") { "*" } else { "'self'" };
            for wanted in [
                "X-Content-Type-Options: nosniff\r\n".to_owned(),
                "Referrer-Policy: no-referrer\r\n".to_owned(),
                format!("Content-Security-Policy: frame-ancestors {framed}\r\n"),
            ] {
                assert_eq!(head.matches(&wanted).count(), 1, "{file}: {wanted} in {head}");
            }
            assert_eq!(head.matches("frame-ancestors").count(), 1, "{file}: {head}");
        }
    }

    #[test]
    fn a_head_request_gets_the_length_and_no_body() {
        let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let request = Request::read(&mut &b"HEAD /Cargo.toml HTTP/1.1\r\n\r\n"[..]).unwrap();
        let mut written = Vec::new();
        Response::to(&request.unwrap(), directory).write(&mut written).unwrap();
        let text = String::from_utf8(written).unwrap();
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
        assert!(text.ends_with("\r\n\r\n"), "{text}");
    }
}
