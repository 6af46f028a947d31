//! What a worker of the browser is: a scope that gets messages, a clock, and tasks of its own.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use halter_explorer_worker::Work;
use halter_explorer_worker::messages::{Ask, Tell};
use js_sys::Date;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// How long a piece of the exploration may take, in milliseconds: messages are heard between two.
const PIECE_MS: f64 = 40.0;

/// How often it is said how far it is, in milliseconds.
const TOLD_MS: f64 = 150.0;

/// States of the first piece, and the most of any.
const FIRST: usize = 256;
const MOST: usize = 1 << 16;

const PAGE_BYTES: usize = 1 << 16;

struct Worker {
    scope: DedicatedWorkerGlobalScope,
    work: Work,
    piece: usize,
    told: f64,
    /// The next piece; none while there is nothing to do.
    next: Option<Timeout>,
}

/// Listens from now on.
pub(crate) fn start() {
    console_error_panic_hook::set_once();
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let work = Work::metered(|| Some(core::arch::wasm32::memory_size::<0>() * PAGE_BYTES));
    let worker = Rc::new(RefCell::new(Worker {
        scope: scope.clone(),
        work,
        piece: FIRST,
        told: 0.0,
        next: None,
    }));
    let listening = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(ask) = event.data().as_string().and_then(|text| serde_json::from_str(&text).ok())
        else {
            return;
        };
        hear(&worker, ask);
    });
    scope.set_onmessage(Some(listening.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    listening.forget();
    // Messages that came before this would be lost: the page waits for the first.
    let _ = scope.post_message(&JsValue::TRUE);
}

fn hear(worker: &Rc<RefCell<Worker>>, ask: Ask) {
    let mut at_work = worker.borrow_mut();
    if matches!(ask, Ask::Explore(_)) {
        at_work.piece = FIRST;
    }
    for tell in at_work.work.answer(ask) {
        at_work.post(&tell);
    }
    at_work.next = at_work.work.goes_on().then(|| soon(worker));
}

fn soon(worker: &Rc<RefCell<Worker>>) -> Timeout {
    let worker = Rc::clone(worker);
    Timeout::new(0, move || {
        let mut at_work = worker.borrow_mut();
        at_work.do_a_piece();
        at_work.next = at_work.work.goes_on().then(|| soon(&worker));
    })
}

impl Worker {
    fn do_a_piece(&mut self) {
        let begin = Date::now();
        let Some(tell) = self.work.go_on(self.piece) else {
            return;
        };
        let end = Date::now();
        self.piece = if end - begin < PIECE_MS {
            (self.piece * 2).min(MOST)
        } else {
            (self.piece / 2).max(FIRST / 4)
        };
        if !matches!(tell, Tell::Progress { .. }) || end - self.told >= TOLD_MS {
            self.told = end;
            self.post(&tell);
        }
    }

    fn post(&self, tell: &Tell) {
        if let Ok(text) = serde_json::to_string(tell) {
            // A page that is gone hears nothing.
            let _ = self.scope.post_message(&text.into());
        }
    }
}
