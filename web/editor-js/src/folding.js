// Folding: where the host says, else where the lines below stand further in.
import { codeFolding, foldGutter, foldService } from "@codemirror/language";

/** Lines that one fold looks at. */
const MAX_LINES = 10_000;

/** From the end of a line to the end of the last line that stands further in. */
const byIndentation = foldService.of((state, start, end) => {
  const first = state.doc.lineAt(start);
  const own = indentOf(first.text);
  if (own === null) return null;
  // In YAML a list may stand as far in as its key.
  const holdsList = /:\s*(#.*)?$/.test(first.text) && !/^\s*-/.test(first.text);
  let last = null;
  const until = Math.min(state.doc.lines, first.number + MAX_LINES);
  for (let number = first.number + 1; number <= until; number++) {
    const { text, to } = state.doc.line(number);
    const indent = indentOf(text);
    if (indent === null) continue;
    if (indent < own || (indent === own && !(holdsList && /^\s*- /.test(text)))) break;
    last = to;
  }
  return last === null ? null : { from: end, to: last };
});

const indentOf = (text) => (/\S/.test(text) ? /^\s*/.exec(text)[0].length : null);

export const folding = () => [
  byIndentation,
  codeFolding({
    placeholderDOM(view, onclick) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "fold-placeholder";
      button.setAttribute("aria-label", "Unfold");
      button.title = "Unfold";
      button.textContent = "…";
      button.onclick = onclick;
      return button;
    },
  }),
  foldGutter({
    markerDOM(open) {
      const marker = document.createElement("span");
      marker.className = open ? "fold-marker" : "fold-marker fold-marker--folded";
      marker.title = open ? "Fold" : "Unfold";
      return marker;
    },
  }),
];
