//! The loop: messages in, model changed, effects done, views out.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use gloo_utils::document;
use halter_engine::semantics::Semantics;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::effect::{self, Effect};
use crate::examples::EXAMPLES;
use crate::model::Model;
use crate::msg::Msg;
use crate::{page, update};

/// How long typing must pause before the text is read.
const PAUSE_MS: u32 = 250;

/// How long a moment is shown.
const MOMENT_MS: u32 = 400;

/// Texts up to this many UTF-16 units get their new line numbers at every key.
const COUNT_LINES_UNITS: usize = 200_000;

/// The whole page.
pub(crate) struct App {
    model: Model,
    pause: Option<Timeout>,
    moment: Option<Timeout>,
    /// Effects on what is only drawn after this update.
    after_drawing: Vec<Effect>,
    _keys: EventListener,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let semantics = effect::kept_semantics().and_then(|name| Semantics::from_name(&name));
        let mut app = App {
            model: Model::new(
                semantics.unwrap_or(Semantics::DOCUMENTED),
                !effect::is_narrow(),
                !effect::wants_less_motion(),
            ),
            pause: None,
            moment: None,
            after_drawing: Vec::new(),
            _keys: listen_to_keys(ctx),
        };
        let asked = effect::parameter("example")
            .and_then(|slug| EXAMPLES.iter().position(|example| example.slug == slug));
        let first = match (asked, effect::kept_source()) {
            (None, Some(text)) => {
                app.after_drawing
                    .push(Effect::WriteSource(text.as_str().into()));
                Msg::SourceRead(text.into())
            }
            (asked, _) => Msg::ChooseExample(asked.unwrap_or(0)),
        };
        app.answer(ctx, first);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        if matches!(msg, Msg::Typed) {
            let counted = self.count_lines();
            self.answer(ctx, msg);
            return counted;
        }
        self.answer(ctx, msg);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        page::view(&self.model, ctx.link())
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        for effect in std::mem::take(&mut self.after_drawing) {
            self.perform(ctx, effect);
        }
    }
}

impl App {
    fn answer(&mut self, ctx: &Context<Self>, msg: Msg) {
        for effect in update::update(&mut self.model, msg) {
            match effect {
                Effect::AwaitPause
                | Effect::AwaitMoment
                | Effect::ReadSource
                | Effect::KeepSource(_)
                | Effect::KeepSemantics(_) => {
                    self.perform(ctx, effect);
                }
                // While the editor is hidden: to draw it with a text that is far too long takes seconds.
                Effect::WriteSource(ref text) if effect::write_source(text) => {}
                Effect::WriteSource(_)
                | Effect::FocusHint
                | Effect::Caret(_)
                | Effect::RevealOccurrence(_)
                | Effect::RevealThread(_) => self.after_drawing.push(effect),
            }
        }
    }

    fn perform(&mut self, ctx: &Context<Self>, effect: Effect) {
        let link = ctx.link();
        match effect {
            Effect::AwaitPause => {
                let link = link.clone();
                // The timeout before it is dropped, and so never comes.
                self.pause = Some(Timeout::new(PAUSE_MS, move || {
                    link.send_message(Msg::TypingPaused);
                }));
            }
            Effect::AwaitMoment => {
                let link = link.clone();
                self.moment = Some(Timeout::new(MOMENT_MS, move || {
                    link.send_message(Msg::NextMoment);
                }));
            }
            Effect::ReadSource => {
                if let Some(text) = effect::read_source() {
                    link.send_message(Msg::SourceRead(text.into()));
                }
            }
            Effect::WriteSource(text) => {
                effect::write_source(&text);
            }
            Effect::KeepSource(text) => {
                if !effect::keep_source(&text) {
                    link.send_message(Msg::NotKept);
                }
            }
            Effect::KeepSemantics(name) => effect::keep_semantics(name),
            Effect::FocusHint => effect::focus_hint(),
            Effect::Caret(span) => effect::caret(span),
            Effect::RevealOccurrence(id) => effect::reveal_occurrence(id),
            Effect::RevealThread(thread) => effect::reveal_lane(thread),
        }
    }

    /// Keeps the line numbers up with typing; true if there are more or fewer lines now.
    fn count_lines(&mut self) -> bool {
        let length = effect::source_length();
        if length > update::MAX_DRAWN_BYTES {
            // At once, before the browser begins to draw it.
            return !std::mem::replace(&mut self.model.source.undrawn, true);
        }
        if length > COUNT_LINES_UNITS {
            return false;
        }
        let lines = effect::read_source().map_or(1, |text| {
            text.bytes().filter(|byte| *byte == b'\n').count() + 1
        });
        std::mem::replace(&mut self.model.source.lines, lines) != lines
    }
}

/// Alt and an arrow step back and forward, except where text is typed: there they move the caret.
fn listen_to_keys(ctx: &Context<App>) -> EventListener {
    let link = Rc::new(ctx.link().clone());
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if !key.alt_key() || key.ctrl_key() || key.meta_key() || is_typing(event) {
            return;
        }
        let msg = match &*key.key() {
            "ArrowLeft" => Msg::Back,
            "ArrowRight" => Msg::Forward,
            _ => return,
        };
        // Without this the browser would leave the page.
        event.prevent_default();
        link.send_message(msg);
    })
}

fn is_typing(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| {
        element
            .matches("textarea, input:not([type=range]), select")
            .unwrap_or(false)
    })
}
