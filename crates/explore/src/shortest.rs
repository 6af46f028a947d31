//! Where orders that are left out may be shorter than those that were tried, all are tried once more, if they are few.

use std::sync::Arc;

use crate::built_in::BuiltInProperty;
use crate::choices::Choices;
use crate::explorer::{Bounds, Explorer, Phase};

/// States up to which all orders are tried once more.
const FEW: usize = 20_000;

impl Explorer {
    /// Whether the way that is told for a built-in property, or for one of the document, is a shortest one of all.
    #[must_use]
    pub fn finds_shortest(&self, property: Option<BuiltInProperty>) -> bool {
        !self.may_miss(property) || self.without_reduction(property).is_some()
    }

    /// Whether a shorter way may be among those that were left out.
    fn may_miss(&self, property: Option<BuiltInProperty>) -> bool {
        let asks_what_follows = matches!(
            property,
            Some(BuiltInProperty::CanFinish | BuiltInProperty::NoEndlessHalting)
        );
        self.late.leaves_out_claims() || asks_what_follows && self.late.leaves_out_posts()
    }

    /// An exploration of all orders, where a shorter way may be among those that were left out and all are few.
    pub(crate) fn without_reduction(&self, property: Option<BuiltInProperty>) -> Option<&Explorer> {
        if !self.may_miss(property) {
            return None;
        }
        let all = self.all.get_or_init(|| {
            let choices = Choices { reduction: false, ..self.given.clone() };
            let bounds = Bounds { states: self.bounds.states.min(FEW), ..self.bounds };
            let (program, start) = (Arc::clone(&self.program), self.start.clone());
            let mut all = Explorer::from(program, choices, bounds, start);
            (all.run(usize::MAX).phase == Phase::Complete).then(|| Box::new(all))
        });
        all.as_deref()
    }
}
