//! The loop: messages in, model changed, effects done, views out.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo_timers::callback::Timeout;
use gloo_utils::document;
use halter_engine::semantics::Semantics;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::browser;
use crate::editor::Spot;
use crate::effect::Effect;
use crate::model::Model;
use crate::msg::Msg;
use crate::sender::Sender;
use crate::{
    demo, documents, editor, embed, explore, export, files, gallery, graph, late, layout, learn,
    page, palette, player, renew, replaying, timeline, update,
};

/// How long typing must pause before the text is read, and problems are shown.
const PAUSE_MS: u32 = 10;

/// The same for a text of more than so many UTF-16 units: reading it takes longer than a key.
const LONG_PAUSE_MS: u32 = 250;
const LONG_UNITS: usize = 150_000;

/// How long typing must pause before the text is kept, and run.
const REST_MS: u32 = 250;

/// Between two fixes that are tried.
const FIX_MS: u32 = 20;

/// The whole page.
pub(crate) struct App {
    model: Model,
    /// What everything that is drawn, and whatever listens, tells it by.
    sender: Sender,
    /// Until the text is read; none if it was read since it was typed.
    pause: Option<Timeout>,
    /// Until the text is kept and run.
    rest: Option<Timeout>,
    /// Until the next fix for a large text is tried.
    fix: Option<Timeout>,
    /// Until the next slice of a run that is played again.
    slice: Option<Timeout>,
    player: player::Shell,
    explorer: explore::Shell,
    late: late::shell::Shell,
    /// The guard's explorer: it can be let be at any time.
    guard: explore::Shell,
    /// What had the focus before the palette took it.
    focus_before: Option<HtmlElement>,
    /// Effects on what is only drawn after this update.
    after_drawing: Vec<Effect>,
    documents: documents::shell::Shell,
    /// The marks that the editor shows, of which text.
    marks: (Rc<str>, Vec<Spot>),
    _keys: EventListener,
    _leaving: EventListener,
    _unload: EventListener,
    _drops: [EventListener; 2],
    _outside: EventListener,
    _focus: EventListener,
    _screen: EventListener,
    _address: EventListener,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let sender = Sender::new(ctx.link().callback(|msg: Msg| msg));
        let semantics = browser::kept_semantics().and_then(|name| Semantics::from_name(&name));
        let asked = browser::example_in_address();
        let lesson = browser::lesson_in_address();
        let linked = browser::link_in_address();
        let mut model = Model::new(
            semantics.unwrap_or(Semantics::DOCUMENTED),
            layout::kept(),
            !browser::wants_less_motion(),
            asked,
        );
        renew::shell::listen(&sender);
        model.player.kept = player::kept().unwrap_or_default();
        model.player.kept_run = player::kept_run();
        let embedded = embed::shell::options();
        if embedded.is_none() {
            model.learn = learn::Learn::kept();
        }
        model.graph_width = model.layout.room(browser::width());
        let asks = asked.is_some() || lesson.is_some() || linked.is_some();
        model.welcome = embedded.is_none() && !asks && layout::is_first_visit();
        if let Some(options) = embedded {
            model.layout = layout::Layout::embedded(options.shows_source());
            model.player.by_moments = false;
            model.embed = Some(embed::Embed::new(options));
            embed::shell::listen(&sender);
        }
        // A damaged link asks for nothing.
        let asked_for_other = asked.is_some() || lesson.is_some() || matches!(linked, Some(Ok(_)));
        model.documents.asked_lesson = lesson;
        model.documents.asked_link = linked.map(|link| link.map(Rc::new));
        // Then there is nothing to be waited for, and the first frame shows it.
        let begins = model.embed.is_none()
            && model.documents.asks_by_example()
            && documents::shell::nothing_was_open();
        let tab = Rc::clone(&model.documents.tab);
        let late = late::shell::Shell::default();
        let keys = listen_to_keys(&sender, late.palette_is_awaited());
        let mut app = App {
            model,
            sender: sender.clone(),
            pause: None,
            rest: None,
            fix: None,
            slice: None,
            player: player::Shell::default(),
            explorer: explore::Shell::new(),
            late,
            guard: explore::Shell::new(),
            focus_before: None,
            after_drawing: Vec::new(),
            documents: documents::shell::Shell::start(sender.clone(), tab, asked_for_other),
            marks: (Rc::default(), Vec::new()),
            _keys: keys,
            _leaving: listen_to_leaving(&sender),
            _unload: listen_to_unload(),
            _drops: listen_to_drops(&sender),
            _outside: listen_outside(&sender),
            _focus: listen_to_focus(),
            _screen: demo::listen(&sender),
            _address: listen_to_address(&sender),
        };
        if begins {
            app.answer(documents::Msg::NothingWasOpen.into());
        }
        app
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        match self.late.pass(msg, &self.model.documents, &self.sender) {
            Some(msg) => self.hear(msg),
            None => false,
        }
    }

    fn view(&self, _: &Context<Self>) -> Html {
        page::view(&self.model, &self.sender)
    }

    fn rendered(&mut self, _: &Context<Self>, _first: bool) {
        // Who embeds the page has fetched the editor, or does without it.
        if self.model.layout.source.open || embed::shell::is_embedded() {
            editor::shell::fetch(&self.sender);
        }
        for effect in std::mem::take(&mut self.after_drawing) {
            self.perform(effect);
        }
    }
}

