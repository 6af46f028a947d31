//! Any model at all, also what no SDK would make: it is written so that reading it gives the same again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what is wrong by panicking")]

use std::sync::Arc;

use halter_spec::model::{
    AccessLevel, Comparator, Condition, Document, Edge, ExitNode, Expression, ExternalEventNode,
    FailureDef, FailureHandlerDef, FailureToCatch, InlineStructBuilder, InlineStructFieldValue,
    InterruptDef, MapType, MutationRhs, MutationType, Node, NodeKind, Operator, Path,
    RunChildWfNode, Selector, SleepNode, Source, StartMultipleThreadsNode, StartThreadNode,
    StructDef, StructDefId, StructFieldDef, TaskDef, TaskNode, TaskToExecute, ThreadSpec,
    ThreadVarDef, ThreadsToWaitFor, ThrowEventNode, Type, TypeDef, VarType, VariableAssignment,
    VariableDef, VariableMutation, WaitForChildWfNode, WaitForThreadsNode, WaitStrategy, WfSpec,
    WfSpecToRun,
};
use halter_spec::place::At;
use halter_spec::{proto_json, write_source};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

#[path = "support/values.rs"]
mod values;
use values::{text, value, word};

fn var_type() -> impl Strategy<Value = VarType> {
    select(VarType::ALL.map(|(var_type, _)| var_type).to_vec())
}

fn struct_name() -> impl Strategy<Value = String> {
    select(vec!["car", "wheel-1", "a"]).prop_map(str::to_owned)
}

fn type_of() -> BoxedStrategy<Type> {
    let leaf = prop_oneof![
        3 => var_type().prop_map(Type::Primitive),
        1 => struct_name().prop_map(|name| Type::Struct(StructDefId::of(&name))),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        let part =
            || (inner.clone(), any::<bool>()).prop_map(|(of, masked)| TypeDef { of, masked });
        prop_oneof![
            part().prop_map(Type::array_of),
            (part(), part()).prop_map(|(key, value)| Type::map_of(key, value)),
        ]
    })
    .boxed()
}

fn map_type() -> impl Strategy<Value = MapType> {
    (type_of(), type_of()).prop_map(|(key, value)| MapType {
        key: Arc::new(key.into()),
        value: Arc::new(value.into()),
    })
}

fn json_path() -> impl Strategy<Value = String> {
    select(vec![
        "$.a",
        "$.a.b[0]",
        "$['a b']",
        "$[\"x\"]",
        "$..price",
        "$",
        "x",
        "$.a-b[*]",
        "$.a \"b\\",
    ])
    .prop_map(str::to_owned)
}

