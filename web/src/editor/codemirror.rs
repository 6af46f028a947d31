//! CodeMirror, as `web/editor-js` hands it to the page: a typed face for a few functions of JavaScript.

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// An edit of the text, in UTF-16 offsets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Edit {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) insert: String,
}

/// A diagnostic, as CodeMirror wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Problem<'a> {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) severity: &'static str,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) fixes: Vec<Fix<'a>>,
}

/// A button that puts a [`Problem`] right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Fix<'a> {
    pub(crate) label: &'a str,
    pub(crate) edits: Vec<Edit>,
}

/// Something that the guard found: a button brings it on the stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Note<'a> {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) code: &'a str,
    pub(crate) message: &'a str,
}

/// A line that the run or the graph has something to say about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Mark {
    pub(crate) from: usize,
    pub(crate) kind: &'static str,
    pub(crate) title: String,
}

/// A mounted CodeMirror.
#[derive(Debug)]
pub(crate) struct CodeMirror {
    object: JsValue,
}

/// Rust's side: what CodeMirror calls.
#[derive(Debug)]
pub(crate) struct Host(Object);

impl Host {
    pub(crate) fn new() -> Self {
        Self(Object::new())
    }

    /// Lets CodeMirror tell something, with a number.
    pub(crate) fn on(self, name: &str, told: impl Fn(f64) + 'static) -> Self {
        let closure = Closure::<dyn Fn(JsValue)>::new(move |value: JsValue| {
            told(value.as_f64().unwrap_or(0.0));
        });
        self.with(name, &closure.into_js_value())
    }

    /// Lets CodeMirror ask something of a text at an offset, with one more thing.
    pub(crate) fn answer(
        self,
        name: &str,
        answer: impl Fn(&str, usize, &JsValue) -> JsValue + 'static,
    ) -> Self {
        let closure = Closure::<dyn Fn(JsValue, JsValue, JsValue) -> JsValue>::new(
            move |text: JsValue, at: JsValue, more: JsValue| {
                let text = text.as_string().unwrap_or_default();
                answer(&text, at.as_f64().unwrap_or(0.0) as usize, &more)
            },
        );
        self.with(name, &closure.into_js_value())
    }

    /// The page has one editor for as long as it lives: what it calls is never freed.
    fn with(self, name: &str, function: &JsValue) -> Self {
        // Nobody else holds the object: it can't refuse.
        let _ = Reflect::set(&self.0, &name.into(), function);
        self
    }
}

/// What its module leaves when it is loaded.
fn module() -> Option<JsValue> {
    Reflect::get(&js_sys::global(), &"halterEditor".into()).ok().filter(JsValue::is_object)
}

/// Whether its module is loaded.
pub(crate) fn is_there() -> bool {
    module().is_some()
}

impl CodeMirror {
    /// Puts a CodeMirror into an element; none if its module did not load.
    pub(crate) fn mount(parent: &HtmlElement, label: &str, host: &Host) -> Option<Self> {
        let module = module()?;
        let mount: Function = Reflect::get(&module, &"mount".into()).ok()?.dyn_into().ok()?;
        let object = mount.call3(&module, parent, &host.0, &label.into()).ok()?;
        Some(Self { object })
    }

    pub(crate) fn open(&self, key: &str, text: &str) {
        self.call("open", &[key.into(), text.into()]);
    }

    pub(crate) fn rekey(&self, key: &str) {
        self.call("rekey", &[key.into()]);
    }

    pub(crate) fn text(&self) -> String {
        let bytes = self.call("bytes", &[]).and_then(|bytes| bytes.dyn_into::<Uint8Array>().ok());
        let text = bytes.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
        text.unwrap_or_default()
    }

    pub(crate) fn length(&self) -> usize {
        let length = self.call("length", &[]).and_then(|length| length.as_f64());
        length.unwrap_or(0.0) as usize
    }

    pub(crate) fn replace(&self, text: &str) {
        self.call("replace", &[text.into()]);
    }

    pub(crate) fn edit(&self, edits: &[Edit]) {
        self.call("edit", &[to_js(edits)]);
    }

    pub(crate) fn diagnose(&self, problems: &[Problem<'_>]) {
        self.call("diagnose", &[to_js(problems)]);
    }

    pub(crate) fn note(&self, notes: &[Note<'_>]) {
        self.call("note", &[to_js(notes)]);
    }

    pub(crate) fn mark(&self, marks: &[Mark]) {
        self.call("mark", &[to_js(marks)]);
    }

    pub(crate) fn select(&self, from: usize, to: usize) {
        self.call("select", &[(from as f64).into(), (to as f64).into()]);
    }

    /// Selects without taking the focus.
    pub(crate) fn show(&self, from: usize, to: usize) {
        self.call("show", &[(from as f64).into(), (to as f64).into()]);
    }

    pub(crate) fn focus(&self) {
        self.call("focus", &[]);
    }

    pub(crate) fn undo(&self) {
        self.call("undo", &[]);
    }

    pub(crate) fn redo(&self) {
        self.call("redo", &[]);
    }

    /// What fails over there is in the console; the page goes on without it.
    fn call(&self, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
        let function: Function = Reflect::get(&self.object, &name.into()).ok()?.dyn_into().ok()?;
        let arguments: Array = arguments.iter().collect();
        match Reflect::apply(&function, &self.object, &arguments) {
            Ok(answer) => Some(answer),
            Err(error) => {
                web_sys::console::error_1(&error);
                None
            }
        }
    }
}

pub(super) fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    // Numbers and texts: nothing in them can't be said in JavaScript.
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}
