//! Any text as a shared link.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use halter_engine::Semantics;
use halter_session::link::{Link, MAX_BYTES, VERSION};
use miniz_oxide::{deflate, inflate};

use crate::play;

/// The quickest compression: the fuzzer packs much more often than a person.
const QUICK: u8 = 1;

/// Any text is a link or none; what one holds is written and read as the same, and can be opened.
pub fn link(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(link) = Link::decode(&text) else {
        return;
    };
    let written = link.encode();
    assert_eq!(Link::decode(&written).as_ref(), Ok(&link), "{written}");
    let semantics = Semantics::from_name(&link.semantics).unwrap_or_default();
    let Some(document) = halter_spec::load(&link.source).document else {
        return;
    };
    let document = Arc::new(document);
    let (sitting, replayed) = link.play(play::sitting(&document, semantics));
    let most = link.commands.len() + document.script.len();
    assert!(replayed.played + replayed.left_out + replayed.not_tried <= most, "{replayed:?}");
    // What was opened is shared once more.
    if !play::is_enough(&sitting) {
        play::linked(&sitting, &link.source);
    }
}

/// What is packed in a text that looks like a link: bytes that should be the JSON of one.
#[must_use]
pub fn unpack(text: &[u8]) -> Option<Vec<u8>> {
    let (version, packed) = std::str::from_utf8(text).ok()?.trim().split_once('.')?;
    if version != VERSION.to_string() {
        return None;
    }
    let packed = URL_SAFE_NO_PAD.decode(packed).ok()?;
    inflate::decompress_to_vec_with_limit(&packed, MAX_BYTES).ok()
}

/// Packs bytes as a link packs its JSON.
#[must_use]
pub fn pack(json: &[u8]) -> String {
    let packed = deflate::compress_to_vec(json, QUICK);
    format!("{VERSION}.{}", URL_SAFE_NO_PAD.encode(packed))
}
