//! What asks whether to go on with another build.

use yew::prelude::*;

use super::Msg;
use crate::model::Model;
use crate::sender::Sender;

/// The question, while it is open.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    if !model.renew.is_asked() {
        return Html::default();
    }
    html! {
        <div class="renew" role="group" aria-label="New version">
            <p>{ "A new version is ready. Reload to use it: your text is kept." }</p>
            <button type="button" class="quiet" onclick={sender.callback(|_| Msg::Take)}>{ "Reload" }</button>
            <button type="button" class="quiet" onclick={sender.callback(|_| Msg::Later)}>{ "Later" }</button>
        </div>
    }
}
