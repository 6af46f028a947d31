//! The event that is on its way: from the top of the view to who takes it, and on to the handler.

use halter_session::view::Flight;
use yew::prelude::*;

use super::icon;
use super::lanes::Stage;
use super::layout::Icon;
use super::viewport::View;

/// How far it stands above a lane's upper edge, and from its left.
const ABOVE: f64 = 12.0;
const ASIDE: f64 = 24.0;

/// The event; screen readers hear of it from the step's announcement.
pub(super) fn view(flight: Option<&Flight>, stage: &Stage, view: &View) -> Html {
    let Some(flight) = flight else {
        return Html::default();
    };
    let lane = flight.at.and_then(|thread| stage.lanes.get(stage.lane_of(thread)?));
    let (x, y) = match lane {
        Some(lane) => (lane.x + ASIDE, lane.y - ABOVE),
        None => ((view.left + view.width / 2.0) / view.zoom, view.top / view.zoom),
    };
    html! {
        <p key={flight.event.clone()} class="flight" style={format!("transform:translate({x:.0}px,{y:.0}px)")} aria-hidden="true" data-flight={
            flight.at.map_or_else(|| "arrived".to_owned(), |thread| thread.to_string())
        }>
            <svg viewBox="-9 -9 18 18" width="16" height="16">{ icon::of(Icon::Event) }</svg>
            { flight.event.clone() }
        </p>
    }
}
