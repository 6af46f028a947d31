//! How the run goes on, and how it stops.

use halter_engine::command::Command;
use halter_session::autopilot::{self, Next, Stop};
use halter_session::offers::Action;
use halter_session::pause::{self, Hit, Point};
use halter_session::view;
use halter_session::words::duration;

use super::{
    Effect, Glide, Going, MAX_POINTS, MAX_RUN_STEPS, Msg, Place, SPEEDS, Said, Unread, Why, shell,
};
use crate::effect::Effect as PageEffect;
use crate::model::{Model, Play};
use crate::update::{replay, reveal_newest};
use crate::{editor, msg, timeline};

/// How long steps follow one another without being drawn, in real milliseconds.
const UNSEEN_MS: f64 = 30.0;

/// How often it looks whether the moments of a step are all shown.
const LOOK_MS: u32 = 100;

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<PageEffect> {
    match msg {
        Msg::Toggle if model.run.is_going() => {
            pause(model);
            Vec::new()
        }
        Msg::Toggle => begin(model, false),
        Msg::ToNextPoint => begin(model, true),
        Msg::Due => due(model),
        Msg::Speed(percent) => {
            if SPEEDS.iter().all(|(speed, _)| *speed != percent) {
                return Vec::new();
            }
            model.run.kept.speed = percent;
            keep_and_go_on(model)
        }
        Msg::ToggleSettings => {
            model.run.open = !model.run.open;
            Vec::new()
        }
        Msg::CloseSettings => {
            model.run.open = false;
            vec![PageEffect::Focus(".run-settings-button")]
        }
        Msg::Time(task, text) => time(model, task, text),
        Msg::ChooseGroup(group) => {
            model.run.chosen = (group, 0);
            Vec::new()
        }
        Msg::ChoosePoint(point) => {
            model.run.chosen.1 = point;
            Vec::new()
        }
        Msg::AddChosen => {
            let (group, point) = model.run.chosen;
            let play = model.play.as_ref();
            let mut groups = play.map(|play| pause::choices(&play.sitting)).into_iter();
            let chosen = groups.next().and_then(|groups| {
                let (_, points) = groups.into_iter().nth(group)?;
                points.into_iter().nth(point)
            });
            chosen.map_or_else(Vec::new, |point| add(model, point))
        }
        Msg::Add(point) => add(model, point),
        Msg::Remove(index) => {
            if index >= model.run.kept.points.len() {
                return Vec::new();
            }
            let point = model.run.kept.points.remove(index);
            model.announcement = format!("No longer pauses when {}.", point.words());
            let mut effects = keep_and_go_on(model);
            if model.run.open {
                // The button that had the focus is gone.
                effects.push(PageEffect::Focus("#run-points"));
            }
            effects
        }
    }
}

fn add(model: &mut Model, point: Point) -> Vec<PageEffect> {
    let words = point.words();
    let points = &mut model.run.kept.points;
    model.announcement = if points.contains(&point) {
        format!("It pauses already when {words}.")
    } else if points.len() >= MAX_POINTS {
        format!("{MAX_POINTS} points are as many as there can be: remove one first.")
    } else {
        points.push(point);
        format!("Pauses when {words}.")
    };
    keep_and_go_on(model)
}

fn time(model: &mut Model, task: Option<String>, text: String) -> Vec<PageEffect> {
    let run = &mut model.run;
    let own = task.is_some();
    if let Some(task) = task.as_ref().filter(|_| text.trim().is_empty()) {
        run.kept.times.tasks.remove(task);
        run.unread.remove(&Some(task.clone()));
        return keep_and_go_on(model);
    }
    match autopilot::read_seconds(&text) {
        Ok(milliseconds) => {
            run.unread.remove(&task);
            match task {
                Some(task) => drop(run.kept.times.tasks.insert(task, milliseconds)),
                None => run.kept.times.task_ms = milliseconds,
            }
            keep_and_go_on(model)
        }
        Err(mut why) => {
            if own {
                why.push_str(" Nothing: as every other task.");
            }
            model.announcement.clone_from(&why);
            run.unread.insert(task, Unread { text, why });
            Vec::new()
        }
    }
}

/// After the settings changed.
fn keep_and_go_on(model: &mut Model) -> Vec<PageEffect> {
    let mut effects = vec![Effect::Keep(Box::new(model.run.kept.clone())).into()];
    if model.run.is_going() {
        effects.append(&mut go_on(model));
    }
    effects
}

