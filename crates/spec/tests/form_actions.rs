//! What is done with a form that waits: as steps are written, and as LittleHorse's JSON has it.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use halter_spec::model::{GivenAction, NodeKind, WfSpec};
use halter_spec::{Code, Severity, load, write_source};

/// A source with these actions of a form.
fn source(actions: &str) -> String {
    format!(
        "workflow: reminders
tasks:
  remind: {{inputs: {{who: STR, how: STR}}}}
user-tasks: {{approve: {{ok: BOOL}}}}
threads:
  main:
    variables: {{manager: STR = mia, patience: INT = 60}}
    do:
      - user-task: approve
        user: $manager
        actions:
{}
",
        actions.lines().map(|line| format!("          {line}")).collect::<Vec<_>>().join("\n")
    )
}

fn actions(spec: &WfSpec) -> Vec<GivenAction> {
    let forms = spec.thread_specs["main"].nodes.values().filter_map(|node| match &node.kind {
        NodeKind::UserTask(form) => Some(form.actions.clone()),
        _ => None,
    });
    forms.flatten().collect()
}

fn found(text: &str) -> Vec<(Severity, Code, String)> {
    let found = load(text).diagnostics.into_iter();
    found.map(|found| (found.severity, found.code, found.message())).collect()
}

const WRITTEN: &str = "- task: remind
  with: {who: $manager, how: softly}
  after: $patience
  on: assignment
- reassign: {user: ann, group: managers}
  after: 7200
- cancel:
  after: 86400";

const JSON: &str = r#"- task: {task: {taskDefId: {name: remind}, variables: [{variableName: manager}, {literalValue: {str: softly}}]}}
  delaySeconds: {variableName: patience}
  hook: ON_TASK_ASSIGNED
- reassign: {userId: {literalValue: {str: ann}}, userGroup: {literalValue: {str: managers}}}
  delaySeconds: {literalValue: {int: "7200"}}
  hook: ON_ARRIVAL
- cancel: {}
  delaySeconds: {literalValue: {int: "86400"}}"#;

#[test]
fn both_say_the_same_and_are_written_as_steps_are() {
    let (written, json) = (load(&source(WRITTEN)), load(&source(JSON)));
    assert_eq!((written.diagnostics.as_slice(), json.diagnostics.as_slice()), (&[][..], &[][..]));
    let (written, json) = (written.document.unwrap(), json.document.unwrap());
    assert_eq!(written.wf_spec, json.wf_spec);
    assert_eq!(actions(&written.wf_spec).len(), 3);

    let again = write_source(&json).unwrap();
    for line in WRITTEN.lines().filter(|line| !line.contains('{')) {
        assert!(again.contains(line.trim_start_matches("- ").trim()), "{line} in\n{again}");
    }
    assert_eq!(load(&again).document.unwrap().wf_spec, written.wf_spec, "{again}");
}

#[test]
fn what_would_be_lost_is_kept_as_it_is() {
    for action in [
        r#"- {task: {task: {taskDefId: {name: remind}}, mutations: [{lhsName: manager, operation: ASSIGN, literalValue: {str: x}}]}, delaySeconds: {literalValue: {int: "1"}}}"#,
        r#"- {delaySeconds: {literalValue: {int: "1"}}, fly: {}}"#,
    ] {
        let document = load(&source(action)).document.unwrap();
        let kept = actions(&document.wf_spec);
        assert!(matches!(kept.as_slice(), [GivenAction::Kept(_)]), "{kept:?}");
        let again = load(&write_source(&document).unwrap()).document.unwrap();
        assert_eq!(actions(&again.wf_spec), kept, "{action}");
    }
}

#[test]
fn what_is_wrong_is_said() {
    for (action, code, message) in [
        ("- cancel:", Code::Missing, "after"),
        ("- after: 5", Code::Missing, "one of task, cancel and reassign"),
        ("- {cancel: , reassign: {user: ann}, after: 5}", Code::OneOf, "only one of"),
        ("- {cancel: now, after: 5}", Code::Type, "nothing"),
        ("- {cancel: , after: 5, on: arival}", Code::Type, "arrival"),
        ("- {cancel: , afer: 5}", Code::UnknownKey, "after"),
        ("- {reassign: {usr: ann}, after: 5}", Code::UnknownKey, "user"),
        ("- {task: remind, with: {whom: x, how: y}, after: 5}", Code::UnknownKey, "who"),
        ("- soon", Code::Type, "a map"),
    ] {
        let found = found(&source(action));
        assert!(
            found.iter().any(|(severity, of, said)| {
                *severity == Severity::Error && *of == code && said.contains(message)
            }),
            "{action}: {found:?}"
        );
    }
    let text = source("").replace("        actions:\n", "        actions: cancel\n");
    assert!(
        found(&text).iter().any(|(_, code, said)| *code == Code::Type && said.contains("a list"))
    );
}

/// The server accepts both; the form is played, and nobody is reminded.
#[test]
fn what_a_server_accepts_is_only_warned_of() {
    let undeclared = "- {task: remnd, after: 5}";
    let [(severity, code, said)] = found(&source(undeclared)).try_into().unwrap();
    assert_eq!((severity, code), (Severity::Warning, Code::VTask), "{said}");
    assert!(said.contains("remnd"), "{said}");

    let out_of_scope = "- {cancel: , after: $nothing}";
    let [(severity, code, said)] = found(&source(out_of_scope)).try_into().unwrap();
    assert_eq!((severity, code), (Severity::Warning, Code::VScope), "{said}");
}
