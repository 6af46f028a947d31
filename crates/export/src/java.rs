//! Java, for LittleHorse's littlehorse-client.

mod file;
mod literals;
mod names;

use halter_spec::model::{
    AccessLevel, Comparator, MutationType, Operator, ReturnType, ThreadVarDef, VarType,
    WaitStrategy,
};
use halter_spec::value::Value;

use crate::code::{Action, Body, Call, Failure, Language, Made, Outline, Term, TermKind, text};

pub(crate) use names::class;

/// The language and its SDK.
pub(crate) struct Java;

type Said<T> = Result<T, String>;

fn indented(lines: &[String]) -> Vec<String> {
    let lines = lines.iter().skip_while(|line| line.is_empty());
    lines.map(|line| if line.is_empty() { String::new() } else { format!("    {line}") }).collect()
}

/// An argument of those that may be any number.
fn argument(term: &Term) -> String {
    if term.kind == TermKind::Literal(Value::Null) {
        "(Serializable) null".to_owned()
    } else {
        term.code.clone()
    }
}

fn all<'t>(first: String, rest: impl IntoIterator<Item = &'t Term>) -> String {
    let mut all = vec![first];
    all.extend(rest.into_iter().map(argument));
    all.join(", ")
}

fn inputs(variables: &[(String, Term)]) -> Said<String> {
    if variables.iter().any(|(_, value)| value.kind == TermKind::Literal(Value::Null)) {
        return Err(
            "LittleHorse's Java SDK takes no empty value for a variable of a thread.".to_owned()
        );
    }
    let pair = |(name, value): &(String, Term)| format!("{}, {}", text(name), value.code);
    if variables.len() <= 10 {
        let pairs: Vec<_> = variables.iter().map(pair).collect();
        return Ok(format!("Map.of({})", pairs.join(", ")));
    }
    let pairs: Vec<_> =
        variables.iter().map(|variable| format!("Map.entry({})", pair(variable))).collect();
    Ok(format!("Map.ofEntries({})", pairs.join(", ")))
}

/// Whether it has the methods of an LHExpression.
fn has_methods(term: &Term) -> bool {
    !matches!(term.kind, TermKind::Format | TermKind::Literal(_))
}

/// What doIf, doWhile and waitForCondition take.
fn is_condition(term: &Term) -> bool {
    matches!(term.kind, TermKind::Comparison | TermKind::Expression)
}

fn lambda(body: &Body) -> Vec<String> {
    let mut lines = vec![format!("{} -> {{", body.thread)];
    lines.extend(indented(&body.lines));
    lines.push("}".to_owned());
    lines
}

/// Adds lines behind what stands on the last line.
fn join(lines: &mut Vec<String>, more: Vec<String>) {
    let mut more = more.into_iter();
    if let (Some(last), Some(first)) = (lines.last_mut(), more.next()) {
        last.push_str(&first);
    }
    lines.extend(more);
}

impl Language for Java {
    fn snake_case(&self) -> bool {
        false
    }

    fn is_reserved(&self) -> fn(&str) -> bool {
        names::is_reserved
    }

    fn literal(&self, value: &Value) -> Said<String> {
        literals::literal(value)
    }

