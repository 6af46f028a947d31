//! Steps, what happens to them and how their failures are handled, as calls of an SDK's methods.

use halter_spec::model::{MutationType, WaitStrategy};
use halter_spec::value::Value;

use super::call::{Action, Call, Failure, Made};
use super::invoke::{CallOption, chained, invoke, invoke_with, named};
use super::language::{Language, Said, Term, TermKind};
use super::message::{Field, Message, correlated};
use super::text;

fn code(term: &Term) -> String {
    term.code.clone()
}

/// A step.
pub(crate) fn call(language: &dyn Language, thread: &str, call: &Call) -> Said<Made> {
    language.call(call)?;
    let mut options: Vec<CallOption> = Vec::new();
    // What no SDK has as an argument with a name.
    let mut more = Vec::new();
    let (method, arguments) = match call {
        Call::Task { name, arguments, timeout, retries, backoff } => {
            let name = match name {
                Ok(name) => text(name),
                Err(term) if matches!(term.kind, TermKind::Variable(_) | TermKind::Format) => {
                    code(term)
                }
                Err(_) => {
                    let from = "from a variable or a template only";
                    return Err(format!("the SDK computes the name of a task {from}."));
                }
            };
            let mut all = vec![name];
            all.extend(arguments.iter().map(|argument| language.argument(argument)));
            if *timeout != 0 {
                options.push(("timeout", vec![("timeout_seconds", timeout.to_string())]));
            }
            if *retries != 0 {
                options.push(("with_retries", vec![("retries", retries.to_string())]));
            }
            if let Some(backoff) = backoff {
                let policy = Message::new("ExponentialBackoffRetryPolicy")
                    .with("base_interval_ms", Field::Code(backoff.base_interval_ms.to_string()))
                    .with("max_delay_ms", Field::Long(backoff.max_delay_ms))
                    .with("multiplier", Field::Float(backoff.multiplier));
                let policy = language.message(&policy);
                options.push(("with_exponential_backoff", vec![("exponential_backoff", policy)]));
            }
            ("execute", all)
        }
        Call::Event { name, timeout, correlation, registers } => {
            if let Some(timeout) = timeout {
                options.push(("timeout", vec![("timeout", code(timeout))]));
            }
            if let Some((key, masked)) = correlation {
                let mut values = vec![("correlation_id", code(key))];
                if *masked || matches!(key.kind, TermKind::Variable(_)) {
                    values.push(("mask_correlation_id", language.literal(&Value::Bool(*masked))?));
                }
                options.push(("with_correlation_id", values));
            }
            if let Some(payload) = registers {
                let class = ("registered_as", vec![("return_type", payload.class.to_owned())]);
                let config = payload.correlated.as_ref().map(|config| {
                    let config = language.message(&correlated(config));
                    ("with_correlated_event_config", vec![("correlated_event_config", config)])
                });
                let mut all: Vec<_> = config.into_iter().chain([class]).collect();
                if language.words().keywords {
                    // The event's class is what a reader looks for.
                    all.reverse();
                }
                options.extend(all);
            }
            ("wait_for_event", vec![text(name)])
        }
        Call::Start { function, thread, variables } => {
            let mut all = vec![function.clone(), text(thread)];
            all.extend(inputs(language, variables));
            ("spawn_thread", all)
        }
        Call::StartEach { function, thread, variables, list } => {
            let mut all = vec![code(list), text(thread), function.clone()];
            all.extend(inputs(language, variables));
            ("spawn_thread_for_each", all)
        }
        Call::WaitFor { threads, strategy } => {
            let threads = invoke(language, "SpawnedThreads", "of", threads.clone());
            (wait(*strategy), vec![threads])
        }
        Call::WaitForEach { threads, strategy } => (wait(*strategy), vec![threads.clone()]),
        Call::Sleep(length) => ("sleep_seconds", vec![code(length)]),
        Call::SleepUntil(time) => ("sleep_until", vec![code(time)]),
        Call::UserTask { name, user, group, notes, on_cancel } => {
            for (method, value) in
                [("with_notes", notes), ("with_on_cancellation_exception", on_cancel)]
            {
                more.extend(value.iter().map(|value| chained(language, method, &value.code)));
            }
            let mut all = vec![text(name)];
            all.extend(named(language, "user_id", user.as_ref()));
            all.extend(named(language, "user_group", group.as_ref()));
            ("assign_user_task", all)
        }
        Call::Throw { name, content } => ("throw_event", vec![text(name), code(content)]),
        Call::WaitForCondition(condition) => ("wait_for_condition", vec![code(condition)]),
        Call::RunWf { name, inputs } => {
            let name = name.as_ref().map_or_else(code, |name| text(name));
            ("run_wf", vec![name, language.map(inputs)])
        }
        Call::WaitForWf(started) => ("wait_for_child_wf", vec![started.clone()]),
        Call::Fail { name, message, content } => {
            if content.as_ref().is_some_and(Term::is_null) {
                return Err("the SDK takes no empty content.".to_owned());
            }
            let mut all: Vec<_> = content.iter().map(code).collect();
            all.extend([text(name), text(message)]);
            ("fail", all)
        }
        Call::Complete(content) => ("complete", content.iter().map(code).collect()),
    };
    let mut made = invoke_with(language, thread, method, arguments, options);
    made.more.extend(more);
    Ok(made)
}

