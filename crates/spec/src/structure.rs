//! Statements recovered from the graph of a thread's nodes: sequences, branches and loops, as LittleHorse's SDKs make them.
//!
//! What comes out says the whole graph: who writes the same statements down again, in the source or for an SDK, gets the
//! same nodes and edges, but perhaps other names. A graph that no statements make is [`Unstructured`].

use std::collections::{HashMap, HashSet};

use crate::model::{
    Condition, Edge, Expression, Node, NodeKind, Operator, Source, ThreadSpec, VariableMutation,
};

/// Statements inside one another.
pub const MAX_STATEMENT_DEPTH: usize = 12;

/// What a thread does at one place.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement<'m> {
    /// One node, and what changes on the way out of it.
    Step {
        /// The node's name.
        name: &'m str,
        /// The node.
        node: &'m Node,
        /// What changes behind it.
        mutations: &'m [VariableMutation],
    },
    /// Variables change, on the way out of a branch, a loop or the entrypoint.
    Set(&'m [VariableMutation]),
    /// A NOP that branches, and one that joins.
    If {
        /// Name of the NOP that branches.
        name: &'m str,
        /// Conditions and what is done, in order.
        branches: Vec<(&'m Condition, Vec<Statement<'m>>)>,
        /// What is done if none of them holds.
        otherwise: Vec<Statement<'m>>,
    },
    /// A NOP before a body and one behind it that leads back.
    While {
        /// Name of the first NOP.
        name: &'m str,
        /// While this holds.
        condition: &'m Condition,
        /// This is done.
        body: Vec<Statement<'m>>,
    },
}

/// Why a thread's nodes can't be said by statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unstructured {
    /// The node at which it shows.
    pub node: String,
    /// One plain sentence.
    pub reason: String,
}

/// The statements of a thread. A plain EXIT at the very end is the end of the thread and no statement of its own.
///
/// # Errors
/// Where and why the graph is not what statements make.
pub fn statements(thread: &ThreadSpec) -> Result<Vec<Statement<'_>>, Unstructured> {
    let mut entrypoints =
        thread.nodes.iter().filter(|(_, node)| matches!(node.kind, NodeKind::Entrypoint));
    let (Some((name, entrypoint)), None) = (entrypoints.next(), entrypoints.next()) else {
        return Err(stop("", "The thread needs just one ENTRYPOINT."));
    };
    let mut walk =
        Walk { thread, arrivals: HashMap::new(), seen: HashSet::from([name.as_str()]), depth: 0 };
    for node in thread.nodes.values() {
        for edge in &node.outgoing_edges {
            *walk.arrivals.entry(edge.sink_node_name.as_str()).or_default() += 1;
        }
    }
    let first = plain_edge(name, entrypoint)?;
    if walk.arrivals(name) > 0 || !entrypoint.failure_handlers.is_empty() {
        return Err(stop(name, "Nothing leads to an ENTRYPOINT or handles its failures."));
    }
    let mut found = walk.sequence(first)?;
    walk.go_on(&mut found)?;
    if let Some(end) = found.end {
        return Err(stop(end, "Ways meet here that no statement brings together."));
    }
    if let Some(left) = thread.nodes.keys().find(|name| !walk.seen.contains(name.as_str())) {
        return Err(stop(left, "Nothing leads to this node."));
    }
    Ok(found.statements)
}

/// The opposite of a comparison, as LittleHorse's SDKs write it on the edge that skips a loop. Of anything else there is
/// none; then that edge has no condition, being the last.
#[must_use]
pub fn opposite(condition: &Condition) -> Option<Condition> {
    let Condition::Assignment(value) = condition else {
        return None;
    };
    let Source::Expression(parts) = &value.source else {
        return None;
    };
    let Operator::Compare(comparator) = parts.operator else {
        return None;
    };
    let source = Source::Expression(Box::new(Expression {
        operator: Operator::Compare(comparator.negated()),
        ..(**parts).clone()
    }));
    Some(Condition::Assignment(crate::model::VariableAssignment { source, ..value.clone() }))
}

/// Statements, and where they end: at a node that others lead to as well, or with the thread.
struct Sequence<'m> {
    statements: Vec<Statement<'m>>,
    end: Option<&'m str>,
}

struct Walk<'m> {
    thread: &'m ThreadSpec,
    /// How many edges lead to each node.
    arrivals: HashMap<&'m str, usize>,
    seen: HashSet<&'m str>,
    depth: usize,
}

fn stop(node: &str, reason: &str) -> Unstructured {
    Unstructured { node: node.to_owned(), reason: reason.to_owned() }
}

