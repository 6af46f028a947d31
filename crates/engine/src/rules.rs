//! The rules by id: one table that engine, page, command line and docs share.

/// A rule of the semantics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is described in RULES")]
pub enum Rule {
    Tree,
    Status,
    Step,
    Edge,
    Register,
    Trigger,
    Halt,
    NodeHalt,
    Halted,
    Handler,
    SideBySide,
    Resume,
    HandlerFails,
    Nested,
    Terminal,
    Manual,
    Scope,
    Mutate,
    InputType,
    Fail,
    Catch,
    ChildFails,
    Wait,
    Rescue,
    ChildWf,
}

const INTERRUPTS: &str = "https://littlehorse.io/docs/server/concepts/interrupts";
const WORKFLOWS: &str = "https://littlehorse.io/docs/server/concepts/workflows";
const LIFECYCLE: &str = "https://littlehorse.io/docs/server/concepts/advanced/wfrun-lifecycle";
const THREADS: &str = "https://littlehorse.io/docs/server/concepts/threads";
const CHILD_WORKFLOWS: &str = "https://littlehorse.io/docs/server/concepts/workflows";
const FAILURES: &str = "https://littlehorse.io/docs/server/concepts/exception-handling";
const EVENTS: &str = "https://littlehorse.io/docs/server/concepts/external-events";

/// A rule's id, its sentence and where `LittleHorse` documents it.
#[derive(Debug, Clone, Copy)]
pub struct RuleText {
    /// The rule.
    pub rule: Rule,
    /// Its id, such as `R-RESUME`.
    pub id: &'static str,
    /// What it says, in one sentence.
    pub sentence: &'static str,
    /// The page of `LittleHorse`'s documentation.
    pub link: &'static str,
}

macro_rules! rules {
    ($($rule:ident $id:literal $link:ident $sentence:literal;)*) => {
        /// Every rule.
        pub const RULES: &[RuleText] = &[$(RuleText { rule: Rule::$rule, id: $id, sentence: $sentence, link: $link }),*];
    };
}

rules! {
    Tree "R-TREE" THREADS "A WfRun is a tree of ThreadRuns, numbered in the order of their creation; 0 is the entrypoint.";
    Status "R-STATUS" LIFECYCLE "COMPLETED, ERROR and EXCEPTION are final; the WfRun shows its entrypoint's status.";
    Step "R-STEP" LIFECYCLE "A command is taken until nothing changes any more; what never settles ends with INTERNAL_ERROR.";
    Edge "R-EDGE" WORKFLOWS "Leaving a node, the first edge whose condition holds is taken.";
    Register "R-REGISTER" INTERRUPTS "A ThreadSpec registers an interrupt: an ExternalEventDef and the ThreadSpec that handles it.";
    Trigger "R-TRIGGER" INTERRUPTS "When an ExternalEvent arrives, every ThreadRun whose ThreadSpec registers it is interrupted, and the event is claimed.";
    Halt "R-HALT" INTERRUPTS "Interrupting a ThreadRun halts it and every one of its children.";
    NodeHalt "R-NODE-HALT" LIFECYCLE "Waiting nodes halt at once; a TASK halts only when its TaskRun is over.";
    Halted "R-HALTED" LIFECYCLE "A ThreadRun is HALTED only when its current NodeRun is halted and every child is HALTED or over.";
    Handler "R-HANDLER" INTERRUPTS "Once the ThreadRun is HALTED, the handler starts as its child and gets the event's content as INPUT.";
    SideBySide "R-SIDE-BY-SIDE" INTERRUPTS "Several interrupts of one ThreadRun are handled side by side; it resumes after the last of them.";
    Resume "R-RESUME" INTERRUPTS "A ThreadRun resumes at the same NodeRun when none of its halt reasons is left.";
    HandlerFails "R-HANDLER-FAILS" INTERRUPTS "If an interrupt's handler fails, the interrupted ThreadRun fails too, and nothing can catch that.";
    Nested "R-NESTED" INTERRUPTS "A handler may wait, run tasks and be interrupted itself, like any other thread.";
    Terminal "R-TERMINAL" LIFECYCLE "An event changes nothing for a ThreadRun that is over; the same event id twice is refused.";
    Manual "R-MANUAL" LIFECYCLE "Stopping halts a ThreadRun and its children by hand, until it is resumed.";
    Scope "R-SCOPE" THREADS "A ThreadRun reads and writes its own variables and those of its parents.";
    Mutate "R-MUTATE" WORKFLOWS "Variables change when an edge is taken: all of the edge's mutations, or none.";
    InputType "R-INPUT-TYPE" EVENTS "An event whose content does not fit the type of its ExternalEventDef is refused.";
    Fail "R-FAIL" FAILURES "Technical failures are ERRORs, those with a name of the user's own are EXCEPTIONs.";
    Catch "R-CATCH" FAILURES "A failing NodeRun runs its first matching failure handler; without one the ThreadRun fails.";
    ChildFails "R-CHILD-FAILS" FAILURES "A failed child that nobody handled fails its parent where the parent waits for it.";
    Wait "R-WAIT" THREADS "WAIT_FOR_THREADS waits for all, any or the first of its threads, and halts the others for good.";
    Rescue "R-RESCUE" FAILURES "A ThreadRun in ERROR may be rescued: tried again at the failed node, or past it.";
    ChildWf "R-CHILD-WF" CHILD_WORKFLOWS "RUN_CHILD_WF starts a WfRun of its own: no halt of its parent halts it. WAIT_FOR_CHILD_WF goes on when it is over, with what it returned, or fails as it did.";
}

impl Rule {
    /// Whether something can happen by this rule. By the others something is refused, or a spec is read.
    #[must_use]
    pub fn occurs(self) -> bool {
        match self {
            Rule::Register | Rule::Terminal | Rule::Scope | Rule::InputType => false,
            Rule::Tree
            | Rule::Status
            | Rule::Step
            | Rule::Edge
            | Rule::Trigger
            | Rule::Halt
            | Rule::NodeHalt
            | Rule::Halted
            | Rule::Handler
            | Rule::SideBySide
            | Rule::Resume
            | Rule::HandlerFails
            | Rule::Nested
            | Rule::Manual
            | Rule::Mutate
            | Rule::Fail
            | Rule::Catch
            | Rule::ChildFails
            | Rule::Wait
            | Rule::Rescue
            | Rule::ChildWf => true,
        }
    }

    /// Id, sentence and link.
    #[must_use]
    pub fn text(self) -> &'static RuleText {
        // The table has a row for each rule in order; `rules_are_in_order` checks it.
        &RULES[self as usize]
    }

    /// The id, such as `R-RESUME`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.text().id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_in_order() {
        for (index, text) in RULES.iter().enumerate() {
            assert_eq!(text.rule as usize, index, "{}", text.id);
        }
        assert_eq!(RULES.len(), Rule::ChildWf as usize + 1);
    }
}
