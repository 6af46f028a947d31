//! Names that a file of Java has already, and that nothing else in it can have.

use crate::code::{Identifiers, MESSAGES};

/// Where LittleHorse's messages are.
pub(super) const API: &str = "io.littlehorse.sdk.common.proto";

/// What may be imported besides them, and from where; only what is used is.
pub(super) const IMPORTS: [(&str, &[&str]); 8] = [
    ("io.littlehorse.sdk.common.config", &["LHConfig"]),
    (API, &[]),
    ("io.littlehorse.sdk.common.proto.LittleHorseGrpc", &["LittleHorseBlockingStub"]),
    (
        "io.littlehorse.sdk.wfsdk",
        &[
            "ExternalEventNodeOutput",
            "NodeOutput",
            "SpawnedChildWf",
            "SpawnedThread",
            "SpawnedThreads",
            "TaskNodeOutput",
            "ThreadFunc",
            "UserTaskOutput",
            "WaitForThreadsNodeOutput",
            "WfRunVariable",
            "Workflow",
            "WorkflowThread",
        ],
    ),
    (
        "io.littlehorse.sdk.worker",
        &["LHStructDef", "LHStructField", "LHTaskMethod", "LHTaskWorker"],
    ),
    ("java.io", &["Serializable"]),
    ("java.time", &["Instant"]),
    ("java.util", &["List", "Map"]),
];

/// What code uses of `java.lang`, which is there without an import; a class of the same name would hide it.
const LANG: &[&str] =
    &["Boolean", "Double", "Long", "Object", "String", "UnsupportedOperationException"];

/// Classes inside the file's own.
const INNER: &[&str] = &["Structs", "Tasks"];

/// Words of the language.
const KEYWORDS: &[&str] = &[
    "abstract",
    "assert",
    "boolean",
    "break",
    "byte",
    "case",
    "catch",
    "char",
    "class",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extends",
    "final",
    "finally",
    "float",
    "for",
    "goto",
    "if",
    "implements",
    "import",
    "instanceof",
    "int",
    "interface",
    "long",
    "native",
    "new",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "short",
    "static",
    "strictfp",
    "super",
    "switch",
    "synchronized",
    "this",
    "throw",
    "throws",
    "transient",
    "try",
    "void",
    "volatile",
    "while",
    "true",
    "false",
    "null",
    "var",
    "record",
    "yield",
];

/// Names of the file's own functions and variables, and of what every object has.
const OWN: &[&str] = &[
    "client",
    "config",
    "main",
    "register",
    "getWorkflow",
    "jsonObj",
    "jsonArr",
    "getClass",
    "notify",
    "notifyAll",
    "wait",
    "hashCode",
    "toString",
    "clone",
    "equals",
    "finalize",
];

/// The name of the class of a workflow: none that the file uses for something else.
pub(crate) fn class(workflow: &str) -> String {
    Identifiers::class(workflow, is_class)
}

pub(super) fn is_class(name: &str) -> bool {
    let imported = IMPORTS.iter().flat_map(|(_, names)| *names).chain(MESSAGES);
    imported.chain(LANG).chain(INNER).any(|found| *found == name)
}

/// Whether no variable and no method can have this name.
pub(super) fn is_reserved(name: &str) -> bool {
    KEYWORDS.contains(&name) || OWN.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{IMPORTS, INNER, LANG, class, is_class};
    use crate::code::{MESSAGES, words};
    use crate::{Target, export};

    #[test]
    fn a_class_hides_none_that_the_file_uses() {
        assert_eq!(class("order"), "Order");
        assert_eq!(class("list-2"), "List2");
        for (workflow, wanted) in [
            ("workflow", "Workflow2"),
            ("list", "List2"),
            ("string", "String2"),
            ("workflow-thread", "WorkflowThread2"),
            ("wf-run-id", "WfRunId2"),
            ("tasks", "Tasks2"),
        ] {
            assert_eq!(class(workflow), wanted);
            assert_eq!(Target::Java.file_name(workflow), format!("{wanted}.java"));
        }
        let imported = IMPORTS.iter().flat_map(|(_, names)| *names);
        for name in imported.chain(MESSAGES).chain(LANG).chain(INNER) {
            assert_ne!(class(name), *name);
        }
    }

    /// Whatever looks like a class in generated code is in the list.
    #[test]
    fn the_list_is_complete() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/sdk/sources");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let source = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let document = halter_spec::load(&source).document.unwrap();
            let Ok(code) = export(&document, Target::Java) else { continue };
            let mut own: Vec<_> = document.struct_defs.keys().map(|name| class(name)).collect();
            own.push(class(&document.wf_spec.name));
            let lines = code.lines().filter(|line| !line.starts_with("/**"));
            // What stands between quotation marks is no code; escaped ones would be.
            let code = lines.collect::<Vec<_>>().join("\n").replace("\\\"", "");
            for piece in code.split('"').step_by(2) {
                let pieces = piece.replace('.', " .");
                for word in pieces.split(' ').filter(|word| !word.starts_with('.')) {
                    for name in words(word) {
                        let is_type = name.starts_with(|first: char| first.is_ascii_uppercase())
                            && name.contains(|letter: char| letter.is_ascii_lowercase());
                        seen += usize::from(is_type);
                        assert!(
                            !is_type || own.iter().any(|own| own == name) || is_class(name),
                            "{name} in {piece}"
                        );
                    }
                }
            }
        }
        assert!(seen > 100, "only {seen}");
    }
}
