//! Reads examples and explores them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use halter_engine::{Command, Program, RunState, Semantics, Unobserved, step};
use halter_explore::{Answer, Bounds, BuiltInProperty, Choices, Explorer, Phase};
use halter_spec::model::Document;

pub(crate) const BOTH: [Semantics; 2] = [Semantics::DOCUMENTED, Semantics::SERVER_1_2];

/// Every example of the page, by its path below static/examples.
pub(crate) fn examples() -> Vec<(String, Document)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    let mut files: Vec<PathBuf> = [root.clone(), root.join("deviations")]
        .iter()
        .flat_map(|dir| std::fs::read_dir(dir).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        let document = document(&std::fs::read_to_string(&path).unwrap());
        (name, document)
    };
    files.into_iter().map(read).collect()
}

pub(crate) fn example(name: &str) -> Document {
    let mut examples = examples().into_iter();
    examples.find(|(known, _)| known == name).unwrap().1
}

pub(crate) fn document(source: &str) -> Document {
    let loaded = halter_spec::load(source);
    loaded.document.expect(source)
}

/// Explores with the usual choices, changed by `change`.
pub(crate) fn explore(
    document: &Document,
    semantics: Semantics,
    change: impl FnOnce(&mut Choices),
) -> Explorer {
    let program = Arc::new(Program::compile(document, semantics).unwrap());
    let mut choices = Choices::usual(document, &program);
    change(&mut choices);
    let bounds = Bounds { states: 20_000, ..Bounds::default() };
    let mut explorer = Explorer::new(program, choices, bounds);
    while explorer.run(1_000).phase == Phase::Running {}
    explorer
}

/// `runWf, postEvent note-added`
pub(crate) fn words(commands: &[Command]) -> String {
    fn word(command: &Command) -> String {
        match command {
            Command::InChildWf(_, _, inner) => format!("in child: {}", word(inner)),
            Command::PostEvent { def, .. } => format!("post {def}"),
            Command::ClaimTask(thread, _) => format!("claim {thread}"),
            Command::ReportTask(thread, ..) => format!("report {thread}"),
            Command::PassTime(ms) => format!("pass {ms}"),
            Command::StopWfRun(thread) => format!("stop {thread}"),
            Command::ResumeWfRun(thread) => format!("resume {thread}"),
            other => other.name().to_owned(),
        }
    }
    commands.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// Every property with its answer, a line each.
pub(crate) fn answers(explorer: &Explorer) -> String {
    let mut text = String::new();
    for (property, id, _) in BuiltInProperty::ALL {
        let answer = match explorer.answer(property) {
            Answer::Holds | Answer::Can(_) => "holds".to_owned(),
            Answer::Undecided => "undecided".to_owned(),
            Answer::Fails(commands) => words(&commands),
            Answer::Cannot => "fails".to_owned(),
        };
        text.push_str(&format!("  {id}: {answer}\n"));
    }
    text
}

/// The state after commands.
pub(crate) fn play(document: &Document, semantics: Semantics, commands: &[Command]) -> RunState {
    let program = Program::compile(document, semantics).unwrap();
    commands.iter().fold(RunState::default(), |state, command| {
        step(&program, state, command, &mut Unobserved).0
    })
}
