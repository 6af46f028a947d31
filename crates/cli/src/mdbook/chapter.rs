//! The fences of one chapter.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::embed;
use super::fence::Fence;

/// A fence called `halter`, as it stands in a text.
struct Found {
    range: Range<usize>,
    options: String,
    source: String,
}

/// The chapter with its playgrounds; nothing if it has none. What is wrong comes with its line.
pub(super) fn process(
    text: &str,
    playground: &str,
) -> Result<Option<String>, Vec<(usize, String)>> {
    let (mut processed, mut done, mut problems) = (String::new(), 0, Vec::new());
    let fences = find(text);
    for found in &fences {
        match written(found, playground) {
            Ok(html) => {
                processed.push_str(text.get(done..found.range.start).unwrap_or_default());
                processed.push_str(&html);
                // HTML ends at an empty line.
                processed.push('\n');
                processed.push_str(&container(text, found.range.start));
                done = found.range.end;
                if !text.get(done..).is_some_and(|rest| rest.starts_with('\n')) {
                    processed.push('\n');
                }
            }
            Err(problem) => {
                let line = text.bytes().take(found.range.start).filter(|byte| *byte == b'\n');
                problems.push((line.count() + 1, format!("halter: {problem}")));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if fences.is_empty() {
        return Ok(None);
    }
    processed.push_str(text.get(done..).unwrap_or_default());
    processed.push_str(&embed::script(playground));
    Ok(Some(processed))
}

fn written(found: &Found, playground: &str) -> Result<String, String> {
    let fence = Fence::read(&found.options)?;
    if found.source.trim().is_empty() {
        return Err("there is no workflow in it".to_owned());
    }
    embed::html(&found.source, &fence, playground)
}

/// All of them. A fence within another block, such as a list or a comment, is found as mdBook would.
fn find(text: &str) -> Vec<Found> {
    let extensions = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let (mut found, mut open) = (Vec::new(), None);
    for (event, range) in Parser::new_ext(text, extensions).into_offset_iter() {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = &event {
            let (name, options) =
                info.split_once(char::is_whitespace).unwrap_or((info.as_ref(), ""));
            open = (name == "halter").then(|| Found {
                range,
                options: options.to_owned(),
                source: String::new(),
            });
        } else if let (Event::Text(part), Some(fence)) = (&event, &mut open) {
            fence.source.push_str(part);
        } else if let Event::End(TagEnd::CodeBlock) = event {
            found.extend(open.take());
        }
    }
    found
}

/// What the lines begin with in the block that holds this place: `> ` of a quote, the indentation of a list.
fn container(text: &str, place: usize) -> String {
    let before = text.get(..place).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let kept: String = line.chars().map(|c| if c == '>' { c } else { ' ' }).collect();
    kept.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{container, find};

    #[test]
    fn fences_are_found_as_they_stand() {
        let text = "# A\n\n```halter step=1\na: b\n\nc: d\n```\n\n> - ~~~halter\n>   e: f\n>   ~~~\n\n\
                    ````md\n```halter\n```\n````\n\n<!--\n```halter\n```\n-->\n\n    ```halter\n\n```yaml\n```\n";
        let found = find(text);
        let told: Vec<_> = found.iter().map(|f| (f.options.as_str(), f.source.as_str())).collect();
        assert_eq!(told, [("step=1", "a: b\n\nc: d\n"), ("", "e: f\n")]);
        assert_eq!(container(text, found[0].range.start), "");
        assert_eq!(container(text, found[1].range.start), ">");
    }
}
