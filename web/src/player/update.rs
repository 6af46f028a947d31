//! How the run goes on, and how it stops.

use halter_engine::command::Command;
use halter_session::Sitting;
use halter_session::autopilot::{self, Next, Stop};
use halter_session::guide;
use halter_session::offers::Action;
use halter_session::pause::{self, Breakpoint, Hit};
use halter_session::view;
use halter_session::words::duration;

use super::{
    Effect, Glide, Going, MAX_POINTS, MAX_RUN_STEPS, Msg, SPEEDS, STEP_MS, Said, SittingPlace,
    Unread, Why, moments, reload, shell,
};
use crate::effect::Effect as PageEffect;
use crate::model::{Model, Play};
use crate::update::{take, travel};
use crate::{editor, msg, timeline};

/// How long steps follow one another without being drawn, in real milliseconds.
const UNSEEN_MS: f64 = 30.0;

/// How often it looks whether the moments of a step are all shown.
const LOOK_MS: u32 = 100;

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<PageEffect> {
    match msg {
        Msg::Toggle if model.player.is_moving() => {
            pause(model);
            Vec::new()
        }
        Msg::Toggle => begin(model, false),
        Msg::Replay => {
            let why = "Paused: another moment is looked at.";
            stop_if_going(model, why);
            moments::replay(model)
        }
        Msg::NextMoment => moments::due(model),
        Msg::KeepRun => reload::keep_now(model).into_iter().collect(),
        Msg::ByMoments(by_moments) => {
            model.player.by_moments = by_moments;
            Vec::new()
        }
        Msg::ToNextPoint => begin(model, true),
        Msg::Due => due(model),
        Msg::Speed(percent) => {
            if SPEEDS.iter().all(|(speed, _)| *speed != percent) {
                return Vec::new();
            }
            model.player.kept.speed = percent;
            keep_and_go_on(model)
        }
        Msg::ToggleSettings => {
            model.player.open = !model.player.open;
            Vec::new()
        }
        Msg::CloseSettings => {
            model.player.open = false;
            vec![PageEffect::Focus(".run-settings-button")]
        }
        Msg::Time(task, text) => time(model, task, text),
        Msg::ChooseGroup(group) => {
            model.player.chosen = (group, 0);
            Vec::new()
        }
        Msg::ChoosePoint(point) => {
            model.player.chosen.1 = point;
            Vec::new()
        }
        Msg::AddChosen => {
            let (group, point) = model.player.chosen;
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
            if index >= model.player.kept.points.len() {
                return Vec::new();
            }
            let point = model.player.kept.points.remove(index);
            model.announcement = format!("No longer pauses when {}.", point.words());
            let mut effects = keep_and_go_on(model);
            if model.player.open {
                // The button that had the focus is gone.
                effects.push(PageEffect::Focus("#run-points"));
            }
            effects
        }
    }
}

fn add(model: &mut Model, point: Breakpoint) -> Vec<PageEffect> {
    let words = point.words();
    let points = &mut model.player.kept.points;
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
    let run = &mut model.player;
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
    let mut effects = vec![Effect::Keep(Box::new(model.player.kept.clone())).into()];
    if model.player.is_going() {
        effects.append(&mut go_on(model));
    }
    effects
}

fn begin(model: &mut Model, leaps: bool) -> Vec<PageEffect> {
    if model.player.is_going() {
        pass_elapsed(model);
        model.player.going = None;
    }
    let Some(play) = &mut model.play else {
        "There is no run yet: the source has problems.".clone_into(&mut model.announcement);
        return Vec::new();
    };
    model.player.within_step = false;
    let points = &model.player.kept.points;
    // Who paused within a step sees the rest of its moments; points are looked for at once.
    let within =
        !leaps && model.player.by_moments && points.is_empty() && play.sitting.moment().is_some();
    let ahead = |sitting: &mut Sitting| {
        autopilot::finish_step(sitting, points).or_else(|| {
            let played = leaps && sitting.cursor() < sitting.steps().len();
            played.then(|| autopilot::go_ahead(sitting, points))?
        })
    };
    let hit = if within { None } else { ahead(&mut play.sitting) };
    let at_end = play.sitting.cursor() == play.sitting.steps().len();
    if hit.is_none()
        && at_end
        && autopilot::next(&play.sitting, &model.player.kept.times) == Next::Over
    {
        // Who plays what is over sees it again.
        play.sitting.go_to(0);
    }
    play.refresh();
    if let Some(hit) = hit {
        reached(model, &hit);
        return Vec::new();
    }
    model.player.said = None;
    model.player.going = Some(Going {
        place: SittingPlace::of(&play.sitting),
        begun: play.sitting.cursor(),
        leaps,
        glide: None,
    });
    let mut effects = if within { moments::next(model) } else { Vec::new() };
    effects.append(&mut go_on(model));
    effects
}

