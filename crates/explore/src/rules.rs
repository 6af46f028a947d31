//! By which rules something happened in any run.

use halter_engine::occurrence::Occurrence;
use halter_engine::rules::{RULES, Rule};
use halter_engine::{Observer, RunState};

use crate::explorer::Explorer;

/// Rules, a bit each.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct RulesHeard(u64);

impl RulesHeard {
    pub(crate) fn add(&mut self, other: RulesHeard) {
        self.0 |= other.0;
    }

    fn contains(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u32) != 0
    }
}

impl Observer for RulesHeard {
    fn occur(&mut self, occurrence: Occurrence) {
        self.0 |= 1 << occurrence.rule as u32;
    }

    fn after(&mut self, _: &RunState) {}
}

impl Explorer {
    /// The rules by which nothing has happened in any run so far, in their order; those by which nothing ever happens are not among
    /// them. None without [`Explorer::with_groups`].
    #[must_use]
    pub fn rules_never(&self) -> Vec<Rule> {
        let Some(heard) = self.rules_heard() else {
            return Vec::new();
        };
        let rules = RULES.iter().map(|text| text.rule);
        rules.filter(|rule| rule.occurs() && !heard.contains(*rule)).collect()
    }
}
