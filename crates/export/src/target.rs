//! What a workflow can be written as.

use crate::{java, python};

/// What [`crate::export`] writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A `PutWfSpecRequest` as JSON, what `lhctl deploy wfSpec` takes.
    Json,
    /// The readable source of Halter.
    Source,
    /// Python, for `littlehorse-client`.
    Python,
    /// Java, for `io.littlehorse:littlehorse-client`.
    Java,
}

impl Target {
    /// All targets, in the order in which they are offered.
    pub const ALL: [Target; 4] = [Target::Json, Target::Source, Target::Java, Target::Python];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Target::Json => "json",
            Target::Source => "source",
            Target::Python => "python",
            Target::Java => "java",
        }
    }

    /// The name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Target::Json => "LittleHorse JSON",
            Target::Source => "Halter source",
            Target::Python => "Python",
            Target::Java => "Java",
        }
    }

    /// The name of the file that it goes to: what its language expects, made from the workflow's name.
    #[must_use]
    pub fn file_name(self, workflow: &str) -> String {
        match self {
            Target::Json => format!("{workflow}.json"),
            Target::Source => format!("{workflow}.yaml"),
            Target::Java => format!("{}.java", java::class(workflow)),
            Target::Python => format!("{}.py", python::module(workflow)),
        }
    }
}
