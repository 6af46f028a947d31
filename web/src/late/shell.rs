//! Fetches what is fetched late, and holds back what can't be answered before.

use wasm_bindgen_futures::spawn_local;

use super::is_wanted_for;
use crate::documents::Documents;
use crate::msg::Msg;
use crate::sender::Sender;

/// What waits.
#[derive(Default)]
pub(crate) struct Shell {
    held: Vec<Msg>,
}

impl Shell {
    /// Gives back what can be answered now; holds the rest back.
    pub(crate) fn pass(&mut self, msg: Msg, documents: &Documents, sender: &Sender) -> Option<Msg> {
        if super::get().is_some() || !is_wanted_for(&msg, documents) {
            return Some(msg);
        }
        self.held.push(msg);
        if self.held.len() == 1 {
            fetch(sender);
        }
        None
    }

    /// What was held back, in its order. Where it could not be fetched, only that without which nothing is shown: what
    /// documents there are.
    pub(crate) fn take(&mut self, is_here: bool) -> Vec<Msg> {
        let held = std::mem::take(&mut self.held).into_iter();
        held.filter(|msg| is_here || matches!(msg, Msg::Documents(_))).collect()
    }
}

/// Fetches it; `Msg::Late` says whether it came.
fn fetch(sender: &Sender) {
    let sender = sender.clone();
    spawn_local(async move { sender.send_message(Msg::Late(super::fetch().await)) });
}
