//! How lessons answer.

use std::rc::Rc;

use halter_lessons::{Lesson, Page, Task, holds, predicted};
use halter_session::Sitting;

use super::{Effect, Learn, Msg, SLUGS, Taking};
use crate::effect::Effect as PageEffect;
use crate::layout::Tab;
use crate::model::{Model, Play};
use crate::{documents, update};

/// Changes the model; says what else is to be done.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<PageEffect> {
    match msg {
        Msg::Open => open(model),
        Msg::Start(index) => start(model, index),
        Msg::Page(page) => go_to(model, page),
        Msg::Hint => {
            let hint = task(&model.learn).and_then(|(.., page)| match &page.task {
                Task::Do(task) => Some(task.hint.clone()),
                Task::Read | Task::Predict(_) => None,
            });
            model.announcement = hint.unwrap_or_default();
            change(model, |taking| taking.hinted = true);
            Vec::new()
        }
        Msg::ShowMe => show_me(model),
        Msg::Guess(thread, status) => {
            change(model, |taking| {
                taking.guesses.insert(thread, status);
                taking.missing = false;
            });
            Vec::new()
        }
        Msg::Check => check(model),
        Msg::Again => {
            let page = model.learn.taking.as_ref().map_or(0, |taking| taking.page);
            enter(model, page, true)
        }
        Msg::Leave => {
            model.learn.taking = None;
            vec![PageEffect::Focus("#learn-title")]
        }
    }
}

fn change(model: &mut Model, how: impl FnOnce(&mut Taking)) {
    if let Some(taking) = &mut model.learn.taking {
        how(taking);
    }
}

/// The lesson that is taken, its page, and how far that is.
fn task(learn: &Learn) -> Option<(&Rc<Lesson>, &Taking, &Page)> {
    let (lesson, taking) = learn.taken()?;
    Some((lesson, taking, lesson.pages.get(taking.page)?))
}

/// Lets the drawer show lessons.
fn open(model: &mut Model) -> Vec<PageEffect> {
    model.learn.read();
    model.tab = Tab::Lessons;
    model.explore.map = None;
    model.layout.story.open = true;
    vec![
        PageEffect::KeepLayout(model.layout),
        PageEffect::Focus("#story [role=tab][aria-selected=true]"),
    ]
}

/// Takes a lesson, at the page at which it was left.
pub(crate) fn start(model: &mut Model, index: usize) -> Vec<PageEffect> {
    let mut effects = open(model);
    let lesson = model.learn.lessons.get(index).and_then(Option::as_ref);
    let (Some(lesson), Some(slug)) = (lesson.cloned(), SLUGS.get(index)) else {
        return effects;
    };
    model.welcome = false;
    let gone = model.learn.progress.get(*slug).copied().unwrap_or(0);
    let page = if gone < lesson.pages.len() { gone } else { 0 };
    model.learn.taking = Some(Taking::at(index, page));
    effects.append(&mut enter(model, page, true));
    effects
}

/// Goes to a page; behind the last one, to all lessons.
fn go_to(model: &mut Model, to: usize) -> Vec<PageEffect> {
    let Some((lesson, taking)) = model.learn.taken() else {
        return Vec::new();
    };
    let (lesson, index, from, done) = (Rc::clone(lesson), taking.lesson, taking.page, taking.done);
    let mut effects = Vec::new();
    if to == from + 1
        && let Some(slug) = SLUGS.get(index)
    {
        let gone = model.learn.progress.entry((*slug).to_owned()).or_default();
        *gone = to.max(*gone);
        effects.push(Effect::Keep(model.learn.progress.clone()).into());
    }
    if to >= lesson.pages.len() {
        model.announcement = format!("That was the lesson: {}.", lesson.title);
        effects.append(&mut update(model, Msg::Leave));
        return effects;
    }
    // What somebody did by hand goes on, if the next page is about it.
    let is_read = lesson.pages.get(from).is_some_and(|page| page.task == Task::Read);
    let follows = to == from + 1 && (done || is_read);
    let anew = !follows || lesson.pages.get(to).is_some_and(|page| page.play.is_some());
    effects.append(&mut enter(model, to, anew));
    effects
}

