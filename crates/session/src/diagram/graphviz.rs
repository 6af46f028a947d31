//! A graph for Graphviz.

use std::fmt::Write as _;

use super::picture::{Dot, Picture, colours};
use crate::sitting::Sitting;

/// Graphviz's `digraph` of the state that is looked at: a cluster for each ThreadRun (or ThreadSpec, as long as
/// nothing runs), in it the nodes. Writing to a String can't fail.
pub fn graphviz(sitting: &Sitting) -> String {
    let picture = Picture::of(sitting);
    let mut out = format!("digraph {} {{\n", quoted(&sitting.program().name));
    out.push_str("  compound=true\n  graph [fontname=\"sans-serif\"]\n");
    out.push_str(
        "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\"]\n",
    );
    out.push_str("  edge [fontname=\"sans-serif\"]\n");
    for (number, lane) in picture.lanes.iter().enumerate() {
        let _ = writeln!(out, "  subgraph cluster_{number} {{");
        let _ = writeln!(out, "    label={}", quoted(&lane.title));
        if let Some((fill, stroke)) = lane.status.map(colours) {
            let _ = writeln!(
                out,
                "    style=filled\n    fillcolor={}\n    color={}",
                quoted(fill),
                quoted(stroke)
            );
        }
        for (index, dot) in lane.nodes.iter().enumerate() {
            let _ = writeln!(out, "    t{number}n{index} [{}]", attributes(dot));
            for sink in &dot.sinks {
                let _ = writeln!(out, "    t{number}n{index} -> t{number}n{sink}");
            }
        }
        out.push_str("  }\n");
    }
    for tie in &picture.ties {
        let entrypoint = |lane: usize| picture.lanes.get(lane).map_or(0, |lane| lane.entrypoint);
        let node = tie.node.unwrap_or_else(|| entrypoint(tie.from));
        let tail = match tie.node {
            Some(_) => String::new(),
            None => format!(", ltail=cluster_{}", tie.from),
        };
        let _ = writeln!(
            out,
            "  t{}n{node} -> t{}n{} [style=dashed, lhead=cluster_{}{tail}, label={}]",
            tie.from,
            tie.to,
            entrypoint(tie.to),
            tie.to,
            quoted(&tie.label)
        );
    }
    out.push_str("}\n");
    out
}

fn attributes(dot: &Dot) -> String {
    let mut out = format!("label={}", quoted(&dot.label));
    if let Some((fill, stroke)) = dot.status.map(colours) {
        let _ = write!(out, ", fillcolor={}, color={}", quoted(fill), quoted(stroke));
    }
    if dot.current {
        out.push_str(", penwidth=3");
    }
    out
}

/// A text as Graphviz reads it back unchanged.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", escaped.replace(['\n', '\r'], " "))
}
