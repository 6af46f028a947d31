//! Another build of the page is there: whoever is at work is asked, and goes on with it when it suits them. What a
//! build is, and who keeps it, is decided in docs/decisions/019-updates.md.

pub(crate) mod shell;

use yew::prelude::*;

use crate::effect::Effect as PageEffect;
use crate::model::Model;
use crate::msg;
use crate::sender::Sender;

/// What the page knows about other builds.
#[derive(Debug, Default)]
pub(crate) struct Renew {
    /// The build that is there and is not this one.
    found: Option<String>,
    /// The build that was put off: it is not asked about again.
    put_off: Option<String>,
}

impl Renew {
    fn is_asked(&self) -> bool {
        self.found.is_some() && self.found != self.put_off
    }

    /// Another build is there, or none any more; whether that is news to be told.
    fn hear(&mut self, found: Option<String>) -> bool {
        let known = self.found == found;
        self.found = found;
        self.is_asked() && !known
    }

    fn put_off(&mut self) {
        self.put_off.clone_from(&self.found);
    }
}

/// What can happen.
#[derive(Debug, Clone)]
pub(crate) enum Msg {
    /// Another build is there, or none any more.
    Found(Option<String>),
    /// Go on with it.
    Take,
    /// Not now.
    Later,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Keep what was typed, and load the other build.
    Take,
}

impl From<Msg> for msg::Msg {
    fn from(msg: Msg) -> Self {
        Self::Renew(msg)
    }
}

impl From<Effect> for PageEffect {
    fn from(effect: Effect) -> Self {
        Self::Renew(effect)
    }
}

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<PageEffect> {
    match msg {
        Msg::Found(found) => {
            if model.renew.hear(found) {
                "A new version is ready. The buttons Reload and Later are at the top of the page."
                    .clone_into(&mut model.announcement);
            }
            Vec::new()
        }
        Msg::Take => vec![Effect::Take.into()],
        Msg::Later => {
            model.renew.put_off();
            Vec::new()
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::Renew;

    #[test]
    fn a_build_is_asked_about_until_it_is_put_off_and_the_one_after_it_again() {
        let mut renew = Renew::default();
        let build = |name: &str| Some(name.to_owned());
        assert!(!renew.hear(None) && !renew.is_asked(), "there is none");
        assert!(renew.hear(build("b")) && renew.is_asked());
        assert!(!renew.hear(build("b")), "told once");
        assert!(renew.is_asked());

        renew.put_off();
        assert!(!renew.is_asked());
        assert!(!renew.hear(build("b")) && !renew.is_asked(), "put off");

        assert!(renew.hear(build("c")) && renew.is_asked(), "another one");
        assert!(!renew.hear(None) && !renew.is_asked(), "taken back");
        assert!(!renew.hear(build("b")) && !renew.is_asked(), "still put off");
    }
}
