//! Child workflows that nobody has written: in place of each a WfSpec that takes what its parent gives, waits to be told how it ends, and
//! ends so. A WfSpec is refused whose child workflows are not there.

use std::sync::Arc;

use halter_engine::command::ChildWfResult;
use halter_engine::{Command, Semantics};
use halter_session::{Sitting, script};
use halter_spec::child_wf;
use halter_spec::composed::example;
use halter_spec::model::{
    AccessLevel, Comparator, Condition, Document, Edge, ExitNode, ExternalEventDef,
    ExternalEventNode, FailureDef, MutationRhs, MutationType, Node, NodeKind, ReturnType, Source,
    ThreadSpec, ThreadVarDef, TypeDef, VarType, VariableAssignment, VariableDef, VariableMutation,
    WfSpec,
};
use halter_spec::place::At;
use halter_spec::proto_json::write_value;
use halter_spec::value::Value;
use indexmap::{IndexMap, IndexSet};
use serde_json::{Value as Json, json};

use crate::client::Cluster;
use crate::deploy::deploy;
use crate::error::{Error, Result};

/// The node at which a stand-in waits: a WfSpec that has it is one.
const WAITS: &str = "halter-waits-to-be-told-how-it-ends";

/// A variable that a stand-in divides by 0: no EXIT node ends with an ERROR. Of its message the parent sees nothing.
const DIVIDED: &str = "halter-divided";

/// A WfSpec in place of a child workflow.
#[derive(Debug, Clone, PartialEq)]
pub struct StandIn {
    name: String,
    /// How it may end: the number of each is what the event says.
    ends: Vec<ChildWfResult>,
}

impl StandIn {
    /// The WfSpec's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The event that says how it ends.
    fn event(&self) -> String {
        format!("{}-ends", self.name)
    }

    /// The request that has the WfRun with this id end so; `None` if it can't.
    pub(crate) fn end(&self, wf_run: &Json, result: &ChildWfResult) -> Option<Json> {
        let number = self.ends.iter().position(|end| end == result)?;
        let number = Value::Int(i64::try_from(number).ok()?);
        Some(json!({
            "wfRunId": wf_run,
            "externalEventDefId": { "name": self.event() },
            "content": write_value(&number),
        }))
    }

    /// The WfSpec with what it needs.
    fn document(&self, inputs: &IndexMap<&str, Option<TypeDef>>) -> Document {
        let content_type = ReturnType { type_def: Some(VarType::Int.into()) };
        let event =
            ExternalEventDef { content_type: Some(content_type), ..ExternalEventDef::default() };
        Document {
            wf_spec: self.wf_spec(inputs),
            external_event_defs: IndexMap::from([(self.event(), event)]),
            ..Document::default()
        }
    }

    fn wf_spec(&self, inputs: &IndexMap<&str, Option<TypeDef>>) -> WfSpec {
        let told = || VariableAssignment::of(Source::NodeOutput(WAITS.to_owned()));
        let mut nodes = IndexMap::new();
        nodes.insert("begin".to_owned(), node(NodeKind::Entrypoint, vec![to(WAITS, None)]));
        let mut ways = Vec::new();
        for (end, number) in self.ends.iter().zip(0..) {
            let name = format!("end-{number}");
            let number = VariableAssignment::of(Source::Literal(Value::Int(number)));
            let mut way = to(&name, Some(Condition::Legacy(Comparator::Equals, told(), number)));
            if let ChildWfResult::Error(_) = end {
                way.variable_mutations.push(failing());
            }
            ways.push(way);
            nodes.insert(name, node(NodeKind::Exit(exit(end)), Vec::new()));
        }
        if ways.is_empty() {
            ways.push(to("end", None));
            nodes.insert("end".to_owned(), node(NodeKind::Exit(ExitNode::default()), Vec::new()));
        }
        let event =
            ExternalEventNode { external_event_def: self.event(), ..ExternalEventNode::default() };
        nodes.insert(WAITS.to_owned(), node(NodeKind::ExternalEvent(event), ways));
        let mut variable_defs = vec![variable(DIVIDED, VarType::Int.into(), Some(Value::Int(1)))];
        // What is not known before the run is taken to be JSON.
        let json = || VarType::JsonObj.into();
        variable_defs.extend(
            inputs.iter().map(|(name, of)| variable(name, of.clone().unwrap_or_else(json), None)),
        );
        let thread = ThreadSpec { nodes, variable_defs, ..ThreadSpec::default() };
        WfSpec {
            name: self.name.clone(),
            thread_specs: IndexMap::from([("main".to_owned(), thread)]),
            entrypoint_thread_name: "main".to_owned(),
            ..WfSpec::default()
        }
    }
}

