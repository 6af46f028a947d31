//! What the program was asked for.

use std::ops::Range;
use std::path::PathBuf;

/// Played at the same time, each in a tenant of its own: most of the time is waiting.
const AT_A_TIME: usize = 4;

/// How it is called.
const USAGE: &str = "halter-oracle --seeds A..B [--output FOLDER] [--at-a-time N] [--no-shrink]";

/// What the program was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// The seeds, without the last.
    pub(crate) seeds: Range<u64>,
    /// Where sources and traces go.
    pub(crate) output: PathBuf,
    pub(crate) at_a_time: usize,
    /// Whether what differs is made smaller.
    pub(crate) shrink: bool,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut options = Options {
            seeds: 0..0,
            output: PathBuf::from("oracle"),
            at_a_time: AT_A_TIME,
            shrink: true,
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| USAGE.to_owned());
            match argument.as_str() {
                "--seeds" => options.seeds = seeds(value()?)?,
                "--output" => options.output = value()?.into(),
                "--at-a-time" => {
                    let number = value()?.parse().ok().filter(|number| *number > 0);
                    options.at_a_time = number.ok_or("--at-a-time wants a number from 1")?;
                }
                "--no-shrink" => options.shrink = false,
                other => return Err(format!("{other} is unknown: {USAGE}")),
            }
        }
        if options.seeds.is_empty() { Err(USAGE.to_owned()) } else { Ok(options) }
    }
}

/// `A..B`: from A, and without B.
fn seeds(text: &str) -> Result<Range<u64>, String> {
    let parsed =
        text.split_once("..").and_then(|(from, to)| Some(from.parse().ok()?..to.parse().ok()?));
    parsed
        .filter(|seeds| !seeds.is_empty())
        .ok_or_else(|| format!("--seeds wants a range such as 0..100, not {text}"))
}

#[cfg(test)]
mod tests {
    use super::Options;

    fn parse(arguments: &[&str]) -> Result<Options, String> {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        Options::parse(&arguments)
    }

    #[test]
    fn seeds_are_a_range() {
        let options = parse(&["--seeds", "3..5", "--at-a-time", "2", "--no-shrink"]).unwrap();
        assert_eq!(options.seeds.collect::<Vec<_>>(), [3, 4]);
        assert_eq!((options.at_a_time, options.shrink), (2, false));
        for wrong in [&["--seeds", "5..3"][..], &["--seeds", "7"], &[], &["--fast"]] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
        assert!(parse(&["--seeds", "0..1", "--at-a-time", "0"]).is_err());
    }
}
