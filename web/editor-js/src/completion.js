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
  const found = host.complete(context.state.doc.toString(), context.pos, context.explicit);
  if (!found) return null;
  return {
    from: found.from,
    to: found.to,
    options: found.options.map((option, rank) => ({
      label: option.label,
      detail: option.detail || undefined,
      info: option.info || undefined,
      type: option.kind,
      // The host's order decides between those that fit as well.
      boost: 50 - Math.min(rank, 100),
      apply: (view, picked, from, to) => insert(view, picked, from, to, option),
    })),
    validFor: /^[\w-]*$/,
  };
}

/** The text takes the place of the word; what is still to be filled in is selected then. */
function insert(view, picked, from, to, { insert, select }) {
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + select.from, head: from + select.to },
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
