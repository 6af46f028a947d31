//! The browser's access to files, which not every browser has: a typed face for a few functions of JavaScript.

use std::path::Path;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A file that the reader chose.
#[derive(Debug, Clone)]
pub(crate) struct Handle(JsValue);

/// Why something was not done.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Somebody thought better of it.
    Left,
    /// The browser has no such function.
    Missing,
    /// The page may not.
    Forbidden,
    /// It did not work.
    Failed,
}

impl From<JsValue> for Refusal {
    fn from(error: JsValue) -> Self {
        match get(&error, "name").as_string().as_deref() {
            Some("AbortError") => Refusal::Left,
            Some("NotAllowedError" | "SecurityError") => Refusal::Forbidden,
            Some(_) | None => Refusal::Failed,
        }
    }
}

/// A part of an object; undefined, if it has none.
fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    // Nobody else holds the object: it can't refuse.
    let _ = Reflect::set(object, &name.into(), &value.into());
}

/// Calls a function of an object at once.
fn begin(object: &JsValue, name: &str, arguments: &Array) -> Result<Promise, Refusal> {
    let function: Function = get(object, name).dyn_into().map_err(|_| Refusal::Missing)?;
    Ok(Promise::resolve(&Reflect::apply(&function, object, arguments)?))
}

/// Calls a function of an object, and waits for what it promises.
async fn call(object: &JsValue, name: &str, arguments: Array) -> Result<JsValue, Refusal> {
    Ok(JsFuture::from(begin(object, name, &arguments)?).await?)
}

fn list(values: &[&str]) -> Array {
    values.iter().map(|value| JsValue::from_str(value)).collect()
}

/// A kind of files, as the browser's dialog shows it.
fn kind(description: &str, media_type: &str, endings: &[&str]) -> Object {
    let accept = Object::new();
    set(&accept, media_type, list(endings));
    let kind = Object::new();
    set(&kind, "description", description);
    set(&kind, "accept", accept);
    kind
}

fn source() -> Object {
    kind("Halter's source", "application/yaml", &[".halter.yaml", ".yaml", ".yml"])
}

fn json() -> Object {
    kind("LittleHorse's JSON", "application/json", &[".halter.json", ".json"])
}

fn options(types: Array) -> Object {
    let options = Object::new();
    // The folder is remembered by this.
    set(&options, "id", "halter");
    set(&options, "types", types);
    options
}

/// Whether a file of this name holds JSON.
pub(super) fn is_json(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// Asks for a file to open.
pub(super) async fn ask_to_open() -> Result<Handle, Refusal> {
    let options = options(Array::of2(&source(), &json()));
    let chosen = call(&js_sys::global(), "showOpenFilePicker", Array::of1(&options)).await?;
    let chosen: Array = chosen.dyn_into().map_err(|_| Refusal::Failed)?;
    Ok(Handle(chosen.get(0)))
}

/// Asks for a file to write to.
pub(super) async fn ask_to_save(name: &str) -> Result<Handle, Refusal> {
    let kind = if is_json(name) { json() } else { source() };
    let options = options(Array::of1(&kind));
    set(&options, "suggestedName", name);
    call(&js_sys::global(), "showSaveFilePicker", Array::of1(&options)).await.map(Handle)
}

/// Hears which files the system opens by this page, from now on.
pub(super) fn await_launch(launched: impl Fn(Vec<Handle>) + 'static) {
    let queue = get(&js_sys::global(), "launchQueue");
    let Ok(consume) = get(&queue, "setConsumer").dyn_into::<Function>() else {
        return;
    };
    let heard = Closure::<dyn Fn(JsValue)>::new(move |parameters: JsValue| {
        let files = get(&parameters, "files").dyn_into::<Array>().unwrap_or_default();
        launched(files.iter().map(Handle).collect());
    });
    // It listens as long as the page lives. What fails there is opened by hand.
    drop(consume.call1(&queue, &heard.into_js_value()));
}

impl Handle {
    /// What was dropped, if the browser gives it so that it can be written again. It is asked at once: what was dropped is there
    /// only as long as the event.
    pub(super) fn of_dropped(item: &JsValue) -> impl Future<Output = Option<Handle>> + use<> {
        let begun = begin(item, "getAsFileSystemHandle", &Array::new());
        async move {
            let given = JsFuture::from(begun.ok()?).await.ok()?;
            let is_file = get(&given, "kind").as_string().as_deref() == Some("file");
            is_file.then_some(Handle(given))
        }
    }

    pub(super) fn name(&self) -> String {
        get(&self.0, "name").as_string().unwrap_or_default()
    }

    /// The file as it is now.
    pub(super) async fn file(&self) -> Result<web_sys::File, Refusal> {
        let file = call(&self.0, "getFile", Array::new()).await?;
        file.dyn_into().map_err(|_| Refusal::Failed)
    }

    /// Writes the whole file. The browser asks first, if its owner has not allowed it since the page was opened.
    pub(super) async fn write(&self, text: &str) -> Result<(), Refusal> {
        self.ask_whether_to_write().await?;
        let stream = call(&self.0, "createWritable", Array::new()).await?;
        call(&stream, "write", Array::of1(&text.into())).await?;
        // Until then the file is as it was.
        call(&stream, "close", Array::new()).await?;
        Ok(())
    }

    async fn ask_whether_to_write(&self) -> Result<(), Refusal> {
        let mode = Object::new();
        set(&mode, "mode", "readwrite");
        for question in ["queryPermission", "requestPermission"] {
            match call(&self.0, question, Array::of1(&mode)).await {
                Ok(answer) if answer.as_string().as_deref() == Some("granted") => return Ok(()),
                // Where nothing can be asked, writing says whether it is allowed.
                Err(Refusal::Missing) => return Ok(()),
                Ok(_) | Err(Refusal::Left | Refusal::Forbidden | Refusal::Failed) => {}
            }
        }
        Err(Refusal::Forbidden)
    }
}
