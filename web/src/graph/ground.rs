//! The ground on which the lanes stand: it is panned and zoomed, and draws of the stage what is in view. It keeps to
//! itself how it is panned, so that nothing else of the page is drawn anew by it.

use std::ops::Range;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use halter_engine::state::Status;
use halter_session::view::RunView;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, HtmlElement, PointerEvent, ResizeObserver, ScrollBehavior, ScrollToOptions, WheelEvent,
};
use yew::html::Scope;
use yew::prelude::*;

use super::Unreached;
use super::chips::Chips;
use super::flight;
use super::icon;
use super::kept::{self, Kept};
use super::lane::LaneView;
use super::lanes::{Headings, Lane, Stage, Title, Who};
use super::layout::SpecLayout;
use super::minimap::Minimap;
use super::roll::Roll;
use super::viewport::{Detail, Part, View, ZOOM_STEP};
use super::walk::{self, Step};
use super::{camera, ties, tools};
use crate::browser;
use crate::sender::Sender;

/// How far an arrow key pans, in pixels.
const PAN_STEP: f64 = 60.0;
/// How much one notch of a wheel with Ctrl zooms.
const WHEEL_ZOOM: f64 = 0.0025;

/// What is drawn on it.
#[derive(Properties, Clone)]
pub(super) struct Props {
    pub(super) run: Rc<RunView>,
    pub(super) stage: Rc<Stage>,
    pub(super) layouts: Rc<[SpecLayout]>,
    /// The ThreadRun that is looked at.
    pub(super) selected: u32,
    /// The node that is pointed at in the text: names of its thread and its own.
    pub(super) pointed: Option<(String, String)>,
    /// What can be done on the lanes.
    pub(super) chips: Rc<Chips>,
    /// What no run reaches, as far as somebody asked.
    pub(super) unreached: Option<Rc<Unreached>>,
    /// Whether it is drawn as large as there is room.
    pub(super) large: bool,
    /// Whether somebody draws: then steps and interrupts can be added on the lanes.
    pub(super) drawing: bool,
    /// Whether the run is still on its way: what is shown is not what it will be.
    pub(super) is_coming: bool,
    pub(super) sender: Sender,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.run, &other.run)
            && Rc::ptr_eq(&self.stage, &other.stage)
            && Rc::ptr_eq(&self.layouts, &other.layouts)
            && self.selected == other.selected
            && self.pointed == other.pointed
            && self.chips == other.chips
            && self.unreached == other.unreached
            && self.large == other.large
            && self.drawing == other.drawing
            && self.is_coming == other.is_coming
    }
}

/// What can happen to it.
pub(super) enum Msg {
    /// It was scrolled, or its size changed.
    Moved,
    /// A key was pressed.
    Key(KeyboardEvent),
    /// Zoom by so much, about a point of the view; about its middle, if there is none.
    Zoom(f64, Option<(f64, f64)>),
    /// As large as it is.
    Whole,
    /// Show all.
    Fit,
    /// The minimap was pressed: show this part of the stage, in parts of it.
    Centre(f64, f64),
    /// A place of a lane got the focus: index of the lane, and of the place in it.
    Focused(usize, usize),
}

/// What decides how large the stage is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sizing {
    /// The view: as large as is easily read, and not larger than needed.
    Ease,
    /// The view: all of it is shown.
    Fit,
    /// Somebody chose a size.
    Chosen,
}

/// The component.
pub(super) struct Ground {
    scroller: NodeRef,
    view: View,
    drawn: Range<usize>,
    /// Scroll there, once it is drawn; whether one sees it on its way.
    scroll_to: Option<((f64, f64), ScrollBehavior)>,
    /// How far the lanes' headings have gone along with it, in pixels of the screen.
    headings: f64,
    /// What size it keeps by itself.
    sizing: Sizing,
    /// Where to go when the run of before is back.
    kept: Option<Kept>,
    /// The place that Tab reaches: the lane that is there, and which of the lane's places.
    active: Option<(Who, usize)>,
    /// The lane and place to give the focus to, once it is drawn.
    focus: Option<(usize, Step)>,
    listeners: Vec<EventListener>,
    /// Watches its size; what it calls has to live as long.
    watch: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
}

