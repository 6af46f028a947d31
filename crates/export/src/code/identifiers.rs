//! Names of variables and functions that a language allows, each only once where it is seen.

use std::collections::HashSet;

/// The names in use, function inside function.
#[derive(Debug)]
pub(crate) struct Identifiers {
    snake_case: bool,
    is_reserved: fn(&str) -> bool,
    scopes: Vec<HashSet<String>>,
}

impl Identifiers {
    pub(crate) fn new(snake_case: bool, is_reserved: fn(&str) -> bool) -> Self {
        Self { snake_case, is_reserved, scopes: vec![HashSet::new()] }
    }

    pub(crate) fn enter(&mut self) {
        self.scopes.push(HashSet::new());
    }

    pub(crate) fn leave(&mut self) {
        self.scopes.pop();
    }

    /// The name of a class that says this and is not taken.
    pub(crate) fn class(text: &str, is_taken: fn(&str) -> bool) -> String {
        let name = Self::new(false, |_| false).name(text);
        let mut letters = name.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        let name: String = first.into_iter().chain(letters).collect();
        let mut candidate = name.clone();
        let mut number = 1;
        while is_taken(&candidate) {
            number += 1;
            candidate = format!("{name}{number}");
        }
        candidate
    }

    /// A new name that says this.
    pub(crate) fn name(&mut self, text: &str) -> String {
        let words: Vec<String> = text
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let mut name = if self.snake_case {
            words.join("_").to_lowercase()
        } else {
            let all_caps = text.chars().all(|letter| !letter.is_ascii_lowercase());
            let mut name = String::new();
            for (index, word) in words.iter().enumerate() {
                let word = if all_caps { word.to_lowercase() } else { word.clone() };
                let mut letters = word.chars();
                let first = letters.next().map(|first| {
                    if index == 0 { first.to_ascii_lowercase() } else { first.to_ascii_uppercase() }
                });
                name.extend(first);
                name.extend(letters);
            }
            name
        };
        if name.is_empty() || name.starts_with(|letter: char| letter.is_ascii_digit()) {
            name = format!("v{name}");
        }
        let mut candidate = name.clone();
        let mut number = 1;
        while (self.is_reserved)(&candidate)
            || self.scopes.iter().any(|scope| scope.contains(&candidate))
        {
            number += 1;
            candidate = if self.snake_case {
                format!("{name}_{number}")
            } else {
                format!("{name}{number}")
            };
        }
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(candidate.clone());
        }
        candidate
    }
}
