//! What the command palette offers about a run.

use halter_session::pause;

use super::{Msg, SPEEDS};
use crate::model::Model;

/// Points that the palette offers; the form has them all.
const OFFERED: usize = 300;

/// Name, keys and message of each.
pub(crate) fn entries(model: &Model) -> Vec<(String, &'static str, Msg)> {
    let run = &model.player;
    let Some(play) = model.play.as_ref().filter(|_| model.embed.is_none()) else {
        return Vec::new();
    };
    let toggle = if run.is_going() { "Pause the run" } else { "Play the run" };
    let mut entries = vec![(toggle.to_owned(), "Space", Msg::Toggle)];
    let next = "To the next point, or until nothing moves";
    entries.push((next.to_owned(), "Shift Space", Msg::ToNextPoint));
    let settings = "Run settings: times of tasks, and where to pause";
    entries.push((settings.to_owned(), "", Msg::ToggleSettings));
    for (percent, name) in SPEEDS {
        entries.push((format!("Run speed: {name}"), "", Msg::Speed(percent)));
    }
    for (index, point) in run.points().iter().enumerate() {
        let name = format!("No longer pause when {}", point.words());
        entries.push((name, "", Msg::Remove(index)));
    }
    let choices = pause::choices(&play.sitting).into_iter();
    let points = choices.flat_map(|(_, points)| points).take(OFFERED);
    for point in points.filter(|point| !run.points().contains(point)) {
        let name = format!("Pause when {}", point.words());
        entries.push((name, "", Msg::Add(point)));
    }
    entries
}
