// What stands under the pointer, or at the caret when it is asked for by key.
import { StateEffect, StateField } from "@codemirror/state";
import { hoverTooltip, keymap, showTooltip } from "@codemirror/view";

const show = StateEffect.define();

/** The tooltip that was asked for by key; it goes when anything else happens. */
const asked = StateField.define({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(show)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

export const hover = (host) => [
  asked,
  hoverTooltip((view, offset) => tooltip(host, view, offset), { hoverTime: 250 }),
  keymap.of([
    {
      key: "Mod-k Mod-i",
      run(view) {
        view.dispatch({ effects: show.of(tooltip(host, view, view.state.selection.main.head)) });
        return true;
      },
    },
    {
      key: "Escape",
      run(view) {
        if (!view.state.field(asked)) return false;
        view.dispatch({ effects: show.of(null) });
        return true;
      },
    },
  ]),
];

function tooltip(host, view, offset) {
  const found = host.hover(view.state.doc.toString(), offset);
  if (!found) return null;
  return {
    pos: found.from,
    end: found.to,
    above: true,
    create: () => ({ dom: card(found) }),
  };
}

function card({ title, text, rules }) {
  const dom = document.createElement("div");
  dom.className = "hover-card";
  dom.setAttribute("role", "status");
  const heading = document.createElement("p");
  heading.className = "hover-title";
  heading.textContent = title;
  dom.append(heading);
  for (const paragraph of (text ?? "").split("\n").filter(Boolean)) {
    const element = document.createElement("p");
    element.textContent = paragraph;
    dom.append(element);
  }
  for (const rule of rules) {
    const line = document.createElement("p");
    line.className = "hover-rule";
    const anchor = document.createElement("a");
    anchor.href = rule.link;
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
    anchor.textContent = rule.id;
    line.append(anchor, ` ${rule.sentence}`);
    dom.append(line);
  }
  return dom;
}
