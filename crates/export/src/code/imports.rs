//! What a file imports.

use super::words;

/// The messages and enums of LittleHorse's API that code may name.
pub(crate) const MESSAGES: &[&str] = &[
    "AllowedUpdateType",
    "Array",
    "Comparator",
    "CorrelatedEventConfig",
    "ExponentialBackoffRetryPolicy",
    "ExternalEventRetentionPolicy",
    "InlineArrayDef",
    "InlineMapDef",
    "InlineStruct",
    "InlineStructDef",
    "LHErrorType",
    "PutExternalEventDefRequest",
    "PutStructDefRequest",
    "PutTaskDefRequest",
    "PutUserTaskDefRequest",
    "PutWorkflowEventDefRequest",
    "ReturnType",
    "Struct",
    "StructDefId",
    "StructField",
    "StructFieldDef",
    "ThreadRetentionPolicy",
    "TypeDefinition",
    "UserTaskField",
    "VariableDef",
    "VariableMutationType",
    "VariableType",
    "VariableValue",
    "WfRunId",
    "WorkflowRetentionPolicy",
];

/// What may be imported, by where it is.
pub(crate) type Imports = [(&'static str, &'static [&'static str])];

/// What code uses of that and of the messages, which are at `api`.
pub(crate) fn used(
    known: &Imports,
    api: &str,
    code: &str,
) -> Vec<(&'static str, Vec<&'static str>)> {
    let is_used = |name: &&str| words(code).any(|found| found == *name);
    let all = known.iter().map(|(from, names)| {
        let messages = if *from == api { MESSAGES } else { &[] };
        let names = names.iter().chain(messages).copied();
        let mut names: Vec<_> = names.filter(is_used).collect();
        names.sort_unstable();
        (*from, names)
    });
    all.filter(|(_, names)| !names.is_empty()).collect()
}
