//! Properties of all runs.

use halter_spec::property::parse;

use super::layout::{insert_entry, insert_into};
use super::{Edited, Refusal, Sheet, not_here};
use crate::analysis::is_flow;
use crate::cst::Cst;
use crate::expression::name_length;

/// Adds a property with a name of its own; the section is made if there is none.
///
/// # Errors
/// If the property can't be read, names what is not there, or the text does not allow it; or its name is none, or taken.
pub fn add_property(text: &str, name: &str, property: &str) -> Edited {
    let cst = Cst::of(text);
    let sheet = Sheet::of(&cst)?;
    if name.is_empty() || name_length(name) != name.len() {
        return not_here("A name has letters, digits, underscores and single dashes.");
    }
    if sheet.document.properties.contains_key(name) {
        return not_here("There is a property of that name already.");
    }
    let property = property.trim();
    parse(property).map_err(|(_, why)| Refusal::NotHere(why))?;
    let edit = match cst.root.entry("properties") {
        Some(section) => {
            let value = scalar(property, is_flow(&section.value));
            insert_entry(&cst, section, None, name, &value)
        }
        None => {
            let section = format!("\n  {name}: {}", scalar(property, false));
            insert_into(&cst, &cst.root, None, "properties", &section)
        }
    };
    match edit {
        Some(edit) => sheet.checked(vec![edit]),
        None => not_here("Here no property can be added: write it by hand."),
    }
}

/// In quotes, where YAML would read something else.
fn scalar(property: &str, in_braces: bool) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || " _-.()<>=!\"".contains(letter);
    let begins_plain = property.starts_with(|letter: char| letter.is_alphabetic() || letter == '(');
    if !in_braces && begins_plain && property.chars().all(is_plain) {
        return property.to_owned();
    }
    format!("'{}'", property.replace('\'', "''"))
}
