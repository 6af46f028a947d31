//! Drafts: what is typed and not kept as a document yet, for each tab and document. A page that is killed loses
//! nothing that is older than [`EVERY_MS`]; the next page finds it here.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use idb::builder::{DatabaseBuilder, ObjectStoreBuilder};
use idb::{Database, Error, KeyPath, TransactionMode};
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::{from_value, to_value};
use wasm_bindgen_futures::spawn_local;

use crate::storage::{self, Area};
use crate::{editor, embed};

/// How old what was typed may be when it is first kept as a draft, in milliseconds.
const EVERY_MS: u32 = 100;

/// A draft whose tab has not written for so long belongs to a page that is gone, in milliseconds.
pub(super) const GONE_MS: f64 = 2_000.0;

/// Keys of drafts begin so; the tab and the document follow.
const PREFIX: &str = "halter.draft.";

/// Which page of this tab wrote a draft last: what that one left, the next one takes over at once.
pub(super) const TAB_KEY: &str = "halter.tab";

/// Longer texts, in bytes, go to IndexedDB: `localStorage` would refuse them.
const LARGE: usize = 200_000;

const DATABASE: &str = "halter-drafts";
const STORE: &str = "drafts";

/// A text that is not kept as a document yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Draft {
    /// Where it is kept.
    #[serde(default)]
    pub(super) key: String,
    /// The document that it is, or will be; earlier versions knew it only of what was one.
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) text: String,
    /// The stamp of the text that it was made of.
    #[serde(default)]
    pub(super) base: String,
    /// The tab in which it was typed.
    #[serde(default)]
    pub(super) tab: String,
    /// When it was written, in milliseconds since 1970.
    #[serde(default)]
    pub(super) at: f64,
}

impl Draft {
    /// What a version before documents kept.
    pub(super) fn of_text(text: String) -> Self {
        Draft {
            key: String::new(),
            id: None,
            name: "My workflow".to_owned(),
            text,
            base: String::new(),
            tab: String::new(),
            at: 0.0,
        }
    }
}

/// What the editor shows, for a page that may go at any moment.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) tab: Rc<str>,
    /// The document, or the id that it gets when it becomes one.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) stamp: String,
    /// The text that is kept.
    pub(super) kept: Rc<str>,
    /// The draft that was written last.
    draft: Option<Written>,
    database: Option<Rc<Database>>,
    soon: Option<Timeout>,
}

/// Where a draft stands, and what it says.
struct Written {
    key: String,
    text: Rc<str>,
}

thread_local! {
    static SHOWN: RefCell<Shown> = RefCell::default();
}

/// Changes what is known of the text that is shown.
pub(super) fn change(change: impl FnOnce(&mut Shown)) {
    SHOWN.with(|shown| {
        // It is borrowed only if the page fails while it is written.
        if let Ok(mut shown) = shown.try_borrow_mut() {
            change(&mut shown);
        }
    });
}

fn database() -> Option<Rc<Database>> {
    SHOWN.with(|shown| shown.try_borrow().ok()?.database.clone())
}

/// Opens the place for large drafts, if the browser has one.
pub(super) async fn open() {
    let database = DatabaseBuilder::new(DATABASE)
        .version(1)
        .add_object_store(ObjectStoreBuilder::new(STORE).key_path(Some(KeyPath::new_single("key"))))
        .build()
        .await;
    if let Ok(database) = database {
        change(|shown| shown.database = Some(Rc::new(database)));
    }
}

/// Something was typed: it is written soon, however long typing goes on.
pub(crate) fn typed() {
    if embed::shell::is_embedded() {
        return;
    }
    change(|shown| {
        if shown.soon.is_none() {
            shown.soon = Some(Timeout::new(EVERY_MS, || {
                change(|shown| shown.soon = None);
                write();
            }));
        }
    });
}

