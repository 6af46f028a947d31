//! What can be wrong with a source, by its stable name.

use std::fmt;

use serde::{Serialize, Serializer};

/// One line for each: what it stands for, its name here and its name for people.
macro_rules! codes {
    (
        reading { $($(#[$of_reading:meta])* $reading:ident = $reading_name:literal,)* }
        rules { $($(#[$of_rule:meta])* $rule:ident = $rule_name:literal,)* }
    ) => {
        /// A kind of [`Diagnostic`](crate::Diagnostic).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$of_reading])* $reading,)*
            $($(#[$of_rule])* $rule,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &[Code] = &[$(Code::$reading,)* $(Code::$rule,)*];

            /// Its stable name, such as `V-HANDLER`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Code::$reading => $reading_name,)*
                    $(Code::$rule => $rule_name,)*
                }
            }

            /// Whether it is one of the rules, which are checked only when all could be read.
            pub const fn is_rule(self) -> bool {
                match self {
                    $(Code::$reading => false,)*
                    $(Code::$rule => true,)*
                }
            }
        }
    };
}

codes! {
    reading {
        /// There is nothing to read.
        Empty = "EMPTY",
        /// The text, or something in it, is larger than the playground takes.
        TooLarge = "TOO-LARGE",
        /// Lists and maps are too deep inside one another.
        TooDeep = "TOO-DEEP",
        /// It is no YAML.
        Yaml = "YAML",
        /// It holds several YAML documents.
        YamlDocuments = "YAML-DOCUMENTS",
        /// It has an anchor or an alias.
        YamlAlias = "YAML-ALIAS",
        /// A key is a list or a map.
        YamlKey = "YAML-KEY",
        /// It has a merge key.
        YamlMerge = "YAML-MERGE",
        /// It is no JSON.
        Json = "JSON",
        /// A key stands twice in one map.
        DuplicateKey = "DUPLICATE-KEY",
        /// A key that a map of the source can't have.
        UnknownKey = "UNKNOWN-KEY",
        /// A field that LittleHorse's JSON does not have.
        UnknownField = "UNKNOWN-FIELD",
        /// A step that there is not.
        UnknownStatement = "UNKNOWN-STATEMENT",
        /// A command that there is not.
        UnknownCommand = "UNKNOWN-COMMAND",
        /// Something that must be said is not.
        Missing = "MISSING",
        /// Of several things only one can be said.
        OneOf = "ONE-OF",
        /// LittleHorse has it, Halter does not.
        Unsupported = "UNSUPPORTED",
        /// A value of another kind than is expected.
        Type = "TYPE",
        /// A tag that there is not, or that does not fit.
        Tag = "TAG",
        /// A number that is too large or none.
        Number = "NUMBER",
        /// An expression that can't be read.
        Expression = "EXPRESSION",
        /// A property that can't be read, or names what there is not.
        Property = "PROPERTY",
        /// What is simulated is no task of the document.
        Simulate = "SIMULATE",
        /// It waits for a thread that was not started.
        Wait = "WAIT",
        /// The readable source can't say it.
        NoSource = "NO-SOURCE",
        /// Another language can't say it.
        Export = "EXPORT",
    }
    rules {
        /// A name that LittleHorse does not take.
        VName = "V-NAME",
        /// The entrypoint is no thread.
        VEntrypoint = "V-ENTRYPOINT",
        /// The entrypoint inherits a variable.
        VInherited = "V-INHERITED",
        /// Two threads declare a variable of the same name.
        VShadow = "V-SHADOW",
        /// A variable that nobody declares.
        VVariable = "V-VARIABLE",
        /// A variable of a thread that is no parent.
        VScope = "V-SCOPE",
        /// The output of a node that there is not.
        VNode = "V-NODE",
        /// Types do not fit.
        VType = "V-TYPE",
        /// A task that is not declared, or its arguments.
        VTask = "V-TASK",
        /// A user task that is not declared, or its user.
        VUserTask = "V-USER-TASK",
        /// How often a task is tried again can't be so.
        VRetries = "V-RETRIES",
        /// A thread that is not declared, or its input.
        VThread = "V-THREAD",
        /// An edge that can't be so.
        VEdge = "V-EDGE",
        /// A handler that is not declared.
        VHandler = "V-HANDLER",
        /// A handler of an interrupt declares a variable other than INPUT.
        VHandlerInput = "V-HANDLER-INPUT",
        /// A thread handles its own interrupt.
        VHandlerItself = "V-HANDLER-ITSELF",
        /// INPUT has another type than the event's content.
        VInputType = "V-INPUT-TYPE",
        /// An event that is not declared.
        VEventDef = "V-EVENT-DEF",
        /// An event both interrupts and is waited for.
        VEventReused = "V-EVENT-REUSED",
        /// A thread registers an event twice.
        VInterruptTwice = "V-INTERRUPT-TWICE",
        /// Two threads register the same event.
        VOneSpec = "V-ONE-SPEC",
        /// Nothing starts this thread.
        VUnused = "V-UNUSED",
        /// It is never reached.
        VUnreachable = "V-UNREACHABLE",
        /// No way leads from here to an end.
        VNoExit = "V-NO-EXIT",
    }
}

impl Code {
    /// Whether nothing is known of a text in which it is: not even its lists and maps.
    pub const fn leaves_unread(self) -> bool {
        matches!(
            self,
            Code::Empty
                | Code::TooLarge
                | Code::TooDeep
                | Code::Yaml
                | Code::YamlDocuments
                | Code::YamlAlias
                | Code::YamlKey
                | Code::YamlMerge
        )
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
