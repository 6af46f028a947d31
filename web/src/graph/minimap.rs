//! The whole stage, small: where there is more of it than can be seen. It is for the eye and the pointer; the keyboard has
//! the lanes themselves.

use std::fmt::Write as _;
use std::rc::Rc;

use gloo_utils::document;
use halter_engine::state::Status;
use halter_session::view::RunView;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, PointerEvent};
use yew::prelude::*;

use super::lanes::{Stage, Who};
use super::viewport::View;

/// Its size, in pixels.
const WIDTH: f64 = 84.0;
const HEIGHT: f64 = 132.0;
/// No lane is drawn lower than this.
const LOWEST: f64 = 0.9;

/// What it shows.
#[derive(Properties, Clone)]
pub(super) struct Props {
    pub(super) stage: Rc<Stage>,
    pub(super) run: Rc<RunView>,
    pub(super) view: View,
    /// Show this point of the stage, in parts of it.
    pub(super) centre: Callback<(f64, f64)>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.stage, &other.stage)
            && Rc::ptr_eq(&self.run, &other.run)
            && self.view == other.view
    }
}

/// All lanes as strips, and a frame around what is in view.
#[component]
pub(super) fn Minimap(props: &Props) -> Html {
    let paths =
        use_memo((Rc::as_ptr(&props.stage) as usize, Rc::as_ptr(&props.run) as usize), |_| {
            paths(&props.stage, &props.run)
        });
    let press = props.centre.reform(|event: PointerEvent| part(&event));
    let onpointerdown = Callback::from(move |event: PointerEvent| {
        if let Some(element) = target(&event) {
            // Refused only if the pointer is gone.
            let _ = element.set_pointer_capture(event.pointer_id());
        }
        press.emit(event);
    });
    let drag = props.centre.clone();
    let onpointermove = Callback::from(move |event: PointerEvent| {
        if target(&event).is_some_and(|it| it.has_pointer_capture(event.pointer_id())) {
            drag.emit(part(&event));
        }
    });
    html! {
        <div class="minimap" aria-hidden="true" data-minimap="true" {onpointerdown} {onpointermove}>
            <svg width={WIDTH.to_string()} height={HEIGHT.to_string()}>
                { for paths.iter().map(|(status, path)| html! { <path data-status={*status} d={path.clone()} /> }) }
            </svg>
            <div class="minimap-frame" style={place(&props.view, &props.stage)} />
        </div>
    }
}

/// Puts the frame where the view is, without drawing anything anew.
pub(super) fn frame(view: &View, stage: &Stage) {
    let found = document().query_selector(".minimap-frame").ok().flatten();
    if let Some(frame) = found {
        // It can only be refused for elements that are no longer there.
        let _ = frame.set_attribute("style", &place(view, stage));
    }
}

fn scale(view: f64, all: f64, size: f64) -> f64 {
    size / all.max(view)
}

fn place(view: &View, stage: &Stage) -> String {
    let x = scale(view.width / view.zoom, stage.width, WIDTH);
    let y = scale(view.height / view.zoom, stage.height, HEIGHT);
    let (width, height) = (view.width / view.zoom * x, view.height / view.zoom * y);
    let left = (view.left / view.zoom * x).min(WIDTH - width.min(WIDTH));
    let top = (view.top / view.zoom * y).min(HEIGHT - height.clamp(6.0, HEIGHT));
    format!(
        "width:{:.1}px;height:{:.1}px;transform:translate({left:.1}px,{top:.1}px)",
        width.min(WIDTH),
        height.clamp(6.0, HEIGHT),
    )
}

/// A path for each status: a thousand lanes are a handful of elements.
fn paths(stage: &Stage, run: &RunView) -> Vec<(&'static str, String)> {
    let x = WIDTH / stage.width.max(1.0);
    let y = HEIGHT / stage.height.max(1.0);
    let mut paths: Vec<(&'static str, String)> = Vec::new();
    for lane in &stage.lanes {
        let status = match lane.who {
            Who::Thread { number, .. } => run.thread(number).map(|of| of.status),
            Who::Handler { .. } | Who::Stack { .. } | Who::Entrypoint => None,
        };
        let name = status.map_or("", Status::name);
        let index = paths.iter().position(|(of, _)| *of == name);
        let index = index.unwrap_or_else(|| {
            paths.push((name, String::new()));
            paths.len() - 1
        });
        if let Some((_, path)) = paths.get_mut(index) {
            // Writing to a String can't fail.
            let _ = write!(
                path,
                "M{:.1} {:.2}h{:.1}v{:.2}H{:.1}Z",
                lane.x * x,
                lane.y * y,
                (stage.width - lane.x).min(lane.width) * x,
                (lane.height * y).max(LOWEST),
                lane.x * x,
            );
        }
    }
    paths
}

fn target(event: &PointerEvent) -> Option<HtmlElement> {
    event.current_target()?.dyn_into().ok()
}

/// Where the pointer is, in parts of the map.
fn part(event: &PointerEvent) -> (f64, f64) {
    let map = document().query_selector(".minimap").ok().flatten();
    let Some(at) = map.as_ref().map(Element::get_bounding_client_rect) else {
        return (0.0, 0.0);
    };
    (
        (f64::from(event.client_x()) - at.left()) / at.width().max(1.0),
        (f64::from(event.client_y()) - at.top()) / at.height().max(1.0),
    )
}
