//! Where the cluster is and who asks: what `lhctl` reads, in the same places.

use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use oauth2::url::Url;

use crate::error::{Error, Result};

/// The settings that are read. What the environment does not say, the file may.
const HOST: &str = "LHC_API_HOST";
const PORT: &str = "LHC_API_PORT";
const PROTOCOL: &str = "LHC_API_PROTOCOL";
const TENANT: &str = "LHC_TENANT_ID";
const CA_CERT: &str = "LHC_CA_CERT";
const CLIENT_CERT: &str = "LHC_CLIENT_CERT";
const CLIENT_KEY: &str = "LHC_CLIENT_KEY";
const OAUTH_CLIENT_ID: &str = "LHC_OAUTH_CLIENT_ID";
const OAUTH_CLIENT_SECRET: &str = "LHC_OAUTH_CLIENT_SECRET";
const OAUTH_ACCESS_TOKEN_URL: &str = "LHC_OAUTH_ACCESS_TOKEN_URL";

/// LittleHorse's own.
const DEFAULT_PORT: u16 = 2023;

/// Where the cluster is, and who asks.
#[derive(Clone, PartialEq, Eq)]
pub struct Configuration {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tenant: Option<String>,
    pub(crate) tls: Option<Tls>,
    pub(crate) oauth: Option<OAuth>,
}

/// Where there are tokens, and for whom.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OAuth {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) access_token_url: Url,
}

/// Certificates and keys, as PEM.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Tls {
    /// Who is trusted instead of those whom the system trusts.
    pub(crate) ca: Option<Vec<u8>>,
    /// Certificate and key of who asks.
    pub(crate) identity: Option<(Vec<u8>, Vec<u8>)>,
}

/// Without the key and the secret.
impl fmt::Debug for Configuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address())
    }
}

impl Configuration {
    /// Reads the environment and `~/.config/littlehorse.config`.
    ///
    /// # Errors
    /// One sentence about a setting that can't be used.
    pub fn read() -> Result<Self> {
        let file = file();
        let text = match file.as_deref().map(std::fs::read_to_string) {
            Some(Ok(text)) => text,
            Some(Err(error)) if error.kind() != std::io::ErrorKind::NotFound => {
                let path = file.unwrap_or_default();
                return Err(Error::Configuration(format!("{}: {error}", path.display())));
            }
            _ => String::new(),
        };
        let in_file = properties(&text);
        Self::of(|name| {
            std::env::var(name)
                .ok()
                .or_else(|| in_file.get(name).cloned())
                .filter(|v| !v.is_empty())
        })
    }

    fn of(setting: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let port = match setting(PORT) {
            None => DEFAULT_PORT,
            Some(text) => text.parse().map_err(|_| {
                Error::Configuration(format!("{PORT} is a number up to 65535, not {text:?}"))
            })?,
        };
        let protocol = setting(PROTOCOL).unwrap_or_else(|| "PLAINTEXT".to_owned());
        let tls = match protocol.to_uppercase().as_str() {
            "PLAINTEXT" => None,
            "TLS" => Some(tls(&setting)?),
            _ => {
                let said = format!("{PROTOCOL} is PLAINTEXT or TLS, not {protocol:?}");
                return Err(Error::Configuration(said));
            }
        };
        let host = setting(HOST).unwrap_or_else(|| "localhost".to_owned());
        let oauth = oauth(&setting)?;
        if oauth.is_some() && tls.is_none() && !is_this_machine(&host) {
            let said = format!(
                "{PROTOCOL} is PLAINTEXT, and everybody on the way to {host} could read the OAuth token: {PROTOCOL}=TLS hides it"
            );
            return Err(Error::Configuration(said));
        }
        Ok(Configuration { host, port, tenant: setting(TENANT), tls, oauth })
    }

    /// The same, in another tenant.
    #[must_use]
    pub fn in_tenant(mut self, tenant: String) -> Self {
        self.tenant = Some(tenant);
        self
    }

