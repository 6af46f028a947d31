//! Parts of a message; what is left out has its default.

use std::sync::Arc;

use halter_engine::state::Status;
use halter_spec::proto_json::read_value;
use halter_spec::timestamp;
use halter_spec::value::Value;
use serde_json::Value as Json;

use super::Told;
use crate::trace::messages;

pub(super) fn time(of: &Json, key: &str) -> Option<i64> {
    timestamp::parse(of.get(key)?.as_str()?)
}

pub(super) fn array<'j>(of: &'j Json, key: &str) -> &'j [Json] {
    of.get(key).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default()
}

pub(super) fn text<'j>(of: &'j Json, key: &str) -> &'j str {
    messages::text(of, key)
}

pub(super) fn number(of: &Json, key: &str) -> u32 {
    u32::try_from(messages::number(of, key)).unwrap_or(u32::MAX)
}

pub(super) fn optional_number(of: &Json, key: &str) -> Option<u32> {
    of.get(key)?.as_u64().and_then(|number| u32::try_from(number).ok())
}

pub(super) fn numbers(of: &Json, key: &str) -> Vec<u32> {
    let found = array(of, key).iter();
    found.filter_map(|number| u32::try_from(number.as_u64()?).ok()).collect()
}

pub(super) fn value(of: &Json, key: &str) -> Value {
    of.get(key).and_then(|found| read_value(found).ok()).unwrap_or_default()
}

pub(super) fn message(of: &Json, key: &str) -> Option<Arc<str>> {
    of.get(key)?.as_str().map(Arc::from)
}

pub(super) fn status(of: &Json) -> Told<Status> {
    let name = text(of, "status");
    let found = Status::ALL.into_iter().find(|status| status.name() == name);
    found.ok_or_else(|| format!("Halter knows no status {name} of a ThreadRun or a NodeRun."))
}