fn node(kind: NodeKind, outgoing_edges: Vec<Edge>) -> Node {
    Node { kind, outgoing_edges, failure_handlers: Vec::new(), at: At::default() }
}

fn to(sink: &str, condition: Option<Condition>) -> Edge {
    Edge { sink_node_name: sink.to_owned(), condition, ..Edge::default() }
}

fn failing() -> VariableMutation {
    VariableMutation {
        lhs_name: DIVIDED.to_owned(),
        lhs_path: None,
        operation: MutationType::Divide,
        rhs: MutationRhs::Assignment(VariableAssignment::of(Source::Literal(Value::Int(0)))),
        at: At::default(),
    }
}

fn exit(end: &ChildWfResult) -> ExitNode {
    let literal = |value: &Value| {
        (*value != Value::Null).then(|| VariableAssignment::of(Source::Literal(value.clone())))
    };
    let throws = |name: &str, message: &str, content| ExitNode {
        failure: Some(FailureDef {
            failure_name: name.to_owned(),
            message: message.to_owned(),
            content,
        }),
        return_content: None,
    };
    match end {
        ChildWfResult::Output(output) => {
            ExitNode { failure: None, return_content: literal(output) }
        }
        // It does not come so far; a WfSpec whose EXIT nodes return something now and then is refused.
        ChildWfResult::Error(message) => throws("failed", message, None),
        ChildWfResult::Exception(name, message, content) => throws(name, message, literal(content)),
    }
}

fn variable(name: &str, type_def: TypeDef, default_value: Option<Value>) -> ThreadVarDef {
    ThreadVarDef {
        var_def: VariableDef { name: name.to_owned(), type_def, default_value, at: At::default() },
        required: false,
        searchable: false,
        json_indexes: Vec::new(),
        access_level: AccessLevel::default(),
    }
}

/// Puts a stand-in for each child workflow that is not there, or is an earlier stand-in. The document's own
/// WfSpec is not put yet, what both refer to is.
pub(crate) fn stand_in(
    cluster: &Cluster,
    document: &Arc<Document>,
    lines: &[Json],
) -> Result<Vec<StandIn>> {
    let mut put = Vec::new();
    for stand_in in wanted(document, lines) {
        let there = cluster.find("GetLatestWfSpec", &json!({ "name": stand_in.name }))?;
        if there.is_some_and(|there| !is_stand_in(&there)) {
            continue;
        }
        let inputs = child_wf::inputs(document, &stand_in.name);
        let deployed = deploy(cluster, &stand_in.document(&inputs))?;
        if deployed.has_conflicts() {
            return Err(Error::Script(deployed.to_string()));
        }
        if let Some((code, message)) = deployed.rejected {
            return Err(Error::Refused { method: "PutWfSpec", code, message });
        }
        put.push(stand_in);
    }
    Ok(put)
}

fn is_stand_in(wf_spec: &Json) -> bool {
    let threads = wf_spec.get("threadSpecs").and_then(Json::as_object);
    let mut threads = threads.into_iter().flat_map(|threads| threads.values());
    threads.any(|thread| thread.get("nodes").is_some_and(|nodes| nodes.get(WAITS).is_some()))
}

