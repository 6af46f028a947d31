//! What keeps documents over a reload, and tells other tabs. Only this file and `store` touch the browser.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, MessageEvent};

use super::drafts::{self, Draft, GONE_MS};
use super::store::{Put, Store};
use super::{Effect, Meta, Msg};
use crate::embed;
use crate::sender::Sender;
use crate::storage::{self, Area};

/// The document that this tab, or the last tab, had open.
const OPEN_KEY: &str = "halter.open";

/// Where earlier versions kept the one text that could not be kept in time.
const OLD_DRAFT_KEY: &str = "halter.draft";

/// Where versions before documents kept the one text.
const OLD_KEY: &str = "halter.source";

/// Tabs tell each other here that something is kept.
const CHANNEL: &str = "halter.documents";

/// No tab: what is taken over may write over no text but the one that it was made of.
const NOBODY: &str = "nobody";

/// How long a deleted document can be brought back, in milliseconds.
const KEPT_DELETED_MS: f64 = 30.0 * 24.0 * 3600.0 * 1000.0;

/// Why nothing is kept.
const REFUSED: &str = "This browser refuses to keep documents over a reload.";

/// What this tab has to do with documents.
#[derive(Clone)]
pub(crate) struct Shell {
    tab: Rc<str>,
    store: Rc<RefCell<Option<Store>>>,
    /// What is to be done as soon as the store is there; nothing is held once it is, or can't be had.
    held: Rc<RefCell<Option<Vec<Effect>>>>,
    /// Texts of this sitting, where nothing is kept.
    texts: Rc<RefCell<HashMap<String, Rc<str>>>>,
    channel: Option<BroadcastChannel>,
    sender: Sender,
}

/// The time now, in milliseconds since 1970.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// A name for a document that no other has.
pub(crate) fn fresh_id() -> String {
    format!("{:x}-{:x}", now() as u64, (js_sys::Math::random() * 1e12) as u64)
}

/// Whether neither this tab nor another had a document open, as far as can be known without the store.
pub(crate) fn nothing_was_open() -> bool {
    let none = |area, key| !storage::has(area, key);
    let open = none(Area::Tab, OPEN_KEY) && none(Area::Browser, OPEN_KEY);
    let old = none(Area::Browser, OLD_DRAFT_KEY) && none(Area::Browser, OLD_KEY);
    open && old && none(Area::Tab, drafts::TAB_KEY) && drafts::small().is_empty()
}

impl Shell {
    /// Opens the store and looks for what was open; `Msg::Loaded` tells.
    pub(crate) fn start(sender: Sender, tab: Rc<str>, asked_for_other: bool) -> Self {
        let keeps = !embed::shell::is_embedded();
        let channel = BroadcastChannel::new(CHANNEL).ok().filter(|_| keeps);
        let (store, texts) = (Rc::default(), Rc::default());
        let shell = Self { tab, store, held: Rc::default(), texts, channel, sender };
        if !keeps {
            shell.tell(Msg::Loaded(Vec::new(), None, None));
            return shell;
        }
        drafts::change(|shown| shown.tab = Rc::clone(&shell.tab));
        shell.listen();
        *shell.held.borrow_mut() = Some(Vec::new());
        let starting = shell.clone();
        spawn_local(async move { starting.load(asked_for_other).await });
        shell
    }