/// Waits for what comes next, or stops if nothing does.
fn go_on(model: &mut Model) -> Vec<PageEffect> {
    let at_once = model.player.is_at_once();
    let shown_for = model.player.shown_for(STEP_MS);
    let (Some(play), Some(going)) = (&model.play, &mut model.player.going) else {
        return Vec::new();
    };
    if play.sitting.cursor() < play.sitting.steps().len() {
        return vec![Effect::Await(if at_once { 0 } else { shown_for }).into()];
    }
    let stop = match autopilot::coming(&play.sitting, &model.player.kept.times) {
        Ok((_, at)) => {
            let now = play.sitting.state().now;
            let glide = going.glide.filter(|_| !at_once);
            let from = glide.map_or(now, |glide| glide.shows(shell::now())).min(at);
            let takes =
                if at_once { 0 } else { autopilot::pace(at - from, model.player.kept.speed) };
            going.glide =
                (!at_once && from < at).then(|| Glide { from, to: at, takes, since: shell::now() });
            return vec![Effect::Await(takes).into()];
        }
        Err(stop) => stop,
    };
    stopped(model, &stop);
    Vec::new()
}

fn due(model: &mut Model) -> Vec<PageEffect> {
    if !model.player.is_going() {
        return Vec::new();
    }
    if model.player.within_step {
        return vec![Effect::Await(LOOK_MS).into()];
    }
    let at_once = model.player.is_at_once();
    let (Some(play), Some(going)) = (&mut model.play, &mut model.player.going) else {
        return Vec::new();
    };
    if play.sitting.cursor() < play.sitting.steps().len() {
        return again(model);
    }
    let most = going.begun + MAX_RUN_STEPS;
    let forgotten = timeline::forgotten_next(&play.sitting);
    let since = shell::now();
    let kept = &model.player.kept;
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
    let too_long = play.sitting.cursor() >= most;
    show(model);
    timeline::tell_forgotten(model, forgotten);
    match stop {
        Some(stop) => {
            stopped(model, &stop);
            Vec::new()
        }
        None if too_long => {
            stop_with(
                model,
                Why::Limit,
                format!(
                    "Paused after {MAX_RUN_STEPS} steps: this workflow may go round for ever. Play goes on."
                ),
            );
            Vec::new()
        }
        None => go_further(model, at_once),
    }
}

/// The next step that was played before; at once, all of them. A point stops it.
fn again(model: &mut Model) -> Vec<PageEffect> {
    let at_once = model.player.is_at_once();
    let points = model.player.kept.points.clone();
    let Some(play) = &mut model.play else {
        return Vec::new();
    };
    let hit = if at_once {
        autopilot::go_ahead(&mut play.sitting, &points)
    } else {
        play.sitting.forward();
        let hit = pause::within(&play.sitting, &points, play.sitting.cursor(), 0);
        if let Some(hit) = &hit {
            play.sitting.look_at(hit.happened);
        }
        hit
    };
    show(model);
    match hit {
        Some(hit) => {
            reached(model, &hit);
            Vec::new()
        }
        None => go_further(model, at_once),
    }
}

/// Shows where the player has come to.
fn show(model: &mut Model) {
    let Some(play) = &mut model.play else { return };
    play.refresh();
    model.announcement = view::changes(&play.sitting);
    model.shown_occurrence = None;
    if let Some(going) = &mut model.player.going {
        (going.place, going.glide) = (SittingPlace::of(&play.sitting), None);
    }
}

/// After a step: its moments, and the step behind it.
fn go_further(model: &mut Model, at_once: bool) -> Vec<PageEffect> {
    let by_moments = model.player.by_moments && !at_once;
    let mut effects = if by_moments { moments::replay(model) } else { Vec::new() };
    effects.append(&mut go_on(model));
    effects
}

