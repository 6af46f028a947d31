//! The buttons on a lane, or at its node. They are for the pointer: the keyboard has the row of commands, one Tab away from wherever it is.

use yew::prelude::*;

use super::chips::{At, Chip, Wanted};
use super::icon;
use super::layout::Icon;
use crate::msg::Msg;
use crate::sender::Sender;

/// Of one lane.
#[derive(Properties, Clone, PartialEq)]
pub(super) struct Props {
    pub(super) chips: Vec<Chip>,
    pub(super) at: At,
    /// Of the ThreadRun of this name.
    pub(super) name: String,
    pub(super) sender: Sender,
}

/// What is done, and with what; where there is little room a picture stands for posting an event.
fn seen(chip: &Chip) -> Html {
    if chip.object.is_empty() {
        return html! { { chip.verb } };
    }
    html! {
        <>
            <span class="chip-verb">{ chip.verb }{ " " }</span>
            <svg class="chip-picture" viewBox="-9 -9 18 18" width="13" height="13" aria-hidden="true">{ icon::of(Icon::Event) }</svg>
            { chip.object.clone() }
        </>
    }
}

/// The buttons; what is seldom wanted comes when it is asked for.
#[component]
pub(super) fn ChipsView(props: &Props) -> Html {
    let open = use_state(|| false);
    let here = props.chips.iter().filter(|chip| chip.at == props.at);
    let (seldom, often): (Vec<&Chip>, Vec<&Chip>) =
        here.partition(|chip| chip.wanted == Wanted::Seldom);
    let of = match props.at {
        At::Lane => "",
        At::Node => "the node of ",
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let button = |chip: &Chip| {
        let action = chip.action;
        let label = chip.label.clone();
        let title =
            if chip.note.is_empty() { label.clone() } else { format!("{label}. {}", chip.note) };
        html! {
            <button key={label.clone()} type="button" class="lane-chip" tabindex="-1" aria-label={label} {title}
                onclick={props.sender.callback(move |_| Msg::Give(action))}>{ seen(chip) }</button>
        }
    };
    html! {
        <span class="lane-chips">
            { for often.into_iter().map(button) }
            if !seldom.is_empty() {
                <button type="button" class="lane-chip lane-more" tabindex="-1" aria-expanded={open.to_string()}
                    aria-label={format!("More commands for {of}{}", props.name)} title="More commands" onclick={toggle}>
                    <svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true"><circle cx="-5" r="1.5" /><circle r="1.5" /><circle cx="5" r="1.5" /></svg>
                </button>
                if *open { { for seldom.into_iter().map(button) } }
            }
        </span>
    }
}
