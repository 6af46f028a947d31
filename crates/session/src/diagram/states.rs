//! A state diagram for Mermaid.

use std::fmt::Write as _;

use halter_engine::state::Status;

use super::picture::{Picture, colours};
use crate::sitting::Sitting;

/// Mermaid's `stateDiagram-v2` of the state that is looked at: a composite state for each ThreadRun (or ThreadSpec, as
/// long as nothing runs), in it the nodes. Writing to a String can't fail.
pub fn states(sitting: &Sitting) -> String {
    let picture = Picture::of(sitting);
    let mut out = "stateDiagram-v2\n".to_owned();
    for (number, lane) in picture.lanes.iter().enumerate() {
        let _ = writeln!(out, "  state \"{}\" as t{number} {{", escaped(&lane.title));
        let _ = writeln!(out, "    [*] --> t{number}n{}", lane.entrypoint);
        for (index, dot) in lane.nodes.iter().enumerate() {
            let here = if dot.current { "▶ " } else { "" };
            let label = escaped(&dot.label);
            let _ = writeln!(out, "    state \"{here}{label}\" as t{number}n{index}");
            for sink in &dot.sinks {
                let _ = writeln!(out, "    t{number}n{index} --> t{number}n{sink}");
            }
            if dot.end {
                let _ = writeln!(out, "    t{number}n{index} --> [*]");
            }
        }
        out.push_str("  }\n");
    }
    // Mermaid draws no arrow between the insides of two composite states.
    for tie in &picture.ties {
        let _ = writeln!(out, "  t{} --> t{}: {}", tie.from, tie.to, escaped(&tie.label));
    }
    for status in Status::ALL {
        let members = picture.lanes.iter().enumerate().flat_map(|(number, lane)| {
            let nodes = lane.nodes.iter().enumerate();
            nodes
                .filter(move |(_, dot)| dot.status == Some(status))
                .map(move |(index, _)| format!("t{number}n{index}"))
        });
        let members: Vec<String> = members.collect();
        if !members.is_empty() {
            let (fill, stroke) = colours(status);
            let name = status.name().to_lowercase();
            let _ = writeln!(out, "  classDef {name} fill:{fill},stroke:{stroke},color:#000");
            let _ = writeln!(out, "  class {} {name}", members.join(","));
        }
    }
    out
}

/// Text without what Mermaid reads as its own: other characters become its entities.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() || " -_.,()/'".contains(letter) {
            out.push(letter);
        } else {
            let _ = write!(out, "#{};", u32::from(letter));
        }
    }
    out
}