fn begin(model: &mut Model, leaps: bool) -> Vec<PageEffect> {
    if model.run.is_going() {
        pass_elapsed(model);
        model.run.going = None;
    }
    let Some(play) = &mut model.play else {
        "There is no run yet: the source has problems.".clone_into(&mut model.announcement);
        return Vec::new();
    };
    model.timeline.walking = false;
    model.playing = false;
    let points = &model.run.kept.points;
    let hit = autopilot::finish_step(&mut play.sitting, points).or_else(|| {
        let played = leaps && play.sitting.cursor() < play.sitting.steps().len();
        played.then(|| autopilot::go_ahead(&mut play.sitting, points))?
    });
    play.refresh();
    if let Some(hit) = hit {
        reached(model, &hit);
        return Vec::new();
    }
    model.run.said = None;
    model.run.going = Some(Going {
        place: Place::of(&play.sitting),
        begun: play.sitting.cursor(),
        leaps,
        glide: None,
    });
    go_on(model)
}

/// Waits for what comes next, or stops if nothing does.
fn go_on(model: &mut Model) -> Vec<PageEffect> {
    let at_once = model.run.is_at_once();
    let (Some(play), Some(going)) = (&model.play, &mut model.run.going) else {
        return Vec::new();
    };
    let stop = match autopilot::next(&play.sitting, &model.run.kept.times) {
        Next::Command { at, .. } => {
            let now = play.sitting.state().now;
            let glide = going.glide.filter(|_| !at_once);
            let from = glide.map_or(now, |glide| glide.shows(shell::now())).min(at);
            let takes = if at_once { 0 } else { autopilot::pace(at - from, model.run.kept.speed) };
            going.glide =
                (!at_once && from < at).then(|| Glide { from, to: at, takes, since: shell::now() });
            return vec![Effect::Await(takes).into()];
        }
        Next::ByHand => Stop::ByHand,
        Next::Over => Stop::Over,
        Next::Full => Stop::Full,
    };
    stopped(model, &stop);
    Vec::new()
}

fn due(model: &mut Model) -> Vec<PageEffect> {
    if !model.run.is_going() {
        return Vec::new();
    }
    if model.playing {
        return vec![Effect::Await(LOOK_MS).into()];
    }
    let at_once = model.run.is_at_once();
    let (Some(play), Some(going)) = (&mut model.play, &mut model.run.going) else {
        return Vec::new();
    };
    let most = going.begun + MAX_RUN_STEPS;
    let forgotten = timeline::forgotten_next(&play.sitting);
    let since = shell::now();
    let kept = &model.run.kept;
    let mut stop = None;
    loop {
        if let Err(why) = autopilot::go(&mut play.sitting, &kept.times, &kept.points) {
            stop = Some(why);
            break;
        }
        let done = play.sitting.cursor() >= most;
        if done || !at_once || shell::now() - since > UNSEEN_MS {
            break;
        }
    }
    play.refresh();
    going.glide = None;
    going.place = Place::of(&play.sitting);
    model.announcement = view::changes(&play.sitting);
    model.shown_occurrence = None;
    let mut effects: Vec<PageEffect> = reveal_newest(play).into_iter().collect();
    let too_long = play.sitting.cursor() >= most;
    timeline::tell_forgotten(model, forgotten);
    match stop {
        Some(stop) => stopped(model, &stop),
        None if too_long => stop_with(
            model,
            Why::Limit,
            format!(
                "Paused after {MAX_RUN_STEPS} steps: this workflow may go round for ever. Run goes on."
            ),
        ),
        None => {
            if model.slow && !at_once {
                effects.append(&mut replay(model));
            }
            effects.append(&mut go_on(model));
        }
    }
    effects
}

fn stopped(model: &mut Model, stop: &Stop) {
    let Some(play) = &model.play else { return };
    let (why, text) = match stop {
        Stop::Point(hit) => return reached(model, hit),
        Stop::Over => (
            Why::Over,
            format!(
                "The run is over: the WfRun is {} at {}.",
                play.sitting.state().status.name(),
                duration(play.sitting.state().now)
            ),
        ),
        Stop::ByHand => (Why::ByHand, by_hand(play)),
        Stop::Full => (
            Why::Limit,
            format!(
                "Paused: this sitting is full, with {} steps. Forget a future, or start over.",
                halter_session::sitting::MAX_STEPS
            ),
        ),
    };
    stop_with(model, why, text);
}

