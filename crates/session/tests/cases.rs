//! Small inputs (tests/cases) on which it is easy to differ from the server, and what is right.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use halter_engine::state::Status;
use halter_engine::{Code, Command, Deviation, Semantics, TaskResult};
use halter_session::trace::state_json;
use halter_session::{Sitting, script};
use halter_spec::value::Value;
use serde_json::{Value as Json, json};

const BOTH: [Semantics; 2] = [Semantics::DOCUMENTED, Semantics::SERVER_1_2];

fn text(file: &str) -> String {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    fs::read_to_string(dir.join(file)).unwrap()
}

fn sitting(source: &str, semantics: Semantics) -> Sitting {
    let loaded = halter_spec::load(source);
    let document = loaded.document.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    Sitting::new(Arc::new(document), semantics).unwrap()
}

/// Plays the whole script of a source; the state after it as LittleHorse's JSON.
fn played(source: &str, semantics: Semantics) -> (Sitting, Json) {
    let mut sitting = sitting(source, semantics);
    for line in sitting.document().script.clone() {
        let command = script::read(&line, &sitting).unwrap();
        sitting.take(command).unwrap();
    }
    let json = state_json(sitting.program(), sitting.state());
    (sitting, json)
}

/// A NodeRun by ThreadRun and position.
fn node_run(state: &Json, thread: u64, position: u64) -> &Json {
    let runs = state["nodeRuns"].as_array().unwrap();
    let is_it = |run: &&Json| run["threadRunNumber"] == thread && run["position"] == position;
    runs.iter().find(is_it).unwrap()
}

/// The diagnostics of a source: code, severity, message.
fn diagnostics(source: &str) -> Vec<String> {
    let loaded = halter_spec::load(source);
    loaded
        .diagnostics
        .iter()
        .map(|d| format!("{:?} {}: {}", d.severity, d.code, d.message()))
        .collect()
}

#[test]
fn a_point_in_time_to_sleep_until_is_looked_at_again() {
    for semantics in BOTH {
        let (_, state) = played(&text("sleep-moved.yaml"), semantics);
        assert_eq!(state["wfRun"]["status"], "COMPLETED", "earlier");
        let later = text("sleep-moved.yaml").replace("00:00:30Z", "00:20:00Z").replace("60", "900");
        let (mut sitting, state) = played(&later, semantics);
        assert_eq!(state["wfRun"]["status"], "RUNNING", "later: the old time has passed");
        sitting.take(Command::PassTime(400_000));
        assert_eq!(state_json(sitting.program(), sitting.state())["wfRun"]["status"], "COMPLETED");
    }
}

#[test]
fn a_duration_to_sleep_is_not_looked_at_again() {
    let source = "
workflow: seconds
events: {later: INT}
threads:
  main:
    variables: {wait: INT = 600}
    interrupts: {later: move}
    do: [{sleep: $wait}]
  move:
    variables: {INPUT: INT}
    do: [{set: {wait: $INPUT}}]
script:
  - run
  - {post: later, content: 30}
  - pass: 60
";
    for semantics in BOTH {
        assert_eq!(played(source, semantics).1["wfRun"]["status"], "RUNNING");
    }
}

#[test]
fn a_child_below_a_rescued_parent_goes_on() {
    for semantics in BOTH {
        let (_, state) = played(&text("rescue-child-halted.yaml"), semantics);
        assert_eq!(state["wfRun"]["status"], "COMPLETED", "{}", semantics.name());
    }
}

#[test]
fn a_null_user_with_a_group_is_the_groups_and_without_one_is_refused() {
    for semantics in BOTH {
        let source = text("user-null-group.yaml");
        let (_, state) = played(&source, semantics);
        assert_eq!(node_run(&state, 0, 1)["user_task"]["status"], "UNASSIGNED");
        let (_, state) = played(&source.replace(" = \"managers\"", ""), semantics);
        let failure = &node_run(&state, 0, 1)["failures"][0];
        assert_eq!(failure["failureName"], "VAR_ERROR");
        assert_eq!(failure["message"], "Invalid user task assignment");
    }
}

