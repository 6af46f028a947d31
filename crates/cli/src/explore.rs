//! `halter explore`: every order of what may come is tried, and whether properties hold in all of them.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use halter_engine::Command;
use halter_explore::{
    Answer as Found, Bounds, BuiltInProperty, Choices, Explorer, Phase, Progress,
};
use halter_session::{Sitting, script};
use halter_spec::load;

use crate::answer::{Answer, NO, OK, UNKNOWN};
use crate::arguments::Explore;
use crate::{excerpt, input};

mod choices;
mod json;
mod text;

/// States that are looked at before the progress is shown again.
const AT_ONCE: usize = 4_096;

/// How often the progress is shown.
const SHOWN_EVERY: Duration = Duration::from_millis(200);

/// A property, its answer, and whether the exit code depends on it.
struct Answered {
    name: String,
    says: String,
    found: Found,
    counts: bool,
    /// Whether no way to where it fails is shorter than the one that is told.
    is_shortest: bool,
}

/// What came of it all.
struct Outcome<'a> {
    explorer: &'a Explorer,
    answered: Vec<Answered>,
}

/// Explores a source.
pub(crate) fn run(arguments: &Explore) -> Answer {
    let Ok(source) = input::read(&arguments.file) else {
        return Answer::unknown();
    };
    let loaded = load(&source);
    let Some(document) = loaded.document else {
        return Answer {
            text: excerpt::all(&input::name(&arguments.file), &source, &loaded.diagnostics),
            code: NO,
        };
    };
    let prepared = Sitting::new(Arc::new(document), arguments.semantics.into())
        .map_err(|error| error.to_string())
        .and_then(|sitting| {
            let program = sitting.program();
            let mut choices = Choices::usual(sitting.document(), program);
            choices::apply(&mut choices, program, arguments)?;
            let asked = built_in(&arguments.property, &mut choices)?;
            // It begins with nothing, or with a WfRun as it was found.
            Ok((Arc::clone(program), sitting.state().clone(), choices, asked))
        });
    let (program, start, choices, asked) = match prepared {
        Ok(prepared) => prepared,
        Err(why) => {
            eprintln!("{why}");
            return Answer::unknown();
        }
    };
    let bounds =
        Bounds { states: arguments.states, bytes: arguments.memory.saturating_mul(1 << 20) };
    let threads = arguments
        .threads
        .unwrap_or_else(|| std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    let mut explorer = Explorer::from(program, choices, bounds, start)
        .with_threads(threads)
        .metered(|| memory_stats::memory_stats().map(|now| now.physical_mem));
    let taken = explore(&mut explorer);
    let own = explorer.choices().own.iter().enumerate();
    let own = own.map(|(index, (name, text))| Answered {
        name: name.to_owned(),
        says: text.to_owned(),
        found: explorer.own_answer(index),
        counts: true,
        is_shortest: explorer.finds_shortest(None),
    });
    let asked = asked.into_iter().map(|(property, counts)| Answered {
        name: property.id().to_owned(),
        says: property.sentence().to_owned(),
        found: explorer.answer(property),
        counts,
        is_shortest: explorer.finds_shortest(Some(property)),
    });
    let answered = asked.chain(own).collect();
    let outcome = Outcome { explorer: &explorer, answered };
    let code = outcome.code();
    if let (Some(file), Some(script)) = (&arguments.output, outcome.first_script())
        && let Err(error) = std::fs::write(file, script)
    {
        eprintln!("{}: {error}", input::name(file));
        return Answer::unknown();
    }
    let text = if arguments.json {
        format!("{:#}\n", json::tell(&outcome))
    } else {
        text::tell(&outcome, &arguments.file, taken)
    };
    Answer { text, code }
}

/// The properties that are asked, and whether the exit code depends on each. Of the document's own properties, only those
/// that are asked are left.
fn built_in(
    names: &[String],
    choices: &mut Choices,
) -> Result<Vec<(BuiltInProperty, bool)>, String> {
    if names.is_empty() {
        let all = BuiltInProperty::ALL.iter();
        return Ok(all.map(|(q, ..)| (*q, q.is_grave())).collect());
    }
    let own: Vec<String> = choices.own.iter().map(|(name, _)| name.to_owned()).collect();
    let mut asked = Vec::new();
    for name in names {
        match BuiltInProperty::from_id(name) {
            Some(property) => asked.push((property, true)),
            None if own.contains(name) => {}
            None => {
                let mut known: Vec<&str> =
                    BuiltInProperty::ALL.iter().map(|(_, id, _)| *id).collect();
                known.extend(own.iter().map(String::as_str));
                let known = known.join(", ");
                return Err(format!("there is no property {name}; there are {known}"));
            }
        }
    }
    choices.own.retain(|own| names.iter().any(|name| name == own));
    Ok(asked)
}

/// Explores to the end or to a bound, and shows how far it is where somebody looks.
fn explore(explorer: &mut Explorer) -> Duration {
    let begin = Instant::now();
    let mut bar = Bar::default();
    loop {
        let progress = explorer.run(AT_ONCE);
        if progress.phase != Phase::Running {
            bar.clear();
            return begin.elapsed();
        }
        bar.show(&progress, begin.elapsed());
    }
}

/// One line on the terminal that is written again and again.
#[derive(Default)]
struct Bar {
    shown: Option<Duration>,
}

impl Bar {
    fn show(&mut self, progress: &Progress, taken: Duration) {
        let due = self.shown.map_or(SHOWN_EVERY, |shown| shown + SHOWN_EVERY);
        if taken < due || !std::io::stderr().is_terminal() {
            return;
        }
        self.shown = Some(taken);
        let speed = progress.states as f64 / taken.as_secs_f64();
        // Nobody is to be told that the progress can't be shown.
        let _ = write!(
            std::io::stderr(),
            "\r\x1b[K{} states, {} deep, {speed:.0} states/s, {} MiB",
            progress.states,
            progress.depth,
            progress.bytes >> 20
        );
    }

    fn clear(&self) {
        if self.shown.is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

impl Outcome<'_> {
    fn code(&self) -> u8 {
        let mut counting = self.answered.iter().filter(|a| a.counts);
        if counting.clone().any(|a| matches!(a.found, Found::Fails(_) | Found::Cannot)) {
            NO
        } else if counting.any(|a| a.found == Found::Undecided) {
            UNKNOWN
        } else {
            OK
        }
    }

    /// The first counter-example that counts, as a script.
    fn first_script(&self) -> Option<String> {
        let mut counting = self.answered.iter().filter(|a| a.counts);
        counting.find_map(|answered| match &answered.found {
            Found::Fails(commands) => Some(script_of(commands)),
            _ => None,
        })
    }
}

/// A script that `halter run --script` plays: YAML, each command in a line of JSON.
fn script_of(commands: &[Command]) -> String {
    commands.iter().fold(String::new(), |mut text, command| {
        // Writing to a String can't fail.
        let _ = writeln!(text, "- {}", script::write(command));
        text
    })
}

/// The name of a file for an example.
fn shown(file: &Path) -> String {
    input::name(file)
}