impl App {
    /// Answers a message; whether the page is to be drawn anew.
    fn hear(&mut self, msg: Msg) -> bool {
        match msg {
            Msg::Late(how) => {
                for held in self.late.take(how) {
                    self.hear(held);
                }
                self.answer(msg);
            }
            Msg::Editor(editor::Msg::Typed) => {
                documents::drafts::typed();
                self.answer(msg);
                return false;
            }
            Msg::Editor(editor::Msg::Caret(offset)) => {
                let pointed = self.pointed(offset);
                let play = self.model.play.as_ref();
                if play.is_none_or(|play| play.pointed == pointed) {
                    return false;
                }
                self.answer(editor::Msg::Breakpoint(pointed).into());
            }
            // What was typed a moment ago belongs to the document before.
            Msg::Documents(_)
            | Msg::Export(_)
            | Msg::Files(_)
            | Msg::Draw(_)
            | Msg::ChooseExample(_)
            | Msg::Gallery(gallery::Msg::Choose(..))
            | Msg::ChooseTemplate(_)
            | Msg::Learn(
                learn::Msg::Start(_) | learn::Msg::Page(_) | learn::Msg::Again | learn::Msg::ShowMe,
            )
            | Msg::Arrive(_)
            | Msg::Renew(renew::Msg::Take)
            | Msg::Editor(editor::Msg::Convert) => {
                self.read_now();
                self.answer(msg);
            }
            msg => self.answer(msg),
        }
        self.mark();
        true
    }

    fn answer(&mut self, msg: Msg) {
        for effect in update::update(&mut self.model, msg) {
            match effect {
                Effect::AwaitPause
                | Effect::AwaitRest
                | Effect::AwaitFix
                | Effect::AwaitSlice
                | Effect::ReadSource
                | Effect::Documents(_)
                | Effect::Embed(_)
                | Effect::Files(_)
                | Effect::Player(_)
                | Effect::Explore(_)
                // As long as it is somebody's press: later the browser refuses.
                | Effect::Demo(_)
                | Effect::Guard(_)
                | Effect::KeepLayout(_)
                | Effect::Learn(_)
                | Effect::Renew(_)
                | Effect::ShowAddress { .. }
                | Effect::KeepSemantics(_) => {
                    self.perform(effect);
                }
                Effect::Editor(editor::Effect::Select(_) | editor::Effect::Focus) => {
                    self.after_drawing.push(effect);
                }
                Effect::Editor(_) => self.perform(effect),
                Effect::Download { .. }
                | Effect::Export(_)
                | Effect::Gallery(_)
                | Effect::Focus(_)
                | Effect::FocusBack
                | Effect::Reveal(_)
                | Effect::FocusHint
                | Effect::HoldFocus
                | Effect::RevealOccurrence(_)
                | Effect::RevealWhy
                | Effect::RevealThread(_) => self.after_drawing.push(effect),
            }
        }
    }

