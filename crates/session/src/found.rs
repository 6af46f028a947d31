//! A WfRun as it was found: from what a server tells of it to a state. What nobody told is left open: a payload is nothing, a task
//! of which only the NodeRun is known is at a worker.

use std::collections::BTreeMap;
use std::sync::Arc;

use halter_engine::Found;
use halter_engine::program::Program;
use halter_engine::state::{
    EventIndex, ExternalEvent, HaltReason, NodeRun, NodeRunDetail, PendingFailure,
    PendingInterrupt, RunState, Status, ThreadNumber, ThreadRun, ThreadType, ThrownEvent,
};
use halter_spec::model::MOST_THREAD_RUNS;
use halter_spec::proto_json::read_value;
use halter_spec::value::Value;
use serde_json::Value as Json;

use crate::trace::messages::{self, Messages};

mod fits;
mod json;
mod node_runs;

use json::{array, message, number, numbers, optional_number, status, text, time, value};

type Told<T> = Result<T, String>;

/// The state of a WfRun that was found: LittleHorse's own messages, or a state in the form of the traces.
///
/// # Errors
/// One sentence on what is missing, or does not fit the WfSpec.
pub fn state(program: &Program, found: &Json) -> Told<RunState> {
    // `lhctl` prints what is not there as null.
    let found = &without_nulls(found);
    let list = |key: &str| array(found, key).to_vec();
    let is_raw = array(found, "nodeRuns").first().is_some_and(|run| run.get("id").is_some());
    if !is_raw {
        return Reader::new(program, found, Clock::default()).state();
    }
    let raw = Messages {
        wf_run: found.get("wfRun").cloned().unwrap_or_default(),
        node_runs: list("nodeRuns"),
        task_runs: list("taskRuns"),
        user_task_runs: list("userTaskRuns"),
        variables: list("variables"),
        external_events: list("externalEvents"),
        child_wf_runs: list("childWfRuns"),
        played: Vec::new(),
    };
    let id = raw.wf_run.get("id").map_or("", |id| messages::text(id, "id")).to_owned();
    let told = messages::state_json(&raw, &id);
    let mut reader = Reader::new(program, &told, Clock::of(&raw));
    reader.raw = Some(&raw);
    reader.state()
}

