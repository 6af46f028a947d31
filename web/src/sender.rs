//! How a view, or something that listens to the browser, tells the page what happened. It knows messages and not who takes
//! them: what is drawn does not depend on what draws it.

use yew::Callback;

use crate::msg::Msg;

/// Whoever has it can send a message; copies send to the same page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sender(Callback<Msg>);

impl Sender {
    pub(crate) fn new(taken: Callback<Msg>) -> Self {
        Self(taken)
    }

    pub(crate) fn send_message(&self, msg: impl Into<Msg>) {
        self.0.emit(msg.into());
    }

    /// What is called with something makes a message of it, and sends that.
    pub(crate) fn callback<T: 'static, M: Into<Msg>>(
        &self,
        message: impl Fn(T) -> M + 'static,
    ) -> Callback<T> {
        self.batch_callback(move |of| Some(message(of)))
    }

    /// As [`Sender::callback`], if there is a message to be made.
    pub(crate) fn batch_callback<T: 'static, M: Into<Msg>>(
        &self,
        message: impl Fn(T) -> Option<M> + 'static,
    ) -> Callback<T> {
        let sender = self.clone();
        Callback::from(move |of| {
            if let Some(msg) = message(of) {
                sender.send_message(msg);
            }
        })
    }
}
