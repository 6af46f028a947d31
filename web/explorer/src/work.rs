//! What the worker does: messages in, messages out, and between them a piece of the exploration at a time. It knows no clock and no
//! browser.

use std::sync::Arc;

use halter_engine::semantics::Semantics;
use halter_engine::{Command, Program, RunState, Unobserved, step_in_place};
use halter_explore::{Answer, Bounds, BuiltInProperty, Choices, Explorer, Phase, StateMap};
use halter_session::words::{self, Names};
use halter_session::{Sitting, script};
use halter_spec::model::Document;
use serde_json::Value as Json;

use crate::blamed::blamed;
use crate::may_come;
use crate::messages::{
    Answered, Ask, Blamed, End, Exploration, Far, Found, Group, Map, MayCome, Tell, Verdict, Way,
};
use crate::missing::{missing, name};

/// The worker's state.
#[derive(Debug, Default)]
pub struct Work {
    exploring: Option<Exploring>,
    /// Tells how many bytes are held; without it they are estimated.
    meter: Option<fn() -> Option<usize>>,
}

/// An exploration that was asked for: also when it is over, as ways to its states may still be asked.
#[derive(Debug)]
struct Exploring {
    round: u32,
    /// One for each of the semantics.
    sides: Vec<Explorer>,
    /// Commands that come before what is explored.
    before: Vec<Command>,
    map: Option<(usize, usize)>,
    /// The one that is at work; behind the last, when all are done.
    at: usize,
    paused: bool,
}

impl Work {
    /// Bytes that are held are told by this.
    #[must_use]
    pub fn metered(meter: fn() -> Option<usize>) -> Work {
        Work { exploring: None, meter: Some(meter) }
    }

    /// Answers a request.
    pub fn answer(&mut self, ask: Ask) -> Vec<Tell> {
        match ask {
            Ask::Usual { round, source } => vec![match usual(&source) {
                Ok(may) => Tell::Usual { round, may },
                Err(why) => Tell::Refused { round, why },
            }],
            Ask::Explore(asked) => {
                // What is held for the one before goes first.
                self.exploring = None;
                match Exploring::begin(&asked, self.meter) {
                    Ok(exploring) => {
                        self.exploring = Some(exploring);
                        Vec::new()
                    }
                    Err(why) => vec![Tell::Refused { round: asked.round, why }],
                }
            }
            Ask::Pause => self.pause(true),
            Ask::GoOn => self.pause(false),
            Ask::Stop => match &mut self.exploring {
                Some(exploring) if !exploring.is_over() => {
                    exploring.at = exploring.sides.len();
                    vec![exploring.found()]
                }
                _ => Vec::new(),
            },
            Ask::Way { round, side, state } => {
                let exploring = self.exploring.as_ref().filter(|of| of.round == round);
                let way = exploring.and_then(|of| Some((of, of.sides.get(side)?)));
                let way =
                    way.map(|(of, explorer)| written(&of.whole(&explorer.way_to_state(state))));
                way.map(|commands| Tell::Way { round, side, state, commands }).into_iter().collect()
            }
        }
    }

    /// Whether there is something to go on with.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.exploring.as_ref().is_some_and(|exploring| !exploring.paused && !exploring.is_over())
    }

    /// Looks at some more states, at most so many; says how far it is, or what was found.
    pub fn go_on(&mut self, most: usize) -> Option<Tell> {
        let exploring = self.exploring.as_mut().filter(|of| !of.paused && !of.is_over())?;
        Some(exploring.go_on(most))
    }

    fn pause(&mut self, paused: bool) -> Vec<Tell> {
        if let Some(exploring) = &mut self.exploring {
            exploring.paused = paused;
        }
        Vec::new()
    }
}

fn document(source: &str) -> Result<Document, String> {
    halter_spec::load(source).document.ok_or_else(|| "The source has problems.".to_owned())
}

fn usual(source: &str) -> Result<MayCome, String> {
    let document = document(source)?;
    let program = Program::compile(&document, Semantics::DOCUMENTED);
    Ok(may_come::usual(&document, &program.map_err(|error| error.to_string())?))
}

impl Exploring {
    fn begin(asked: &Exploration, meter: Option<fn() -> Option<usize>>) -> Result<Self, String> {
        let document = Arc::new(document(&asked.source)?);
        let mut sides = Vec::new();
        let mut before = Vec::new();
        let bytes = asked.bytes / asked.semantics.len().max(1);
        for semantics in &asked.semantics {
            let semantics = Semantics::from_name(semantics)
                .ok_or_else(|| format!("There are no semantics {semantics}."))?;
            let mut sitting = Sitting::new(Arc::clone(&document), semantics)
                .map_err(|error| error.to_string())?;
            for line in &asked.commands {
                let command = script::read(line, &sitting)?;
                sitting.take(command).ok_or("There are too many commands.")?;
            }
            let program = Arc::clone(sitting.program());
            let choices = match &asked.may {
                Some(may) => may_come::choices(may, &document, &program)?,
                None => Choices::usual(&document, &program),
            };
            // A map shows what comes about in between as well: for it all orders are tried.
            let choices = Choices { reduction: asked.map.is_none(), ..choices };
            before = sitting.steps().iter().map(|step| step.command.clone()).collect();
            let bounds = Bounds { states: asked.states, bytes };
            let mut explorer = Explorer::from(program, choices, bounds, sitting.state().clone());
            if let (Some(meter), [_]) = (meter, &asked.semantics[..]) {
                explorer = explorer.metered(meter);
            }
            sides.push(if asked.map.is_some() { explorer.with_groups() } else { explorer });
        }
        if sides.is_empty() {
            return Err("Some semantics must be named.".to_owned());
        }
        Ok(Exploring { round: asked.round, sides, before, map: asked.map, at: 0, paused: false })
    }

