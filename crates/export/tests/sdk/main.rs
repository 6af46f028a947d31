//! The proof: generated code, run under LittleHorse's real SDKs, makes the very workflow that it was generated from.
//!
//! The SDKs have to be there: `cargo xtask test --only sdk` installs them and runs this. Names of nodes and of handlers'
//! threads are the SDK's own; the graphs are compared up to names ([`canonical`]).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::format_push_string,
    clippy::print_stdout,
    reason = "tests say what is wrong by panicking"
)]

mod corpus;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use halter_export::{Target, canonical, export, with_known_inputs};
use halter_spec::model::Document;
use halter_spec::{load, proto_json};
use serde_json::Value as Json;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Names of workflows whose classes, functions or modules would be in the way of something that generated code uses.
const NAMES_IN_THE_WAY: [&str; 28] = [
    "allowed-update-type",
    "asyncio",
    "boolean",
    "class",
    "create-workflow-spec",
    "datetime",
    "double",
    "instant",
    "json",
    "l-h-config",
    "list",
    "littlehorse",
    "logging",
    "long",
    "map",
    "object",
    "register",
    "serializable",
    "string",
    "tasks",
    "thread-func",
    "typing",
    "variable-type",
    "variable-value",
    "wf-run-id",
    "wf-run-variable",
    "workflow",
    "workflow-thread",
];

/// Every document of the project's own, by a name that can be a module's.
fn documents() -> BTreeMap<String, Document> {
    let mut found = BTreeMap::new();
    let folders = [
        ("static/examples", "yaml", "example"),
        ("tests/sdk/sources", "yaml", "source"),
        ("tests/specs", "json", "spec"),
        ("tests/traces/scenarios", "json", "scenario"),
        ("tests/traces/random", "json", "trace"),
        ("tests/traces/values", "json", "value"),
    ];
    for (folder, extension, kind) in folders {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.extension().is_none_or(|found| found != extension) {
                continue;
            }
            let stem = path.file_stem().unwrap().to_string_lossy().replace('-', "_");
            let loaded = load(&fs::read_to_string(&path).unwrap());
            match loaded.document {
                Some(document) => {
                    found.insert(format!("{kind}_{stem}"), with_known_inputs(&document));
                }
                // What the server refused is no workflow.
                None if folder.starts_with("tests/traces") => {}
                None => panic!("{}: {:#?}", path.display(), loaded.diagnostics),
            }
        }
    }
    for name in NAMES_IN_THE_WAY {
        // Both together use whatever generated code may use.
        for kind in ["source_every_step", "source_values"] {
            let mut document = found[kind].clone();
            name.clone_into(&mut document.wf_spec.name);
            found.insert(format!("{kind}_named_{}", name.replace('-', "_")), document);
        }
    }
    found
}

/// What became of the documents in one language.
struct Generated {
    /// Those with code, which stands in `folder` below their names.
    documents: BTreeMap<String, Document>,
    /// The others, and why.
    refusals: String,
    folder: PathBuf,
}

/// An empty folder below the one of generated code.
fn folder(name: &str) -> PathBuf {
    let folder = root().join("target/sdk").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn generate(
    mut documents: BTreeMap<String, Document>,
    folder: PathBuf,
    target: Target,
    file: impl Fn(&str, &Document) -> String,
) -> Generated {
    let mut refusals = String::new();
    documents.retain(|name, document| match export(document, target) {
        Ok(code) => {
            let path = folder.join(file(name, document));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, code).unwrap();
            true
        }
        Err(problems) => {
            for problem in problems {
                refusals.push_str(&format!("{name}: {}\n", problem.message()));
            }
            false
        }
    });
    Generated { documents, refusals, folder }
}

