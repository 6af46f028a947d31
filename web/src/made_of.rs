//! What is made of the panels' parts: the page's messages, and its effects.

/// Lets each part become the whole, by the whole's variant for it.
macro_rules! made_of {
    ($whole:ident { $($variant:ident($part:ty)),+ $(,)? }) => {
        $(impl From<$part> for $whole {
            fn from(part: $part) -> Self {
                Self::$variant(part)
            }
        })+
    };
}

pub(crate) use made_of;
