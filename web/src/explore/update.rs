//! How the panel answers.

use std::rc::Rc;

use halter_engine::semantics::Semantics;
use halter_explorer_worker::messages::{Ask, Exploration, Far, MayCome, Tell};
use halter_language::edits::add_property as add_property_edit;
use halter_session::script;
use serde_json::Value as Json;

use super::{
    Asked, BYTES, Begin, Effect, Explore, Exploring, Flag, MAP, Msg, OnStage, Outcome, Shown,
    Stage, property, words,
};
use crate::effect::Effect as PageEffect;
use crate::layout::Tab;
use crate::model::{Model, Notice};
use crate::{editor, guard, update};

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<PageEffect> {
    match msg {
        Msg::Open(open) => return self::open(model, open),
        Msg::Explore => return explore(model),
        Msg::Pause => return pause(model, true),
        Msg::GoOn => return pause(model, false),
        Msg::Stop => return vec![ask(Ask::Stop)],
        Msg::AddProperty(text) => return add_property(model, &text),
        Msg::Show(shown) => return show(model, shown),
        Msg::Told(tell, now) => return told(model, &tell, now),
        Msg::Failed => {
            let why = "The explorer could not be fetched. With a network, try again.";
            why.clone_into(&mut model.announcement);
            model.explore.stage = Stage::Refused(why.to_owned());
        }
        Msg::Begin(begin) => model.explore.begin = begin,
        Msg::Rules(rules) => model.explore.rules = rules,
        Msg::States(states) => model.explore.states = states,
        Msg::Map(map) => model.explore.map = map,
        Msg::Usual => model.explore.may.clone_from(&model.explore.usual),
        Msg::Budget(index, budget) => {
            change(model, |may| {
                if let Some(event) = may.events.get_mut(index) {
                    event.budget = budget;
                }
            });
        }
        Msg::Payloads(index, text) => {
            change(model, |may| {
                if let Some(event) = may.events.get_mut(index) {
                    event.payloads = text.lines().map(ToOwned::to_owned).collect();
                }
            });
        }
        Msg::Fails(index, fails) => {
            change(model, |may| {
                if let Some(task) = may.tasks.get_mut(index) {
                    task.fails = fails;
                }
            });
        }
        Msg::Throws(index, text) => {
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
            let names: Vec<String> = names.map(ToOwned::to_owned).collect();
            change(model, |may| {
                if let Some(task) = may.tasks.get_mut(index) {
                    task.throws = names;
                }
            });
        }
        Msg::Flag(flag, is_so) => change(model, |may| match flag {
            Flag::Delay => may.delay = is_so,
            Flag::Time => may.time = is_so,
            Flag::CancelForms => may.cancel_forms = is_so,
            Flag::FailChildWfs => may.fail_child_wfs = is_so,
        }),
        Msg::Stops(times) => change(model, |may| may.stops = times),
        Msg::Rescues(times) => change(model, |may| may.rescues = times),
    }
    Vec::new()
}

fn ask(ask: Ask) -> PageEffect {
    Effect::Ask(Box::new(ask)).into()
}

fn change(model: &mut Model, how: impl FnOnce(&mut MayCome)) {
    if let Some(may) = &mut model.explore.may {
        how(may);
    }
}

fn open(model: &mut Model, open: bool) -> Vec<PageEffect> {
    model.tab = if open { Tab::Explorer } else { Tab::Run };
    if open {
        model.layout.story.open = true;
    } else {
        model.explore.map = None;
    }
    vec![
        PageEffect::KeepLayout(model.layout),
        PageEffect::Focus("#story [role=tab][aria-selected=true]"),
    ]
}

/// After anything happened: what may come is asked anew when the text is another one, and a run that waited is brought on the stage.
pub(crate) fn after(model: &mut Model) -> Vec<PageEffect> {
    let mut effects = Vec::new();
    let source = &model.source;
    let is_other = *model.explore.usual_of != *source.text;
    if model.tab == Tab::Explorer && is_other && source.document.is_some() && !source.unsettled {
        model.explore.usual_of = Rc::clone(&source.text);
        model.explore.map = None;
        if matches!(model.explore.stage, Stage::Refused(_)) {
            model.explore.stage = Stage::Nothing;
        }
        let round = next_round(&mut model.explore);
        effects.push(ask(Ask::Usual { round, source: model.source.text.to_string() }));
    }
    if model.replaying.is_none()
        && let Some(commands) = model.explore.pending.take()
    {
        bring(model, &commands);
    }
    effects
}

