//! Points at which a run stops by itself: a node, a status, a variable, a rule. Whether a step reaches one of them,
//! and at which moment.

use halter_engine::Deviation;
use halter_engine::occurrence::What;
use halter_engine::rules::RULES;
use halter_engine::state::{Status, ThreadNumber};
use serde::{Deserialize, Serialize};

use crate::compare;
use crate::sitting::{Sitting, Told};
use crate::words::{Names, Teller};

/// What to stop at. Names are those of the WfSpec: where a document has none of that name, nothing happens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Breakpoint {
    /// A ThreadRun arrives at a node: names of ThreadSpec and node.
    Node(String, String),
    /// A ThreadRun gets a status: any, or one of a ThreadSpec.
    Status(Option<String>, #[serde(with = "status_name")] Status),
    /// A variable gets a value: names of its ThreadSpec and its own.
    Variable(String, String),
    /// Something happens by a rule, or the server departs from it: an id such as `R-HALT` or `D-RESCUE-WAITS`.
    Rule(String),
}

/// A status by `LittleHorse`'s name.
mod status_name {
    use halter_engine::state::Status;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
    pub(super) fn serialize<S: Serializer>(status: &Status, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(status.name())
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Status, D::Error> {
        let name = String::deserialize(from)?;
        let known = Status::ALL.into_iter().find(|known| known.name() == name);
        known.ok_or_else(|| D::Error::custom(format!("there is no status {name}")))
    }
}

impl Breakpoint {
    /// What it waits for, such as `any ThreadRun is HALTING`.
    pub fn words(&self) -> String {
        match self {
            Breakpoint::Node(thread, node) => format!("{thread} is at {node}"),
            Breakpoint::Status(None, status) => format!("any ThreadRun is {}", status.name()),
            Breakpoint::Status(Some(thread), status) => format!("{thread} is {}", status.name()),
            Breakpoint::Variable(thread, variable) => format!("{variable} of {thread} is written"),
            Breakpoint::Rule(id) if id.starts_with("D-") => format!("the server departs by {id}"),
            Breakpoint::Rule(id) => format!("{id} applies"),
        }
    }
}

/// A group of points that can be chosen: its name and the points.
pub type Choices = (String, Vec<Breakpoint>);

/// Every point that a document has, in groups.
pub fn choices(sitting: &Sitting) -> Vec<Choices> {
    // No ThreadRun is ever seen STARTING.
    let statuses = || Status::ALL.into_iter().filter(|s| *s != Status::Starting);
    let any = statuses().map(|status| Breakpoint::Status(None, status));
    let mut choices = vec![("Any ThreadRun".to_owned(), any.collect())];
    for spec in &sitting.program().specs {
        let name = || spec.name.to_string();
        let nodes = spec.nodes.iter().map(|node| Breakpoint::Node(name(), node.name.to_string()));
        let statuses = statuses().map(|status| Breakpoint::Status(Some(name()), status));
        let variables = spec
            .variables
            .iter()
            .map(|variable| Breakpoint::Variable(name(), variable.name.to_string()));
        let points = nodes.chain(statuses).chain(variables).collect();
        choices.push((format!("Thread {}", spec.name), points));
    }
    let rules = RULES
        .iter()
        .filter(|text| text.rule.occurs())
        .map(|text| Breakpoint::Rule(text.id.to_owned()));
    choices.push(("A rule".to_owned(), rules.collect()));
    let deviations = Deviation::ALL.iter().map(|(_, id, _)| Breakpoint::Rule((*id).to_owned()));
    choices.push(("Where the server departs".to_owned(), deviations.collect()));
    choices
}

/// A moment at which a point is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Index of the point.
    pub point: usize,
    /// The step, from 1.
    pub step: usize,
    /// How many of the step's occurrences have happened then, for [`Sitting::look_at`].
    pub happened: usize,
    /// What happens then, in one sentence without a full stop.
    pub sentence: String,
    /// By which rule, or which departure: its id.
    pub rule: &'static str,
}

