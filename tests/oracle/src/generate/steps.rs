//! Steps of every kind.

use serde_json::{Map, Value as Json, json};

use super::threads::{NEVER, Role};
use super::{Kind, LONG, Maker, SHORT, Variable};

/// Seconds after which something comes due, if it does so within a run.
const SECONDS: [u64; 3] = [SHORT, LONG, LONG];

/// Times that a loop goes round.
const ROUNDS: usize = 2;

/// What fails that is no EXCEPTION.
const ERRORS: [&str; 4] = ["any-error", "any", "TIMEOUT", "TASK_ERROR"];

/// EXCEPTIONs of the sources' own.
pub(crate) const EXCEPTIONS: [&str; 2] = ["oops", "sold-out"];

impl Maker {
    /// So many steps, some of which are several.
    pub(super) fn steps(&mut self, count: usize) -> Vec<Json> {
        let mut steps = Vec::new();
        for nth in 0..count {
            self.step(nth + 1 == count, &mut steps);
        }
        steps
    }

    fn step(&mut self, last: bool, steps: &mut Vec<Json>) {
        match self.random.below(32) {
            6..=9 => steps.push(self.wait_for_event()),
            10 | 11 => steps.push(self.form()),
            12..=14 => self.children(steps),
            15 => self.child_for_each(steps),
            16 | 17 => {
                let sleep = self.sleep();
                steps.push(self.guarded(sleep));
            }
            18 => {
                let condition = self.condition();
                steps.push(self.guarded(json!({ "wait-for-condition": condition })));
            }
            19 => steps.push(self.throw()),
            20..=22 => steps.push(self.set()),
            23 => steps.push(self.branch()),
            24 => steps.push(self.repeat()),
            25 => steps.push(json!({ "nop": null })),
            30 | 31 => self.child_wf(steps),
            26 if last => steps.push(self.fail()),
            27 if last => {
                let value = self.value(self.returns);
                steps.push(json!({ "return": value }));
            }
            _ => steps.push(self.task()),
        }
    }

    fn sleep(&mut self) -> Json {
        match self.random.below(5) {
            0 if self.when => json!({ "sleep-until": "$when" }),
            1 => json!({ "sleep-until-date": NEVER }),
            _ => json!({ "sleep": self.random.one_of(&SECONDS) }),
        }
    }

    /// A step with what catches its failures, now and then.
    fn guarded(&mut self, mut step: Json) -> Json {
        if !self.random.one_in(4) {
            return step;
        }
        let mut handlers = Map::new();
        for _ in 0..=self.random.below(2) {
            let failure = match self.random.below(3) {
                0 => self.random.word(&ERRORS),
                1 => self.random.word(&EXCEPTIONS),
                _ => "any-exception",
            };
            let input = self.random.one_in(4).then(|| self.kind());
            if let Some(handler) = self.want(Role::Failure, input, None) {
                handlers.insert(failure.to_owned(), json!(handler));
            }
        }
        if !handlers.is_empty() {
            step["on-failure"] = Json::Object(handlers);
        }
        step
    }

    fn task(&mut self) -> Json {
        let Some((name, takes, returns)) = self.random.one_of(&self.tasks.clone()).cloned() else {
            return json!({ "nop": null });
        };
        let with: Vec<Json> = takes.into_iter().map(|kind| self.value(kind)).collect();
        let mut step = json!({ "task": name });
        if !with.is_empty() {
            step["with"] = json!(with);
        }
        if self.random.one_in(4) {
            step["timeout"] = json!(self.random.one_of(&SECONDS));
        }
        if self.random.one_in(3) {
            step["retries"] = json!(1 + self.random.below(2));
            if self.random.one_in(2) {
                step["backoff"] = json!({ "base-ms": 1000, "max-ms": 2000, "multiplier": 1.5 });
            }
        }
        self.stored(&mut step, returns);
        self.guarded(step)
    }

    /// Stores the output, if there is where.
    fn stored(&mut self, step: &mut Json, of: Option<Kind>) {
        let Some(kind) = of else { return };
        if self.random.one_in(3) {
            return;
        }
        if let Some(variable) = self.variable(kind) {
            step["into"] = json!(variable);
        } else if let Some(object) = self.variable(Kind::Object)
            && matches!(kind, Kind::Int | Kind::Str | Kind::Bool | Kind::Double | Kind::Object)
        {
            step["into"] = json!({ format!("{object}.got"): "$output" });
        }
    }

