//! The tab of pictures: what of the moment, for which ground, and how it looks.

use yew::prelude::*;

use super::fields::choose;
use super::picture::{GROUNDS, PARTS, Picture};
use super::{Export, Made, Msg, picture_address, raster, recorder};
use crate::sender::Sender;

/// What can be chosen.
pub(super) fn fields(picture: Picture, sender: &Sender) -> Html {
    html! {
        <div class="export-fields">
            { choose("Show", &PARTS, picture.parts, move |parts| Msg::Picture(Picture { parts, ..picture }), sender) }
            { choose("Ground", &GROUNDS, picture.ground, move |ground| Msg::Picture(Picture { ground, ..picture }), sender) }
        </div>
    }
}

/// The very picture that is saved.
pub(super) fn preview(export: &Export, made: &Made) -> Html {
    let Picture { parts, ground } = export.options.picture;
    let name = |found: Option<&'static str>| found.unwrap_or_default();
    html! {
        <div
            class="export-preview"
            tabindex="0"
            role="region"
            aria-label="Picture"
            data-picture={name(PARTS.iter().find(|choice| choice.value == parts).map(|choice| choice.name))}
            data-ground={name(GROUNDS.iter().find(|choice| choice.value == ground).map(|choice| choice.name))}
        >
            <img class="export-picture" src={picture_address(&made.text)} alt={made.caption.clone()} />
        </div>
    }
}

/// What can be done with it.
pub(super) fn actions(can: bool, sender: &Sender) -> Html {
    let button = |title: &'static str, class: &'static str, msg: Msg| {
        html! {
            <button type="button" {class} disabled={!can} onclick={sender.callback(move |_| msg)}>{ title }</button>
        }
    };
    html! {
        <>
            { button("Save as SVG", "primary", Msg::Download) }
            { button("Save as PNG", "quiet", Msg::SavePng) }
            { button("Copy SVG", "quiet", Msg::Copy) }
            if recorder::can_record() { { button("Record the run as a film", "quiet", Msg::Record) } }
            { button("Save the run as GIF", "quiet", Msg::SaveGif) }
            if raster::can_copy() { { button("Copy PNG", "quiet", Msg::CopyPng) } }
        </>
    }
}