fn next_round(explore: &mut Explore) -> u32 {
    explore.round = explore.round.wrapping_add(1);
    explore.round
}

fn explore(model: &mut Model) -> Vec<PageEffect> {
    let Some(play) = model.play.as_ref().filter(|_| !model.source.stale) else {
        model.explore.stage =
            Stage::Refused("The source has problems. Put them right first.".to_owned());
        return Vec::new();
    };
    let sitting = &play.sitting;
    let steps = match model.explore.begin {
        Begin::Start => &[][..],
        Begin::Stage => sitting.steps().get(..sitting.cursor()).unwrap_or_default(),
    };
    let commands = steps.iter().map(|step| script::write(&step.command)).collect();
    let explore = &mut model.explore;
    let asked =
        Asked { text: Rc::clone(&model.source.text), begin: explore.begin, rules: explore.rules };
    let exploration = Exploration {
        round: next_round(explore),
        source: model.source.text.to_string(),
        semantics: explore.rules.semantics(model.semantics),
        commands,
        may: explore.may.clone(),
        states: explore.states,
        bytes: BYTES,
        map: Some(MAP),
    };
    explore.map = None;
    explore.shown = None;
    explore.stage = Stage::Exploring(Exploring {
        asked,
        side: 0,
        far: Far::default(),
        speed: None,
        told: None,
        paused: false,
    });
    "Every order is tried.".clone_into(&mut model.announcement);
    // It is not known what may come, if there was no worker to be had when it was asked.
    let usual = explore.may.is_none().then(|| {
        let source = model.source.text.to_string();
        ask(Ask::Usual { round: exploration.round, source })
    });
    usual.into_iter().chain([ask(Ask::Explore(Box::new(exploration)))]).collect()
}

fn pause(model: &mut Model, paused: bool) -> Vec<PageEffect> {
    if let Stage::Exploring(exploring) = &mut model.explore.stage {
        exploring.paused = paused;
        exploring.told = None;
    }
    vec![ask(if paused { Ask::Pause } else { Ask::GoOn })]
}

fn told(model: &mut Model, tell: &Tell, now: f64) -> Vec<PageEffect> {
    let explore = &mut model.explore;
    match tell {
        Tell::Usual { may, .. } => {
            explore.may = Some(match (&explore.usual, explore.may.take()) {
                (Some(usual), Some(chosen)) => merged(usual, &chosen, may.clone()),
                _ => may.clone(),
            });
            explore.usual = Some(may.clone());
        }
        // What came after it was asked anew is of no interest.
        Tell::Refused { round, .. } | Tell::Progress { round, .. } | Tell::Found { round, .. }
            if *round != explore.round => {}
        Tell::Refused { why, .. } => {
            model.announcement.clone_from(why);
            explore.stage = Stage::Refused(why.clone());
        }
        Tell::Progress { side, far, .. } => {
            if let Stage::Exploring(exploring) = &mut explore.stage {
                let grown = far.states.saturating_sub(exploring.far.states) as f64;
                if let Some(before) = exploring.told.filter(|_| exploring.side == *side) {
                    exploring.speed = Some(grown * 1000.0 / (now - before).max(1.0));
                }
                exploring.side = *side;
                exploring.far = *far;
                exploring.told = Some(now);
            }
        }
        Tell::Found { round, found, only } => {
            if let Stage::Exploring(exploring) = &explore.stage {
                let outcome = Outcome {
                    round: *round,
                    asked: exploring.asked.clone(),
                    found: found.clone(),
                    only: only.clone(),
                };
                model.announcement = words::in_short(&outcome);
                explore.stage = Stage::Found(Rc::new(outcome));
            }
        }
        Tell::Way { round, side, state, commands } => {
            let outcome = explore.outcome(&model.source.text);
            let found = outcome.filter(|of| of.round == *round).and_then(|of| of.found.get(*side));
            if let Some(found) = found {
                let semantics = found.semantics.clone();
                let shown = Shown::State(*side, *state);
                return on_stage(model, shown, &semantics, commands.clone());
            }
        }
    }
    Vec::new()
}

