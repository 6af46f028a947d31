//! How an embedded page answers the page around it.

use std::rc::Rc;

use halter_engine::RunState;
use halter_engine::command::Command;
use halter_engine::semantics::Semantics;
use halter_session::guide;
use halter_session::link::Link;
use js_sys::Function;
use wasm_bindgen::JsValue;

use super::{Ask, Effect, Msg, Opening};
use crate::documents::update as documents;
use crate::effect::Effect as PageEffect;
use crate::examples;
use crate::model::Model;
use crate::update::{play_script, take, travel};

const NO_RUN: &str = "There is no run: the source has problems.";

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<PageEffect> {
    match msg {
        Msg::Start => {
            let Some(embed) = &model.embed else {
                return Vec::new();
            };
            let opening = embed.options.opening.clone();
            let mut effects = open(model, &opening).unwrap_or_else(|why| {
                model.notice = Some(crate::model::Notice::plain(why));
                Vec::new()
            });
            effects.push(Effect::Tell("ready", state(model)).into());
            effects.extend(problems(model));
            effects
        }
        Msg::Asked(ask, answer) => asked(model, ask, answer),
    }
}

fn asked(model: &mut Model, ask: Ask, answer: Function) -> Vec<PageEffect> {
    let mut effects = Vec::new();
    let answered = match ask {
        Ask::Load(opening) => open(model, &opening).map(|opened| {
            effects = opened;
            effects.extend(problems(model));
            diagnostics(model)
        }),
        Ask::Post { event, content, id } => command(model, |play| {
            halter_js::post(&play.sitting, &event, &content, id, (None, None))
        })
        .map(|command| effects = take(model, command))
        .map(|()| latest(&effects)),
        Ask::Step(line) if line.is_undefined() => {
            match model.play.as_ref().map(|play| guide::next_in_script(&play.sitting)) {
                None => Err(NO_RUN.to_owned()),
                Some(None) => Ok(JsValue::UNDEFINED),
                Some(Some(command)) => {
                    effects = take(model, command);
                    Ok(latest(&effects))
                }
            }
        }
        Ask::Step(line) => command(model, |play| halter_js::step(line, &play.sitting))
            .map(|command| effects = take(model, command))
            .map(|()| latest(&effects)),
        Ask::GoTo(step) => {
            effects = travel(model, |sitting| sitting.go_to(step));
            Ok(state(model))
        }
        Ask::State => Ok(state(model)),
        Ask::Unknown(why) => Err(why),
    };
    let answered = answered.map_err(|why| JsValue::from_str(&why));
    effects.push(Effect::Answer(answer, answered).into());
    effects
}

fn command(
    model: &Model,
    read: impl FnOnce(&crate::model::Play) -> Result<Command, String>,
) -> Result<Command, String> {
    let play = model.play.as_ref().ok_or_else(|| NO_RUN.to_owned())?;
    read(play)
}

/// The step that was told of; undefined if the sitting was full.
fn latest(effects: &[PageEffect]) -> JsValue {
    let told = effects.iter().find_map(|effect| match effect {
        PageEffect::Embed(Effect::Tell("step", step)) => Some(step.clone()),
        _ => None,
    });
    told.unwrap_or_default()
}

/// What is told of the step that was just taken, after the state `before`.
pub(crate) fn told(model: &Model, before: &RunState) -> Option<PageEffect> {
    let play = model.play.as_ref().filter(|_| model.embed.is_some())?;
    let step = halter_js::json(&halter_js::told(&play.sitting, before));
    Some(Effect::Tell("step", step).into())
}

/// The state that is shown; undefined if there is none.
fn state(model: &Model) -> JsValue {
    let play = model.play.as_ref();
    play.map_or(JsValue::UNDEFINED, |play| halter_js::state(&play.sitting))
}

fn diagnostics(model: &Model) -> JsValue {
    halter_js::json(&model.source.diagnostics.to_vec())
}

/// What is told of the problems of the source; nothing if there are none.
pub(crate) fn problems(model: &Model) -> Option<PageEffect> {
    let any = model.embed.is_some() && !model.source.diagnostics.is_empty();
    any.then(|| Effect::Tell("problem", diagnostics(model)).into())
}

/// What of it is to be shown, after it was read.
enum What {
    Sitting(Rc<Link>),
    Source(Rc<str>),
    Example(usize),
}

impl What {
    fn of(opening: &Opening) -> Result<What, String> {
        if let Some(text) = &opening.sitting {
            let link = Link::decode(text).map_err(|error| error.to_string())?;
            return Ok(What::Sitting(Rc::new(link)));
        }
        if let Some(source) = &opening.source {
            return Ok(What::Source(source.as_str().into()));
        }
        let slug = opening.example.as_deref();
        let index = slug.map_or(Some(0), examples::index_of);
        let unknown = || format!("There is no example {}.", slug.unwrap_or_default());
        index.map(What::Example).ok_or_else(unknown)
    }
}

/// Shows what is asked for.
fn open(model: &mut Model, opening: &Opening) -> Result<Vec<PageEffect>, String> {
    // All of it is read before anything is changed.
    let semantics = match &opening.semantics {
        None => model.semantics,
        Some(name) => Semantics::from_name(name)
            .ok_or_else(|| format!("There are no semantics {name}: documented, server-1.2."))?,
    };
    let what = What::of(opening)?;
    model.semantics = semantics;
    let effects = match what {
        What::Sitting(link) => {
            let effects = documents::go_to_link(model, Ok(link));
            model.notice = None;
            effects
        }
        What::Source(source) => documents::show_text(model, source),
        What::Example(index) => documents::open_example(model, index),
    };
    if let Some(step) = opening.step {
        play_script(model, step);
    }
    Ok(effects)
}
