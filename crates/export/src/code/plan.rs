//! Which thread's function stands inside which.

use std::collections::{HashMap, HashSet};

use halter_spec::Diagnostic;
use halter_spec::model::Document;

use super::refusal;

/// The functions of a file.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The threads whose functions stand inside each thread's, those that others need first.
    inside: HashMap<String, Vec<String>>,
    /// Threads that are named in more than one place: their functions are called for each.
    copied: HashSet<String>,
}

impl Plan {
    /// Plans a document's functions, or says why there are none.
    pub(crate) fn of(document: &Document) -> Result<Self, Box<Diagnostic>> {
        let spec = &document.wf_spec;
        let mut order = Vec::new();
        let mut states = HashMap::new();
        visit(document, &spec.entrypoint_thread_name, &mut states, &mut order)?;
        // From the entrypoint on: each thread before those that it needs.
        order.reverse();
        for (name, thread) in &spec.thread_specs {
            if !states.contains_key(name.as_str()) {
                let reason = "nothing starts it, and the SDK has no place for it.";
                return Err(Box::new(refusal(thread.at, name, None, reason)));
            }
        }
        Ok(Self { inside: homes(document, &order), copied: copies(document, &order)? })
    }

    /// Whether the SDK calls the thread's function more than once.
    pub(crate) fn is_copied(&self, thread: &str) -> bool {
        self.copied.contains(thread)
    }

    /// The threads whose functions stand inside this one's.
    pub(crate) fn inside(&self, thread: &str) -> &[String] {
        self.inside.get(thread).map_or(&[], Vec::as_slice)
    }
}

/// Puts a thread behind all that it needs; `true` in `states`: it is there.
fn visit<'d>(
    document: &'d Document,
    name: &'d str,
    states: &mut HashMap<&'d str, bool>,
    order: &mut Vec<&'d str>,
) -> Result<(), Box<Diagnostic>> {
    let Some(thread) = document.wf_spec.thread_specs.get(name) else {
        let at = document.wf_spec.at;
        return Err(Box::new(refusal(at, name, None, "there is no such thread.")));
    };
    match states.get(name) {
        Some(true) => return Ok(()),
        Some(false) => {
            let reason = "it leads to itself again, and a function of the SDK can't.";
            return Err(Box::new(refusal(thread.at, name, None, reason)));
        }
        None => {}
    }
    states.insert(name, false);
    for next in thread.threads() {
        visit(document, next, states, order)?;
    }
    states.insert(name, true);
    order.push(name);
    Ok(())
}

/// Puts each thread inside the innermost one through which every way to it leads.
fn homes(document: &Document, order: &[&str]) -> HashMap<String, Vec<String>> {
    let mut parents: HashMap<&str, Vec<&str>> = HashMap::new();
    for name in order {
        if let Some(thread) = document.wf_spec.thread_specs.get(*name) {
            for next in thread.threads() {
                parents.entry(next).or_default().push(name);
            }
        }
    }
    // The way from the entrypoint to each thread's home, itself last.
    let mut paths: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut inside: HashMap<String, Vec<String>> = HashMap::new();
    for name in order {
        let mut shared: Option<Vec<&str>> = None;
        for parent in parents.get(name).map_or(&[][..], Vec::as_slice) {
            let path = paths.get(parent).cloned().unwrap_or_default();
            shared = Some(match shared {
                None => path,
                Some(before) => before
                    .into_iter()
                    .zip(path)
                    .take_while(|(left, right)| left == right)
                    .map(|(left, _)| left)
                    .collect(),
            });
        }
        let mut path = shared.unwrap_or_default();
        if let Some(home) = path.last() {
            inside.entry((*home).to_owned()).or_default().insert(0, (*name).to_owned());
        }
        path.push(name);
        paths.insert(name, path);
    }
    inside
}

/// The threads that are named in several places. The SDK makes a thread of its own for each; such copies must not be in
/// one another's way.
fn copies(document: &Document, order: &[&str]) -> Result<HashSet<String>, Box<Diagnostic>> {
    let mut copied = HashSet::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let entrypoint = document.wf_spec.entrypoint_thread_name.as_str();
    counts.insert(entrypoint, 1);
    for name in order {
        let count = counts.get(name).copied().unwrap_or_default();
        let Some(thread) = document.wf_spec.thread_specs.get(*name) else {
            continue;
        };
        let mut next = thread.threads().peekable();
        if count > 1 {
            copied.insert((*name).to_owned());
            let own = thread.variable_defs.iter().any(|variable| variable.var_def.name != "INPUT");
            if own || next.peek().is_some() {
                let reason = "it is named in more than one place; the SDK makes a copy for each, and what they declare or start would be there twice.";
                return Err(Box::new(refusal(thread.at, name, None, reason)));
            }
        }
        for next in next {
            let total = counts.entry(next).or_default();
            *total = total.saturating_add(count);
        }
    }
    Ok(copied)
}
