//! One sitting at the playground: history, time travel, share links.
#![forbid(unsafe_code)]
