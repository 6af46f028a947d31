//! What keeps documents over a reload, and tells other tabs. Only this file and `store` touch the browser.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, MessageEvent};
use yew::html::Scope;

use super::store::{Put, Store};
use super::{Effect, Meta, Msg};
use crate::app::App;
use crate::{editor, embed};

/// The document that this tab, or the last tab, had open.
const OPEN_KEY: &str = "halter.open";

/// A text that could not be kept in time.
const DRAFT_KEY: &str = "halter.draft";

/// Where versions before documents kept the one text.
const OLD_KEY: &str = "halter.source";

/// Tabs tell each other here that something is kept.
const CHANNEL: &str = "halter.documents";

/// How long a deleted document can be brought back, in milliseconds.
const KEPT_DELETED_MS: f64 = 30.0 * 24.0 * 3600.0 * 1000.0;

/// Why nothing is kept.
const REFUSED: &str = "This browser refuses to keep documents over a reload.";

/// A text that a page left in a hurry.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Draft {
    id: Option<String>,
    name: String,
    text: String,
}

/// What this tab has to do with documents.
#[derive(Clone)]
pub(crate) struct Shell {
    tab: Rc<str>,
    store: Rc<RefCell<Option<Store>>>,
    /// Texts of this sitting, where nothing is kept.
    texts: Rc<RefCell<HashMap<String, Rc<str>>>>,
    channel: Option<BroadcastChannel>,
    link: Scope<App>,
}

/// The time now, in milliseconds since 1970.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// A name for a document that no other has.
pub(crate) fn fresh_id() -> String {
    format!("{:x}-{:x}", now() as u64, (js_sys::Math::random() * 1e12) as u64)
}

impl Shell {
    /// Opens the store and looks for what was open; `Msg::Loaded` tells.
    pub(crate) fn start(link: Scope<App>, tab: Rc<str>, asked_for_other: bool) -> Self {
        let keeps = !embed::shell::is_embedded();
        let channel = BroadcastChannel::new(CHANNEL).ok().filter(|_| keeps);
        let shell = Self { tab, store: Rc::default(), texts: Rc::default(), channel, link };
        if !keeps {
            shell.tell(Msg::Loaded(Vec::new(), None, None));
            return shell;
        }
        shell.listen();
        let starting = shell.clone();
        spawn_local(async move { starting.load(asked_for_other).await });
        shell
    }

    fn tell(&self, msg: Msg) {
        self.link.send_message(crate::msg::Msg::Documents(msg));
    }

