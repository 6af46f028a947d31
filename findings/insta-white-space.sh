#!/usr/bin/env bash
# insta 1.49.0 (crates.io): white space that an inline snapshot doesn't see.
#
# `assert_snapshot!` compares a text with the snapshot beside it. Some differences pass all the same: empty lines before and after,
# spaces after the last line (but not after any other), CRLF for LF, and, when there are several lines, the indentation that they
# share (but with one line it counts). So a snapshot of generated code or of a picture in characters stays green when all of it
# moved to the right, or when its line ends changed. One expects that a snapshot test notices every change of the text, or that
# one rule holds for all lines. Where white space matters, `assert_eq!` or a snapshot of the text's Debug notices.
#
# Seen: insta 1.49.0, with the cargo that is on PATH. INSTA_UPDATE=no keeps it from writing files.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "white-space"
version = "0.0.0"
edition = "2021"

[dependencies]
insta = { version = "=1.49.0", default-features = false }
TOML
cat > src/main.rs <<'PROGRAM'
use std::panic::{catch_unwind, set_hook};

fn show(change: &str, text: &'static str, compare: fn(&str)) {
    let passes = catch_unwind(|| compare(text)).is_ok();
    println!("{change}: {}", if passes { "passes" } else { "fails" });
}

fn one_line(text: &str) {
    insta::allow_duplicates! { insta::assert_snapshot!(text, @"one") }
}

fn two_lines(text: &str) {
    insta::allow_duplicates! {
        insta::assert_snapshot!(text, @r"
        one
        two
        ")
    }
}

fn main() {
    set_hook(Box::new(|_| {}));
    show("the same line", "one", one_line);
    show("another line", "two", one_line);
    show("empty lines around it", "\n\none\n\n", one_line);
    show("spaces before it", "    one", one_line);
    show("spaces after it", "one   ", one_line);
    show("the same two lines", "one\ntwo", two_lines);
    show("spaces before both", "            one\n            two", two_lines);
    show("spaces before the second", "one\n  two", two_lines);
    show("spaces after the first", "one   \ntwo", two_lines);
    show("spaces after the second", "one\ntwo   ", two_lines);
    show("CRLF", "one\r\ntwo\r\n", two_lines);
}
PROGRAM

seen="$(INSTA_UPDATE=no INSTA_FORCE_PASS=0 CARGO_TARGET_DIR="$folder/target" cargo run --quiet 2> errors | grep -E ': (passes|fails)$')" \
  || { cat errors; exit 1; }
printf '%s\n' "$seen"
wanted="the same line: passes
another line: fails
empty lines around it: passes
spaces before it: fails
spaces after it: passes
the same two lines: passes
spaces before both: passes
spaces before the second: fails
spaces after the first: fails
spaces after the second: passes
CRLF: passes"
if [ "$seen" != "$wanted" ]; then
  echo "It is not as it was seen:"
  printf '%s\n' "$wanted"
  exit 1
fi
echo "As seen."