fn without_nulls(json: &Json) -> Json {
    match json {
        Json::Object(fields) => {
            let there = fields.iter().filter(|(_, value)| !value.is_null());
            there.map(|(key, value)| (key.clone(), without_nulls(value))).collect()
        }
        Json::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// When what happened, in virtual time: the WfRun's start is 0, and the latest time of all is now.
#[derive(Debug, Default, Clone, Copy)]
struct Clock {
    start: i64,
    now: i64,
}

impl Clock {
    fn of(raw: &Messages) -> Self {
        let start = time(&raw.wf_run, "startTime").unwrap_or_default();
        let lists = [&raw.node_runs, &raw.task_runs, &raw.external_events, &raw.child_wf_runs];
        let mut latest = start;
        for message in lists.into_iter().flatten().chain([&raw.wf_run]) {
            for key in ["arrivalTime", "endTime", "createdAt", "startTime", "scheduledAt"] {
                latest = latest.max(time(message, key).unwrap_or(start));
            }
        }
        Clock { start, now: latest.saturating_sub(start) }
    }
}

struct Reader<'f> {
    program: &'f Program,
    found: &'f Json,
    clock: Clock,
    /// What else is known, if a server told it in messages of its own.
    raw: Option<&'f Messages>,
    /// The NodeRuns of each ThreadRun.
    node_runs: BTreeMap<ThreadNumber, Vec<&'f Json>>,
    events: Vec<ExternalEvent>,
    thrown: Vec<ThrownEvent>,
}

impl<'f> Reader<'f> {
    fn new(program: &'f Program, found: &'f Json, clock: Clock) -> Self {
        let mut node_runs: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for run in array(found, "nodeRuns") {
            node_runs.entry(number(run, "threadRunNumber")).or_default().push(run);
        }
        let (events, thrown) = (Vec::new(), Vec::new());
        Reader { program, found, clock, raw: None, node_runs, events, thrown }
    }

    fn state(mut self) -> Told<RunState> {
        let wf_run = self.found.get("wfRun").unwrap_or(&Json::Null);
        for event in array(self.found, "externalEvents") {
            self.listed_event(event)?;
        }
        let mut threads: Vec<ThreadRun> = Vec::new();
        for told in array(wf_run, "threadRuns") {
            let at = number(told, "number") as usize;
            if at >= MOST_THREAD_RUNS as usize {
                return Err(format!("A WfRun with a ThreadRun {at} is too large to be shown."));
            }
            // What is not told of has left the WfRun, COMPLETED.
            while threads.len() < at {
                threads.push(gone(self.program));
            }
            let thread = self.thread(told)?;
            match threads.get_mut(at) {
                Some(place) => *place = thread,
                None => threads.push(thread),
            }
        }
        let interrupts: Told<Vec<_>> = array(wf_run, "pendingInterrupts")
            .iter()
            .map(|told| {
                let event = self.event(told.get("externalEventId").unwrap_or(&Json::Null))?;
                let thread = number(told, "interruptedThreadId");
                let handler = self.spec(text(told, "handlerSpecName"))?;
                Ok(PendingInterrupt { event, thread, handler })
            })
            .collect();
        let failures: Told<Vec<_>> = array(wf_run, "pendingFailures")
            .iter()
            .map(|told| {
                let handler = self.spec(text(told, "handlerSpecName"))?;
                Ok(PendingFailure { thread: number(told, "failedThreadRun"), handler })
            })
            .collect();
        let found = Found {
            status: status(wf_run)?,
            threads,
            events: std::mem::take(&mut self.events),
            pending_interrupts: interrupts?,
            pending_failures: failures?,
            thrown_events: std::mem::take(&mut self.thrown),
            now: self.clock.now,
        };
        fits::check(&found)?;
        Ok(RunState::found(self.program, found))
    }

    fn spec(&self, name: &str) -> Told<u16> {
        let found = self.program.specs.iter().position(|spec| *spec.name == *name);
        let workflow = &self.program.name;
        found.map(|index| index as u16).ok_or_else(|| {
            format!(
                "The WfSpec {workflow} has no ThreadSpec {name}: paste its version of this WfRun."
            )
        })
    }

    fn thread(&mut self, told: &Json) -> Told<ThreadRun> {
        let own = number(told, "number");
        let spec = self.spec(text(told, "threadSpecName"))?;
        let kinds = [
            ThreadType::Entrypoint,
            ThreadType::Child,
            ThreadType::Interrupt,
            ThreadType::FailureHandler,
        ];
        let kind = kinds.into_iter().find(|kind| kind.name() == text(told, "type"));
        let mut children = numbers(told, "childThreadIds");
        // LittleHorse lists a ThreadRun that handles its parent's failure twice.
        children.sort_unstable();
        children.dedup();
        let reasons: Told<Vec<_>> =
            array(told, "haltReasons").iter().map(|reason| self.halt_reason(reason)).collect();
        let trigger = told.get("interruptTriggerId").map(|id| self.event(id)).transpose()?;
        let failed = told.get("failureBeingHandled").map(|failed| {
            let place = (number(failed, "threadRunNumber"), number(failed, "nodeRunPosition"));
            (place.0, place.1, number(failed, "failureNumber"))
        });
        let node_runs = self.node_runs(own, spec, number(told, "currentNodePosition"))?;
        Ok(ThreadRun {
            spec,
            kind: kind.unwrap_or(ThreadType::Entrypoint),
            status: status(told)?,
            parent: optional_number(told, "parentThreadId"),
            children,
            live_children: Vec::new(),
            halt_reasons: reasons?,
            trigger,
            failure_being_handled: failed,
            handled_failed_children: numbers(told, "handledFailedChildren"),
            error_message: message(told, "errorMessage"),
            output: told.get("output").and_then(|output| read_value(output).ok()),
            variables: self.variables(own, spec),
            node_runs,
            archived: false,
            outputs: Vec::new(),
        })
    }

    fn variables(&self, thread: ThreadNumber, spec: u16) -> Vec<Value> {
        let told = self.found.get("variables").and_then(|all| all.get(thread.to_string()));
        let variables = self.program.spec(spec).variables.iter();
        variables
            .map(|variable| match told.and_then(|own| own.get(&*variable.name)) {
                Some(value) => read_value(value).unwrap_or_default(),
                None => variable.default.clone().unwrap_or_default(),
            })
            .collect()
    }

    fn halt_reason(&mut self, told: &Json) -> Told<HaltReason> {
        let mut fields = told.as_object().into_iter().flatten();
        let Some((key, inner)) = fields.next() else {
            return Err("A halt reason says nothing.".to_owned());
        };
        Ok(match key.as_str() {
            "pendingInterrupt" => {
                let id = inner.get("externalEventId").unwrap_or(&Json::Null);
                HaltReason::PendingInterrupt(self.event(id)?)
            }
            "interrupted" => HaltReason::Interrupted(number(inner, "interruptThreadId")),
            "parentHalted" => HaltReason::ParentHalted(number(inner, "parentThreadId")),
            "pendingFailure" => HaltReason::PendingFailure(number(inner, "nodeRunPosition")),
            "handlingFailure" => HaltReason::HandlingFailure(number(inner, "handlerThreadId")),
            "haltedByParent" => HaltReason::HaltedByParent(
                number(inner, "parentThreadRunNumber"),
                number(inner, "waitingNodeRunPosition"),
            ),
            "manualHalt" => HaltReason::ManualHalt,
            other => return Err(format!("Halter knows no halt reason {other}.")),
        })
    }

    /// An event of the list.
    fn listed_event(&mut self, told: &Json) -> Told<()> {
        let def = self.event_def(text(told, "externalEventDef"))?;
        let guid: Arc<str> = text(told, "guid").into();
        let place =
            (optional_number(told, "threadRunNumber"), optional_number(told, "nodeRunPosition"));
        let claimed = told.get("claimed").and_then(Json::as_bool).unwrap_or(false);
        let raw = self.raw.into_iter().flat_map(|raw| &raw.external_events);
        let raw = raw.filter(|event| event.get("id").map_or("", |id| text(id, "guid")) == &*guid);
        let content = raw.map(|event| value(event, "content")).next().unwrap_or_default();
        let (claimed_by, meant) = match place {
            (Some(thread), Some(position)) if claimed => (Some((thread, position)), (None, None)),
            place => (None, place),
        };
        self.events.push(ExternalEvent {
            def,
            guid,
            content,
            claimed,
            claimed_by,
            thread: meant.0,
            position: meant.1,
        });
        Ok(())
    }

    fn event_def(&self, name: &str) -> Told<u16> {
        self.program.event(name).ok_or_else(|| format!("Nothing in the WfSpec names event {name}."))
    }

    /// The event with this id; one that is not in the list was claimed by whoever names it.
    fn event(&mut self, id: &Json) -> Told<EventIndex> {
        let def =
            self.event_def(id.get("externalEventDefId").map_or("", |def| text(def, "name")))?;
        let guid = text(id, "guid");
        let known = self.events.iter().position(|event| event.def == def && *event.guid == *guid);
        if let Some(index) = known {
            return Ok(index as EventIndex);
        }
        self.events.push(ExternalEvent {
            def,
            guid: guid.into(),
            content: Value::Null,
            claimed: true,
            claimed_by: None,
            thread: None,
            position: None,
        });
        Ok(self.events.len() as EventIndex - 1)
    }
}

/// A ThreadRun that is not told of: it left the WfRun to make room.
fn gone(program: &Program) -> ThreadRun {
    let start = NodeRun {
        node: 0,
        status: Status::Completed,
        failures: Vec::new(),
        failure_handlers: Vec::new(),
        error_message: None,
        detail: NodeRunDetail::Plain,
    };
    ThreadRun {
        spec: 0,
        kind: ThreadType::Child,
        status: Status::Completed,
        parent: Some(0),
        children: Vec::new(),
        live_children: Vec::new(),
        halt_reasons: Vec::new(),
        trigger: None,
        failure_being_handled: None,
        handled_failed_children: Vec::new(),
        error_message: None,
        output: None,
        variables: vec![Value::Null; program.spec(0).variables.len()],
        node_runs: std::iter::once(start).collect(),
        archived: true,
        outputs: Vec::new(),
    }
}
