//! What the graph does to the model.

use halter_session::wf_runs;
use halter_session::why::Subject;

use super::Msg;
use crate::effect::Effect;
use crate::model::Model;
use crate::{draw, editor, msg};

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::AskReason(thread, index) => ask_reason(model, thread, index),
        Msg::ChooseNode(thread, node) => choose(model, thread, node),
        Msg::Fold(fold) => {
            if let Some(play) = &mut model.play {
                if !play.opened.remove(&fold) {
                    play.opened.insert(fold);
                }
                play.redraw();
            }
            Vec::new()
        }
        Msg::Wide(width) => {
            model.graph_width = width;
            if let Some(play) = &mut model.play {
                play.place_headings(width);
            }
            Vec::new()
        }
    }
}

fn ask_reason(model: &mut Model, thread: u32, index: usize) -> Vec<Effect> {
    let run = model.play.as_ref();
    let run = run.and_then(|play| wf_runs::of(&play.sitting, thread));
    let run = run.and_then(|(of, own)| of.state.thread(own));
    let Some(reason) = run.and_then(|run| run.halt_reasons.get(index)).cloned() else {
        return Vec::new();
    };
    let subject = Subject::HaltReason(thread, reason);
    crate::update::update(model, msg::Msg::Ask(subject))
}

/// Asks why; the text shows the step as well. Who draws goes to the text.
fn choose(model: &mut Model, thread: u32, node: u16) -> Vec<Effect> {
    let Some(play) = &model.play else {
        return Vec::new();
    };
    let Some(run) = play.run.thread(thread) else {
        return Vec::new();
    };
    let layout = play.layouts.get(run.spec as usize);
    let Some(name) =
        layout.and_then(|layout| layout.nodes.get(node as usize)).map(|node| node.name.clone())
    else {
        return Vec::new();
    };
    let whose = run.name();
    let visit = run.node_runs.iter().rev().find(|visit| visit.node == node);
    let subject = visit.map(|visit| Subject::Node(thread, visit.position));
    let drawing = draw::update::is_open(model);
    let mut effects = editor::update::update(model, editor::Msg::ShowNode(thread, name));
    if drawing {
        return effects;
    }
    for effect in &mut effects {
        if let Effect::Editor(editor::Effect::Select(span)) = *effect {
            // The focus stays in the graph, for the next question.
            *effect = editor::Effect::Show(span).into();
        }
    }
    match subject {
        Some(subject) => effects.append(&mut crate::update::update(model, msg::Msg::Ask(subject))),
        None => {
            model.announcement =
                format!("{whose} has not been at this node: nothing happened there yet.");
        }
    }
    effects
}
