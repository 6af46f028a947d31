//! The examples to choose from.

/// An example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Example {
    /// What it is called in addresses.
    pub(crate) slug: &'static str,
    /// What it is called by people.
    pub(crate) title: &'static str,
    /// Its document.
    pub(crate) source: &'static str,
}

macro_rules! examples {
    ($($slug:literal $title:literal;)*) => {
        /// Every example; the first is what a first visit shows.
        pub(crate) const EXAMPLES: &[Example] = &[$(Example {
            slug: $slug,
            title: $title,
            source: include_str!(concat!("../../static/examples/", $slug, ".yaml")),
        }),*];
    };
}

examples! {
    "update-the-cart" "Update the cart";
    "kill-and-clean-up" "Kill and clean up";
    "heartbeats" "Heartbeats";
    "child-interrupted" "A child is interrupted";
    "parent-with-children" "A parent with children";
    "failing-handler" "A handler that fails";
}
