//! Names: what was meant, what can be declared, and how else it can be called.

use halter_spec::about::{Unknown, UnknownWhat};
use halter_spec::grammar::NameKind;
use halter_spec::{About, similar};

use super::search::Search;
use crate::analysis::{Name, Use, threads_in};
use crate::cst::Entry;
use crate::edit::Edit;
use crate::edits::layout::{declare, insert_entry, insert_into};

impl Search<'_, '_> {
    /// What was probably meant, in the place of what is written.
    pub(super) fn what_is_meant(&mut self, about: &About) {
        let Some(Unknown { what, written, meant: Some(meant), .. }) = about.unknown() else {
            return;
        };
        let end = self.from + written.len();
        let is_whole = match what {
            UnknownWhat::Key(_)
            | UnknownWhat::Input
            | UnknownWhat::Step
            | UnknownWhat::Command
            | UnknownWhat::Word(_)
            | UnknownWhat::SimulatedTask => true,
            UnknownWhat::Type | UnknownWhat::Value => false,
        };
        let to = if self.text.get(self.from..end) == Some(written) {
            end
        } else if is_whole {
            // It stands in quotation marks.
            self.to
        } else {
            // The place is a larger one: where in it, nobody knows.
            return;
        };
        self.add(format!("write {meant}"), [Edit::replace(self.from, to, meant)]);
    }

    /// Names in the place of the diagnostic that nobody declares: the nearest that somebody does, or a declaration.
    pub(super) fn names(&mut self) {
        let unknown: Vec<(usize, usize, Name)> = self
            .analysis
            .names()
            .filter(|(spot, name, usage)| {
                let inside =
                    self.from <= spot.from && spot.to <= self.to.max(self.cst.line_end(self.from));
                inside && *usage == Use::Uses && self.analysis.declaration(name).is_none()
            })
            .map(|(spot, name, _)| (spot.from, spot.to, name.clone()))
            .collect();
        let own = self.analysis.thread_at(self.from).map(|entry| entry.key.clone());
        let about = self.diagnostic.about.names();
        for (from, to, name) in unknown {
            if !about.contains(&name.name.as_str()) {
                continue;
            }
            let declared: Vec<&str> = self
                .analysis
                .names()
                .filter(|(_, other, usage)| {
                    other.kind == name.kind
                        && *usage == Use::Declares
                        && other.owner == name.owner
                        && other.workflow == name.workflow
                })
                .map(|(_, other, _)| other.name.as_str())
                .collect();
            if let Some(meant) = similar(&name.name, declared) {
                self.add(format!("write {meant}"), [Edit::replace(from, to, meant)]);
            }
            let section = match name.kind {
                NameKind::Event => "events",
                NameKind::Task => "tasks",
                NameKind::UserTask => "user-tasks",
                NameKind::WorkflowEvent => "workflow-events",
                NameKind::Thread => "threads",
                _ => "",
            };
            let title = format!("declare {} {}", name.kind.word(), name.name);
            match (section, &own) {
                ("", Some(thread)) if name.kind == NameKind::Variable => {
                    let mut all = threads_in(self.cst, &name.workflow);
                    let entry = all.find(|entry| entry.key == *thread);
                    let edit = entry.and_then(|entry| self.declare_variable(entry, &name.name));
                    self.add(format!("{title} in thread {thread}"), edit);
                }
                ("", _) => {}
                ("threads", _) => {
                    let edit = match self.cst.root.get("workflows") {
                        Some(all) if !name.workflow.is_empty() => all
                            .get(&name.workflow)
                            .and_then(|workflow| workflow.entry("threads"))
                            .and_then(|own| insert_entry(self.cst, own, None, &name.name, "[nop]")),
                        Some(_) | None => declare(self.cst, section, &name.name, "[nop]"),
                    };
                    self.add(format!("add thread {}", name.name), edit);
                }
                _ => {
                    let edit = declare(self.cst, section, &name.name, "");
                    self.add(title, edit);
                }
            }
        }
    }

    pub(super) fn declare_variable(&self, thread: &Entry, name: &str) -> Option<Edit> {
        match thread.value.entry("variables") {
            Some(variables) => insert_entry(self.cst, variables, None, name, "STR"),
            None => {
                let value = format!("{{{name}: STR}}");
                insert_into(self.cst, &thread.value, Some(&[]), "variables", &value)
            }
        }
    }

    /// The same name, with only what LittleHorse takes for one.
    pub(super) fn valid_name(&mut self) {
        let inside = self.analysis.names().find(|(spot, name, _)| {
            self.from <= spot.from
                && spot.to
                    <= self.to.max(self.from + 1).max(spot.to.min(self.cst.line_end(self.from)))
                && self.diagnostic.about.names().contains(&name.name.as_str())
        });
        if let Some((_, name, _)) = inside {
            let valid = hostname(&name.name);
            let name = name.clone();
            let mut spans: Vec<(usize, usize)> = self
                .analysis
                .names()
                .filter(|(_, other, _)| **other == name)
                .map(|(spot, _, _)| (spot.from, spot.to))
                .collect();
            spans.dedup();
            let edits: Vec<Edit> = spans
                .into_iter()
                .map(|(from, to)| Edit::replace(from, to, valid.clone()))
                .collect();
            self.add(format!("call it {valid}"), edits);
            return;
        }
        if let Some(node) = self.scalar_at(&self.cst.root)
            && let Some(text) = node.text()
        {
            let valid = hostname(text);
            let edit = Edit::replace(node.from, node.to, valid.clone());
            self.add(format!("call it {valid}"), [edit]);
        }
    }
}

/// The nearest name of letters, digits and dashes.
fn hostname(name: &str) -> String {
    let letters =
        name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    let joined: String = letters.collect();
    let parts: Vec<&str> = joined.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "my-workflow".to_owned() } else { parts.join("-") }
}