    fn wait_for_event(&mut self) -> Json {
        if self.random.one_in(12) {
            let key = self.expression(Kind::Str, 1);
            let key = if key.contains('$') { json!(key) } else { json!("key") };
            return json!({ "wait-for-event": "keyed", "correlation-key": key });
        }
        let Some((name, of)) = self.random.one_of(&self.events.clone()).cloned() else {
            return json!({ "nop": null });
        };
        let mut step = json!({ "wait-for-event": name });
        if self.random.one_in(3) {
            step["timeout"] = json!(self.random.one_of(&SECONDS));
        }
        self.stored(&mut step, of);
        self.guarded(step)
    }

    fn form(&mut self) -> Json {
        let mut step = json!({ "user-task": "form" });
        match self.random.below(3) {
            0 => step["user"] = json!("ann"),
            1 => step["group"] = json!("managers"),
            _ => {
                step["user"] = json!("ann");
                step["group"] = json!("managers");
            }
        }
        if self.random.one_in(3) {
            let notes = self.expression(Kind::Str, 1);
            if notes.contains('$') {
                step["notes"] = json!(notes);
            }
        }
        if self.random.one_in(3) {
            step["on-cancel"] = json!(self.random.word(&EXCEPTIONS));
        }
        if self.random.one_in(4) {
            let seconds = self.random.one_of(&SECONDS).map(ToString::to_string);
            let delay = json!({ "literalValue": { "int": seconds } });
            let hook = self.random.word(&["ON_ARRIVAL", "ON_TASK_ASSIGNED"]);
            let mut action = json!({ "delaySeconds": delay, "hook": hook });
            if self.random.one_in(3) {
                let user = json!({ "literalValue": { "str": "bob" } });
                action["reassign"] = json!({ "userId": user });
            } else {
                action["cancel"] = json!({});
            }
            step["actions"] = json!([action]);
        }
        if let Some(flag) = self.variable(Kind::Bool)
            && self.random.one_in(2)
        {
            step["into"] = json!({ flag: "$output.ok as BOOL" });
        }
        self.guarded(step)
    }

    /// Children that are started, something in between, and, nearly always, waiting for them.
    fn children(&mut self, steps: &mut Vec<Json>) {
        let mut started = Vec::new();
        for _ in 0..=self.random.below(2) {
            let given = self.random.one_in(3).then(|| {
                self.numbers += 1;
                let kind = self.kind();
                let kind = if self.variable(kind).is_some() { kind } else { Kind::Int };
                Variable { name: format!("given{}", self.numbers), kind }
            });
            let with = given.as_ref().map(|given| (given.name.clone(), self.value(given.kind)));
            let Some(name) = self.want(Role::Child, None, given) else { break };
            let mut step = json!({ "start-thread": name });
            if let Some((name, value)) = with {
                step["with"] = json!({ name: value });
            }
            steps.push(step);
            started.push(name);
        }
        // The number of a child is a variable, and a handler of interrupts has none of its own.
        if started.is_empty() || !self.declares || self.random.one_in(8) {
            return;
        }
        if self.random.one_in(3) {
            self.step(false, steps);
        }
        let wait = self.wait(&json!(started));
        steps.push(wait);
    }

    fn child_for_each(&mut self, steps: &mut Vec<Json>) {
        if !self.declares {
            return;
        }
        let (input, each) = match self.random.below(3) {
            0 => (Some(Kind::Str), self.leaf_list(Kind::Array)),
            1 => (Some(Kind::Int), "$list".to_owned()),
            _ => (None, self.leaf_list(Kind::List)),
        };
        let Some(name) = self.want(Role::Child, input, None) else { return };
        steps.push(json!({ "start-threads": name, "for-each": each }));
        let wait = self.wait(&json!(name));
        steps.push(wait);
    }

    fn leaf_list(&mut self, kind: Kind) -> String {
        self.variable(kind).map_or_else(|| "$list".to_owned(), |name| format!("${name}"))
    }

    fn wait(&mut self, of: &Json) -> Json {
        let mut step = json!({ "wait-for-threads": of });
        if self.random.one_in(2) {
            step["strategy"] = json!(self.random.word(&["all", "any", "first"]));
        }
        if self.random.one_in(3) {
            let failure = self.random.word(&["any", "any-error", "any-exception", "oops"]);
            if let Some(handler) = self.want(Role::Failure, None, None) {
                step["on-child-failure"] = json!({ failure: handler });
            }
        }
        self.guarded(step)
    }

