//! A picture as PNG: the browser draws its SVG on a canvas, to be saved or copied.

use gloo_utils::{document, window};
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{Blob, CanvasRenderingContext2d, ClipboardItem, HtmlCanvasElement, HtmlImageElement};

use super::{Msg, Told, picture_address, shell};
use crate::sender::Sender;

const PNG: &str = "image/png";

/// Points for each point of the SVG: sharp on fine screens, and in print.
const SCALE: f64 = 2.0;

/// The largest canvas that every browser draws on: points of a side, and all of them. A larger picture has less of [`SCALE`].
const MAX_SIDE: f64 = 8_192.0;
const MAX_POINTS: f64 = 16_777_216.0;

/// Whether the browser can copy pictures.
pub(super) fn can_copy() -> bool {
    Reflect::has(&js_sys::global(), &"ClipboardItem".into()).unwrap_or(false)
}

/// Hands a picture to the browser as a file to keep.
pub(crate) fn save(file: &str, svg: &str, sender: &Sender) {
    let svg = svg.to_owned();
    shell::hand_over(file, async move { png(&svg).await }, Told::NotDrawn, sender);
}

/// Copies a picture.
pub(crate) fn copy(svg: &str, sender: &Sender) {
    let (svg, sender) = (svg.to_owned(), sender.clone());
    // Some browsers want to be asked at once, and wait for the picture themselves.
    let drawn = future_to_promise(async move { png(&svg).await.map(JsValue::from) });
    let written = write(&drawn).map(JsFuture::from);
    let drawn = JsFuture::from(drawn);
    spawn_local(async move {
        let copied = match written {
            Ok(written) => written.await.is_ok(),
            Err(_) => false,
        };
        let told = match (drawn.await, copied) {
            (Err(_), _) => Told::NotDrawn,
            (Ok(_), true) => Told::Copied,
            (Ok(_), false) => Told::NotCopied,
        };
        sender.send_message(Msg::Told(told));
    });
}

fn write(drawn: &Promise) -> Result<Promise, JsValue> {
    if !can_copy() || !window().is_secure_context() {
        return Err(JsValue::NULL);
    }
    let record = Object::new();
    Reflect::set(&record, &PNG.into(), drawn)?;
    let item = ClipboardItem::new_with_record_from_str_to_blob_promise(&record)?;
    Ok(window().navigator().clipboard().write(&js_sys::Array::of1(&item)))
}

async fn png(svg: &str) -> Result<Blob, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(&picture_address(svg));
    JsFuture::from(image.decode()).await?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = scale(width, height);
    let (width, height) = ((width * scale).floor(), (height * scale).floor());
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let made = Promise::new(&mut |made, refused| {
        let given = Closure::once_into_js(move |blob: JsValue| made.call1(&JsValue::NULL, &blob));
        if let Err(error) = canvas.to_blob_with_type(given.unchecked_ref(), PNG) {
            drop(refused.call1(&JsValue::NULL, &error));
        }
    });
    // A canvas that is too large gives nothing.
    JsFuture::from(made).await?.dyn_into()
}

/// By how much a picture of this size is enlarged.
fn scale(width: f64, height: f64) -> f64 {
    let side = MAX_SIDE / width.max(height).max(1.0);
    let points = (MAX_POINTS / (width * height).max(1.0)).sqrt();
    SCALE.min(side).min(points)
}

#[cfg(test)]
mod tests {
    use super::{MAX_POINTS, MAX_SIDE, scale};

    #[test]
    fn what_is_large_is_drawn_as_large_as_it_can_be() {
        assert!((scale(800.0, 600.0) - 2.0).abs() < f64::EPSILON);
        assert!(20_000.0 * scale(20_000.0, 100.0) <= MAX_SIDE);
        let large = scale(6_000.0, 6_000.0);
        assert!(large > 0.5 && 6_000.0 * large * 6_000.0 * large <= MAX_POINTS + 1.0);
        assert!((scale(0.0, 0.0) - 2.0).abs() < f64::EPSILON);
    }
}
