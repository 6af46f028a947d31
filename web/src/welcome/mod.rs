//! The first screen: one sentence, one big button, and three captions that come true one after the other. It stands in
//! the place of commands and player until somebody has seen an interrupt, or wants them.

mod progress;
pub(crate) mod update;
pub(crate) mod view;

/// What the first screen shows, and what it says. The texts are about the first example.
struct Tour {
    example: &'static str,
    /// The event that the button posts.
    event: &'static str,
    says: &'static str,
    button: &'static str,
    captions: [(&'static str, &'static str); 3],
    /// The example that is worth a look after it: what it is called in addresses, and the button.
    next: (&'static str, &'static str),
}

const TOUR: Tour = Tour {
    example: "update-the-cart",
    event: "cart-updated",
    says: "An event can interrupt a workflow: its thread halts, a handler runs, and the thread goes on where it was.",
    button: "Interrupt the cart",
    captions: [
        ("The cart halts", "The event has come. The cart stops where it is."),
        ("The handler runs", "A thread of its own adds the item to the cart."),
        ("The cart resumes", "It waits for the checkout again, with the item in it."),
    ],
    next: ("parent-with-children", "See children halt first"),
};

/// What can be done on the first screen.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Msg {
    /// The big button: interrupt; while that is shown, show its end; then go on to the whole page.
    Press,
    /// Go on to the whole page.
    Close,
    /// Go on to the next example.
    Next,
}
