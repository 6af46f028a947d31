//! Variables by scope: a ThreadRun's own, and those of its parents (R-SCOPE).

use std::sync::Arc;

use halter_engine::occurrence::What;
use halter_engine::state::ThreadNumber;
use halter_spec::value::{Json, Value};

use crate::payload::show;
use crate::sitting::{OccurrenceId, Sitting};
use crate::wf_runs;
use crate::words::Names;

/// The variables of one ThreadRun.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeView {
    /// The ThreadRun.
    pub thread: ThreadNumber,
    /// `ThreadRun 1 (ship)`
    pub name: String,
    /// How many parents up from the ThreadRun that looks: 0 is its own scope.
    pub distance: usize,
    /// Its variables.
    pub variables: Vec<VariableView>,
}

/// A variable.
#[derive(Debug, Clone, PartialEq)]
pub struct VariableView {
    /// Its index in its ThreadSpec.
    pub index: u16,
    /// Its name.
    pub name: String,
    /// Its type, such as `Array<STR>`.
    pub of: String,
    /// Its value as JSON; `None` if the spec masks it.
    pub value: Option<String>,
    /// Its value, if that is a JSON object or array that holds something, and the spec does not mask it.
    pub tree: Option<Arc<Json>>,
    /// What it was before the step at the cursor, if that step changed it.
    pub before: Option<String>,
    /// The occurrence that changed it in that step.
    pub changed_by: Option<OccurrenceId>,
}

/// The scopes that a ThreadRun sees: its own, its parent's, and so on up.
pub fn scopes(sitting: &Sitting, thread: ThreadNumber) -> Vec<ScopeView> {
    if let Some((child, own)) = wf_runs::child_sitting(sitting, thread) {
        let (index, _) = wf_runs::own_number(thread);
        let scopes = scopes(&child, own).into_iter().map(|scope| ScopeView {
            thread: wf_runs::shared_number(index, scope.thread),
            name: format!("{} of {}", scope.name, child.program().name),
            ..scope
        });
        return scopes.collect();
    }
    let mut scopes = Vec::new();
    let mut next = Some(thread);
    while let Some(number) = next {
        let Some(run) = sitting.shown().thread(number) else {
            break;
        };
        scopes.push(scope(sitting, number, scopes.len()));
        // A parent's number is always the smaller one: this ends.
        next = run.parent.filter(|parent| *parent < number);
    }
    scopes
}

fn scope(sitting: &Sitting, thread: ThreadNumber, distance: usize) -> ScopeView {
    let names = Names::new(sitting.program(), sitting.shown());
    let before = sitting.state_after(sitting.cursor().saturating_sub(1)).thread(thread);
    let spec = names.spec_of(thread);
    let values = sitting.shown().thread(thread).map(|run| &*run.variables).unwrap_or_default();
    let variables = spec
        .into_iter()
        .flat_map(|spec| spec.variables.iter().enumerate().zip(values))
        .map(|((index, variable), value)| {
            let old = before.and_then(|run| run.variables.get(index));
            let changed = sitting.cursor() > 0 && old != Some(value);
            let shown = |value: &Value| {
                if variable.masked { None } else { Some(show(value)) }
            };
            VariableView {
                index: index as u16,
                name: variable.name.to_string(),
                of: variable.of.to_string(),
                value: shown(value),
                tree: tree(value).filter(|_| !variable.masked),
                before: old.filter(|_| changed).and_then(shown),
                changed_by: if changed { setter(sitting, thread, index) } else { None },
            }
        })
        .collect();
    ScopeView { thread, name: names.thread(thread), distance, variables }
}

fn tree(value: &Value) -> Option<Arc<Json>> {
    let (Value::JsonObj(json) | Value::JsonArr(json)) = value else {
        return None;
    };
    let holds = match &**json {
        Json::Arr(items) => !items.is_empty(),
        Json::Obj(entries) => !entries.is_empty(),
        Json::Null | Json::Bool(_) | Json::Int(_) | Json::Double(_) | Json::Str(_) => false,
    };
    holds.then(|| Arc::clone(json))
}

/// The occurrence of the step at the cursor that set a variable last.
fn setter(sitting: &Sitting, thread: ThreadNumber, index: usize) -> Option<OccurrenceId> {
    let told = &sitting.current_step()?.told;
    let sets = |what: &What| {
        matches!(what, What::VariableSet { thread: t, variable, .. }
            if *t == thread && *variable as usize == index)
    };
    told.iter().rev().find(|told| sets(&told.what)).map(|told| told.id)
}

/// A value that a variable got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeView {
    /// The step in which it got it, from 1.
    pub step: usize,
    /// The occurrence.
    pub occurrence: OccurrenceId,
    /// The ThreadRun that wrote it.
    pub by: String,
    /// The value as JSON; `None` if the spec masks it.
    pub value: Option<String>,
}

/// Every value that a variable got up to the cursor, the oldest first.
pub fn history(sitting: &Sitting, thread: ThreadNumber, index: u16) -> Vec<ChangeView> {
    if let Some((child, own)) = wf_runs::child_sitting(sitting, thread) {
        // Its steps are fewer: the sitting's own are meant.
        let step =
            |change: &ChangeView| sitting.occurrence(change.occurrence).map(|(step, _)| step);
        let changes = history(&child, own, index).into_iter();
        return changes.map(|of| ChangeView { step: step(&of).unwrap_or(of.step), ..of }).collect();
    }
    let names = Names::new(sitting.program(), sitting.state());
    let masked = names.masks_variable(thread, index);
    let steps = sitting.steps().iter().take(sitting.cursor()).enumerate();
    steps
        .flat_map(|(step, of)| of.told.iter().map(move |told| (step + 1, told)))
        .filter_map(|(step, told)| match &told.what {
            What::VariableSet { thread: of, variable, value, by }
                if (*of, *variable) == (thread, index) =>
            {
                Some(ChangeView {
                    step,
                    occurrence: told.id,
                    by: names.thread(by.0),
                    value: (!masked).then(|| show(value)),
                })
            }
            _ => None,
        })
        .collect()
}