    fn is_over(&self) -> bool {
        self.at >= self.sides.len()
    }

    fn go_on(&mut self, most: usize) -> Tell {
        let (round, side) = (self.round, self.at);
        let Some(explorer) = self.sides.get_mut(side) else {
            return self.found();
        };
        let progress = explorer.run(most);
        if progress.phase != Phase::Running {
            self.at += 1;
            if self.is_over() {
                return self.found();
            }
        }
        Tell::Progress { round, side, far: far(progress) }
    }

    fn found(&self) -> Tell {
        let only = match &self.sides[..] {
            [here, there] => {
                let most = self.map.map_or(0, |(groups, _)| groups);
                let only = here.only_here(there);
                only.iter().take(most).map(|of| group(here.program(), of)).collect()
            }
            _ => Vec::new(),
        };
        let found = self.sides.iter().map(|explorer| self.side(explorer)).collect();
        Tell::Found { round: self.round, found, only }
    }

    fn side(&self, explorer: &Explorer) -> Found {
        let progress = explorer.progress();
        let end = match progress.phase {
            Phase::Complete => End::Complete,
            Phase::StoppedAtStates => End::States,
            Phase::StoppedAtBytes => End::Memory,
            Phase::Running => End::Stopped,
        };
        let usual = BuiltInProperty::ALL.iter().map(|(property, id, sentence)| {
            let told = self.told(&explorer.answer(*property));
            let end = told.1.as_ref().map(|commands| played(explorer.program(), commands));
            Answered {
                property: (*id).to_owned(),
                says: (*sentence).to_owned(),
                own: false,
                note: !property.is_grave(),
                verdict: told.0,
                commands: told.1.map(|commands| written(&commands)),
                blamed: end.and_then(|state| blamed(explorer.program(), &state, *property)),
            }
        });
        let own = explorer.choices().own.iter().enumerate().map(|(index, (name, says))| {
            let (verdict, commands) = self.told(&explorer.own_answer(index));
            Answered {
                property: name.to_owned(),
                says: says.to_owned(),
                own: true,
                note: false,
                verdict,
                commands: commands.map(|commands| written(&commands)),
                blamed: None::<Blamed>,
            }
        });
        Found {
            semantics: explorer.program().semantics.name().to_owned(),
            far: far(progress),
            end,
            answers: usual.chain(own).collect(),
            missing: missing(explorer),
            map: self.map.map(|most| map(explorer, most)).unwrap_or_default(),
        }
    }

    /// What is known of a property, and all commands that show it.
    fn told(&self, answer: &Answer) -> (Verdict, Option<Vec<Command>>) {
        match answer {
            Answer::Holds => (Verdict::Holds, None),
            Answer::Undecided => (Verdict::Undecided, None),
            Answer::Fails(commands) => (Verdict::Fails, Some(self.whole(commands))),
            Answer::Can(commands) => (Verdict::Can, Some(self.whole(commands))),
            Answer::Cannot => (Verdict::Cannot, None),
        }
    }

    /// Commands with those that came before them.
    fn whole(&self, commands: &[Command]) -> Vec<Command> {
        self.before.iter().chain(commands).cloned().collect()
    }
}

fn written(commands: &[Command]) -> Vec<Json> {
    commands.iter().map(script::write).collect()
}

fn played(program: &Program, commands: &[Command]) -> RunState {
    let mut state = RunState::default();
    for command in commands {
        // One that is refused shows that as well: it changes nothing.
        let _ = step_in_place(program, &mut state, command, &mut Unobserved);
    }
    state
}

fn far(progress: halter_explore::Progress) -> Far {
    Far {
        states: progress.states,
        expanded: progress.expanded,
        depth: progress.depth,
        bytes: progress.bytes,
    }
}

fn map(explorer: &Explorer, (groups, states): (usize, usize)) -> Map {
    let program = explorer.program();
    let StateMap { groups, ways, left_out, states } = explorer.map(groups, states);
    let ways = ways.into_iter().map(|way| {
        let names = Names::new(program, &way.before);
        Way {
            from: way.from,
            to: way.to,
            moves: way.moves,
            command: words::command(&names, &way.command),
        }
    });
    Map {
        ways: ways.collect(),
        groups: groups.iter().map(|of| group(program, of)).collect(),
        left_out,
        states,
    }
}

fn group(program: &Program, group: &halter_explore::Group) -> Group {
    let threads = group.statuses.threads.iter();
    Group {
        run: group.statuses.run.map(|status| status.name().to_owned()),
        threads: threads
            .map(|(spec, status)| (name(program, *spec), status.name().to_owned()))
            .collect(),
        first: group.first,
        depth: group.depth,
        states: group.states,
    }
}
