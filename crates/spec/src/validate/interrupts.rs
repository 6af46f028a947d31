//! V-HANDLER, V-EVENT-DEF, V-HANDLER-INPUT, V-ONE-SPEC, V-EVENT-REUSED, and the warnings about interrupts.

use super::{Check, INPUT};
use crate::about::{About, Undeclared};
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
                    About::InterruptTwice { thread: thread.clone(), event: event.clone() },
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
        let about = About::Undeclared(Undeclared::InterruptEvent, event.clone());
        check.add(Diagnostic::error(Code::VEventDef, interrupt.at, about));
    }
    let others = &document.wf_spec.thread_specs;
    let registers =
        |spec: &ThreadSpec| spec.interrupt_defs.iter().any(|i| i.external_event_def == *event);
    if let Some((other, _)) = others.iter().find(|(name, spec)| *name != thread && registers(spec))
    {
        check.add(Diagnostic::error(
            Code::VOneSpec,
            interrupt.at,
            About::InterruptsTwo {
                event: event.clone(),
                first: thread.to_owned(),
                second: other.clone(),
            },
        ));
    }
    for (other, spec) in others {
        let awaits = |kind: &NodeKind| matches!(kind, NodeKind::ExternalEvent(e) if e.external_event_def == *event);
        if let Some((node, _)) = spec.nodes.iter().find(|(_, node)| awaits(&node.kind)) {
            check.add(Diagnostic::error(
                Code::VEventReused,
                interrupt.at,
                About::InterruptAwaited {
                    event: event.clone(),
                    node: node.clone(),
                    thread: other.clone(),
                },
            ));
        }
    }
}

/// The handler: it must exist, and may declare `INPUT` only.
fn handler(check: &mut Check<'_>, thread: &str, interrupt: &InterruptDef) {
    let document = check.document;
    let name = &interrupt.handler_spec_name;
    let Some(handler) = document.wf_spec.thread_specs.get(name) else {
        let about = About::Undeclared(Undeclared::Handler, name.clone());
        check.add(Diagnostic::error(Code::VHandler, interrupt.at, about));
        return;
    };
    for (index, variable) in handler.variable_defs.iter().enumerate() {
        let own = &variable.var_def;
        // Not even INPUT twice.
        if own.name != INPUT || index > 0 && handler.variable_defs[0].var_def.name == INPUT {
            check.add(Diagnostic::error(
                Code::VHandlerInput,
                own.at,
                About::HandlerVariable { handler: name.clone(), variable: own.name.clone() },
            ));
            continue;
        }
        let content = document
            .external_event_defs
            .get(&interrupt.external_event_def)
            .and_then(|def| def.content_type.as_ref()?.type_def.as_ref());
        let input = own.type_def.of.clone();
        if let Some(content) = content.map(|t| t.of.clone()).filter(|content| *content != input) {
            check.add(Diagnostic::warning(
                Code::VInputType,
                own.at,
                About::InputType { input, event: interrupt.external_event_def.clone(), content },
            ));
        }
    }
    if name == thread {
        check.add(Diagnostic::warning(
            Code::VHandlerItself,
            interrupt.at,
            About::HandlesItself { thread: thread.to_owned() },
        ));
    }
}
