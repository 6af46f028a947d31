//! What a lane is given, whoever's it is.

use std::rc::Rc;

use halter_session::view::{RunView, ThreadView};
use yew::prelude::*;

use super::Unreached;
use super::chips::Chip;
use super::lanes::{Lane, Who};
use super::layout::SpecLayout;
use super::viewport::{Across, Detail};
use crate::sender::Sender;

/// What a lane shows. As long as it is the same the lane is not drawn anew.
#[derive(Properties, Clone)]
pub(super) struct Props {
    /// Its index.
    pub(super) index: usize,
    pub(super) lane: Lane,
    pub(super) run: Rc<RunView>,
    pub(super) layouts: Rc<[SpecLayout]>,
    pub(super) selected: bool,
    /// The node that is pointed at in the text.
    pub(super) pointed: Option<String>,
    pub(super) chips: Vec<Chip>,
    /// What no run reaches, as far as somebody asked.
    pub(super) unreached: Option<Rc<Unreached>>,
    /// The place in it that Tab reaches.
    pub(super) active: Option<usize>,
    pub(super) detail: Detail,
    /// The part of the stage in which its nodes are drawn; all of them, if none.
    pub(super) across: Option<Across>,
    /// Whether somebody draws.
    pub(super) drawing: bool,
    pub(super) sender: Sender,
}

impl Props {
    pub(super) fn thread(&self) -> Option<&ThreadView> {
        match self.lane.who {
            Who::Thread { number, .. } => self.run.thread(number),
            Who::Handler { .. } | Who::Stack { .. } | Who::Entrypoint => None,
        }
    }

    /// The name of its ThreadSpec, while somebody draws.
    pub(super) fn drawn_thread(&self) -> Option<String> {
        let layout = self.layouts.get(self.lane.spec as usize).filter(|_| self.drawing)?;
        if layout.is_of_child {
            return None;
        }
        Some(layout.name.clone())
    }

    /// The same, where it is drawn so large that one can draw on it.
    pub(super) fn drawn_on(&self) -> Option<String> {
        self.drawn_thread().filter(|_| self.detail == Detail::Near)
    }
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
            && self.lane == other.lane
            && self.selected == other.selected
            && self.pointed == other.pointed
            && self.chips == other.chips
            && self.active == other.active
            && self.unreached == other.unreached
            && self.detail == other.detail
            && self.across == other.across
            && self.drawing == other.drawing
            && Rc::ptr_eq(&self.layouts, &other.layouts)
            && (Rc::ptr_eq(&self.run, &other.run)
                || self.thread() == other.thread() && !matches!(self.lane.who, Who::Stack { .. }))
    }
}

pub(super) fn place(lane: &Lane) -> String {
    let Lane { x, y, height, .. } = lane;
    format!("--x:{x}px;left:{x}px;height:{height}px;transform:translateY({y}px)")
}
