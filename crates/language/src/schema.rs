//! A JSON Schema of the source, made from the grammar, so that other editors complete and check it as well.

use halter_spec::grammar::{
    self, COMMANDS, COMPOSED_TYPES, DOCUMENT, ENTRYPOINT, Form, Key, LONG_COMMANDS, NameKind,
    STATEMENTS, STRUCT_WORDS, Shape, Statement, TYPE_WORDS, TypeUse, ValueShape,
};
use halter_spec::model::VarType;
use serde_json::{Map, Value, json};

/// The schema, in the draft that yaml-language-server knows best (draft-07).
#[must_use]
pub fn schema() -> Value {
    let mut schema = Schema { definitions: Map::new() };
    let document = schema.shape(&DOCUMENT);
    schema.steps();
    let mut root = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Halter source",
        "description": "A LittleHorse workflow with its definitions, for the Halter playground.",
    });
    if let (Some(root), Value::Object(document)) = (root.as_object_mut(), document) {
        root.extend(document);
        schema.definitions.sort_keys();
        root.insert("definitions".to_owned(), Value::Object(schema.definitions));
    }
    root
}

struct Schema {
    definitions: Map<String, Value>,
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn described(mut schema: Value, doc: &str) -> Value {
    if schema.get("$ref").is_some() {
        schema = json!({ "allOf": [schema] });
    }
    if let Some(map) = schema.as_object_mut() {
        map.insert("description".to_owned(), Value::from(doc));
    }
    schema
}

impl Schema {
    /// A map with these keys.
    fn map<'k>(&mut self, keys: impl Iterator<Item = &'k Key>) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for key in keys {
            let holds = self.holds(&key.holds);
            properties.insert(key.name.to_owned(), described(holds, key.doc));
            if key.required {
                required.push(key.name);
            }
        }
        let mut map = json!({
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        });
        if !required.is_empty()
            && let Some(map) = map.as_object_mut()
        {
            map.insert("required".to_owned(), json!(required));
        }
        map
    }

    fn shape(&mut self, shape: &Shape) -> Value {
        self.map(shape.keys.iter())
    }

    /// The definition of that name, made if it is not there.
    fn definition(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            // So that what refers to itself ends.
            self.definitions.insert(name.to_owned(), Value::Null);
            let made = make(self);
            self.definitions.insert(name.to_owned(), made);
        }
        reference(name)
    }

    fn holds(&mut self, holds: &ValueShape) -> Value {
        match holds {
            ValueShape::Text | ValueShape::Property | ValueShape::Name(_) => self.definition("text", |_| {
                json!({ "type": ["string", "number", "boolean"] })
            }),
            ValueShape::Int => json!({ "type": "integer" }),
            ValueShape::Number => json!({ "type": "number" }),
            ValueShape::Flag => json!({ "type": "boolean" }),
            ValueShape::Word(words) => {
                let choices: Vec<Value> = words
                    .iter()
                    .map(|(word, doc)| json!({ "const": word, "description": doc }))
                    .collect();
                json!({ "oneOf": choices })
            }
            ValueShape::Type(usage) => self.type_words(*usage),
            ValueShape::Value => self.definition("value", |_| {
                json!({ "description": "What has a $ is an expression; all else is what YAML says." })
            }),
            ValueShape::Condition => self.definition("condition", |_| {
                json!({
                    "description": "An expression that is true or false, such as $total > 100.",
                    "type": ["string", "number", "boolean", "object"],
                })
            }),
            ValueShape::Mutation => self.definition("mutation", |_| {
                let words = grammar::OPERATION_WORDS.map(|(word, _)| word).join(", ");
                json!({ "description": format!("A value, or {words} and a value.") })
            }),
            ValueShape::Literal => json!({}),
            ValueShape::Nothing => json!({ "type": "null" }),
            ValueShape::Map(shape) => {
                let shape: &Shape = shape;
                self.definition(&shape.name.replace(' ', "-"), |schema| schema.shape(shape))
            }
            ValueShape::Names(kind, declares, inner) => self.names(*kind, *declares, inner),
            ValueShape::List(inner) => {
                let items = self.holds(inner);
                json!({ "type": ["array", "null"], "items": items })
            }
            ValueShape::Step => reference("step"),
            ValueShape::NodeStep => reference("node"),
            ValueShape::Command => reference("command"),
            ValueShape::Either(all) => {
                let choices: Vec<Value> = all.iter().map(|holds| self.holds(holds)).collect();
                json!({ "anyOf": choices })
            }
        }
    }

    fn names(&mut self, kind: NameKind, declares: bool, inner: &ValueShape) -> Value {
        let inner = self.holds(inner);
        let mut map = json!({ "type": ["object", "null"], "additionalProperties": inner });
        if kind == NameKind::Failure
            && !declares
            && let Some(map) = map.as_object_mut()
        {
            let known: Map<String, Value> = grammar::failures()
                .map(|(name, doc)| (name.to_owned(), described(inner.clone(), doc)))
                .collect();
            map.insert("properties".to_owned(), Value::Object(known));
        }
        map
    }

    fn type_words(&mut self, usage: TypeUse) -> Value {
        let name = match usage {
            TypeUse::Variable => "variable-type",
            TypeUse::Payload => "payload-type",
            TypeUse::Field => "field-type",
            TypeUse::StructField => "struct-field-type",
            TypeUse::Bare => "type",
        };
        self.definition(name, |_| {
            let mut types: Vec<&str> = VarType::ALL.map(|(_, name)| name).to_vec();
            if usage == TypeUse::Payload {
                types.push("NOTHING");
            }
            let words = match usage {
                TypeUse::StructField => STRUCT_WORDS.map(|(word, _)| word).join("|"),
                TypeUse::Variable | TypeUse::Payload | TypeUse::Field | TypeUse::Bare => {
                    TYPE_WORDS.map(|(word, _)| word).join("|")
                }
            };
            let default = if usage == TypeUse::Bare { "" } else { "(\\s*=[\\s\\S]*)?" };
            // What stands between < and > only Halter itself checks.
            let composed = match usage {
                TypeUse::Variable | TypeUse::Payload | TypeUse::StructField => {
                    let words = COMPOSED_TYPES.map(|(word, _, _)| word).join("|");
                    format!("|({words})<[^=]*>")
                }
                TypeUse::Field | TypeUse::Bare => String::new(),
            };
            let types_or = types.join("|");
            let pattern = format!("^\\s*({types_or}{composed})(\\s+({words}))*\\s*{default}$");
            json!({ "anyOf": [{ "enum": types }, { "type": "string", "pattern": pattern }] })
        })
    }

    fn steps(&mut self) {
        self.alternatives("step", &STATEMENTS, |statement| statement.keys().collect::<Vec<_>>());
        let nodes: Vec<&'static Statement> =
            STATEMENTS.iter().filter(|statement| statement.form != Form::Structure).collect();
        let mut choices =
            vec![json!({ "enum": ["exit", "nop", "entrypoint"] }), self.shape(&ENTRYPOINT)];
        for statement in nodes {
            let map = self.map(statement.node_keys());
            choices.push(needing(map, statement));
        }
        // LittleHorse's own JSON behind a tag.
        choices.push(json!({ "type": "object", "required": ["outgoingEdges"] }));
        self.definitions.insert("node".to_owned(), json!({ "anyOf": choices }));
        self.alternatives("command", &COMMANDS, |command| command.keys().collect());
        if let Some(Value::Array(choices)) =
            self.definitions.get_mut("command").and_then(|command| command.get_mut("anyOf"))
        {
            for long in LONG_COMMANDS {
                choices.push(json!({
                    "type": "object",
                    "required": [long],
                    "properties": { long: { "type": ["object", "null"] } },
                }));
            }
        }
    }

    fn alternatives(
        &mut self,
        name: &str,
        all: &'static [Statement],
        keys: impl Fn(&'static Statement) -> Vec<&'static Key>,
    ) {
        let words: Vec<&str> = all
            .iter()
            .map(|statement| statement.key.name)
            .filter(|word| matches!(*word, "nop" | "return" | "exit" | "run"))
            .collect();
        let mut choices = vec![json!({ "enum": words })];
        for statement in all {
            let map = self.map(keys(statement).into_iter());
            choices.push(needing(map, statement));
        }
        self.definitions.insert(name.to_owned(), json!({ "anyOf": choices }));
    }
}

/// The map of a statement: it needs the key that says what it does.
fn needing(mut map: Value, statement: &Statement) -> Value {
    if let Some(map) = map.as_object_mut() {
        let mut required = vec![Value::from(statement.key.name)];
        if let Some(Value::Array(others)) = map.remove("required") {
            required.extend(others.into_iter().filter(|other| *other != statement.key.name));
        }
        map.insert("required".to_owned(), Value::Array(required));
        map.insert("title".to_owned(), Value::from(statement.key.name));
        map.insert("description".to_owned(), Value::from(statement.key.doc));
    }
    map
}
