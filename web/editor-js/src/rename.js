// Renaming what stands at the caret: a small panel beneath the text asks for the new name.
import { StateEffect, StateField } from "@codemirror/state";
import { EditorView, keymap, showPanel } from "@codemirror/view";
import { applyEdits } from "./edits.js";

const ask = StateEffect.define();

const asked = StateField.define({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(ask)) return effect.value;
    // Its places are those of the text before.
    return transaction.docChanged ? null : value;
  },
  provide: (field) => showPanel.from(field, (question) => question && ((view) => panel(view, question))),
});

export const renaming = (host) => [
  asked,
  keymap.of([
    {
      key: "F2",
      run(view) {
        const at = view.state.selection.main.head;
        const found = host.renameable(view.state.doc.toString(), at);
        if (found) {
          view.dispatch({ selection: { anchor: found.from, head: found.to }, effects: ask.of({ ...found, host, at: found.from }) });
        } else {
          view.dispatch({ effects: [EditorView.announce.of("There is no name here that could be changed.")] });
        }
        return true;
      },
    },
  ]),
];

function panel(view, { name, what, at, host }) {
  const close = () => {
    view.dispatch({ effects: ask.of(null) });
    view.focus();
  };
  const input = element("input", { className: "field-input rename-name", value: name, type: "text", spellcheck: false });
  input.setAttribute("autocomplete", "off");
  const label = element("label", { className: "rename-label" }, `New name of ${what}`, input);
  const problem = element("p", { className: "rename-problem" });
  problem.setAttribute("role", "alert");
  const accept = element("button", { type: "submit", className: "quiet" }, "Rename");
  const cancel = element("button", { type: "button", className: "quiet", onclick: close }, "Cancel");
  const dom = element("form", { className: "rename" }, label, accept, cancel, problem);
  dom.addEventListener("submit", (event) => {
    event.preventDefault();
    const answer = host.rename(view.state.doc.toString(), at, input.value);
    if (answer.error) {
      problem.textContent = answer.error;
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return;
    }
    applyEdits(view, answer.edits);
    close();
  });
  dom.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  return {
    dom,
    top: true,
    mount() {
      input.focus();
      input.select();
    },
  };
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
