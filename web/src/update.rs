//! How the page answers: here, and in the panels' `update.rs`, the model changes. A panel's answer may ask for another's.

use std::sync::Arc;

use halter_engine::CompileError;
use halter_engine::command::Command;
use halter_engine::semantics::Semantics;
use halter_session::offers::Action;
use halter_session::sitting::Replay;
use halter_session::why::{self, Subject};
use halter_session::{Sitting, guide, offers, view};
use halter_spec::model::Document;

use crate::effect::Effect;
use crate::layout::Tab;
use crate::model::{LOG_STEPS, Model, Notice, Play};
use crate::msg::Msg;
use crate::replaying::{self, Why};
use crate::{demo, documents, editor, embed, files, graph, late, layout, start};
use crate::{player, renew, timeline, welcome};

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects =
        if replaying::is_ended_by(&msg) { replaying::stop(model) } else { Vec::new() };
    effects.append(&mut late::update::ask(|late| (late.before)(model, &msg)));
    player::before(model, &msg);
    effects.append(&mut answer(model, msg));
    effects.append(&mut player::after(model));
    effects.extend(player::keep_soon(model));
    effects.extend(welcome::update::after(model));
    effects.append(&mut late::update::ask(|late| (late.after)(model)));
    effects.extend(model.replaying.is_some().then_some(Effect::AwaitSlice));
    effects
}

fn answer(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Editor(msg) => editor::update::update(model, msg),
        Msg::Documents(msg) => documents::update::update(model, msg),
        Msg::Explore(msg) => late::update::ask(|late| (late.explore)(model, msg)),
        Msg::Export(msg) => late::update::ask(|late| (late.export)(model, msg)),
        Msg::Files(msg) => files::update::update(model, msg),
        Msg::Draw(msg) => late::update::ask(|late| (late.draw)(model, msg)),
        Msg::Embed(msg) => embed::update(model, msg),
        Msg::Guard(msg) => late::update::ask(|late| (late.guard)(model, msg)),
        Msg::Demo(msg) => demo::update::update(model, msg),
        Msg::Gallery(msg) => late::update::ask(|late| (late.gallery)(model, msg)),
        Msg::Learn(msg) => late::update::ask(|late| (late.learn)(model, msg)),
        Msg::Graph(msg) => graph::update(model, msg),
        Msg::ChooseExample(index) => documents::update::open_example(model, index),
        Msg::ChooseTemplate(index) => start::update::choose(model, index),
        Msg::Layout(msg) => layout::update(model, msg),
        Msg::SetSemantics(name) => set_semantics(model, name),
        Msg::Fill(action, index, draft) => {
            if model.field_error.as_ref().is_some_and(|(of, _)| *of == action) {
                model.field_error = None;
            }
            model.drafts.insert((action, index), draft);
            Vec::new()
        }
        Msg::Give(action) => give(model, action),
        Msg::ShowFields(action) => {
            model.fields_open = Some(action).filter(|_| model.fields_open != Some(action));
            vec![match model.fields_open {
                Some(_) => Effect::Focus(".offer-panel .field-input"),
                None => Effect::FocusBack,
            }]
        }
        Msg::ShowHint => vec![Effect::FocusHint],
        Msg::FillSeconds(text) => {
            model.seconds = text;
            model.seconds_error = None;
            Vec::new()
        }
        Msg::PassSeconds => match offers::pass_time(&model.seconds) {
            Ok(command) => take(model, command),
            Err(error) => {
                model.announcement.clone_from(&error);
                model.seconds_error = Some(error);
                Vec::new()
            }
        },
        Msg::Back => travel(model, Sitting::back),
        Msg::Forward => player::forward(model),
        Msg::GoTo(steps) => travel(model, |sitting| sitting.go_to(steps)),
        Msg::LookAt(id) => look_at(model, id),
        Msg::Restart => {
            model.chosen = None;
            let full =
                model.play.as_ref().and_then(|play| timeline::forgotten_by_leaving(&play.sitting));
            let effects = travel(model, Sitting::restart);
            timeline::tell_forgotten(model, full);
            effects
        }
        Msg::Select(thread) => {
            model.chosen = Some(thread);
            model.asked = None;
            vec![Effect::RevealThread(thread)]
        }
        Msg::Arrive(found) => documents::update::go_to_address(model, found),
        Msg::Ask(subject) => ask(model, subject),
        Msg::AskNothing => {
            model.asked = None;
            Vec::new()
        }
        Msg::ShowOccurrence(id) => show_occurrence(model, id),
        Msg::ShowMoreSteps => {
            model.log_steps += LOG_STEPS;
            Vec::new()
        }
        Msg::ShowWholeStep(step) => {
            model.log_whole = Some(step);
            Vec::new()
        }
        Msg::Timeline(msg) => timeline::update(model, msg),
        Msg::Player(msg) => player::update(model, msg),
        Msg::Replaying(msg) => replaying::update(model, msg),
        Msg::Palette(msg) => late::update::ask(|late| (late.palette)(model, msg)),
        Msg::Renew(msg) => renew::update::update(model, msg),
        Msg::Welcome(msg) => welcome::update::update(model, msg),
        Msg::Late(msg) => {
            late::update::tell(model, msg);
            Vec::new()
        }
        Msg::Dismiss => {
            model.notice = None;
            Vec::new()
        }
    }
}