    fn tell(&self, msg: Msg) {
        self.sender.send_message(crate::msg::Msg::Documents(msg));
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
            self.do_held();
            return;
        };
        *self.store.borrow_mut() = Some(store.clone());
        drafts::open().await;
        let before: Option<String> = storage::get(Area::Tab, drafts::TAB_KEY);
        storage::delete(Area::Tab, drafts::TAB_KEY);
        let mine = self.take_over(&store, before.as_deref()).await;
        let list = store.list().await.unwrap_or_default();
        let (list, old): (Vec<_>, Vec<_>) = list
            .into_iter()
            .partition(|meta| meta.deleted.is_none_or(|deleted| now() - deleted < KEPT_DELETED_MS));
        for meta in old {
            // What can't be removed now is removed another time.
            let _ = store.remove(&meta.id).await;
        }
        let open: Option<String> =
            storage::get(Area::Tab, OPEN_KEY).or_else(|| storage::get(Area::Browser, OPEN_KEY));
        let open =
            list.iter().find(|meta| Some(&meta.id) == open.as_ref() && meta.deleted.is_none());
        // What was typed in this tab a moment ago comes before what its address asks for.
        let opened = match open.filter(|_| mine || !asked_for_other) {
            Some(meta) => {
                let text = store.text(&meta.id).await.ok().flatten();
                text.map(|text| (meta.clone(), Rc::from(text)))
            }
            None => None,
        };
        self.tell(Msg::Loaded(list, opened, None));
        self.do_held();
        // What a page left that was killed a moment ago is not told from what a living one writes: it is asked again.
        TimeoutFuture::new(GONE_MS as u32 + 500).await;
        if self.take_over(&store, None).await {
            self.list().await;
            self.spread();
        }
    }

    /// Keeps what pages left in a hurry, or were killed with, and what older versions kept; whether there was any,
    /// of the page that this tab showed before if that is given.
    async fn take_over(&self, store: &Store, before: Option<&str>) -> bool {
        let mut found: Vec<Draft> = Vec::new();
        for key in [OLD_DRAFT_KEY, OLD_KEY] {
            let old: Option<Draft> = storage::get(Area::Browser, key).or_else(|| {
                let text: String = storage::get(Area::Browser, key)?;
                Some(Draft::of_text(text))
            });
            found.extend(old.map(|draft| Draft { key: key.to_owned(), ..draft }));
        }
        let is_gone = |draft: &Draft| {
            draft.tab != *self.tab && (Some(&*draft.tab) == before || now() - draft.at > GONE_MS)
        };
        found.extend(drafts::all().await.into_iter().filter(is_gone));
        let any = found.iter().any(|draft| before.is_none_or(|before| draft.tab == before));
        for draft in found {
            if self.take_over_one(store, &draft).await {
                drafts::forget(&draft.key);
            }
        }
        any
    }

    /// Makes a document of a draft, or a further text of its document; whether it is kept.
    async fn take_over_one(&self, store: &Store, draft: &Draft) -> bool {
        let list = store.list().await.unwrap_or_default();
        let known = list.into_iter().find(|meta| Some(&meta.id) == draft.id.as_ref());
        if let Some(known) = &known
            && store.text(&known.id).await.ok().flatten().as_deref() == Some(&*draft.text)
        {
            return true;
        }
        let mut meta = known.unwrap_or_else(|| Meta {
            id: draft.id.clone().unwrap_or_else(fresh_id),
            name: draft.name.clone(),
            named: true,
            ..Meta::default()
        });
        // Drafts of earlier versions don't say what they were made of.
        let base = if draft.base.is_empty() { meta.stamp.clone() } else { draft.base.clone() };
        meta.changed = now();
        meta.deleted = None;
        meta.stamp = super::stamp(&self.tab);
        match store.put(&meta, &draft.text, &base, NOBODY).await {
            Ok(Put::Kept) => {}
            Ok(Put::Conflict) => {
                // Another tab has kept another text since: both are kept.
                meta.id = fresh_id();
                meta.name = format!("{} (unsaved)", meta.name);
                if store.put(&meta, &draft.text, "", NOBODY).await.is_err() {
                    return false;
                }
            }
            Err(_) => return false,
        }
        Self::remember_open(&meta.id);
        true
    }

    async fn list(&self) {
        let store = self.store.borrow().clone();
        if let Some(store) = store
            && let Ok(list) = store.list().await
        {
            self.tell(Msg::Listed(list));
        }
    }

    /// Without it a reload opens another document: no reason to trouble anybody.
    fn remember_open(id: &str) {
        storage::set(Area::Tab, OPEN_KEY, &id);
        storage::set(Area::Browser, OPEN_KEY, &id);
    }

    /// Does what had to wait for the store.
    fn do_held(&self) {
        for effect in self.held.take().into_iter().flatten() {
            self.perform(effect);
        }
    }

    /// Does what the model asks for.
    pub(crate) fn perform(&self, effect: Effect) {
        if embed::shell::is_embedded() {
            return;
        }
        if !matches!(effect, Effect::RememberOpen(..))
            && let Some(held) = &mut *self.held.borrow_mut()
        {
            held.push(effect);
            return;
        }
        let shell = self.clone();
        match effect {
            Effect::RememberOpen(open, kept) => {
                // What is only looked at, an example or a link, is no reason to forget what was worked on.
                if let Some(id) = &open.id {
                    Self::remember_open(id);
                }
                drafts::change(|shown| {
                    shown.id = open.id.unwrap_or(open.next_id);
                    shown.name = open.name;
                    shown.stamp = open.stamp;
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
                drafts::kept(&meta.id, &text, &meta.stamp);
                self.tell(Msg::Saved(meta.id, meta.stamp));
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
