//! JSON paths that lead into what is no JSON: LittleHorse's own path leads there.

use halter_spec::About;

use super::search::Search;
use crate::analysis::What;
use crate::edit::Edit;

impl Search<'_, '_> {
    /// The same path as `.get(…)`.
    pub(super) fn own_path(&mut self, about: &About) {
        if !matches!(about, About::JsonPathInto { .. }) {
            return;
        }
        let is_quoted = self.cst.slice(self.from, self.to).starts_with('"')
            || self.cst.slice(self.from.saturating_sub(1), self.from) == "\"";
        let quote = if is_quoted { '\'' } else { '"' };
        let paths: Vec<Edit> = self
            .paths()
            .into_iter()
            .filter_map(|(from, to)| {
                let own = own_path(self.cst.slice(from, to), quote)?;
                Some(Edit::replace(from, to, own))
            })
            .collect();
        for edit in paths {
            self.add("write it as LittleHorse's own path", [edit]);
        }
    }

    /// Where paths are, their parts together.
    fn paths(&self) -> Vec<(usize, usize)> {
        let mut paths: Vec<(usize, usize)> = Vec::new();
        for spot in &self.analysis.spots {
            if !matches!(spot.what, What::Path) || spot.from < self.from || self.to < spot.to {
                continue;
            }
            // Of a key the point before it is a part.
            let is_key = self.cst.slice(spot.from.saturating_sub(1), spot.from) == ".";
            let from = spot.from - usize::from(is_key);
            match paths.last_mut() {
                Some((_, end)) if *end == from => *end = spot.to,
                _ => paths.push((from, spot.to)),
            }
        }
        paths
    }
}

/// `.a[0]["b c"]` as `.get("a", 0, "b c")`; none of what only a JSON path can say.
fn own_path(written: &str, quote: char) -> Option<String> {
    let mut rest = written;
    let mut selectors = Vec::new();
    while !rest.is_empty() {
        let (selector, behind) = if let Some(inside) = rest.strip_prefix('[') {
            let (inside, behind) = inside.split_once(']')?;
            let inside = inside.trim();
            let key = inside.trim_matches(['"', '\'']);
            let is_index = inside.parse::<i32>().is_ok();
            let selector = match (is_index, key.len() + 2 == inside.len()) {
                (true, _) => inside.to_owned(),
                (false, true) => format!("{quote}{key}{quote}"),
                (false, false) => return None,
            };
            (selector, behind)
        } else {
            let word = rest.strip_prefix('.')?;
            let (key, behind) = word.split_at(word.find(['.', '[']).unwrap_or(word.len()));
            (format!("{quote}{key}{quote}"), behind)
        };
        selectors.push(selector);
        rest = behind;
    }
    Some(format!(".get({})", selectors.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn a_json_path_as_littlehorses_own() {
        for (written, own) in [
            (".make", Some(".get(\"make\")")),
            (".owner.name", Some(".get(\"owner\", \"name\")")),
            ("[0]", Some(".get(0)")),
            (".a[ 1 ]['b c'].d", Some(".get(\"a\", 1, \"b c\", \"d\")")),
            ("[*]", None),
            (".a[*]", None),
            ("@\"$..price\"", None),
            (".a[0", None),
        ] {
            assert_eq!(own_path(written, '"').as_deref(), own, "{written}");
        }
    }
}
