//! The playground's page.
#![forbid(unsafe_code)]

use yew::prelude::*;

/// The whole page.
#[component]
fn App() -> Html {
    html! {
        <main>
            <h1>{ "Halter" }</h1>
            <p>{ "A playground for LittleHorse workflow Interrupts." }</p>
        </main>
    }
}

fn main() {
    console_error_panic_hook::set_once();
    yew::Renderer::<App>::new().render();
}
