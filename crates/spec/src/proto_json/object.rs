//! A message as JSON.

use serde_json::{Map, Value as SerdeJson};

/// An object that leaves out what proto JSON leaves out: null, false, 0, and what is empty.
#[derive(Debug, Default)]
pub struct ProtoObject {
    fields: Map<String, SerdeJson>,
    is_whole: bool,
}

impl ProtoObject {
    /// One that leaves out nothing.
    pub(crate) fn whole() -> Self {
        Self { is_whole: true, ..Self::default() }
    }

    /// A field, unless it has its default.
    pub fn put(&mut self, name: &str, value: impl Into<SerdeJson>) -> &mut Self {
        let value = value.into();
        let is_default = match &value {
            SerdeJson::Null => true,
            SerdeJson::Bool(flag) => !flag,
            SerdeJson::Number(number) => number.as_i64() == Some(0),
            SerdeJson::String(text) => text.is_empty(),
            SerdeJson::Array(items) => items.is_empty(),
            // A message is set, also when all of its fields have their defaults.
            SerdeJson::Object(_) => false,
        };
        if is_default && !self.is_whole { self } else { self.set(name, value) }
    }

    /// A field that knows "not set" from its default.
    pub fn set(&mut self, name: &str, value: impl Into<SerdeJson>) -> &mut Self {
        self.fields.insert(name.to_owned(), value.into());
        self
    }

    /// A field that is set, if there is something to set it to.
    pub fn optional(&mut self, name: &str, value: Option<SerdeJson>) -> &mut Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// A repeated field.
    pub fn list(&mut self, name: &str, items: impl IntoIterator<Item = SerdeJson>) -> &mut Self {
        self.put(name, items.into_iter().collect::<Vec<_>>())
    }

    /// A map field, unless it is empty.
    pub fn map<K: Into<String>>(
        &mut self,
        name: &str,
        entries: impl IntoIterator<Item = (K, SerdeJson)>,
    ) -> &mut Self {
        let entries: Map<_, _> =
            entries.into_iter().map(|(key, value)| (key.into(), value)).collect();
        if entries.is_empty() && !self.is_whole { self } else { self.set(name, entries) }
    }

    /// The object.
    pub fn done(&mut self) -> SerdeJson {
        SerdeJson::Object(std::mem::take(&mut self.fields))
    }
}
