//! The block of a page: what is played there, and what there is to do.

use halter_engine::state::ThreadNumber;
use halter_session::Sitting;
use halter_spec::fragment::{self, Entry, Plain, Tree};

use super::keys::Keys;
use crate::lesson::{Do, Predict, Task, Until, Written};
use crate::limits::{MAX_ASKED, MAX_COMMANDS, MAX_SENTENCE};
use crate::lines::Piece;
use crate::problem::Problem;

const KEYS: &[&str] = &["do", "until", "hint", "try", "predict", "threads", "play"];

/// Each key that says more about another.
const BELONGING: [(&str, &str); 4] =
    [("until", "do"), ("hint", "do"), ("try", "do"), ("threads", "predict")];

/// Reads a block. Without a workflow, which has been reported then, conditions and commands are not looked at.
pub(super) fn read(
    block: &Piece,
    workflow: Option<&Sitting>,
    problems: &mut Vec<Problem>,
) -> (Option<Vec<Written>>, Task) {
    let (tree, diagnostics) = fragment::yaml(&block.in_place());
    let is_broken = tree.is_none() && !diagnostics.is_empty();
    problems.extend(Problem::errors(diagnostics, block.line));
    if is_broken {
        return (None, Task::Read);
    }
    let line = block.line;
    let Some(keys) = Keys::of(tree.as_ref(), "a block \"lesson\"", KEYS, line, problems) else {
        return (None, Task::Read);
    };
    let mut reader = Reader { workflow, problems };
    for (key, of) in BELONGING {
        if let Some(entry) = keys.get(key)
            && keys.get(of).is_none()
        {
            reader.wrong(entry.key_span.line, format!("\"{key}\" belongs to \"{of}\"."));
        }
    }
    let play = keys.get("play").map(|entry| reader.commands(entry, 0));
    let task = match (keys.get("do"), keys.get("predict")) {
        (Some(_), Some(predict)) => {
            let sentence = "A page has \"do\" or \"predict\", not both.".to_owned();
            reader.wrong(predict.key_span.line, sentence);
            None
        }
        (Some(_), None) => reader.doing(&keys).map(Task::Do),
        (None, Some(entry)) => reader.predict(entry, keys.get("threads")).map(Task::Predict),
        (None, None) => {
            if play.is_none() {
                let sentence = "This block needs \"do\", \"predict\" or \"play\".".to_owned();
                reader.wrong(line, sentence);
            }
            None
        }
    };
    (play, task.unwrap_or(Task::Read))
}

struct Reader<'a> {
    workflow: Option<&'a Sitting>,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn wrong(&mut self, line: u32, sentence: String) {
        self.problems.push(Problem::new(line, sentence));
    }

    fn doing(&mut self, keys: &Keys<'_>) -> Option<Do> {
        let sentence = keys.text("do", MAX_SENTENCE, self.problems);
        let hint = keys.text("hint", MAX_SENTENCE, self.problems);
        let until = keys.required("until", self.problems).and_then(|entry| self.until(entry));
        let way = keys.required("try", self.problems).map(|entry| self.commands(entry, 1));
        Some(Do { sentence: sentence?, until: until?, hint: hint?, way: way? })
    }

    fn until(&mut self, entry: &Entry) -> Option<Until> {
        let line = entry.value.span.line;
        let document = self.workflow?.document();
        match fragment::condition(&entry.value, document) {
            Ok(condition) => {
                let text = entry.value.text().unwrap_or_default().trim().to_owned();
                Some(Until { line, text, condition })
            }
            Err(diagnostics) => {
                self.problems.extend(Problem::errors(diagnostics, line));
                None
            }
        }
    }

    /// A list of commands, so many at least.
    fn commands(&mut self, entry: &Entry, least: usize) -> Vec<Written> {
        let line = entry.key_span.line;
        let items = match entry.value.list() {
            Some(items) => items,
            None if entry.value.is_null() => &[],
            None => {
                let sentence =
                    format!("\"{}\" is a list of commands, each with a dash.", entry.key);
                self.wrong(line, sentence);
                return Vec::new();
            }
        };
        if items.len() < least {
            self.wrong(line, format!("\"{}\" needs a command.", entry.key));
        }
        if items.len() > MAX_COMMANDS {
            let (found, key) = (items.len(), &entry.key);
            let sentence = format!("\"{key}\" has {found} commands; it may have {MAX_COMMANDS}.");
            self.wrong(line, sentence);
            return Vec::new();
        }
        self.written(items)
    }

    fn written(&mut self, items: &[Tree]) -> Vec<Written> {
        let Some(workflow) = self.workflow else {
            return Vec::new();
        };
        let (commands, diagnostics) = fragment::commands(items, workflow.document());
        self.problems.extend(Problem::errors(diagnostics, 1));
        let written = commands.into_iter().map(|(span, json)| Written { line: span.line, json });
        let mut readable = Vec::new();
        for written in written {
            match written.read(workflow) {
                Ok(_) => readable.push(written),
                Err(problem) => self.problems.push(problem),
            }
        }
        readable
    }

    fn predict(&mut self, entry: &Entry, threads: Option<&Entry>) -> Option<Predict> {
        let line = entry.key_span.line;
        let command = self.written(std::slice::from_ref(&entry.value)).pop();
        let threads = match threads {
            Some(entry) => Some(self.threads(entry)?),
            None => None,
        };
        Some(Predict { line, command: command?, threads })
    }

    fn threads(&mut self, entry: &Entry) -> Option<Vec<ThreadNumber>> {
        let line = entry.key_span.line;
        let number = |tree: &Tree| match tree.as_plain()? {
            Plain::Int(number) => ThreadNumber::try_from(number).ok(),
            Plain::Null | Plain::Bool(_) | Plain::Double(_) | Plain::TooBig | Plain::Text => None,
        };
        let numbers = entry.value.list().map(|items| items.iter().map(number).collect());
        let Some(Some(numbers)) = numbers else {
            self.wrong(
                line,
                "\"threads\" is a list of numbers of ThreadRuns, such as [0, 2].".to_owned(),
            );
            return None;
        };
        let numbers: Vec<ThreadNumber> = numbers;
        if numbers.is_empty() || numbers.len() > MAX_ASKED {
            let sentence = format!("\"threads\" has from 1 to {MAX_ASKED} numbers.");
            self.wrong(line, sentence);
            return None;
        }
        if let Some(twice) = numbers.iter().enumerate().find_map(|(index, number)| {
            numbers.get(..index).is_some_and(|before| before.contains(number)).then_some(number)
        }) {
            self.wrong(line, format!("ThreadRun {twice} is asked about twice."));
            return None;
        }
        Some(numbers)
    }
}
