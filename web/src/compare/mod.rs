//! Where the server departs from its documentation: named, and both runs side by side.

use halter_engine::state::ThreadNumber;
use halter_session::compare::Comparison;
use halter_session::view::{self, RunView, ThreadView};
use yew::prelude::*;

use crate::graph::icon;
use crate::model::Model;

/// ThreadRuns that a table shows.
const THREADS_COMPARED: usize = 100;

/// What the chosen rules mean, and where the other ones would lead elsewhere.
pub(crate) fn view(model: &Model) -> Html {
    let documented = model.semantics.name() == "documented";
    let meaning = if documented {
        "Rules as documented: what LittleHorse's documentation promises."
    } else {
        "Rules as server 1.2 does: what LittleHorse 1.2.1 was seen to do, deviations and all."
    };
    let both = model.play.as_ref().and_then(|play| play.both.as_deref());
    html! {
        <section class="compare" aria-label="What the rules mean">
            <p class={if documented { "spoken" } else { "compare-meaning" }}>{ meaning }</p>
            { both.map(parting).unwrap_or_default() }
        </section>
    }
}

fn parting(both: &Comparison) -> Html {
    let step = both.parting.step + 1;
    let ids: Vec<&str> = both.parting.deviations.iter().map(|d| d.id()).collect();
    html! {
        <details class="parting" data-parting-step={step.to_string()} data-deviations={ids.join(" ")}>
            <summary>
                { format!("At step {step} the server departs from its documentation: ") }
                <b>{ ids.join(", ") }</b>
            </summary>
            { for both.parting.deviations.iter().map(|deviation| html! {
                <p class="parting-why">{ deviation.sentence() }</p>
            }) }
            { table(
                &format!("The runs after step {step}"),
                ["as documented", "as server 1.2 does"],
                [&view::run(&both.documented), &view::run(&both.server)],
                [&both.documented, &both.server],
            ) }
        </details>
    }
}

/// Every ThreadRun of two runs beside one another.
pub(crate) fn table(
    caption: &str,
    heads: [&str; 2],
    runs: [&RunView; 2],
    sittings: [&halter_session::Sitting; 2],
) -> Html {
    let [one, other] = runs;
    let threads = one.threads.len().max(other.threads.len());
    let rows = threads.min(THREADS_COMPARED) as ThreadNumber;
    html! {
        <table class="parting-table">
            <caption>{ caption.to_owned() }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "Run" }</th>
                    { for heads.iter().map(|head| html! { <th scope="col">{ (*head).to_owned() }</th> }) }
                </tr>
            </thead>
            <tbody>
                <tr>
                    <th scope="row">{ "WfRun" }</th>
                    { for runs.iter().zip(sittings).map(|(run, sitting)| html! { <td>{ status(run) }{ refused(sitting) }</td> }) }
                </tr>
                { for (0..rows).map(|number| row(number, one, other)) }
                if threads > THREADS_COMPARED {
                    <tr><th scope="row" colspan="3">{ format!("and {} more ThreadRuns", threads - THREADS_COMPARED) }</th></tr>
                }
            </tbody>
        </table>
    }
}

fn status(run: &RunView) -> Html {
    run.status.map(icon::chip).unwrap_or_default()
}

fn refused(sitting: &halter_session::Sitting) -> Html {
    let refusal = sitting.current_step().and_then(|step| step.refusal.as_ref());
    refusal.map_or_else(Html::default, |refusal| {
        html! { <span class="parting-refused">{ format!("refused: {}", refusal.code.name()) }</span> }
    })
}

fn row(number: ThreadNumber, documented: &RunView, server: &RunView) -> Html {
    let find = |run: &'_ RunView| run.thread(number).cloned();
    let (documented, server) = (find(documented), find(server));
    let name =
        documented.as_ref().or(server.as_ref()).map_or_else(String::new, |t| t.spec_name.clone());
    html! {
        <tr>
            <th scope="row">{ format!("{number} {name}") }</th>
            <td>{ thread(documented.as_ref()) }</td>
            <td>{ thread(server.as_ref()) }</td>
        </tr>
    }
}

fn thread(thread: Option<&ThreadView>) -> Html {
    let Some(thread) = thread else {
        return html! { <span class="parting-none">{ "not started" }</span> };
    };
    html! {
        <>
            { icon::chip(thread.status) }
            { for thread.reasons.iter().map(|reason| html! { <span class="parting-reason">{ reason.name }</span> }) }
        </>
    }
}