fn assignment(nodes: Vec<String>) -> BoxedStrategy<VariableAssignment> {
    let leaf = prop_oneof![
        3 => word().prop_map(Source::Variable),
        3 => value().prop_map(Source::Literal),
        1 => select(nodes).prop_map(Source::NodeOutput),
    ]
    .prop_map(VariableAssignment::of);
    leaf.prop_recursive(4, 16, 3, |inner| {
        let operator = prop_oneof![
            select(Comparator::ALL.map(|(found, _)| found).to_vec()).prop_map(Operator::Compare),
            select(MutationType::ALL[1..].iter().map(|(found, _)| *found).collect::<Vec<_>>()).prop_map(Operator::Mutation),
        ];
        let field = prop_oneof![
            inner.clone().prop_map(InlineStructFieldValue::Simple),
            proptest::collection::btree_map(word(), inner.clone(), 0..2).prop_map(|fields| {
                let fields = fields.into_iter();
                let fields = fields.map(|(name, value)| (name, InlineStructFieldValue::Simple(value)));
                InlineStructFieldValue::SubStructure(InlineStructBuilder { fields: fields.collect() })
            }),
        ];
        let built = proptest::collection::btree_map(word(), field, 0..3)
            .prop_map(|fields| InlineStructBuilder { fields: fields.into_iter().collect() });
        let source = prop_oneof![
            1 => (struct_name(), built).prop_map(|(name, built)| Source::StructBuilder(StructDefId::of(&name), built)),
            1 => (option::of(map_type()), vec((inner.clone(), inner.clone()), 0..3)).prop_map(|(of, entries)| Source::MapBuilder(of, entries)),
            3 => (inner.clone(), operator, inner.clone()).prop_map(|(lhs, operator, rhs)| Source::Expression(Box::new(Expression { lhs, operator, rhs }))),
            1 => inner.clone().prop_map(|operand| Source::SizeOf(Box::new(operand))),
            1 => (inner.clone(), vec(inner.clone(), 0..3)).prop_map(|(format, arguments)| Source::FormatString(Box::new(format), arguments)),
            2 => word().prop_map(Source::Variable),
        ];
        let selector = prop_oneof![
            word().prop_map(Selector::Key),
            any::<i32>().prop_map(Selector::Index),
            inner.prop_map(Selector::Dynamic),
        ];
        let path = prop_oneof![
            json_path().prop_map(Path::JsonPath),
            vec(selector, 1..3).prop_map(Path::LhPath),
        ];
        let cast = (type_of(), any::<bool>()).prop_map(|(of, masked)| TypeDef { of, masked });
        (source, option::weighted(0.3, path), option::weighted(0.2, cast)).prop_map(|(source, path, target_type)| VariableAssignment {
            path,
            target_type,
            ..VariableAssignment::of(source)
        })
    })
    .boxed()
}

fn condition(nodes: Vec<String>) -> impl Strategy<Value = Condition> {
    let value = assignment(nodes);
    prop_oneof![
        4 => value.clone().prop_map(Condition::Assignment),
        1 => (value.clone(), value).prop_map(|(left, right)| Condition::Legacy(Comparator::In, left, right)),
    ]
}

fn mutation(nodes: Vec<String>) -> impl Strategy<Value = VariableMutation> {
    let operation = select(MutationType::ALL.map(|(found, _)| found).to_vec());
    let rhs = prop_oneof![
        4 => assignment(nodes).prop_map(MutationRhs::Assignment),
        1 => value().prop_map(MutationRhs::Literal),
        1 => option::of(json_path().prop_map(Path::JsonPath)).prop_map(MutationRhs::NodeOutput),
    ];
    (word(), option::weighted(0.3, json_path()), operation, rhs).prop_map(
        |(lhs_name, path, operation, rhs)| VariableMutation {
            lhs_name,
            lhs_path: path.map(Path::JsonPath),
            operation,
            rhs,
            at: At::default(),
        },
    )
}

fn handlers() -> impl Strategy<Value = Vec<FailureHandlerDef>> {
    let failure = prop_oneof![
        Just(FailureToCatch::Any),
        Just(FailureToCatch::AnyError),
        Just(FailureToCatch::AnyException),
        word().prop_map(FailureToCatch::Specific),
    ];
    let handler = (word(), failure).prop_map(|(handler_spec_name, failure_to_catch)| {
        FailureHandlerDef { handler_spec_name, failure_to_catch, at: At::default() }
    });
    prop_oneof![3 => Just(Vec::new()), 1 => vec(handler, 1..3)]
}