impl Component for Ground {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let mut kept = kept::kept();
        let chosen = kept.as_ref().and_then(|kept| kept.zoom);
        let view = View::default();
        let back = kept.take_if(|_| !ctx.props().is_coming);
        let view = View { zoom: chosen.unwrap_or(view.zoom), ..view };
        Ground {
            scroller: NodeRef::default(),
            drawn: view.drawn(&ctx.props().stage),
            view,
            scroll_to: back.map(|kept| ((kept.left, kept.top), ScrollBehavior::Instant)),
            headings: 0.0,
            sizing: if chosen.is_some() { Sizing::Chosen } else { Sizing::Ease },
            kept,
            active: None,
            focus: None,
            listeners: Vec::new(),
            watch: None,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Props) -> bool {
        let Props { stage, run, layouts, .. } = ctx.props();
        self.view = self.sized(ctx.props());
        self.drawn = self.view.drawn(stage);
        if let Some(kept) = self.kept.take_if(|_| !ctx.props().is_coming) {
            self.scroll_to = Some(((kept.left, kept.top), ScrollBehavior::Instant));
            return true;
        }
        // Another document, or another text of it, is no run that goes on.
        if Rc::ptr_eq(layouts, &before.layouts) && !Rc::ptr_eq(run, &before.run) {
            self.follow(stage, layouts, &before.run, run);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let stage = &ctx.props().stage;
        match msg {
            Msg::Moved => {
                let longest = ctx.props().layouts.iter().map(|of| of.nodes.len()).max();
                self.moved(ctx.props(), longest.unwrap_or_default())
            }
            Msg::Key(event) => self.key(ctx, &event),
            Msg::Zoom(by, at) => {
                let middle = (self.view.width / 2.0, self.view.height / 2.0);
                let view = self.view.zoomed(self.view.zoom * by, at.unwrap_or(middle));
                self.sizing = Sizing::Chosen;
                self.go(stage, view)
            }
            Msg::Whole => {
                let middle = (self.view.width / 2.0, self.view.height / 2.0);
                self.sizing = Sizing::Chosen;
                let view = self.view.zoomed(1.0, middle);
                self.go(stage, view)
            }
            Msg::Fit => {
                self.sizing = Sizing::Fit;
                let view = self.view.fit(stage);
                self.go(stage, view)
            }
            Msg::Centre(x, y) => {
                let zoom = self.view.zoom;
                let view = View {
                    left: (x * stage.width * zoom - self.view.width / 2.0).max(0.0),
                    top: (y * stage.height * zoom - self.view.height / 2.0).max(0.0),
                    ..self.view
                };
                self.go(stage, view)
            }
            Msg::Focused(lane, place) => {
                let who = stage.lanes.get(lane).map(|lane| lane.who.clone());
                let active = who.map(|who| (who, place));
                if let Some(scroller) = self.scroller.cast::<HtmlElement>() {
                    walk::uncover(&scroller);
                }
                let changed = active != self.active;
                self.active = active;
                changed
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { stage, run, .. } = ctx.props();
        let link = ctx.link();
        let zoom = self.view.zoom;
        let detail = Detail::at(zoom);
        let cut = self.view.is_cut(stage);
        let mapped = self.view.wants_map(stage);
        let active = self.active_lane(ctx.props());
        // The lane that Tab reaches is there, also while it is out of view.
        let far = active.map(|(lane, _)| lane);
        let far = far.filter(|lane| !self.drawn.contains(lane));
        // In the lanes' order: an element that is moved would lose the focus.
        let above = far.filter(|lane| *lane < self.drawn.start);
        let beneath = far.filter(|lane| *lane >= self.drawn.end);
        let drawn: Vec<usize> =
            above.into_iter().chain(self.drawn.clone()).chain(beneath).collect();
        // A list of its own, all of whose elements have keys: otherwise lanes would be made anew when others leave.
        let lanes: Html = drawn
            .iter()
            .filter_map(|index| lane(ctx.props(), *index, &self.view, active))
            .collect();
        let size = format!(
            "width:max(100%,{:.0}px);height:{:.0}px",
            stage.width * zoom,
            stage.height * zoom
        );
        let scale = format!(
            "--zoom:{zoom:.4};--panel:{}px;min-width:{}px;height:{}px",
            stage.headings.covered(),
            stage.width,
            stage.height
        );
        html! {
            <>
                { tools::view(zoom, cut || zoom < 1.0, link) }
                <div
                    ref={self.scroller.clone()}
                    class={classes!("graph-scroll", mapped.then_some("graph-scroll--mapped"))}
                    tabindex="-1"
                    role="region"
                    style={scrolled(self.headings)}
                    aria-label="The run's ThreadRuns, one lane each"
                    data-zoom={format!("{zoom:.4}")}
                    data-chosen-zoom={(self.sizing == Sizing::Chosen).then(|| format!("{zoom:.4}"))}
                    onscroll={link.callback(|_| Msg::Moved)}
                    onkeydown={link.callback(Msg::Key)}
                    onfocusin={link.batch_callback(|event: FocusEvent| {
                        let (lane, place) = walk::place_of(&event.target_dyn_into::<Element>()?)?;
                        Some(Msg::Focused(lane, place))
                    })}
                >
                    <div class="ground" style={size}>
                        <div class="stage" style={scale} data-detail={detail.name()}>
                            { ties::gutter(stage, &self.drawn) }
                            { for stage.titles.iter().map(title) }
                            { lanes }
                            { ties::to_handlers(stage, &self.drawn) }
                            { flight::view(run, stage, &ctx.props().layouts, &self.view) }
                        </div>
                    </div>
                </div>
                if mapped {
                    <Minimap stage={Rc::clone(stage)} run={Rc::clone(run)} view={self.view}
                        centre={link.callback(|(x, y)| Msg::Centre(x, y))} />
                }
                <Roll run={Rc::clone(run)} stage={Rc::clone(stage)} {drawn} />
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        let Some(scroller) = self.scroller.cast::<HtmlElement>() else {
            return;
        };
        if first {
            self.listen(&scroller, ctx.link());
        }
        if let Some(((left, top), behavior)) = self.scroll_to.take() {
            let options = ScrollToOptions::new();
            options.set_left(left.round());
            options.set_top(top.round());
            options.set_behavior(behavior);
            scroller.scroll_to_with_scroll_to_options(&options);
        }
        if let Some((lane, step)) = self.focus.take() {
            walk::focus(&scroller, lane, step);
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let Some((observer, _)) = self.watch.take() {
            observer.disconnect();
        }
    }
}

impl Ground {
    /// The lane and the place in it that Tab reaches: where the focus was last, or the lane that is looked at.
    fn active_lane(&self, props: &Props) -> Option<(usize, usize)> {
        let of = |who: &Who| props.stage.lanes.iter().position(|lane| lane.who.is(who));
        let last = self.active.as_ref();
        let last = last.and_then(|(who, place)| Some((of(who)?, *place)));
        last.or_else(|| Some((props.stage.lane_of(props.selected)?, 0)))
    }

    /// The view at the size that it keeps.
    fn sized(&self, Props { stage, large, .. }: &Props) -> View {
        match self.sizing {
            Sizing::Ease | Sizing::Chosen | Sizing::Fit if *large => self.view.fill(stage),
            Sizing::Ease => self.view.ease(stage),
            Sizing::Fit => self.view.fit(stage),
            Sizing::Chosen => self.view,
        }
    }

    /// Shows another part of the stage.
    fn go(&mut self, stage: &Stage, view: View) -> bool {
        self.view = view;
        self.drawn = self.view.drawn(stage);
        self.scroll_to = Some(((view.left, view.top), ScrollBehavior::Instant));
        true
    }

    /// Goes along with the run. What is drawn follows while the view is on its way.
    fn follow(&mut self, stage: &Stage, layouts: &[SpecLayout], before: &RunView, now: &RunView) {
        let to = camera::follow(&self.view, stage, layouts, before, now);
        if to == (self.view.left, self.view.top) {
            return;
        }
        let behavior = if browser::wants_less_motion() {
            ScrollBehavior::Instant
        } else {
            ScrollBehavior::Smooth
        };
        self.scroll_to = Some((to, behavior));
    }

    /// Whether what is drawn changes because what is in view did.
    /// The longest of the lanes has so many nodes.
    fn moved(&mut self, props: &Props, longest: usize) -> bool {
        let stage = &props.stage;
        let Some(scroller) = self.scroller.cast::<HtmlElement>() else {
            return false;
        };
        let before = self.view;
        self.view = View {
            left: f64::from(scroller.scroll_left()),
            top: f64::from(scroller.scroll_top()),
            width: f64::from(scroller.client_width()),
            height: f64::from(scroller.client_height()),
            ..before
        };
        // The lanes' headings go along.
        if (self.view.left - self.headings).abs() > 0.0 {
            self.headings = self.view.left;
            let _ = scroller.set_attribute("style", &scrolled(self.headings));
        }
        if Headings::fitting(&props.layouts, self.view.width) != stage.headings {
            props.sender.send_message(super::Msg::Wide(self.view.width));
        }
        let resized = (before.width, before.height) != (self.view.width, self.view.height);
        let sized = self.sized(props);
        if resized && (sized.zoom - before.zoom).abs() > f64::EPSILON {
            return self.go(stage, sized);
        }
        super::minimap::frame(&self.view, stage);
        let drawn = self.view.drawn(stage);
        let across = |view: &View| view.drawn_across(longest);
        let changed = drawn != self.drawn
            || self.view.is_cut(stage) != before.is_cut(stage)
            || across(&self.view) != across(&before)
            || self.view.wants_map(stage) != before.wants_map(stage);
        self.drawn = drawn;
        changed
    }

    fn listen(&mut self, scroller: &HtmlElement, link: &Scope<Self>) {
        let options = EventListenerOptions::enable_prevent_default();
        let zoom = link.clone();
        self.listeners = vec![
            EventListener::new_with_options(scroller, "wheel", options, move |event| {
                let Some(wheel) = event.dyn_ref::<WheelEvent>() else {
                    return;
                };
                // A pinch on a trackpad is told as a wheel with Ctrl.
                if wheel.ctrl_key() || wheel.meta_key() {
                    // Otherwise the browser would zoom the page.
                    event.prevent_default();
                    let by =
                        (-wheel.delta_y().clamp(-100.0, 100.0) * WHEEL_ZOOM * lines(wheel)).exp();
                    zoom.send_message(Msg::Zoom(by, at(wheel)));
                }
            }),
            EventListener::new_with_options(scroller, "pointerdown", options, |event| {
                if let Some(pointer) = event.dyn_ref::<PointerEvent>() {
                    grab(pointer);
                }
            }),
            EventListener::new(scroller, "pointermove", |event| {
                if let Some(pointer) = event.dyn_ref::<PointerEvent>() {
                    drag(pointer);
                }
            }),
        ];
        let moved = link.clone();
        let call = Closure::<dyn FnMut()>::new(move || moved.send_message(Msg::Moved));
        if let Ok(observer) = ResizeObserver::new(call.as_ref().unchecked_ref()) {
            observer.observe(scroller);
            self.watch = Some((observer, call));
        }
    }

    fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return false;
        }
        let target = event.target_dyn_into::<Element>();
        let key = event.key();
        let msg = match &*key {
            "+" | "=" => Msg::Zoom(ZOOM_STEP, None),
            "-" => Msg::Zoom(1.0 / ZOOM_STEP, None),
            "0" => Msg::Fit,
            "1" => Msg::Whole,
            _ => {
                let place = target.as_ref().and_then(walk::place_of);
                let taken = match (event.shift_key(), place) {
                    (true, _) | (_, None) => self.pan(&key),
                    (false, Some(place)) => self.walk(ctx.props(), &key, place),
                };
                if taken {
                    event.prevent_default();
                }
                return taken && self.focus.is_some();
            }
        };
        event.prevent_default();
        Component::update(self, ctx, msg)
    }

    fn pan(&self, key: &str) -> bool {
        let (x, y) = match key {
            "ArrowLeft" => (-PAN_STEP, 0.0),
            "ArrowRight" => (PAN_STEP, 0.0),
            "ArrowUp" => (0.0, -PAN_STEP),
            "ArrowDown" => (0.0, PAN_STEP),
            _ => return false,
        };
        if let Some(scroller) = self.scroller.cast::<HtmlElement>() {
            scroller.scroll_by_with_x_and_y(x, y);
        }
        true
    }

    /// Goes to another place of the lane, or to another lane; it is brought into view.
    fn walk(&mut self, props: &Props, key: &str, (lane, place): (usize, usize)) -> bool {
        let stage = &props.stage;
        let last = stage.lanes.len().saturating_sub(1);
        let (to, step) = match key {
            "ArrowLeft" if place > 0 => (lane, Step::Place(place - 1)),
            "ArrowRight" => (lane, Step::Place(place + 1)),
            "ArrowUp" if lane > 0 => (lane - 1, Step::Beside(place)),
            "ArrowDown" if lane < last => (lane + 1, Step::Beside(place)),
            "PageUp" => (lane.saturating_sub(10), Step::Place(0)),
            "PageDown" => ((lane + 10).min(last), Step::Place(0)),
            "Home" => (0, Step::Place(0)),
            "End" => (last, Step::Place(0)),
            _ => return key.starts_with("Arrow"),
        };
        let Some(target) = stage.lanes.get(to) else {
            return true;
        };
        if to != lane {
            let (left, top) = self.view.reveal(&Part::of(target), stage.headings);
            let view = View {
                top,
                left: if matches!(step, Step::Place(_)) { left } else { self.view.left },
                ..self.view
            };
            self.go(stage, view);
        } else if let Step::Place(place) = step
            && let Some(part) = part_of_node(&self.view, props, target, place)
        {
            // It may stand where nothing is drawn yet.
            let (left, top) = self.view.reveal(&part, stage.headings);
            self.go(stage, View { left, top, ..self.view });
        }
        self.focus = Some((to, step));
        true
    }
}

/// Where the node at this place of a lane stands, if so many are in it that not all are drawn.
fn part_of_node(view: &View, props: &Props, lane: &Lane, place: usize) -> Option<Part> {
    let layout = props.layouts.get(lane.spec as usize)?;
    view.drawn_across(layout.nodes.len())?;
    let Who::Thread { number, .. } = lane.who else { return None };
    let first = super::lane::first_node(props.run.thread(number)?);
    // Beyond the last there is nothing: it stays.
    let node =
        layout.nodes.get(place.checked_sub(first)?.min(layout.nodes.len().saturating_sub(1)))?;
    Some(Part {
        x: lane.x + lane.nodes.0 + node.x - node.width / 2.0,
        y: lane.y,
        width: node.width,
        height: lane.height,
    })
}

/// A lane, if there is one with this index.
fn lane(props: &Props, index: usize, view: &View, active: Option<(usize, usize)>) -> Option<Html> {
    let lane = props.stage.lanes.get(index)?;
    let layout = props.layouts.get(lane.spec as usize)?;
    let name = Some(&*layout.name);
    let pointed = props.pointed.as_ref();
    let pointed = pointed.filter(|(thread, _)| Some(&**thread) == name && !layout.is_of_child);
    let (key, number) = match &lane.who {
        Who::Thread { number, .. } => (format!("thread-{number}"), Some(*number)),
        Who::Handler { event, of, .. } => (format!("kept-{of}-{event}"), None),
        Who::Stack { of, .. } => (format!("stack-{of}-{}", lane.spec), None),
        Who::Entrypoint => ("kept-entrypoint".to_owned(), None),
    };
    Some(html! {
        <LaneView
            {key}
            {index}
            lane={lane.clone()}
            run={Rc::clone(&props.run)}
            layouts={Rc::clone(&props.layouts)}
            selected={number == Some(props.selected)}
            pointed={pointed.map(|(_, node)| node.clone())}
            chips={number.and_then(|number| props.chips.get(&number)).cloned().unwrap_or_default()}
            unreached={props.unreached.clone()}
            active={active.filter(|(of, _)| *of == index).map(|(_, place)| place)}
            detail={Detail::at(view.zoom)}
            across={view.drawn_across(layout.nodes.len())}
            drawing={props.drawing}
            sender={props.sender.clone()}
        />
    })
}

/// What stands above the lanes of a WfRun.
fn title(title: &Title) -> Html {
    let style = format!("top:{}px;height:{}px", title.y, Title::HEIGHT);
    let kind = if title.started_by.is_some() { "child" } else { "first" };
    html! {
        <h3 class="wf-run-title" key={title.name.clone()} {style} data-wf-run={title.name.clone()} data-wf-run-kind={kind}
            data-status={title.status.map(Status::name)}>
            <span class="wf-run-kind">{ title.kind() }{ " " }</span><b>{ &title.name }</b>
            { title.status.map(icon::chip) }
            <span class="wf-run-note">{ title.note() }</span>
        </h3>
    }
}

/// How far it is scrolled, for the lanes' headings.
fn scrolled(left: f64) -> String {
    format!("--scrolled:{left}px")
}

/// Some wheels count lines.
fn lines(wheel: &WheelEvent) -> f64 {
    if wheel.delta_mode() == WheelEvent::DOM_DELTA_LINE { 16.0 } else { 1.0 }
}

/// Where the pointer is, seen from the view's corner.
fn at(wheel: &WheelEvent) -> Option<(f64, f64)> {
    let scroller = wheel.current_target()?.dyn_into::<Element>().ok()?;
    let corner = scroller.get_bounding_client_rect();
    Some((f64::from(wheel.client_x()) - corner.left(), f64::from(wheel.client_y()) - corner.top()))
}

/// A mouse or a pen takes hold of the ground, unless something is there that it can press. A finger scrolls anyway.
fn grab(pointer: &PointerEvent) {
    let target = pointer.target().and_then(|target| target.dyn_into::<Element>().ok());
    let scroller = pointer.current_target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let (Some(target), Some(scroller)) = (target, scroller) else {
        return;
    };
    let pressed = target
        .closest("button, [data-walk], [data-draw-thread] [data-node]")
        .ok()
        .flatten()
        .is_some();
    // To the right and beneath are the scroll bars.
    let corner = scroller.get_bounding_client_rect();
    let on_bar = f64::from(pointer.client_x()) - corner.left() > f64::from(scroller.client_width())
        || f64::from(pointer.client_y()) - corner.top() > f64::from(scroller.client_height());
    if pointer.pointer_type() == "touch" || pointer.button() != 0 || pressed || on_bar {
        return;
    }
    // Refused only if the pointer is gone: then there is nothing to drag.
    let _ = scroller.set_pointer_capture(pointer.pointer_id());
}

fn drag(pointer: &PointerEvent) {
    let scroller = pointer.current_target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let Some(scroller) = scroller.filter(|it| it.has_pointer_capture(pointer.pointer_id())) else {
        return;
    };
    scroller
        .scroll_by_with_x_and_y(-f64::from(pointer.movement_x()), -f64::from(pointer.movement_y()));
}
