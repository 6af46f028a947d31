//! What is so in a sitting: every kind of condition, before and after what makes it so.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

mod support;

use halter_engine::state::Status;
use halter_engine::{Command, Semantics};
use halter_lessons::{Answer, Task, holds, predicted};
use halter_session::Sitting;
use halter_spec::property;
use halter_spec::value::Value;
use support::read;

const LESSON: &str = r"---
title: A short wait
summary: A sleep can be interrupted.
---
```halter
workflow: nap
events: {phone-rang: , call-ended: }
threads:
  sleeper:
    variables: {calls: INT = 0}
    interrupts: {phone-rang: answer}
    do:
      - sleep: 600
  answer:
    do:
      - set: {calls: add 1}
      - wait-for-event: call-ended
```
## Asleep
Text.
```lesson
play: [run]
predict: {post: phone-rang}
```
";

fn post(sitting: &Sitting, def: &str) -> Command {
    let guid = sitting.next_guid();
    Command::PostEvent { def: def.into(), guid, content: Value::Null, thread: None, position: None }
}

fn is_so(text: &str, sitting: &Sitting) -> bool {
    holds(&property::condition(text).unwrap(), sitting)
}

#[test]
fn conditions_hold_when_they_are_so() {
    let lesson = read(LESSON).unwrap();
    let mut sitting = lesson.sitting().unwrap();
    for text in ["run is RUNNING", "sleeper is RUNNING", "event phone-rang came"] {
        assert!(!is_so(text, &sitting), "{text} before the start");
    }
    sitting.take(Command::RunWf(Vec::new())).unwrap();
    assert!(is_so("run is RUNNING and sleeper at sleep and not event phone-rang came", &sitting));
    assert!(is_so("sleeper enters sleep and sleeper.calls == 0", &sitting));
    let command = post(&sitting, "phone-rang");
    sitting.take(command).unwrap();
    assert!(is_so("sleeper is HALTED and answer at call-ended", &sitting));
    assert!(is_so("answer enters call-ended and not sleeper enters sleep", &sitting));
    assert!(is_so("event phone-rang came and event phone-rang was taken", &sitting));
    assert!(is_so("sleeper.calls == 1 and count answer is RUNNING == 1", &sitting));
    // Refused: it has come to nothing, and `enters` is of the last command.
    assert!(sitting.take(Command::RunWf(Vec::new())).unwrap().refusal.is_some());
    assert!(is_so("answer at call-ended and not answer enters call-ended", &sitting));
    let command = post(&sitting, "call-ended");
    sitting.take(command).unwrap();
    assert!(is_so("answer is COMPLETED and answer reached call-ended", &sitting));
    assert!(is_so("not answer at call-ended", &sitting));
    // Back in time it is as it was.
    sitting.go_to(1);
    assert!(is_so("not answer reached call-ended and not event phone-rang came", &sitting));
}

#[test]
fn what_the_workflow_does_not_have_does_not_hold() {
    let lesson = read(LESSON).unwrap();
    let sitting = lesson.begin(0).unwrap();
    for text in ["nobody is RUNNING", "event nothing came", "sleeper.nothing == 1"] {
        assert!(!is_so(text, &sitting), "{text}");
    }
}

#[test]
fn a_prediction_is_what_the_engine_does_and_changes_nothing() {
    let lesson = read(LESSON).unwrap();
    let mut sitting = lesson.begin(0).unwrap();
    let Task::Predict(predict) = &lesson.pages[0].task else { panic!("no prediction") };
    let before = sitting.state().clone();
    let prediction = predicted(predict, &sitting).unwrap();
    assert_eq!(sitting.state(), &before);
    let answer = Answer { thread: 0, before: Status::Running, after: Status::Halted };
    assert_eq!(prediction.answers, [answer]);
    sitting.take(prediction.command).unwrap();
    assert_eq!(sitting.state().thread(0).unwrap().status, Status::Halted);
}

#[test]
fn a_lesson_says_by_which_rules_it_is_played() {
    let lesson = read(LESSON).unwrap();
    assert_eq!(lesson.semantics, Semantics::DOCUMENTED);
    let lesson = read(&LESSON.replacen("summary", "semantics: server-1.2\nsummary", 1)).unwrap();
    assert_eq!(lesson.semantics, Semantics::SERVER_1_2);
    assert_eq!(lesson.begin(0).unwrap().program().semantics, Semantics::SERVER_1_2);
}
