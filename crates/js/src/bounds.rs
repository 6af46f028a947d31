//! How much a value from JavaScript may hold. A list may hold itself, or another one many times over: what is small to
//! send can be without end to read.

use halter_spec::limits::{MAX_DEPTH, MAX_TREE_NODES};
use js_sys::{Array, ArrayBuffer, JsString, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// UTF-16 units of all texts, and bytes, altogether. A source has at most 1 MiB.
pub const MAX_UNITS: u32 = 4 << 20;

/// Whether a value can be read: it ends, and is not too large.
///
/// # Errors
/// A sentence that says what is too much.
pub fn check(js: &JsValue) -> Result<(), String> {
    let mut parts = MAX_TREE_NODES as u32;
    let mut units = MAX_UNITS;
    let mut open = vec![(js.clone(), 0)];
    while let Some((value, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return Err(format!(
                "Lists and objects lie in one another more than {MAX_DEPTH} deep."
            ));
        }
        if let Some(text) = value.dyn_ref::<JsString>() {
            spend(&mut units, text.length())?;
        } else if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
            spend(&mut units, bytes.length())?;
        } else if ArrayBuffer::is_view(&value) || value.is_instance_of::<JsString>() {
            return Err("A typed list or a String object is no value.".to_owned());
        } else if let Some(list) = value.dyn_ref::<Array>() {
            // Its holes count as well: it may be nothing but a length.
            spend(&mut parts, list.length())?;
            open.extend(list.iter().map(|item| (item, depth + 1)));
        } else if let Some(object) = value.dyn_ref::<Object>().filter(|_| !value.is_function()) {
            let keys = Object::keys(object);
            spend(&mut parts, keys.length())?;
            for key in keys.iter() {
                let part = Reflect::get(&value, &key).unwrap_or_default();
                open.extend([(key, depth + 1), (part, depth + 1)]);
            }
        }
    }
    Ok(())
}

fn spend(left: &mut u32, used: u32) -> Result<(), String> {
    *left = left.checked_sub(used).ok_or_else(|| {
        format!("This holds more than {MAX_TREE_NODES} parts or {MAX_UNITS} characters.")
    })?;
    Ok(())
}
