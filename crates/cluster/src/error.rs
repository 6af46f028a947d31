//! Why a cluster gave no answer, each as one sentence that says what to do where something can be done.

use tonic::{Code, Status};

/// The result of asking a cluster.
pub type Result<T> = std::result::Result<T, Error>;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The messages are not known.
    #[error(
        "this halter was built without the descriptors of LittleHorse's messages: run `cargo xtask setup` in Halter's repository, or \
         name their file in HALTER_PROTOS"
    )]
    NoDescriptors,
    /// The file with the descriptors is no such file.
    #[error("the descriptors of LittleHorse's messages can't be read: {0}")]
    BadDescriptors(String),
    /// A setting that can't be used.
    #[error("{0}")]
    Configuration(String),
    /// Nobody answers.
    #[error(
        "no LittleHorse server answers at {address} ({why}): LHC_API_HOST and LHC_API_PORT say where it is"
    )]
    Unreachable {
        /// Where it was looked for.
        address: String,
        /// What the system says.
        why: String,
    },
    /// The authorization server gives no token.
    #[error(
        "no OAuth token from {from} ({why}): LHC_OAUTH_ACCESS_TOKEN_URL, LHC_OAUTH_CLIENT_ID and LHC_OAUTH_CLIENT_SECRET say \
         where it is and who asks"
    )]
    Token {
        /// The authorization server.
        from: String,
        /// What it or the system says.
        why: String,
    },
    /// It answers too late.
    #[error("the server did not answer {method} within {seconds} s")]
    Late {
        /// What was asked.
        method: &'static str,
        /// How long was waited.
        seconds: u64,
    },
    /// It is of a version that Halter does not know.
    #[error("the server is LittleHorse {found}, and halter talks to 1.2 and later of 1")]
    Version {
        /// What it says it is.
        found: String,
    },
    /// The server said no.
    #[error("{}", refusal(.method, *.code, .message))]
    Refused {
        /// What was asked.
        method: &'static str,
        /// Its code.
        code: Code,
        /// Its reason.
        message: String,
    },
    /// What was sent or came back is not as the descriptors say.
    #[error("{method}: the message does not fit its descriptor: {why}")]
    Message {
        /// What was asked.
        method: &'static str,
        /// What is wrong.
        why: String,
    },
    /// A script that a cluster can't play.
    #[error("{0}")]
    Script(String),
    /// The cluster does something without end.
    #[error("the WfRun {id} is not at rest after {seconds} s")]
    Restless {
        /// The WfRun.
        id: String,
        /// How long was waited.
        seconds: u64,
    },
}

impl Error {
    pub(crate) fn refused(method: &'static str, status: &Status) -> Self {
        Error::Refused { method, code: status.code(), message: status.message().to_owned() }
    }

    /// The code with which the server said no, if it did.
    pub fn code(&self) -> Option<Code> {
        match self {
            Error::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }
}

fn refusal(method: &str, code: Code, message: &str) -> String {
    match code {
        Code::PermissionDenied => {
            format!(
                "the server grants no right to {method} ({message}): LHC_TENANT_ID and the principal's ACLs decide"
            )
        }
        Code::Unauthenticated => {
            format!(
                "the server wants to know who asks for {method} ({message}): LHC_CLIENT_CERT or LHC_OAUTH_* say so"
            )
        }
        code => format!("the server refuses {method} with {}: {message}", name(code)),
    }
}

/// The code as the recorded traces have it.
pub fn name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Error};

    #[test]
    fn a_refusal_is_a_sentence_that_says_what_helps() {
        let refused = |code| Error::Refused { method: "RunWf", code, message: "no".to_owned() };
        let said = refused(Code::PermissionDenied).to_string();
        assert!(said.contains("no right to RunWf") && said.contains("LHC_TENANT_ID"), "{said}");
        let said = refused(Code::NotFound).to_string();
        assert_eq!(said, "the server refuses RunWf with NOT_FOUND: no");
    }
}
