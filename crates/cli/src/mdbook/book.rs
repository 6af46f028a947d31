//! mdBook's protocol: a list of the context and the book comes in, the book goes out. Of both only what is needed is
//! read, so that books of other versions of mdBook pass as they are.

use serde_json::Value;

use super::chapter;

/// The book with its playgrounds, as JSON; or all that is wrong, each with its place.
pub(super) fn process(text: &str) -> Result<String, Vec<String>> {
    let input: Value =
        serde_json::from_str(text).map_err(|error| vec![format!("this is no book: {error}")])?;
    let Value::Array(mut parts) = input else {
        return Err(vec!["this is no book: mdBook gives a list of two parts".to_owned()]);
    };
    let (Some(mut book), Some(context), None) = (parts.pop(), parts.pop(), parts.pop()) else {
        return Err(vec!["this is no book: mdBook gives a list of two parts".to_owned()]);
    };
    let playground = playground(&context).map_err(|problem| vec![problem])?;
    let sources = context.pointer("/config/book/src").and_then(Value::as_str).unwrap_or("src");
    let mut problems = Vec::new();
    visit(&mut book, &mut |chapter| {
        let name = place(chapter, sources);
        if let Some(Value::String(content)) = chapter.get_mut("content") {
            match chapter::process(content, &playground) {
                Ok(Some(processed)) => *content = processed,
                Ok(None) => {}
                Err(found) => problems
                    .extend(found.into_iter().map(|(line, what)| format!("{name}:{line}: {what}"))),
            }
        }
    });
    if problems.is_empty() { Ok(book.to_string()) } else { Err(problems) }
}

/// Where Halter is published, with a slash at its end.
fn playground(context: &Value) -> Result<String, String> {
    let given = context.pointer("/config/preprocessor/halter/playground").and_then(Value::as_str);
    let is_address = |text: &&str| {
        let beyond = ["https://", "http://", "/"].iter().find_map(|start| text.strip_prefix(start));
        beyond.is_some_and(|rest| !rest.contains(char::is_whitespace))
    };
    match given.filter(is_address) {
        Some(address) => Ok(format!("{}/", address.trim_end_matches('/'))),
        None => Err("book.toml must say where Halter is published: in [preprocessor.halter], \
                     playground = \"https://halter.example/\""
            .to_owned()),
    }
}

/// Calls it for each chapter; chapters lie in lists within the book and within one another.
fn visit(value: &mut Value, then: &mut impl FnMut(&mut Value)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, then)),
        Value::Object(fields) => {
            for (name, inner) in fields {
                if name == "Chapter" {
                    then(inner);
                }
                visit(inner, then);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The chapter's file, or its name if it is of none.
fn place(chapter: &Value, sources: &str) -> String {
    let text = |name| chapter.get(name).and_then(Value::as_str);
    match text("source_path").or_else(|| text("path")) {
        Some(path) => format!("{sources}/{path}"),
        None => text("name").unwrap_or("a chapter").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::process;

    const FENCE: &str =
        "# A\n\n```halter step=1\nworkflow: order\nthreads:\n  main: [{sleep: 5}]\n```\n";

    fn given(playground: &Value, book: &Value) -> String {
        let config = json!({"book": {"src": "chapters"}, "preprocessor": {"halter": {"playground": playground}}});
        json!([{"root": "/", "config": config, "renderer": "html", "mdbook_version": "0.5.4"}, book]).to_string()
    }

    fn chapter(content: &str, sub_items: &Value) -> Value {
        json!({"Chapter": {"name": "A", "content": content, "number": [1], "sub_items": sub_items, "path": "a.md", "source_path": "a.md", "parent_names": []}})
    }

    #[test]
    fn chapters_of_older_and_newer_books_are_found_and_all_else_stays() {
        let inner = chapter(FENCE, &json!([]));
        let items = json!([chapter("# No fence", &json!([inner])), "Separator", {"PartTitle": "```halter"}]);
        for book in [json!({"items": items}), json!({"sections": items, "__non_exhaustive": null})]
        {
            let out = process(&given(&json!("https://halter.example"), &book)).unwrap();
            let out: Value = serde_json::from_str(&out).unwrap();
            let list = out.get("items").or(out.get("sections")).unwrap();
            assert_eq!(list[0]["Chapter"]["content"], "# No fence");
            assert_eq!(list[1], "Separator");
            let made = list[0]["Chapter"]["sub_items"][0]["Chapter"]["content"].as_str().unwrap();
            assert!(made.starts_with("# A\n\n<div class=\"halter\"><halter-playground playground=\"https://halter.example/\" source=\"workflow: order&#10;threads:&#10;"), "{made}");
            assert!(
                made.contains("<img alt=\"The workflow\" src=\"data:image/svg+xml;base64,"),
                "{made}"
            );
            assert!(made.ends_with("</halter-playground></div>\n\n\n\n<script src=\"https://halter.example/halter-playground.js\" defer></script>\n"), "{made}");
        }
    }

    #[test]
    fn all_that_is_wrong_is_told_with_chapter_and_line() {
        let text = "\n```halter stp=1\nx\n```\n\n```halter\n```\n\n```halter step=9\nworkflow: a\nthreads: {a: [{sleep: 1}]}\n```\n\n```halter\nthreads: [\n```\n";
        let book = json!({"items": [chapter(text, &json!([]))]});
        let problems = process(&given(&json!("https://halter.example"), &book)).unwrap_err();
        let told: Vec<_> = problems.iter().map(|told| told.lines().next().unwrap()).collect();
        assert_eq!(
            told,
            [
                "chapters/a.md:2: halter: there is no option stp: title, step, panels, semantics, theme, read-only, on-press",
                "chapters/a.md:6: halter: there is no workflow in it",
                "chapters/a.md:9: halter: its picture could not be drawn: there is no step 9: the script has 1",
                "chapters/a.md:14: halter: its picture could not be drawn:",
            ]
        );
    }

    #[test]
    fn a_book_that_is_none_and_a_playground_that_is_nowhere_are_told() {
        for text in ["", "{}", "[]", "[1]", "[1,2,3]", "[{},{}]"] {
            assert_eq!(process(text).unwrap_err().len(), 1, "{text}");
        }
        for playground in [
            json!(null),
            json!(7),
            json!("halter.example"),
            json!("javascript:x"),
            json!("https://a b"),
        ] {
            let problems = process(&given(&playground, &json!({"items": []}))).unwrap_err();
            assert!(problems[0].starts_with("book.toml must say"), "{problems:?}");
        }
        assert!(process(&given(&json!("/halter/"), &json!({"items": []}))).is_ok());
    }
}
