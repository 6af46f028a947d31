//! The readable source makes the very graphs that the SDK makes of the same workflow (tests/specs/make.py).

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use halter_spec::model::WfSpec;
use halter_spec::{load, proto_json};

/// Compares thread by thread, for readable differences.
fn assert_same(source: &str, compiled: &str) {
    let loaded = load(source);
    let document = loaded.document.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let compiled: WfSpec = proto_json::read_wf_spec(compiled).unwrap();
    let ours = document.wf_spec;
    assert_eq!(ours.name, compiled.name);
    for (name, thread) in &compiled.thread_specs {
        let own = ours.thread_specs.get(name).unwrap_or_else(|| panic!("no thread {name}"));
        assert_eq!(own.variable_defs, thread.variable_defs, "variables of {name}");
        assert_eq!(own.interrupt_defs, thread.interrupt_defs, "interrupts of {name}");
        for (node_name, node) in &thread.nodes {
            let own = own.nodes.get(node_name).unwrap_or_else(|| {
                panic!("no node {node_name} in {:?}", own.nodes.keys().collect::<Vec<_>>())
            });
            assert_eq!(own, node, "node {node_name} of {name}");
        }
        assert_eq!(own.nodes.len(), thread.nodes.len(), "nodes of {name}");
    }
    assert_eq!(ours.thread_specs.len(), compiled.thread_specs.len());
}

#[test]
fn an_order_with_an_interrupt() {
    assert_same(
        r#"
workflow: order
events: [address-changed, order-packed]
tasks: [price-order, charge-card, ship, tell-courier, refund]
threads:
  entrypoint:
    variables:
      customer: STR required
      address: STR
      total: DOUBLE = 0
    interrupts: {address-changed: interrupt-address-changed}
    do:
      - task: price-order
        with: [$customer]
        timeout: 30
        retries: 2
        into: total
      - task: charge-card
        with: [$customer, $total]
        on-failure:
          TASK_FAILURE: exn-handler-2-charge-card-TASK-TASK_FAILURE
          card-declined: exn-handler-2-charge-card-TASK-card-declined
      - wait-for-event: order-packed
        timeout: 3600
      - task: ship
        with: ['$format("{0}, {1}", $customer, $address)']
  interrupt-address-changed:
    variables: {INPUT: STR}
    do:
      - set: {address: $INPUT}
      - task: tell-courier
        with: [$INPUT]
  exn-handler-2-charge-card-TASK-TASK_FAILURE:
    - task: refund
      with: [$customer]
    - fail: payment-failed
      message: The card was declined.
  exn-handler-2-charge-card-TASK-card-declined:
    - task: refund
      with: [$customer]
    - fail: {name: payment-failed, message: The card was declined.}
"#,
        include_str!("../../../tests/specs/order.json"),
    );
}

#[test]
fn a_parent_with_children() {
    assert_same(
        r"
workflow: parcels
tasks: [deliver]
threads:
  entrypoint:
    variables:
      parcels: JSON_ARR = [A1, B2]
      lost: INT = 0
    do:
      - start-threads: deliver
        for-each: $parcels
      - start-thread: watch
      - wait-for-threads: deliver
        on-child-failure: failure-handler-3-threads-WAIT_FOR_THREADS-ANY_FAILURE
      - wait-for-threads: [watch]
        strategy: any
  deliver:
    variables: {INPUT: STR}
    do:
      - task: deliver
        with: [$INPUT]
  watch:
    - sleep: 600
  failure-handler-3-threads-WAIT_FOR_THREADS-ANY_FAILURE:
    - set: {lost: $lost + 1}
",
        include_str!("../../../tests/specs/parcels.json"),
    );
}

#[test]
fn loops_branches_and_expressions() {
    assert_same(
        r#"
workflow: countdown
tasks: [beep, launch]
workflow-events: [launched]
threads:
  entrypoint:
    variables:
      left: INT = 3
      mood: STR = calm
      state: "JSON_OBJ = {ticks: []}"
    do:
      - while: $left > 0
        do:
          - task: beep
            with: [$left]
          - set:
              left: $left - 1
              state.ticks: $state.ticks extend $left
      - if: $mood == "calm" and $left == 0
        then:
          - task: launch
        else-if:
          - if: $left < 0
            then:
              - fail: too-late
                message: Too late.
        else:
          - sleep: $left as INT
      - wait-for-condition: $mood in ["calm", "happy"]
      - throw-event: launched
        content: $mood
      - return: $left
"#,
        include_str!("../../../tests/specs/countdown.json"),
    );
}

#[test]
fn a_form_for_a_person() {
    assert_same(
        r#"
workflow: approval
tasks: [remind]
user-tasks: {approve-order: {ok: BOOL}}
threads:
  entrypoint:
    variables:
      manager: STR = mia
      approved: BOOL
    do:
      - user-task: approve-order
        user: $manager
        group: managers
        notes: '$format("Please look at {0}", $manager)'
        on-cancel: approval-cancelled
        actions:
          - task: {task: {taskDefId: {name: remind}, variables: [{variableName: manager}]}}
            delaySeconds: {literalValue: {int: "60"}}
        into: {approved: $output.ok as BOOL}
"#,
        include_str!("../../../tests/specs/approval.json"),
    );
}
