//! What the documents say of the repository is so: who depends on whom, and where things lie.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Documents that name files; the decisions do, too.
const GUIDES: [&str; 3] = ["README.md", "CONTRIBUTING.md", "docs/ARCHITECTURE.md"];

/// The folders that hold all else: what begins with one of them is a path, whatever its name ends in.
const FOLDERS: [&str; 6] = ["crates/", "docs/", "integrations/", "static/", "tests/", "web/"];

/// How files end that are named from within a crate or the page.
const EXTENSIONS: [&str; 7] = ["css", "json", "md", "mjs", "rs", "toml", "yaml"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What lies in a folder, in order.
fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

/// Every manifest of ours.
fn manifests() -> Vec<String> {
    let within = |folder: &'static str| {
        names(folder).into_iter().map(move |name| format!("{folder}/{name}/Cargo.toml"))
    };
    let all = within("crates")
        .chain(within("tests"))
        .chain(["web/Cargo.toml", "web/explorer/Cargo.toml"].map(str::to_owned));
    all.filter(|path| root().join(path).exists()).collect()
}

/// The crate's name, and the names of ours that it depends on; dev-dependencies do not count.
fn dependencies(manifest: &str) -> (String, Vec<String>) {
    let (mut section, mut name, mut found) = ("", String::new(), Vec::new());
    for line in manifest.lines().map(str::trim) {
        if let Some(title) = line.strip_prefix('[') {
            section = title.trim_end_matches(']');
            if let Some(dependency) = section.strip_prefix("dependencies.halter-") {
                found.push(dependency.to_owned());
            }
        } else if section == "package" && line.starts_with("name") {
            let quoted = line.split('"').nth(1).unwrap_or_default();
            quoted.strip_prefix("halter-").unwrap_or(quoted).clone_into(&mut name);
        } else if (section == "dependencies" || section.ends_with(".dependencies"))
            && let Some(dependency) = line.strip_prefix("halter-")
        {
            found.extend(dependency.split(['.', ' ', '=']).next().map(str::to_owned));
        }
    }
    (name, found)
}

#[test]
fn the_arrows_are_those_of_the_manifests() {
    let mut real = BTreeSet::new();
    for path in manifests() {
        let (name, found) = dependencies(&read(&path));
        real.extend(found.into_iter().map(|used| format!("{name} ─► {used}")));
    }
    let document = read("docs/ARCHITECTURE.md");
    let section = document.split("\n## ").find(|part| part.starts_with("Crates ")).unwrap();
    let mut told = BTreeSet::new();
    for (name, used) in section.lines().filter_map(|line| line.split_once(" ─► ")) {
        told.extend(used.split(", ").map(|used| format!("{} ─► {}", name.trim(), used.trim())));
    }
    let missing: Vec<_> = real.difference(&told).collect();
    let too_much: Vec<_> = told.difference(&real).collect();
    assert!(
        missing.is_empty() && too_much.is_empty(),
        "docs/ARCHITECTURE.md: missing {missing:?}, too much {too_much:?}"
    );
    assert!(real.len() > 20, "{real:?}");
}

#[test]
fn every_crate_stands_in_both_tables() {
    for guide in ["README.md", "docs/ARCHITECTURE.md"] {
        let text = read(guide);
        for name in names("crates") {
            assert!(text.contains(&format!("| `crates/{name}` | ")), "{guide}: crates/{name}");
        }
    }
}

#[test]
fn the_readme_names_every_folder_of_tests_and_every_document() {
    let text = read("README.md");
    for name in names("tests") {
        assert!(text.contains(&format!("| `tests/{name}` | ")), "tests/{name}");
    }
    for name in names("docs").into_iter().filter(|name| name != "hosting") {
        assert!(text.contains(&format!("](docs/{name})")), "docs/{name}");
    }
}

/// Whether what stands in backticks is to be a path, and not one with a placeholder such as PANEL.
fn is_path(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    let placeholder = |part: &str| part.len() > 1 && part.chars().all(|c| c.is_ascii_uppercase());
    let ending = text.rsplit_once('.').map_or("", |(_, ending)| ending);
    text.contains('/')
        && text.chars().all(plain)
        && !text.split('/').any(placeholder)
        && (FOLDERS.iter().any(|folder| text.starts_with(folder)) || EXTENSIONS.contains(&ending))
}

#[test]
fn files_that_are_named_exist() {
    let mut from: Vec<PathBuf> =
        ["", "docs", "crates", "web", "web/src"].map(|folder| root().join(folder)).into();
    from.extend(names("crates").iter().map(|name| root().join("crates").join(name).join("src")));
    let mut lost = Vec::new();
    let decisions =
        names("docs/decisions").into_iter().map(|name| format!("docs/decisions/{name}"));
    for guide in GUIDES.map(str::to_owned).into_iter().chain(decisions) {
        let text = read(&guide);
        let named: Vec<&str> = text.split('`').skip(1).step_by(2).filter(|t| is_path(t)).collect();
        assert!(!GUIDES.contains(&&*guide) || named.len() > 10, "{guide}: {named:?}");
        let exists = |path: &str| from.iter().any(|folder| folder.join(path).exists());
        let not_there = named.into_iter().filter(|path| !exists(path));
        lost.extend(not_there.map(|path| format!("{guide}: {path}")));
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn decisions_are_numbered_without_gaps_and_have_one_form() {
    for (number, file) in (1..).zip(names("docs/decisions")) {
        let number = format!("{number:03}");
        assert!(file.starts_with(&format!("{number}-")), "{file} should be number {number}");
        let text = read(&format!("docs/decisions/{file}"));
        assert!(
            text.starts_with(&format!("# {number} ")),
            "{file}: its title begins with {number}"
        );
        for part in ["Choice", "Why", "Instead of"] {
            assert!(text.contains(&format!("\n\n**{part}.** ")), "{file} has no **{part}.**");
        }
    }
}
