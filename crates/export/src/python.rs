//! Python, for LittleHorse's littlehorse-client.

mod file;
mod literals;
mod names;

use halter_spec::model::{
    AccessLevel, Comparator, MutationType, Operator, ReturnType, ThreadVarDef, VarType,
    WaitStrategy,
};
use halter_spec::value::Value;

use crate::code::{Action, Body, Call, Failure, Language, Made, Outline, Term, TermKind, text};

pub(crate) use names::module;

/// The language and its SDK.
pub(crate) struct Python;

type Said<T> = Result<T, String>;

/// `name=value` for each that is there.
fn named(arguments: &mut Vec<String>, name: &str, value: Option<&Term>) {
    arguments.extend(value.map(|value| format!("{name}={}", value.code)));
}

fn inputs(variables: &[(String, Term)]) -> String {
    let entries: Vec<_> =
        variables.iter().map(|(name, value)| format!("{}: {}", text(name), value.code)).collect();
    format!("{{{}}}", entries.join(", "))
}

/// The lines inside something, or `pass`.
fn indented(lines: &[String]) -> Vec<String> {
    if lines.iter().all(String::is_empty) {
        return vec!["    pass".to_owned()];
    }
    let lines = lines.iter().skip_while(|line| line.is_empty());
    lines.map(|line| if line.is_empty() { String::new() } else { format!("    {line}") }).collect()
}

fn definition(name: &str, body: &Body) -> Vec<String> {
    let mut lines = vec![format!("def {name}({}: WorkflowThread) -> None:", body.thread)];
    lines.extend(indented(&body.lines));
    lines
}

/// Whether a call with this as an argument would be taken as one without.
fn is_falsy(term: &Term) -> bool {
    matches!(&term.kind, TermKind::Literal(value) if !matches!(value, Value::Str(text) if !text.is_empty()))
}

fn strategy(strategy: WaitStrategy) -> &'static str {
    match strategy {
        WaitStrategy::WaitForAll => "",
        WaitStrategy::WaitForFirst => ", WaitForThreadsStrategy.WAIT_FOR_FIRST",
        WaitStrategy::WaitForAny => ", WaitForThreadsStrategy.WAIT_FOR_ANY",
    }
}