/// What may come in a changed text: what somebody chose stays, by its name.
fn merged(usual: &MayCome, chosen: &MayCome, mut next: MayCome) -> MayCome {
    for event in &mut next.events {
        let of = |may: &MayCome| may.events.iter().find(|e| e.name == event.name).cloned();
        if let (Some(before), Some(chosen)) = (of(usual), of(chosen))
            && before != chosen
        {
            *event = chosen;
        }
    }
    for task in &mut next.tasks {
        let chosen = chosen.tasks.iter().find(|chosen| chosen.name == task.name);
        if let Some(chosen) = chosen {
            task.clone_from(chosen);
        }
    }
    MayCome {
        cancel_forms: chosen.cancel_forms,
        fail_child_wfs: chosen.fail_child_wfs,
        delay: chosen.delay,
        time: chosen.time,
        stops: chosen.stops,
        rescues: chosen.rescues,
        ..next
    }
}

fn add_property(model: &mut Model, property: &str) -> Vec<PageEffect> {
    let text = Rc::clone(&model.source.text);
    let document = model.source.document.as_ref();
    let name = property::name_of(property, |name| {
        document.is_some_and(|document| document.properties.contains_key(name))
    });
    match add_property_edit(&text, &name, property) {
        Ok(edits) => {
            model.explore.property_refused = None;
            model.explore.properties_added = model.explore.properties_added.wrapping_add(1);
            model.announcement = format!("The property {name} is in the source.");
            vec![editor::Effect::Apply(text, edits).into()]
        }
        Err(why) => {
            model.explore.property_refused = Some(why.to_string());
            Vec::new()
        }
    }
}

/// Brings something that was found on the stage.
fn show(model: &mut Model, shown: Shown) -> Vec<PageEffect> {
    let Some(outcome) = model.explore.outcome(&model.source.text).map(Rc::clone) else {
        return Vec::new();
    };
    match shown {
        Shown::Finding(index) => guard::update::update(model, guard::Msg::Show(index)),
        Shown::State(side, state) => vec![ask(Ask::Way { round: outcome.round, side, state })],
        Shown::Property(side, property) => {
            let found = outcome.found.get(side);
            let answered = found.and_then(|found| found.answers.get(property));
            let commands = answered.and_then(|answered| answered.commands.clone());
            match found.zip(commands) {
                Some((found, commands)) => on_stage(model, shown, &found.semantics, commands),
                None => Vec::new(),
            }
        }
    }
}

/// Plays commands on the stage by these rules.
pub(crate) fn on_stage(
    model: &mut Model,
    shown: Shown,
    semantics: &str,
    commands: Vec<Json>,
) -> Vec<PageEffect> {
    model.explore.shown = Some(shown);
    model.explore.map = None;
    let mut effects = vec![Effect::MakeRoom.into()];
    let is_other = model.semantics.name() != semantics;
    if let Some(other) = Semantics::from_name(semantics).filter(|_| is_other) {
        effects.extend(update::set_semantics(model, other.name()));
    }
    // The run before is being played again by the other rules: it goes on when that is over.
    model.explore.pending = Some(commands);
    effects
}

/// What was played before is kept as a branch.
fn bring(model: &mut Model, commands: &[Json]) {
    let Some(play) = model.play.as_mut() else {
        return;
    };
    let before = model.explore.on_stage.take().filter(|there| there.is_played(&play.sitting));
    play.sitting.restart();
    // What the explorer brought there before can be brought there again: it takes no branch's place.
    if let Some(before) = before {
        play.sitting.forget(before.branch);
    }
    for line in commands {
        let taken = script::read(line, &play.sitting)
            .is_ok_and(|command| play.sitting.take(command).is_some());
        if !taken {
            let text = "This sitting is full: start over to see it.";
            model.notice = Some(Notice::plain(text));
            break;
        }
    }
    play.refresh();
    model.explore.on_stage = model.explore.shown.take().map(|shown| OnStage {
        shown,
        branch: play.sitting.branch(),
        steps: play.sitting.steps().len(),
    });
    model.player.within_step = false;
    model.chosen = None;
    model.asked = None;
    model.shown_occurrence = None;
    let changes = halter_session::view::changes(&play.sitting);
    model.announcement = format!("It is on the stage: {} commands. {changes}", commands.len());
}
