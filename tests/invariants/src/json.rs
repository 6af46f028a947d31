//! Any text as LittleHorse's JSON.

use halter_session::trace::Trace;
use halter_spec::proto_json::{self, read_value, write_value};

use crate::{document, play, source};

/// Any text that is read as one of LittleHorse's messages, or as a recorded trace, is written and read as the same.
pub fn json(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let loaded = halter_spec::load(&text);
    source::is_answered(&text, &loaded);
    if let Some(document) = loaded.document {
        document::survives(&document);
    }
    definitions(&text);
    values(&text);
    trace(&text);
}

fn definitions(text: &str) {
    if let Ok(read) = proto_json::read_wf_spec(text) {
        let written = proto_json::write_put_wf_spec_request(&read).to_string();
        assert_eq!(proto_json::read_wf_spec(&written), Ok(read), "{written}");
    }
    if let Ok((name, def)) = proto_json::read_task_def(text) {
        let written = proto_json::write_task_def(&name, &def).to_string();
        assert_eq!(proto_json::read_task_def(&written), Ok((name, def)), "{written}");
    }
    if let Ok((name, def)) = proto_json::read_external_event_def(text) {
        let written = proto_json::write_external_event_def(&name, &def).to_string();
        assert_eq!(proto_json::read_external_event_def(&written), Ok((name, def)), "{written}");
    }
    if let Ok((name, def)) = proto_json::read_user_task_def(text) {
        let written = proto_json::write_user_task_def(&name, &def).to_string();
        assert_eq!(proto_json::read_user_task_def(&written), Ok((name, def)), "{written}");
    }
    if let Ok((name, def)) = proto_json::read_workflow_event_def(text) {
        let written = proto_json::write_workflow_event_def(&name, &def).to_string();
        assert_eq!(proto_json::read_workflow_event_def(&written), Ok((name, def)), "{written}");
    }
}

fn values(text: &str) {
    let Ok(json) = serde_json::from_str(text) else {
        return;
    };
    if let Ok(value) = read_value(&json) {
        let written = write_value(&value);
        assert_eq!(read_value(&written), Ok(value), "{written}");
    }
}

/// A trace matches, or says where it does not; what is played of it is recorded so that it matches.
fn trace(text: &str) {
    let Ok(trace) = Trace::read(text) else {
        return;
    };
    let Ok(document) = trace.document.clone() else {
        return;
    };
    let document = std::sync::Arc::new(document);
    let commands = trace.commands().unwrap_or_default();
    let lines: Vec<_> = commands.iter().map(halter_session::script::write).collect();
    for semantics in play::BOTH {
        let mut sitting = play::sitting(&document, semantics);
        play::commands(&mut sitting, &lines);
        play::recorded(&sitting);
    }
}
