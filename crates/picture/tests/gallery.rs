//! The pictures of the gallery's cards are what is drawn of their moments. `HALTER_DRAW=1 cargo test -p halter-picture --test gallery`
//! draws them anew.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use halter_engine::semantics::Semantics;
use halter_picture::svg::{Parts, Theme, draw};
use halter_session::{Sitting, guide};
use halter_spec::load;
use serde_json::Value as Json;

/// Of a picture's file its text, for every card.
fn pictures(folder: &Path) -> BTreeMap<String, String> {
    let cards: Json =
        serde_json::from_str(&fs::read_to_string(folder.join("gallery/cards.json")).unwrap())
            .unwrap();
    let cards = cards["groups"].as_array().unwrap().iter();
    let cards = cards.flat_map(|group| group["cards"].as_array().unwrap());
    let pictures = cards.map(|card| {
        let (example, step) = (card["example"].as_str().unwrap(), card["step"].as_u64().unwrap());
        let rules = card["semantics"].as_str();
        let source = fs::read_to_string(folder.join(format!("examples/{example}.yaml"))).unwrap();
        let document = Arc::new(load(&source).document.unwrap());
        let semantics =
            rules.map_or(Semantics::DOCUMENTED, |name| Semantics::from_name(name).unwrap());
        let mut sitting = Sitting::new(document, semantics).unwrap();
        while (sitting.cursor() as u64) < step
            && let Some(command) = guide::next_in_script(&sitting)
        {
            sitting.take(command).unwrap();
        }
        assert_eq!(sitting.cursor() as u64, step, "{example} has no step {step}");
        if let Some(rule) = card["rule"].as_str() {
            let told = &sitting.current_step().unwrap().told;
            let happens = told.iter().any(|told| told.rule.id() == rule);
            let occurs = halter_engine::rules::RULES.iter().find(|of| of.id == rule).unwrap();
            assert!(happens || !occurs.rule.occurs(), "{rule} does not happen at {example} {step}");
        }
        let rules = rules.map_or_else(String::new, |name| format!("-{name}"));
        let file = format!("{}-{step}{rules}.svg", example.replace('/', "-"));
        (file, draw(&sitting, Parts::Graph, Theme::Auto))
    });
    pictures.collect()
}

#[test]
fn every_card_has_the_picture_of_its_moment() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static");
    let pictures = pictures(&folder);
    assert!(pictures.len() > 30, "{}", pictures.len());
    let gallery = folder.join("gallery");
    let is_picture = |file: &String| file.rsplit_once('.').is_some_and(|(_, end)| end == "svg");
    let files = || {
        let files = fs::read_dir(&gallery).unwrap().map(|file| file.unwrap().file_name());
        let mut files: Vec<String> =
            files.map(|file| file.into_string().unwrap()).filter(is_picture).collect();
        files.sort();
        files
    };
    if std::env::var_os("HALTER_DRAW").is_some() {
        for file in files() {
            fs::remove_file(gallery.join(file)).unwrap();
        }
        for (file, picture) in &pictures {
            fs::write(gallery.join(file), picture).unwrap();
        }
    }
    assert_eq!(files(), pictures.keys().cloned().collect::<Vec<_>>());
    for (file, picture) in pictures {
        let kept = fs::read_to_string(gallery.join(&file)).unwrap();
        assert!(
            kept == picture,
            "{file} is another picture now: HALTER_DRAW=1 cargo test -p halter-picture --test gallery"
        );
    }
}
