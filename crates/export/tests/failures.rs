//! How an SDK is told which failures a handler takes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use halter_export::{Target, export};
use halter_spec::load;

/// CHILD_FAILURE is the error with the number 0, which the Python SDK takes for none: it would catch all errors.
#[test]
fn each_failure_has_its_handler() {
    for (failure, java, python) in [
        ("any", "handleAnyFailure(step, on)", "handle_any_failure(step, on)"),
        ("any-error", "handleError(step, on)", "handle_error(step, on)"),
        ("any-exception", "handleException(step, on)", "handle_exception(step, on)"),
        (
            "TIMEOUT",
            "handleError(step, LHErrorType.TIMEOUT, on)",
            "handle_error(step, on, LHErrorType.TIMEOUT)",
        ),
        (
            "CHILD_FAILURE",
            "handleError(step, LHErrorType.CHILD_FAILURE, on)",
            "handle_exception(step, on, \"CHILD_FAILURE\")",
        ),
        ("mine", "handleException(step, \"mine\", on)", "handle_exception(step, on, \"mine\")"),
    ] {
        let source = format!(
            "
workflow: w
tasks: [step]
threads:
  main:
    do:
      - task: step
        on-failure: {{{failure}: on}}
  on:
    do: []
"
        );
        let loaded = load(&source);
        let document = loaded.document.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
        for (target, wanted) in [(Target::Java, java), (Target::Python, python)] {
            let code = export(&document, target).unwrap();
            assert!(code.contains(wanted), "{code}");
        }
    }
}
