//! Nodes and edges of a thread while its statements are read. Names and shapes are those of LittleHorse's SDKs.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::model::{
    AccessLevel, Condition, Edge, ExitNode, FailureHandlerDef, Node, NodeKind, ThreadSpec,
    ThreadVarDef, TypeDef, VarType, VariableDef, VariableMutation,
};
use crate::place::{At, Span};

/// An edge whose sink is not known yet: its node and which of the node's edges it is.
pub(super) type Loose = (String, usize);

/// What `wait-for-threads` can wait for by name.
#[derive(Clone)]
pub(super) struct Started {
    /// The variable with the number, or the numbers, of the ThreadRuns.
    pub(super) variable: String,
    /// Whether they are several.
    pub(super) several: bool,
}

/// A thread in the making.
pub(super) struct Graph {
    /// The nodes so far.
    pub(super) nodes: IndexMap<String, Node>,
    /// The thread's variables, with those that it gets by `as`.
    pub(super) variable_defs: Vec<ThreadVarDef>,
    /// Threads started so far, by their names and by their variables.
    pub(super) started: HashMap<String, Started>,
    /// The edges that lead to what comes next; none: nothing can come next.
    loose: Vec<Loose>,
    /// Labels and names of steps, the later ones last.
    labels: Vec<(String, String)>,
    next: usize,
    span: Span,
}

impl Graph {
    pub(super) fn new(span: Span) -> Self {
        let mut graph = Self {
            nodes: IndexMap::new(),
            variable_defs: Vec::new(),
            started: HashMap::new(),
            loose: Vec::new(),
            labels: Vec::new(),
            next: 0,
            span,
        };
        graph.add("entrypoint", NodeKind::Entrypoint, Vec::new(), At(span));
        graph
    }

    /// Adds a node behind what is there; it becomes what the next one follows.
    pub(super) fn add(
        &mut self,
        base: &str,
        kind: NodeKind,
        failure_handlers: Vec<FailureHandlerDef>,
        at: At,
    ) -> String {
        let ends = matches!(kind, NodeKind::Exit(_));
        let loose = std::mem::take(&mut self.loose);
        let name = self.place(base, kind, failure_handlers, at);
        self.lead(loose, &name);
        if !ends {
            self.loose = vec![self.branch(&name, None, at)];
        }
        name
    }

    /// Adds a node that nothing leads to yet.
    pub(super) fn place(
        &mut self,
        base: &str,
        kind: NodeKind,
        failure_handlers: Vec<FailureHandlerDef>,
        at: At,
    ) -> String {
        let name = format!("{}-{base}-{}", self.next, kind.name());
        self.next += 1;
        self.labels.push((base.to_owned(), name.clone()));
        let node = Node { kind, outgoing_edges: Vec::new(), failure_handlers, at };
        self.nodes.insert(name.clone(), node);
        name
    }

    /// A new edge of a node.
    pub(super) fn branch(&mut self, node: &str, condition: Option<Condition>, at: At) -> Loose {
        let edge = Edge { condition, at, ..Edge::default() };
        let edges = self.nodes.get_mut(node).map(|node| &mut node.outgoing_edges);
        let index = edges.map_or(0, |edges| {
            edges.push(edge);
            edges.len() - 1
        });
        (node.to_owned(), index)
    }

    /// Lets these edges lead to a node.
    pub(super) fn lead(&mut self, loose: Vec<Loose>, sink: &str) {
        for (node, index) in loose {
            if let Some(edge) = self.edge(&node, index) {
                sink.clone_into(&mut edge.sink_node_name);
            }
        }
    }

    fn edge(&mut self, node: &str, index: usize) -> Option<&mut Edge> {
        self.nodes.get_mut(node)?.outgoing_edges.get_mut(index)
    }

    /// The edges that lead to what comes next.
    pub(super) fn take_loose(&mut self) -> Vec<Loose> {
        std::mem::take(&mut self.loose)
    }

    /// Goes on behind these edges.
    pub(super) fn follow(&mut self, loose: Vec<Loose>) {
        self.loose = loose;
    }

    /// Whether nothing can come next.
    pub(super) fn has_ended(&self) -> bool {
        self.loose.is_empty()
    }

    /// Changes variables on the way to what comes next.
    pub(super) fn mutate(&mut self, mutations: &[VariableMutation]) {
        for (node, index) in self.loose.clone() {
            if let Some(edge) = self.edge(&node, index) {
                edge.variable_mutations.extend_from_slice(mutations);
            }
        }
    }

    /// Gives a node a label.
    pub(super) fn label(&mut self, label: String, node: &str) {
        self.labels.push((label, node.to_owned()));
    }

    /// The node with this name or label; the latest, if there are several.
    pub(super) fn output(&self, label: Option<&str>) -> Option<String> {
        let label = label?;
        if self.nodes.contains_key(label) {
            return Some(label.to_owned());
        }
        let found = self.labels.iter().rev().find(|(known, _)| known == label);
        found.map(|(_, node)| node.clone())
    }

    /// Declares a variable, if it isn't yet.
    pub(super) fn declare(&mut self, name: &str, var_type: VarType, at: At) {
        if self.variable_defs.iter().any(|variable| variable.var_def.name == name) {
            return;
        }
        self.variable_defs.push(ThreadVarDef {
            var_def: VariableDef {
                name: name.to_owned(),
                type_def: TypeDef::from(var_type),
                default_value: None,
                at,
            },
            required: false,
            searchable: false,
            json_indexes: Vec::new(),
            access_level: AccessLevel::PrivateVar,
        });
    }

    /// The finished thread; without a step that ends it, it ends with an EXIT.
    pub(super) fn into_thread_spec(mut self, at: At) -> ThreadSpec {
        if !self.has_ended() {
            self.add("exit", NodeKind::Exit(ExitNode::default()), Vec::new(), At(self.span));
        }
        ThreadSpec {
            nodes: self.nodes,
            variable_defs: self.variable_defs,
            at,
            ..ThreadSpec::default()
        }
    }
}
