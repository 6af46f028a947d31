//! Where the view goes when the run goes on: to what changed, and no further than it must.

use halter_session::view::{RunView, ThreadView};

use super::lanes::{Stage, Who};
use super::layout::SpecLayout;
use super::viewport::{View, bring};

/// From one place to another, in the stage's pixels.
type Stretch = (f64, f64);

/// Where to scroll to, so that what changed is in view; if it is more than the view holds, some of it.
pub(super) fn follow(
    view: &View,
    stage: &Stage,
    layouts: &[SpecLayout],
    before: &RunView,
    now: &RunView,
) -> (f64, f64) {
    let mut down = Vec::new();
    let mut across = Vec::new();
    for lane in &stage.lanes {
        let Who::Thread { number, .. } = lane.who else { continue };
        let was = before.threads.get(number as usize);
        let Some(thread) = now.threads.get(number as usize).filter(|is| has_moved(was, is)) else {
            continue;
        };
        down.push((lane.y, lane.y + lane.height));
        let run = thread.node_runs.last().filter(|_| !lane.folded);
        let place = run.zip(layouts.get(lane.spec as usize));
        if let Some(place) = place.and_then(|(run, layout)| layout.nodes.get(run.node as usize)) {
            let middle = lane.x + lane.nodes.0 + place.x;
            across.push((middle - place.width / 2.0, middle + place.width / 2.0));
        }
    }
    (
        view.beside(stage.headings, |left, width| along(left, width, view.zoom, &across)),
        along(view.top, view.height, view.zoom, &down),
    )
}

/// Whether it is new, or has another status, or went to another node.
fn has_moved(was: Option<&ThreadView>, is: &ThreadView) -> bool {
    let at = |thread: &ThreadView| {
        (thread.status, thread.node_runs.last().map(|run| (run.position, run.delays)))
    };
    was.is_none_or(|was| at(was) != at(is))
}

/// Where a view of that size goes along one side, from where it is.
fn along(at: f64, size: f64, zoom: f64, stretches: &[Stretch]) -> f64 {
    let Some((first, others)) = stretches.split_first() else {
        return at;
    };
    let all = others.iter().fold(*first, |all, one| (all.0.min(one.0), all.1.max(one.1)));
    let bring = |(from, to): Stretch| bring(at, size, from * zoom, to * zoom);
    let fits = (all.1 - all.0) * zoom <= size;
    let is_seen = |(from, to): &Stretch| from * zoom >= at && to * zoom <= at + size;
    if fits {
        bring(all)
    } else if stretches.iter().any(is_seen) {
        at
    } else {
        bring(*first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes(at: f64, stretches: &[Stretch], wanted: f64) {
        let to = along(at, 500.0, 1.0, stretches);
        assert!((to - wanted).abs() < 1e-9, "{to}, not {wanted}");
    }

    #[test]
    fn what_is_in_view_moves_nothing() {
        goes(100.0, &[], 100.0);
        goes(100.0, &[(140.0, 240.0), (300.0, 400.0)], 100.0);
    }

    #[test]
    fn all_of_what_changed_comes_into_view_if_it_fits() {
        let at = along(0.0, 500.0, 0.8, &[(100.0, 200.0), (600.0, 700.0)]);
        assert!(at > 0.0 && at <= 80.0 && 560.0 <= at + 500.0, "{at}");
    }

    #[test]
    fn of_more_than_fits_one_is_enough() {
        let far = [(0.0, 100.0), (2_000.0, 2_100.0)];
        goes(1_900.0, &far, 1_900.0);
        goes(900.0, &far, 0.0);
    }
}
