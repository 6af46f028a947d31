//! Halter's talk with a LittleHorse cluster, over gRPC: what is deployed there, what is played there, and what a WfRun there looks
//! like in the form of the recorded traces. It blocks: a terminal has nothing else to do meanwhile.
#![forbid(unsafe_code)]

mod bookmark;
mod client;
mod codec;
mod configuration;
mod deploy;
mod descriptors;
mod error;
mod player;
mod rebuild;
mod record;
mod snapshot;
mod stand_in;
mod tokens;
mod workers;

pub use client::Cluster;
pub use configuration::Configuration;
pub use deploy::{Deployed, Put, deploy, deploy_to_play};
pub use error::{Error, Result, name as code_name};
pub use player::{Played, Way, head as without_steps, new_id, play};
pub use record::record;
pub use stand_in::StandIn;
