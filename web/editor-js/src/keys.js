// Keys. Those of other editors, where there is no better reason.
import { acceptCompletion, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap, indentWithTab } from "@codemirror/commands";
import { foldKeymap } from "@codemirror/language";
import { nextDiagnostic, previousDiagnostic } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { EditorView, keymap } from "@codemirror/view";
import { applyEdits } from "./edits.js";

export const keys = (host) => [
  keymap.of([
    { key: "Tab", run: acceptCompletion },
    { key: "F12", run: (view) => goToDefinition(host, view, view.state.selection.main.head) },
    { key: "Shift-Alt-f", run: (view) => format(host, view) },
    { key: "F8", run: nextDiagnostic },
    { key: "Shift-F8", run: previousDiagnostic },
    ...closeBracketsKeymap,
    // Alt and an arrow travel in the run, and move words on a Mac: not the nesting of brackets.
    ...defaultKeymap.filter(({ key, mac }) => !["Alt-ArrowLeft", "Alt-ArrowRight"].includes(key) || mac),
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...completionKeymap,
    indentWithTab,
  ]),
  EditorView.domEventHandlers({
    mousedown(event, view) {
      if (!(event.ctrlKey || event.metaKey) || event.button !== 0) return false;
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
      const jumps = at !== null && goToDefinition(host, view, at);
      if (jumps) event.preventDefault();
      return jumps;
    },
  }),
];

function goToDefinition(host, view, offset) {
  const found = host.definition(view.state.doc.toString(), offset);
  if (!found) return false;
  view.dispatch({
    selection: { anchor: found.from, head: found.to },
    effects: EditorView.scrollIntoView(found.from, { y: "center" }),
    userEvent: "select.definition",
  });
  return true;
}

function format(host, view) {
  const edits = host.format(view.state.doc.toString());
  if (edits.length > 0) applyEdits(view, edits);
  const said = edits.length > 0 ? "Formatted." : "There is nothing to format.";
  view.dispatch({ effects: EditorView.announce.of(said) });
  return true;
}
