// What may be typed next, as the host says.
import { autocompletion, pickedCompletion } from "@codemirror/autocomplete";

export const completion = (host) =>
  autocompletion({
    icons: false,
    closeOnBlur: true,
    maxRenderedOptions: 60,
    override: [(context) => ask(host, context)],
    optionClass: ({ type }) => `completion--${type ?? "other"}`,
    addToOptions: [{ render: kindOf, position: 20 }],
  });

function ask(host, context) {
  const found = host.complete?.(context.state.doc.toString(), context.pos, context.explicit);
  if (!found) return null;
  return {
    from: found.from,
    to: found.to,
    options: found.options.map((option) => ({
      label: option.label,
      detail: option.detail || undefined,
      info: option.info || undefined,
      type: option.kind,
      boost: option.boost,
      apply: (view, picked) => insert(view, picked, option),
    })),
    validFor: found.valid_for ? new RegExp(found.valid_for) : undefined,
  };
}

/** The text takes the place of what was typed; the caret goes where `cursor` says, counted from its beginning. */
function insert(view, picked, option) {
  const { from, to } = option;
  // What was typed since the question was asked is replaced as well.
  const until = Math.max(to, view.state.selection.main.head);
  view.dispatch({
    changes: { from, to: until, insert: option.insert },
    selection: { anchor: from + (option.cursor ?? option.insert.length) },
    scrollIntoView: true,
    userEvent: "input.complete",
    annotations: pickedCompletion.of(picked),
  });
}

function kindOf({ type }) {
  if (!type) return null;
  const element = document.createElement("span");
  element.className = "completion-kind";
  element.setAttribute("aria-hidden", "true");
  element.textContent = type;
  return element;
}
