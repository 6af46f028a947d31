//! An accepted document survives every way in which it is written down.

use halter_export::{Target, export};
use halter_spec::model::{Document, TaskDef};
use halter_spec::{load, proto_json, write_source};

/// Writes an accepted document in every way and reads it again.
pub fn survives(document: &Document) {
    as_source(document);
    as_json(document);
    for target in [Target::Java, Target::Python] {
        if let Ok(code) = export(document, target) {
            assert!(code.ends_with('\n'));
        }
    }
}

fn as_source(document: &Document) {
    let written =
        write_source(document).unwrap_or_else(|why| panic!("{}\n{document:#?}", why.message()));
    let loaded = load(&written);
    let Some(read) = loaded.document else {
        panic!("{:?}\n{written}", loaded.diagnostics);
    };
    assert!(is_same(document, &read), "{written}\n{document:#?}\n{read:#?}");
    assert_eq!(write_source(&read).as_ref(), Ok(&written));
}

/// Whether they are the same but for the inputs of tasks of which only the name was known: a source says them.
fn is_same(document: &Document, read: &Document) -> bool {
    let mut read = read.clone();
    for (name, def) in &mut read.task_defs {
        if document.task_defs.get(name) == Some(&TaskDef::default()) {
            def.input_vars.clear();
        }
    }
    read == *document
}

fn as_json(document: &Document) {
    let text = proto_json::write_put_wf_spec_request(&document.wf_spec).to_string();
    assert_eq!(proto_json::read_wf_spec(&text).as_ref(), Ok(&document.wf_spec), "{text}");
    for (name, def) in &document.task_defs {
        let text = proto_json::write_task_def(name, def).to_string();
        assert_eq!(proto_json::read_task_def(&text), Ok((name.clone(), def.clone())), "{text}");
    }
    for (name, def) in &document.external_event_defs {
        let text = proto_json::write_external_event_def(name, def).to_string();
        let read = proto_json::read_external_event_def(&text);
        assert_eq!(read, Ok((name.clone(), def.clone())), "{text}");
    }
    for (name, def) in &document.user_task_defs {
        let text = proto_json::write_user_task_def(name, def).to_string();
        let read = proto_json::read_user_task_def(&text);
        assert_eq!(read, Ok((name.clone(), def.clone())), "{text}");
    }
    for (name, def) in &document.workflow_event_defs {
        let text = proto_json::write_workflow_event_def(name, def).to_string();
        let read = proto_json::read_workflow_event_def(&text);
        assert_eq!(read, Ok((name.clone(), def.clone())), "{text}");
    }
}
