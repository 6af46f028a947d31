//! The colours, from the style sheet that the page has too, as rules of a picture's own: programs that draw SVG know no custom
//! properties.

use std::fmt::Write as _;

use super::Theme;

const SHEET: &str = include_str!("../colours.css");
const DARK: &str = "@media (prefers-color-scheme: dark)";

/// Name and value of each colour: of a light ground, or of a dark one.
fn colours(dark: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let (light_part, dark_part) = SHEET.split_once(DARK).unwrap_or((SHEET, ""));
    let part = if dark { dark_part } else { light_part };
    part.lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "))
}

/// The colour of the ground.
pub(super) fn ground(dark: bool) -> &'static str {
    colours(dark).find(|(name, _)| *name == "ground").map_or("none", |(_, value)| value)
}

/// The rules for those classes that stand in a drawing: `f-NAME` fills, `s-NAME` is a line's.
pub(super) fn rules(drawing: &str, theme: Theme) -> String {
    match theme {
        Theme::Light => of(drawing, false),
        Theme::Dark => of(drawing, true),
        Theme::Auto => {
            let (light, dark) = (of(drawing, false), of(drawing, true));
            format!("{light}{DARK}{{{dark}}}")
        }
    }
}

fn of(drawing: &str, dark: bool) -> String {
    let mut rules = String::new();
    for (name, value) in colours(dark) {
        for (class, property) in [("f", "fill"), ("s", "stroke")] {
            if drawing.contains(&format!("{class}-{name}")) {
                // Writing to a String can't fail.
                let _ = write!(rules, ".{class}-{name}{{{property}:{value}}}");
            }
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::{colours, rules};
    use crate::svg::Theme;

    #[test]
    fn both_grounds_have_the_same_colours() {
        let names = |dark| colours(dark).map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(false), names(true));
        assert!(names(false).contains(&"halting-soft"), "{:?}", names(false));
        let is_colour = |value: &str| value.len() == 7 && value.starts_with('#');
        assert!(colours(false).chain(colours(true)).all(|(_, value)| is_colour(value)));
    }

    #[test]
    fn only_what_is_drawn_has_rules() {
        let drawing = r#"<path class="s-rope f-none"/>"#;
        assert_eq!(rules(drawing, Theme::Light), ".s-rope{stroke:#b87503}");
        assert_eq!(
            rules(drawing, Theme::Auto),
            ".s-rope{stroke:#b87503}@media (prefers-color-scheme: dark){.s-rope{stroke:#f2b84b}}"
        );
    }
}
