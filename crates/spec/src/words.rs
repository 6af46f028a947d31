//! Words with a meaning, each an enum, so that the compiler names every place where a new one is to be read.

/// An enum whose variants are words: its name here, and as it is written.
macro_rules! words {
    ($(#[$of:meta])* $visible:vis enum $words:ident { $($word:ident = $name:literal,)* }) => {
        $(#[$of])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the words say it all")]
        $visible enum $words {
            $($word,)*
        }

        impl $words {
            /// All of them.
            $visible const ALL: &[$words] = &[$($words::$word,)*];

            /// As it is written.
            $visible const fn name(self) -> &'static str {
                match self {
                    $($words::$word => $name,)*
                }
            }

            /// The one that is written so.
            $visible fn of(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.name() == name)
            }
        }
    };
}

words! {
    /// What a step of a source begins with.
    pub enum StepWord {
        Task = "task",
        WaitForEvent = "wait-for-event",
        StartThread = "start-thread",
        StartThreads = "start-threads",
        WaitForThreads = "wait-for-threads",
        Sleep = "sleep",
        SleepUntil = "sleep-until",
        SleepUntilDate = "sleep-until-date",
        UserTask = "user-task",
        ThrowEvent = "throw-event",
        WaitForCondition = "wait-for-condition",
        Fail = "fail",
        Return = "return",
        Exit = "exit",
        Nop = "nop",
        If = "if",
        While = "while",
        Set = "set",
    }
}

words! {
    /// What a command of a script begins with, in its short form.
    pub enum CommandWord {
        Run = "run",
        Post = "post",
        Claim = "claim",
        Report = "report",
        Pass = "pass",
        Stop = "stop",
        Resume = "resume",
        Rescue = "rescue",
        CompleteUserTask = "complete-user-task",
        CancelUserTask = "cancel-user-task",
    }
}

words! {
    /// What a node of LittleHorse's JSON does: one of these fields.
    pub(crate) enum NodeField {
        Entrypoint = "entrypoint",
        Exit = "exit",
        Task = "task",
        ExternalEvent = "externalEvent",
        StartThread = "startThread",
        WaitForThreads = "waitForThreads",
        Nop = "nop",
        Sleep = "sleep",
        UserTask = "userTask",
        StartMultipleThreads = "startMultipleThreads",
        ThrowEvent = "throwEvent",
        WaitForCondition = "waitForCondition",
        RunChildWf = "runChildWf",
        WaitForChildWf = "waitForChildWf",
    }
}
