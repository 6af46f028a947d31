//! What the page knows. Views are functions of it; only `update` changes it.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use halter_engine::semantics::Semantics;
use halter_session::Sitting;
use halter_session::autopilot;
use halter_session::compare::{Comparer, Comparison};
use halter_session::guide::{self, Hint};
use halter_session::offers::{self, Action, Draft, FieldError, Offer};
use halter_session::sitting::OccurrenceId;
use halter_session::view::{self, RunView, ThreadView};
use halter_session::why::Subject;

use crate::demo::Demo;
use crate::documents::Documents;
use crate::draw::Draw;
use crate::editor::Source;
use crate::embed::Embed;
use crate::explore::Explore;
use crate::export::Export;
use crate::files::Files;
use crate::gallery::Gallery;
use crate::graph::chips::{self, Chips};
use crate::graph::lanes::{self, Headings, Opened, Stage};
use crate::graph::layout::{self, SpecLayout};
use crate::guard::Guard;
use crate::layout::{Layout, Tab};
use crate::learn::Learn;
use crate::palette::Palette;
use crate::player::Player;
use crate::renew::Renew;
use crate::replaying::Replaying;
use crate::timeline::Timeline;

/// Steps that the log shows before somebody asks for more.
pub(crate) const LOG_STEPS: usize = 20;

/// Everything.
pub(crate) struct Model {
    pub(crate) source: Source,
    pub(crate) documents: Documents,
    pub(crate) files: Files,
    /// What the export shows, while it is open.
    pub(crate) export: Option<Export>,
    pub(crate) draw: Draw,
    pub(crate) explore: Explore,
    pub(crate) guard: Guard,
    pub(crate) learn: Learn,
    pub(crate) demo: Demo,
    pub(crate) gallery: Gallery,
    /// What is shown of it all, in somebody else's page.
    pub(crate) embed: Option<Embed>,
    pub(crate) semantics: Semantics,
    /// The last good run; none if there never was one.
    pub(crate) play: Option<Play>,
    /// The run that is being played again, while it takes long.
    pub(crate) replaying: Option<Replaying>,
    /// The ThreadRun that somebody chose to look at.
    pub(crate) chosen: Option<u32>,
    /// What somebody asked the reason of.
    pub(crate) asked: Option<Subject>,
    /// The log's entry that is being looked at.
    pub(crate) shown_occurrence: Option<OccurrenceId>,
    /// How many steps the log shows.
    pub(crate) log_steps: usize,
    /// The step of which it lists all, however long it is.
    pub(crate) log_whole: Option<usize>,
    /// What was typed into the fields of offers, by what the offer does and the field's index.
    pub(crate) drafts: HashMap<(Action, usize), Draft>,
    /// The offer whose fields are shown.
    pub(crate) fields_open: Option<Action>,
    /// What is wrong in the fields of the offer that does this.
    pub(crate) field_error: Option<(Action, FieldError)>,
    pub(crate) seconds: String,
    pub(crate) seconds_error: Option<String>,
    pub(crate) timeline: Timeline,
    pub(crate) player: Player,
    pub(crate) palette: Palette,
    pub(crate) renew: Renew,
    /// What screen readers hear.
    pub(crate) announcement: String,
    pub(crate) notice: Option<Notice>,
    /// Which drawers are open, and how wide they are.
    pub(crate) layout: Layout,
    /// How wide the view of the graph is, in CSS pixels.
    pub(crate) graph_width: f64,
    /// What the drawer at the right holds.
    pub(crate) tab: Tab,
    /// Whether nobody has seen more than the first screen yet.
    pub(crate) welcome: bool,
}

/// A message above the graph.
#[derive(Clone, PartialEq)]
pub(crate) struct Notice {
    pub(crate) text: String,
    /// The deleted document that can be brought back.
    pub(crate) undo: Option<String>,
}

impl Notice {
    /// One that only says something.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), undo: None }
    }
}

/// A sitting, and what is drawn of it.
pub(crate) struct Play {
    pub(crate) sitting: Sitting,
    pub(crate) layouts: Rc<[SpecLayout]>,
    pub(crate) run: Rc<RunView>,
    pub(crate) stage: Rc<Stage>,
    /// What of it somebody opened.
    pub(crate) opened: Opened,
    pub(crate) offers: Vec<Offer>,
    pub(crate) chips: Rc<Chips>,
    pub(crate) hint: Option<Hint>,
    pub(crate) script_next: Option<String>,
    /// Whether there is a step forward: played before, in the script, or by itself.
    pub(crate) goes_on: bool,
    /// The step that is looked at in the text: ThreadSpec and node.
    pub(crate) pointed: Option<(String, String)>,
    /// Both semantics side by side, if they part up to the cursor.
    pub(crate) both: Option<Arc<Comparison>>,
    comparison: Comparer,
}

