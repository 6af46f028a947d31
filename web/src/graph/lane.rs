//! One lane: a heading in words, and the ThreadSpec's nodes.

use halter_session::view::ThreadView;
use halter_session::why::Subject;
use yew::html::Scope;
use yew::prelude::*;

use super::icon;
use super::lanes::{HEADING, Lane, PADDING, Who};
use super::node;
use crate::app::App;
use crate::model::Play;
use crate::msg::Msg;
use crate::why;

/// How many of the handlers that had a lane's place before are named.
const EARLIER_SHOWN: usize = 6;

pub(super) fn view(play: &Play, lane: &Lane, selected: u32, link: &Scope<App>) -> Html {
    match &lane.who {
        Who::Thread { number, earlier } => match play.run.threads.get(*number as usize) {
            Some(thread) => thread_lane(play, lane, thread, earlier, *number == selected, link),
            None => Html::default(),
        },
        Who::Handler { event, of } => {
            let name = play
                .sitting
                .program()
                .events
                .get(*event as usize)
                .map_or("", |event| &event.name);
            let key = format!("kept-{of}-{event}");
            let note = format!("Runs here when event {name} interrupts ThreadRun {of}.");
            kept_lane(play, lane, key, "Handler", &note)
        }
        Who::Entrypoint => kept_lane(
            play,
            lane,
            "kept-entrypoint".to_owned(),
            "Entrypoint",
            "Run the workflow to start it.",
        ),
    }
}

fn place(lane: &Lane) -> String {
    format!(
        "left:{}px;height:{}px;transform:translateY({}px)",
        lane.x, lane.height, lane.y
    )
}

/// A place that is kept for a thread.
fn kept_lane(play: &Play, lane: &Lane, key: String, role: &str, note: &str) -> Html {
    let spec = play.sitting.program().specs.get(lane.spec as usize);
    let name = spec.map_or("", |spec| &spec.name);
    html! {
        <div class="lane lane--kept" key={key} style={place(lane)} role="group" aria-label={format!("{role} {name}. {note}")}>
            <div class="lane-heading">
                <p class="lane-line"><span class="lane-title">{ role }{ " " }<b>{ name }</b></span></p>
                <p class="lane-waits">{ note }</p>
            </div>
            { nodes(play, lane, None) }
        </div>
    }
}

fn thread_lane(
    play: &Play,
    lane: &Lane,
    thread: &ThreadView,
    earlier: &[u32],
    selected: bool,
    link: &Scope<App>,
) -> Html {
    let number = thread.number;
    let reasons: Vec<&str> = thread.reasons.iter().map(|reason| reason.name).collect();
    let failed = thread.status.is_failed();
    let message = if failed {
        failure_of(play, number)
    } else {
        thread.waits.clone()
    };
    html! {
        <div
            class={classes!("lane", thread.changed.then_some("lane--changed"), selected.then_some("lane--selected"))}
            key={format!("thread-{number}")}
            style={place(lane)}
            role="group"
            aria-label={thread.text.clone()}
            data-thread-run={number.to_string()}
            data-status={thread.status.name()}
            data-halt-reasons={reasons.join(" ")}
            data-thread-type={thread.kind.name()}
        >
            <div class="lane-heading">
                <div class="lane-line">
                    <button
                        type="button"
                        class="lane-title"
                        aria-pressed={selected.to_string()}
                        onclick={link.callback(move |_| Msg::Select(number))}
                    >
                        <span class="lane-word">{ "ThreadRun " }</span>{ format!("{number} ") }<b>{ thread.spec_name.clone() }</b>
                    </button>
                    { why::asking(Subject::Thread(number), &format!("Why is ThreadRun {number} {}?", thread.status.name()), icon::chip(thread.status), link) }
                    { reasons_of(play, thread, link) }
                    { earlier_handlers(play, earlier) }
                </div>
                <p class="lane-waits" title={message.clone()}>{ message }</p>
            </div>
            { nodes(play, lane, Some(thread)) }
        </div>
    }
}

/// The halt reasons, each a question.
fn reasons_of(play: &Play, thread: &ThreadView, link: &Scope<App>) -> Html {
    let number = thread.number;
    let run = play.sitting.shown().thread(number);
    let reasons = run.map(|run| &*run.halt_reasons).unwrap_or_default();
    let reasons = thread.reasons.iter().zip(reasons).map(|(view, reason)| {
        let other = view
            .thread
            .map_or_else(String::new, |other| format!(" · {other}"));
        let short = format!("{}{other}", view.name);
        let question = format!("Why {short} at ThreadRun {number}? {}", view.sentence);
        let badge = html! { <span class="reason">{ short }</span> };
        why::asking(
            Subject::HaltReason(number, reason.clone()),
            &question,
            badge,
            link,
        )
    });
    html! { <>{ for reasons }</> }
}

fn failure_of(play: &Play, number: u32) -> String {
    let run = play.sitting.state().thread(number);
    let message = run.and_then(|run| run.error_message.clone());
    let name = run
        .and_then(|run| run.current())
        .and_then(|node_run| node_run.failures.last())
        .map(|failure| failure.name.to_string());
    let parts = [name, message.map(|message| message.to_string())];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(": ")
}

fn earlier_handlers(play: &Play, earlier: &[u32]) -> Html {
    let Some(first) = earlier
        .len()
        .checked_sub(EARLIER_SHOWN)
        .or(Some(0))
        .filter(|_| !earlier.is_empty())
    else {
        return Html::default();
    };
    html! {
        <span class="earlier">
            { format!("{} before: ", earlier.len()) }
            { for earlier.get(first..).unwrap_or_default().iter().filter_map(|number| {
                let thread = play.run.threads.get(*number as usize)?;
                Some(html! {
                    <span
                        class="earlier-one"
                        role="img"
                        aria-label={thread.text.clone()}
                        title={thread.text.clone()}
                        data-thread-run={number.to_string()}
                        data-status={thread.status.name()}
                        data-halt-reasons=""
                    >
                        { number }
                    </span>
                })
            }) }
        </span>
    }
}

fn nodes(play: &Play, lane: &Lane, thread: Option<&ThreadView>) -> Html {
    let Some(layout) = play.layouts.get(lane.spec as usize) else {
        return Html::default();
    };
    let style = format!("left:{PADDING}px;top:{HEADING}px");
    html! {
        <svg
            class="nodes"
            style={style}
            width={layout.width.to_string()}
            height={layout.height.to_string()}
            role="group"
            aria-label="Nodes"
            overflow="visible"
        >
            { node::edges(layout, thread) }
            { node::nodes(play, lane.spec, layout, thread) }
        </svg>
    }
}
