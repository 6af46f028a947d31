//! A film's pictures on a canvas, one after the other.

use gloo_utils::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

use super::picture_address;
use super::recording::Film;

/// A canvas as large as the largest picture.
pub(super) struct Reel {
    /// The pictures, each with the milliseconds that it is seen.
    pub(super) images: Vec<(HtmlImageElement, u32)>,
    pub(super) canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    ground: &'static str,
    scale: f64,
}

impl Reel {
    /// Pictures so much larger than their SVG, if no side gets longer than that.
    pub(super) async fn of(film: &Film, scale: f64, max_side: f64) -> Result<Self, JsValue> {
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
        let scale = scale.min(max_side / width).min(max_side / height);
        let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
        // Encoders of films want even sides.
        let even = |side: f64| ((side * scale / 2.0).ceil() * 2.0) as u32;
        canvas.set_width(even(width));
        canvas.set_height(even(height));
        let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
        Ok(Reel { images, canvas, context, ground: film.ground, scale })
    }

    /// Draws a picture.
    pub(super) fn draw(&self, image: &HtmlImageElement) -> Result<(), JsValue> {
        let (context, canvas) = (&self.context, &self.canvas);
        context.set_fill_style_str(self.ground);
        context.fill_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
        let size = |side: u32| f64::from(side) * self.scale;
        let (width, height) = (size(image.natural_width()), size(image.natural_height()));
        context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
    }

    /// What is drawn: four bytes for each point.
    pub(super) fn pixels(&self) -> Result<Vec<u8>, JsValue> {
        let (width, height) = (f64::from(self.canvas.width()), f64::from(self.canvas.height()));
        Ok(self.context.get_image_data(0.0, 0.0, width, height)?.data().0)
    }
}