    fn binary(&self, thread: &str, operator: Operator, left: &Term, right: &Term) -> Said<Term> {
        let (a, b) = (&left.code, &right.code);
        match operator {
            Operator::Compare(comparator) => {
                let method = match comparator {
                    Comparator::LessThan => "isLessThan",
                    Comparator::GreaterThan => "isGreaterThan",
                    Comparator::LessThanEq => "isLessThanEq",
                    Comparator::GreaterThanEq => "isGreaterThanEq",
                    Comparator::Equals => "isEqualTo",
                    Comparator::NotEquals => "isNotEqualTo",
                    Comparator::In => "isIn",
                    Comparator::NotIn => "isNotIn",
                };
                let only_of_variables =
                    matches!(comparator, Comparator::LessThanEq | Comparator::GreaterThanEq);
                let code = match left.kind {
                    TermKind::Variable(_) => format!("{a}.{method}({b})"),
                    _ if has_methods(left) && !only_of_variables => format!("{a}.{method}({b})"),
                    _ => format!("{thread}.condition({a}, Comparator.{}, {b})", comparator.name()),
                };
                Ok(Term::new(code, TermKind::Comparison))
            }
            Operator::Mutation(operation) => {
                let method = match operation {
                    MutationType::And => "and",
                    MutationType::Or => "or",
                    MutationType::Add => "add",
                    MutationType::Subtract => "subtract",
                    MutationType::Multiply => "multiply",
                    MutationType::Divide => "divide",
                    MutationType::Pow => "pow",
                    MutationType::Extend => "extend",
                    MutationType::RemoveIfPresent => "removeIfPresent",
                    MutationType::RemoveIndex => "removeIndex",
                    MutationType::RemoveKey => "removeKey",
                    MutationType::Assign => return Err("an expression can't assign.".to_owned()),
                };
                let logical = matches!(operation, MutationType::And | MutationType::Or);
                let fits = operation != MutationType::RemoveIndex
                    || has_methods(right)
                    || right.int().is_some_and(|index| i32::try_from(index).is_ok());
                let code = if has_methods(left) && fits {
                    format!("{a}.{method}({b})")
                } else if logical {
                    return Err(
                        "LittleHorse's Java SDK has no and, or behind a literal.".to_owned()
                    );
                } else {
                    format!("{thread}.{method}({a}, {b})")
                };
                Ok(Term::new(code, TermKind::Expression))
            }
        }
    }

    fn size_of(&self, operand: &Term) -> Said<Term> {
        if !has_methods(operand) {
            return Err("LittleHorse's Java SDK has no size of a literal.".to_owned());
        }
        Ok(Term::new(format!("{}.size()", operand.code), TermKind::Size))
    }

    fn cast(&self, operand: &Term, to: VarType) -> Said<Term> {
        if !has_methods(operand) {
            return Err("LittleHorse's Java SDK does not cast literals and templates.".to_owned());
        }
        let short = match to {
            VarType::Int => "castToInt()",
            VarType::Double => "castToDouble()",
            VarType::Str => "castToStr()",
            VarType::Bool => "castToBool()",
            VarType::Bytes => "castToBytes()",
            VarType::WfRunId => "castToWfRunId()",
            other => {
                return Ok(Term::new(
                    format!("{}.castTo(VariableType.{})", operand.code, other.name()),
                    TermKind::Cast,
                ));
            }
        };
        Ok(Term::new(format!("{}.{short}", operand.code), TermKind::Cast))
    }

    fn format(&self, thread: &str, format: &Term, arguments: &[Term]) -> Said<Term> {
        if format.text().is_none() {
            return Err("the SDK's templates are literal texts.".to_owned());
        }
        let all = all(format.code.clone(), arguments);
        Ok(Term::new(format!("{thread}.format({all})"), TermKind::Format))
    }

    fn json_path(&self, base: &Term, path: &str) -> Said<Term> {
        let kind = match base.kind {
            TermKind::Output => TermKind::Output,
            _ => TermKind::Variable(VarType::JsonObj),
        };
        Ok(Term::new(format!("{}.jsonPath({})", base.code, text(path)), kind))
    }

    fn get_key(&self, base: &Term, key: &str) -> Said<Term> {
        if base.kind == TermKind::Output && base.code.contains(".get(") {
            return Err("LittleHorse's Java SDK takes one key of an output.".to_owned());
        }
        Ok(Term::new(format!("{}.get({})", base.code, text(key)), base.kind.clone()))
    }

    fn get_index(&self, base: &Term, index: i32) -> Said<Term> {
        if base.kind == TermKind::Output {
            return Err("LittleHorse's Java SDK takes no index of an output.".to_owned());
        }
        Ok(Term::new(format!("{}.get({index})", base.code), base.kind.clone()))
    }

