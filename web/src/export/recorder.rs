//! A film as WebM: the browser draws each picture on a canvas, and records that.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobEvent, BlobPropertyBag, MediaRecorder, MediaRecorderOptions};

use super::recording::Film;
use super::reel::Reel;
use super::{Told, shell};
use crate::sender::Sender;

const WEBM: &str = "video/webm";
const FRAMES_PER_SECOND: f64 = 30.0;
/// A canvas that does not change gives no frames: it is drawn anew so often.
const DRAW_MS: u32 = 50;
/// Points of a side at most, and how much larger than its SVG a film is.
const MAX_SIDE: f64 = 1_920.0;
const SCALE: f64 = 1.5;

/// Whether the browser can record.
pub(super) fn can_record() -> bool {
    Reflect::has(&js_sys::global(), &"MediaRecorder".into()).unwrap_or(false)
        && MediaRecorder::is_type_supported(WEBM)
}

/// Records a film, which takes as long as it is, and hands it to the browser as a file to keep.
pub(crate) fn record(file: &str, film: Film, sender: &Sender) {
    shell::hand_over(file, async move { webm(&film).await }, Told::NotRecorded, sender);
}

async fn webm(film: &Film) -> Result<Blob, JsValue> {
    let reel = Reel::of(film, SCALE, MAX_SIDE).await?;
    let stream = reel.canvas.capture_stream_with_frame_request_rate(FRAMES_PER_SECOND)?;
    let options = MediaRecorderOptions::new();
    options.set_mime_type(WEBM);
    let recorder =
        MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options)?;
    let parts = Rc::new(RefCell::new(Array::new()));
    let heard = {
        let parts = Rc::clone(&parts);
        Closure::<dyn FnMut(BlobEvent)>::new(move |event: BlobEvent| {
            if let Some(data) = event.data() {
                parts.borrow_mut().push(&data);
            }
        })
    };
    recorder.set_ondataavailable(Some(heard.as_ref().unchecked_ref()));
    let over = Promise::new(&mut |over, _| recorder.set_onstop(Some(&over)));
    recorder.start()?;
    for (image, ms) in &reel.images {
        for _ in 0..ms.div_ceil(DRAW_MS) {
            reel.draw(image)?;
            TimeoutFuture::new(DRAW_MS).await;
        }
    }
    recorder.stop()?;
    JsFuture::from(over).await?;
    let kind = BlobPropertyBag::new();
    kind.set_type(WEBM);
    let parts = parts.borrow();
    Blob::new_with_blob_sequence_and_options(&parts, &kind)
}
