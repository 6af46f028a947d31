//! A property that somebody makes: typed, or put together from what may stand next. It becomes a line of the source.

use halter_engine::Program;
use halter_spec::property::{Expected, STATUSES, expected, parse, short_name};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Msg;
use crate::model::Model;
use crate::sender::Sender;

const INPUT_ID: &str = "explore-property";

/// Words in a name that is made of a property.
const NAME_WORDS: usize = 4;

/// Names that a property may use.
#[derive(Debug, Clone, PartialEq, Default)]
struct Names {
    /// ThreadSpecs with their nodes.
    threads: Vec<(String, Vec<String>)>,
    events: Vec<String>,
}

impl Names {
    fn of(program: &Program) -> Names {
        let threads = program.specs.iter().map(|spec| {
            let nodes = spec.nodes.iter().map(|node| short_name(&node.name).to_owned());
            (spec.name.to_string(), nodes.collect())
        });
        Names {
            threads: threads.collect(),
            events: program.events.iter().map(|event| event.name.to_string()).collect(),
        }
    }

    /// What may stand next.
    fn next(&self, written: &str) -> Vec<String> {
        let mut next = Vec::new();
        for one in expected(written) {
            match one {
                Expected::Words(words) => next.push(words),
                Expected::Thread => next.extend(self.threads.iter().map(|(name, _)| name.clone())),
                Expected::Event => next.extend(self.events.iter().cloned()),
                Expected::Status => next.extend(STATUSES.map(ToOwned::to_owned)),
                Expected::Node(thread) => {
                    let of = self.threads.iter().find(|(name, _)| *name == thread);
                    next.extend(of.into_iter().flat_map(|(_, nodes)| nodes.iter().cloned()));
                }
                Expected::Number => next.extend(["0", "1", "2"].map(ToOwned::to_owned)),
                Expected::Value => {}
            }
        }
        next
    }
}

/// A name for a property: its first words.
pub(super) fn name_of(property: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let letters = |word: &str| -> String {
        word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
    };
    let words = property.split([' ', '-', '.']).map(letters).filter(|word| !word.is_empty());
    let name = words.take(NAME_WORDS).collect::<Vec<_>>().join("-");
    if !is_taken(&name) {
        return name;
    }
    let mut others = (2..).map(|number| format!("{name}-{number}"));
    others.find(|other| !is_taken(other)).unwrap_or(name)
}

/// The form.
pub(super) fn view(model: &Model, sender: &Sender) -> Html {
    let Some(play) = &model.play else { return Html::default() };
    if model.is_read_only() {
        return Html::default();
    }
    let names = Names::of(play.sitting.program());
    html! {
        <details class="explore-may">
            <summary><b>{ "Ask something of your own" }</b></summary>
            <Form {names} refused={model.explore.property_refused.clone()} added={model.explore.properties_added} sender={sender.clone()} />
        </details>
    }
}

#[derive(Properties, Clone, PartialEq)]
struct Props {
    names: Names,
    refused: Option<String>,
    /// How many were added: with each the form is empty again.
    added: u32,
    sender: Sender,
}

#[component]
fn Form(props: &Props) -> Html {
    let written = use_state(String::new);
    {
        let written = written.clone();
        use_effect_with(props.added, move |_| written.set(String::new()));
    }
    let oninput = {
        let written = written.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                written.set(input.value());
            }
        })
    };
    let is_right = parse(&written).is_ok();
    // A last word that is only begun is not told against.
    let problem = parse(&written).err().map(|(_, why)| why);
    let next = props.names.next(&written);
    let problem = problem.filter(|_| !written.trim().is_empty() && next.is_empty());
    let said = problem.or_else(|| props.refused.clone().filter(|_| !written.is_empty()));
    let add = {
        let written = written.clone();
        props.sender.callback(move |event: SubmitEvent| {
            event.prevent_default();
            Msg::AddProperty(written.trim().to_owned())
        })
    };
    html! {
        <form class="explore-property" onsubmit={add}>
            <label for={INPUT_ID}>{ "A property of all runs" }</label>
            <input id={INPUT_ID} type="text" class="field-input" autocomplete="off" spellcheck="false" placeholder="never order is ERROR"
                aria-describedby="explore-property-said" aria-invalid={said.is_some().to_string()} value={(*written).clone()} {oninput} />
            <p id="explore-property-said" class="explore-said" aria-live="polite">{ said.unwrap_or_default() }</p>
            <div class="explore-words" role="group" aria-label="What may stand next">
                { for next.into_iter().map(|word| {
                    let written = written.clone();
                    let longer = format!("{} {word} ", written.trim_end()).trim_start().to_owned();
                    html! {
                        <button key={word.clone()} type="button" class="quiet" onclick={Callback::from(move |_: MouseEvent| {
                            written.set(longer.clone());
                            crate::browser::focus("#explore-property");
                        })}>{ word }</button>
                    }
                }) }
            </div>
            <button type="submit" class="quiet" disabled={!is_right}>{ "Add it to the source" }</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_has_a_name_that_is_free() {
        let name = |property: &str, taken: &[&str]| name_of(property, |name| taken.contains(&name));
        assert_eq!(name("never order is ERROR", &[]), "never-order-is-error");
        assert_eq!(
            name("never order is ERROR", &["never-order-is-error"]),
            "never-order-is-error-2"
        );
        assert_eq!(name("can (count kid-x >= 2)", &[]), "can-count-kid-x");
    }

    #[test]
    fn a_property_is_put_together_word_by_word() {
        let threads = vec![("order".to_owned(), vec!["charge".to_owned()])];
        let names = Names { threads, events: vec!["paid".to_owned()] };
        let mut written = String::new();
        for word in ["never", "order", "enters", "charge", "and", "event", "paid", "was taken"] {
            let next = names.next(&written);
            assert!(next.iter().any(|offered| offered == word), "{written}: {next:?}");
            written = format!("{written}{word} ");
        }
        assert!(parse(&written).is_ok());
    }
}