#[test]
fn a_computed_task_that_is_missing_can_be_caught() {
    for semantics in BOTH {
        let (_, state) = played(&text("dynamic-missing.yaml"), semantics);
        let run = node_run(&state, 0, 1);
        assert_eq!(run["failures"][0]["failureName"], "VAR_SUB_ERROR");
        assert_eq!(run["task"], json!({}));
        assert_eq!(state["wfRun"]["threadRuns"][1]["type"], "FAILURE_HANDLER");
    }
}

#[test]
fn a_childs_failure_is_handled_with_its_parents() {
    let (_, state) = played(&text("handled-child.yaml"), Semantics::SERVER_1_2);
    assert_eq!(state["wfRun"]["status"], "COMPLETED");
    assert_eq!(state["wfRun"]["threadRuns"][0]["handledFailedChildren"], json!([1]));
    let failure = &node_run(&state, 1, 1)["failures"][0];
    assert_eq!(failure["wasProperlyHandled"], true);
    assert_eq!(failure["failureHandlerThreadrunId"], 3);
    let (_, state) = played(&text("handled-child.yaml"), Semantics::DOCUMENTED);
    assert_eq!(state["wfRun"]["status"], "COMPLETED");
    assert_eq!(state["wfRun"]["threadRuns"][0]["handledFailedChildren"], json!([1]));
    // An ERROR is wrapped in a new failure: nothing is shared.
    assert_eq!(node_run(&state, 1, 1)["failures"][0].get("wasProperlyHandled"), None);
}

#[test]
fn a_child_workflow_needs_the_values_of_its_parent() {
    for semantics in BOTH {
        let source = text("inherit.yaml");
        let (sitting, state) = played(&source, semantics);
        let refusal = sitting.current_step().unwrap().refusal.clone().unwrap();
        assert_eq!(refusal.code, Code::InvalidArgument);
        assert!(refusal.message.contains("elder") && refusal.message.contains("who"), "{refusal}");
        assert_eq!(state["wfRun"].get("threadRuns"), None);
        let (_, state) = played(&source.replace("[run]", "[{run: {who: Ada}}]"), semantics);
        let inputs = &node_run(&state, 0, 1)["task"]["inputVariables"];
        assert_eq!(inputs[0]["value"], json!({"str": "Ada"}));
        // It stays the parent's variable.
        assert_eq!(state["variables"].get("0"), None);
    }
}