fn kind(nodes: &[String]) -> impl Strategy<Value = NodeKind> + use<> {
    let value = || assignment(nodes.to_vec());
    let variables = proptest::collection::btree_map(word(), value(), 0..3).boxed();
    let children = variables.clone();
    prop_oneof![
        Just(NodeKind::Nop),
        Just(NodeKind::Exit(ExitNode::default())),
        (word(), text(), option::of(value())).prop_map(|(failure_name, message, content)| {
            NodeKind::Exit(ExitNode {
                failure: Some(FailureDef { failure_name, message, content }),
                return_content: None,
            })
        }),
        value().prop_map(|content| NodeKind::Exit(ExitNode {
            failure: None,
            return_content: Some(content)
        })),
        (
            prop_oneof![
                word().prop_map(TaskToExecute::TaskDef),
                value().prop_map(TaskToExecute::Dynamic)
            ],
            any::<i32>(),
            vec(value(), 0..3)
        )
            .prop_map(|(task, number, variables)| NodeKind::Task(TaskNode {
                task,
                timeout_seconds: number,
                retries: number / 7,
                exponential_backoff: None,
                variables,
            })),
        (word(), option::of(value()), option::of(value()), any::<bool>()).prop_map(
            |(external_event_def, timeout_seconds, correlation_key, mask_correlation_key)| {
                NodeKind::ExternalEvent(ExternalEventNode {
                    external_event_def,
                    timeout_seconds,
                    correlation_key,
                    mask_correlation_key,
                })
            }
        ),
        (word(), variables.clone()).prop_map(
            |(thread_spec_name, variables)| NodeKind::StartThread(StartThreadNode {
                thread_spec_name,
                variables: variables.into_iter().collect()
            })
        ),
        (word(), variables, value()).prop_map(|(thread_spec_name, variables, iterable)| {
            NodeKind::StartMultipleThreads(StartMultipleThreadsNode {
                thread_spec_name,
                variables: variables.into_iter().collect(),
                iterable,
            })
        }),
        (
            prop_oneof![
                vec(value(), 0..3).prop_map(ThreadsToWaitFor::Threads),
                value().prop_map(ThreadsToWaitFor::List)
            ],
            handlers()
        )
            .prop_map(|(threads, per_thread_failure_handlers)| NodeKind::WaitForThreads(
                WaitForThreadsNode {
                    threads,
                    per_thread_failure_handlers,
                    strategy: WaitStrategy::WaitForAny
                }
            )),
        value().prop_map(|length| NodeKind::Sleep(SleepNode::RawSeconds(length))),
        (word(), value()).prop_map(|(event_def, content)| NodeKind::ThrowEvent(ThrowEventNode {
            event_def,
            content
        })),
        condition(nodes.to_vec()).prop_map(NodeKind::WaitForCondition),
        (
            prop_oneof![
                word().prop_map(WfSpecToRun::WfSpec),
                value().prop_map(WfSpecToRun::Dynamic)
            ],
            prop_oneof![Just(-1), 0..9_i32],
            children,
            option::of(value())
        )
            .prop_map(|(wf_spec, major_version, inputs, child_id)| {
                let inputs = inputs.into_iter().collect();
                NodeKind::RunChildWf(RunChildWfNode { wf_spec, major_version, inputs, child_id })
            }),
        (value(), select(nodes.to_vec())).prop_map(|(child_wf_run_id, source_node)| {
            NodeKind::WaitForChildWf(WaitForChildWfNode { child_wf_run_id, source_node })
        }),
    ]
}

