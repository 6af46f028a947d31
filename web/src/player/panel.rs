//! The settings of a run: how long tasks take, and the points at which it pauses.

use halter_engine::rules::RULES;
use halter_session::pause::{self, Breakpoint, Choices};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{Msg, PANEL_ID, Player};
use crate::field::Field;
use crate::model::{Model, Play};
use crate::sender::Sender;

/// The panel, while it is open.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let Some(play) = model.play.as_ref().filter(|_| model.player.open) else {
        return Html::default();
    };
    let keys = sender.batch_callback(|event: KeyboardEvent| {
        (event.key() == "Escape").then_some(Msg::CloseSettings)
    });
    html! {
        <section id={PANEL_ID} class="run-settings" aria-labelledby="run-settings-title" onkeydown={keys}>
            <div class="run-settings-head">
                <h2 id="run-settings-title" class="panel-title">{ "Run settings" }</h2>
                <button type="button" class="quiet" onclick={sender.callback(|_| Msg::CloseSettings)}>{ "Close the run settings" }</button>
            </div>
            <div class="run-settings-body" tabindex="0" role="region" aria-label="Times of tasks, and where to pause">
                { points(&model.player, play, sender) }
                { times(&model.player, play, sender) }
                { by_moments(&model.player, sender) }
            </div>
        </section>
    }
}

/// A step may be shown moment after moment: what spreads within it would not be seen at once.
fn by_moments(player: &Player, sender: &Sender) -> Html {
    let toggle = sender.callback(|event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        Msg::ByMoments(input.is_some_and(|input| input.checked()))
    });
    html! {
        <div class="run-part">
            <h3 class="control-title">{ "Steps" }</h3>
            <label class="slow">
                <input type="checkbox" checked={player.by_moments} onchange={toggle} />
                { "Show each step moment by moment" }
            </label>
        </div>
    }
}

fn points(run: &Player, play: &Play, sender: &Sender) -> Html {
    let groups = pause::choices(&play.sitting);
    html! {
        <div class="run-part">
            <h3 id="run-points" class="control-title" tabindex="-1">{ "Pause when" }</h3>
            if run.kept.points.is_empty() {
                <p class="run-none">{ "Nothing yet: it runs until nothing comes by itself." }</p>
            } else {
                <ul class="run-points" aria-labelledby="run-points">
                    { for run.kept.points.iter().enumerate().map(|(index, point)| view_point(index, point, &groups, sender)) }
                </ul>
            }
            { form(run, &groups, sender) }
        </div>
    }
}

fn view_point(index: usize, point: &Breakpoint, groups: &[Choices], sender: &Sender) -> Html {
    let words = point.words();
    let known = groups.iter().any(|(_, points)| points.contains(point));
    html! {
        <li key={words.clone()} class="run-point" data-pause-point={words.clone()}>
            <span>
                { &words }
                if !known { <span class="run-elsewhere">{ " (not in this workflow)" }</span> }
            </span>
            <button type="button" class="link" aria-label={format!("Remove: {words}")} onclick={sender.callback(move |_| Msg::Remove(index))}>{ "Remove" }</button>
        </li>
    }
}

fn form(run: &Player, groups: &[Choices], sender: &Sender) -> Html {
    let (group, chosen) = run.chosen;
    let group = if group < groups.len() { group } else { 0 };
    let points = groups.get(group).map(|(_, points)| &**points).unwrap_or_default();
    let submit = sender.callback(|event: SubmitEvent| {
        event.prevent_default();
        Msg::AddChosen
    });
    html! {
        <form class="run-form" onsubmit={submit}>
            <select aria-label="Whose point" onchange={choose(sender, Msg::ChooseGroup)}>
                { for groups.iter().enumerate().map(|(index, (name, _))| html! {
                    <option key={name.clone()} value={index.to_string()} selected={index == group}>{ name }</option>
                }) }
            </select>
            <select key={group} aria-label="Point" onchange={choose(sender, Msg::ChoosePoint)}>
                { for points.iter().enumerate().map(|(index, point)| html! {
                    <option key={point.words()} value={index.to_string()} selected={index == chosen}>{ point.words() }</option>
                }) }
            </select>
            <button type="submit" class="quiet">{ "Add the point" }</button>
            { points.get(chosen).and_then(about).map(|sentence| html! { <p class="run-about">{ sentence }</p> }) }
        </form>
    }
}

/// What a rule says: its id alone says nothing to most people.
fn about(point: &Breakpoint) -> Option<&'static str> {
    let Breakpoint::Rule(id) = point else { return None };
    let rule = RULES.iter().find(|rule| rule.id == id);
    let departure = halter_engine::Deviation::ALL
        .iter()
        .find(|(_, known, _)| known == id)
        .map(|(deviation, ..)| deviation.sentence());
    rule.map(|rule| rule.sentence).or(departure)
}

fn choose(sender: &Sender, msg: fn(usize) -> Msg) -> Callback<Event> {
    sender.batch_callback(move |event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>()?.value();
        Some(msg(chosen.parse().ok()?))
    })
}

fn times(run: &Player, play: &Play, sender: &Sender) -> Html {
    let tasks = &play.sitting.program().tasks;
    html! {
        <div class="run-part">
            <h3 class="control-title">{ "Tasks take" }</h3>
            <div class="run-times">
                { field(run, None, "every other task", sender) }
                { for tasks.iter().map(|task| field(run, Some(&*task.name), &task.name, sender)) }
            </div>
        </div>
    }
}

/// The seconds that a task takes.
fn field(run: &Player, task: Option<&str>, name: &str, sender: &Sender) -> Html {
    let times = &run.kept.times;
    let own = match task {
        Some(task) => times.tasks.get(task).copied(),
        None => Some(times.task_ms),
    };
    let unread = run.unread.get(&task.map(str::to_owned));
    let text = match (unread, own) {
        (Some(unread), _) => unread.text.clone(),
        (None, Some(milliseconds)) => seconds(milliseconds),
        (None, None) => String::new(),
    };
    let error_id = format!("run-time-error-{}", task.unwrap_or_default());
    let typed = {
        let task = task.map(str::to_owned);
        sender.callback(move |text| Msg::Time(task.clone(), text))
    };
    html! {
        <div class="run-time" key={task.unwrap_or_default().to_owned()}>
            <label>
                <code>{ name }</code>
                <Field
                    class="field-input field-input--short"
                    label={format!("Seconds that {name} takes")}
                    is_number={true}
                    value={text}
                    placeholder={task.is_some().then(|| seconds(times.task_ms))}
                    error={unread.map(|_| error_id.clone())}
                    on_set={typed}
                />
                <span aria-hidden="true">{ "s" }</span>
            </label>
            if let Some(unread) = unread {
                <p class="field-error" id={error_id.clone()}>{ &unread.why }</p>
            }
        </div>
    }
}

fn seconds(milliseconds: i64) -> String {
    let words = halter_session::words::duration(milliseconds);
    words.trim_end_matches(" s").to_owned()
}
