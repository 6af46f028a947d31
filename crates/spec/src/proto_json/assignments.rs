//! Values that are computed during the run: assignments, expressions, mutations, conditions.

use super::reader::{Message, Reader};
use crate::code::Code;
use crate::model::{
    Comparator, Condition, Edge, Expression, InlineStructBuilder, InlineStructFieldValue,
    MutationRhs, MutationType, Operator, Path, Selector, Source, VariableAssignment,
    VariableMutation,
};
use crate::tree::Tree;
use crate::value::Value;

/// The fields of which an assignment has one.
const SOURCES: [&str; 8] = [
    "variableName",
    "literalValue",
    "formatString",
    "nodeOutput",
    "expression",
    "sizeOf",
    "structBuilder",
    "mapBuilder",
];

impl Reader {
    pub(super) fn optional_assignment(
        &mut self,
        message: &mut Message<'_>,
        name: &'static str,
    ) -> Option<VariableAssignment> {
        let tree = message.field(name)?;
        self.assignment(tree)
    }

    /// An assignment that has to be there.
    pub(super) fn required_assignment(
        &mut self,
        message: &mut Message<'_>,
        name: &'static str,
    ) -> Option<VariableAssignment> {
        let Some(tree) = message.field(name) else {
            self.error(Code::Missing, message.span(), format!("\"{name}\" is missing here."));
            return None;
        };
        self.assignment(tree)
    }

    /// A `VariableAssignment`.
    pub(crate) fn assignment(&mut self, tree: &Tree) -> Option<VariableAssignment> {
        let mut message = self.message(tree, "VariableAssignment")?;
        let path = self.path(&mut message, "jsonPath", "lhPath");
        let target_type = message.field("targetType").and_then(|tree| self.type_def(tree));
        let source = match self.one_of(&mut message, &SOURCES) {
            None => Some(Source::Literal(Value::Null)),
            Some((name, source)) => self.source(name, source),
        };
        self.finish(message);
        Some(VariableAssignment { source: source?, path, target_type, at: tree.at() })
    }

    fn source(&mut self, name: &'static str, tree: &Tree) -> Option<Source> {
        Some(match name {
            "variableName" => Source::Variable(self.text_of(tree, name)?),
            "literalValue" => Source::Literal(self.value(tree)?),
            "formatString" => {
                let mut message = self.message(tree, "FormatString")?;
                let format = self.required_assignment(&mut message, "format");
                let args = self.list(&mut message, "args");
                let args = args.iter().filter_map(|tree| self.assignment(tree)).collect();
                self.finish(message);
                Source::FormatString(Box::new(format?), args)
            }
            "nodeOutput" => Source::NodeOutput(self.node_name(tree)?),
            "expression" => {
                let mut message = self.message(tree, "Expression")?;
                let lhs = self.required_assignment(&mut message, "lhs");
                let rhs = self.required_assignment(&mut message, "rhs");
                let operator = match self.one_of(&mut message, &["mutationType", "comparator"]) {
                    Some(("mutationType", tree)) => {
                        self.word(tree, "mutationType", &MutationType::ALL).map(Operator::Mutation)
                    }
                    Some((name, tree)) => {
                        self.word(tree, name, &Comparator::ALL).map(Operator::Compare)
                    }
                    None => {
                        let text = "An Expression has a mutationType or a comparator.";
                        self.error(Code::Missing, message.span(), text);
                        None
                    }
                };
                self.finish(message);
                Source::Expression(Box::new(Expression {
                    lhs: lhs?,
                    operator: operator?,
                    rhs: rhs?,
                }))
            }
            "sizeOf" => {
                let mut message = self.message(tree, "SizeOf")?;
                let operand = self.required_assignment(&mut message, "operand");
                self.finish(message);
                Source::SizeOf(Box::new(operand?))
            }
            "structBuilder" => {
                let mut message = self.message(tree, "StructBuilder")?;
                let id = message.field("structDefId").and_then(|tree| self.struct_def_id(tree));
                let value = message.field("value").and_then(|tree| self.inline_struct(tree));
                self.finish(message);
                let Some(id) = id else {
                    let text = "A StructBuilder has a \"structDefId\".";
                    self.error(Code::Missing, tree.span, text);
                    return None;
                };
                Source::StructBuilder(id, value.unwrap_or_default())
            }
            _ => {
                let mut message = self.message(tree, "MapBuilder")?;
                let mut entries = Vec::new();
                for entry in self.list(&mut message, "entries") {
                    let mut message = self.message(entry, "Entry")?;
                    let key = self.required_assignment(&mut message, "key");
                    let value = self.required_assignment(&mut message, "value");
                    self.finish(message);
                    entries.push((key?, value?));
                }
                let map_type = message.field("mapType").and_then(|tree| self.map_type(tree));
                self.finish(message);
                Source::MapBuilder(map_type, entries)
            }
        })
    }

