//! A film as WebM: the browser draws each picture on a canvas, and records that.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use gloo_utils::document;
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobEvent, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement,
    HtmlImageElement, MediaRecorder, MediaRecorderOptions,
};

use super::recording::Film;
use super::{Msg, Told, picture_address, shell};
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
    let (file, sender) = (file.to_owned(), sender.clone());
    spawn_local(async move {
        let saved = match webm(&film).await {
            Ok(blob) => shell::download_blob(&file, &blob).is_ok(),
            Err(_) => false,
        };
        sender.send_message(Msg::Told(if saved { Told::Downloaded } else { Told::NotRecorded }));
    });
}

async fn webm(film: &Film) -> Result<Blob, JsValue> {
    let mut images = Vec::new();
    for frame in &film.frames {
        let image = HtmlImageElement::new()?;
        image.set_src(&picture_address(&frame.svg));
        JsFuture::from(image.decode()).await?;
        images.push((image, frame.ms));
    }
    let most = |side: fn(&HtmlImageElement) -> u32| {
        f64::from(images.iter().map(|(image, _)| side(image)).max().unwrap_or(1).max(1))
    };
    let (width, height) =
        (most(HtmlImageElement::natural_width), most(HtmlImageElement::natural_height));
    let scale = SCALE.min(MAX_SIDE / width).min(MAX_SIDE / height);
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    // Encoders want even sides.
    let even = |side: f64| ((side * scale / 2.0).ceil() * 2.0) as u32;
    canvas.set_width(even(width));
    canvas.set_height(even(height));
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    let draw = |image: &HtmlImageElement| {
        context.set_fill_style_str(film.ground);
        context.fill_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
        let size = |side: u32| f64::from(side) * scale;
        let (width, height) = (size(image.natural_width()), size(image.natural_height()));
        context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
    };
    let stream = canvas.capture_stream_with_frame_request_rate(FRAMES_PER_SECOND)?;
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
    for (image, ms) in &images {
        for _ in 0..ms.div_ceil(DRAW_MS) {
            draw(image)?;
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