/// One step forward: to the end of the one whose moments are shown; or one that was played before; or the script's next
/// command; or what comes by itself.
pub(crate) fn forward(model: &mut Model) -> Vec<PageEffect> {
    let Some(play) = &mut model.play else {
        return Vec::new();
    };
    if play.sitting.moment().is_some() {
        moments::settle(model);
        return Vec::new();
    }
    if play.sitting.cursor() < play.sitting.steps().len() {
        let mut effects = travel(model, Sitting::forward);
        if model.player.by_moments {
            effects.append(&mut moments::replay(model));
        }
        return effects;
    }
    if let Some(command) = guide::next_in_script(&play.sitting) {
        return take(model, command);
    }
    match autopilot::coming(&play.sitting, &model.player.kept.times) {
        Ok((command, at)) => {
            let wait = autopilot::wait(&play.sitting, &command, at);
            take(model, wait.unwrap_or(command))
        }
        Err(stop) => {
            stopped(model, &stop);
            Vec::new()
        }
    }
}

fn stopped(model: &mut Model, stop: &Stop) {
    let Some(play) = &model.play else { return };
    let (why, text) = match stop {
        Stop::Breakpoint(hit) => return reached(model, hit),
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
                "Paused: this sitting is full, with {} steps. Forget a branch.",
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
    stop_with(model, Why::Breakpoint, text);
}

/// Says why it stops: in the panel, and for those who listen after what happened.
fn stop_with(model: &mut Model, why: Why, text: String) {
    let was_going = model.player.going.take().is_some();
    let Some(play) = &model.play else { return };
    model.announcement = match why {
        Why::Stopped | Why::Breakpoint => text.clone(),
        _ if was_going && play.sitting.cursor() > 0 => {
            format!("{} {text}", view::changes(&play.sitting))
        }
        _ => text.clone(),
    };
    model.player.said = Some(Said { why, text, place: SittingPlace::of(&play.sitting) });
}

/// Somebody pauses: the time that the clock shows has passed.
fn pause(model: &mut Model) {
    model.player.within_step = false;
    pass_elapsed(model);
    let now = model.play.as_ref().map(|play| play.sitting.state().now);
    let text = format!("Paused at {}.", duration(now.unwrap_or_default()));
    stop_with(model, Why::Stopped, text);
}

fn stop_if_going(model: &mut Model, why: &str) {
    if model.player.is_going() {
        stop_with(model, Why::Stopped, why.to_owned());
    }
}

/// Lets the time pass that the clock shows to have passed since the last step.
fn pass_elapsed(model: &mut Model) {
    let (Some(play), Some(going)) = (&mut model.play, &mut model.player.going) else {
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
        going.place = SittingPlace::of(&play.sitting);
    }
}

/// Before anything happens to the page: what somebody does while it runs, is done at the time that the clock shows.
pub(crate) fn before(model: &mut Model, msg: &msg::Msg) {
    if !model.player.is_going() {
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
        msg::Msg::LookAt(_) => stop_if_going(model, "Paused: another moment is looked at."),
        _ => {}
    }
}

/// After anything happened to the page: a run goes on after a command that somebody gave; it stops where somebody
/// went elsewhere.
pub(crate) fn after(model: &mut Model) -> Vec<PageEffect> {
    let Some(play) = &model.play else {
        (model.player.going, model.player.said) = (None, None);
        return Vec::new();
    };
    let place = SittingPlace::of(&play.sitting);
    let Some(going) = &mut model.player.going else {
        let elsewhere = |said: &mut Said| said.place != place;
        drop(model.player.said.take_if(elsewhere));
        return Vec::new();
    };
    if going.place == place {
        return Vec::new();
    }
    let same = going.place.has_same_workflow(&place);
    let given = place.cursor == place.steps && place.cursor == going.place.cursor + 1;
    if same && given {
        (going.place, going.glide) = (place, None);
        let hit = pause::within(&play.sitting, &model.player.kept.points, play.sitting.cursor(), 0);
        if let (Some(hit), Some(play)) = (hit, &mut model.play) {
            play.sitting.look_at(hit.happened);
            play.redraw();
            model.player.within_step = false;
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
