//! Starting from nothing: an empty document asks what its author wants to see.

pub(crate) mod update;

use yew::prelude::*;

use crate::documents;
use crate::msg::Msg;
use crate::sender::Sender;

/// A short document to start from.
struct Template {
    /// What somebody wants to see.
    title: &'static str,
    /// What it has.
    about: &'static str,
    source: &'static str,
}

const TEMPLATES: &[Template] = &[
    Template {
        title: "An event interrupts a thread",
        about: "One thread, one event, one handler",
        source: include_str!("templates/interrupt.yaml"),
    },
    Template {
        title: "A parent halts with its children",
        about: "A child for each of a list, and an interrupt",
        source: include_str!("templates/children.yaml"),
    },
    Template {
        title: "A task fails and is looked after",
        about: "Retries and a failure handler",
        source: include_str!("templates/failure.yaml"),
    },
    Template {
        title: "A thread waits, but not for ever",
        about: "An external event and a timeout",
        source: include_str!("templates/wait.yaml"),
    },
    Template {
        title: "A condition decides",
        about: "A loop, a branch, a variable that changes",
        source: include_str!("templates/loop.yaml"),
    },
    Template {
        title: "People decide",
        about: "A user task that an event can take back",
        source: include_str!("templates/approval.yaml"),
    },
];

/// The question and its answers.
pub(crate) fn view(sender: &Sender) -> Html {
    html! {
        <section class="panel start" aria-labelledby="start-title">
            <h2 id="start-title" class="start-title">{ "What do you want to see?" }</h2>
            <p class="start-line">{ "Choose a beginning and change it, or write or paste a workflow into the source: YAML, or LittleHorse's own JSON." }</p>
            <ul class="start-cards">
                { for TEMPLATES.iter().enumerate().map(|(index, template)| html! {
                    <li>
                        <button type="button" class="start-card" data-template={index.to_string()} onclick={sender.callback(move |_| Msg::ChooseTemplate(index))}>
                            <b class="start-card-title">{ template.title }</b>
                            <span class="start-card-about">{ template.about }</span>
                        </button>
                    </li>
                }) }
            </ul>
            <p class="start-line">
                { "Or look at an example: " }
                { for crate::examples::EXAMPLES.iter().enumerate().take(3).map(|(index, example)| html! {
                    <button type="button" class="link" onclick={sender.callback(move |_| Msg::ChooseExample(index))}>{ example.title }</button>
                }) }
                <button type="button" class="link" onclick={sender.callback(|_| documents::Msg::Toggle)}>{ "Your documents" }</button>
            </p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::TEMPLATES;

    #[test]
    fn every_template_can_be_run_as_it_is() {
        for template in TEMPLATES {
            let loaded = halter_spec::load(template.source);
            assert_eq!(loaded.diagnostics, [], "{}", template.title);
            assert!(loaded.document.is_some(), "{}", template.title);
        }
    }
}
