//! The buttons for zooming.

use yew::html::Scope;
use yew::prelude::*;

use super::ground::{Ground, Msg};
use super::viewport::{ZOOM_STEP, ZOOMS};

/// The buttons; to show all is only offered where not all is shown.
pub(super) fn view(zoom: f64, cut: bool, link: &Scope<Ground>) -> Html {
    html! {
        <div class="graph-tools" role="group" aria-label="Size of the graph">
            <button type="button" class="tool" aria-label="Zoom out" title="Zoom out (-)" disabled={zoom <= ZOOMS.0}
                onclick={link.callback(|_| Msg::Zoom(1.0 / ZOOM_STEP, None))}>{ "−" }</button>
            <button type="button" class="tool tool--size" aria-label={format!("Actual size; now {:.0} %", zoom * 100.0)} title="Actual size (1)"
                onclick={link.callback(|_| Msg::Whole)}>{ format!("{:.0} %", zoom * 100.0) }</button>
            <button type="button" class="tool" aria-label="Zoom in" title="Zoom in (+)" disabled={zoom >= ZOOMS.1}
                onclick={link.callback(|_| Msg::Zoom(ZOOM_STEP, None))}>{ "+" }</button>
            <button type="button" class="tool" title="Show all (0)" disabled={!cut}
                onclick={link.callback(|_| Msg::Fit)}>{ "Fit" }</button>
        </div>
    }
}
