//! V-HANDLER, V-EVENT-DEF, V-HANDLER-INPUT, V-ONE-SPEC, V-EVENT-REUSED, and the warnings about interrupts.

use super::{About, Check, INPUT};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{InterruptDef, NodeKind, ThreadSpec};

pub(super) fn check(check: &mut Check<'_>) {
    for (thread, spec) in &check.document.wf_spec.thread_specs {
        for (index, interrupt) in spec.interrupt_defs.iter().enumerate() {
            event(check, thread, interrupt);
            handler(check, thread, interrupt);
            let event = &interrupt.external_event_def;
            if spec.interrupt_defs[..index].iter().any(|i| i.external_event_def == *event) {
                check.add(Diagnostic::warning(
                    Code::VInterruptTwice,
                    interrupt.at,
                    format!(
                        "Thread {thread} registers event {event} twice; only the first counts."
                    ),
                ));
            }
        }
    }
}

/// The event: it must exist, and be used for nothing else.
fn event(check: &mut Check<'_>, thread: &str, interrupt: &InterruptDef) {
    let document = check.document;
    let event = &interrupt.external_event_def;
    if !document.external_event_defs.contains_key(event) {
        let message = format!("The interrupt's event {event} is not defined.");
        let diagnostic = Diagnostic::error(Code::VEventDef, interrupt.at, message);
        check.add_about(diagnostic, About::Event(event.clone()));
    }
    let others = &document.wf_spec.thread_specs;
    let registers =
        |spec: &ThreadSpec| spec.interrupt_defs.iter().any(|i| i.external_event_def == *event);
    if let Some((other, _)) = others.iter().find(|(name, spec)| *name != thread && registers(spec))
    {
        check.add(Diagnostic::error(
            Code::VOneSpec,
            interrupt.at,
            format!("Event {event} is used as interrupt by {thread} and by {other}; only one thread may."),
        ));
    }
    for (other, spec) in others {
        let awaits = |kind: &NodeKind| matches!(kind, NodeKind::ExternalEvent(e) if e.external_event_def == *event);
        if let Some((node, _)) = spec.nodes.iter().find(|(_, node)| awaits(&node.kind)) {
            check.add(Diagnostic::error(
                Code::VEventReused,
                interrupt.at,
                format!("Event {event} is used as interrupt, and node {node} of {other} waits for it; it can't be both."),
            ));
        }
    }
}

/// The handler: it must exist, and may declare `INPUT` only.
fn handler(check: &mut Check<'_>, thread: &str, interrupt: &InterruptDef) {
    let document = check.document;
    let name = &interrupt.handler_spec_name;
    let Some(handler) = document.wf_spec.thread_specs.get(name) else {
        let message = format!("The interrupt's handler {name} is not defined.");
        let diagnostic = Diagnostic::error(Code::VHandler, interrupt.at, message);
        check.add_about(diagnostic, About::Thread(name.clone()));
        return;
    };
    for variable in &handler.variable_defs {
        let own = &variable.var_def;
        if own.name != INPUT {
            check.add(Diagnostic::error(
                Code::VHandlerInput,
                own.at,
                format!("Handler {name} may declare no variable but INPUT, not {}.", own.name),
            ));
            continue;
        }
        let content = document
            .external_event_defs
            .get(&interrupt.external_event_def)
            .and_then(|def| def.content_type.as_ref()?.type_def.as_ref());
        let input = own.type_def.var_type;
        if let Some(content) = content.map(|t| t.var_type).filter(|content| *content != input) {
            check.add(Diagnostic::warning(
                Code::VInputType,
                own.at,
                format!(
                    "INPUT is {}, but the content of event {} is {}.",
                    input.name(),
                    interrupt.external_event_def,
                    content.name()
                ),
            ));
        }
    }
    if name == thread {
        check.add(Diagnostic::warning(
            Code::VHandlerItself,
            interrupt.at,
            format!("Thread {thread} handles its own interrupt: each handler can be interrupted again, without end."),
        ));
    }
}
