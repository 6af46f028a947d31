//! Dragging: a kind of step from the panel or a node to an edge, the sign of an interrupt to the thread that handles it. By mouse, pen
//! and finger; all of it can be done by pressing as well.

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::{Msg, Slot};
use crate::sender::Sender;

/// What moves less is a press, in CSS pixels.
const PRESS: i32 = 6;

/// So near its edge the graph scrolls along, and so far at a time, in CSS pixels.
const EDGE: f64 = 44.0;
const SCROLL: f64 = 14.0;

/// What can be taken hold of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Held {
    /// A kind of step.
    Kind(String),
    /// A node: names of its thread and its own.
    Node(String, String),
    /// An interrupt of this thread.
    Interrupt(String),
}

impl Held {
    fn of(target: &Element) -> Option<Self> {
        let within = |selector: &str| target.closest(selector).ok().flatten();
        if let Some(chip) = within("[data-draw-kind]") {
            return chip.get_attribute("data-draw-kind").map(Held::Kind);
        }
        if let Some(sign) = within("[data-draw-interrupt]") {
            return sign.get_attribute("data-draw-interrupt").map(Held::Interrupt);
        }
        let node = within("[data-draw-thread] [data-node]")?.get_attribute("data-node")?;
        Some(Held::Node(lane(target)?, node))
    }

    fn label(&self) -> String {
        match self {
            Held::Kind(kind) => kind.clone(),
            Held::Node(_, node) => node.clone(),
            Held::Interrupt(thread) => format!("interrupt of {thread}"),
        }
    }

    /// What is done if it is let go over its target.
    fn dropped(self, target: &Element) -> Option<Msg> {
        match self {
            Held::Kind(kind) => Some(Msg::InsertAt(slot(target)?, kind)),
            Held::Node(thread, node) => Some(Msg::MoveTo(thread, node, slot(target)?)),
            Held::Interrupt(thread) => Some(Msg::Interrupt(thread, Some(lane(target)?))),
        }
    }

    /// What takes it there.
    fn target(&self, over: &Element) -> Option<Element> {
        let selector = match self {
            Held::Kind(_) | Held::Node(..) => ".slot",
            Held::Interrupt(_) => "[data-draw-thread]",
        };
        over.closest(selector).ok().flatten()
    }
}

fn lane(over: &Element) -> Option<String> {
    over.closest("[data-draw-thread]").ok().flatten()?.get_attribute("data-draw-thread")
}

fn slot(button: &Element) -> Option<Slot> {
    let of = |name: &str| button.get_attribute(name);
    Some(Slot { thread: lane(button)?, from: of("data-slot-from")?, to: of("data-slot-to")? })
}

/// What listens.
#[derive(Properties, Clone, PartialEq)]
pub(super) struct Props {
    pub(super) sender: Sender,
}

/// What the pointer does.
pub(super) enum Did {
    Pressed(Held, (i32, i32)),
    Moved((i32, i32)),
    Released,
    Gone,
}

/// The component: it draws what is being dragged.
pub(super) struct Drag {
    held: Option<(Held, (i32, i32))>,
    /// Where the pointer is, once it has moved.
    at: Option<(i32, i32)>,
    /// What it would be dropped on.
    target: Option<Element>,
    _listeners: Vec<EventListener>,
}

impl Component for Drag {
    type Message = Did;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        Drag { held: None, at: None, target: None, _listeners: listen(ctx.link()) }
    }

    fn update(&mut self, ctx: &Context<Self>, did: Did) -> bool {
        match did {
            Did::Pressed(held, at) => {
                self.held = Some((held, at));
                false
            }
            Did::Moved(at) => self.moved(at),
            Did::Released => {
                if let (Some((held, _)), Some(_)) = (self.held.take(), self.at) {
                    suppress_click();
                    let msg = self.target.as_ref().and_then(|target| held.dropped(target));
                    if let Some(msg) = msg {
                        ctx.props().sender.send_message(msg);
                    }
                }
                self.stop()
            }
            Did::Gone => self.stop(),
        }
    }

    fn view(&self, _: &Context<Self>) -> Html {
        match (&self.held, self.at) {
            (Some((held, _)), Some((x, y))) => html! {
                <div class="draw-ghost" data-over={self.target.is_some().to_string()} style={format!("transform:translate({x}px,{y}px)")} aria-hidden="true">
                    { held.label() }
                </div>
            },
            _ => Html::default(),
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.stop();
    }
}

