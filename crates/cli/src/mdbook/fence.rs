//! What stands behind ```` ```halter ````. The remark plugin reads the same (integrations/remark-halter/fence.js), and says the same
//! of mistakes: tests/docs-sites/fences.json holds both to it.

use clap::ValueEnum;

use crate::arguments::{SemanticsName, ThemeName};

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Title,
    Step,
    Panels,
    Semantics,
    Theme,
    ReadOnly,
    OnPress,
}

const NAMES: [(&str, Name); 7] = [
    ("title", Name::Title),
    ("step", Name::Step),
    ("panels", Name::Panels),
    ("semantics", Name::Semantics),
    ("theme", Name::Theme),
    ("read-only", Name::ReadOnly),
    ("on-press", Name::OnPress),
];

const PANELS: [&str; 9] =
    ["hint", "source", "graph", "controls", "timeline", "steps", "why", "variables", "log"];

/// Without one it is as the page around it.
const THEMES: [(&str, ThemeName); 2] = [("dark", ThemeName::Dark), ("light", ThemeName::Light)];

/// The embedded page takes no more digits.
const MOST_STEPS: usize = 999_999;

/// What a fence asks for.
#[derive(Debug, Default)]
pub(super) struct Fence {
    pub(super) title: Option<String>,
    pub(super) step: Option<usize>,
    pub(super) panels: Option<Vec<String>>,
    pub(super) semantics: Option<SemanticsName>,
    pub(super) theme: Option<ThemeName>,
    pub(super) read_only: bool,
    /// Whether nothing is loaded before the reader asks for it.
    pub(super) on_press: bool,
}

impl Fence {
    /// Reads options such as `step=3 title="An order" read-only`.
    pub(super) fn read(text: &str) -> Result<Fence, String> {
        let (mut fence, mut seen, mut rest) = (Fence::default(), Vec::new(), text.trim());
        while !rest.is_empty() {
            let (name, value, after) = first(rest).ok_or_else(|| {
                format!(
                    "can't read {rest}: write name=value, with quotes around a value with spaces"
                )
            })?;
            let Some((name, kind)) = NAMES.iter().find(|(known, _)| *known == name) else {
                let names = NAMES.map(|(name, _)| name);
                return Err(format!("there is no option {name}: {}", names.join(", ")));
            };
            if seen.contains(kind) {
                return Err(format!("{name} stands there twice"));
            }
            fence.set(*kind, name, value)?;
            seen.push(*kind);
            rest = after.trim_start();
        }
        Ok(fence)
    }

    fn set(&mut self, kind: Name, name: &str, value: Option<&str>) -> Result<(), String> {
        let needed = || {
            value
                .filter(|value| !value.trim().is_empty())
                .ok_or_else(|| format!("{name} needs a value: {name}=…"))
        };
        match kind {
            Name::Title => self.title = Some(needed()?.to_owned()),
            Name::Step => self.step = Some(step(needed()?)?),
            Name::Panels => {
                let panels = needed()?.split(',').map(|panel| one_of(&PANELS, name, panel));
                self.panels = Some(panels.collect::<Result<_, _>>()?);
            }
            Name::Semantics => self.semantics = Some(semantics(needed()?)?),
            Name::Theme => {
                let value = needed()?;
                one_of(&THEMES.map(|(name, _)| name), name, value)?;
                self.theme = THEMES.iter().find(|(name, _)| *name == value).map(|found| found.1);
            }
            Name::ReadOnly | Name::OnPress if value.is_some() => {
                return Err(format!("{name} takes no value"));
            }
            Name::ReadOnly => self.read_only = true,
            Name::OnPress => self.on_press = true,
        }
        Ok(())
    }
}

fn semantics(value: &str) -> Result<SemanticsName, String> {
    SemanticsName::from_str(value, false).map_err(|_| {
        let known = SemanticsName::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let names: Vec<_> = known.map(|known| known.get_name().to_owned()).collect();
        format!("semantics={value} is not known: {}", names.join(", "))
    })
}

fn step(value: &str) -> Result<usize, String> {
    let is_number =
        (1..=6).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
    let number = value.parse().ok().filter(|_| is_number);
    number.ok_or_else(|| format!("step={value} is no number of steps, from 0 to {MOST_STEPS}"))
}

fn one_of(words: &[&str], name: &str, value: &str) -> Result<String, String> {
    if words.contains(&value) {
        return Ok(value.to_owned());
    }
    Err(format!("{name}={value} is not known: {}", words.join(", ")))
}

/// The first option of a text: its name, its value, and what comes after.
fn first(text: &str) -> Option<(&str, Option<&str>, &str)> {
    let stops = |c: char| c.is_whitespace() || "=\"'".contains(c);
    let (name, rest) = text.split_at(text.find(stops).unwrap_or(text.len()));
    let (value, rest) = match rest.strip_prefix('=') {
        None => (None, rest),
        Some(rest) => {
            let quote = rest.chars().next().filter(|c| "\"'".contains(*c));
            let (value, rest) = if let Some(quote) = quote {
                rest.get(1..)?.split_once(quote)?
            } else {
                let ends = |c: char| c.is_whitespace() || "\"'".contains(c);
                rest.split_at(rest.find(ends).unwrap_or(rest.len()))
            };
            (Some(value), rest)
        }
    };
    let is_whole = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (!name.is_empty() && is_whole).then_some((name, value, rest))
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;
    use serde_json::{Map, Value, json};

    use super::Fence;

    fn as_json(fence: &Fence) -> Value {
        let semantics = fence.semantics.and_then(|semantics| semantics.to_possible_value());
        let theme = fence.theme.and_then(|theme| theme.to_possible_value());
        let all = [
            ("title", fence.title.clone().map(Value::from)),
            ("step", fence.step.map(Value::from)),
            ("panels", fence.panels.clone().map(Value::from)),
            ("semantics", semantics.map(|value| Value::from(value.get_name()))),
            ("theme", theme.map(|value| Value::from(value.get_name()))),
            ("read-only", fence.read_only.then_some(Value::Bool(true))),
            ("on-press", fence.on_press.then_some(Value::Bool(true))),
        ];
        let given = all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::Object(given.collect::<Map<_, _>>())
    }

    #[test]
    fn options_are_read_as_the_remark_plugin_reads_them() {
        let cases: Vec<Value> =
            serde_json::from_str(include_str!("../../../../tests/docs-sites/fences.json")).unwrap();
        for case in &cases {
            let info = case["info"].as_str().unwrap();
            let got = match Fence::read(info) {
                Ok(fence) => json!({"info": info, "options": as_json(&fence)}),
                Err(error) => json!({"info": info, "error": error}),
            };
            assert_eq!(&got, case);
        }
        assert!(cases.len() > 20);
    }
}
