//! Sources that were good, and ways to spoil them: what comes out is nearly right, so it gets far.

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;

/// Everything in the repository that can be loaded.
static SOURCES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = [
        "static/examples",
        "static/examples/deviations",
        "tests/specs",
        "tests/corpus",
        "tests/traces/scenarios",
        "tests/traces/random",
    ];
    let files = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|e| e == "yaml" || e == "json")).collect();
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
});

/// A way to spoil a text. Places are where lines, words or brackets end, so that what comes out is nearly right.
#[derive(Debug, Clone)]
enum Spoil {
    Delete(Index, Index),
    Repeat(Index, Index, usize),
    Swap(Index, Index, Index),
    Insert(Index, Index, Index, Index),
    Replace(Index, &'static str),
}

fn spoil() -> impl Strategy<Value = Spoil> {
    let index = any::<Index>;
    let words = prop::sample::select(vec![
        "0",
        "-1",
        "9223372036854775807",
        "1e308",
        "\"\"",
        "[]",
        "{}",
        "null",
        "~",
        "$",
        "é",
        "\u{0}",
        "\u{feff}",
        "\u{2028}",
        "\r",
        "\t",
        "\"",
        "'",
        "%",
        "!proto",
        "true",
        "INPUT",
        "0-entrypoint-ENTRYPOINT",
        "main",
    ]);
    prop_oneof![
        (index(), index()).prop_map(|(a, b)| Spoil::Delete(a, b)),
        (index(), index(), 1usize..4).prop_map(|(a, b, times)| Spoil::Repeat(a, b, times)),
        (index(), index(), index()).prop_map(|(a, b, c)| Spoil::Swap(a, b, c)),
        (index(), index(), index(), index()).prop_map(|(at, of, a, b)| Spoil::Insert(at, of, a, b)),
        (index(), words).prop_map(|(at, word)| Spoil::Replace(at, word)),
    ]
}

/// Where words and signs begin.
fn places(text: &str) -> Vec<usize> {
    let mut places = vec![0];
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        if !(letter.is_alphanumeric() && before.is_alphanumeric()) {
            places.push(at);
        }
        before = letter;
    }
    places.push(text.len());
    places
}

/// Two places close enough that most of the text stays.
fn chunk(places: &[usize], from: Index, length: Index) -> (usize, usize) {
    let from = from.index(places.len());
    let to = (from + 1 + length.index(60)).min(places.len() - 1);
    (places[from.min(to)], places[to])
}

fn spoiled(text: &str, spoil: &Spoil) -> String {
    let places = places(text);
    match *spoil {
        Spoil::Delete(from, length) => {
            let (from, to) = chunk(&places, from, length);
            [&text[..from], &text[to..]].concat()
        }
        Spoil::Repeat(from, length, times) => {
            let (from, to) = chunk(&places, from, length);
            [&text[..to], &text[from..to].repeat(times), &text[to..]].concat()
        }
        Spoil::Swap(from, length, other) => {
            let (from, to) = chunk(&places, from, length);
            let end = places[other.index(places.len())].max(to);
            [&text[..from], &text[to..end], &text[from..to], &text[end..]].concat()
        }
        Spoil::Insert(at, of, from, length) => {
            let other = of.get(&SOURCES[..]);
            let (from, to) = chunk(&self::places(other), from, length);
            let at = places[at.index(places.len())];
            [&text[..at], &other[from..to], &text[at..]].concat()
        }
        Spoil::Replace(at, word) => {
            let (from, to) = (at.index(places.len() - 1), 1);
            [&text[..places[from]], word, &text[places[from + to]..]].concat()
        }
    }
}

/// Any of the sources, spoiled up to four times.
pub(crate) fn spoiled_source() -> impl Strategy<Value = String> {
    let spoils = prop::collection::vec(spoil(), 1..5);
    (any::<Index>(), spoils).prop_map(|(source, spoils)| {
        let source = source.get(&SOURCES[..]).clone();
        spoils.iter().fold(source, |text, spoil| spoiled(&text, spoil))
    })
}
