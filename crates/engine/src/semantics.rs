//! Which semantics a run follows: the documented rules, or those plus named deviations.

/// What `LittleHorse` 1.2.1 really does where it departs from its documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Deviation {
    /// D-FAILURE-NAME
    FailureName,
    /// D-EXIT-NEVER-HALTS
    ExitNeverHalts,
    /// D-LOST-COMMAND
    LostCommand,
    /// D-DOUBLE-PARENT-HALT
    DoubleParentHalt,
    /// D-USER-TASK
    UserTask,
    /// D-INPUT-UNCHECKED
    InputUnchecked,
    /// D-WF-STAYS-HALTED
    WfStaysHalted,
    /// D-SIBLING-HANDLERS-STUCK
    SiblingHandlersStuck,
    /// D-RESCUE-IGNORES-HALT
    RescueIgnoresHalt,
    /// D-RESCUE-WAITS
    RescueWaits,
    /// D-REMOVE-INDEX-LOST
    RemoveIndexLost,
    /// D-PENDING-STARTS-BELOW-FAILED
    PendingStartsBelowFailed,
    /// D-CHILD-WF-NEVER-HALTS
    ChildWfNeverHalts,
    /// D-CHILD-WF-STAYS-STOPPED
    ChildWfStaysStopped,
}

impl Deviation {
    /// Every deviation with its id and one sentence.
    pub const ALL: [(Deviation, &'static str, &'static str); 14] = [
        (
            Deviation::FailureName,
            "D-FAILURE-NAME",
            "An interrupted ThreadRun fails with its handler's own failure name and status instead of CHILD_FAILED.",
        ),
        (
            Deviation::ExitNeverHalts,
            "D-EXIT-NEVER-HALTS",
            "A ThreadRun that waits at its EXIT node for children stays HALTING for ever when it is interrupted.",
        ),
        (
            Deviation::LostCommand,
            "D-LOST-COMMAND",
            "A handler that fails while a sibling handler runs makes the whole command vanish.",
        ),
        (
            Deviation::DoubleParentHalt,
            "D-DOUBLE-PARENT-HALT",
            "A failure handler that is halted by an interrupt gets PARENT_HALTED twice and never resumes.",
        ),
        (
            Deviation::UserTask,
            "D-USER-TASK",
            "Interrupting a USER_TASK cancels its UserTaskRun, and after resuming it can no longer be completed.",
        ),
        (
            Deviation::InputUnchecked,
            "D-INPUT-UNCHECKED",
            "A payload that can be written as text is accepted where STR is declared, and converted only when it is assigned.",
        ),
        (
            Deviation::WfStaysHalted,
            "D-WF-STAYS-HALTED",
            "After stop and resume the WfRun goes on showing HALTED although its ThreadRuns run.",
        ),
        (
            Deviation::SiblingHandlersStuck,
            "D-SIBLING-HANDLERS-STUCK",
            "Two handlers of one ThreadRun that were halted together with it wait for each other and never resume.",
        ),
        (
            Deviation::RescueIgnoresHalt,
            "D-RESCUE-IGNORES-HALT",
            "A child that is rescued below a halted parent runs at once instead of waiting for its parent.",
        ),
        (
            Deviation::RescueWaits,
            "D-RESCUE-WAITS",
            "After a rescue nothing more happens until the next command, whatever could go on at once.",
        ),
        (
            Deviation::RemoveIndexLost,
            "D-REMOVE-INDEX-LOST",
            "What is not there makes the whole command vanish, and no failure handler sees it: an index that an expression removes, an element or a field at the end of a path, a condition that is no BOOL or is computed and then cast, the content of an ERROR whose handler declares INPUT, a WfRun to wait for.",
        ),
        (
            Deviation::PendingStartsBelowFailed,
            "D-PENDING-STARTS-BELOW-FAILED",
            "When one of several handlers that wait to start fails at once, the others start all the same, below the failed ThreadRun.",
        ),
        (
            Deviation::ChildWfNeverHalts,
            "D-CHILD-WF-NEVER-HALTS",
            "A ThreadRun that waits for a child WfRun stays HALTING for ever when it is interrupted or stopped, also after the child WfRun is over.",
        ),
        (
            Deviation::ChildWfStaysStopped,
            "D-CHILD-WF-STAYS-STOPPED",
            "A child WfRun that was stopped can't be resumed: the server says that there is no such WfRun.",
        ),
    ];

    /// The id, such as `D-LOST-COMMAND`.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(d, ..)| *d == self).map_or("", |(_, id, _)| id)
    }

    /// What it is, in one sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        Self::ALL.iter().find(|(d, ..)| *d == self).map_or("", |(.., s)| s)
    }
}

/// The documented rules and the deviations that are switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Semantics {
    deviations: u16,
}

impl Semantics {
    /// The rules as the documentation promises them.
    pub const DOCUMENTED: Semantics = Semantics { deviations: 0 };
    /// The rules as `LittleHorse` server 1.2.1 follows them: every deviation on.
    pub const SERVER_1_2: Semantics = Semantics { deviations: (1 << Deviation::ALL.len()) - 1 };

    /// The semantics with that name: `documented` or `server-1.2`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "documented" => Some(Self::DOCUMENTED),
            "server-1.2" => Some(Self::SERVER_1_2),
            _ => None,
        }
    }

    /// `documented`, `server-1.2` or `custom`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DOCUMENTED => "documented",
            Self::SERVER_1_2 => "server-1.2",
            _ => "custom",
        }
    }

    /// Whether a deviation is on.
    #[must_use]
    pub fn has(self, deviation: Deviation) -> bool {
        self.deviations & (1 << deviation as u16) != 0
    }

    /// Whether a step may break off, so that the whole command is lost.
    #[must_use]
    pub fn may_break_off(self) -> bool {
        self.has(Deviation::LostCommand) || self.has(Deviation::RemoveIndexLost)
    }

    /// The same with one more deviation.
    #[must_use]
    pub fn with(self, deviation: Deviation) -> Self {
        Semantics { deviations: self.deviations | (1 << deviation as u16) }
    }

    /// The same without a deviation.
    #[must_use]
    pub fn without(self, deviation: Deviation) -> Self {
        Semantics { deviations: self.deviations & !(1 << deviation as u16) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Deviation, Semantics};

    #[test]
    fn names() {
        for (semantics, name) in
            [(Semantics::DOCUMENTED, "documented"), (Semantics::SERVER_1_2, "server-1.2")]
        {
            assert_eq!(semantics.name(), name);
            assert_eq!(Semantics::from_name(name), Some(semantics));
        }
        assert_eq!(Semantics::DOCUMENTED.with(Deviation::ALL[0].0).name(), "custom");
        assert_eq!(Semantics::from_name("custom"), None);
    }
}