fn thread() -> impl Strategy<Value = ThreadSpec> {
    let names = proptest::collection::btree_set(
        prop_oneof![
            word(),
            (1..9_u8, word()).prop_map(|(number, base)| format!("{number}-{base}-NOP"))
        ],
        1..6,
    );
    names.prop_flat_map(|names| {
        let names: Vec<String> = names.into_iter().collect();
        let edge = (
            select(names.clone()),
            option::weighted(0.3, condition(names.clone())),
            vec(mutation(names.clone()), 0..3),
        )
            .prop_map(|(sink_node_name, condition, variable_mutations)| Edge {
                sink_node_name,
                condition,
                variable_mutations,
                at: At::default(),
            })
            .boxed();
        let node = (kind(&names), vec(edge.clone(), 0..3), handlers()).prop_map(
            |(kind, outgoing_edges, failure_handlers)| Node {
                kind,
                outgoing_edges,
                failure_handlers,
                at: At::default(),
            },
        );
        let count = names.len();
        let default = (type_of(), any::<[bool; 3]>(), option::of(value())).prop_map(
            |(of, [masked, required, searchable], default_value)| {
                (TypeDef { of, masked }, required, searchable, default_value)
            },
        );
        let variables = proptest::collection::btree_map(word(), default, 0..3);
        let interrupts = vec((word(), word()), 0..3);
        (vec(node, count), edge, variables, interrupts, option::of(any::<i64>())).prop_map(
            move |(nodes, first, variables, interrupts, retention_seconds)| {
                let mut thread = ThreadSpec { retention_seconds, ..ThreadSpec::default() };
                thread.nodes.insert(
                    "0-entrypoint-ENTRYPOINT".to_owned(),
                    Node {
                        kind: NodeKind::Entrypoint,
                        outgoing_edges: vec![first],
                        failure_handlers: Vec::new(),
                        at: At::default(),
                    },
                );
                thread.nodes.extend(names.iter().cloned().zip(nodes));
                thread.variable_defs = variables
                    .into_iter()
                    .map(|(name, (type_def, required, searchable, default_value))| ThreadVarDef {
                        var_def: VariableDef { name, type_def, default_value, at: At::default() },
                        required,
                        searchable,
                        json_indexes: Vec::new(),
                        access_level: AccessLevel::InheritedVar,
                    })
                    .collect();
                thread.interrupt_defs = interrupts
                    .into_iter()
                    .map(|(external_event_def, handler_spec_name)| InterruptDef {
                        external_event_def,
                        handler_spec_name,
                        at: At::default(),
                    })
                    .collect();
                thread
            },
        )
    })
}

fn document() -> impl Strategy<Value = Document> {
    let input = (word(), type_of()).prop_map(|(name, of)| VariableDef {
        name,
        type_def: TypeDef::from(of),
        default_value: None,
        at: At::default(),
    });
    let tasks = proptest::collection::btree_map(word(), option::of(input), 0..3);
    let field = (type_of(), option::of(value()), any::<[bool; 2]>()).prop_map(
        |(of, default_value, [masked, is_nullable])| StructFieldDef {
            type_def: TypeDef { of, masked },
            default_value,
            is_nullable,
        },
    );
    let fields = option::of(proptest::collection::btree_map(word(), field, 0..3));
    let structs = proptest::collection::btree_map(struct_name(), fields, 0..3);
    let threads = proptest::collection::btree_map(word(), thread(), 1..3);
    (word(), threads, tasks, structs).prop_map(|(name, threads, tasks, structs)| {
        let entrypoint_thread_name = threads.keys().last().cloned().unwrap_or_default();
        Document {
            wf_spec: WfSpec {
                name,
                entrypoint_thread_name,
                thread_specs: threads.into_iter().collect(),
                ..WfSpec::default()
            },
            task_defs: tasks
                .into_iter()
                .map(|(name, input)| {
                    (
                        name,
                        TaskDef { input_vars: input.into_iter().collect(), ..TaskDef::default() },
                    )
                })
                .collect(),
            struct_defs: structs
                .into_iter()
                .map(|(name, fields)| {
                    let fields = fields.map(|fields| fields.into_iter().collect());
                    (name, StructDef { fields, ..StructDef::default() })
                })
                .collect(),
            ..Document::default()
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn is_written_so_that_it_is_read_as_the_same(document in document()) {
        // `write_source` reads again what it has written, and compares.
        let source = write_source(&document);
        prop_assert!(source.is_ok(), "{document:#?}");
        let json = proto_json::write_put_wf_spec_request(&document.wf_spec);
        let wf_spec = proto_json::read_wf_spec(&json.to_string());
        prop_assert!(wf_spec.is_ok(), "{wf_spec:?}");
        let again = Document { wf_spec: wf_spec.unwrap(), ..document };
        prop_assert_eq!(write_source(&again), source);
    }
}
