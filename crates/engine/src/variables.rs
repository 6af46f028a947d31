//! R-SCOPE, R-MUTATE: reading and writing variables.

use std::collections::BTreeMap;
use std::sync::Arc;

use halter_spec::model::{AccessLevel, Comparator, MutationType, Operator, Type, VarType};
use halter_spec::value::{Json, Map, Struct, StructField, Value};

use crate::json_path::{self, Step};
use crate::occurrence::{Because, Observer, What};
use crate::program::{Assignment, Mutation, Name, PathStep, Rhs, Source, ValuePath};
use crate::rules::Rule;
use crate::run::Stepping;
use crate::semantics::Deviation;
use crate::state::ThreadNumber;
use crate::typed::{server_name, typed};
use crate::value_ops::{
    as_str, case, cast, compares, from_json, operate, primitive_name, put_by_path, read_as_text,
    removes_past_the_end, size_of, type_name,
};
use crate::value_path;

type Result<T> = std::result::Result<T, String>;

/// Names and values of the variables with which a ThreadRun starts.
pub(crate) type Given = [(Arc<str>, Value)];

/// What an edge's earlier mutations have written, before it counts.
type Written = [(Name, Value)];

impl<O: Observer> Stepping<'_, O> {
    /// R-SCOPE: the ThreadRun that owns a variable, and the variable's index there.
    fn owner(&self, number: ThreadNumber, name: Name) -> Option<(ThreadNumber, usize)> {
        let mut at = Some(number);
        while let Some(number) = at {
            let spec = self.spec(number);
            let parent = self.thread(number).parent;
            // What is inherited from the parent WfRun is kept with the ENTRYPOINT ThreadRun.
            let holds = |index: &usize| {
                parent.is_none() || spec.variables[*index].access != AccessLevel::InheritedVar
            };
            if let Some(index) = spec.variable(name).filter(holds) {
                return Some((number, index));
            }
            at = parent;
        }
        None
    }

    fn variable(&self, number: ThreadNumber, name: Name, written: &Written) -> Result<Value> {
        if let Some((_, value)) = written.iter().find(|(n, _)| *n == name) {
            return Ok(value.clone());
        }
        match self.owner(number, name) {
            Some((owner, index)) => Ok(self.thread(owner).variables[index].clone()),
            None => {
                Err(format!("Variable {} not in scope!", self.program.names[usize::from(name)]))
            }
        }
    }

    /// The value of an assignment in a ThreadRun.
    pub(crate) fn assign(&self, number: ThreadNumber, a: &Assignment) -> Result<Value> {
        self.assign_in(number, a, &[])
    }

    fn assign_in(&self, number: ThreadNumber, a: &Assignment, written: &Written) -> Result<Value> {
        let mut value = match &a.source {
            Source::Variable(name) => self.variable(number, *name, written)?,
            Source::Literal(value) => value.clone(),
            Source::NodeOutput(node) => {
                let found = self.thread(number).outputs.iter().find(|(n, _)| n == node);
                let name = || &self.spec(number).nodes[usize::from(*node)].name;
                found
                    .map(|(_, v)| v.clone())
                    .ok_or_else(|| format!("Specified node {} has no output.", name()))?
            }
            Source::MissingNode(name) => {
                return Err(format!("Specified node {name} has no output."));
            }
            Source::Format(format, args) => {
                let format = match self.assign_in(number, format, written)? {
                    Value::Str(text) => text,
                    other => {
                        let kind = primitive_name(&other);
                        return Err(format!("Format String template isn't a STR; it's a {kind}"));
                    }
                };
                let args = args
                    .iter()
                    .map(|a| {
                        let value = self.assign_in(number, a, written)?;
                        Ok(if a.reads_json() { read_as_text(value) } else { value })
                    })
                    .collect::<Result<Vec<_>>>()?;
                let most = self.program.limits.value_bytes;
                let text = crate::message_format::format(&format, &args, most)
                    .ok_or("Error formatting variable")?;
                self.bounded(Value::Str(text.into()))?
            }
            Source::Expression(sides, operator) => {
                let (lhs, rhs) = (
                    self.assign_in(number, &sides.0, written)?,
                    self.assign_in(number, &sides.1, written)?,
                );
                match operator {
                    Operator::Compare(comparator) => {
                        // An object or a list that was read by a JSON path is in no list, not even in the one that it is from.
                        let is_read = sides.0.reads_json()
                            && matches!(lhs, Value::JsonObj(_) | Value::JsonArr(_))
                            && matches!(rhs, Value::JsonArr(_));
                        Value::Bool(match comparator {
                            Comparator::In if is_read => false,
                            Comparator::NotIn if is_read => true,
                            comparator => compares(&lhs, *comparator, &rhs)?,
                        })
                    }
                    Operator::Mutation(operation) => {
                        let target = match (&lhs, &rhs) {
                            (Value::Int(_), Value::Double(_)) => VarType::Double.into(),
                            (lhs, _) => lhs.type_of(),
                        };
                        let target = Some(target).filter(|of| *of != Type::Unknown);
                        let is_text =
                            sides.1.reads_json() && becomes_text(*operation, &lhs.type_of());
                        let rhs = if is_text { read_as_text(rhs) } else { rhs };
                        self.bounded(self.operated(&lhs, *operation, &rhs, target.as_ref())?)?
                    }
                }
            }
            Source::SizeOf(a) => size_of(&self.assign_in(number, a, written)?)?,
            Source::Struct(id, given) => {
                let mut fields = BTreeMap::new();
                let defs = self.program.struct_fields(&id.name);
                for (name, a) in given {
                    let value = self.assign_in(number, a, written)?;
                    let def = defs.and_then(|defs| defs.get(&**name));
                    let masked = def.is_some_and(|def| def.type_def.masked);
                    fields.insert(Arc::clone(name), StructField { value, masked });
                }
                let built = Struct { def: id.clone(), fields };
                self.bounded(Value::Struct(Arc::new(built)))?
            }
            Source::Map(map_type, given) => {
                let mut entries = Vec::with_capacity(given.len());
                for (key, value) in given {
                    let key = self.assign_in(number, key, written)?;
                    entries.push((key, self.assign_in(number, value, written)?));
                }
                let built = Map { entries, map_type: map_type.clone() };
                self.bounded(Value::Map(Arc::new(built)))?
            }
        };
        self.count(&value)?;
        if let Some(path) = &a.path {
            value = self.read_path(number, &value, path, written)?;
        }
        match &a.cast {
            Some(target) => cast(&value, target),
            None => Ok(value),
        }
    }

    /// The value of an operation within an expression. D-REMOVE-INDEX-LOST: removing what a list doesn't have breaks the
    /// step off there, where nothing catches it.
    fn operated(
        &self,
        lhs: &Value,
        operation: MutationType,
        rhs: &Value,
        target: Option<&Type>,
    ) -> Result<Value> {
        if operation == MutationType::RemoveIndex
            && self.has(Deviation::RemoveIndexLost)
            && removes_past_the_end(lhs, rhs)
        {
            self.broken.set(true);
        }
        operate(lhs, operation, rhs, target)
    }

    /// Whether a condition holds.
    pub(crate) fn condition(&self, number: ThreadNumber, condition: &Assignment) -> Result<bool> {
        let operation = condition.operation().filter(|_| self.has(Deviation::RemoveIndexLost));
        let value = match operation {
            Some((sides, operation @ (MutationType::And | MutationType::Or)))
                if condition.path.is_none() =>
            {
                let lhs = self.assign(number, &sides.0)?;
                let rhs = self.assign(number, &sides.1)?;
                // D-REMOVE-INDEX-LOST: the sides of a condition's own AND or OR are taken as they are, the second one where
                // the first does not decide.
                match (&lhs, operation) {
                    (Value::Bool(true), MutationType::And)
                    | (Value::Bool(false), MutationType::Or) => rhs,
                    _ => lhs,
                }
            }
            Some((_, MutationType::And | MutationType::Or)) | None => {
                self.assign(number, condition)?
            }
            Some(_) => {
                // D-REMOVE-INDEX-LOST: a condition that is computed and cast is not known as one.
                self.broken.set(true);
                return Err("A condition must be compared, not computed".to_owned());
            }
        };
        let Value::Bool(holds) = value else {
            // D-REMOVE-INDEX-LOST: so does a condition that is no BOOL.
            if self.has(Deviation::RemoveIndexLost) {
                self.broken.set(true);
            }
            let found = if value == Value::Null { "nothing".to_owned() } else { type_name(&value) };
            return Err(format!("A condition must be a BOOL, not {found}"));
        };
        Ok(holds)
    }

    /// A path whose computed steps are known.
    fn steps(
        &self,
        number: ThreadNumber,
        path: &[PathStep],
        written: &Written,
    ) -> Result<Vec<Step>> {
        let step = |step: &PathStep| {
            Ok(match step {
                PathStep::Key(key) => Step::Key(Arc::clone(key)),
                PathStep::Index(index) => Step::Index(*index),
                PathStep::All => Step::All,
                PathStep::Dynamic(a) => match self.assign_in(number, a, written)? {
                    Value::Int(index) => Step::Index(index),
                    other => Step::Key(as_str(&other)),
                },
            })
        };
        path.iter().map(step).collect()
    }

    fn read_path(
        &self,
        number: ThreadNumber,
        value: &Value,
        path: &ValuePath,
        written: &Written,
    ) -> Result<Value> {
        let steps = self.steps(number, &path.steps, written)?;
        if !path.is_json_path {
            return value_path::read(value, &steps).map_err(|missing| {
                // D-REMOVE-INDEX-LOST: so does the way to an element or a field that is not there.
                if missing.is_broken && self.has(Deviation::RemoveIndexLost) {
                    self.broken.set(true);
                }
                missing.why
            });
        }
        match value {
            Value::JsonObj(json) | Value::JsonArr(json) => {
                Ok(json_path::read(json, &steps).map_or(Value::Null, |part| from_json(&part)))
            }
            _ => Err(format!("Cannot jsonpath on {}", case(value))),
        }
    }

    /// R-MUTATE: all of an edge's mutations, or none.
    pub(crate) fn mutate(&mut self, number: ThreadNumber, mutations: &[Mutation]) -> Result<()> {
        let mut written: Vec<(Name, Value)> = Vec::new();
        for mutation in mutations {
            let value = self.mutated(number, mutation, &written).map_err(|why| {
                let name = &self.program.names[usize::from(mutation.lhs)];
                format!(
                    "Mutating variable {name} with operation {}: {why}",
                    operation_name(mutation.operation)
                )
            })?;
            match written.iter_mut().find(|(name, _)| *name == mutation.lhs) {
                Some((_, old)) => *old = value,
                None => written.push((mutation.lhs, value)),
            }
        }
        let by = (number, self.position(number));
        for (name, value) in written {
            let Some((owner, index)) = self.owner(number, name) else {
                return Err(format!(
                    "Tried to save out-of-scope var {}",
                    self.program.names[usize::from(name)]
                ));
            };
            self.thread_mut(owner).variables[index] = value.clone();
            let what = What::VariableSet { thread: owner, variable: index as u16, value, by };
            self.occur(what, Rule::Mutate, Because::Node(by.0, by.1));
        }
        Ok(())
    }

    fn mutated(
        &self,
        number: ThreadNumber,
        mutation: &Mutation,
        written: &Written,
    ) -> Result<Value> {
        let Some((owner, index)) = self.owner(number, mutation.lhs) else {
            return Err(format!(
                "Variable {} is out of scope",
                self.program.names[usize::from(mutation.lhs)]
            ));
        };
        let lhs = self.variable(number, mutation.lhs, written)?;
        self.count(&lhs)?;
        let rhs = match &mutation.rhs {
            Rhs::Assignment(a) => self.assign_in(number, a, written)?,
            Rhs::NodeOutput(path) => {
                let output = self.output(number).ok_or("the node has no output")?;
                match path {
                    Some(path) => self.read_path(number, &output, path, written)?,
                    None => output,
                }
            }
        };
        let Some(path) = &mutation.lhs_path else {
            let target = &self.spec(owner).variables[index].of;
            let rhs = if mutation.rhs.reads_json() && becomes_text(mutation.operation, target) {
                read_as_text(rhs)
            } else {
                rhs
            };
            return self.bounded(operate(&lhs, mutation.operation, &rhs, Some(target))?);
        };
        let steps = self.steps(number, &path.steps, written)?;
        if !path.is_json_path && !matches!(lhs, Value::JsonObj(_) | Value::JsonArr(_)) {
            let old = value_path::read(&lhs, &steps).map_err(|missing| missing.why)?;
            let new = if old == Value::Null {
                rhs
            } else {
                operate(&old, mutation.operation, &rhs, Some(&old.type_of()))?
            };
            let new = value_path::write(&lhs, &steps, &new).map_err(|missing| missing.why)?;
            return self.bounded(new);
        }
        let (Value::JsonObj(json) | Value::JsonArr(json)) = &lhs else {
            return Err(format!("Cannot jsonpath on {}", case(&lhs)));
        };
        let old = json_path::read(json, &steps).map_or(Value::Null, |part| from_json(&part));
        let new = if old == Value::Null {
            rhs
        } else {
            operate(&old, mutation.operation, &rhs, Some(&old.type_of()))?
        };
        let failed = |why: String| {
            let object = json.to_text();
            format!("Failed updating jsonPath {} on object {object}: {why}", path.text)
        };
        let new = put_by_path(&new).map_err(failed)?;
        self.check_copies(&new, json_path::places(json, &steps))?;
        let mut changed: Json = (**json).clone();
        if !json_path::write(&mut changed, &steps, &new) {
            return Err(failed(json_path::why_not_written(&changed, &steps)));
        }
        self.bounded(from_json(&changed))
    }

    /// Checks and converts the variables that a ThreadRun starts with.
    /// Those of them that are composed of others get the types that are declared for them (R-INPUT-TYPE).
    pub(crate) fn start_variables(&self, spec: u16, given: &mut Given) -> Result<()> {
        let invalid = |spec: &str, why: String| format!("ThreadSpec {spec} invalid: {why}");
        let parents = spec == self.program.entrypoint && self.program.parent.is_some();
        let spec = self.program.spec(spec);
        for variable in &spec.variables {
            match given.iter_mut().find(|(name, _)| *name == variable.name) {
                None if variable.required => {
                    let masked = if variable.masked { " MASKED" } else { "" };
                    let why = format!(
                        "Must provide required input variable {} of type {}{masked}",
                        variable.name,
                        server_name(&variable.of),
                    );
                    return Err(invalid(&spec.name, why));
                }
                Some((_, value)) => {
                    *value = typed(self.program, &variable.of, variable.masked, value).map_err(
                        |why| {
                            let why = format!("Variable {} invalid: {why}", variable.name);
                            invalid(&spec.name, why)
                        },
                    )?;
                    if variable.access == AccessLevel::InheritedVar && !parents {
                        let why = format!(
                            "Variable {} is an inherited var but it was provided as input",
                            variable.name
                        );
                        return Err(invalid(&spec.name, why));
                    }
                }
                None => {}
            }
        }
        match given.iter().find(|(name, _)| spec.variables.iter().all(|v| v.name != *name)) {
            Some((name, _)) => {
                let why = format!("Var {name} provided but not needed for thread {}", spec.name);
                Err(invalid(&spec.name, why))
            }
            None => Ok(()),
        }
    }
}

