//! Another build of the page is there: whoever is at work is asked, and goes on with it when it suits them. What a
//! build is, and who keeps it, is decided in docs/decisions/016-updates.md.

pub(crate) mod shell;
pub(crate) mod update;
pub(crate) mod view;

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
