//! What a page asks its worker, and what it is told.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test")]

use std::path::Path;
use std::{fs, iter};

use halter_explorer_worker::Work;
use halter_explorer_worker::messages::{
    Answered, Ask, Blamed, End, Exploration, Found, Group, MayCome, Tell, Verdict, Why,
};

fn example(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/examples");
    fs::read_to_string(folder.join(name)).unwrap()
}

fn asked(source: &str, semantics: &[&str]) -> Exploration {
    Exploration {
        round: 7,
        source: source.to_owned(),
        semantics: semantics.iter().map(|&name| name.to_owned()).collect(),
        commands: Vec::new(),
        may: None,
        states: 100_000,
        bytes: 256 << 20,
        map: Some((500, 500)),
    }
}

fn may(source: &str) -> MayCome {
    let told = Work::default().answer(Ask::Usual { round: 1, source: source.to_owned() });
    match told.into_iter().next() {
        Some(Tell::Usual { round: 1, may }) => may,
        other => panic!("{other:?}"),
    }
}

/// All that was found, as a page hears it.
fn explored(asked: Exploration) -> (Vec<Found>, Vec<Group>) {
    let mut work = Work::default();
    assert_eq!(work.answer(Ask::Explore(Box::new(asked))), []);
    let told = iter::from_fn(|| work.goes_on().then(|| work.go_on(100)).flatten());
    match told.last() {
        Some(Tell::Found { round: 7, found, only }) => (found, only),
        other => panic!("{other:?}"),
    }
}

fn answer<'a>(found: &'a Found, property: &str) -> &'a Answered {
    found.answers.iter().find(|answered| answered.property == property).unwrap()
}

#[test]
fn what_may_come_begins_with_what_the_document_says() {
    let may = may(&example("update-the-cart.yaml"));
    assert!(may.events.iter().all(|event| event.budget == 1 && !event.payloads.is_empty()));
    assert!(may.tasks.iter().all(|task| task.succeeds && !task.fails));
    assert!(may.delay && may.time && !may.has_forms && !may.has_child_wfs);
}

#[test]
fn child_workflows_fail_if_it_is_asked_for() {
    let source = example("child-workflow.yaml");
    let mut may = may(&source);
    assert!(may.has_child_wfs && !may.fail_child_wfs);
    for (fails, never) in [(false, true), (true, false)] {
        may.fail_child_wfs = fails;
        let asked = asked(&source, &["documented"]);
        let (found, _) = explored(Exploration { may: Some(may.clone()), ..asked });
        let nodes = &found[0].missing.nodes;
        let handler = nodes.iter().any(|(thread, ..)| thread == "do-without");
        assert_eq!(handler, never, "{nodes:?}");
    }
}

#[test]
fn a_deadlock_of_the_server_is_told_with_the_interrupt_that_is_to_blame() {
    let source = example("deviations/exit-never-halts.yaml");
    let (found, only) = explored(asked(&source, &["server-1.2", "documented"]));
    let [server, documented] = &found[..] else { panic!("{found:?}") };
    let stuck = answer(server, "can-finish");
    assert_eq!(stuck.verdict, Verdict::Fails);
    let commands = stuck.commands.as_ref().unwrap();
    assert!(commands[0].get("runWf").is_some() && commands[1].get("postEvent").is_some());
    let Some(Blamed::Interrupt { event, .. }) = &stuck.blamed else { panic!("{:?}", stuck.blamed) };
    assert_eq!(event, "note-added");
    assert_eq!(answer(documented, "can-finish").verdict, Verdict::Holds);
    assert!(!only.is_empty());
    assert!(only[0].threads.iter().any(|(_, status)| status == "HALTING"));
    assert_eq!(
        documented.map.groups.iter().map(|g| g.states).sum::<usize>(),
        documented.far.states
    );
    assert!(documented.map.ways.iter().all(|way| !way.command.is_empty()));
}

#[test]
fn a_handler_that_fails_and_what_is_never_reached_have_their_reason() {
    let source = example("failing-handler.yaml");
    let (found, _) = explored(asked(&source, &["documented"]));
    let failed = answer(&found[0], "no-handler-failure");
    assert_eq!(failed.verdict, Verdict::Fails);
    assert!(failed.note && matches!(failed.blamed, Some(Blamed::Interrupt { .. })));

    let mut never = may(&source);
    never.events.iter_mut().for_each(|event| event.budget = 0);
    let (found, _) = explored(Exploration { may: Some(never), ..asked(&source, &["documented"]) });
    let missing = &found[0].missing;
    assert!(missing.interrupts.iter().all(|(_, _, why)| *why == Why::NoBudget));
    assert!(!missing.interrupts.is_empty());
    assert!(missing.nodes.iter().any(|(_, _, why)| *why == Why::NeverStarted));
}

