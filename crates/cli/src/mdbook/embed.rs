//! The HTML that takes a fence's place. It is one line, so that it can stand wherever a fence can.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::ValueEnum as _;

use super::fence::Fence;
use super::picture;

/// `<halter-playground>`, and in it what is there until it is loaded, or for good where there is no JavaScript.
pub(super) fn html(source: &str, fence: &Fence, playground: &str) -> Result<String, String> {
    let semantics = fence.semantics.and_then(|semantics| semantics.to_possible_value());
    let theme = fence.theme.and_then(|theme| theme.to_possible_value());
    let given = [
        ("playground", Some(playground.to_owned())),
        ("source", Some(source.to_owned())),
        ("step", fence.step.map(|step| step.to_string())),
        ("panels", fence.panels.as_ref().map(|panels| panels.join(","))),
        ("semantics", semantics.map(|value| value.get_name().to_owned())),
        ("theme", theme.map(|value| value.get_name().to_owned())),
        ("label", fence.title.clone()),
        ("read-only", fence.read_only.then(String::new)),
        ("on-press", fence.on_press.then(String::new)),
    ];
    let attributes: String = given
        .iter()
        .filter_map(|(name, value)| Some(format!(" {name}=\"{}\"", escaped(value.as_ref()?))))
        .collect();
    let image = format!(
        "<img alt=\"{}\" src=\"data:image/svg+xml;base64,{}\">",
        escaped(fence.title.as_deref().unwrap_or("The workflow")),
        STANDARD.encode(picture::draw(source, fence)?)
    );
    let language = if source.trim_start().starts_with('{') { "json" } else { "yaml" };
    let code = format!("<pre><code class=\"language-{language}\">{}</code></pre>", escaped(source));
    Ok(format!(
        "<div class=\"halter\"><halter-playground{attributes}>{image}{code}</halter-playground></div>"
    ))
}

/// The script that a page with playgrounds needs, once.
pub(super) fn script(playground: &str) -> String {
    format!("\n\n<script src=\"{}halter-playground.js\" defer></script>\n", escaped(playground))
}

/// A text within HTML, without a line's end.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' => escaped.push_str("&#9;"),
            other => escaped.push(other),
        }
    }
    escaped
}