    /// An `InlineStructBuilder`.
    fn inline_struct(&mut self, tree: &Tree) -> Option<InlineStructBuilder> {
        let mut message = self.message(tree, "InlineStructBuilder")?;
        let mut built = InlineStructBuilder::default();
        for entry in self.map(&mut message, "fields") {
            let mut field = self.message(&entry.value, "InlineStructFieldValue")?;
            let value = match self.one_of(&mut field, &["simpleValue", "subStructure"]) {
                Some(("simpleValue", tree)) => {
                    self.assignment(tree).map(InlineStructFieldValue::Simple)
                }
                Some((_, tree)) => {
                    self.inline_struct(tree).map(InlineStructFieldValue::SubStructure)
                }
                None => {
                    let text = format!("The field \"{}\" has no value.", entry.key);
                    self.error(Code::Missing, entry.value.span, text);
                    None
                }
            };
            self.finish(field);
            built.fields.insert(entry.key.clone(), value?);
        }
        self.finish(message);
        Some(built)
    }

    fn node_name(&mut self, tree: &Tree) -> Option<String> {
        let mut message = self.message(tree, "NodeOutputReference")?;
        let name = self.text(&mut message, "nodeName");
        self.finish(message);
        Some(name)
    }

    fn path(
        &mut self,
        message: &mut Message<'_>,
        json: &'static str,
        lh: &'static str,
    ) -> Option<Path> {
        match self.one_of(message, &[json, lh])? {
            (name, tree) if name == json => self.text_of(tree, name).map(Path::JsonPath),
            (_, tree) => {
                let mut message = self.message(tree, "LHPath")?;
                let selectors = self.list(&mut message, "path");
                let selectors = selectors.iter().filter_map(|tree| self.selector(tree)).collect();
                self.finish(message);
                Some(Path::LhPath(selectors))
            }
        }
    }

    fn selector(&mut self, tree: &Tree) -> Option<Selector> {
        let mut message = self.message(tree, "Selector")?;
        let selector = match self.one_of(&mut message, &["key", "index", "dynamic"]) {
            Some(("key", tree)) => self.text_of(tree, "key").map(Selector::Key),
            Some(("index", tree)) => self
                .integer_of(tree, "index")
                .and_then(|index| i32::try_from(index).ok())
                .map(Selector::Index),
            Some((_, tree)) => self.assignment(tree).map(Selector::Dynamic),
            None => {
                self.error(Code::Missing, tree.span, "A Selector has a key or an index.");
                None
            }
        };
        self.finish(message);
        selector
    }

    /// A `VariableMutation`.
    pub(crate) fn mutation(&mut self, tree: &Tree) -> Option<VariableMutation> {
        let mut message = self.message(tree, "VariableMutation")?;
        let lhs_name = self.text(&mut message, "lhsName");
        let lhs_path = match self.one_of(&mut message, &["lhsJsonPath", "lhsLhPath"]) {
            Some(("lhsJsonPath", tree)) => self.text_of(tree, "lhsJsonPath").map(Path::JsonPath),
            Some((_, tree)) => {
                let mut path = self.message(tree, "LHPath")?;
                let selectors = self.list(&mut path, "path");
                let selectors = selectors.iter().filter_map(|tree| self.selector(tree)).collect();
                self.finish(path);
                Some(Path::LhPath(selectors))
            }
            None => None,
        };
        let operation = self
            .optional_word(&mut message, "operation", &MutationType::ALL)
            .unwrap_or(MutationType::Assign);
        let rhs = match self.one_of(&mut message, &["rhsAssignment", "literalValue", "nodeOutput"])
        {
            Some(("rhsAssignment", tree)) => self.assignment(tree).map(MutationRhs::Assignment),
            Some(("literalValue", tree)) => self.value(tree).map(MutationRhs::Literal),
            Some((_, tree)) => {
                let mut output = self.message(tree, "NodeOutputSource")?;
                let path = self.path(&mut output, "jsonpath", "lhPath");
                self.finish(output);
                Some(MutationRhs::NodeOutput(path))
            }
            None => {
                let text = format!("The mutation of \"{lhs_name}\" has no right side.");
                self.error(Code::Missing, tree.span, text);
                None
            }
        };
        self.finish(message);
        Some(VariableMutation { lhs_name, lhs_path, operation, rhs: rhs?, at: tree.at() })
    }

    /// The condition of an edge or of a WAIT_FOR_CONDITION node.
    pub(super) fn condition(&mut self, message: &mut Message<'_>) -> Option<Condition> {
        match self.one_of(message, &["condition", "legacyCondition"])? {
            ("condition", tree) => self.assignment(tree).map(Condition::Assignment),
            (_, tree) => self.legacy_condition(tree),
        }
    }

    fn legacy_condition(&mut self, tree: &Tree) -> Option<Condition> {
        let mut message = self.message(tree, "LegacyEdgeCondition")?;
        let comparator = self
            .optional_word(&mut message, "comparator", &Comparator::ALL)
            .unwrap_or(Comparator::LessThan);
        let left = self.required_assignment(&mut message, "left");
        let right = self.required_assignment(&mut message, "right");
        self.finish(message);
        Some(Condition::Legacy(comparator, left?, right?))
    }

    /// An `Edge`.
    pub(crate) fn edge(&mut self, tree: &Tree) -> Option<Edge> {
        let mut message = self.message(tree, "Edge")?;
        let sink_node_name = self.text(&mut message, "sinkNodeName");
        let condition = self.condition(&mut message);
        let mutations = self.list(&mut message, "variableMutations");
        let variable_mutations = mutations.iter().filter_map(|tree| self.mutation(tree)).collect();
        self.finish(message);
        Some(Edge { sink_node_name, condition, variable_mutations, at: tree.at() })
    }
}