/// Compares what the SDK made of the code with what the code was made from; how many were compared.
fn compare(generated: &Generated, results: &Json) -> usize {
    let mut wrong = String::new();
    for (name, document) in &generated.documents {
        let result = &results[name];
        if let Some(error) = result["error"].as_str() {
            wrong.push_str(&format!("{name}: {error}\n"));
            continue;
        }
        let compiled = match proto_json::read_wf_spec(&result["wfSpec"].to_string()) {
            Ok(compiled) => compiled,
            Err(problems) => {
                wrong.push_str(&format!("{name}: {problems:?}\n"));
                continue;
            }
        };
        let (ours, theirs) = (canonical(&document.wf_spec), canonical(&compiled));
        if ours != theirs {
            let json = |spec| {
                serde_json::to_string_pretty(&proto_json::write_put_wf_spec_request(spec)).unwrap()
            };
            let (ours, theirs) = (json(&ours), json(&theirs));
            let part = ours.lines().zip(theirs.lines()).position(|(left, right)| left != right);
            let part = part.unwrap_or_default();
            let lines = |text: &str| {
                text.lines().skip(part.saturating_sub(6)).take(14).collect::<Vec<_>>().join("\n")
            };
            wrong.push_str(&format!(
                "{name}: the workflow\n{}\nbecame\n{}\n",
                lines(&ours),
                lines(&theirs)
            ));
        }
        let puts = puts(document);
        let mut found: Vec<_> = result["puts"].as_array().cloned().unwrap_or_default();
        found.iter_mut().for_each(normal);
        // The SDK registers events that have their types where they are used last of all.
        found.sort_by_key(Json::to_string);
        if found != puts {
            wrong.push_str(&format!("{name}: registers {found:#?}\ninstead of {puts:#?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    generated.documents.len()
}

/// What has to be registered for a document.
fn puts(document: &Document) -> Vec<Json> {
    let mut puts = Vec::new();
    let mut put = |name: &str, request: Json| {
        let mut put = Json::from(vec![Json::from(name), request]);
        normal(&mut put);
        puts.push(put);
    };
    for (name, def) in &document.struct_defs {
        // Of some only the name is known.
        if def.fields.is_some() {
            put("PutStructDef", proto_json::write_struct_def(name, def));
        }
    }
    for (name, def) in &document.external_event_defs {
        put("PutExternalEventDef", proto_json::write_external_event_def(name, def));
    }
    for (name, def) in &document.task_defs {
        put("PutTaskDef", proto_json::write_task_def(name, def));
    }
    for (name, def) in &document.user_task_defs {
        put("PutUserTaskDef", proto_json::write_user_task_def(name, def));
    }
    for (name, def) in &document.workflow_event_defs {
        put("PutWorkflowEventDef", proto_json::write_workflow_event_def(name, def));
    }
    puts.sort_by_key(Json::to_string);
    puts
}

/// Writes defaults and JSON inside texts in one way.
fn normal(json: &mut Json) {
    match json {
        Json::Array(items) => items.iter_mut().for_each(normal),
        Json::Object(entries) => {
            for (key, value) in entries.iter_mut() {
                if let ("jsonObj" | "jsonArr", Some(text)) = (key.as_str(), value.as_str()) {
                    *value = serde_json::from_str(text).unwrap();
                }
                // Fields with a presence of their own are written even if they are 0.
                if key == "primitiveType" && value.is_null() {
                    *value = Json::from("JSON_OBJ");
                }
                normal(value);
            }
            entries.sort_keys();
        }
        _ => {}
    }
}

fn tool(variable: &str) -> PathBuf {
    let found = std::env::var_os(variable);
    found.map_or_else(
        || panic!("{variable} is not set: run cargo xtask test --only sdk"),
        PathBuf::from,
    )
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{command:?}\n{}", text(&output.stderr));
    text(&output.stdout)
}

/// Python's SDK on code for it.
fn through_python(documents: BTreeMap<String, Document>, folder: PathBuf) -> Generated {
    let generated = generate(documents, folder, Target::Python, |name, _| format!("{name}.py"));
    let script = root().join("tests/sdk/compile.py");
    let printed = run(Command::new(tool("HALTER_SDK_PYTHON")).arg(script).arg(&generated.folder));
    let proven = compare(&generated, &serde_json::from_str(&printed).unwrap());
    println!("Python: {proven} proven, {} refused", generated.refusals.lines().count());
    generated
}

#[test]
#[ignore = "needs the SDKs: cargo xtask test --only sdk"]
fn python() {
    let generated = through_python(documents(), folder("python"));
    insta::assert_snapshot!("refused-by-python", generated.refusals);
}

/// Python looks for modules beside the file that it runs first: none there must stand before one that the SDK needs.
#[test]
#[ignore = "needs the SDKs: cargo xtask test --only sdk"]
fn python_modules() {
    let folder = folder("python-modules");
    let example = &documents()["source_every_step"];
    let mut documents = BTreeMap::new();
    for name in NAMES_IN_THE_WAY {
        let mut document = example.clone();
        name.clone_into(&mut document.wf_spec.name);
        let file = Target::Python.file_name(name);
        fs::write(folder.join(&file), export(&document, Target::Python).unwrap()).unwrap();
        documents.insert(file.trim_end_matches(".py").to_owned(), document);
    }
    assert_eq!(documents.len(), NAMES_IN_THE_WAY.len());
    let generated = Generated { documents, refusals: String::new(), folder };
    let script = root().join("tests/sdk/compile.py");
    let mut python = Command::new(tool("HALTER_SDK_PYTHON"));
    python.arg(script).arg(&generated.folder).env("PYTHONPATH", &generated.folder);
    compare(&generated, &serde_json::from_str(&run(&mut python)).unwrap());
}

/// Compiles classes of Java and runs one of them; what it prints.
fn run_java(folder: &Path, sources: &[PathBuf], class: &str, arguments: &[&str]) -> String {
    let (bin, jars) = (tool("HALTER_SDK_JAVA"), tool("HALTER_SDK_JARS"));
    let classes = folder.join("classes");
    let class_path = format!("{}/*:{}", jars.display(), classes.display());
    let list = folder.join("sources.txt");
    let paths: Vec<_> = sources.iter().map(|path| format!("\"{}\"", path.display())).collect();
    fs::write(&list, paths.join("\n")).unwrap();
    run(Command::new(bin.join("javac"))
        .args(["-nowarn", "-proc:none", "-encoding", "UTF-8", "-cp", &class_path, "-d"])
        .arg(&classes)
        .arg(format!("@{}", list.display())));
    run(Command::new(bin.join("java")).args(["-cp", &class_path, class]).args(arguments))
}

/// Java's SDK on code for it.
fn through_java(documents: BTreeMap<String, Document>, folder: PathBuf) -> Generated {
    // Each file is in a package of its own.
    let generated = generate(documents, folder, Target::Java, |name, document| {
        format!("{name}/{}", Target::Java.file_name(&document.wf_spec.name))
    });
    let mut sources = vec![root().join("tests/sdk/java/Compile.java")];
    let mut names = String::new();
    for (name, document) in &generated.documents {
        let file = Target::Java.file_name(&document.wf_spec.name);
        let path = generated.folder.join(name).join(&file);
        let code = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("package {name};\n\n{code}")).unwrap();
        names.push_str(&format!("{name} {name}.{}\n", file.trim_end_matches(".java")));
        sources.push(path);
    }
    let list = generated.folder.join("names.txt");
    fs::write(&list, names).unwrap();
    let printed = run_java(&generated.folder, &sources, "Compile", &[list.to_str().unwrap()]);
    let proven = compare(&generated, &serde_json::from_str(&printed).unwrap());
    println!("Java: {proven} proven, {} refused", generated.refusals.lines().count());
    generated
}

#[test]
#[ignore = "needs the SDKs: cargo xtask test --only sdk"]
fn java() {
    let generated = through_java(documents(), folder("java"));
    insta::assert_snapshot!("refused-by-java", generated.refusals);
}

#[test]
fn what_differs_is_seen() {
    let spec = |condition: &str, step: &str| {
        let text = format!(
            "workflow: x\ntasks: [a, b]\nthreads:\n  main:\n    variables: {{n: INT}}\n    do:\n      - if: {condition}\n        then: [{{task: {step}}}]\n      - start-thread: c\n  c: []\n"
        );
        canonical(&load(&text).document.unwrap().wf_spec)
    };
    let one = spec("$n > 1", "a");
    assert_eq!(one, spec("$n > 1", "a"));
    assert_ne!(one, spec("$n > 2", "a"));
    assert_ne!(one, spec("$n > 1", "b"));
}
