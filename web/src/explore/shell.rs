//! The worker: it is fetched when something is asked for the first time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_utils::{document, window};
use halter_explorer_worker::messages::{Ask, Tell};
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, Worker};

use super::{Effect, Msg};
use crate::sender::Sender;
use crate::{guard, layout};

/// Does what the guard asks for.
pub(crate) fn guard(shell: &mut Shell, effect: &guard::Effect, sender: &Sender) {
    match effect {
        guard::Effect::Look(exploration) => {
            let sender = sender.clone();
            shell.ask(&Ask::Explore(exploration.clone()), move |heard| {
                sender.send_message(match heard {
                    Heard::Told(tell, _) => guard::Msg::Told(tell),
                    Heard::Failed => guard::Msg::Failed,
                });
            });
        }
        guard::Effect::Cancel => shell.cancel(),
    }
}

/// Below this width, in CSS pixels, a drawer covers the stage: as in page.css.
const NARROW: f64 = 900.0;

/// Does what the model asks for.
pub(crate) fn perform(shell: &mut Shell, effect: &Effect, sender: &Sender) {
    match effect {
        Effect::Ask(ask) => {
            let sender = sender.clone();
            shell.ask(ask, move |heard| {
                sender.send_message(match heard {
                    Heard::Told(tell, now) => Msg::Told(tell, now),
                    Heard::Failed => Msg::Failed,
                });
            });
        }
        Effect::MakeRoom => {
            let width = window().inner_width().ok().and_then(|width| width.as_f64());
            if width.is_some_and(|width| width < NARROW) {
                sender.send_message(layout::Msg::Close(layout::Side::Story));
            }
        }
    }
}

/// A worker, and what is heard of it.
pub(crate) struct Shell {
    worker: Option<Running>,
}

struct Running {
    worker: Worker,
    /// What was asked before it could listen.
    waiting: Rc<RefCell<Vec<String>>>,
    ready: Rc<Cell<bool>>,
    failed: Rc<Cell<bool>>,
    _heard: [EventListener; 2],
}

/// What a worker has to say.
pub(crate) enum Heard {
    /// Something that was asked for; when, in milliseconds.
    Told(Rc<Tell>, f64),
    /// That it can't be had.
    Failed,
}

impl Shell {
    pub(crate) fn new() -> Shell {
        Shell { worker: None }
    }

    /// Asks the worker, and starts it before, if there is none.
    pub(crate) fn ask(&mut self, ask: &Ask, hear: impl Fn(Heard) + Clone + 'static) {
        // One that could not be fetched is tried once more.
        self.worker = self.worker.take().filter(|running| !running.failed.get());
        if self.worker.is_none() {
            self.worker = Running::start(hear.clone());
        }
        let (Some(running), Ok(text)) = (&self.worker, serde_json::to_string(ask)) else {
            hear(Heard::Failed);
            return;
        };
        if running.ready.get() {
            // What can't be taken is answered by nobody: the worker has ended, and that is heard.
            let _ = running.worker.post_message(&text.into());
        } else {
            running.waiting.borrow_mut().push(text);
        }
    }
}

impl Shell {
    /// Lets what was asked be. Between two messages a worker may be at work for a second: it is ended, and another one begins with the
    /// next question. One that is still on its way is only not asked.
    fn cancel(&mut self) {
        let coming = self.worker.take().filter(|running| !running.ready.get());
        if let Some(running) = &coming {
            running.waiting.borrow_mut().clear();
        }
        self.worker = coming;
    }
}

impl Running {
    fn start(hear: impl Fn(Heard) + Clone + 'static) -> Option<Running> {
        let named = document().query_selector("script[data-explorer]").ok()??;
        let worker = Worker::new(&named.get_attribute("src")?).ok()?;
        let waiting: Rc<RefCell<Vec<String>>> = Rc::default();
        let ready = Rc::new(Cell::new(false));
        let told = {
            let (worker, waiting, ready, hear) =
                (worker.clone(), Rc::clone(&waiting), Rc::clone(&ready), hear.clone());
            EventListener::new(&worker.clone(), "message", move |event| {
                let Some(event) = event.dyn_ref::<MessageEvent>() else {
                    return;
                };
                let Some(text) = event.data().as_string() else {
                    ready.set(true);
                    for text in waiting.take() {
                        let _ = worker.post_message(&text.into());
                    }
                    return;
                };
                if let Ok(tell) = serde_json::from_str::<Tell>(&text) {
                    hear(Heard::Told(Rc::new(tell), now()));
                }
            })
        };
        let failed = Rc::new(Cell::new(false));
        let heard_of_failure = {
            let (waiting, failed) = (Rc::clone(&waiting), Rc::clone(&failed));
            EventListener::new(&worker, "error", move |_| {
                waiting.take();
                failed.set(true);
                hear(Heard::Failed);
            })
        };
        Some(Running { worker, waiting, ready, failed, _heard: [told, heard_of_failure] })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
