//! Tokens of an OAuth authorization server, for a program that asks in its own name: the client credentials grant (RFC 6749, section 4.4).

use std::cell::RefCell;
use std::time::{Duration, Instant};

use oauth2::basic::{BasicClient, BasicRequestTokenError};
use oauth2::{ClientId, ClientSecret, HttpRequest, HttpResponse, TokenResponse as _, TokenUrl};
use serde_json::Value as Json;
use tonic::metadata::AsciiMetadataValue;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error as HttpError};

use crate::configuration::OAuth;
use crate::error::{Error, Result};

/// How long an answer may take.
const ANSWERING: Duration = Duration::from_secs(20);

/// A token is not used in its last moments: it could run out on its way.
const MARGIN: Duration = Duration::from_secs(30);

/// A token that says nothing of its end is used for so long.
const USUAL: Duration = Duration::from_mins(5);

/// Where tokens come from, and the one that is used.
pub(crate) struct Tokens {
    oauth: OAuth,
    agent: Agent,
    held: RefCell<Option<Held>>,
}

struct Held {
    authorization: AsciiMetadataValue,
    until: Instant,
}

/// Without the secret and the token.
impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&place(&self.oauth))
    }
}

impl Tokens {
    pub(crate) fn of(oauth: OAuth) -> Self {
        let agent = Agent::config_builder()
            .timeout_global(Some(ANSWERING))
            // What is wrong stands in the answer.
            .http_status_as_error(false)
            // The secret is for this address alone.
            .max_redirects(0)
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .build()
            .new_agent();
        Tokens { oauth, agent, held: RefCell::new(None) }
    }

    /// What goes along with a request: the token that is there, or a new one.
    ///
    /// # Errors
    /// If the authorization server gives none.
    pub(crate) fn authorization(&self) -> Result<AsciiMetadataValue> {
        if let Some(held) = &*self.held.borrow()
            && held.until > Instant::now()
        {
            return Ok(held.authorization.clone());
        }
        let held = self.fetch().map_err(|why| Error::Token { from: place(&self.oauth), why })?;
        let authorization = held.authorization.clone();
        self.held.replace(Some(held));
        Ok(authorization)
    }

    /// The server takes the one that is used no more.
    pub(crate) fn forget(&self) {
        self.held.take();
    }

    fn fetch(&self) -> std::result::Result<Held, String> {
        let asked = Instant::now();
        let client = BasicClient::new(ClientId::new(self.oauth.client_id.clone()))
            .set_client_secret(ClientSecret::new(self.oauth.client_secret.clone()))
            .set_token_uri(TokenUrl::from_url(self.oauth.access_token_url.clone()));
        let answer = client.exchange_client_credentials().request(&|request| self.ask(request));
        let token = answer.map_err(|error| said(&error))?;
        let mut authorization = format!("Bearer {}", token.access_token().secret())
            .parse::<AsciiMetadataValue>()
            .map_err(|_| "its token can't be sent".to_owned())?;
        authorization.set_sensitive(true);
        let lasts = token.expires_in().map_or(USUAL, |lasts| lasts.saturating_sub(MARGIN));
        let until = asked.checked_add(lasts).unwrap_or(asked);
        Ok(Held { authorization, until })
    }

    fn ask(&self, request: HttpRequest) -> std::result::Result<HttpResponse, HttpError> {
        let (parts, mut body) = self.agent.run(request)?.into_parts();
        let body = body.read_to_vec()?;
        // A refusal is JSON (RFC 6749, section 5.2); another page says no more than its status.
        let is_refusal = serde_json::from_slice::<Json>(&body).is_ok();
        if !parts.status.is_success() && !is_refusal {
            return Err(HttpError::StatusCode(parts.status.as_u16()));
        }
        Ok(HttpResponse::from_parts(parts, body))
    }
}

/// The address, without what somebody may have put into it.
fn place(oauth: &OAuth) -> String {
    let url = &oauth.access_token_url;
    format!("{}{}", url.origin().ascii_serialization(), url.path())
}