/// Whether an operation on a variable of this type makes a text of what stands at its right.
fn becomes_text(operation: MutationType, target: &Type) -> bool {
    match (operation, target) {
        (
            MutationType::Assign | MutationType::Add | MutationType::Extend,
            Type::Primitive(VarType::Str),
        ) => true,
        (MutationType::Extend, Type::Array(element)) => element.of == VarType::Str.into(),
        (
            _,
            Type::Unknown | Type::Primitive(_) | Type::Struct(_) | Type::Array(_) | Type::Map(_),
        ) => false,
    }
}

/// `LittleHorse`'s name of an operation.
pub(crate) fn operation_name(operation: MutationType) -> &'static str {
    match operation {
        MutationType::Assign => "ASSIGN",
        MutationType::Add => "ADD",
        MutationType::Extend => "EXTEND",
        MutationType::Subtract => "SUBTRACT",
        MutationType::Multiply => "MULTIPLY",
        MutationType::Divide => "DIVIDE",
        MutationType::RemoveIfPresent => "REMOVE_IF_PRESENT",
        MutationType::RemoveIndex => "REMOVE_INDEX",
        MutationType::RemoveKey => "REMOVE_KEY",
        MutationType::And => "AND",
        MutationType::Or => "OR",
        MutationType::Pow => "POW",
    }
}
