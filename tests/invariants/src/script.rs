//! Any text as commands.

use std::sync::{Arc, LazyLock};

use halter_spec::model::Document;
use halter_spec::{load, load_script, write_source};

use crate::play;

/// A few workflows that have all kinds of nodes between them.
const SOURCES: [&str; 3] = [
    include_str!("../../../static/examples/update-the-cart.yaml"),
    include_str!("../../../static/examples/human-decides.yaml"),
    include_str!("../../../static/examples/parent-with-children.yaml"),
];

static DOCUMENTS: LazyLock<Vec<(&str, Arc<Document>)>> = LazyLock::new(|| {
    let read = |text| Some((text, Arc::new(load(text).document?)));
    SOURCES.into_iter().filter_map(read).collect()
});

/// Any text is a script or none, of a few fixed workflows; what it plays is written into links, traces and sources, and
/// read as the same. A source or a trace plays its own commands.
pub fn script(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some(document) = load(&text).document {
        plays(&text, &Arc::new(document));
        return;
    }
    assert_eq!(DOCUMENTS.len(), SOURCES.len(), "the examples are accepted");
    for (source, document) in DOCUMENTS.iter() {
        let Ok(script) = load_script(&text, document) else {
            continue;
        };
        let document = Document { script, ..Document::clone(document) };
        let written = write_source(&document);
        assert!(written.is_ok(), "{:?}", document.script);
        plays(source, &Arc::new(document));
    }
}

fn plays(source: &str, document: &Arc<Document>) {
    for semantics in play::BOTH {
        let mut sitting = play::sitting(document, semantics);
        play::commands(&mut sitting, &document.script);
        play::offers(&mut sitting);
        sitting.go_to(sitting.steps().len() / 2);
        play::linked(&sitting, source);
        play::recorded(&sitting);
    }
}
