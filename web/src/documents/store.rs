//! Where documents are kept: IndexedDB, which takes texts of many megabytes and says when it can't. Two stores:
//! what is to be said of documents, and their texts, so that a list needs no text.

use std::rc::Rc;

use idb::builder::{DatabaseBuilder, ObjectStoreBuilder};
use idb::{Database, Error, KeyPath, Query, TransactionMode};
use serde_wasm_bindgen::{from_value, to_value};
use wasm_bindgen::JsValue;

use super::Meta;

const NAME: &str = "halter";
const ABOUT: &str = "documents";
const TEXTS: &str = "texts";

/// An open database.
#[derive(Debug, Clone)]
pub(crate) struct Store(Rc<Database>);

/// What came of keeping a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Put {
    /// It is kept.
    Kept,
    /// It is not: another tab has kept another text of this document since.
    Conflict,
}

impl Store {
    pub(crate) async fn open() -> Result<Self, Error> {
        let about = ObjectStoreBuilder::new(ABOUT).key_path(Some(KeyPath::new_single("id")));
        let database = DatabaseBuilder::new(NAME)
            .version(1)
            .add_object_store(about)
            .add_object_store(ObjectStoreBuilder::new(TEXTS))
            .build()
            .await?;
        Ok(Self(Rc::new(database)))
    }

    /// Every document; one that can't be understood is left out.
    pub(crate) async fn list(&self) -> Result<Vec<Meta>, Error> {
        let transaction = self.0.transaction(&[ABOUT], TransactionMode::ReadOnly)?;
        let all = transaction.object_store(ABOUT)?.get_all(None, None)?.await?;
        Ok(all.into_iter().filter_map(|value| from_value(value).ok()).collect())
    }

    pub(crate) async fn text(&self, id: &str) -> Result<Option<String>, Error> {
        let transaction = self.0.transaction(&[TEXTS], TransactionMode::ReadOnly)?;
        let found = transaction.object_store(TEXTS)?.get(key(id))?.await?;
        Ok(found.and_then(|text| text.as_string()))
    }

    /// Keeps a document, unless what is kept is neither what `base` says nor of the tab whose stamps begin so.
    pub(crate) async fn put(
        &self,
        meta: &Meta,
        text: &str,
        base: &str,
        tab: &str,
    ) -> Result<Put, Error> {
        let stores = [ABOUT, TEXTS];
        let transaction = self.0.transaction(&stores, TransactionMode::ReadWrite)?;
        let about = transaction.object_store(ABOUT)?;
        let kept = about.get(key(&meta.id))?.await?;
        let kept: Option<Meta> = kept.and_then(|value| from_value(value).ok());
        if kept.is_some_and(|kept| kept.stamp != base && !kept.stamp.starts_with(tab)) {
            return Ok(Put::Conflict);
        }
        about.put(&value(meta)?, None)?.await?;
        let texts = transaction.object_store(TEXTS)?;
        texts.put(&text.into(), Some(&meta.id.as_str().into()))?.await?;
        // A full disk is told of here.
        transaction.commit()?.await?;
        Ok(Put::Kept)
    }

    /// Keeps what is to be said of a document, and leaves its text alone.
    pub(crate) async fn put_about(&self, meta: &Meta) -> Result<(), Error> {
        let transaction = self.0.transaction(&[ABOUT], TransactionMode::ReadWrite)?;
        let about = transaction.object_store(ABOUT)?;
        let mut meta = meta.clone();
        let kept = about.get(key(&meta.id))?.await?;
        if let Some(kept) = kept.and_then(|value| from_value::<Meta>(value).ok()) {
            // The text's: another tab may have kept one meanwhile.
            meta.stamp = kept.stamp;
        }
        about.put(&value(&meta)?, None)?.await?;
        transaction.commit()?.await?;
        Ok(())
    }

    /// Forgets a document for good.
    pub(crate) async fn remove(&self, id: &str) -> Result<(), Error> {
        let stores = [ABOUT, TEXTS];
        let transaction = self.0.transaction(&stores, TransactionMode::ReadWrite)?;
        transaction.object_store(ABOUT)?.delete(key(id))?.await?;
        transaction.object_store(TEXTS)?.delete(key(id))?.await?;
        transaction.commit()?.await?;
        Ok(())
    }
}

pub(super) fn key(id: &str) -> Query {
    Query::Key(id.into())
}

fn value(meta: &Meta) -> Result<JsValue, Error> {
    to_value(meta).map_err(|error| Error::AddFailed(error.into()))
}
