//! How long an editor waits: `cargo run --release -p halter-language --example speed`.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use halter_language::{complete, edits, fixes, folds, format, hover, rename, symbols, tokens};
use halter_spec::load;

fn main() {
    let mut text = String::from(
        "workflow: long\nevents: {paid: DOUBLE}\ntasks:\n  charge: {inputs: {amount: DOUBLE}}\nthreads:\n",
    );
    let mut thread = 0;
    while text.lines().count() < 990 {
        let _ = writeln!(text, "  t{thread}:\n    variables: {{v{thread}: DOUBLE}}\n    do:");
        for _ in 0..12 {
            let _ = writeln!(text, "      - task: charge\n        with: [$v{thread}]");
            let _ =
                writeln!(text, "      - if: $v{thread} > 3.0\n        then:\n          - sleep: 1");
        }
        if text.lines().count() < 900 {
            let _ = writeln!(text, "      - start-thread: t{}", thread + 1);
        }
        thread += 1;
    }
    let middle = text.find("with: [$v5").map_or(0, |at| at + 10);
    let name = text.find("v5: DOUBLE").unwrap_or_default();
    let wrong = text.replacen("task: charge", "task: chrage", 1);
    let wrong_diagnostics = load(&wrong).diagnostics;
    println!("{} lines, {} bytes", text.lines().count(), text.len());
    let measure = |what: &str, run: &dyn Fn()| {
        let mut all: Vec<_> = (0..21)
            .map(|_| {
                let start = Instant::now();
                run();
                start.elapsed()
            })
            .collect();
        all.sort_unstable();
        let median = all.get(10).copied().unwrap_or_default();
        println!("{what:>12} {:>8.2} ms", median.as_secs_f64() * 1000.0);
    };
    measure("diagnose", &|| drop(black_box(load(&text))));
    measure("complete", &|| {
        drop(black_box(complete(&text, middle, true)));
    });
    measure("hover", &|| drop(black_box(hover(&text, name))));
    measure("rename", &|| drop(black_box(rename(&text, name, "other"))));
    measure("tokens", &|| drop(black_box(tokens(&text))));
    measure("symbols", &|| drop(black_box(symbols(&text))));
    measure("folds", &|| drop(black_box(folds(&text))));
    measure("format", &|| drop(black_box(format(&text))));
    measure("fixes", &|| {
        if let Some(first) = wrong_diagnostics.first() {
            drop(black_box(fixes(&wrong, first)));
        }
    });
    measure("insert step", &|| {
        let place = edits::StepPlace::Start;
        drop(black_box(edits::insert_step(&text, "t3", &place, "task")));
    });
}
