//! What can be wrong with a source, by its stable name.

use std::fmt;

use serde::{Serialize, Serializer};

/// One line for each: its name here, its name for people, and what it says of a source.
macro_rules! codes {
    (
        reading { $($reading:ident = $reading_name:literal, $of_reading:literal;)* }
        rules { $($rule:ident = $rule_name:literal, $of_rule:literal;)* }
    ) => {
        /// A kind of [`Diagnostic`](crate::Diagnostic).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $of_reading] $reading,)*
            $(#[doc = $of_rule] $rule,)*
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

            /// What it says of a source, whatever it is about there.
            pub const fn text(self) -> &'static str {
                match self {
                    $(Code::$reading => $of_reading,)*
                    $(Code::$rule => $of_rule,)*
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
        Empty = "EMPTY", "There is nothing to read.";
        TooLarge = "TOO-LARGE", "The text, or something in it, is larger than the playground takes.";
        TooDeep = "TOO-DEEP", "Lists and maps are too deep inside one another.";
        Yaml = "YAML", "It is no YAML.";
        YamlDocuments = "YAML-DOCUMENTS", "It holds several YAML documents.";
        YamlAlias = "YAML-ALIAS", "It has an anchor or an alias.";
        YamlKey = "YAML-KEY", "A key is a list or a map.";
        YamlMerge = "YAML-MERGE", "It has a merge key.";
        Json = "JSON", "It is no JSON.";
        DuplicateKey = "DUPLICATE-KEY", "A key stands twice in one map.";
        UnknownKey = "UNKNOWN-KEY", "A key that a map of the source can't have.";
        UnknownField = "UNKNOWN-FIELD", "A field that LittleHorse's JSON does not have.";
        UnknownStatement = "UNKNOWN-STATEMENT", "A step that there is not.";
        UnknownCommand = "UNKNOWN-COMMAND", "A command that there is not.";
        Missing = "MISSING", "Something that must be said is not.";
        OneOf = "ONE-OF", "Of several things only one can be said.";
        Type = "TYPE", "A value of another kind than is expected.";
        Tag = "TAG", "A tag that there is not, or that does not fit.";
        Number = "NUMBER", "A number that is too large or none.";
        Expression = "EXPRESSION", "An expression that can't be read.";
        Property = "PROPERTY", "A property that can't be read, or names what there is not.";
        Simulate = "SIMULATE", "What is simulated is no task of the document.";
        Wait = "WAIT", "It waits for a thread that was not started.";
        NoSource = "NO-SOURCE", "The readable source can't say it.";
        Export = "EXPORT", "Another language can't say it.";
    }
    rules {
        VName = "V-NAME", "A name that LittleHorse does not take.";
        VEntrypoint = "V-ENTRYPOINT", "The entrypoint is no thread.";
        VInherited = "V-INHERITED", "The entrypoint inherits a variable.";
        VShadow = "V-SHADOW", "Two threads declare a variable of the same name.";
        VVariable = "V-VARIABLE", "A variable that nobody declares.";
        VScope = "V-SCOPE", "A variable of a thread that is no parent.";
        VNode = "V-NODE", "The output of a node that there is not.";
        VType = "V-TYPE", "Types do not fit.";
        VStruct = "V-STRUCT", "A StructDef that is not declared, or its fields.";
        VTask = "V-TASK", "A task that is not declared, or its arguments.";
        VUserTask = "V-USER-TASK", "A user task that is not declared, or its user.";
        VRetries = "V-RETRIES", "How often a task is tried again can't be so.";
        VThread = "V-THREAD", "A thread that is not declared, or its input.";
        VEdge = "V-EDGE", "An edge that can't be so.";
        VHandler = "V-HANDLER", "A handler that is not declared.";
        VHandlerInput = "V-HANDLER-INPUT", "A handler of an interrupt declares a variable other than INPUT.";
        VHandlerItself = "V-HANDLER-ITSELF", "A thread handles its own interrupt.";
        VInputType = "V-INPUT-TYPE", "INPUT has another type than the event's content.";
        VEventDef = "V-EVENT-DEF", "An event that is not declared.";
        VEventReused = "V-EVENT-REUSED", "An event both interrupts and is waited for.";
        VInterruptTwice = "V-INTERRUPT-TWICE", "A thread registers an event twice.";
        VOneSpec = "V-ONE-SPEC", "Two threads register the same event.";
        VChildWf = "V-CHILD-WF", "A child workflow: its variables, or that it is not played or never run.";
        VUnused = "V-UNUSED", "Nothing starts this thread.";
        VUnreachable = "V-UNREACHABLE", "It is never reached.";
        VNoExit = "V-NO-EXIT", "No way leads from here to an end.";
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
