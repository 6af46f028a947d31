//! The examples to choose from.

/// An example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Example {
    /// What it is called in addresses.
    pub(crate) slug: &'static str,
    /// What it is called by people.
    pub(crate) title: &'static str,
    /// Its document.
    pub(crate) source: &'static str,
}

/// The example that is called so in addresses, by its index.
pub(crate) fn index_of(slug: &str) -> Option<usize> {
    EXAMPLES.iter().position(|example| example.slug == slug)
}

macro_rules! examples {
    ($($slug:literal $title:literal;)*) => {
        /// Every example; the first is what a first visit shows.
        pub(crate) const EXAMPLES: &[Example] = &[$(Example {
            slug: $slug,
            title: $title,
            source: include_str!(concat!("../../static/examples/", $slug, ".yaml")),
        }),*];
    };
}

examples! {
    "update-the-cart" "Update the cart";
    "kill-and-clean-up" "Kill and clean up";
    "heartbeats" "Heartbeats";
    "running-task" "A running task delays the halt";
    "child-interrupted" "A child is interrupted";
    "parent-with-children" "A parent with children";
    "variables-and-input" "Whose variables a handler sees";
    "typed-cart" "A struct as payload";
    "side-by-side" "Two handlers side by side";
    "nested" "A handler is interrupted";
    "event-while-halted" "An event while halted";
    "time-while-halted" "Time while halted";
    "stop-and-resume" "Halted by hand as well";
    "failing-handler" "A handler that fails";
    "child-fails" "A child fails";
    "failure-and-interrupt" "An interrupt while a failure is handled";
    "first-answer-wins" "The first answer wins";
    "human-decides" "A form is interrupted";
    "child-workflow" "A child workflow goes on";
    "two-workflows" "Two workflows, each interrupted";
    "refused" "What is refused";
    "deviations/failure-name" "D-FAILURE-NAME";
    "deviations/exit-never-halts" "D-EXIT-NEVER-HALTS";
    "deviations/lost-command" "D-LOST-COMMAND";
    "deviations/double-parent-halt" "D-DOUBLE-PARENT-HALT";
    "deviations/user-task" "D-USER-TASK";
    "deviations/input-unchecked" "D-INPUT-UNCHECKED";
    "deviations/wf-stays-halted" "D-WF-STAYS-HALTED";
    "deviations/sibling-handlers-stuck" "D-SIBLING-HANDLERS-STUCK";
    "deviations/rescue-ignores-halt" "D-RESCUE-IGNORES-HALT";
    "deviations/rescue-waits" "D-RESCUE-WAITS";
    "deviations/remove-index-lost" "D-REMOVE-INDEX-LOST";
    "deviations/pending-starts-below-failed" "D-PENDING-STARTS-BELOW-FAILED";
    "deviations/child-wf-never-halts" "D-CHILD-WF-NEVER-HALTS";
    "deviations/child-wf-stays-stopped" "D-CHILD-WF-STAYS-STOPPED";
}