    /// A child workflow, something in between, and, nearly always, waiting for it. What it is given has a type that its stand-in on
    /// the server can declare.
    fn child_wf(&mut self, steps: &mut Vec<Json>) {
        let name = self.name("other");
        let mut run = json!({ "run-child-wf": name });
        if self.random.one_in(2) {
            let kind = self.kind();
            let given = match self.variable(kind) {
                Some(variable) => json!(format!("${variable}")),
                None => self.literal(Kind::Int),
            };
            run["with"] = json!({ "given": given });
        }
        steps.push(self.guarded(run));
        if self.random.one_in(8) {
            return;
        }
        if self.random.one_in(3) {
            self.step(false, steps);
        }
        let mut wait = json!({ "wait-for-child-wf": name });
        self.stored(&mut wait, Some(Kind::Int));
        steps.push(self.guarded(wait));
    }

    fn throw(&mut self) -> Json {
        let Some((name, kind)) = self.random.one_of(&self.thrown.clone()).cloned() else {
            return json!({ "nop": null });
        };
        let content = self.value(kind);
        self.guarded(json!({ "throw-event": name, "content": content }))
    }

    /// Changes of variables: by an operation, or to an expression.
    pub(super) fn set(&mut self) -> Json {
        let mut changes = Map::new();
        for _ in 0..=self.random.below(2) {
            let Some(variable) = self.random.one_of(&self.visible.clone()).cloned() else { break };
            // What is asked for at the start and what loops count stays as it is.
            if variable.name == "list" || variable.name.starts_with("round") {
                continue;
            }
            let (name, value) = self.change(&variable);
            changes.insert(name, value);
        }
        if changes.is_empty() {
            changes.insert("number".to_owned(), json!("add 1"));
        }
        json!({ "set": changes })
    }

    fn change(&mut self, variable: &Variable) -> (String, Json) {
        let name = variable.name.clone();
        let operation = match variable.kind {
            Kind::Int => {
                let operation = self.random.word(&["add", "subtract", "multiply", "divide"]);
                format!("{operation} {}", self.expression(Kind::Int, 1))
            }
            Kind::Double => {
                let operation = self.random.word(&["add", "subtract", "multiply", "divide"]);
                format!("{operation} {}", self.expression(Kind::Double, 1))
            }
            Kind::Bool => {
                let operation = self.random.word(&["and", "or"]);
                format!("{operation} {}", self.expression(Kind::Bool, 1))
            }
            Kind::Object if self.random.one_in(3) => {
                format!("remove-key \"{}\"", self.random.word(&["a", "c", "none"]))
            }
            Kind::Object => {
                let path = self.random.word(&["a", "new", "c.d", "c.new"]);
                let kind = self.random.one_of(&Kind::ALL[..6]).copied().unwrap_or(Kind::Int);
                return (format!("{name}.{path}"), self.value(kind));
            }
            Kind::List => match self.random.below(3) {
                0 => format!("add {}", self.expression(Kind::Int, 1)),
                1 => "extend [5]".to_owned(),
                _ => format!("remove {}", self.expression(Kind::Int, 0)),
            },
            // One element more, or a longer text.
            Kind::Str | Kind::Array => format!("extend {}", self.expression(Kind::Str, 1)),
            Kind::Map => format!("extend {}", self.expression(Kind::Map, 1)),
            Kind::Struct | Kind::Time | Kind::Bytes => return (name, self.value(variable.kind)),
        };
        // What YAML would take for a map can't stand without quotation marks.
        let is_plain = !operation.contains(": ") && !operation.contains(" #");
        let value = if is_plain && self.random.one_in(2) {
            json!(operation)
        } else {
            self.value(variable.kind)
        };
        (name, value)
    }

    fn branch(&mut self) -> Json {
        let condition = self.condition();
        let count = 1 + self.random.below(2);
        let then = self.steps(count);
        let mut step = json!({ "if": condition, "then": then });
        if self.random.one_in(3) {
            let (other, then) = (self.condition(), self.steps(1));
            step["else-if"] = json!([{ "if": other, "then": then }]);
        }
        if self.random.one_in(2) {
            step["else"] = json!(self.steps(1));
        }
        step
    }

    /// A loop that comes to an end: nothing else changes what it counts.
    fn repeat(&mut self) -> Json {
        if !self.declares {
            return self.set();
        }
        self.numbers += 1;
        let name = format!("round{}", self.numbers);
        self.declare(&name, Kind::Int, "INT = 0");
        let mut steps = vec![json!({ "set": { &name: "add 1" } })];
        steps.extend(self.steps(1));
        json!({ "while": format!("${name} < {ROUNDS}"), "do": steps })
    }

    fn fail(&mut self) -> Json {
        let mut step = json!({ "fail": self.random.word(&EXCEPTIONS), "message": "So it is." });
        if self.random.one_in(3) {
            let kind = self.kind();
            step["content"] = self.value(kind);
        }
        step
    }
}