/// Shows a page; the stage goes on, or shows how the page begins.
fn enter(model: &mut Model, page: usize, anew: bool) -> Vec<PageEffect> {
    let Some((lesson, taking)) = model.learn.taken() else {
        return Vec::new();
    };
    let (lesson, index) = (Rc::clone(lesson), taking.lesson);
    model.learn.taking = Some(Taking::at(index, page));
    let mut effects = Vec::new();
    if anew && let Ok(sitting) = lesson.begin(page) {
        effects = stage(model, &lesson, index, sitting);
    }
    let heading = lesson.pages.get(page).map_or("", |page| &page.heading);
    model.announcement = format!("Page {} of {}: {heading}", page + 1, lesson.pages.len());
    effects.push(PageEffect::Focus("#learn-title"));
    effects
}

/// Lets the stage show a run of a lesson's workflow.
fn stage(model: &mut Model, lesson: &Lesson, index: usize, sitting: Sitting) -> Vec<PageEffect> {
    model.semantics = lesson.semantics;
    let is_shown =
        *model.source.text == *lesson.source && model.documents.open.lesson == Some(index);
    if is_shown && !model.source.stale {
        update::forget_run(model);
        model.play = Some(Play::new(sitting, model.graph_width));
        return Vec::new();
    }
    documents::update::open_lesson(model, index, lesson, sitting)
}

/// Plays what does the task.
fn show_me(model: &mut Model) -> Vec<PageEffect> {
    let Some((lesson, taking, page)) = task(&model.learn) else {
        return Vec::new();
    };
    let (lesson, index, page_index) = (Rc::clone(lesson), taking.lesson, taking.page);
    let way = page.task.way().to_vec();
    let Some(((last, first), mut sitting)) = way.split_last().zip(lesson.begin(page_index).ok())
    else {
        return Vec::new();
    };
    if halter_lessons::play(first, &mut sitting).is_err() {
        return Vec::new();
    }
    let command = last.read(&sitting).ok();
    let mut effects = stage(model, &lesson, index, sitting);
    // The last command is shown moment by moment.
    effects.extend(command.into_iter().flat_map(|command| update::take(model, command)));
    effects
}

/// Gives the command that is asked about, and compares.
fn check(model: &mut Model) -> Vec<PageEffect> {
    let Some((_, taking, page)) = task(&model.learn) else {
        return Vec::new();
    };
    let (Task::Predict(predict), Some(play)) = (&page.task, &model.play) else {
        return Vec::new();
    };
    let Ok(prediction) = predicted(predict, &play.sitting) else {
        return Vec::new();
    };
    let guessed = |of: &halter_lessons::Answer| taking.guesses.contains_key(&of.thread);
    if !prediction.answers.iter().all(guessed) {
        change(model, |taking| taking.missing = true);
        return Vec::new();
    }
    let right = |of: &&halter_lessons::Answer| taking.guesses.get(&of.thread) == Some(&of.after);
    let count = prediction.answers.iter().filter(right).count();
    let says = format!("{count} of {} guesses are right.", prediction.answers.len());
    change(model, |taking| {
        taking.done = true;
        taking.answers.clone_from(&prediction.answers);
    });
    let mut effects = update::take(model, prediction.command);
    model.announcement = format!("{says} {}", model.announcement);
    effects.push(PageEffect::Focus("#learn-verdict"));
    effects
}

/// After anything happened: whether the task is done now. What is still shown moment by moment is not over yet.
pub(crate) fn after(model: &mut Model) {
    if model.player.within_step || model.replaying.is_some() {
        return;
    }
    let Some((_, taking, page)) = task(&model.learn) else {
        return;
    };
    let (Task::Do(task), Some(play), false) = (&page.task, &model.play, taking.done) else {
        return;
    };
    if holds(&task.until.condition, &play.sitting) {
        change(model, |taking| taking.done = true);
        model.announcement.push_str(" The task of the lesson is done.");
    }
}