/// What is said of a WfRun that was found on a server.
const OF_SERVER: &str = "This WfRun is from a server, and stands where it was found: it goes on by the rules of server 1.2.";

/// Plays the commands so far again with a new document, or starts a run if there is none.
pub(crate) fn run_document(model: &mut Model, document: Arc<Document>) {
    let same = |play: &&Play| {
        let shown = play.sitting.document();
        shown.wf_spec.name == document.wf_spec.name && shown.found == document.found
    };
    let begun = match model.play.as_ref().filter(same) {
        Some(play) => Replay::of(&play.sitting, document, model.semantics).map(|replay| {
            // It tells nobody outside the page.
            drop(replaying::begin(model, replay, Why::Edited));
        }),
        None => begin(model, document),
    };
    if let Err(error) = begun {
        model.source.stale = true;
        model.notice = Some(Notice::plain(error.to_string()));
    }
}

/// Begins a run; what was found on a server begins where it was found.
fn begin(model: &mut Model, document: Arc<Document>) -> Result<(), CompileError> {
    let rebuilt = document.rebuilt;
    let is_of_server = (rebuilt || document.found.is_some()) && model.embed.is_none();
    if is_of_server {
        model.semantics = Semantics::SERVER_1_2;
    }
    let mut sitting = Sitting::new(document, model.semantics)?;
    start(&mut sitting);
    if rebuilt {
        take_script(&mut sitting, usize::MAX);
    }
    model.play = Some(Play::new(sitting, model.graph_width));
    model.notice = is_of_server.then(|| Notice::plain(OF_SERVER));
    "The source has no problems.".clone_into(&mut model.announcement);
    Ok(())
}

/// Plays the document's script, until the sitting has so many steps or the script ends.
pub(crate) fn play_script(model: &mut Model, steps: usize) {
    let Some(play) = &mut model.play else {
        return;
    };
    take_script(&mut play.sitting, steps);
    play.sitting.go_to(steps);
    play.refresh();
}

/// Takes what comes in the script, until there are so many steps.
fn take_script(sitting: &mut Sitting, steps: usize) {
    while sitting.cursor() < steps
        && let Some(command) = guide::next_in_script(sitting)
    {
        if sitting.take(command).is_none() {
            break;
        }
    }
}

/// Starts the run as the document's script does, or simply, if it needs nothing.
fn start(sitting: &mut Sitting) {
    if let Some(command) = guide::start(sitting) {
        sitting.take(command);
    }
}

/// Asks why; the answer is said as well as shown.
fn ask(model: &mut Model, subject: Subject) -> Vec<Effect> {
    let answer = model.play.as_ref().and_then(|play| why::ask(&play.sitting, &subject));
    let Some(answer) = answer else {
        return Vec::new();
    };
    let reason = answer.chain.last().map_or("", |link| &link.sentence);
    model.announcement = format!("{} {reason}. {}", answer.question, answer.moves);
    model.asked = Some(subject);
    // The answer stands in the story.
    show_story(model);
    vec![Effect::RevealWhy]
}

/// Lets the drawer show why, variables and log.
fn show_story(model: &mut Model) {
    model.layout.story.open = true;
    model.tab = Tab::Run;
}

/// Before another run is shown.
pub(crate) fn forget_run(model: &mut Model) {
    model.play = None;
    model.replaying = None;
    model.chosen = None;
    model.asked = None;
    model.timeline.compared = None;
    model.shown_occurrence = None;
    model.drafts.clear();
    model.field_error = None;
    model.fields_open = None;
    model.log_steps = LOG_STEPS;
    model.log_whole = None;
    model.notice = None;
}