/// Writes at once what stands in the editor, if it is not kept yet; the next page takes it over. False if the
/// browser refuses: then it would be lost with the page.
pub(crate) fn write() -> bool {
    if embed::shell::is_embedded() {
        return true;
    }
    let Some(text) = editor::shell::text() else {
        return true;
    };
    SHOWN.with(|shown| {
        let Ok(mut shown) = shown.try_borrow_mut() else {
            return false;
        };
        if *shown.kept == *text {
            return true;
        }
        let draft = Draft {
            key: format!("{PREFIX}{}.{}", shown.tab, shown.id),
            id: Some(shown.id.clone()),
            name: shown.name.clone(),
            base: shown.stamp.clone(),
            tab: shown.tab.to_string(),
            at: js_sys::Date::now(),
            text,
        };
        let small = draft.text.len() <= LARGE && storage::set(Area::Browser, &draft.key, &draft);
        let written = small || put(shown.database.clone(), &draft);
        if written {
            storage::set(Area::Tab, TAB_KEY, &draft.tab);
            shown.draft = Some(Written { key: draft.key, text: draft.text.into() });
        }
        written
    })
}

/// Asks IndexedDB to keep a draft; whether it took the request.
fn put(database: Option<Rc<Database>>, draft: &Draft) -> bool {
    let Some(database) = database else { return false };
    let request = || -> Result<_, Error> {
        let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
        let value = to_value(draft).map_err(|error| Error::AddFailed(error.into()))?;
        let request = transaction.object_store(STORE)?.put(&value, None)?;
        Ok((transaction, request))
    };
    let Ok((transaction, request)) = request() else { return false };
    spawn_local(async move {
        // A full disk is told of when the document is saved.
        let _ = request.await;
        if let Ok(commit) = transaction.commit() {
            let _ = commit.await;
        }
    });
    true
}

/// A text is kept as a document now: its drafts of this tab are not needed any more, unless one is newer.
pub(super) fn kept(id: &str, text: &Rc<str>, stamp: &str) {
    let nothing_newer = editor::shell::text().is_none_or(|shown| *shown == **text);
    change(|shown| {
        if shown.id != id {
            return;
        }
        shown.kept = Rc::clone(text);
        stamp.clone_into(&mut shown.stamp);
        if let Some(draft) = shown.draft.take_if(|draft| nothing_newer || draft.text == *text) {
            storage::delete(Area::Tab, TAB_KEY);
            storage::delete(Area::Browser, &draft.key);
            forget_large(shown.database.clone(), &draft.key);
        }
    });
}

/// The keys of all drafts that are not large.
pub(super) fn small() -> Vec<String> {
    storage::keys(Area::Browser, PREFIX)
}

/// Forgets a draft that was taken over.
pub(super) fn forget(key: &str) {
    storage::delete(Area::Browser, key);
    forget_large(database(), key);
}

fn forget_large(database: Option<Rc<Database>>, key: &str) {
    let Some(database) = database else { return };
    let key = key.to_owned();
    spawn_local(async move {
        let forget = async || -> Result<(), Error> {
            let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
            transaction.object_store(STORE)?.delete(super::store::key(&key))?.await?;
            transaction.commit()?.await?;
            Ok(())
        };
        // One that stays is taken over once more, and found to be kept already.
        let _ = forget().await;
    });
}

/// Every draft there is, of whatever tab.
pub(super) async fn all() -> Vec<Draft> {
    let mut found: Vec<Draft> = small()
        .into_iter()
        .filter_map(|key| {
            let draft: Draft = storage::get(Area::Browser, &key)?;
            Some(Draft { key, ..draft })
        })
        .collect();
    if let Some(database) = database() {
        let large = async || -> Result<Vec<_>, Error> {
            let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
            transaction.object_store(STORE)?.get_all(None, None)?.await
        };
        let large = large().await.unwrap_or_default();
        found.extend(large.into_iter().filter_map(|value| from_value::<Draft>(value).ok()));
    }
    // The newest last: it is what is seen.
    found.sort_by(|a, b| a.at.total_cmp(&b.at));
    found
}
