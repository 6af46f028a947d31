//! Pictures of all examples, at every step: XML that can be read, whose colours are all said, and which holds what is seen.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use halter_engine::Semantics;
use halter_picture::svg::{Parts, Theme, draw};
use halter_session::{Sitting, guide, view};
use halter_spec::load;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    let yaml = |folder: &Path| {
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|is| is == "yaml")).collect::<Vec<_>>()
    };
    let mut all = yaml(&folder);
    all.extend(yaml(&folder.join("deviations")));
    all.sort();
    assert!(all.len() > 25, "{all:?}");
    all
}

fn played(source: &str) -> Sitting {
    let document = Arc::new(load(source).document.expect("it is right"));
    let commands = document.script.len();
    let mut sitting = Sitting::new(document, Semantics::default()).unwrap();
    while let Some(command) = guide::next_in_script(&sitting) {
        sitting.take(command).unwrap();
    }
    assert_eq!(sitting.steps().len(), commands, "all of the script is played");
    sitting
}

/// The value of an attribute.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).unwrap()?;
    Some(found.value.into_owned())
}

/// The elements' names, classes and texts. It fails if it is not well formed.
fn read(picture: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let (mut names, mut classes, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    let mut reader = Reader::from_str(picture);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().expect("it is well formed") {
            Event::Start(element) | Event::Empty(element) => {
                names.push(element.name().as_ref().to_owned());
                let class = attribute(&element, "class").unwrap_or_default();
                classes.extend(class.split_whitespace().map(ToOwned::to_owned));
            }
            Event::Text(text) => texts.push(text.to_string()),
            Event::GeneralRef(name) => texts.push(format!("&{};", &*name)),
            Event::Eof => break,
            _ => {}
        }
    }
    (names, classes, texts)
}

#[test]
fn every_example_is_drawn_at_every_step() {
    let mut statuses = 0;
    for file in examples() {
        let mut sitting = played(&fs::read_to_string(&file).unwrap());
        for step in 0..=sitting.steps().len() {
            sitting.go_to(step);
            let picture = draw(&sitting, Parts::Both, Theme::Auto);
            let what = format!("{} at {step}", file.display());
            assert!(!picture.contains("NaN") && !picture.contains("inf\""), "{what}");
            let (names, classes, texts) = read(&picture);
            assert_eq!(names.first().map(String::as_str), Some("svg"), "{what}");
            let (light, dark) = picture.split_once("@media").expect("both grounds");
            for class in classes {
                assert!(light.contains(&format!(".{class}{{")), "{what}: {class} has no colour");
                assert!(dark.contains(&format!(".{class}{{")), "{what}: {class} has no colour");
            }
            let all = texts.concat();
            for thread in view::run(&sitting).threads {
                if thread.status.is_terminal() {
                    // It may stand behind another in the same place.
                    continue;
                }
                assert!(all.contains(&thread.spec_name), "{what}: {} is missing", thread.spec_name);
                assert!(all.contains(thread.status.name()), "{what}: {:?}", thread.status);
                statuses += 1;
            }
        }
    }
    assert!(statuses > 200, "{statuses}");
}

#[test]
fn what_a_document_says_stays_a_text() {
    let source = "workflow: w\nthreads:\n  main:\n    variables: {x: STR}\n    do:\n      - set: {x: \"</text><script>\\x01&amp;\"}\n      - sleep: 5\n";
    let sitting = played(source);
    let (names, _, texts) = read(&draw(&sitting, Parts::Both, Theme::Light));
    assert!(!names.contains(&"script".to_owned()));
    let texts = texts.concat();
    assert!(texts.contains("&lt;/text&gt;&lt;scr"), "{texts}");
}

#[test]
fn a_task_that_delays_a_halt() {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples/running-task.yaml");
    let mut sitting = played(&fs::read_to_string(file).unwrap());
    sitting.go_to(3);
    let picture = draw(&sitting, Parts::Both, Theme::Light);
    insta::assert_snapshot!(picture.replace("><", ">\n<"));
}

#[test]
fn a_dark_ground_has_the_other_colours() {
    let sitting = played("workflow: w\nthreads: {main: {do: [{sleep: 5}]}}\nscript: [run]\n");
    let of = |theme| draw(&sitting, Parts::Timeline, theme);
    assert!(of(Theme::Light).contains(".f-ground{fill:#f3f5f8}"));
    assert!(of(Theme::Dark).contains(".f-ground{fill:#0e151c}"));
    assert!(!of(Theme::Dark).contains("@media"));
}
