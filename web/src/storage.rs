//! What the browser keeps for the page in a few words: settings, drafts, what was open. The only place that touches
//! `localStorage` and `sessionStorage`; either may be refused at any time (cookies off, a frame of another site, a full
//! disk), and then everything here says so and nothing fails.

use gloo_utils::window;
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::Storage;

/// How long something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    /// For every tab, until it is deleted.
    Browser,
    /// For this tab, as long as it lives.
    Tab,
}

fn storage(area: Area) -> Option<Storage> {
    let found = match area {
        Area::Browser => window().local_storage(),
        Area::Tab => window().session_storage(),
    };
    found.ok().flatten()
}

/// What is kept under a key, if it is there and can be understood.
pub(crate) fn get<T: DeserializeOwned>(area: Area, key: &str) -> Option<T> {
    let text = storage(area)?.get_item(key).ok()??;
    serde_json::from_str(&text).ok()
}

/// Whether something is kept under a key.
pub(crate) fn has(area: Area, key: &str) -> bool {
    let kept = storage(area).and_then(|storage| storage.get_item(key).ok().flatten());
    kept.is_some()
}

/// Keeps a value; whether the browser did.
pub(crate) fn set(area: Area, key: &str, value: &impl Serialize) -> bool {
    let Ok(text) = serde_json::to_string(value) else {
        return false;
    };
    storage(area).is_some_and(|storage| storage.set_item(key, &text).is_ok())
}

/// Forgets what is kept under a key. What can't be forgotten now is found again, and forgotten then.
pub(crate) fn delete(area: Area, key: &str) {
    if let Some(storage) = storage(area) {
        let _ = storage.remove_item(key);
    }
}

/// The keys that begin so.
pub(crate) fn keys(area: Area, prefix: &str) -> Vec<String> {
    let Some(storage) = storage(area) else {
        return Vec::new();
    };
    let length = storage.length().unwrap_or_default();
    let all = (0..length).filter_map(|index| storage.key(index).ok().flatten());
    all.filter(|key| key.starts_with(prefix)).collect()
}
