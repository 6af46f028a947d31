//! Types as the source writes them: `STR`, `Array<STR>`, `Map<STR, INT>`, `Struct<car>`; and the StructDefs.

use indexmap::IndexMap;

use super::Source;
use super::expression::name_length;
use super::variables::unknown_type;
use crate::about::About;
use crate::code::Code;
use crate::grammar::STRUCT_WORDS;
use crate::limits::MAX_TYPE_DEPTH;
use crate::model::{StructDef, StructDefId, StructFieldDef, Type, TypeDef, VarType};
use crate::place::At;
use crate::tree::{Entry, Tree};

/// Reads the type that a text begins with, and says how many bytes it has.
pub(super) fn parse_type(text: &str) -> Result<(TypeDef, usize), About> {
    let mut types = Types { text, offset: 0, depth: 0 };
    let found = types.one()?;
    Ok((TypeDef::from(found), types.offset))
}

struct Types<'t> {
    text: &'t str,
    offset: usize,
    depth: usize,
}

impl<'t> Types<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.offset += rest.len() - rest.trim_start().len();
    }

    fn expect(&mut self, text: &str, within: &str) -> Result<(), About> {
        self.skip_space();
        if self.rest().starts_with(text) {
            self.offset += text.len();
            return Ok(());
        }
        Err(About::from(format!(
            "In {within} a {text} is missing: types are written STR, Array<STR>, Map<STR, INT>, Struct<name>."
        )))
    }

    fn one(&mut self) -> Result<Type, About> {
        self.depth += 1;
        if self.depth > MAX_TYPE_DEPTH {
            return Err(About::from("This type is nested too deeply."));
        }
        self.skip_space();
        let rest = self.rest();
        let word = rest.get(..name_length(rest)).unwrap_or_default();
        self.offset += word.len();
        let angle = self.rest().starts_with('<');
        let found = match word {
            "Array" if angle => {
                self.offset += 1;
                let element = self.part()?;
                self.expect(">", "Array<…>")?;
                Type::array_of(element)
            }
            "Map" if angle => {
                self.offset += 1;
                let key = self.part()?;
                self.expect(",", "Map<…>").map_err(|_| {
                    About::from(
                        "A Map has two types, as in Map<STR, INT>. Within braces such a type stands in quotation marks.",
                    )
                })?;
                let value = self.part()?;
                self.expect(">", "Map<…>")?;
                Type::map_of(key, value)
            }
            "Struct" if angle => {
                self.offset += 1;
                self.skip_space();
                let rest = self.rest();
                let name = rest.get(..name_length(rest)).unwrap_or_default();
                if name.is_empty() {
                    return Err(About::from("In Struct<…> the name of a StructDef is missing."));
                }
                self.offset += name.len();
                self.expect(">", "Struct<…>")?;
                Type::Struct(StructDefId::of(name))
            }
            _ => match VarType::from_name(word) {
                Some(var_type) => Type::Primitive(var_type),
                None => {
                    let end = rest.find([',', '>', ' ']).unwrap_or(rest.len());
                    return Err(unknown_type(rest.get(..end).unwrap_or_default()));
                }
            },
        };
        self.depth -= 1;
        Ok(found)
    }

    /// A type within another, perhaps masked.
    fn part(&mut self) -> Result<TypeDef, About> {
        let of = self.one()?;
        let rest = self.rest().trim_start();
        let masked = rest.get(..name_length(rest)) == Some("masked");
        if masked {
            self.offset = self.text.len() - rest.len() + "masked".len();
        }
        Ok(TypeDef { of, masked })
    }
}

impl Source {
    /// The section `structs`: names and their fields. All names are known before the first field is read, so that one
    /// may name another that stands below it.
    pub(super) fn structs(&mut self, tree: &Tree) {
        let Some(entries) = tree.map() else {
            if !tree.is_null() {
                self.expected(tree, "structs", "a map from StructDefs to their fields");
            }
            return;
        };
        for entry in entries {
            let at = At(entry.key_span);
            // Without anything behind it only its name is known.
            let fields = (!entry.value.is_null()).then(|| self.struct_fields(&entry.value));
            let def = StructDef { fields, at, ..StructDef::default() };
            self.document.struct_defs.insert(entry.key.clone(), def);
        }
        // Defaults can be of a StructDef themselves.
        for entry in entries {
            for field in entry.value.map().unwrap_or_default() {
                self.struct_default(&entry.key, field);
            }
        }
    }

    fn struct_fields(&mut self, tree: &Tree) -> IndexMap<String, StructFieldDef> {
        let Some(entries) = tree.map() else {
            self.expected(tree, "structs", "a map from fields to types");
            return IndexMap::new();
        };
        let mut fields = IndexMap::new();
        for entry in entries {
            let Some(words) = self.words_among(&entry.value, &STRUCT_WORDS) else {
                continue;
            };
            let Some(of) = words.of else {
                continue;
            };
            let field = StructFieldDef {
                type_def: TypeDef { of, masked: words.masked },
                default_value: None,
                is_nullable: words.nullable,
            };
            fields.insert(entry.key.clone(), field);
        }
        fields
    }

    fn struct_default(&mut self, name: &str, entry: &Entry) {
        let Some((_, text)) = entry.value.text().and_then(|text| text.split_once('=')) else {
            return;
        };
        let Some(tree) = self.tree_of_default(text.trim(), entry.value.span) else {
            return;
        };
        let field = |source: &Self| {
            let fields = source.document.struct_defs.get(name)?.fields.as_ref()?;
            fields.get(&entry.key).map(|field| field.type_def.of.clone())
        };
        let Some(of) = field(self) else {
            return;
        };
        let value = self.literal(&tree, Some(&of));
        let def = self.document.struct_defs.get_mut(name).and_then(|def| def.fields.as_mut());
        if let (Some(value), Some(field)) = (value, def.and_then(|def| def.get_mut(&entry.key))) {
            field.default_value = Some(value);
        }
    }

    /// Reports what is wrong with a type.
    pub(super) fn type_error(&mut self, tree: &Tree, about: About) {
        self.error(Code::Type, tree.span, about);
    }
}