    fn number_of(&self, started: &str, several: bool) -> Said<Term> {
        if several {
            return Err("the SDK does not show the numbers of several threads.".to_owned());
        }
        Ok(Term::new(
            format!("{started}.getThreadNumberVariable()"),
            TermKind::Variable(VarType::Int),
        ))
    }

    fn declare(&self, thread: &str, name: &str, variable: &ThreadVarDef) -> Said<Vec<String>> {
        let def = &variable.var_def;
        let declare = match def.type_def.var_type {
            VarType::JsonObj => "declareJsonObj",
            VarType::JsonArr => "declareJsonArr",
            VarType::Double => "declareDouble",
            VarType::Bool => "declareBool",
            VarType::Str => "declareStr",
            VarType::Int => "declareInt",
            VarType::Bytes => "declareBytes",
            VarType::Timestamp => "declareTimestamp",
            VarType::WfRunId => "addVariable",
        };
        let mut code = format!("{thread}.{declare}({}", text(&def.name));
        if def.type_def.var_type == VarType::WfRunId {
            code.push_str(", VariableType.WF_RUN_ID");
        }
        code.push(')');
        if let Some(default) = &def.default_value {
            code.push_str(&format!(".withDefault({})", self.literal(default)?));
        }
        for (path, var_type) in &variable.json_indexes {
            let is_json = matches!(def.type_def.var_type, VarType::JsonObj | VarType::JsonArr);
            if !is_json || !path.starts_with("$.") {
                return Err("LittleHorse's Java SDK indexes parts of JSON only.".to_owned());
            }
            code.push_str(&format!(
                ".searchableOn({}, VariableType.{})",
                text(path),
                var_type.name()
            ));
        }
        let access = match variable.access_level {
            AccessLevel::PublicVar => ".asPublic()",
            AccessLevel::PrivateVar => "",
            AccessLevel::InheritedVar => ".asInherited()",
        };
        for (holds, method) in [
            (variable.required, ".required()"),
            (variable.searchable, ".searchable()"),
            (def.type_def.masked, ".masked()"),
            (true, access),
        ] {
            if holds {
                code.push_str(method);
            }
        }
        Ok(vec![format!("WfRunVariable {name} = {code};")])
    }

    fn retention(&self, thread: &str, seconds: i64) -> Said<String> {
        Ok(format!(
            "{thread}.withRetentionPolicy(ThreadRetentionPolicy.newBuilder().setSecondsAfterThreadTermination({seconds}L).build());"
        ))
    }

    fn payload(&self, content: &ReturnType) -> Option<String> {
        let Some(content) = &content.type_def else {
            return Some("null".to_owned());
        };
        let class = match content.var_type {
            VarType::JsonObj => "Map",
            VarType::JsonArr => "List",
            VarType::Double => "Double",
            VarType::Bool => "Boolean",
            VarType::Str => "String",
            VarType::Int => "Long",
            VarType::Bytes => "byte[]",
            VarType::WfRunId => "WfRunId",
            VarType::Timestamp => "Instant",
        };
        Some(format!("{class}.class"))
    }

    fn interrupt(&self, thread: &str, event: &str, function: &str, class: Option<&str>) -> String {
        let typed = class.map_or_else(String::new, |class| format!(".withEventType({class})"));
        format!("{thread}.registerInterruptHandler({}, {function}){typed};", text(event))
    }

    fn mutate(
        &self,
        thread: &str,
        target: &Term,
        operation: MutationType,
        value: &Term,
    ) -> Said<String> {
        let (target, value) = (&target.code, &value.code);
        Ok(match operation {
            MutationType::Assign => format!("{target}.assign({value});"),
            other => format!(
                "{thread}.mutate({target}, VariableMutationType.{}, {value});",
                other.name()
            ),
        })
    }

