//! What the page's files may know of one another. State and messages of a panel know nothing of the page, so that the model
//! and the messages of the page can be made of them; and only `main.rs` knows the loop.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// What the page is made of panels by: none of it is known to a panel's state.
const PAGE: [&str; 6] =
    ["crate::app", "crate::model", "crate::msg", "crate::page", "crate::sender", "crate::update"];

fn sources(folder: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.append(&mut sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?;
            found.push((path, text));
        }
    }
    Ok(found)
}

fn page() -> Vec<(PathBuf, String)> {
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap_or_default()
}

#[test]
fn state_and_messages_of_a_panel_know_nothing_of_the_page() {
    let panels = page()
        .into_iter()
        .filter(|(path, text)| path.ends_with("mod.rs") && text.contains("pub(crate) enum Msg {"));
    let mut seen = 0;
    for (path, text) in panels {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for known in PAGE {
            assert!(!code.contains(known), "{} knows {known}", path.display());
        }
        seen += 1;
    }
    assert!(seen > 10, "{seen} panels");
}

#[test]
fn only_main_knows_the_loop() {
    let knows = |text: &str| text.contains("crate::app") || text.contains("app::App");
    let found = page().into_iter().filter(|(_, text)| knows(text)).map(|(path, _)| path);
    let found: Vec<PathBuf> = found.filter(|path| !path.ends_with("main.rs")).collect();
    assert!(found.is_empty(), "{found:?}");
    assert!(!page().is_empty());
}

#[test]
fn the_model_changes_in_updates_alone() {
    // The player's moments, and the run that a reload brings back, are updates with names of their own.
    let updates = ["update.rs", "moments.rs", "reload.rs"];
    let changes = page().into_iter().filter(|(_, text)| text.contains("&mut Model"));
    let found: Vec<PathBuf> = changes.map(|(path, _)| path).collect();
    let others = found.iter().filter(|path| !updates.iter().any(|name| path.ends_with(name)));
    assert_eq!(others.collect::<Vec<_>>(), Vec::<&PathBuf>::new());
    assert!(found.len() > 10);
}
