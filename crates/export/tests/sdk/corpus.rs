//! A small program for each call of LittleHorse's SDKs (`tests/sdk/python`, `tests/sdk/java/corpus`): what the real SDK
//! makes of it is read, becomes source and the same again, and code that the SDK makes the same of.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use halter_export::with_known_inputs;
use halter_spec::model::Document;
use halter_spec::{Code, Diagnostic, load, write_source};
use serde_json::Value as Json;

use super::{folder, root, run, run_java, through_java, through_python, tool};

/// The SDK writes the arguments of a reminder on assignment as a JSON_OBJ that is a list. Halter accepts the workflow with
/// a warning, and has no code to write for that action.
const NO_CODE_IN_PYTHON: &str = "schedule_reminder_task_on_assignment: 1-approve-USER_TASK of thread entrypoint: \"jsonObj\" is the text of a JSON object, not \"[\"mia\"]\".\n";

/// Checks that there is a program for every method, and that Halter reads what the SDK made of each; the documents.
fn read(compiled: &Json) -> BTreeMap<String, Document> {
    let programs = compiled["programs"].as_object().unwrap();
    let mut wrong = String::new();
    for method in compiled["methods"].as_array().unwrap() {
        let name = method.as_str().unwrap().split('(').next().unwrap();
        // A program is called like the method, or begins so if there are several.
        let is_there = programs.iter().any(|(program, result)| {
            program.starts_with(name) && result["calls"].as_array().unwrap().contains(method)
        });
        if !is_there {
            wrong.push_str(&format!("there is no program {name} that calls {method}\n"));
        }
    }
    let mut documents = BTreeMap::new();
    for (name, result) in programs {
        match document(result) {
            Ok(document) => {
                documents.insert(name.clone(), document);
            }
            Err(problem) => wrong.push_str(&format!("{name}: {problem}\n")),
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    documents
}

/// What Halter makes of a program.
fn document(result: &Json) -> Result<Document, String> {
    if let Some(error) = result["error"].as_str() {
        return Err(error.to_owned());
    }
    let loaded = load(&result["wfSpec"].to_string());
    let codes: Vec<_> = loaded
        .diagnostics
        .iter()
        .filter(|found| found.is_error() || found.code == Code::UnknownField)
        .map(|found: &Diagnostic| found.code)
        .collect();
    let Some(document) = loaded.document.filter(|_| codes.is_empty()) else {
        return Err(format!("refused: {:#?}", loaded.diagnostics));
    };
    let source = write_source(&document).map_err(|problem| format!("{problem:?}"))?;
    let again = load(&source);
    let Some(again) = again.document else {
        return Err(format!("{source}\nis refused: {:#?}", again.diagnostics));
    };
    if again.wf_spec != document.wf_spec {
        let spec = &again.wf_spec;
        return Err(format!("{source}\nbecame {spec:#?}\nand was {:#?}", document.wf_spec));
    }
    Ok(with_known_inputs(&document))
}

#[test]
#[ignore = "needs the SDKs: cargo xtask test --only sdk"]
fn python_corpus() {
    let programs = root().join("tests/sdk/python");
    let script = root().join("tests/sdk/corpus.py");
    let printed = run(Command::new(tool("HALTER_SDK_PYTHON")).arg(script).arg(programs));
    let documents = read(&serde_json::from_str(&printed).unwrap());
    let generated = through_python(documents.clone(), folder("python-corpus"));
    assert_eq!(generated.refusals, NO_CODE_IN_PYTHON);
    // The other SDK can't say all of it, but nothing else than it.
    let other = through_java(documents, folder("python-corpus-in-java"));
    insta::assert_snapshot!("python-refused-by-java", other.refusals);
}

#[test]
#[ignore = "needs the SDKs: cargo xtask test --only sdk"]
fn java_corpus() {
    let home = root().join("tests/sdk/java");
    let mut sources = vec![home.join("Compile.java"), home.join("Corpus.java")];
    let programs = fs::read_dir(home.join("corpus")).unwrap();
    let programs: Vec<PathBuf> = programs.map(|entry| entry.unwrap().path()).collect();
    let class = |path: &PathBuf| format!("corpus.{}", path.file_stem().unwrap().to_string_lossy());
    let classes: Vec<String> = programs.iter().map(class).collect();
    let classes: Vec<&str> = classes.iter().map(String::as_str).collect();
    sources.extend(programs);
    let printed = run_java(&folder("java-programs"), &sources, "Corpus", &classes);
    let documents = read(&serde_json::from_str(&printed).unwrap());
    let generated = through_java(documents.clone(), folder("java-corpus"));
    assert_eq!(generated.refusals, "");
    let other = through_python(documents, folder("java-corpus-in-python"));
    insta::assert_snapshot!("java-refused-by-python", other.refusals);
}