impl Play {
    /// In a view so wide, in CSS pixels.
    pub(crate) fn new(sitting: Sitting, width: f64) -> Self {
        Self::compared(sitting, width, Comparer::default(), Opened::new())
    }

    /// With what was compared of the sitting already, and what of it is open.
    pub(crate) fn compared(
        sitting: Sitting,
        width: f64,
        comparison: Comparer,
        opened: Opened,
    ) -> Self {
        let program = sitting.program();
        let layouts = layout::all(program, sitting.document());
        let headings = Headings::fitting(&layouts, width);
        let mut play = Play {
            sitting,
            layouts,
            run: Rc::default(),
            stage: Rc::new(Stage { headings, ..Stage::default() }),
            opened,
            offers: Vec::new(),
            chips: Rc::default(),
            hint: None,
            script_next: None,
            goes_on: false,
            pointed: None,
            both: None,
            comparison,
        };
        play.refresh();
        play
    }

    /// Draws the sitting anew, after something else is looked at.
    pub(crate) fn redraw(&mut self) {
        self.run = Rc::new(view::run(&self.sitting));
        self.place_lanes(self.stage.headings);
    }

    /// Places the headings as there is room for them in a view so wide, in CSS pixels.
    pub(crate) fn place_headings(&mut self, width: f64) {
        let headings = Headings::fitting(&self.layouts, width);
        if headings != self.stage.headings {
            self.place_lanes(headings);
        }
    }

    fn place_lanes(&mut self, headings: Headings) {
        let program = self.sitting.program();
        let stage = lanes::stage(program, &self.layouts, &self.run, &self.opened, headings);
        self.stage = Rc::new(stage);
    }

    /// Draws the sitting anew, after it changed.
    pub(crate) fn refresh(&mut self) {
        self.redraw();
        let sitting = &self.sitting;
        self.offers = offers::offers(sitting);
        self.chips = Rc::new(chips::chips(sitting.program(), &self.run, &self.offers));
        self.hint = guide::hint(sitting, &self.offers);
        self.both = self.comparison.up_to_cursor(sitting);
        let script = guide::next_in_script(sitting);
        let ahead = sitting.cursor() < sitting.steps().len();
        self.goes_on = ahead || script.is_some() || autopilot::goes_on(sitting);
        let names = halter_session::words::Names::new(sitting.program(), sitting.state());
        self.script_next = script.map(|command| halter_session::words::command(&names, &command));
    }
}

impl Model {
    /// The page before any text is read.
    pub(crate) fn new(
        semantics: Semantics,
        layout: Layout,
        by_moments: bool,
        asked: Option<usize>,
    ) -> Self {
        Model {
            source: Source::default(),
            documents: Documents::new(asked),
            files: Files::default(),
            export: None,
            draw: Draw::default(),
            explore: Explore::default(),
            guard: Guard::default(),
            learn: Learn::default(),
            demo: Demo::default(),
            gallery: Gallery::default(),
            embed: None,
            semantics,
            play: None,
            replaying: None,
            chosen: None,
            asked: None,
            shown_occurrence: None,
            log_steps: LOG_STEPS,
            log_whole: None,
            drafts: HashMap::new(),
            fields_open: None,
            field_error: None,
            seconds: "10".to_owned(),
            seconds_error: None,
            timeline: Timeline::default(),
            player: Player::new(by_moments),
            palette: Palette::default(),
            renew: Renew::default(),
            announcement: String::new(),
            notice: None,
            layout,
            graph_width: 0.0,
            tab: Tab::default(),
            welcome: false,
        }
    }

    /// The ThreadRun whose variables are shown: the chosen one, or the newest that is not over.
    pub(crate) fn selected(&self) -> u32 {
        let Some(play) = &self.play else { return 0 };
        let chosen = self.chosen.filter(|chosen| play.run.thread(*chosen).is_some());
        chosen.or_else(|| newest_live(play.run.own_threads())).unwrap_or(0)
    }

    /// Whether the source may only be read.
    pub(crate) fn is_read_only(&self) -> bool {
        self.embed.as_ref().is_some_and(Embed::read_only)
    }

    /// What stands in a field of an offer.
    pub(crate) fn draft(&self, offer: &Offer, index: usize) -> Draft {
        let typed = self.drafts.get(&(offer.action, index));
        let suggested = offer.fields.get(index).map(|field| &field.suggested);
        typed.or(suggested).cloned().unwrap_or_default()
    }
}

fn newest_live(threads: &[ThreadView]) -> Option<u32> {
    threads.iter().rev().find(|thread| !thread.status.is_terminal()).map(|thread| thread.number)
}
