//! A lesson's text on the page.

use halter_lessons::{Block, Inline, List};
use yew::prelude::*;

/// Parts of a page, one below the other.
pub(super) fn blocks(blocks: &[Block]) -> Html {
    html! { <>{ for blocks.iter().map(block) }</> }
}

fn block(block: &Block) -> Html {
    match block {
        Block::Paragraph(parts) => html! { <p>{ inlines(parts) }</p> },
        Block::List(List { first: None, items }) => {
            html! { <ul>{ for items.iter().map(|of| item(of)) }</ul> }
        }
        Block::List(List { first: Some(first), items }) => {
            html! { <ol start={first.to_string()}>{ for items.iter().map(|of| item(of)) }</ol> }
        }
        Block::Code(text) => html! { <pre tabindex="0"><code>{ text }</code></pre> },
    }
}

fn item(of: &[Block]) -> Html {
    match of {
        // A list of short things has no paragraphs.
        [Block::Paragraph(parts)] => html! { <li>{ inlines(parts) }</li> },
        _ => html! { <li>{ blocks(of) }</li> },
    }
}

fn inlines(parts: &[Inline]) -> Html {
    html! { <>{ for parts.iter().map(inline) }</> }
}

fn inline(part: &Inline) -> Html {
    match part {
        Inline::Text(text) => html! { { text } },
        Inline::Code(text) => html! { <code>{ text }</code> },
        Inline::Emphasis(parts) => html! { <em>{ inlines(parts) }</em> },
        Inline::Strong(parts) => html! { <strong>{ inlines(parts) }</strong> },
        Inline::Link { to, text } => {
            html! { <a href={to.clone()} target="_blank" rel="noopener">{ inlines(text) }</a> }
        }
        Inline::Break => html! { <br /> },
    }
}
