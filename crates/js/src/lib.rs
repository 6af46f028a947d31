//! States, steps and values as plain JavaScript: the npm package and an embedded page speak the same. An INT is a
//! bigint, so that none of its 64 bits is lost.
#![forbid(unsafe_code)]

mod bounds;
mod plain;
mod state;
mod step;
mod value;

pub use bounds::{MAX_UNITS, check};
pub use plain::Plain;
pub use state::{shown, state};
pub use step::{post, step, told};
pub use value::{from_js, set, value};

use serde::Serialize;
use wasm_bindgen::JsValue;

/// Plain objects and lists. What can't be translated can't occur: give it only what is JSON.
pub fn json(value: &impl Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}