impl Drag {
    fn moved(&mut self, at: (i32, i32)) -> bool {
        let Some((held, start)) = &self.held else {
            return false;
        };
        let far = (at.0 - start.0).abs().max((at.1 - start.1).abs()) >= PRESS;
        if self.at.is_none() && !far {
            return false;
        }
        let over = document().element_from_point(at.0 as f32, at.1 as f32);
        let target = over.and_then(|over| held.target(&over));
        mark(held, self.target.as_ref(), target.as_ref());
        self.target = target;
        self.at = Some(at);
        scroll_along(at);
        true
    }

    /// Lets go; whether something was being dragged.
    fn stop(&mut self) -> bool {
        self.held = None;
        if let Some(target) = self.target.take() {
            let _ = target.remove_attribute("data-over");
        }
        if let Some(body) = document().body() {
            let _ = body.remove_attribute("data-dragging");
        }
        self.at.take().is_some()
    }
}

/// Shows what something is dragged over, and on the page that it is.
fn mark(held: &Held, before: Option<&Element>, now: Option<&Element>) {
    if let Some(body) = document().body() {
        let what = if matches!(held, Held::Interrupt(_)) { "interrupt" } else { "step" };
        let _ = body.set_attribute("data-dragging", what);
    }
    if before != now {
        if let Some(before) = before {
            let _ = before.remove_attribute("data-over");
        }
        if let Some(now) = now {
            let _ = now.set_attribute("data-over", "true");
        }
    }
}

/// The graph scrolls where something is held at its edge.
fn scroll_along((x, y): (i32, i32)) {
    let Some(scroller) = document().query_selector(".graph-scroll").ok().flatten() else {
        return;
    };
    let area = scroller.get_bounding_client_rect();
    let (x, y) = (f64::from(x), f64::from(y));
    if x < area.left() || x > area.right() || y < area.top() || y > area.bottom() {
        return;
    }
    let by = |low: f64, high: f64, at: f64| {
        if at - low < EDGE {
            -SCROLL
        } else if high - at < EDGE {
            SCROLL
        } else {
            0.0
        }
    };
    scroller
        .scroll_by_with_x_and_y(by(area.left(), area.right(), x), by(area.top(), area.bottom(), y));
}

/// Letting go is no press of what lies beneath.
fn suppress_click() {
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    let listener = EventListener::once_with_options(&document(), "click", options, |event| {
        event.stop_propagation();
        event.prevent_default();
    });
    // Where no click follows, the next press is one of its own.
    gloo_timers::callback::Timeout::new(0, move || drop(listener)).forget();
}

fn at(event: &PointerEvent) -> (i32, i32) {
    (event.client_x(), event.client_y())
}

fn listen(link: &html::Scope<Drag>) -> Vec<EventListener> {
    let pointer = |name: &'static str, did: fn(&PointerEvent) -> Option<Did>| {
        let link = link.clone();
        let options = EventListenerOptions::run_in_capture_phase();
        EventListener::new_with_options(&document(), name, options, move |event| {
            if let Some(did) = event.dyn_ref::<PointerEvent>().and_then(did) {
                link.send_message(did);
            }
        })
    };
    let keys = {
        let link = link.clone();
        EventListener::new(&document(), "keydown", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Escape") {
                link.send_message(Did::Gone);
            }
        })
    };
    vec![
        // A finger is bound to what it first touched: what is beneath it later is looked for by place.
        pointer("pointerdown", |event| {
            let target = event.target()?.dyn_into::<Element>().ok()?;
            let held = Held::of(&target).filter(|_| event.is_primary() && event.button() == 0)?;
            Some(Did::Pressed(held, at(event)))
        }),
        pointer("pointermove", |event| Some(Did::Moved(at(event)))),
        pointer("pointerup", |_| Some(Did::Released)),
        pointer("pointercancel", |_| Some(Did::Gone)),
        keys,
    ]
}