/// The one edge of a node, without a condition.
fn plain_edge<'m>(name: &str, node: &'m Node) -> Result<&'m Edge, Unstructured> {
    match node.outgoing_edges.as_slice() {
        [edge] if edge.condition.is_none() => Ok(edge),
        [] => Err(stop(name, "Nothing follows this node, and it is no EXIT.")),
        _ => Err(stop(name, "Only a NOP has conditions on its ways out.")),
    }
}

/// Whether a node is a NOP that only leads on: it joins.
fn joins(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Nop)
        && matches!(node.outgoing_edges.as_slice(), [edge] if edge.condition.is_none())
}

impl<'m> Walk<'m> {
    fn arrivals(&self, name: &str) -> usize {
        self.arrivals.get(name).copied().unwrap_or_default()
    }

    fn node(&self, name: &str) -> Result<(&'m str, &'m Node), Unstructured> {
        let found = self.thread.nodes.get_key_value(name);
        found
            .map(|(name, node)| (name.as_str(), node))
            .ok_or_else(|| stop(name, "There is no such node."))
    }

    fn see(&mut self, name: &'m str) -> Result<(), Unstructured> {
        if self.seen.insert(name) {
            return Ok(());
        }
        Err(stop(name, "A way leads back here, and no \"while\" makes it."))
    }

