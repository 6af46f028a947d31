//! Variables by scope: those of the ThreadRun that is looked at, and of its parents.

mod tree;

use std::sync::Arc;

use halter_session::view::{ScopeView, VariableView, scopes};
use halter_session::wf_runs;
use halter_session::why::Subject;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::model::Model;
use crate::msg::Msg;
use crate::sender::Sender;
use crate::why;

/// ThreadRuns that can be chosen here on either side of the one that is looked at; all others by their lanes.
const CHOICES: u32 = 100;

/// The panel.
pub(crate) fn view(model: &Model, sender: &Sender) -> Html {
    let Some(play) = model.play.as_ref().filter(|play| !play.run.threads.is_empty()) else {
        return panel(
            html! { <p class="empty">{ "Variables appear when the workflow runs." }</p> },
            Html::default(),
        );
    };
    let selected = model.selected();
    let choose = sender.batch_callback(|event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>()?.value();
        chosen.parse().ok().map(Msg::Select)
    });
    // Those of another WfRun have other numbers: the first of each can be chosen.
    let near =
        |number: u32| wf_runs::own_number(number).1 == 0 || number.abs_diff(selected) <= CHOICES;
    let choice = html! {
        <label class="choice choice--inline">
            <span>{ "as seen by" }</span>
            <select onchange={choose}>
                { for play.run.threads.iter().filter(|thread| near(thread.number)).map(|thread| html! {
                    <option key={thread.number} value={thread.number.to_string()} selected={thread.number == selected}>
                        { format!("{} ({})", thread.name(), thread.spec_name) }
                    </option>
                }) }
            </select>
        </label>
    };
    panel(
        html! { <>{ for scopes(&play.sitting, selected).iter().map(|scope| view_scope(scope, sender)) }</> },
        choice,
    )
}

fn panel(body: Html, choice: Html) -> Html {
    html! {
        <section class="panel variables" aria-labelledby="variables-title">
            <div class="panel-head">
                <h2 id="variables-title" class="panel-title">{ "Variables" }</h2>
                { choice }
            </div>
            <div class="variables-body" tabindex="0" role="region" aria-label="Variables by scope">{ body }</div>
        </section>
    }
}

fn view_scope(scope: &ScopeView, sender: &Sender) -> Html {
    let whose = match scope.distance {
        0 => "its own",
        1 => "of its parent",
        _ => "of an ancestor",
    };
    html! {
        <div class="scope" key={scope.thread}>
            <h3 class="scope-name">{ &scope.name }<span>{ whose }</span></h3>
            if scope.variables.is_empty() {
                <p class="scope-none">{ "no variables" }</p>
            } else {
                <dl>{ for (0..).zip(&scope.variables).map(|(index, variable)| view_variable(scope.thread, index, variable, sender)) }</dl>
            }
        </div>
    }
}

fn view_variable(thread: u32, index: u16, variable: &VariableView, sender: &Sender) -> Html {
    let changed = variable.changed_by.is_some() || variable.before.is_some();
    let value = variable.value.clone().unwrap_or_else(|| "masked".to_owned());
    html! {
        <div class={classes!("variable", changed.then_some("variable--changed"))} key={variable.name.clone()}>
            <dt>
                <code>{ &variable.name }</code>
                <span class="variable-type">{ &variable.of }</span>
                if let Some(id) = variable.changed_by {
                    <button type="button" class="changed-by" onclick={sender.callback(move |_| Msg::ShowOccurrence(id))}>
                        { "changed" }<span class="spoken">{ format!(" in this step by occurrence {id}") }</span>
                    </button>
                }
            </dt>
            <dd>
                if let Some(before) = &variable.before {
                    <del><span class="spoken">{ "before: " }</span>{ before }</del>
                }
                { why::asking(Subject::Variable(thread, index), &format!("Why is {} {value}?", variable.name), html! {
                    <span
                        class="value"
                        data-variable={format!("{thread}.{}", variable.name)}
                        data-changed={changed.to_string()}
                    >{ &value }</span>
                }, sender) }
                if let Some(json) = &variable.tree { <tree::Tree name={variable.name.clone()} json={Arc::clone(json)} /> }
            </dd>
        </div>
    }
}
