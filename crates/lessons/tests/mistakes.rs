//! Each kind of mistake in a lesson ends in a clear sentence with its line.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

mod support;

use halter_lessons::limits::{
    MAX_ASKED, MAX_COMMANDS, MAX_LESSON_BYTES, MAX_PAGE_BYTES, MAX_PAGES, MAX_PROBLEMS,
    MAX_SENTENCE, MAX_TEXT_DEPTH, MAX_TITLE,
};
use halter_lessons::{Problem, check};
use support::read;

const GOOD: &str = r"---
title: A short wait
summary: A sleep can be interrupted.
---

```halter
workflow: nap
events: {phone-rang: , call-ended: }
threads:
  sleeper:
    interrupts: {phone-rang: answer}
    do:
      - sleep: 600
  answer:
    - wait-for-event: call-ended
```

## Asleep

The sleeper sleeps. See [the documentation](https://littlehorse.io/docs).

```lesson
do: Start the workflow.
until: sleeper is RUNNING
hint: The first command on offer.
try:
  - run
```

## The phone

Now the phone rings.

```lesson
predict:
  post: phone-rang
threads: [0]
```
";

/// What is wrong, whether it is seen in reading or in playing.
fn problems(text: &str) -> Vec<Problem> {
    match read(text) {
        Ok(lesson) => check(&lesson),
        Err(problems) => {
            assert!(!problems.is_empty());
            problems
        }
    }
}

/// What is wrong with the good lesson with something else in it, as `line: sentence`.
fn only(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    let found = problems(&GOOD.replacen(from, to, 1));
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Each change of the good lesson has one problem, which begins with these words.
fn expect(cases: &[(&str, &str, &str)]) {
    let other = cases.iter().filter_map(|(from, to, says)| {
        let found = only(from, to);
        let fits = found.starts_with(says) && !found.contains('\n');
        (!fits).then(|| format!("{from} → {to}\nexpected {says}\nfound    {found}\n"))
    });
    let other: Vec<String> = other.collect();
    assert!(other.is_empty(), "\n{}", other.join("\n"));
}

#[test]
fn the_good_lesson_is_good() {
    assert_eq!(problems(GOOD), []);
    assert_eq!(problems(&GOOD.replace('\n', "\r\n")), []);
    assert_eq!(problems(&format!("\u{feff}{GOOD}")), []);
}

#[test]
fn the_front_matter() {
    expect(&[
        (
            "---\ntitle",
            "title",
            "1: A lesson begins with a line \"---\", below which are its title and its summary, and another such line.",
        ),
        (
            "interrupted.\n---",
            "interrupted.",
            "1: The front matter has no end: a second line \"---\" is missing.",
        ),
        ("title: A short wait", "title: \"A", "2: This is no YAML: "),
        ("title: A short wait", "title: &a A", "2: Anchors (&name) and aliases (*name) are not "),
        ("title: A short wait\n", "", "1: \"title\" is missing in the front matter."),
        (
            "summary: A sleep can be interrupted.\n",
            "",
            "1: \"summary\" is missing in the front matter.",
        ),
        ("title: A short wait", "title:", "2: \"title\" is a text, not nothing."),
        ("title: A short wait", "title: [a, b]", "2: \"title\" is a text, not a list."),
        (
            "summary:",
            "author: Ada\nsummary:",
            "3: There is no key \"author\" in the front matter. There are title, summary, semantics, example.",
        ),
        (
            "summary:",
            "semantic: server-1.2\nsummary:",
            "3: There is no key \"semantic\" in the front matter. Did you mean \"semantics\"?",
        ),
        (
            "summary:",
            "semantics: server-1.3\nsummary:",
            "3: There are no semantics \"server-1.3\". Did you mean \"server-1.2\"?",
        ),
        (
            "summary:",
            "semantics: mine\nsummary:",
            "3: There are no semantics \"mine\". There are documented and server-1.2.",
        ),
        ("summary:", "title: Twice\nsummary:", "3: \"title\" stands here twice, first on line 2."),
    ]);
    assert_eq!(problems("")[0].line, 1);
}

#[test]
fn the_source() {
    let own = GOOD.find("```halter").unwrap()..GOOD.find("## Asleep").unwrap();
    let source = &GOOD[own];
    for (from, to, says) in [
        (
            "summary:",
            "example: side-by-side\nsummary:",
            "8: A lesson has \"example\" or a source of its own, not both.",
        ),
        (
            source,
            "",
            "1: A lesson needs \"example\", or a block \"halter\" with a source of its own before the first page.",
        ),
        (
            "## Asleep",
            "```halter\nworkflow: other\nthreads: {main: []}\n```\n\n## Asleep",
            "19: A lesson has one source: this is the second.",
        ),
        ("The sleeper sleeps.", "```halter\n```", "20: The source stands before the first page."),
        (
            "phone-rang: answer}",
            "phone-rang: anser}",
            "11: The interrupt's handler anser is not defined.",
        ),
    ] {
        let found = problems(&GOOD.replacen(from, to, 1));
        assert!(found.iter().any(|problem| problem.to_string() == says), "{says}\n{found:#?}");
    }
    let other = GOOD.replacen(source, "", 1);
    let other = other.replacen("summary:", "example: side-by-sied\nsummary:", 1);
    let says = "3: There is no example \"side-by-sied\". Did you mean \"side-by-side\"?";
    assert_eq!(problems(&other)[0].to_string(), says);
}

#[test]
fn the_text() {
    let no_html = "20: A lesson has no HTML; a < that is meant so is written in backticks.";
    let other = "20: A lesson has paragraphs, lists, code, links, *emphasis* and **strong emphasis**, nothing else.";
    let deep = format!("{}deep", "- ".repeat(20));
    let cases = [
        ("A <b>bold</b>", no_html),
        ("<div>\nA\n</div>", no_html),
        ("<!-- A -->", no_html),
        ("![A](https://a.org/a.png)", "20: A lesson has no images."),
        ("[A](http://a.org)", "20: A link begins with https://."),
        ("[A](javascript:alert(1))", "20: A link begins with https://."),
        ("[A](../README.md)", "20: A link begins with https://."),
        ("<ada@a.org>", "20: A link begins with https://."),
        ("> A", other),
        ("***\n\nA", "20: A lesson has no lines across."),
        ("### A", "20: A page begins with \"## Heading\"; there are no other headings."),
        ("- a\n\n  ## A", "22: A heading does not stand within other text."),
        ("- a\n\n  ```lesson\n  ```", "22: This block does not stand within other text."),
        ("```lession\n```", "20: There is no block \"lession\". Did you mean \"lesson\"?"),
        (&*deep, "20: This is too deep inside other text."),
    ];
    expect(&cases.map(|(to, says)| ("The sleeper sleeps.", to, says)));
    let kept = only("## Asleep", "Hello.\n\nAnd more.\n\n## Asleep");
    assert_eq!(kept, "18: Text stands on a page: begin one with \"## Heading\".");
    assert_eq!(only("## Asleep", "##"), "18: A page needs a heading.");
    assert_eq!(only("Now the phone rings.\n", ""), "30: This page says nothing.");
    let early = only("## Asleep", "```lesson\n```\n\n## Asleep");
    assert_eq!(early, "18: This block stands on a page, below its \"## Heading\".");
    let pages = GOOD.find("## Asleep").unwrap();
    let says = "1: A lesson has pages: begin one with \"## Heading\".";
    assert_eq!(problems(&GOOD[..pages])[0].to_string(), says);
}

#[test]
fn the_tasks() {
    let other = "do, until, hint, try, predict, threads, play";
    expect(&[
        (
            "hint: The first",
            "hnit: x\nhint: The first",
            "25: There is no key \"hnit\" in a block \"lesson\". Did you mean \"hint\"?",
        ),
        (
            "hint: The first",
            "colour: x\nhint: The first",
            &*format!("25: There is no key \"colour\" in a block \"lesson\". There are {other}."),
        ),
        ("hint: The", "hint: [The", "26: This is no YAML: "),
        ("hint: The", "hint: x\nhint: The", "26: \"hint\" stands here twice, first on line 25."),
        ("until: sleeper is RUNNING\n", "", "23: \"until\" is missing in a block \"lesson\"."),
        (
            "hint: The first command on offer.\n",
            "",
            "23: \"hint\" is missing in a block \"lesson\".",
        ),
        ("try:\n  - run\n", "", "23: \"try\" is missing in a block \"lesson\"."),
        ("try:\n  - run\n", "try:\n", "26: \"try\" needs a command."),
        ("try:\n  - run\n", "try: run\n", "26: \"try\" is a list of commands, each with a dash."),
        ("do: Start the workflow.", "do:", "23: \"do\" is a text, not nothing."),
        ("threads: [0]", "threads: [0]\ndo: x", "35: A page has \"do\" or \"predict\", not both."),
        ("threads: [0]", "threads: [0]\nhint: x", "38: \"hint\" belongs to \"do\"."),
        ("hint: The", "threads: [0]\nhint: The", "25: \"threads\" belongs to \"predict\"."),
        (
            "predict:\n  post: phone-rang\nthreads: [0]\n",
            "",
            "35: This block needs \"do\", \"predict\" or \"play\".",
        ),
        (
            "predict:\n  post: phone-rang\nthreads: [0]\n",
            "just words\n",
            "35: Here are keys and values such as \"do: …\", not a text.",
        ),
        (
            "threads: [0]\n```",
            "threads: [0]\n```\n\n```lesson\nplay: []\n```",
            "41: A page has one block \"lesson\": put this one on a page of its own.",
        ),
        (
            "sleeper is RUNNING",
            "sleeper RUNNING",
            "24: Here \"is\", \"at\", \"reached\" or \"enters\" is expected, not \"RUNNING\".",
        ),
        (
            "sleeper is RUNNING",
            "sleepr is RUNNING",
            "24: There is no thread \"sleepr\". Did you mean \"sleeper\"?",
        ),
        ("sleeper is RUNNING", "event rang came", "24: There is no event \"rang\"."),
        (
            "until: sleeper is RUNNING",
            "until: [1]",
            "24: At the end a condition such as \"order is HALTED\" is missing.",
        ),
        (
            "  - run\n",
            "  - run\n  - pots: phone-rang\n",
            "28: There is no command \"pots\"; did you mean \"post\"?",
        ),
        ("post: phone-rang", "post: phone-rnag", "36: There is no event \"phone-rnag\" to post."),
        (
            "  - run\n",
            "  - run\n  - postEvent: {guid: e1}\n",
            "28: postEvent needs an externalEventDef.",
        ),
        (
            "threads: [0]",
            "threads: 0",
            "37: \"threads\" is a list of numbers of ThreadRuns, such as [0, 2].",
        ),
        (
            "threads: [0]",
            "threads: [a]",
            "37: \"threads\" is a list of numbers of ThreadRuns, such as [0, 2].",
        ),
        (
            "threads: [0]",
            "threads: [-1]",
            "37: \"threads\" is a list of numbers of ThreadRuns, such as [0, 2].",
        ),
        ("threads: [0]", "threads: [0, 0]", "37: ThreadRun 0 is asked about twice."),
        ("threads: [0]", "threads: []", "37: \"threads\" has from 1 to 20 numbers."),
    ]);
}

#[test]
fn what_is_too_long() {
    let long = |length: usize| "x".repeat(length + 1);
    let says = format!(
        "1: This text has {} bytes; a lesson has at most {MAX_LESSON_BYTES}.",
        MAX_LESSON_BYTES + 1
    );
    assert_eq!(problems(&long(MAX_LESSON_BYTES))[0].to_string(), says);
    let too = |key: &str, most: usize| {
        format!("\"{key}\" has {} characters; it may have {most}.", most + 1)
    };
    let title = only("A short wait", &long(MAX_TITLE));
    assert_eq!(title, format!("2: {}", too("title", MAX_TITLE)));
    let sentence = only("Start the workflow.", &long(MAX_SENTENCE));
    assert_eq!(sentence, format!("23: {}", too("do", MAX_SENTENCE)));
    let heading = only("The phone", &long(MAX_TITLE));
    assert!(heading.starts_with("30: This heading has 81 characters"), "{heading}");
    let page = only("The sleeper sleeps.", &long(MAX_PAGE_BYTES));
    assert!(page.starts_with("18: This page has "), "{page}");
    let commands = only("  - run\n", &"  - run\n".repeat(MAX_COMMANDS + 1));
    assert_eq!(commands, "26: \"try\" has 51 commands; it may have 50.");
    let asked: Vec<String> = (0..=MAX_ASKED).map(|number| number.to_string()).collect();
    let asked = only("threads: [0]", &format!("threads: [{}]", asked.join(", ")));
    assert_eq!(asked, "37: \"threads\" has from 1 to 20 numbers.");
    let pages =
        only("## The phone", &format!("{}## The phone", "## More\n\nText.\n\n".repeat(MAX_PAGES)));
    assert!(pages.ends_with("A lesson has at most 20 pages."), "{pages}");
    let deep =
        format!("{}a{}", "*".repeat(MAX_TEXT_DEPTH * 2 + 1), "*".repeat(MAX_TEXT_DEPTH * 2 + 1));
    assert_eq!(only("The sleeper sleeps.", &deep), "20: This is too deep inside other text.");
    let many = problems(&GOOD.replacen("The sleeper", &"a <b>\n".repeat(3 * MAX_PROBLEMS), 1));
    assert_eq!(many.len(), MAX_PROBLEMS);
}

#[test]
fn what_is_not_so_when_it_is_played() {
    expect(&[
        ("sleeper is RUNNING", "count answer == 0", "24: This is so before anything is done."),
        ("sleeper is RUNNING", "answer is RUNNING", "24: This is not so after what \"try\" does."),
        (
            "  - run\n",
            "  - run\n  - pass: 1\n",
            "27: With this command \"until\" is so: nothing may come after it.",
        ),
        (
            "  - run\n",
            "  - stop: 0\n",
            "27: This command is refused: The WfRun was not started yet",
        ),
        (
            "threads: [0]",
            "threads: [0]\nplay:\n  - run\n  - run\n",
            "40: This command is refused: ",
        ),
        ("threads: [0]", "threads: [0, 1]", "35: There is no ThreadRun 1 before this command."),
        (
            "post: phone-rang",
            "post: call-ended",
            "35: No ThreadRun that is asked about has another status after this command.",
        ),
        ("threads: [0]", "play: []", "35: There is no ThreadRun before this command."),
    ]);
}

#[test]
fn reading_goes_on_after_a_mistake() {
    let text = GOOD
        .replacen("title: A short wait\n", "", 1)
        .replacen("The sleeper sleeps.", "![a](https://a.org)", 1)
        .replacen("sleeper is RUNNING", "sleeper is RUNING", 1)
        .replacen("threads: [0]", "thread: [0]", 1);
    let found: Vec<String> = problems(&text).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "1: \"title\" is missing in the front matter.",
            "19: A lesson has no images.",
            "23: There is no status \"RUNING\". Did you mean \"RUNNING\"?",
            "36: There is no key \"thread\" in a block \"lesson\". Did you mean \"threads\"?",
        ]
    );
}

/// Nothing that is cut off or out of order makes it panic.
#[test]
fn any_piece_of_a_lesson_has_an_answer() {
    for end in (0..GOOD.len()).filter(|end| GOOD.is_char_boundary(*end)) {
        let _ = problems(&GOOD[..end]);
        let _ = read(&format!("---\n---\n{}", &GOOD[end..]));
    }
}