/// The first moment of a step (from 1) at which one of the points is reached, after so many of its occurrences.
pub fn within(sitting: &Sitting, points: &[Breakpoint], step: usize, after: usize) -> Option<Hit> {
    let index = step.checked_sub(1)?;
    let of = sitting.steps().get(index).filter(|_| !points.is_empty())?;
    let names = Names::new(sitting.program(), &of.state);
    let mut teller = Teller::new(names, sitting.state_after(index));
    for (happened, told) in (1..).zip(&of.told) {
        teller.pass(&told.what);
        if happened <= after {
            continue;
        }
        // What one rule does in one go is one moment: its first.
        let before = happened.checked_sub(2).and_then(|index| of.told.get(index));
        let goes_on = before.is_some_and(|before| before.rule == told.rule);
        let reached = points.iter().position(|point| {
            reaches(&names, point, told) && !(goes_on && matches!(point, Breakpoint::Rule(_)))
        });
        if let Some(point) = reached {
            let sentence = teller.sentence(&told.what);
            return Some(Hit { point, step, happened, sentence, rule: told.rule.id() });
        }
    }
    departs(sitting, points, step).filter(|hit| hit.happened > after)
}

/// The next moment at which one of the points is reached, after so many occurrences of a step (from 1), among the
/// steps that there are.
pub fn next(sitting: &Sitting, points: &[Breakpoint], step: usize, after: usize) -> Option<Hit> {
    let later = step + 1..=sitting.steps().len();
    within(sitting, points, step, after)
        .or_else(|| later.into_iter().find_map(|step| within(sitting, points, step, 0)))
}

fn reaches(names: &Names<'_>, point: &Breakpoint, told: &Told) -> bool {
    let is_of = |thread: ThreadNumber, name: &str| {
        names.spec_of(thread).is_some_and(|spec| &*spec.name == name)
    };
    match (point, &told.what) {
        (Breakpoint::Node(spec, node), What::NodeArrived { thread, position }) => {
            is_of(*thread, spec)
                && names.node_of(*thread, *position).is_some_and(|at| *at.name == **node)
        }
        // A ThreadRun starts at its first node, and runs.
        (Breakpoint::Node(spec, node), What::ThreadStarted { thread, .. }) => {
            is_of(*thread, spec) && names.node_of(*thread, 0).is_some_and(|at| *at.name == **node)
        }
        (Breakpoint::Status(spec, wanted), What::ThreadStatus { thread, status }) => {
            status == wanted && spec.as_ref().is_none_or(|spec| is_of(*thread, spec))
        }
        (Breakpoint::Status(spec, Status::Running), What::ThreadStarted { thread, .. }) => {
            spec.as_ref().is_none_or(|spec| is_of(*thread, spec))
        }
        (Breakpoint::Variable(spec, name), What::VariableSet { thread, variable, .. }) => {
            is_of(*thread, spec) && names.variable(*thread, *variable) == name
        }
        (Breakpoint::Rule(id), _) => told.rule.id() == id,
        _ => false,
    }
}

/// Where both semantics part in this step: that is seen at its end.
fn departs(sitting: &Sitting, points: &[Breakpoint], step: usize) -> Option<Hit> {
    let deviates =
        |point: &Breakpoint| matches!(point, Breakpoint::Rule(id) if id.starts_with("D-"));
    if step > compare::MAX_COMPARED_STEPS || !points.iter().any(deviates) {
        return None;
    }
    let steps = sitting.steps().get(..step)?;
    let parting = compare::parting(sitting.program(), steps.iter().map(|step| &step.command))
        .filter(|parting| parting.step + 1 == step)?;
    points.iter().enumerate().find_map(|(point, of)| {
        let Breakpoint::Rule(id) = of else { return None };
        let deviation = parting.deviations.iter().find(|d| d.id() == id)?;
        Some(Hit {
            point,
            step,
            happened: steps.last()?.told.len().max(1),
            sentence: deviation.sentence().trim_end_matches('.').to_owned(),
            rule: deviation.id(),
        })
    })
}
