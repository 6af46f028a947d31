//! A film as GIF, for where no film can be shown.

use gif::{Encoder, Frame, Repeat};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};

use super::recording::Film;
use super::reel::Reel;
use super::{Told, shell};
use crate::sender::Sender;

/// Points of a side at most.
const MAX_SIDE: f64 = 1_200.0;
/// How quickly colours are chosen, from 1 to 30: pictures have few, so that the quickest way loses none that is seen.
const SPEED: i32 = 30;

/// Makes a GIF of a film, and hands it to the browser as a file to keep.
pub(crate) fn save(file: &str, film: Film, sender: &Sender) {
    shell::hand_over(file, async move { made(&film).await }, Told::NotRecorded, sender);
}

async fn made(film: &Film) -> Result<Blob, JsValue> {
    let reel = Reel::of(film, 1.0, MAX_SIDE).await?;
    let (width, height) = (reel.canvas.width() as u16, reel.canvas.height() as u16);
    let refused = |error: gif::EncodingError| JsValue::from(error.to_string());
    let mut encoder = Encoder::new(Vec::new(), width, height, &[]).map_err(refused)?;
    encoder.set_repeat(Repeat::Infinite).map_err(refused)?;
    for (image, ms) in &reel.images {
        reel.draw(image)?;
        let mut pixels = reel.pixels()?;
        if pixels.len() != usize::from(width) * usize::from(height) * 4 {
            return Err(JsValue::NULL);
        }
        let mut frame = Frame::from_rgba_speed(width, height, &mut pixels, SPEED);
        frame.delay = (ms / 10) as u16;
        encoder.write_frame(&frame).map_err(refused)?;
        // Between two pictures the page answers.
        TimeoutFuture::new(0).await;
    }
    let bytes = encoder.into_inner().map_err(|error| JsValue::from(error.to_string()))?;
    let kind = BlobPropertyBag::new();
    kind.set_type("image/gif");
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(&*bytes)), &kind)
}
