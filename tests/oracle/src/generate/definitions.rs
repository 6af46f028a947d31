//! What the threads refer to: events, tasks, forms, structs.

use serde_json::{Map, Value as Json, json};

use super::{Kind, Maker};

/// Events to wait for, at most.
const EVENTS: usize = 3;

/// Events that interrupt, at most.
const INTERRUPTS: usize = 4;

impl Maker {
    /// Makes all definitions.
    pub(super) fn definitions(&mut self) {
        let mut events = Map::new();
        for nth in 0..=self.random.below(EVENTS) {
            let (name, of) = (format!("event-{nth}"), self.payload());
            let written = self.event(of);
            events.insert(name.clone(), written);
            self.events.push((name, of));
        }
        for nth in 0..=self.random.below(INTERRUPTS) {
            let (name, of) = (format!("stop-{nth}"), self.payload());
            let written = self.event(of);
            events.insert(name.clone(), written);
            self.interrupts.push((name, of));
        }
        events.insert("keyed".to_owned(), json!({ "payload": "STR", "correlated": {} }));
        self.section("events", events);
        self.tasks();
        let form = json!({ "ok": "BOOL required", "why": "STR", "count": "INT" });
        self.sections.insert("user-tasks".to_owned(), json!({ "form": form }));
        let thrown = if self.random.one_in(2) { Kind::Str } else { self.kind() };
        self.thrown.push(("thrown".to_owned(), thrown));
        self.sections.insert("workflow-events".to_owned(), json!({ "thrown": thrown.name() }));
        let car = json!({ "make": "STR", "year": "INT = 2000", "plate": "STR masked nullable" });
        self.sections.insert("structs".to_owned(), json!({ "car": car }));
    }

    fn tasks(&mut self) {
        let mut tasks = Map::new();
        for nth in 0..=self.random.below(3) {
            let name = format!("work-{nth}");
            let takes: Vec<Kind> = (0..self.random.below(3)).map(|_| self.kind()).collect();
            let returns = (!self.random.one_in(4)).then(|| self.kind());
            let inputs: Map<String, Json> = takes
                .iter()
                .enumerate()
                .map(|(nth, kind)| (format!("input-{nth}"), self.masked_now_and_then(*kind)))
                .collect();
            let mut task = json!({ "inputs": inputs });
            if let Some(kind) = returns {
                task["returns"] = self.masked_now_and_then(kind);
            } else if self.random.one_in(2) {
                task["returns"] = json!("NOTHING");
            }
            tasks.insert(name.clone(), task);
            self.tasks.push((name, takes, returns));
        }
        self.section("tasks", tasks);
    }

    fn masked_now_and_then(&mut self, kind: Kind) -> Json {
        let masked = if self.random.one_in(6) { " masked" } else { "" };
        json!(format!("{}{masked}", kind.name()))
    }

    /// What an event carries: often nothing is declared.
    fn payload(&mut self) -> Option<Kind> {
        (!self.random.one_in(3)).then(|| self.kind())
    }

    fn event(&mut self, of: Option<Kind>) -> Json {
        match of {
            Some(kind) => self.masked_now_and_then(kind),
            None => Json::Null,
        }
    }

    /// Any type, simple ones more often.
    pub(super) fn kind(&mut self) -> Kind {
        let of = if self.random.one_in(2) { &Kind::ALL[..3] } else { &Kind::ALL[..] };
        self.random.one_of(of).copied().unwrap_or(Kind::Int)
    }

    fn section(&mut self, name: &str, entries: Map<String, Json>) {
        self.sections.insert(name.to_owned(), Json::Object(entries));
    }
}