fn inputs(language: &dyn Language, variables: &[(String, Term)]) -> Option<String> {
    (!variables.is_empty()).then(|| language.map(variables))
}

fn wait(strategy: WaitStrategy) -> &'static str {
    match strategy {
        WaitStrategy::WaitForAll => "wait_for_threads",
        WaitStrategy::WaitForFirst => "wait_for_first_of",
        WaitStrategy::WaitForAny => "wait_for_any_of",
    }
}

/// What happens to a form that waits, as a statement.
pub(crate) fn action(
    language: &dyn Language,
    thread: &str,
    form: &str,
    action: &Action,
) -> Said<String> {
    language.action(action)?;
    let mut all = vec![form.to_owned()];
    let method = match action {
        Action::Remind { task, arguments, delay, on_assignment } => {
            all.extend([code(delay), text(task)]);
            all.extend(arguments.iter().map(|argument| language.argument(argument)));
            let when = if *on_assignment { "_on_assignment" } else { "" };
            format!("schedule_reminder_task{when}")
        }
        Action::Reassign { user, group, delay, on_assignment: _ } => {
            all.extend(named(language, "user_id", user.as_ref()));
            all.extend(named(language, "user_group", group.as_ref()));
            all.push(code(delay));
            "reassign_user_task".to_owned()
        }
        Action::Release { delay } => {
            all.push(code(delay));
            "release_to_group_on_deadline".to_owned()
        }
        Action::Cancel { delay, on_assignment } => {
            all.push(code(delay));
            let when = if *on_assignment { "_assignment" } else { "" };
            format!("cancel_user_task_run_after{when}")
        }
    };
    Ok(invoke(language, thread, &method, all) + language.words().end)
}

/// A handler of a step's failures, or of those of the threads that it waits for, as a statement.
pub(crate) fn on_failure(
    language: &dyn Language,
    thread: &str,
    step: &str,
    failure: &Failure,
    function: &str,
    on_child: bool,
) -> String {
    let (method, what) = match failure {
        Failure::Any => ("handle_any_failure", None),
        Failure::AnyError => ("handle_error", None),
        Failure::AnyException => ("handle_exception", None),
        Failure::Error(name) => ("handle_error", Some(format!("LHErrorType.{name}"))),
        Failure::Exception(name) => ("handle_exception", Some(text(name))),
    };
    let mut all: Vec<_> = what.into_iter().chain([function.to_owned()]).collect();
    let call = if on_child {
        invoke(language, step, &format!("{method}_on_child"), all)
    } else {
        all.insert(0, step.to_owned());
        invoke(language, thread, method, all)
    };
    call + language.words().end
}

/// A change of a variable, as a statement.
pub(crate) fn mutate(
    language: &dyn Language,
    thread: &str,
    target: Term,
    operation: MutationType,
    value: Term,
) -> String {
    let call = if operation == MutationType::Assign {
        invoke(language, &target.code, "assign", vec![value.code])
    } else {
        let operation = format!("VariableMutationType.{}", operation.name());
        invoke(language, thread, "mutate", vec![target.code, operation, value.code])
    };
    call + language.words().end
}