#[test]
fn an_inherited_variable_is_the_same_for_every_thread() {
    let source = "
workflow: younger
parent: elder
threads:
  main:
    do:
      - start-thread: kid
      - wait-for-threads: kid
  kid:
    variables:
      who: {type: STR, access: inherited}
    do:
      - set: {who: $who + \"!\"}
script:
  - run: {who: Ada}
";
    let (sitting, state) = played(source, Semantics::DOCUMENTED);
    assert_eq!(state["wfRun"]["status"], "COMPLETED");
    assert_eq!(*sitting.state().thread(0).unwrap().variables, [Value::Int(1), Value::str("Ada!")]);
}

#[test]
fn while_it_is_being_halted_by_hand_the_wf_run_is_running() {
    let source = "
workflow: by-hand
tasks: {work: }
threads:
  main: [{task: work}]
script: [run, {claim: work, position: 1}, {stop: 0}]
";
    let (mut sitting, state) = played(source, Semantics::DOCUMENTED);
    assert_eq!(state["wfRun"]["threadRuns"][0]["status"], "HALTING");
    assert_eq!(state["wfRun"]["status"], "RUNNING");
    let report = json!({"reportTask": {"threadRunNumber": 0, "position": 1, "output": {}}});
    sitting.take(script::read(&report, &sitting).unwrap());
    assert_eq!(state_json(sitting.program(), sitting.state())["wfRun"]["status"], "HALTED");
}

const CROWD: &str = "
workflow: crowd
MOST
events: {go: }
threads:
  main:
    variables:
      list: JSON_ARR = ITEMS
    do:
      - start-threads: kid
        for-each: $list
      - wait-for-threads: kid
  kid: [{wait-for-event: go}]
script: [run]
";

fn crowd(children: usize, most: &str) -> String {
    let items = format!("[{}]", vec!["1"; children].join(", "));
    CROWD.replace("MOST", most).replace("ITEMS", &items)
}

#[test]
fn a_wf_run_holds_65_thread_runs() {
    for semantics in BOTH {
        let (_, state) = played(&crowd(64, ""), semantics);
        assert_eq!(state["wfRun"]["threadRuns"].as_array().unwrap().len(), 65);
        let (_, state) = played(&crowd(65, ""), semantics);
        let failure = &node_run(&state, 0, 1)["failures"][0];
        assert_eq!(failure["failureName"], "INTERNAL_ERROR");
        assert!(failure["message"].as_str().unwrap().starts_with("WfRun would have 66 ThreadRuns"));
        assert_eq!(state["wfRun"]["threadRuns"].as_array().unwrap().len(), 1, "none is started");
        let (_, state) = played(&crowd(65, "max-thread-runs: 66"), semantics);
        assert_eq!(state["wfRun"]["status"], "RUNNING");
    }
}

#[test]
fn completed_thread_runs_leave_a_crowded_wf_run_and_numbers_go_on() {
    let source = "
workflow: heartbeats
events: {beat: , stop: }
threads:
  main:
    interrupts: {beat: handle}
    do: [{wait-for-event: stop}]
  handle: [nop]
script: [run]
";
    for semantics in BOTH {
        let (mut sitting, _) = played(source, semantics);
        let threads = |sitting: &Sitting| {
            let state = state_json(sitting.program(), sitting.state());
            state["wfRun"]["threadRuns"].as_array().unwrap().clone()
        };
        let beat = json!({"postEvent": {"externalEventDef": "beat", "content": {}}});
        for _ in 0..56 {
            sitting.take(script::read(&beat, &sitting).unwrap());
        }
        assert_eq!(threads(&sitting).len(), 57);
        sitting.take(script::read(&beat, &sitting).unwrap());
        // 58 are 90 % of 65.
        assert_eq!(threads(&sitting).len(), 2, "all handlers but the last have left");
        for _ in 0..143 {
            sitting.take(script::read(&beat, &sitting).unwrap());
        }
        assert_eq!(sitting.state().threads.len(), 201);
        assert!(threads(&sitting).len() < 58);
        assert_eq!(threads(&sitting).last().unwrap()["number"], 200);
    }
}

#[test]
fn many_children_that_complete_at_once_are_no_loop() {
    for semantics in BOTH {
        let source = crowd(520, "max-thread-runs: 600").replace("wait-for-event: go", "sleep: 5");
        let started = source.replace("[{sleep: 5}]", "[nop]");
        assert_eq!(played(&started, semantics).1["wfRun"]["status"], "COMPLETED", "at their start");
        // While they are halted their time comes: all complete with the command that resumes them.
        let script = "[run, {stop: 0}, {pass: 10}, {resume: 0}]";
        let (sitting, _) = played(&source.replace("[run]", script), semantics);
        let main = sitting.state().thread(0).unwrap();
        assert_eq!(main.status, Status::Completed, "at their resumption");
    }
}

#[test]
fn a_time_becomes_text_as_the_server_writes_it() {
    let source = r#"
workflow: times
tasks: {say: {inputs: {text: STR}}}
threads:
  main:
    variables: {at: TIMESTAMP}
    do:
      - task: say
        with: ['$format("{0}", $at)']
script:
  - run: {at: !timestamp 2026-01-01T00:00:00.5Z}
"#;
    let (_, state) = played(source, Semantics::DOCUMENTED);
    let inputs = &node_run(&state, 0, 1)["task"]["inputVariables"];
    assert_eq!(inputs[0]["value"], json!({"str": "seconds: 1767225600\nnanos: 500000000\n"}));
}

#[test]
fn what_the_server_refuses_is_refused_and_what_it_accepts_accepted() {
    let errors = |source: &str| {
        let found = diagnostics(source);
        found.into_iter().filter(|d| d.starts_with("Error")).collect::<Vec<_>>()
    };
    assert_eq!(errors(&text("ret-task.json")), [""; 0]);
    assert_eq!(diagnostics(&text("ret-task.json")).len(), 1, "a warning");
    assert_eq!(
        errors(&text("missing-node.json")),
        ["Error V-NODE: Thread main has no node 9-absent-TASK, whose output is read here."]
    );
    assert_eq!(
        errors(&text("mul-str.yaml")),
        ["Error V-TYPE: MULTIPLY can't be applied to STR and INT."]
    );
    assert_eq!(errors(&text("int-to-bool.yaml")), ["Error V-TYPE: INT can't be cast to BOOL."]);
}

/// A form of the user task with these actions, played.
fn form(actions: &str, script: &str) -> (Sitting, Json) {
    let source = format!(
        "
workflow: deadline
user-tasks: {{form: {{ok: BOOL}}}}
tasks: {{remind: , note: }}
threads:
  main:
    do:
      - user-task: form
        user: ann
        on-cancel: no-answer
        actions: {actions}
        on-failure: {{no-answer: late}}
  late: [{{task: note}}]
script: {script}
"
    );
    played(&source, Semantics::SERVER_1_2)
}

#[test]
fn a_deadline_cancels_a_form_and_throws_its_exception() {
    for semantics in BOTH {
        let (_, state) = played(&text("user-task-deadline.yaml"), semantics);
        let run = node_run(&state, 0, 1);
        assert_eq!(run["failures"][0]["failureName"], "no-answer", "{}", semantics.name());
        assert_eq!(run["user_task"]["status"], "CANCELLED");
        assert_eq!(state["wfRun"]["threadRuns"][1]["type"], "FAILURE_HANDLER");
    }
    let done = "[run, {complete-user-task: form, position: 1, results: {ok: true}}, {pass: 3}]";
    let (_, state) = form("[{cancel: , after: 2}]", done);
    assert_eq!(state["wfRun"]["status"], "COMPLETED", "in time");
    assert_eq!(node_run(&state, 0, 1)["user_task"]["status"], "DONE");
}

#[test]
fn a_reassignment_is_off_when_somebody_else_has_the_form() {
    let actions = "[{reassign: {user: bob}, after: 2}, {reassign: {user: cy}, after: 4}]";
    let (sitting, state) = form(actions, "[run, {pass: 3}]");
    assert_eq!(node_run(&state, 0, 1)["user_task"]["status"], "ASSIGNED");
    let user = |sitting: &Sitting| sitting.state().form(0, 1).unwrap().user_id.clone().unwrap();
    assert_eq!(&*user(&sitting), "bob");
    // The second was scheduled for ann.
    let (sitting, _) = form(actions, "[run, {pass: 9}]");
    assert_eq!(&*user(&sitting), "bob");
}

#[test]
fn what_is_scheduled_for_another_user_starts_with_the_reassignment() {
    let actions = "[{reassign: {user: bob}, after: 2}, {cancel: , after: 5, on: assignment}]";
    let status = |seconds: u32| {
        let (_, state) = form(actions, &format!("[run, {{pass: {seconds}}}]"));
        node_run(&state, 0, 1)["user_task"]["status"].clone()
    };
    // The cancellation that was scheduled for ann comes after 5 seconds all the same: it asks not whose form it is.
    assert_eq!((status(4), status(6)), (json!("ASSIGNED"), json!("CANCELLED")));
}

#[test]
fn a_reminder_is_sent_and_changes_nothing_else() {
    let actions = "[{task: remind, after: 2}]";
    let (sitting, state) = form(actions, "[run, {pass: 3}]");
    assert_eq!(state["wfRun"]["status"], "RUNNING");
    assert_eq!(sitting.state().form(0, 1).unwrap().reminders, ["remind".into()]);
    let (sitting, _) = form(actions, "[run, {stop: 0}, {pass: 3}]");
    assert_eq!(sitting.state().form(0, 1).unwrap().reminders.len(), 0, "not while it is halted");
}

#[test]
fn a_recorded_trace_keeps_the_message_of_a_report_and_whose_task_is_claimed() {
    let (sitting, _) = played(&text("rescue-child-halted.yaml"), Semantics::SERVER_1_2);
    let trace = halter_session::trace::record(&sitting);
    let line = |step: usize| &trace["steps"][step]["do"];
    assert_eq!(line(1), &json!({"claimTask": {"position": 2, "taskDef": "work"}}));
    assert_eq!(line(2)["reportTask"]["error"], json!({"type": "TASK_FAILURE", "message": "no"}));
}

#[test]
fn what_can_not_be_written_so_that_it_is_read_is_refused_at_the_door() {
    let errors = |source: &str| {
        let found = diagnostics(source);
        found.into_iter().filter(|d| d.starts_with("Error")).collect::<Vec<_>>()
    };
    let source = |step: &str, script: &str| {
        format!("workflow: x\ntasks: [t]\nthreads:\n  main: [{step}]\nscript: [run, {script}]\n")
    };
    assert_eq!(errors(&source("{sleep: 5}", "{pass: 0}")), [""; 0], "no time may pass");
    for seconds in ["9000000000001", "9223372036854775807", "-1", "1e300"] {
        let found = errors(&source("{sleep: 5}", &format!("{{pass: {seconds}}}")));
        assert_eq!(
            found,
            ["Error NUMBER: \"pass\" is a number from 0 to 9000000000000."],
            "{seconds}"
        );
    }
    let backoff = "{task: t, retries: 2, backoff: {base-ms: 1, max-ms: 10, multiplier: 1.0e+300}}";
    assert_eq!(
        errors(&source(backoff, "{pass: 1}")),
        ["Error V-RETRIES: The multiplier of waits between retries is too large."]
    );
    for seconds in [0.0, 0.001, 1_999_999_999_999.999, 8_999_999_999_999.999, 9e12] {
        let line = json!({"passTime": {"seconds": seconds}});
        let sitting = sitting(&source("{sleep: 5}", "{pass: 1}"), Semantics::DOCUMENTED);
        let command = script::read(&line, &sitting).unwrap();
        assert_eq!(script::read(&script::write(&command), &sitting).unwrap(), command, "{seconds}");
    }
}

#[test]
fn a_sleep_of_ages_passes_in_pieces() {
    let source = "workflow: x\nthreads:\n  main: [{sleep: 9000000000000000}]\nscript: [run]\n";
    let (mut sitting, _) = played(source, Semantics::DOCUMENTED);
    let next = halter_engine::enabled(sitting.program(), sitting.state());
    let pass = next.iter().find_map(|choice| match choice {
        halter_engine::Choice::PassTime(ms) => Some(*ms),
        _ => None,
    });
    let step = sitting.take(Command::PassTime(pass.unwrap())).unwrap();
    assert_eq!(step.refusal, None);
    let more = sitting.take(Command::PassTime(9_000_000_000_000_001)).unwrap();
    let refusal = more.refusal.as_ref().unwrap();
    assert_eq!(&*refusal.message, "At most 9000000000000 seconds pass at once");
}

/// R-TRIGGER: who is not addressed is not interrupted. No recorded trace posts such an event.
#[test]
fn an_event_for_one_thread_interrupts_nobody_else() {
    let source = "\
workflow: addressed
events: {poke: , never: }
threads:
  main:
    do: [{start-thread: kid}, {start-thread: kid, as: other}, {wait-for-event: never}]
  kid:
    interrupts: {poke: poked}
    do: [{wait-for-event: never}]
  poked: [{wait-for-event: never}]
";
    for semantics in BOTH {
        // Without an address both children are interrupted.
        for (address, interrupted) in [
            ("", vec![1, 2]),
            (", thread: 1", vec![1]),
            (", thread: 2", vec![2]),
            (", thread: 0", vec![]),
        ] {
            let script = format!("script: [run, {{post: poke{address}}}]\n");
            let (sitting, _) = played(&format!("{source}{script}"), semantics);
            let threads = &sitting.state().threads;
            let handlers = threads.iter().filter(|run| run.trigger.is_some());
            let mut parents: Vec<_> = handlers.filter_map(|run| run.parent).collect();
            parents.sort_unstable();
            assert_eq!(parents, interrupted, "post{address}");
        }
    }
}

/// A parent that is being halted looks at its children. One that was rescued meanwhile runs (D-RESCUE-IGNORES-HALT); the
/// server takes that for impossible, and from then on every command is lost (D-LOST-COMMAND).
#[test]
fn a_child_that_was_rescued_below_a_parent_that_is_being_halted() {
    let source = "
workflow: rescued-below-halting
tasks: [pack, charge]
threads:
  shop:
    do:
      - {start-thread: order, as: number}
      - task: pack
      - wait-for-threads: [number]
  order:
    do: [task: charge]
script:
  - run
  - {claim: charge, thread: 1, position: 1}
  - {report: charge, thread: 1, position: 1, error: no network}
  - {claim: pack, thread: 0, position: 2}
  - stop: 0
  - rescue: 1
";
    let claim = || Command::ClaimTask(1, 2);
    let report = |thread| Command::ReportTask(thread, 2, TaskResult::Output(Value::Null));
    let statuses = |sitting: &Sitting| {
        sitting.state().threads.iter().map(|thread| thread.status).collect::<Vec<_>>()
    };

    let (sitting, _) = played(source, Semantics::DOCUMENTED);
    assert_eq!(statuses(&sitting), [Status::Halting, Status::Halting]);

    let (mut sitting, _) = played(source, Semantics::SERVER_1_2);
    assert_eq!(statuses(&sitting), [Status::Halting, Status::Running]);
    let before = sitting.state().clone();
    let refusal = sitting.take(claim()).unwrap().refusal.clone();
    assert_eq!(
        refusal.unwrap().code,
        Code::Unavailable,
        "as in tests/traces/oracle/claim-lost.json"
    );
    assert!(sitting.take(report(0)).unwrap().refusal.is_none(), "a report vanishes silently");
    assert_eq!(*sitting.state(), before);

    let (mut sitting, _) = played(source, Semantics::SERVER_1_2.without(Deviation::LostCommand));
    sitting.take(claim()).unwrap();
    sitting.take(report(0)).unwrap();
    assert_eq!(statuses(&sitting), [Status::Halting, Status::Running], "the child still runs");
    sitting.take(report(1)).unwrap();
    assert_eq!(statuses(&sitting), [Status::Halted, Status::Completed]);
}

/// What a timer began is undone when it is lost (D-REMOVE-INDEX-LOST); so is what was remembered of it until the end of the
/// command, such as that a WAIT_FOR_THREADS NodeRun was looked at, which is there no more.
#[test]
fn a_timer_that_is_lost_leaves_nothing_behind() {
    let source = "
workflow: lost-timer
threads:
  main:
    variables: {woken: BOOL = false, list: 'JSON_ARR = [1]'}
    do:
      - {start-thread: kid, as: number}
      - sleep: 5
      - set: {woken: true}
      - wait-for-threads: [number]
  kid:
    do:
      - wait-for-condition: $woken
      - set: {list: $list remove-index 5}
script: [run]
";
    let (mut sitting, before) = played(source, Semantics::SERVER_1_2);
    sitting.take(Command::PassTime(6000)).unwrap();
    let after = state_json(sitting.program(), sitting.state());
    assert_eq!(after["wfRun"]["threadRuns"], before["wfRun"]["threadRuns"]);
    assert_eq!(after["variables"], before["variables"]);
}