/// What the authorization server says, or why it says nothing.
fn said(error: &BasicRequestTokenError<HttpError>) -> String {
    match error {
        BasicRequestTokenError::ServerResponse(refusal) => refusal.to_string(),
        BasicRequestTokenError::Request(error) => error.to_string(),
        BasicRequestTokenError::Parse(error, _) => format!("its answer is no token: {error}"),
        BasicRequestTokenError::Other(why) => why.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::{Ipv4Addr, TcpListener};
    use std::thread::JoinHandle;

    use super::{OAuth, Tokens};

    /// Answers one request after the other, and gives them back: their heads, in small letters, and bodies.
    fn server(answers: &'static [(&str, &str)]) -> (u16, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = std::thread::spawn(move || {
            let answer = |(status, said): &(&str, &str)| {
                let (mut stream, _) = listener.accept().unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut head = String::new();
                while reader.read_line(&mut head).unwrap() > 2 {}
                let mut body = vec![0; "grant_type=client_credentials".len()];
                reader.read_exact(&mut body).unwrap();
                let length = said.len();
                write!(stream, "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{said}").unwrap();
                format!("{}{}", head, String::from_utf8(body).unwrap())
            };
            answers.iter().map(answer).collect()
        });
        (port, heard)
    }

    fn tokens(port: u16) -> Tokens {
        Tokens::of(OAuth {
            client_id: "me and you".to_owned(),
            client_secret: "s:cret".to_owned(),
            access_token_url: format!("http://127.0.0.1:{port}/realm/token").parse().unwrap(),
        })
    }

    #[test]
    fn a_token_is_asked_for_once_and_again_when_it_ends_or_is_not_taken() {
        let (port, heard) = server(&[
            ("200 OK", r#"{"access_token":"one","token_type":"Bearer","expires_in":31}"#),
            ("200 OK", r#"{"access_token":"two","token_type":"bearer"}"#),
            ("200 OK", r#"{"access_token":"three","token_type":"bearer","expires_in":29}"#),
            ("200 OK", r#"{"access_token":"four","token_type":"bearer","expires_in":3600}"#),
        ]);
        let tokens = tokens(port);
        let said = || tokens.authorization().unwrap().to_str().unwrap().to_owned();
        assert_eq!([said(), said()], ["Bearer one", "Bearer one"]);
        tokens.forget();
        assert_eq!([said(), said()], ["Bearer two", "Bearer two"]);
        tokens.forget();
        // Three may run out on its way to the server.
        assert_eq!([said(), said(), said()], ["Bearer three", "Bearer four", "Bearer four"]);
        let heard = heard.join().unwrap();
        assert_eq!(heard.len(), 4);
        // RFC 6749, section 2.3.1: both are encoded as in a form before they are in Base64.
        let basic = "Basic bWUrYW5kK3lvdTpzJTNBY3JldA==";
        for request in heard {
            assert!(request.starts_with("POST /realm/token HTTP/1.1\r\n"), "{request}");
            assert!(request.contains(basic) && !request.contains("s:cret"), "{request}");
            assert!(request.ends_with("\r\n\r\ngrant_type=client_credentials"), "{request}");
        }
    }

    #[test]
    fn where_there_is_no_token_one_sentence_says_why() {
        for (answer, said) in [
            (
                &[(
                    "401 Unauthorized",
                    r#"{"error":"invalid_client","error_description":"no such client"}"#,
                )],
                "invalid_client: no such client",
            ),
            (&[("302 Found", "")], "http status: 302"),
            (&[("404 Not Found", "<html>no</html>")], "http status: 404"),
            (&[("200 OK", "<html>log in</html>")], "its answer is no token"),
            (
                &[("200 OK", r#"{"access_token":"a\nb","token_type":"bearer"}"#)],
                "its token can't be sent",
            ),
        ] {
            let (port, heard) = server(answer);
            let why = tokens(port).authorization().unwrap_err().to_string();
            let from = format!("no OAuth token from http://127.0.0.1:{port}/realm/token ({said}");
            assert!(why.starts_with(&from) && why.contains("LHC_OAUTH_CLIENT_ID"), "{why}");
            assert!(!why.contains("s:cret") && heard.join().unwrap().len() == 1);
        }
        // Nobody is there.
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
        let why = tokens(free.port()).authorization().unwrap_err().to_string();
        assert!(why.contains("refused"), "{why}");
    }
}
