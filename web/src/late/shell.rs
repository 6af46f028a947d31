//! Fetches what is fetched late, and holds back what can't be answered before.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::table::is_wanted_for;
use crate::documents::Documents;
use crate::late;
use crate::msg::Msg;
use crate::palette;
use crate::sender::Sender;

/// What waits.
#[derive(Default)]
pub(crate) struct Shell {
    held: Vec<Msg>,
    palette_is_awaited: Rc<Cell<bool>>,
}

impl Shell {
    /// Whether somebody has opened the palette and it has not come yet: what is typed meanwhile is for it.
    pub(crate) fn palette_is_awaited(&self) -> Rc<Cell<bool>> {
        Rc::clone(&self.palette_is_awaited)
    }

    /// Gives back what can be answered now; holds the rest back.
    pub(crate) fn pass(&mut self, msg: Msg, documents: &Documents, sender: &Sender) -> Option<Msg> {
        if super::get().is_some() || !is_wanted_for(&msg, documents) {
            return Some(msg);
        }
        if let Msg::Palette(msg) = &msg {
            let awaited = self.palette_is_awaited.get();
            self.palette_is_awaited.set(palette::is_open_after(msg, awaited));
        }
        self.held.push(msg);
        if self.held.len() == 1 {
            fetch(sender);
        }
        None
    }

    /// What was held back and is to be answered now, in its order. Where it could not be fetched, only that without which nothing
    /// is shown: what documents there are.
    pub(crate) fn take(&mut self, how: late::Msg) -> Vec<Msg> {
        if how != late::Msg::Slow {
            self.palette_is_awaited.set(false);
        }
        match how {
            late::Msg::Slow => Vec::new(),
            late::Msg::Here => std::mem::take(&mut self.held),
            late::Msg::Missing => {
                let held = std::mem::take(&mut self.held).into_iter();
                held.filter(|msg| matches!(msg, Msg::Documents(_))).collect()
            }
        }
    }
}

/// What takes no longer needs no word, in milliseconds.
const SOON_MS: u32 = 400;

/// Fetches it, and says how it gets on.
fn fetch(sender: &Sender) {
    let slow = sender.clone();
    let word = Timeout::new(SOON_MS, move || slow.send_message(Msg::Late(late::Msg::Slow)));
    let sender = sender.clone();
    spawn_local(async move {
        let is_here = super::fetch().await;
        drop(word);
        let how = if is_here { late::Msg::Here } else { late::Msg::Missing };
        sender.send_message(Msg::Late(how));
    });
}
