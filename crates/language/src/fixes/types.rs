//! Types that do not fit: another type where one is declared, or a cast.

use halter_spec::About;
use halter_spec::grammar::NameKind;
use halter_spec::model::{Type, VarType};

use super::search::Search;
use crate::analysis::{Use, What};
use crate::edit::Edit;

impl Search<'_, '_> {
    /// Another type where one is declared, or a cast.
    pub(super) fn types(&mut self, about: &About) {
        let named = about.types();
        let inside: Vec<(usize, usize, What)> = self
            .analysis
            .spots
            .iter()
            .filter(|spot| self.from <= spot.from && spot.to <= self.to)
            .map(|spot| (spot.from, spot.to, spot.what.clone()))
            .collect();
        for wanted in &named {
            for (from, to, what) in &inside {
                match what {
                    What::Type(found) if Type::Primitive(*found) != *wanted => {
                        let title = format!("make it {wanted}");
                        self.add(title, [Edit::replace(*from, *to, wanted.to_string())]);
                    }
                    // Only a VariableType can be cast to.
                    What::Name(name, Use::Uses)
                        if name.kind == NameKind::Variable
                            && wanted.primitive().is_some()
                            && self.cst.slice(from.saturating_sub(1), *from) == "$" =>
                    {
                        let title = format!("cast it to {wanted}");
                        let insert = format!(" as {wanted}");
                        self.add(title, [Edit::insert(*to, insert)]);
                    }
                    _ => {}
                }
            }
        }
        for wanted in &named {
            for (_, _, what) in &inside {
                if let What::Name(name, Use::Uses) = what
                    && name.kind == NameKind::Variable
                    && let Some(entry) = self.analysis.declared(name)
                {
                    let front = self.cst.slice(entry.value.from, entry.value.to);
                    let word = front.split_whitespace().next().unwrap_or_default();
                    if VarType::from_name(word).is_some() {
                        let from = entry.value.from;
                        let title = format!("declare {} as {wanted}", name.name);
                        let edit = Edit::replace(from, from + word.len(), wanted.to_string());
                        self.add(title, [edit]);
                    }
                }
            }
        }
    }
}