    fn perform(&mut self, effect: Effect) {
        let sender = &self.sender;
        match effect {
            Effect::AwaitPause => {
                let sender = sender.clone();
                let pause =
                    if editor::shell::length() > LONG_UNITS { LONG_PAUSE_MS } else { PAUSE_MS };
                // The timeout before it is dropped, and so never comes.
                self.pause = Some(Timeout::new(pause, move || {
                    sender.send_message(editor::Msg::Paused);
                }));
            }
            Effect::AwaitRest => {
                let sender = sender.clone();
                self.rest = Some(Timeout::new(REST_MS, move || {
                    sender.send_message(editor::Msg::Rest);
                }));
            }
            Effect::AwaitFix => {
                let sender = sender.clone();
                self.fix = Some(Timeout::new(FIX_MS, move || {
                    sender.send_message(editor::Msg::TryFix);
                }));
            }
            Effect::AwaitSlice => {
                let sender = sender.clone();
                self.slice = Some(Timeout::new(0, move || {
                    sender.send_message(replaying::Msg::GoOn);
                }));
            }
            Effect::ReadSource => {
                self.pause = None;
                self.fix = None;
                if let Some(text) = editor::shell::text() {
                    sender.send_message(editor::Msg::Read(text.into()));
                }
            }
            Effect::Editor(effect) => editor::shell::perform(&effect, sender),
            Effect::Download { file, text } => export::download(&file, &text),
            Effect::Export(effect) => {
                if let Some(late) = late::get() {
                    (late.shells.export)(effect, sender);
                }
            }
            Effect::Files(effect) => files::shell::perform(effect, sender),
            Effect::Demo(effect) => demo::perform(effect),
            Effect::Gallery(effect) => gallery::perform(effect),
            Effect::Guard(effect) => {
                if let Some(late) = late::get() {
                    (late.shells.guard)(&mut self.guard, &effect, sender);
                }
            }
            Effect::Embed(effect) => embed::shell::perform(effect),
            Effect::Player(effect) => self.player.perform(effect, sender),
            Effect::Explore(effect) => {
                if let Some(late) = late::get() {
                    (late.shells.explore)(&mut self.explorer, &effect, sender);
                }
            }
            Effect::KeepLayout(layout) => layout::keep(layout),
            Effect::Learn(effect) => learn::perform(&effect),
            Effect::Renew(effect) => renew::shell::perform(&effect),
            Effect::Documents(effect) => self.documents.perform(effect),
            Effect::ShowAddress { address, replace } => browser::show_address(&address, replace),
            Effect::Focus(selector) => {
                self.focus_before = browser::focused().or(self.focus_before.take());
                browser::focus(selector);
            }
            Effect::Reveal(id) => browser::reveal(&id),
            Effect::FocusBack => {
                if let Some(element) = self.focus_before.take() {
                    let _ = element.focus();
                }
            }
            Effect::KeepSemantics(name) => browser::keep_semantics(name),
            Effect::FocusHint => browser::focus_hint(),
            Effect::HoldFocus => browser::hold_focus(),
            Effect::RevealOccurrence(id) => browser::reveal_occurrence(id),
            Effect::RevealWhy => browser::reveal_why(),
            Effect::RevealThread(thread) => {
                if let Some(play) = &self.model.play {
                    graph::reveal(&play.stage, thread);
                }
            }
        }
    }

    /// Reads what was typed and not read yet, and keeps it.
    fn read_now(&mut self) {
        if self.pause.take().is_some()
            && let Some(text) = editor::shell::text()
        {
            self.answer(editor::Msg::Read(text.into()).into());
        }
        self.rest = None;
        if self.model.source.unsettled {
            self.answer(editor::Msg::Rest.into());
        }
    }

    /// Keeps the editor's marks up with the run, while the editor is seen. While the run is of an earlier text its places would
    /// be wrong.
    fn mark(&mut self) {
        let source = &self.model.source;
        if source.stale || source.unsettled || !self.model.layout.source.open {
            return;
        }
        let marks = (Rc::clone(&source.text), editor::marks::spots(&self.model));
        if marks != self.marks {
            self.marks.clone_from(&marks);
            self.perform(editor::Effect::Mark(marks.0, marks.1).into());
        }
    }

    /// The step at an offset of the text; what it was before, if the run is of another text.
    fn pointed(&self, offset: usize) -> Option<(String, String)> {
        let source = &self.model.source;
        let play = self.model.play.as_ref()?;
        if source.stale || source.unsettled || self.pause.is_some() {
            return play.pointed.clone();
        }
        let line = editor::line(&source.text, offset);
        editor::marks::node_at(play, line)
    }
}

/// A page that goes takes with it what is not kept: it is left where the next page finds it.
fn listen_to_leaving(sender: &Sender) -> EventListener {
    let sender = sender.clone();
    EventListener::new(&gloo_utils::window(), "pagehide", move |_| {
        documents::drafts::write();
        graph::kept::keep();
        sender.send_message(player::Msg::KeepRun);
    })
}

