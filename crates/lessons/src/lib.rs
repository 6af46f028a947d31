//! Lessons: text to read, things to do and things to predict, in one Markdown text that anyone can write.
//!
//! [`parse`] turns a text into a [`Lesson`], or says what is wrong with it, each with its line. What a lesson claims of runs
//! is nowhere written down: whether a task is done ([`holds`]) and what a ThreadRun will be ([`predicted`]) is asked of the
//! engine, and [`check`] plays the lesson to see that it can be done. Pure: no clock, no browser, no files.
//! docs/lessons.md says how to write one.
#![forbid(unsafe_code)]

mod check;
mod holds;
mod lesson;
pub mod limits;
mod lines;
mod parse;
mod play;
mod predict;
mod problem;
mod text;

pub use check::check;
pub use holds::holds;
pub use lesson::{Do, Lesson, Page, Predict, Task, Until, Written};
pub use parse::{Example, parse};
pub use play::play;
pub use predict::{Answer, Prediction, predicted};
pub use problem::Problem;
pub use text::{Block, Inline, List};