impl Language for Python {
    fn snake_case(&self) -> bool {
        true
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
                let code = if let TermKind::Variable(_) = left.kind {
                    let method = match comparator {
                        Comparator::LessThan => "is_less_than",
                        Comparator::GreaterThan => "is_greater_than",
                        Comparator::LessThanEq => "is_less_than_eq",
                        Comparator::GreaterThanEq => "is_greater_than_eq",
                        Comparator::Equals => "is_equal_to",
                        Comparator::NotEquals => "is_not_equal_to",
                        Comparator::In => "is_in",
                        Comparator::NotIn => "is_not_in",
                    };
                    format!("{a}.{method}({b})")
                } else {
                    format!("{thread}.condition({a}, Comparator.{}, {b})", comparator.name())
                };
                Ok(Term::new(code, TermKind::Comparison))
            }
            Operator::Mutation(operation) => {
                let method = match operation {
                    MutationType::And => "do_and",
                    MutationType::Or => "do_or",
                    MutationType::Add => "add",
                    MutationType::Subtract => "subtract",
                    MutationType::Multiply => "multiply",
                    MutationType::Divide => "divide",
                    MutationType::Pow => "pow",
                    MutationType::Extend => "extend",
                    MutationType::RemoveIfPresent => "remove_if_present",
                    MutationType::RemoveIndex => "remove_index",
                    MutationType::RemoveKey => "remove_key",
                    MutationType::Assign => return Err("an expression can't assign.".to_owned()),
                };
                let logical = matches!(operation, MutationType::And | MutationType::Or);
                let has_method = match left.kind {
                    TermKind::Output | TermKind::Expression | TermKind::Cast => true,
                    TermKind::Variable(_) => !logical,
                    TermKind::Comparison => logical,
                    _ => false,
                } && right.kind != TermKind::Literal(Value::Null);
                let code = if has_method {
                    format!("{a}.{method}({b})")
                } else {
                    format!("LHExpression({a}, VariableMutationType.{}, {b})", operation.name())
                };
                Ok(Term::new(code, TermKind::Expression))
            }
        }
    }

    fn size_of(&self, _operand: &Term) -> Said<Term> {
        Err("LittleHorse's Python SDK has no size of a value.".to_owned())
    }

    fn cast(&self, operand: &Term, to: VarType) -> Said<Term> {
        let short = match to {
            VarType::Int => Some("int"),
            VarType::Double => Some("double"),
            VarType::Str => Some("str"),
            VarType::Bool => Some("bool"),
            VarType::Bytes => Some("bytes"),
            VarType::WfRunId => Some("wf_run_id"),
            _ => None,
        };
        let has_method = matches!(
            operand.kind,
            TermKind::Variable(_) | TermKind::Output | TermKind::Expression | TermKind::Cast
        );
        let code = match short {
            Some(short) if has_method => format!("{}.cast_to_{short}()", operand.code),
            _ if has_method => format!("{}.cast_to(VariableType.{})", operand.code, to.name()),
            _ => format!("CastExpression({}, VariableType.{})", operand.code, to.name()),
        };
        Ok(Term::new(code, TermKind::Cast))
    }

    fn format(&self, thread: &str, format: &Term, arguments: &[Term]) -> Said<Term> {
        if format.text().is_none() {
            return Err("the SDK's templates are literal texts.".to_owned());
        }
        let mut all = vec![format.code.clone()];
        all.extend(arguments.iter().map(|argument| argument.code.clone()));
        Ok(Term::new(format!("{thread}.format({})", all.join(", ")), TermKind::Format))
    }

    fn json_path(&self, base: &Term, path: &str) -> Said<Term> {
        let kind = match base.kind {
            TermKind::Output => TermKind::Output,
            _ => TermKind::Variable(VarType::JsonObj),
        };
        Ok(Term::new(format!("{}.with_json_path({})", base.code, text(path)), kind))
    }

    fn get_key(&self, base: &Term, key: &str) -> Said<Term> {
        match base.kind {
            TermKind::Output => {
                Err("LittleHorse's Python SDK takes parts of outputs by JSON paths only."
                    .to_owned())
            }
            _ => Ok(Term::new(format!("{}.get({})", base.code, text(key)), base.kind.clone())),
        }
    }

    fn get_index(&self, base: &Term, index: i32) -> Said<Term> {
        match base.kind {
            TermKind::Output => {
                Err("LittleHorse's Python SDK takes parts of outputs by JSON paths only."
                    .to_owned())
            }
            _ => Ok(Term::new(format!("{}.get({index})", base.code), base.kind.clone())),
        }
    }

    fn number_of(&self, started: &str, several: bool) -> Said<Term> {
        if several {
            return Err("the SDK does not show the numbers of several threads.".to_owned());
        }
        Ok(Term::new(format!("{started}.number"), TermKind::Variable(VarType::Int)))
    }

    fn declare(&self, thread: &str, name: &str, variable: &ThreadVarDef) -> Said<Vec<String>> {
        let def = &variable.var_def;
        let var_type = def.type_def.var_type;
        let mut code =
            format!("{thread}.declare_{}({}", var_type.name().to_lowercase(), text(&def.name));
        if let Some(default) = &def.default_value {
            if var_type == VarType::Timestamp {
                return Err("LittleHorse's Python SDK takes no default for a TIMESTAMP.".to_owned());
            }
            code.push_str(", default_value=");
            code.push_str(&self.literal(default)?);
        }
        code.push(')');
        for (path, var_type) in &variable.json_indexes {
            if def.type_def.var_type != VarType::JsonObj || !path.starts_with("$.") {
                return Err("LittleHorse's Python SDK indexes parts of a JSON_OBJ only.".to_owned());
            }
            code.push_str(&format!(
                ".searchable_on({}, VariableType.{})",
                text(path),
                var_type.name()
            ));
        }
        let access = match variable.access_level {
            AccessLevel::PublicVar => ".as_public()",
            AccessLevel::PrivateVar => "",
            AccessLevel::InheritedVar => ".as_inherited()",
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
        Ok(vec![format!("{name} = {code}")])
    }

    fn retention(&self, thread: &str, seconds: i64) -> Said<String> {
        Ok(format!(
            "{thread}.with_retention_policy(ThreadRetentionPolicy(seconds_after_thread_termination={seconds}))"
        ))
    }

    fn payload(&self, content: &ReturnType) -> Option<String> {
        // With no class at all the SDK says nothing of the payload, not that there is none.
        let class = match content.type_def.as_ref()?.var_type {
            VarType::JsonObj => "dict",
            VarType::JsonArr => "list",
            VarType::Double => "float",
            VarType::Bool => "bool",
            VarType::Str => "str",
            VarType::Int => "int",
            VarType::Bytes | VarType::WfRunId | VarType::Timestamp => return None,
        };
        Some(class.to_owned())
    }

    fn interrupt(&self, thread: &str, event: &str, function: &str, class: Option<&str>) -> String {
        let typed = class.map_or_else(String::new, |class| format!(".with_event_type({class})"));
        format!("{thread}.add_interrupt_handler({}, {function}){typed}", text(event))
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
            MutationType::Assign => format!("{target}.assign({value})"),
            other => {
                format!("{thread}.mutate({target}, VariableMutationType.{}, {value})", other.name())
            }
        })
    }

    fn call(&self, thread: &str, call: &Call) -> Said<Made> {
        let mut more = Vec::new();
        let code = match call {
            Call::Task { name, arguments, timeout, retries, backoff } => {
                let mut all = vec![match name {
                    Ok(name) => text(name),
                    Err(term) if matches!(term.kind, TermKind::Variable(_) | TermKind::Format) => {
                        term.code.clone()
                    }
                    Err(_) => return Err(
                        "the SDK computes the name of a task from a variable or a template only."
                            .to_owned(),
                    ),
                }];
                all.extend(arguments.iter().map(|argument| argument.code.clone()));
                if *timeout != 0 {
                    all.push(format!("timeout_seconds={timeout}"));
                }
                if *retries != 0 {
                    all.push(format!("retries={retries}"));
                }
                if let Some(backoff) = backoff {
                    all.push(format!(
                        "exponential_backoff=ExponentialBackoffRetryPolicy(base_interval_ms={}, max_delay_ms={}, multiplier={})",
                        backoff.base_interval_ms,
                        backoff.max_delay_ms,
                        literals::double(f64::from(backoff.multiplier)),
                    ));
                }
                format!("{thread}.execute({})", all.join(", "))
            }
            Call::Event { name, timeout, correlation, registers } => {
                let mut all = vec![text(name)];
                if let Some(timeout) = timeout {
                    let Some(seconds) = timeout.int().filter(|seconds| *seconds > 0) else {
                        return Err("LittleHorse's Python SDK takes only a literal number of seconds as the timeout of an event.".to_owned());
                    };
                    all.push(format!("timeout={seconds}"));
                }
                if let Some((key, masked)) = correlation {
                    all.push(format!("correlation_id={}", key.code));
                    let said = if *masked { "True" } else { "False" };
                    if *masked || matches!(key.kind, TermKind::Variable(_)) {
                        all.push(format!("mask_correlation_id={said}"));
                    }
                }
                if let Some(payload) = registers {
                    all.push(format!("return_type={}", payload.class));
                    if let Some(correlated) = &payload.correlated {
                        let config = file::correlated(correlated);
                        all.push(format!("correlated_event_config={config}"));
                    }
                }
                format!("{thread}.wait_for_event({})", all.join(", "))
            }
            Call::Start { function, thread: name, variables } => {
                let mut all = vec![function.clone(), text(name)];
                if !variables.is_empty() {
                    all.push(inputs(variables));
                }
                format!("{thread}.spawn_thread({})", all.join(", "))
            }
            Call::StartEach { function, thread: name, variables, list } => {
                let mut all = vec![list.code.clone(), function.clone(), text(name)];
                if !variables.is_empty() {
                    all.push(inputs(variables));
                }
                format!("{thread}.spawn_thread_for_each({})", all.join(", "))
            }
            Call::WaitFor { threads, strategy: wanted } => format!(
                "{thread}.wait_for_threads(SpawnedThreads.from_list({}){})",
                threads.join(", "),
                strategy(*wanted)
            ),
            Call::WaitForEach { threads, strategy: wanted } => {
                format!("{thread}.wait_for_threads({threads}{})", strategy(*wanted))
            }
            Call::Sleep(length) => {
                match (&length.kind, length.int()) {
                    (_, Some(seconds)) if seconds > 0 => {}
                    (TermKind::Literal(_), _) => {
                        return Err(
                            "LittleHorse's Python SDK sleeps for a positive number of seconds."
                                .to_owned(),
                        );
                    }
                    (TermKind::Variable(found), _) if *found != VarType::Int => {
                        return Err("LittleHorse's Python SDK sleeps for the seconds of an INT variable only.".to_owned());
                    }
                    _ => {}
                }
                format!("{thread}.sleep({})", length.code)
            }
            Call::SleepUntil(time) => {
                if !matches!(time.kind, TermKind::Variable(VarType::Int)) {
                    return Err(
                        "LittleHorse's Python SDK sleeps until the time of an INT variable only."
                            .to_owned(),
                    );
                }
                format!("{thread}.sleep_until({})", time.code)
            }
            Call::UserTask { name, user, group, notes, on_cancel } => {
                if [user, group, notes, on_cancel].into_iter().flatten().any(is_falsy)
                    || (user.is_none() && group.is_none())
                {
                    return Err("LittleHorse's Python SDK needs a user or a group for a form, and no empty texts.".to_owned());
                }
                let mut all = vec![text(name)];
                named(&mut all, "user_id", user.as_ref());
                named(&mut all, "user_group", group.as_ref());
                more.extend(notes.iter().map(|notes| format!(".with_notes({})", notes.code)));
                let on_cancel = on_cancel.iter();
                more.extend(
                    on_cancel.map(|name| format!(".with_on_cancellation_exception({})", name.code)),
                );
                format!("{thread}.assign_user_task({})", all.join(", "))
            }
            Call::Throw { name, content } => {
                format!("{thread}.throw_event({}, {})", text(name), content.code)
            }
            Call::WaitForCondition(condition) => {
                format!("{thread}.wait_for_condition({})", condition.code)
            }
            Call::Fail { name, message, content } => {
                let mut all = vec![text(name), text(message)];
                if let Some(content) = content {
                    if content.kind == TermKind::Literal(Value::Null) {
                        return Err("the SDK takes no empty content.".to_owned());
                    }
                    all.push(content.code.clone());
                }
                format!("{thread}.fail({})", all.join(", "))
            }
            Call::Complete(content) => match content {
                Some(content) if content.kind == TermKind::Literal(Value::Null) => {
                    return Err("the SDK takes no empty content.".to_owned());
                }
                Some(content) => format!("{thread}.complete({})", content.code),
                None => format!("{thread}.complete()"),
            },
        };
        Ok(Made { code, more })
    }

    fn statement(&self, keep: Option<&str>, _call: &Call, made: &Made) -> Vec<String> {
        let mut lines = vec![match keep {
            Some(name) => format!("{name} = {}", made.code),
            None if made.more.is_empty() => made.code.clone(),
            None => format!("{}{}", made.code, made.more.concat()),
        }];
        if let Some(name) = keep {
            lines.extend(made.more.iter().map(|more| format!("{name}{more}")));
        }
        lines
    }

    fn action(&self, thread: &str, form: &str, action: &Action) -> Said<String> {
        Ok(match action {
            Action::Remind { task, arguments, delay, on_assignment } => {
                if *on_assignment {
                    return Err(
                        "LittleHorse's Python SDK loses the arguments of a reminder on assignment."
                            .to_owned(),
                    );
                }
                let mut all = vec![form.to_owned(), delay.code.clone(), text(task)];
                all.extend(arguments.iter().map(|argument| argument.code.clone()));
                format!("{thread}.schedule_reminder_task({})", all.join(", "))
            }
            Action::Reassign { user, group, delay, on_assignment } => {
                if *on_assignment {
                    return Err(
                        "LittleHorse's Python SDK reassigns a form on its arrival only.".to_owned()
                    );
                }
                let mut all = vec![form.to_owned(), delay.code.clone()];
                named(&mut all, "user_id", user.as_ref());
                named(&mut all, "user_group", group.as_ref());
                format!("{thread}.reassign_user_task_on_deadline({})", all.join(", "))
            }
            Action::Release { delay } => {
                format!("{thread}.release_to_group_on_deadline({form}, {})", delay.code)
            }
            Action::Cancel { delay, on_assignment } => {
                let method = if *on_assignment {
                    "cancel_user_task_run_after_assignment"
                } else {
                    "cancel_user_task_run_after"
                };
                format!("{thread}.{method}({form}, {})", delay.code)
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
            Failure::Any => format!("{thread}.handle_any_failure({step}, {function})"),
            Failure::AnyError => format!("{thread}.handle_error({step}, {function})"),
            Failure::AnyException => format!("{thread}.handle_exception({step}, {function})"),
            // Its number is 0, which the SDK takes for none.
            Failure::Error(name) if name == "CHILD_FAILURE" => {
                format!("{thread}.handle_exception({step}, {function}, {})", text(name))
            }
            Failure::Error(name) => {
                format!("{thread}.handle_error({step}, {function}, LHErrorType.{name})")
            }
            Failure::Exception(name) => {
                format!("{thread}.handle_exception({step}, {function}, {})", text(name))
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
            Failure::Any => format!("{step}.handle_any_failure_on_child({function})"),
            Failure::AnyError => format!("{step}.handle_error_on_child({function})"),
            Failure::AnyException => format!("{step}.handle_exception_on_child({function})"),
            Failure::Error(name) => {
                format!("{step}.handle_error_on_child({function}, LHErrorType.{name})")
            }
            Failure::Exception(name) => {
                format!("{step}.handle_exception_on_child({function}, {})", text(name))
            }
        })
    }

    fn branches(
        &self,
        thread: &str,
        number: usize,
        branches: &[(Term, Body)],
        otherwise: Option<&Body>,
    ) -> Said<Vec<String>> {
        let mut lines = vec![String::new()];
        let mut calls = Vec::new();
        let chained = branches.len() > 1 || otherwise.is_some();
        for (index, (condition, body)) in branches.iter().enumerate() {
            // No variable's name begins with a line: none of these is in the way of one.
            let (name, call) = if index == 0 {
                let kept = if chained { format!("_branch_{number} = ") } else { String::new() };
                let name = format!("_then_{number}");
                let call = format!("{kept}{thread}.do_if({}, {name})", condition.code);
                (name, call)
            } else {
                let name = format!("_else_if_{number}_{index}");
                let call = format!("_branch_{number}.do_else_if({}, {name})", condition.code);
                (name, call)
            };
            lines.extend(definition(&name, body));
            lines.push(String::new());
            calls.push(call);
        }
        if let Some(body) = otherwise {
            let name = format!("_else_{number}");
            lines.extend(definition(&name, body));
            lines.push(String::new());
            calls.push(format!("_branch_{number}.do_else({name})"));
        }
        lines.extend(calls);
        Ok(lines)
    }

    fn repeat(
        &self,
        thread: &str,
        number: usize,
        condition: &Term,
        body: &Body,
    ) -> Said<Vec<String>> {
        if condition.kind != TermKind::Comparison {
            return Err(
                "LittleHorse's Python SDK repeats while a comparison holds, no other condition."
                    .to_owned(),
            );
        }
        let name = format!("_repeat_{number}");
        let mut lines = vec![String::new()];
        lines.extend(definition(&name, body));
        lines.push(String::new());
        lines.push(format!("{thread}.do_while({}, {name})", condition.code));
        Ok(lines)
    }

    fn function(&self, name: &str, body: &Body) -> Vec<String> {
        definition(name, body)
    }

    fn file(&self, outline: &Outline<'_>) -> Said<String> {
        file::write(outline)
    }
}