    fn listen(&self) {
        let Some(channel) = &self.channel else { return };
        let shell = self.clone();
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |_| {
            let shell = shell.clone();
            spawn_local(async move { shell.list().await });
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        // It listens as long as the page lives.
        heard.forget();
    }

    fn spread(&self) {
        if let Some(channel) = &self.channel {
            // Nobody may be listening.
            let _ = channel.post_message(&"kept".into());
        }
    }

    async fn load(&self, asked_for_other: bool) {
        let Ok(store) = Store::open().await else {
            let problem = Some(REFUSED.to_owned());
            self.tell(Msg::Loaded(Vec::new(), None, problem));
            return;
        };
        *self.store.borrow_mut() = Some(store.clone());
        self.take_over(&store).await;
        let list = store.list().await.unwrap_or_default();
        let (list, old): (Vec<_>, Vec<_>) = list
            .into_iter()
            .partition(|meta| meta.deleted.is_none_or(|deleted| now() - deleted < KEPT_DELETED_MS));
        for meta in old {
            // What can't be removed now is removed another time.
            let _ = store.remove(&meta.id).await;
        }
        let open: Option<String> =
            SessionStorage::get(OPEN_KEY).or_else(|_| LocalStorage::get(OPEN_KEY)).ok();
        let open =
            list.iter().find(|meta| Some(&meta.id) == open.as_ref() && meta.deleted.is_none());
        let opened = match open.filter(|_| !asked_for_other) {
            Some(meta) => {
                let text = store.text(&meta.id).await.ok().flatten();
                text.map(|text| (meta.clone(), Rc::from(text)))
            }
            None => None,
        };
        self.tell(Msg::Loaded(list, opened, None));
    }

    /// Keeps what a page left in a hurry, and what an older version kept.
    async fn take_over(&self, store: &Store) {
        let draft: Option<Draft> = LocalStorage::get(DRAFT_KEY).ok();
        let old = || {
            let text: String = LocalStorage::get(OLD_KEY).ok()?;
            Some(Draft { id: None, name: "My workflow".to_owned(), text })
        };
        let Some(draft) = draft.or_else(old) else {
            return;
        };
        let list = store.list().await.unwrap_or_default();
        let known = list.into_iter().find(|meta| Some(&meta.id) == draft.id.as_ref());
        let base = known.as_ref().map_or(String::new(), |meta| meta.stamp.clone());
        let mut meta = known.unwrap_or_else(|| Meta {
            id: draft.id.clone().unwrap_or_else(fresh_id),
            name: draft.name,
            named: true,
            ..Meta::default()
        });
        meta.changed = now();
        meta.deleted = None;
        meta.stamp = super::stamp(&self.tab);
        if store.put(&meta, &draft.text, &base, &self.tab).await.is_ok() {
            LocalStorage::delete(DRAFT_KEY);
            LocalStorage::delete(OLD_KEY);
            Self::remember_open(Some(&meta.id));
        }
    }

    async fn list(&self) {
        let store = self.store.borrow().clone();
        if let Some(store) = store
            && let Ok(list) = store.list().await
        {
            self.tell(Msg::Listed(list));
        }
    }

    fn remember_open(id: Option<&str>) {
        // Without it a reload opens another document: no reason to trouble anybody.
        if let Some(id) = id {
            let _ = SessionStorage::set(OPEN_KEY, id);
            let _ = LocalStorage::set(OPEN_KEY, id);
        } else {
            SessionStorage::delete(OPEN_KEY);
            LocalStorage::delete(OPEN_KEY);
        }
    }

    /// Does what the model asks for.
    pub(crate) fn perform(&self, effect: Effect) {
        if embed::shell::is_embedded() {
            return;
        }
        let shell = self.clone();
        match effect {
            Effect::RememberOpen { id, name, kept } => {
                Self::remember_open(id.as_deref());
                SHOWN.with(|shown| {
                    let mut shown = shown.borrow_mut();
                    shown.id = id;
                    shown.name = name;
                    if let Some(kept) = kept {
                        shown.kept = kept;
                    }
                });
            }
            Effect::Save { meta, text, base } => {
                spawn_local(async move { shell.save(meta, text, base).await });
            }
            Effect::SaveAbout(meta) => spawn_local(async move {
                let store = shell.store.borrow().clone();
                if let Some(store) = store {
                    match store.put_about(&meta).await {
                        Ok(()) => shell.spread(),
                        Err(_) => shell.tell(Msg::Refused(REFUSED.to_owned())),
                    }
                }
            }),
            Effect::Load(meta, what) => spawn_local(async move {
                match shell.text(&meta.id).await {
                    Some(text) => shell.tell(Msg::Got(meta, text, what)),
                    None => shell.tell(Msg::Refused(format!("“{}” could not be read.", meta.name))),
                }
            }),
        }
    }

    async fn text(&self, id: &str) -> Option<Rc<str>> {
        let store = self.store.borrow().clone();
        match store {
            Some(store) => store.text(id).await.ok().flatten().map(Rc::from),
            None => self.texts.borrow().get(id).cloned(),
        }
    }

    async fn save(&self, meta: Meta, text: Rc<str>, base: String) {
        let store = self.store.borrow().clone();
        let Some(store) = store else {
            self.texts.borrow_mut().insert(meta.id.clone(), text);
            self.tell(Msg::Refused(REFUSED.to_owned()));
            return;
        };
        match store.put(&meta, &text, &base, &self.tab).await {
            Ok(Put::Kept) => {
                SHOWN.with(|shown| {
                    let mut shown = shown.borrow_mut();
                    if shown.id.as_ref() == Some(&meta.id) {
                        shown.kept = text;
                    }
                });
                LocalStorage::delete(DRAFT_KEY);
                self.tell(Msg::Saved(meta.id));
                self.spread();
            }
            Ok(Put::Conflict) => self.tell(Msg::Conflict(meta, text)),
            Err(_) => {
                let why = "There is no room to keep this text over a reload: the browser refuses.";
                self.tell(Msg::Refused(why.to_owned()));
            }
        }
    }
}

/// What the editor shows, for a page that is about to go.
#[derive(Default)]
struct Shown {
    id: Option<String>,
    name: String,
    /// The text that is kept.
    kept: Rc<str>,
}

thread_local! {
    static SHOWN: RefCell<Shown> = RefCell::default();
}

/// Keeps at once what stands in the editor, if it is not kept yet; the next page takes it over. False if there is
/// no room.
pub(crate) fn leave() -> bool {
    if embed::shell::is_embedded() {
        return true;
    }
    let Some(text) = editor::shell::text() else {
        return true;
    };
    SHOWN.with(|shown| {
        // It may be borrowed, if the page fails while it is written.
        let Ok(shown) = shown.try_borrow() else {
            return false;
        };
        if *shown.kept == *text {
            return true;
        }
        let draft = Draft { id: shown.id.clone(), name: shown.name.clone(), text };
        LocalStorage::set(DRAFT_KEY, draft).is_ok()
    })
}
