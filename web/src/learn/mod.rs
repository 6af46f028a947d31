//! Lessons beside the stage: a text, a thing to do that the page watches, a thing to guess that the engine answers. What a lesson is
//! says docs/lessons.md.

mod ask;
mod course;
mod page;
mod shell;
mod text;
pub(crate) mod update;
pub(crate) mod view;

use std::collections::BTreeMap;
use std::rc::Rc;

use halter_engine::state::{Status, ThreadNumber};
use halter_lessons::{Answer, Example, Lesson, parse};

use crate::examples::EXAMPLES;

pub(crate) use shell::perform;

macro_rules! lessons {
    ($($file:literal)*) => {
        /// What every lesson is called in addresses and in the browser's memory.
        pub(crate) const SLUGS: &[&str] = &[$($file),*];

        /// Their texts, in the same order: fetched late.
        const TEXTS: &[&str] =
            &[$(include_str!(concat!("../../../static/lessons/", $file, ".md"))),*];
    };
}

lessons! {
    "01-what-is-an-interrupt"
    "02-children-halt-first"
    "03-a-running-task"
    "04-side-by-side"
    "05-an-event-while-halted"
    "06-when-the-handler-fails"
    "07-why-was-my-wfrun-stuck"
}

/// The lesson that is called so in addresses, by its index.
pub(crate) fn index_of(slug: &str) -> Option<usize> {
    SLUGS.iter().position(|known| *known == slug)
}

/// How many pages of each lesson somebody has gone through, by what it is called.
pub(crate) type Progress = BTreeMap<String, usize>;

/// What somebody learns.
#[derive(Debug, Default)]
pub(crate) struct Learn {
    /// The lessons, once they were asked for, in their order. One that could not be read is not there; CI fails for it.
    lessons: Vec<Option<Rc<Lesson>>>,
    progress: Progress,
    /// The lesson that is taken, and how far.
    taking: Option<Taking>,
}

impl Learn {
    /// With what the browser remembers.
    pub(crate) fn kept() -> Self {
        Learn { progress: shell::kept(), ..Learn::default() }
    }

    fn read(&mut self) {
        if self.lessons.is_empty() {
            let examples: Vec<Example<'_>> =
                EXAMPLES.iter().map(|of| Example { slug: of.slug, source: of.source }).collect();
            let read = |text: &&str| parse(text, &examples).ok().map(Rc::new);
            self.lessons = TEXTS.iter().map(read).collect();
        }
    }

    /// The lesson that is taken, and how far.
    fn taken(&self) -> Option<(&Rc<Lesson>, &Taking)> {
        let taking = self.taking.as_ref()?;
        Some((self.lessons.get(taking.lesson)?.as_ref()?, taking))
    }
}

/// A lesson that is taken.
#[derive(Debug)]
struct Taking {
    /// Its index.
    lesson: usize,
    /// The page, by index.
    page: usize,
    /// Whether its task is done.
    done: bool,
    /// Whether the hint is shown.
    hinted: bool,
    /// What somebody thinks ThreadRuns will be.
    guesses: BTreeMap<ThreadNumber, Status>,
    /// What they were then.
    answers: Vec<Answer>,
    /// What is still to be guessed, if that was forgotten.
    missing: bool,
}

impl Taking {
    fn at(lesson: usize, page: usize) -> Self {
        Taking {
            lesson,
            page,
            done: false,
            hinted: false,
            guesses: BTreeMap::new(),
            answers: Vec::new(),
            missing: false,
        }
    }
}

/// What can happen to lessons.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Msg {
    /// Show lessons in the drawer: the one that is taken, or all.
    Open,
    /// Take this one, where it was left.
    Start(usize),
    /// Go to this page.
    Page(usize),
    /// Say how it is done.
    Hint,
    /// Do it.
    ShowMe,
    /// This ThreadRun will have this status.
    Guess(ThreadNumber, Status),
    /// See what it will have.
    Check,
    /// Back to how the page began.
    Again,
    /// See all lessons.
    Leave,
}

/// What is to be done.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Remember how far each lesson was taken.
    Keep(Progress),
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Learn, SLUGS};

    #[test]
    fn every_lesson_of_the_folder_is_there_and_can_be_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../static/lessons");
        let files = fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file"));
        let mut files: Vec<_> =
            files.map(|file| file.file_name().to_string_lossy().replace(".md", "")).collect();
        files.sort();
        assert_eq!(SLUGS, files);
        let mut learn = Learn::default();
        learn.read();
        assert!(learn.lessons.len() >= 7 && learn.lessons.iter().all(Option::is_some));
    }
}