/// Shows a document that was not started yet.
pub(crate) fn load_document(model: &mut Model, document: Arc<Document>) {
    match Sitting::new(document, model.semantics) {
        Ok(sitting) => model.play = Some(Play::new(sitting, model.graph_width)),
        Err(error) => {
            model.source.stale = true;
            model.notice = Some(Notice::plain(error.to_string()));
        }
    }
}

pub(crate) fn set_semantics(model: &mut Model, name: &'static str) -> Vec<Effect> {
    let Some(semantics) = Semantics::from_name(name) else {
        return Vec::new();
    };
    model.semantics = semantics;
    if let Some(play) = &model.play {
        let document = Arc::clone(play.sitting.document());
        if let Ok(replay) = Replay::of(&play.sitting, document, semantics) {
            return replaying::begin(model, replay, Why::Semantics(name));
        }
    }
    model.announcement = format!("The run follows the semantics {name} now.");
    vec![Effect::KeepSemantics(name)]
}

pub(crate) fn give(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(play) = &model.play else {
        return Vec::new();
    };
    let Some(offer) = play.offers.iter().find(|offer| offer.action == action) else {
        return Vec::new();
    };
    let drafts: Vec<_> = (0..offer.fields.len()).map(|index| model.draft(offer, index)).collect();
    match offer.command(&drafts, &play.sitting) {
        Ok(command) => {
            model.field_error = None;
            model.fields_open = None;
            let mut effects = take(model, command);
            effects.push(Effect::HoldFocus);
            effects
        }
        Err(error) => {
            model.announcement.clone_from(&error.1);
            model.field_error = Some((action, error));
            model.fields_open = Some(action);
            vec![Effect::Focus(".offer-panel [aria-invalid='true']")]
        }
    }
}

pub(crate) fn take(model: &mut Model, command: Command) -> Vec<Effect> {
    let Some(play) = &mut model.play else {
        return Vec::new();
    };
    let forgotten = timeline::forgotten_next(&play.sitting);
    let before = play.sitting.state().clone();
    if play.sitting.take(command).is_none() {
        model.notice = Some(Notice::plain(format!(
            "This sitting is full: all its branches together have {} steps. Forget a branch.",
            halter_session::sitting::MAX_STEPS
        )));
        return Vec::new();
    }
    play.refresh();
    model.announcement = view::changes(&play.sitting);
    model.shown_occurrence = None;
    timeline::tell_forgotten(model, forgotten);
    let told = embed::told(model, &before);
    if model.player.by_moments {
        return told.into_iter().chain(player::replay(model)).collect();
    }
    model.player.within_step = false;
    told.into_iter().collect()
}

/// Shows the run as it was right after an occurrence.
fn look_at(model: &mut Model, id: u32) -> Vec<Effect> {
    model.player.within_step = false;
    let Some(play) = &mut model.play else {
        return Vec::new();
    };
    let Some((step, told)) = play.sitting.occurrence(id) else {
        return Vec::new();
    };
    let first = play
        .sitting
        .steps()
        .get(step - 1)
        .and_then(|step| step.told.first())
        .map_or(told.id, |first| first.id);
    let happened = (told.id - first) as usize + 1;
    play.sitting.go_to(step);
    play.refresh();
    play.sitting.look_at(happened);
    play.redraw();
    model.shown_occurrence = Some(id);
    model.announcement = format!("The run as it was at occurrence {id}.");
    Vec::new()
}

pub(crate) fn travel<T>(model: &mut Model, go: impl FnOnce(&mut Sitting) -> T) -> Vec<Effect> {
    let Some(play) = &mut model.play else {
        return Vec::new();
    };
    go(&mut play.sitting);
    play.refresh();
    model.player.within_step = false;
    model.announcement = format!(
        "Step {} of {}. {}",
        play.sitting.cursor(),
        play.sitting.steps().len(),
        view::changes(&play.sitting)
    );
    Vec::new()
}

fn show_occurrence(model: &mut Model, id: u32) -> Vec<Effect> {
    let Some(play) = &mut model.play else {
        return Vec::new();
    };
    if let Some((step, _)) = play.sitting.occurrence(id) {
        // The log shows what has happened up to the cursor: an effect's cause is always among it.
        let behind = play.sitting.cursor().saturating_sub(step);
        model.log_steps = model.log_steps.max(behind + 1);
        show_story(model);
        model.shown_occurrence = Some(id);
        return vec![Effect::RevealOccurrence(id)];
    }
    Vec::new()
}
