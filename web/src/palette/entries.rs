//! What the palette offers: every command that can be given now, and everything else that the page can do.

use halter_session::why::Subject;

use crate::examples::EXAMPLES;
use crate::model::Model;
use crate::msg::Msg;
use crate::{demo, explore, export, files, gallery, layout, learn, palette, player, timeline};

/// ThreadRuns about which it offers to ask: those that are not over, the newest first.
const ASKED_ABOUT: usize = 50;

pub(super) struct Entry {
    pub(super) name: String,
    pub(super) keys: &'static str,
    pub(super) msg: Msg,
}

/// Those whose names hold every word that was typed.
pub(super) fn found(model: &Model) -> Vec<Entry> {
    let typed = model.palette.typed.to_lowercase();
    let words: Vec<&str> = typed.split_whitespace().collect();
    all(model)
        .into_iter()
        .filter(|entry| {
            let name = entry.name.to_lowercase();
            words.iter().all(|word| name.contains(word))
        })
        .collect()
}

fn all(model: &Model) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |name: &str, keys: &'static str, msg: Msg| {
        entries.push(Entry { name: name.to_owned(), keys, msg });
    };
    if let Some(play) = &model.play {
        for offer in &play.offers {
            add(&offer.label, "", Msg::Give(offer.action));
        }
        let live = play.run.threads.iter().rev().filter(|t| !t.status.is_terminal());
        for thread in live.take(ASKED_ABOUT) {
            let name = format!(
                "Why is {} ({}) {}?",
                thread.name(),
                thread.spec_name,
                thread.status.name()
            );
            add(&name, "", Msg::Ask(Subject::Thread(thread.number)));
        }
        if let Some(status) = play.run.status {
            add(&format!("Why is the WfRun {}?", status.name()), "", Msg::Ask(Subject::WfRun));
        }
        add("Step back", "Alt ←", Msg::Back);
        add("Step forward", "Alt →", Msg::Forward);
        add("Last status change", "Alt Shift ←", Msg::Timeline(timeline::Msg::Jump(false)));
        add("Next status change", "Alt Shift →", Msg::Timeline(timeline::Msg::Jump(true)));
        add("Replay step", "", player::Msg::Replay.into());
        add("Start over", "", Msg::Restart);
        add("Show or hide the timeline", "", Msg::Timeline(timeline::Msg::Toggle));
        add("Save a picture of what is shown", "", export::Msg::open_pictures().into());
        add("Put it into your page", "", export::Msg::open_framed().into());
        for branch in play.sitting.branches() {
            let number = branch.number();
            add(
                &format!("Play branch {number}"),
                "",
                Msg::Timeline(timeline::Msg::SwitchTo(number)),
            );
            add(
                &format!("Compare branch {number}"),
                "",
                Msg::Timeline(timeline::Msg::Compare(Some(number))),
            );
        }
    }
    // Whoever types little finds what is done most first: points are many.
    let (points, first): (Vec<_>, Vec<_>) = player::entries(model)
        .into_iter()
        .partition(|(_, _, msg)| matches!(msg, player::Msg::Add(_)));
    for (name, keys, msg) in first {
        add(&name, keys, Msg::Player(msg));
    }
    let by_moments = model.player.by_moments;
    add("Steps at once, or moment by moment", "", player::Msg::ByMoments(!by_moments).into());
    add("Show or hide the source", "", layout::Msg::Toggle(layout::Side::Source).into());
    add(
        "Show or hide the story: why, variables, log",
        "",
        layout::Msg::Toggle(layout::Side::Story).into(),
    );
    add("Open a file", "", files::Msg::Open.into());
    add("Save to the file", "Ctrl S", files::Msg::Save.into());
    add("Save as a file", "Ctrl Shift S", files::Msg::SaveAs.into());
    add("What could happen? Try every order", "", explore::Msg::Open(true).into());
    add("Examples, each with a picture", "", gallery::Msg::Open.into());
    add("Present on the full screen", "", demo::Msg::Begin.into());
    add("Lessons", "", learn::Msg::Open.into());
    add("Rules: as documented", "", Msg::SetSemantics("documented"));
    add("Rules: as server 1.2 does", "", Msg::SetSemantics("server-1.2"));
    add("Keyboard shortcuts", "?", Msg::Palette(palette::Msg::Sheet { by_single_key: false }));
    for (index, example) in EXAMPLES.iter().enumerate() {
        add(&format!("Open example: {}", example.title), "", Msg::ChooseExample(index));
    }
    for (name, keys, msg) in points {
        add(&name, keys, Msg::Player(msg));
    }
    entries
}