/// Every child workflow that is named, with the ways in which the script has it end. A report that names none is for all.
fn wanted(document: &Arc<Document>, lines: &[Json]) -> Vec<StandIn> {
    let reports = reports(document, lines);
    let mut names: IndexSet<&str> = document.wf_specs().flat_map(child_wf::names).collect();
    names.extend(reports.iter().filter_map(|(name, _)| name.as_deref()));
    let stand_in = |name: &str| {
        let mut ends: Vec<ChildWfResult> = Vec::new();
        for (of, end) in &reports {
            if of.as_deref().is_none_or(|of| of == name) && !ends.contains(end) {
                ends.push(end.clone());
            }
        }
        // What the parent keeps has to be returned in one way at least.
        if !ends.iter().any(|end| matches!(end, ChildWfResult::Output(_)))
            && let Some(of) = child_wf::returns(&document.wf_spec, name)
        {
            ends.push(ChildWfResult::Output(example(of, &document.struct_defs)));
        }
        StandIn { name: name.to_owned(), ends }
    };
    let unknown = names.into_iter().filter(|name| !document.workflows.contains_key(*name));
    unknown.map(stand_in).collect()
}

/// The ends that a script tells, each with the child workflow that it names. What can't be read is told when it is played.
fn reports(document: &Arc<Document>, lines: &[Json]) -> Vec<(Option<String>, ChildWfResult)> {
    let Ok(sitting) = Sitting::new(Arc::clone(document), Semantics::SERVER_1_2) else {
        return Vec::new();
    };
    let report = |line| {
        let Ok(Command::ReportChildWf(_, _, end)) = script::read(line, &sitting) else {
            return None;
        };
        let name = line.pointer("/reportChildWf/wfSpec").and_then(Json::as_str);
        Some((name.map(ToOwned::to_owned), end))
    };
    lines.iter().filter_map(report).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use halter_spec::proto_json::write_put_wf_spec_request;
    use serde_json::json;

    use super::{ChildWfResult, Value, child_wf, is_stand_in, wanted};

    #[test]
    fn it_takes_what_its_parent_gives_and_ends_in_each_way_that_the_script_names() {
        let source = "workflow: order\nthreads:\n  main:\n    variables: {wanted: INT, got: INT}\n    do:\n      \
                      - run-child-wf: restock\n        with: {amount: $wanted, where: here}\n      - wait-for-child-wf: restock\n        into: got\n      \
                      - run-child-wf: bill\n";
        let document = Arc::new(halter_spec::load(source).document.unwrap());
        let lines = [
            json!({ "runWf": {} }),
            json!({ "reportChildWf": { "wfSpec": "restock", "position": 1, "output": { "int": "3" } } }),
            json!({ "reportChildWf": { "position": 1, "error": { "message": "no" } } }),
        ];
        let stand_ins = wanted(&document, &lines);
        let failed = ChildWfResult::Error("no".into());
        assert_eq!(stand_ins.iter().map(|of| &*of.name).collect::<Vec<_>>(), ["restock", "bill"]);
        let restock = &stand_ins[0];
        assert_eq!(restock.ends, [ChildWfResult::Output(Value::Int(3)), failed.clone()]);
        assert_eq!(stand_ins[1].ends, std::slice::from_ref(&failed));

        let spec = restock.wf_spec(&child_wf::inputs(&document, "restock"));
        let inputs = spec.thread_specs["main"].variable_defs.iter();
        let inputs: Vec<_> =
            inputs.map(|def| format!("{} {}", def.var_def.name, def.var_def.type_def.of)).collect();
        assert_eq!(inputs, ["halter-divided INT", "amount INT", "where STR"]);
        assert!(is_stand_in(&write_put_wf_spec_request(&spec)));

        let event = restock.end(&json!({ "id": "x" }), &failed).unwrap();
        assert_eq!(event["externalEventDefId"], json!({ "name": "restock-ends" }));
        assert_eq!(event["content"], json!({ "int": "1" }));
        assert_eq!(restock.end(&json!({ "id": "x" }), &ChildWfResult::Output(Value::Null)), None);
    }
}