#[test]
fn it_goes_on_after_commands_and_ways_to_states_begin_with_them() {
    let source = example("running-task.yaml");
    let (whole, _) = explored(asked(&source, &["documented"]));
    let start = serde_json::json!({"runWf": {}});
    let after = Exploration { commands: vec![start], ..asked(&source, &["documented"]) };
    let mut work = Work::default();
    work.answer(Ask::Explore(Box::new(after)));
    while work.goes_on() {
        work.go_on(10_000);
    }
    let told = work.answer(Ask::Way { round: 7, side: 0, state: 0 });
    let [Tell::Way { commands, .. }] = &told[..] else { panic!("{told:?}") };
    assert_eq!(commands.len(), 1);
    let told = work.answer(Ask::Way { round: 7, side: 0, state: 3 });
    let [Tell::Way { commands, .. }] = &told[..] else { panic!("{told:?}") };
    assert!(commands.len() > 1);
    // Nobody answers for an exploration that is forgotten, or for semantics that were not asked.
    assert_eq!(work.answer(Ask::Way { round: 6, side: 0, state: 0 }), []);
    assert_eq!(work.answer(Ask::Way { round: 7, side: 1, state: 0 }), []);
    assert!(whole[0].far.states > 3);
}

#[test]
fn it_waits_stops_and_says_where_it_stopped() {
    let source = example("side-by-side.yaml");
    let mut work = Work::default();
    work.answer(Ask::Explore(Box::new(asked(&source, &["documented"]))));
    assert!(matches!(work.go_on(2), Some(Tell::Progress { round: 7, side: 0, .. })));
    work.answer(Ask::Pause);
    assert!(!work.goes_on() && work.go_on(2).is_none());
    work.answer(Ask::GoOn);
    assert!(work.goes_on());
    let told = work.answer(Ask::Stop);
    let [Tell::Found { found, .. }] = &told[..] else { panic!("{told:?}") };
    assert_eq!(found[0].end, End::Stopped);
    assert_eq!(answer(&found[0], "no-deadlock").verdict, Verdict::Undecided);
    assert!(!work.goes_on());
    assert_eq!(work.answer(Ask::Stop), []);

    let (found, _) = explored(Exploration { states: 10, ..asked(&source, &["documented"]) });
    assert_eq!((found[0].end, found[0].far.states), (End::States, 10));
    let (found, _) = explored(Exploration { bytes: 1, ..asked(&source, &["documented"]) });
    assert_eq!(found[0].end, End::Memory);
}

#[test]
fn what_can_not_be_done_is_refused_in_one_sentence() {
    let source = example("update-the-cart.yaml");
    let refused = |asked: Exploration| {
        let told = Work::default().answer(Ask::Explore(Box::new(asked)));
        match told.into_iter().next() {
            Some(Tell::Refused { round: 7, why }) => why,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(asked("nothing: here", &["documented"])), "The source has problems.");
    assert!(refused(asked(&source, &["of-my-own"])).contains("of-my-own"));
    assert!(!refused(asked(&source, &[])).is_empty());
    let commands = vec![serde_json::json!({"dance": {}})];
    assert!(!refused(Exploration { commands, ..asked(&source, &["documented"]) }).is_empty());
    let source = "workflow: w\nevents: {e: INT}\nthreads:\n  main:\n    - wait-for-event: e\n";
    let mut wrong = may(source);
    wrong.events[0].payloads = vec!["book".to_owned()];
    let why = refused(Exploration { may: Some(wrong), ..asked(source, &["documented"]) });
    assert!(why.contains("payload of e"), "{why}");
}

#[test]
fn messages_are_read_as_they_were_written() {
    let source = example("nested.yaml");
    let asked = Ask::Explore(Box::new(Exploration {
        may: Some(may(&source)),
        ..asked(&source, &["server-1.2", "documented"])
    }));
    let text = serde_json::to_string(&asked).unwrap();
    assert_eq!(serde_json::from_str::<Ask>(&text).unwrap(), asked);
    let mut work = Work::default();
    work.answer(asked);
    while let Some(tell) = work.go_on(5_000) {
        let text = serde_json::to_string(&tell).unwrap();
        assert_eq!(serde_json::from_str::<Tell>(&text).unwrap(), tell);
    }
}
