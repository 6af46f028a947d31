//! The panel: what can be drawn at the node that is pointed at.

use halter_language::edits::{Field, FieldKind, fields};
use halter_spec::grammar::{Key, STATEMENTS};
use halter_spec::model::Document;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::drag::Drag;
use super::update::at;
use super::{At, Msg, menu};
use crate::field::Field as TextField;
use crate::model::Model;
use crate::sender::Sender;

/// Kinds that end a thread or stand for the script can't be added behind a step by themselves.
const NOT_ADDED: [&str; 2] = ["entrypoint", "exit"];

/// The kinds of steps that can be added.
pub(super) fn kinds() -> impl Iterator<Item = &'static Key> {
    let keys = STATEMENTS.iter().map(|statement| &statement.key);
    keys.filter(|key| !NOT_ADDED.contains(&key.name))
}

/// The panel.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    if model.source.is_blank() || !model.draw.open {
        return Html::default();
    }
    html! {
        <section class="panel draw" aria-labelledby="draw-title">
            <div class="panel-head">
                <h2 id="draw-title" class="panel-title">{ "Draw" }</h2>
                <button type="button" class="quiet draw-close" onclick={sender.callback(|_| Msg::Toggle)}>{ "Close drawing" }</button>
            </div>
            <div class="draw-body">{ body(model, sender) }</div>
            { menu::view(model, sender) }
            <Drag sender={sender.clone()} />
        </section>
    }
}

/// What opens the panel; it stands at the graph.
pub(crate) fn toggle(model: &Model, sender: &Sender) -> Html {
    if model.source.is_blank() || model.embed.is_some() {
        return Html::default();
    }
    html! {
        <button type="button" class="quiet draw-toggle" aria-pressed={model.draw.open.to_string()}
            title="Add, move and change steps at the node that is clicked" onclick={sender.callback(|_| Msg::Toggle)}>{ "Draw" }</button>
    }
}

fn body(model: &Model, sender: &Sender) -> Html {
    html! {
        <>
            if let Some(said) = &model.draw.said {
                <p class="draw-said" role="note">{ said }</p>
            }
            { match (at(model), model.source.document.as_deref()) {
                (Some(at), Some(document)) => at_node(model, document, &at, sender),
                _ => html! { <p class="draw-hint">{ "Click a node in the graph, or put the caret on a step of the source." }</p> },
            } }
            { palette(model, sender) }
            { new_thread(model, sender) }
        </>
    }
}

fn at_node(model: &Model, document: &Document, at: &At, sender: &Sender) -> Html {
    let (thread, node) = at;
    let button = |title: &str, msg: Msg| {
        html! {
            <button type="button" class="quiet" onclick={sender.callback(move |_| msg.clone())}>{ title }</button>
        }
    };
    html! {
        <>
            <p class="draw-at" data-draw-at={format!("{thread}.{node}")}>{ "At node " }<b>{ node }</b>{ " of thread " }<b>{ thread }</b></p>
            <div class="draw-row">
                { button("Move step earlier", Msg::Earlier) }
                { button("Move step later", Msg::Later) }
                { button("Delete step", Msg::Delete) }
            </div>
            { match fields(&model.source.text, thread, node) {
                Ok(fields) => html! {
                    <div class="draw-fields" key={format!("{thread}.{node}")}>
                        { for fields.iter().map(|field| view_field(field, sender)) }
                    </div>
                },
                Err(why) => html! { <p class="draw-hint">{ why.to_string() }</p> },
            } }
            { interrupts(model, document, thread, sender) }
        </>
    }
}

/// The kinds of steps: each is dragged to an edge, or pressed, which adds it behind the node.
fn palette(model: &Model, sender: &Sender) -> Html {
    let behind = at(model);
    html! {
        <div class="draw-row draw-kinds" role="group" aria-label="Steps to add">
            <span class="draw-hint">{ "Drag to an edge, press + on one, or press here to add behind the node:" }</span>
            { for kinds().map(|key| {
                let msg = Msg::Insert(key.name.to_owned());
                html! {
                    <button type="button" class="draw-kind" key={key.name} title={key.doc} aria-label={format!("Add {}", key.name)} aria-disabled={behind.is_none().to_string()}
                        data-draw-kind={key.name} onclick={sender.callback(move |_: MouseEvent| msg.clone())}>{ key.name }</button>
                }
            }) }
        </div>
    }
}

