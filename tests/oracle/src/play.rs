//! One case on the server, and what the server did in Halter.

use std::fmt::Write as _;
use std::sync::Arc;

use halter_cluster::{Cluster, Configuration, Deployed, Error, Way};
use halter_engine::{Command, Program, RunState, Semantics, Unobserved};
use halter_session::trace::{Mismatch, Trace};
use halter_spec::model::Document;
use serde_json::{Value as Json, json};

use crate::{correlated, grow, kind};

/// Lines of a difference that are shown.
const SHOWN: usize = 12;

/// What came of it.
#[derive(Debug)]
pub enum Played {
    /// Both do the same.
    Same,
    /// They part.
    Differs(Box<Difference>),
    /// They part where something came due between two commands, or several things at once: that is left to chance.
    ByChance,
    /// The server gives no answer.
    NoAnswer(String),
}

/// Where they part.
#[derive(Debug, Clone)]
pub struct Difference {
    /// Of what kind it is.
    pub kind: String,
    /// What each of them has, in words.
    pub excerpt: String,
    /// The step at which they part, from 0.
    pub step: Option<usize>,
    /// What the server did.
    pub trace: Json,
}

/// A server.
#[derive(Debug)]
pub struct Server(Configuration);

impl Server {
    /// The server to which the environment leads.
    ///
    /// # Errors
    /// If the environment names none.
    pub fn of_environment() -> Result<Self, Error> {
        Configuration::read().map(Server)
    }

    /// Deploys a document in a tenant of its own and plays a script there; Halter plays what the server did.
    pub fn play(&self, document: &Arc<Document>, script: &[Json]) -> Played {
        let way = Way { workers: false, longest_wait: 60 };
        let played = self.deployed(document, script).and_then(|(cluster, deployed)| {
            halter_cluster::play(&cluster, document, &deployed, script, &way)
        });
        match played {
            Ok(played) => compare(correlated::renamed(played.trace)),
            Err(error) => failed(&error),
        }
    }

    /// Deploys a document that Halter refuses: whether the server does, too.
    pub fn accepts(&self, document: &Arc<Document>) -> Played {
        match self.deployed(document, &[]) {
            Ok((_, deployed)) => {
                let mut trace = halter_cluster::without_steps(document);
                trace["steps"] = json!([]);
                if let Some((code, message)) = &deployed.rejected {
                    trace["rejected"] = json!({
                        "code": halter_cluster::code_name(*code), "message": message,
                    });
                }
                compare(trace)
            }
            // What a document names is refused as well as what it says.
            Err(error) if is_about_a_definition(&error) && is_refused(document) => Played::Same,
            Err(error) => failed(&error),
        }
    }

    fn deployed(
        &self,
        document: &Arc<Document>,
        script: &[Json],
    ) -> Result<(Cluster, Deployed), Error> {
        let mut cluster = Cluster::connect(&self.0)?;
        cluster.enter_new_tenant(&halter_cluster::new_id())?;
        let deployed = halter_cluster::deploy_to_play(&cluster, document, script)?;
        Ok((cluster, deployed))
    }
}

/// Whether Halter refuses a document.
fn is_refused(document: &Document) -> bool {
    halter_spec::validate(document).iter().any(halter_spec::Diagnostic::is_error)
}

fn failed(error: &Error) -> Played {
    match error {
        // A definition that the server does not take: Halter should have said so. All other codes say that the server is not well.
        Error::Refused { method, .. } if is_about_a_definition(error) => {
            Played::Differs(Box::new(Difference {
                kind: format!("{method}: {error}"),
                excerpt: error.to_string(),
                step: None,
                trace: Json::Null,
            }))
        }
        error => Played::NoAnswer(error.to_string()),
    }
}

fn is_about_a_definition(error: &Error) -> bool {
    let code = error.code().map(halter_cluster::code_name);
    matches!(code, Some("INVALID_ARGUMENT" | "FAILED_PRECONDITION" | "ALREADY_EXISTS"))
}

fn compare(trace: Json) -> Played {
    let read = match Trace::read(&trace.to_string()) {
        Ok(read) => read,
        Err(why) => return Played::NoAnswer(why),
    };
    let Err(mismatch) = read.play(Semantics::SERVER_1_2) else {
        return Played::Same;
    };
    let step = match &mismatch {
        Mismatch::Step(step, ..) => Some(*step),
        _ => None,
    };
    if step.is_some_and(|step| is_chance(&read, step)) {
        return Played::ByChance;
    }
    // A text that is made of BYTES is where Java keeps them.
    if mismatch.to_string().contains("[B@") {
        return Played::ByChance;
    }
    let kind = kind::of(&mismatch, &trace);
    let mut excerpt = String::new();
    for line in mismatch.to_string().lines().take(SHOWN) {
        let _ = writeln!(excerpt, "{line}");
    }
    Played::Differs(Box::new(Difference { kind, excerpt, step, trace }))
}

/// Whether it was left to chance what the server did up to this step: it hands out tasks in an order of its own, so that something
/// may come due that the script did not foresee.
fn is_chance(trace: &Trace, step: usize) -> bool {
    let Ok(document) = &trace.document else { return false };
    let Ok(program) = Program::compile(document, Semantics::SERVER_1_2) else { return false };
    let mut state = RunState::default();
    // From then on is waited for so long after each command that what is due soon may come.
    let mut is_correlated = false;
    for command in trace.commands().unwrap_or_default().iter().take(step + 1) {
        let waits = matches!(command, Command::PassTime(_));
        if grow::is_soon(&program, &state) && (!waits || grow::come_together(&state)) {
            return true;
        }
        state = halter_engine::step(&program, state, command, &mut Unobserved).0;
        is_correlated |= matches!(command, Command::PostCorrelatedEvent { .. });
        if is_correlated && grow::is_soon(&program, &state) {
            return true;
        }
    }
    false
}
