//! A JSON value as a tree that opens and closes.

use std::sync::Arc;

use halter_session::payload::show_json;
use halter_spec::value::Json;
use web_sys::Element;
use yew::prelude::*;

/// So much of a value is drawn: more is read in the value itself.
const SHOWN: usize = 300;

/// Of a variable's value.
#[derive(Properties, Clone, PartialEq)]
pub(super) struct Props {
    /// The variable's name.
    pub(super) name: String,
    pub(super) json: Arc<Json>,
}

/// The tree of a JSON object or array; closed at first, and not drawn until it is opened.
#[component]
pub(super) fn Tree(props: &Props) -> Html {
    let open = use_state(|| false);
    let ontoggle = {
        let open = open.clone();
        Callback::from(move |event: Event| {
            let details = event.target_dyn_into::<Element>();
            open.set(details.is_some_and(|details| details.has_attribute("open")));
        })
    };
    let mut left = SHOWN;
    html! {
        <details class="tree" data-tree={props.name.clone()} {ontoggle}>
            <summary>{ "as a tree" }<span class="spoken">{ format!(": {}", props.name) }</span></summary>
            if *open { { entries(&props.json, &mut left) } }
        </details>
    }
}

fn entries(json: &Json, left: &mut usize) -> Html {
    match json {
        Json::Obj(entries) => {
            list(entries.iter().map(|(key, json)| (key.to_string(), json)), entries.len(), left)
        }
        Json::Arr(items) => {
            let numbered = items.iter().enumerate();
            list(numbered.map(|(index, json)| (index.to_string(), json)), items.len(), left)
        }
        Json::Null | Json::Bool(_) | Json::Int(_) | Json::Double(_) | Json::Str(_) => {
            Html::default()
        }
    }
}

fn list<'a>(
    entries: impl Iterator<Item = (String, &'a Json)>,
    count: usize,
    left: &mut usize,
) -> Html {
    let mut drawn = Vec::new();
    for (key, json) in entries {
        if *left == 0 {
            break;
        }
        *left -= 1;
        drawn.push(entry(&key, json, left));
    }
    let more = count - drawn.len();
    html! {
        <ul>
            { for drawn }
            if more > 0 { <li class="tree-more">{ format!("{more} more") }</li> }
        </ul>
    }
}

fn entry(key: &str, json: &Json, left: &mut usize) -> Html {
    let held = match json {
        Json::Arr(items) => Some(format!("{} in a list", items.len())),
        Json::Obj(entries) => Some(format!("{} in an object", entries.len())),
        Json::Null | Json::Bool(_) | Json::Int(_) | Json::Double(_) | Json::Str(_) => None,
    };
    match held {
        Some(held) => html! {
            <li>
                <details open=true>
                    <summary><code>{ key }</code>{ " " }<span class="tree-held">{ held }</span></summary>
                    { entries(json, left) }
                </details>
            </li>
        },
        None => {
            html! { <li><code>{ key }</code>{ " " }<span>{ show_json(json) }</span></li> }
        }
    }
}