fn by_hand(play: &Play) -> String {
    match &play.hint {
        Some(hint) => format!("Paused: nothing comes by itself now. Try {}.", hint.label),
        None => "Paused: nothing comes by itself now.".to_owned(),
    }
}

fn reached(model: &mut Model, hit: &Hit) {
    let text = format!("Paused: {} ({}).", hit.sentence, hit.rule);
    stop_with(model, Why::Point, text);
}

/// Says why it stops: in the panel, and for those who listen after what happened.
fn stop_with(model: &mut Model, why: Why, text: String) {
    let was_going = model.run.going.take().is_some();
    let Some(play) = &model.play else { return };
    model.announcement = match why {
        Why::Stopped | Why::Point => text.clone(),
        _ if was_going && play.sitting.cursor() > 0 => {
            format!("{} {text}", view::changes(&play.sitting))
        }
        _ => text.clone(),
    };
    model.run.said = Some(Said { why, text, place: Place::of(&play.sitting) });
}

/// Somebody pauses: the time that the clock shows has passed.
fn pause(model: &mut Model) {
    pass_elapsed(model);
    let now = model.play.as_ref().map(|play| play.sitting.state().now);
    let text = format!("Paused at {}.", duration(now.unwrap_or_default()));
    stop_with(model, Why::Stopped, text);
}

/// Lets the time pass that the clock shows to have passed since the last step.
fn pass_elapsed(model: &mut Model) {
    let (Some(play), Some(going)) = (&mut model.play, &mut model.run.going) else {
        return;
    };
    let now = play.sitting.state().now;
    let shown = going.glide.take().map_or(now, |glide| {
        // What comes at its end has not come yet.
        glide.shows(shell::now()).min(glide.to.saturating_sub(1))
    });
    // A step at the end of the way is no whole tenth: it is left to the step that is due.
    let passed = (shown - now) / 100 * 100;
    if passed > 0 && play.sitting.take(Command::PassTime(passed)).is_some() {
        play.refresh();
        going.place = Place::of(&play.sitting);
    }
}

/// Before anything happens to the page: what somebody does while it runs, is done at the time that the clock shows.
pub(crate) fn before(model: &mut Model, msg: &msg::Msg) {
    if !model.run.is_going() {
        return;
    }
    match msg {
        msg::Msg::Give(action) => {
            let offers = model.play.iter().flat_map(|play| &play.offers);
            let mut given = offers.filter(|offer| offer.action == *action);
            if given.any(|offer| !matches!(offer.action, Action::PassTime(_))) {
                pass_elapsed(model);
            }
        }
        msg::Msg::Editor(editor::Msg::Typed) => {
            stop_with(model, Why::Stopped, "Paused: the source is being changed.".to_owned());
        }
        msg::Msg::LookAt(_) | msg::Msg::Replay => {
            stop_with(model, Why::Stopped, "Paused: another moment is looked at.".to_owned());
        }
        _ => {}
    }
}

/// After anything happened to the page: a run goes on after a command that somebody gave; it stops where somebody
/// went elsewhere.
pub(crate) fn after(model: &mut Model) -> Vec<PageEffect> {
    let Some(play) = &model.play else {
        (model.run.going, model.run.said) = (None, None);
        return Vec::new();
    };
    let place = Place::of(&play.sitting);
    let Some(going) = &mut model.run.going else {
        let elsewhere = |said: &mut Said| said.place != place;
        drop(model.run.said.take_if(elsewhere));
        return Vec::new();
    };
    if going.place == place {
        return Vec::new();
    }
    let same = going.place.has_same_workflow(&place);
    let given = place.cursor == place.steps && place.cursor == going.place.cursor + 1;
    if same && given {
        (going.place, going.glide) = (place, None);
        let hit = pause::within(&play.sitting, &model.run.kept.points, play.sitting.cursor(), 0);
        if let (Some(hit), Some(play)) = (hit, &mut model.play) {
            play.sitting.look_at(hit.happened);
            play.redraw();
            model.playing = false;
            reached(model, &hit);
            return Vec::new();
        }
        return go_on(model);
    }
    let why = if same {
        "Paused: you went to another step."
    } else {
        "Paused: another workflow, or other rules, are played now."
    };
    let heard = std::mem::take(&mut model.announcement);
    stop_with(model, Why::Stopped, why.to_owned());
    model.announcement = format!("{why} {heard}");
    Vec::new()
}
