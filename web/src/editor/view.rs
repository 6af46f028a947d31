//! The panel of the source.

use halter_spec::Format;
use yew::prelude::*;

use super::{MOUNT_ID, Msg, Source, problems};
use crate::documents;
use crate::model::Model;
use crate::sender::Sender;

/// LittleHorse's JSON runs as it is; it reads better as source.
fn convert(source: &Source, sender: &Sender) -> Html {
    let is_json = source.format.is_some_and(|format| format != Format::Source);
    if !is_json || source.document.is_none() {
        return Html::default();
    }
    html! {
        <p class="convert">
            { "This is LittleHorse's JSON. It runs as it is." }
            <button type="button" class="quiet" onclick={sender.callback(|_| Msg::Convert)}>{ "Turn it into readable source" }</button>
        </p>
    }
}

/// The panel.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let open = model.layout.source.open;
    html! {
        <section id="source" class="panel source" aria-labelledby="source-title" data-open={open.to_string()}>
            <div class="panel-head source-head">
                <h2 id="source-title" class="panel-title source-title">{ "Source" }</h2>
                if model.embed.is_none() { { documents::view::switcher(model, sender) } }
                { problems::summary(&model.source) }
            </div>
            { documents::view::list(model, sender) }
            <div id="source-body" class="source-body" hidden={!open}>
                if !model.is_read_only() { { convert(&model.source, sender) } }
                <div id={MOUNT_ID} class="editor"></div>
                <p id="source-keys" class="spoken">
                    { "Tab indents; Escape and then Tab leaves the text. Control and Space completes, F2 renames, F12 goes to a definition, F8 to the next problem." }
                </p>
                { problems::list(model, sender) }
            </div>
        </section>
    }
}
