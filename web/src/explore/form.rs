//! What may come: how often each event, with what, what tasks do, and what else.

use halter_explorer_worker::messages::{EventMayCome, MayCome, TaskMayDo};
use yew::prelude::*;

use super::view::tick;
use super::{Explore, Flag, Msg, words};
use crate::field::Field;
use crate::sender::Sender;

/// The most times that can be chosen with the buttons; the explorer takes 255.
const MOST_TIMES: u8 = 9;

/// In short, and all of it on demand.
pub(super) fn view(explore: &Explore, sender: &Sender) -> Html {
    let Some(may) = &explore.may else {
        return Html::default();
    };
    let is_usual = explore.usual.as_ref() == Some(may);
    html! {
        <details class="explore-may">
            <summary><b>{ "What may come: " }</b>{ in_short(may) }</summary>
            if !may.events.is_empty() {
                <h3 class="explore-part">{ "Events" }</h3>
                { for may.events.iter().enumerate().map(|(index, event)| view_event(index, event, sender)) }
            }
            if !may.tasks.is_empty() {
                <h3 class="explore-part">{ "Tasks" }</h3>
                { for may.tasks.iter().enumerate().map(|(index, task)| view_task(index, task, sender)) }
            }
            <h3 class="explore-part">{ "Besides" }</h3>
            { tick("A worker reports later than it takes a task", may.delay, |is| Msg::Flag(Flag::Delay, is), sender) }
            { tick("Time passes", may.time, |is| Msg::Flag(Flag::Time, is), sender) }
            if may.has_forms {
                { tick("Forms are cancelled as well as filled in", may.cancel_forms, |is| Msg::Flag(Flag::CancelForms, is), sender) }
            }
            if may.has_child_wfs {
                { tick("Child workflows fail as well as complete", may.fail_child_wfs, |is| Msg::Flag(Flag::FailChildWfs, is), sender) }
            }
            { times("Stops by hand", may.stops, Msg::Stops, sender) }
            { times("Rescues of failed ThreadRuns", may.rescues, Msg::Rescues, sender) }
            if !is_usual {
                <button type="button" class="link" onclick={sender.callback(|_| Msg::Usual)}>{ "As it was to begin with" }</button>
            }
        </details>
    }
}

/// What may come, in one sentence.
fn in_short(may: &MayCome) -> String {
    let mut parts = Vec::new();
    for event in &may.events {
        match event.budget {
            0 => {}
            1 => parts.push(format!("{} once", event.name)),
            times => parts.push(format!("{} {times} times", event.name)),
        }
    }
    for task in &may.tasks {
        if task.fails || !task.throws.is_empty() {
            parts.push(format!("{} fails", task.name));
        }
    }
    if may.fail_child_wfs {
        parts.push("child workflows fail".to_owned());
    }
    for (times, one, more) in [(may.stops, "stop", "stops"), (may.rescues, "rescue", "rescues")] {
        if times > 0 {
            parts.push(words::count(usize::from(times), one, more));
        }
    }
    parts.push("work".to_owned());
    if may.time {
        parts.push("time".to_owned());
    }
    parts.join(", ")
}

fn view_event(index: usize, event: &EventMayCome, sender: &Sender) -> Html {
    let payloads = event.payloads.join("\n");
    html! {
        <div class="explore-event" data-explore-event={event.name.clone()}>
            { times(&event.name, event.budget, move |times| Msg::Budget(index, times), sender) }
            if event.budget > 0 {
                <Field is_long={true} class="field-input explore-payloads" label={format!("Payloads of {}, one in each line", event.name)}
                    value={payloads} on_set={sender.callback(move |text| Msg::Payloads(index, text))} />
            }
        </div>
    }
}

fn view_task(index: usize, task: &TaskMayDo, sender: &Sender) -> Html {
    html! {
        <div class="explore-task" data-explore-task={task.name.clone()}>
            { tick(&format!("{} may fail", task.name), task.fails, move |is| Msg::Fails(index, is), sender) }
            <Field class="field-input" label={format!("EXCEPTIONs that {} may throw, with commas", task.name)} placeholder={"throws: EXCEPTIONs, with commas".to_owned()}
                value={task.throws.join(", ")} on_set={sender.callback(move |text| Msg::Throws(index, text))} />
        </div>
    }
}

/// A number with a button on either side.
fn times(
    name: &str,
    times: u8,
    set: impl Fn(u8) -> Msg + Clone + 'static,
    sender: &Sender,
) -> Html {
    let (fewer, more) = (set.clone(), set);
    html! {
        <div class="explore-times" role="group" aria-label={format!("How often: {name}")}>
            <span class="explore-name">{ name.to_owned() }</span>
            <button type="button" class="quiet" aria-label={format!("{name}: once less")} disabled={times == 0}
                onclick={sender.callback(move |_| fewer(times.saturating_sub(1)))}>{ "−" }</button>
            <output>{ format!("{times} ×") }</output>
            <button type="button" class="quiet" aria-label={format!("{name}: once more")} disabled={times >= MOST_TIMES}
                onclick={sender.callback(move |_| more(times.saturating_add(1)))}>{ "+" }</button>
        </div>
    }
}
