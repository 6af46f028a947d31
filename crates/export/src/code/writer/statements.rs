//! Sequences, branches, loops and changes of variables.

use halter_spec::model::{Condition, MutationRhs, Path, VariableAssignment, VariableMutation};
use halter_spec::structure::Statement;

use super::{Writer, Written};
use crate::code::language::{Body, Term, TermKind};
use crate::code::methods;
use crate::code::values::{self, Scope};

impl Writer<'_> {
    pub(super) fn statements(
        &mut self,
        statements: &[Statement<'_>],
        scope: &mut Scope,
        lines: &mut Vec<String>,
        at_the_end: bool,
    ) -> Written<()> {
        for (index, statement) in statements.iter().enumerate() {
            let last = at_the_end && index + 1 == statements.len();
            self.statement(statement, scope, lines, last)?;
        }
        Ok(())
    }

    fn statement(
        &mut self,
        statement: &Statement<'_>,
        scope: &mut Scope,
        lines: &mut Vec<String>,
        last: bool,
    ) -> Written<()> {
        match statement {
            Statement::Step { name, node, mutations } => {
                self.step(name, node, mutations, scope, lines, last)
            }
            Statement::Set(mutations) => self.set(mutations, scope, lines),
            Statement::If { name, branches, otherwise } => {
                self.place(name);
                self.count += 1;
                self.bodies += 1;
                let number = self.bodies;
                let mut written = Vec::new();
                for (index, (condition, statements)) in branches.iter().enumerate() {
                    self.place(name);
                    let condition = self.condition(condition, scope)?;
                    let body = self.body(statements, scope)?;
                    if index == 0 {
                        // The NOP that joins.
                        self.count += 1;
                    }
                    written.push((condition, body));
                }
                let otherwise =
                    if otherwise.is_empty() { None } else { Some(self.body(otherwise, scope)?) };
                self.place(name);
                for (index, (condition, _)) in written.iter().enumerate() {
                    self.said(self.language.branch(index == 0, condition))?;
                }
                let otherwise = otherwise.as_ref();
                lines.extend(self.language.branches(&scope.thread, number, &written, otherwise));
                Ok(())
            }
            Statement::While { name, condition, body } => {
                self.place(name);
                self.count += 1;
                self.bodies += 1;
                let number = self.bodies;
                let condition = self.condition(condition, scope)?;
                let body = self.body(body, scope)?;
                self.place(name);
                self.count += 1;
                if condition.kind != TermKind::Comparison {
                    let sdk = self.language.words().sdk;
                    let reason =
                        format!("{sdk} repeats while a comparison holds, no other condition.");
                    return self.refuse(&reason);
                }
                lines.extend(self.language.repeat(&scope.thread, number, &condition, &body));
                Ok(())
            }
        }
    }

    /// Says where what follows is.
    pub(super) fn place(&mut self, node: &str) {
        let spec = self.document.wf_spec.thread_specs.get(&self.thread);
        if let Some(node) = spec.and_then(|spec| spec.nodes.get(node)) {
            self.at = node.at;
        }
        self.node = Some(node.to_owned());
    }

    fn body(&mut self, statements: &[Statement<'_>], scope: &Scope) -> Written<Body> {
        self.names.enter();
        let thread = self.names.name("body");
        let mut lines = Vec::new();
        // What is kept in here is not seen behind it.
        let mut inner = Scope { thread: thread.clone(), ..scope.clone() };
        self.statements(statements, &mut inner, &mut lines, false)?;
        self.names.leave();
        Ok(Body { thread, lines })
    }

    pub(super) fn condition(&self, condition: &Condition, scope: &Scope) -> Written<Term> {
        match condition {
            Condition::Assignment(value) => self.value(value, scope),
            Condition::Legacy(..) => {
                self.refuse("the SDK makes no conditions in LittleHorse's legacy form.")
            }
        }
    }

    pub(super) fn value(&self, value: &VariableAssignment, scope: &Scope) -> Written<Term> {
        self.said(values::value(self.language, scope, value))
    }

    pub(super) fn set(
        &self,
        mutations: &[VariableMutation],
        scope: &Scope,
        lines: &mut Vec<String>,
    ) -> Written<()> {
        for mutation in mutations {
            let MutationRhs::Assignment(rhs) = &mutation.rhs else {
                return self.refuse("the SDK makes no mutations in LittleHorse's legacy form.");
            };
            let Some(target) = scope.variables.get(&mutation.lhs_name) else {
                let reason = format!("the variable {} is not seen here.", mutation.lhs_name);
                return self.refuse(&reason);
            };
            let mut target = target.clone();
            if let Some(path) = &mutation.lhs_path {
                if !matches!(path, Path::JsonPath(_)) {
                    return self.refuse("the SDK changes parts by JSON paths only.");
                }
                target = self.said(values::with_path(self.language, &target, path))?;
            }
            let value = self.value(rhs, scope)?;
            let operation = mutation.operation;
            lines.push(methods::mutate(self.language, &scope.thread, target, operation, value));
        }
        Ok(())
    }
}