/// Going back or forward, and a link that is opened in this very tab, only change the address.
fn listen_to_address(sender: &Sender) -> EventListener {
    let sender = sender.clone();
    EventListener::new(&gloo_utils::window(), "popstate", move |_| {
        // Another fragment is another embedded page: embed.js loads it.
        if !embed::shell::is_embedded() {
            sender.send_message(Msg::Arrive(browser::arrival()));
        }
    })
}

/// A file that is dropped anywhere becomes a document. The browser would open it in the place of the page, and the editor
/// would write it into the text that is open.
fn listen_to_drops(sender: &Sender) -> [EventListener; 2] {
    ["dragover", "drop"].map(|name| {
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        let sender = sender.clone();
        EventListener::new_with_options(&gloo_utils::window(), name, options, move |event| {
            let brings_file = documents::drop::brings_file(event);
            if brings_file || !in_editor(event) && !is_typing(event) {
                event.prevent_default();
            }
            if brings_file && name == "drop" {
                event.stop_propagation();
                documents::drop::read(event, &sender);
            }
        })
    })
}

/// A press beside the open list of documents closes it.
fn listen_outside(sender: &Sender) -> EventListener {
    let sender = sender.clone();
    EventListener::new(&document(), "pointerdown", move |event| {
        let open = document().query_selector("#documents:not([hidden])").ok().flatten().is_some();
        if open && !is_within(event, "#documents, .switcher") {
            sender.send_message(documents::Msg::Close { by_key: false });
        }
    })
}

/// What gets the focus in a row that scrolls is seen whole: browsers are content with its first pixel.
fn listen_to_focus() -> EventListener {
    EventListener::new(&document(), "focusin", |event| {
        if is_within(event, ".command-row, .stepper-buttons, .top-choices")
            && let Some(element) = target(event)
        {
            browser::reveal_element(&element);
        }
    })
}

/// Leaving with what the browser refuses to keep is asked about.
fn listen_to_unload() -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo_utils::window(), "beforeunload", options, |event| {
        if !documents::drafts::write() {
            event.prevent_default();
        }
    })
}

/// The shortcuts. Alt and an arrow step back and forward, except where text is typed: there they move the caret.
fn listen_to_keys(sender: &Sender, palette_is_awaited: Rc<Cell<bool>>) -> EventListener {
    let sender = sender.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let name = key.key();
        if palette_is_awaited.get()
            && let Some(msg) = palette::ahead(key, &name)
        {
            event.prevent_default();
            sender.send_message(Msg::Palette(msg));
            return;
        }
        // A button that has the focus is pressed by the space bar.
        if let Some(msg) =
            demo::shortcut(key).filter(|_| name != " " || !is_within(event, "button"))
        {
            event.prevent_default();
            sender.send_message(msg);
            return;
        }
        let msg = match palette::shortcut(key, &name, is_typing(event), in_editor(event)) {
            Some(_) if embed::shell::is_embedded() => return,
            Some(msg) => Msg::Palette(msg),
            None if matches!(&*name, "z" | "Z" | "y") => {
                match editor::shell::shortcut(key, is_typing(event) || in_editor(event)) {
                    Some(msg) => Msg::Editor(msg),
                    None => return,
                }
            }
            None if matches!(&*name, "s" | "S") && !embed::shell::is_embedded() => {
                match files::shortcut(key) {
                    Some(msg) => Msg::Files(msg),
                    None => return,
                }
            }
            None if name == " " => match player::shortcut(key) {
                Some(msg) => Msg::Player(msg),
                None => return,
            },
            None if !key.alt_key() || key.ctrl_key() || key.meta_key() || is_typing(event) => {
                return;
            }
            None => match (&*name, key.shift_key()) {
                ("ArrowLeft", false) => Msg::Back,
                ("ArrowRight", false) => Msg::Forward,
                ("ArrowLeft", true) => Msg::Timeline(timeline::Msg::Jump(false)),
                ("ArrowRight", true) => Msg::Timeline(timeline::Msg::Jump(true)),
                _ => return,
            },
        };
        // Without this the browser would leave the page.
        event.prevent_default();
        sender.send_message(msg);
    })
}

/// What an event is about.
fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Whether it is about something in what a selector finds.
fn is_within(event: &Event, selector: &str) -> bool {
    target(event).is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}

/// The source has keys of its own, and Ctrl K among them.
fn in_editor(event: &Event) -> bool {
    is_within(event, ".cm-editor")
}

fn is_typing(event: &Event) -> bool {
    let typed = "textarea, input:not([type=range]), select, [contenteditable=true]";
    target(event).is_some_and(|element| element.matches(typed).unwrap_or(false))
}