    fn call(&self, thread: &str, call: &Call) -> Said<Made> {
        let mut more = Vec::new();
        let code = match call {
            Call::Task { name, arguments, timeout, retries, backoff } => {
                let name = match name {
                    Ok(name) => text(name),
                    Err(term) if matches!(term.kind, TermKind::Variable(_) | TermKind::Format) => {
                        term.code.clone()
                    }
                    Err(_) => return Err(
                        "the SDK computes the name of a task from a variable or a template only."
                            .to_owned(),
                    ),
                };
                if *timeout != 0 {
                    more.push(format!(".timeout({timeout})"));
                }
                if *retries != 0 {
                    more.push(format!(".withRetries({retries})"));
                }
                if let Some(backoff) = backoff {
                    more.push(format!(
                        ".withExponentialBackoff(ExponentialBackoffRetryPolicy.newBuilder().setBaseIntervalMs({}).setMaxDelayMs({}L).setMultiplier({}f).build())",
                        backoff.base_interval_ms, backoff.max_delay_ms, backoff.multiplier,
                    ));
                }
                format!("{thread}.execute({})", all(name, arguments))
            }
            Call::Event { name, timeout, correlation, registers } => {
                if let Some(timeout) = timeout {
                    let Some(seconds) =
                        timeout.int().and_then(|seconds| i32::try_from(seconds).ok())
                    else {
                        return Err("LittleHorse's Java SDK takes only a literal number of seconds as the timeout of an event.".to_owned());
                    };
                    more.push(format!(".timeout({seconds})"));
                }
                if let Some((key, masked)) = correlation {
                    let masked = if *masked || matches!(key.kind, TermKind::Variable(_)) {
                        format!(", {masked}")
                    } else {
                        String::new()
                    };
                    more.push(format!(".withCorrelationId({}{masked})", key.code));
                }
                if let Some(payload) = registers {
                    if let Some(correlated) = &payload.correlated {
                        more.push(format!(
                            ".withCorrelatedEventConfig({}.build())",
                            file::correlated(correlated)
                        ));
                    }
                    more.push(format!(".registeredAs({})", payload.class));
                }
                format!("{thread}.waitForEvent({})", text(name))
            }
            Call::Start { function, thread: name, variables } => {
                format!("{thread}.spawnThread({function}, {}, {})", text(name), inputs(variables)?)
            }
            Call::StartEach { function, thread: name, variables, list } => {
                if !matches!(list.kind, TermKind::Variable(_)) {
                    return Err("LittleHorse's Java SDK starts threads for the elements of a variable only.".to_owned());
                }
                let inputs = if variables.is_empty() {
                    String::new()
                } else {
                    format!(", {}", inputs(variables)?)
                };
                format!(
                    "{thread}.spawnThreadForEach({}, {}, {function}{inputs})",
                    list.code,
                    text(name)
                )
            }
            Call::WaitFor { threads, strategy } => {
                format!("{thread}.{}(SpawnedThreads.of({}))", wait(*strategy), threads.join(", "))
            }
            Call::WaitForEach { threads, strategy } => {
                format!("{thread}.{}({threads})", wait(*strategy))
            }
            Call::Sleep(length) => format!("{thread}.sleepSeconds({})", length.code),
            Call::SleepUntil(time) => {
                if !matches!(time.kind, TermKind::Variable(_)) {
                    return Err("LittleHorse's Java SDK sleeps until the time of a variable only."
                        .to_owned());
                }
                format!("{thread}.sleepUntil({})", time.code)
            }
            Call::UserTask { name, user, group, notes, on_cancel } => {
                for term in [user, group].into_iter().flatten() {
                    if term.kind == TermKind::Literal(Value::Null)
                        || term.text().is_some_and(|text| text.trim().is_empty())
                    {
                        return Err(
                            "LittleHorse's Java SDK takes no empty user or group.".to_owned()
                        );
                    }
                }
                let is_text = |term: &Term| {
                    term.text().is_some() || matches!(term.kind, TermKind::Variable(_))
                };
                if let Some(notes) = notes {
                    if !is_text(notes) && notes.kind != TermKind::Format {
                        return Err("LittleHorse's Java SDK takes a text, a variable or a template as notes.".to_owned());
                    }
                    more.push(format!(".withNotes({})", notes.code));
                }
                if let Some(name) = on_cancel {
                    if !is_text(name) {
                        return Err("LittleHorse's Java SDK takes a text or a variable as the name of an exception.".to_owned());
                    }
                    more.push(format!(".withOnCancellationException({})", name.code));
                }
                let code = |term: &Option<Term>| {
                    term.as_ref().map_or("null".to_owned(), |term| term.code.clone())
                };
                format!("{thread}.assignUserTask({}, {}, {})", text(name), code(user), code(group))
            }
            Call::Throw { name, content } => {
                format!("{thread}.throwEvent({}, {})", text(name), content.code)
            }
            Call::WaitForCondition(condition) => {
                if !is_condition(condition) {
                    return Err("LittleHorse's Java SDK waits for a comparison, or for several with and, or.".to_owned());
                }
                format!("{thread}.waitForCondition({})", condition.code)
            }
            Call::Fail { name, message, content } => match content {
                Some(content) if content.kind == TermKind::Literal(Value::Null) => {
                    return Err("the SDK takes no empty content.".to_owned());
                }
                Some(content) => {
                    format!("{thread}.fail({}, {}, {})", content.code, text(name), text(message))
                }
                None => format!("{thread}.fail({}, {})", text(name), text(message)),
            },
            Call::Complete(content) => match content {
                Some(content) => format!("{thread}.complete({})", content.code),
                None => format!("{thread}.complete()"),
            },
        };
        Ok(Made { code, more })
    }