/// One field of the step; it is set when it is left, or by Enter.
fn view_field(field: &Field, sender: &Sender) -> Html {
    let name = field.name.clone();
    let set = move |value: String| Msg::Set(name.clone(), value);
    let value = field.value.clone().unwrap_or_default();
    let label = format!("Field {}", field.name);
    let list = format!("draw-names-{}", field.name);
    let control = match &field.kind {
        FieldKind::Flag => choice(&["true", "false"], &value, &label, chosen(sender, set)),
        FieldKind::Word(words) => choice(words, &value, &label, chosen(sender, set)),
        _ if value.contains('\n') => html! {
            <TextField {label} is_long={true} {value} on_set={sender.callback(set)} />
        },
        kind => {
            let names: &[String] = match kind {
                FieldKind::Name(_, names) => names,
                _ => &[],
            };
            html! {
                <>
                    <TextField {label} list={list.clone()} {value} on_set={sender.callback(set)} />
                    <datalist id={list}>{ for names.iter().map(|name| html! { <option value={name.clone()} /> }) }</datalist>
                </>
            }
        }
    };
    html! {
        <div class="draw-field" key={field.name.clone()} title={field.doc}>
            <span class="draw-field-name">{ &field.name }{ if field.required { " (needed)" } else { "" } }</span>
            { control }
        </div>
    }
}

fn choice(words: &[&str], value: &str, label: &str, onchange: Callback<Event>) -> Html {
    html! {
        <select aria-label={label.to_owned()} {onchange}>
            <option value="" selected={value.is_empty()}>{ "–" }</option>
            { for words.iter().map(|word| html! {
                <option value={(*word).to_owned()} selected={*word == value}>{ *word }</option>
            }) }
        </select>
    }
}

/// The interrupts of the thread, and a new one.
fn interrupts(model: &Model, document: &Document, thread: &str, sender: &Sender) -> Html {
    let spec = document.wf_spec.thread_specs.get(thread);
    let registered = spec.into_iter().flat_map(|spec| &spec.interrupt_defs);
    html! {
        <div class="draw-row draw-interrupts">
            { for registered.map(|interrupt| {
                let (event, handler) = (interrupt.external_event_def.clone(), interrupt.handler_spec_name.clone());
                let msg = Msg::RemoveInterrupt(thread.to_owned(), event.clone());
                html! {
                    <button type="button" class="quiet" onclick={sender.callback(move |_| msg.clone())}>
                        { format!("Remove interrupt {event} → {handler}") }
                    </button>
                }
            }) }
            <label class="choice"><span>{ "When event" }</span>
                <input id="draw-event" type="text" aria-label="Event of the interrupt" list="draw-events" value={model.draw.event.clone()} oninput={input(sender, Msg::Event)} onkeydown={on_enter(sender, Msg::AddInterrupt)} />
            </label>
            <label class="choice"><span>{ "comes, run" }</span>
                <input type="text" aria-label="Handler of the interrupt" list="draw-threads" placeholder="a new thread" value={model.draw.handler.clone()} oninput={input(sender, Msg::Handler)} onkeydown={on_enter(sender, Msg::AddInterrupt)} />
            </label>
            <datalist id="draw-events">{ for document.external_event_defs.keys().map(|name| html! { <option value={name.clone()} /> }) }</datalist>
            <datalist id="draw-threads">{ for document.wf_spec.thread_specs.keys().map(|name| html! { <option value={name.clone()} /> }) }</datalist>
            <button type="button" class="quiet" disabled={model.draw.event.trim().is_empty()} onclick={sender.callback(|_| Msg::AddInterrupt)}>{ "Add interrupt" }</button>
        </div>
    }
}

fn new_thread(model: &Model, sender: &Sender) -> Html {
    html! {
        <div class="draw-row">
            <label class="choice"><span>{ "New thread" }</span>
                <input type="text" aria-label="Name of the new thread" value={model.draw.thread.clone()} oninput={input(sender, Msg::ThreadName)} onkeydown={on_enter(sender, Msg::AddThread)} />
            </label>
            <button type="button" class="quiet" disabled={model.draw.thread.trim().is_empty()} onclick={sender.callback(|_| Msg::AddThread)}>{ "Add thread" }</button>
        </div>
    }
}

fn chosen(sender: &Sender, msg: impl Fn(String) -> Msg + 'static) -> Callback<Event> {
    sender.batch_callback(move |event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>()?.value();
        Some(msg(chosen))
    })
}

fn input(sender: &Sender, msg: impl Fn(String) -> Msg + 'static) -> Callback<InputEvent> {
    sender.batch_callback(move |event: InputEvent| {
        let typed = event.target_dyn_into::<HtmlInputElement>()?.value();
        Some(msg(typed))
    })
}

fn on_enter(sender: &Sender, msg: Msg) -> Callback<KeyboardEvent> {
    sender.batch_callback(move |event: KeyboardEvent| (event.key() == "Enter").then(|| msg.clone()))
}