    pub(crate) fn address(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

fn oauth(setting: &impl Fn(&str) -> Option<String>) -> Result<Option<OAuth>> {
    let names = [OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET, OAUTH_ACCESS_TOKEN_URL];
    let (client_id, client_secret, url) = match names.map(setting) {
        [None, None, None] => return Ok(None),
        [Some(id), Some(secret), Some(url)] => (id, secret, url),
        found => {
            let missing = names.iter().zip(found).find(|(_, value)| value.is_none());
            let missing = missing.map_or("", |(name, _)| *name);
            let said = format!("{} go together: {missing} is missing", names.join(", "));
            return Err(Error::Configuration(said));
        }
    };
    // What is wrong with it is said without it: some put a secret into it.
    let access_token_url = Url::parse(&url).map_err(|error| {
        Error::Configuration(format!(
            "{OAUTH_ACCESS_TOKEN_URL} is the address of an authorization server: {error}"
        ))
    })?;
    match (access_token_url.scheme(), access_token_url.host_str()) {
        ("https", Some(_)) => {}
        ("http", Some(host)) if is_this_machine(host) => {}
        _ => {
            let said = format!(
                "{OAUTH_ACCESS_TOKEN_URL} begins with https://, so that nobody else reads the secret"
            );
            return Err(Error::Configuration(said));
        }
    }
    Ok(Some(OAuth { client_id, client_secret, access_token_url }))
}

/// Whether what is sent there does not leave this machine.
fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn tls(setting: &impl Fn(&str) -> Option<String>) -> Result<Tls> {
    let file = |name: &str| {
        setting(name)
            .map(|path| {
                std::fs::read(&path)
                    .map_err(|error| Error::Configuration(format!("{name}={path}: {error}")))
            })
            .transpose()
    };
    let identity = match (file(CLIENT_CERT)?, file(CLIENT_KEY)?) {
        (Some(certificate), Some(key)) => Some((certificate, key)),
        (None, None) => None,
        _ => {
            let said =
                format!("{CLIENT_CERT} and {CLIENT_KEY} go together: one of them is missing");
            return Err(Error::Configuration(said));
        }
    };
    Ok(Tls { ca: file(CA_CERT)?, identity })
}

fn file() -> Option<PathBuf> {
    std::env::home_dir().map(|home| Path::new(&home).join(".config/littlehorse.config"))
}

/// Lines of `KEY=value`; what begins with # or ! is a comment.
fn properties(text: &str) -> HashMap<String, String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.starts_with(['#', '!']))
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Configuration, properties};

    fn of(text: &str) -> Result<Configuration, String> {
        let settings = properties(text);
        Configuration::of(|name| settings.get(name).cloned()).map_err(|error| error.to_string())
    }

    #[test]
    fn without_settings_it_is_the_server_of_this_machine() {
        let found = of("").unwrap();
        assert_eq!(found.address(), "localhost:2023");
        assert!(found.tls.is_none() && found.tenant.is_none());
    }

    #[test]
    fn a_file_has_lines_with_comments_between() {
        let text = "# mine\nLHC_API_HOST = lh.example\nLHC_API_PORT=1234\n!LHC_API_PORT=1\n\
                    LHC_TENANT_ID=t\nLHC_API_PROTOCOL=TLS\n";
        let found = of(text).unwrap();
        assert_eq!(found.address(), "lh.example:1234");
        assert_eq!(found.tenant.as_deref(), Some("t"));
        assert!(found.tls.is_some());
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (text, said) in [
            ("LHC_API_PORT=many", "LHC_API_PORT is a number"),
            ("LHC_API_PROTOCOL=SSH", "LHC_API_PROTOCOL is PLAINTEXT or TLS"),
            ("LHC_API_PROTOCOL=TLS\nLHC_CA_CERT=/not/there", "LHC_CA_CERT=/not/there"),
        ] {
            let found = of(text).unwrap_err();
            assert!(found.starts_with(said), "{found}");
        }
    }

    #[test]
    fn who_asks_for_tokens_says_all_that_is_wanted_for_it() {
        let me = "LHC_OAUTH_CLIENT_ID=me\nLHC_OAUTH_CLIENT_SECRET=s3cret=\n";
        let at = |url: &str| format!("{me}LHC_OAUTH_ACCESS_TOKEN_URL={url}\n");
        for url in [
            "https://id.example/token",
            "http://localhost:8888/token",
            "http://127.0.0.1/t",
            "http://[::1]/t",
        ] {
            let found = of(&at(url)).unwrap();
            let oauth = found.oauth.as_ref().unwrap();
            assert_eq!((&*oauth.client_id, &*oauth.client_secret), ("me", "s3cret="));
            assert_eq!(oauth.access_token_url.as_str(), url);
            assert!(!format!("{found:?}").contains("s3cret"));
        }
        let far = "LHC_API_HOST=lh.example\n";
        for (text, said) in [
            (me.to_owned(), "LHC_OAUTH_ACCESS_TOKEN_URL is missing"),
            ("LHC_OAUTH_CLIENT_ID=me\n".to_owned(), "LHC_OAUTH_CLIENT_SECRET is missing"),
            (at("id.example"), "is the address of an authorization server"),
            (at("http://id.example/token"), "begins with https://"),
            (at("file:///token"), "begins with https://"),
            (format!("{far}{}", at("https://id.example/token")), "LHC_API_PROTOCOL=TLS hides it"),
        ] {
            let found = of(&text).unwrap_err();
            assert!(found.contains(said) && !found.contains("s3cret"), "{found}");
        }
        let hidden = format!("{far}LHC_API_PROTOCOL=TLS\n{}", at("https://id.example/token"));
        assert!(of(&hidden).unwrap().oauth.is_some());
    }
}
