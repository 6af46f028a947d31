//! The playground's page: Elm's loop around a [`halter_session::Sitting`]. One folder a panel.
#![deny(unsafe_code)]

mod app;
mod browser;
mod compare;
mod controls;
mod demo;
mod documents;
mod draw;
mod editor;
mod effect;
mod embed;
mod examples;
mod explore;
mod export;
mod failure;
mod field;
mod files;
mod gallery;
mod graph;
mod guard;
mod late;
mod layout;
mod learn;
mod linked;
mod log;
mod made_of;
mod model;
mod msg;
mod page;
mod palette;
mod player;
mod renew;
mod replaying;
mod sender;
mod start;
mod storage;
mod timeline;
mod update;
mod variables;
mod welcome;
mod why;

fn main() {
    failure::watch();
    yew::Renderer::<app::App>::new().render();
}