    fn statement(&self, keep: Option<&str>, call: &Call, made: &Made) -> Vec<String> {
        let type_name = match call {
            Call::Task { .. } => "TaskNodeOutput",
            Call::Event { .. } => "ExternalEventNodeOutput",
            Call::Start { .. } => "SpawnedThread",
            Call::StartEach { .. } => "SpawnedThreads",
            Call::WaitFor { .. } | Call::WaitForEach { .. } => "WaitForThreadsNodeOutput",
            Call::UserTask { .. } => "UserTaskOutput",
            _ => "NodeOutput",
        };
        let start = keep.map_or_else(String::new, |name| format!("{type_name} {name} = "));
        let line = format!("{start}{}{};", made.code, made.more.concat());
        if made.more.is_empty() || line.chars().count() <= 100 {
            return vec![line];
        }
        let mut lines = vec![format!("{start}{}", made.code)];
        lines.extend(made.more.iter().map(|more| format!("        {more}")));
        if let Some(last) = lines.last_mut() {
            last.push(';');
        }
        lines
    }

    fn action(&self, thread: &str, form: &str, action: &Action) -> Said<String> {
        let delay_fits = |delay: &Term| {
            matches!(delay.kind, TermKind::Variable(_))
                || delay.int().is_some_and(|seconds| i32::try_from(seconds).is_ok())
        };
        Ok(match action {
            Action::Remind { task, arguments, delay, on_assignment } => {
                if !delay_fits(delay) {
                    return Err("LittleHorse's Java SDK takes a number or a variable as the delay of a reminder.".to_owned());
                }
                let method = if *on_assignment {
                    "scheduleReminderTaskOnAssignment"
                } else {
                    "scheduleReminderTask"
                };
                let first = format!("{form}, {}, {}", delay.code, text(task));
                format!("{thread}.{method}({});", all(first, arguments))
            }
            Action::Reassign { user: Some(user), group, delay, on_assignment: true } => {
                let group = group.as_ref().map_or("null", |group| &group.code);
                format!(
                    "{thread}.reassignUserTask({form}, {}, {group}, {});",
                    user.code, delay.code
                )
            }
            Action::Reassign { .. } => {
                return Err(
                    "LittleHorse's Java SDK reassigns a form to a user, on its assignment."
                        .to_owned(),
                );
            }
            Action::Release { delay } => {
                format!("{thread}.releaseToGroupOnDeadline({form}, {});", delay.code)
            }
            Action::Cancel { delay, on_assignment } => {
                let method = if *on_assignment {
                    "cancelUserTaskRunAfterAssignment"
                } else {
                    "cancelUserTaskRunAfter"
                };
                format!("{thread}.{method}({form}, {});", delay.code)
            }
        })
    }

