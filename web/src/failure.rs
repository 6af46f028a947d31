//! When the page itself fails: it says so, keeps the text, and offers to start again. Never a blank page.

use std::panic::PanicHookInfo;

use gloo_utils::{body, document};

use crate::documents;

/// Shows every panic to the person in front of the page.
pub(crate) fn watch() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let kept = documents::drafts::write();
        // What fails while a failure is shown can't be shown.
        let _ = show(info, kept);
    }));
}

fn show(info: &PanicHookInfo<'_>, kept: bool) -> Result<(), wasm_bindgen::JsValue> {
    let document = document();
    let notice = document.create_element("div")?;
    notice.set_class_name("failure");
    notice.set_attribute("role", "alert")?;
    let what = document.create_element("p")?;
    what.set_text_content(Some(&format!("Halter failed, which is a bug: {info}")));
    let next = document.create_element("p")?;
    next.set_text_content(Some(if kept {
        "Your text is kept. "
    } else {
        "Your text still stands in the source: copy it before you start again. "
    }));
    let again = document.create_element("a")?;
    again.set_attribute("href", "")?;
    again.set_text_content(Some("Start again"));
    next.append_child(&again)?;
    notice.append_child(&what)?;
    notice.append_child(&next)?;
    body().append_child(&notice)?;
    Ok(())
}