    /// What is done from an edge on, up to a NOP that joins or the end of a loop.
    fn sequence(&mut self, edge: &'m Edge) -> Result<Sequence<'m>, Unstructured> {
        self.depth += 1;
        if self.depth > MAX_STATEMENT_DEPTH {
            return Err(stop(
                &edge.sink_node_name,
                "The branches and loops are too many inside one another.",
            ));
        }
        let mut found = Sequence { statements: Vec::new(), end: None };
        self.follow(edge, true, &mut found)?;
        self.depth -= 1;
        Ok(found)
    }

    /// Adds what comes behind an edge. `own`: what changes on it has not been said yet.
    fn follow(
        &mut self,
        mut edge: &'m Edge,
        mut own: bool,
        found: &mut Sequence<'m>,
    ) -> Result<(), Unstructured> {
        found.end = None;
        loop {
            if own && !edge.variable_mutations.is_empty() {
                found.statements.push(Statement::Set(&edge.variable_mutations));
            }
            let (name, node) = self.node(&edge.sink_node_name)?;
            if let NodeKind::Nop = node.kind {
                if joins(node) || self.leads_back(node) {
                    found.end = Some(name);
                    return Ok(());
                }
                if !node.failure_handlers.is_empty() {
                    return Err(stop(name, "A NOP does not fail."));
                }
                self.see(name)?;
                let behind = match self.end_of_loop(name, node) {
                    Some(last) => Some(self.repeat(name, node, last, found)?),
                    None => self.branches(name, node, found)?,
                };
                match behind {
                    Some(behind) => edge = behind,
                    None => return Ok(()),
                }
                own = true;
                continue;
            }
            if self.arrivals(name) != 1 {
                return Err(stop(name, "More than one way leads to this node, and it is no NOP."));
            }
            self.see(name)?;
            if let NodeKind::Exit(_) = node.kind {
                if !node.outgoing_edges.is_empty() {
                    return Err(stop(name, "Nothing follows an EXIT."));
                }
                found.statements.push(Statement::Step { name, node, mutations: &[] });
                return Ok(());
            }
            let behind = plain_edge(name, node)?;
            found.statements.push(Statement::Step {
                name,
                node,
                mutations: &behind.variable_mutations,
            });
            (edge, own) = (behind, false);
        }
    }

    /// Takes NOPs that join nothing as steps, and goes on behind them.
    fn go_on(&mut self, found: &mut Sequence<'m>) -> Result<(), Unstructured> {
        while let Some(end) = found.end {
            if !self.step_over(end, found)? {
                break;
            }
        }
        Ok(())
    }

    /// Takes a NOP that joins nothing as a step and goes on behind it; whether it is one.
    fn step_over(&mut self, name: &'m str, found: &mut Sequence<'m>) -> Result<bool, Unstructured> {
        let (name, node) = self.node(name)?;
        if !joins(node) || self.arrivals(name) != 1 || !node.failure_handlers.is_empty() {
            return Ok(false);
        }
        self.see(name)?;
        let behind = plain_edge(name, node)?;
        found.statements.push(Statement::Step {
            name,
            node,
            mutations: &behind.variable_mutations,
        });
        self.follow(behind, false, found)?;
        Ok(true)
    }

    /// Whether a NOP is the last of a loop: it leads back, or on.
    fn leads_back(&self, node: &Node) -> bool {
        let [back, next] = node.outgoing_edges.as_slice() else {
            return false;
        };
        next.condition.is_none() && back.condition.is_some() && {
            let first = self.thread.nodes.get(&back.sink_node_name);
            first.is_some_and(|first| {
                self.end_of_loop(&back.sink_node_name, first)
                    .and_then(|last| self.thread.nodes.get(last))
                    .is_some_and(|last| std::ptr::eq(last, node))
            })
        }
    }

    /// The last node of the loop that this node begins, if it does.
    fn end_of_loop(&self, name: &str, node: &'m Node) -> Option<&'m str> {
        let [enter, skip] = node.outgoing_edges.as_slice() else {
            return None;
        };
        let last = self.thread.nodes.get(&skip.sink_node_name)?;
        let [back, next] = last.outgoing_edges.as_slice() else {
            return None;
        };
        let condition = enter.condition.as_ref()?;
        let fits = matches!(node.kind, NodeKind::Nop)
            && matches!(last.kind, NodeKind::Nop)
            && back.sink_node_name == name
            && back.condition.as_ref() == Some(condition)
            && next.condition.is_none()
            && skip.condition == opposite(condition)
            && skip.variable_mutations.is_empty()
            && back.variable_mutations.is_empty()
            && last.failure_handlers.is_empty();
        fits.then_some(skip.sink_node_name.as_str())
    }

    /// Reads a loop; the edge behind it.
    fn repeat(
        &mut self,
        name: &'m str,
        node: &'m Node,
        last: &'m str,
        found: &mut Sequence<'m>,
    ) -> Result<&'m Edge, Unstructured> {
        let [enter, _] = node.outgoing_edges.as_slice() else {
            return Err(stop(name, "A loop has two ways out."));
        };
        let Some(condition) = &enter.condition else {
            return Err(stop(name, "A loop has a condition."));
        };
        if self.arrivals(name) != 2 {
            return Err(stop(name, "More than one way leads into this loop."));
        }
        let mut body = self.sequence(enter)?;
        while let Some(end) = body.end {
            if end == last || !self.step_over(end, &mut body)? {
                break;
            }
        }
        if body.end.is_some_and(|end| end != last) {
            return Err(stop(name, "A way leads out of the middle of this loop."));
        }
        if self.arrivals(last) != 1 + usize::from(body.end.is_some()) {
            return Err(stop(last, "A way leads to the end of this loop from outside."));
        }
        let (last, last_node) = self.node(last)?;
        self.see(last)?;
        found.statements.push(Statement::While { name, condition, body: body.statements });
        match last_node.outgoing_edges.as_slice() {
            [_, next] => Ok(next),
            _ => Err(stop(last, "A loop has two ways out.")),
        }
    }

    /// Reads branches; the edge behind where they join, or none if all of them end the thread.
    fn branches(
        &mut self,
        name: &'m str,
        node: &'m Node,
        found: &mut Sequence<'m>,
    ) -> Result<Option<&'m Edge>, Unstructured> {
        let Some((otherwise, conditional)) = node
            .outgoing_edges
            .split_last()
            .filter(|(last, rest)| last.condition.is_none() && !rest.is_empty())
        else {
            return Err(stop(name, "The last way out of a branch has no condition."));
        };
        if self.arrivals(name) != 1 {
            return Err(stop(name, "More than one way leads to this branch."));
        }
        let mut conditions = Vec::new();
        let mut bodies = Vec::new();
        for edge in conditional {
            let Some(condition) = &edge.condition else {
                return Err(stop(name, "Only the last way out of a branch has no condition."));
            };
            conditions.push(condition);
            bodies.push(self.sequence(edge)?);
        }
        bodies.push(self.sequence(otherwise)?);
        let join = loop {
            let ends: HashSet<&str> = bodies.iter().filter_map(|body| body.end).collect();
            if ends.len() <= 1 {
                break ends.into_iter().next();
            }
            // A NOP that nothing else leads to is a step of its branch.
            let mut moved = false;
            for body in &mut bodies {
                if let Some(end) = body.end {
                    moved |= self.step_over(end, body)?;
                }
            }
            if !moved {
                return Err(stop(name, "The branches do not come together at one node."));
            }
        };
        let behind = match join {
            None => None,
            Some(join) => {
                let (join, node) = self.node(join)?;
                let arriving = bodies.iter().filter(|body| body.end.is_some()).count();
                if !joins(node) || self.arrivals(join) != arriving {
                    return Err(stop(name, "The branches do not join at a NOP of their own."));
                }
                if !node.failure_handlers.is_empty() {
                    return Err(stop(join, "A NOP does not fail."));
                }
                self.see(join)?;
                Some(plain_edge(join, node)?)
            }
        };
        let otherwise = bodies.pop().map(|body| body.statements).unwrap_or_default();
        let branches =
            conditions.into_iter().zip(bodies.into_iter().map(|body| body.statements)).collect();
        found.statements.push(Statement::If { name, branches, otherwise });
        Ok(behind)
    }
}