    fn on_failure(
        &self,
        thread: &str,
        step: &str,
        failure: &Failure,
        function: &str,
    ) -> Said<String> {
        Ok(match failure {
            Failure::Any => format!("{thread}.handleAnyFailure({step}, {function});"),
            Failure::AnyError => format!("{thread}.handleError({step}, {function});"),
            Failure::AnyException => format!("{thread}.handleException({step}, {function});"),
            Failure::Error(name) => {
                format!("{thread}.handleError({step}, LHErrorType.{name}, {function});")
            }
            Failure::Exception(name) => {
                format!("{thread}.handleException({step}, {}, {function});", text(name))
            }
        })
    }

    fn on_child_failure(
        &self,
        _thread: &str,
        step: &str,
        failure: &Failure,
        function: &str,
    ) -> Said<String> {
        Ok(match failure {
            Failure::Any => format!("{step}.handleAnyFailureOnChild({function});"),
            Failure::AnyError => format!("{step}.handleErrorOnChild(null, {function});"),
            Failure::AnyException => format!("{step}.handleExceptionOnChild(null, {function});"),
            Failure::Error(name) => {
                format!("{step}.handleErrorOnChild(LHErrorType.{name}, {function});")
            }
            Failure::Exception(name) => {
                format!("{step}.handleExceptionOnChild({}, {function});", text(name))
            }
        })
    }

    fn branches(
        &self,
        thread: &str,
        _number: usize,
        branches: &[(Term, Body)],
        otherwise: Option<&Body>,
    ) -> Said<Vec<String>> {
        let mut lines = Vec::new();
        for (index, (condition, body)) in branches.iter().enumerate() {
            if !(is_condition(condition)
                || (index == 0 && matches!(condition.kind, TermKind::Variable(_))))
            {
                return Err(
                    "LittleHorse's Java SDK branches on a comparison, or on several with and, or."
                        .to_owned(),
                );
            }
            if index == 0 {
                lines.push(format!("{thread}.doIf({}, ", condition.code));
            } else if let Some(last) = lines.last_mut() {
                last.push_str(&format!(".doElseIf({}, ", condition.code));
            }
            join(&mut lines, lambda(body));
            join(&mut lines, vec![")".to_owned()]);
        }
        if let Some(body) = otherwise {
            join(&mut lines, vec![".doElse(".to_owned()]);
            join(&mut lines, lambda(body));
            join(&mut lines, vec![")".to_owned()]);
        }
        join(&mut lines, vec![";".to_owned()]);
        Ok(lines)
    }

    fn repeat(
        &self,
        thread: &str,
        _number: usize,
        condition: &Term,
        body: &Body,
    ) -> Said<Vec<String>> {
        if condition.kind != TermKind::Comparison {
            return Err(
                "LittleHorse's Java SDK repeats while a comparison holds, no other condition."
                    .to_owned(),
            );
        }
        let mut lines = vec![format!("{thread}.doWhile({}, ", condition.code)];
        join(&mut lines, lambda(body));
        join(&mut lines, vec![");".to_owned()]);
        Ok(lines)
    }

    fn function(&self, name: &str, body: &Body) -> Vec<String> {
        let mut lines = vec![format!("ThreadFunc {name} = ")];
        join(&mut lines, lambda(body));
        join(&mut lines, vec![";".to_owned()]);
        lines
    }

    fn file(&self, outline: &Outline<'_>) -> Said<String> {
        file::write(outline)
    }
}

fn wait(strategy: WaitStrategy) -> &'static str {
    match strategy {
        WaitStrategy::WaitForAll => "waitForThreads",
        WaitStrategy::WaitForFirst => "waitForFirstOf",
        WaitStrategy::WaitForAny => "waitForAnyOf",
    }
}
