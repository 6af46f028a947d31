// Colours that only the host can tell: statements, names, types.
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, ViewPlugin } from "@codemirror/view";

/** Beyond, the grammar's colours must do. */
const MAX_LENGTH = 400_000;

/** In the order of the host's kinds. */
const KINDS = [
  "statement", "key", "thread", "variable", "event", "task", "user-task", "workflow-event", "label", "node", "failure",
  "field", "type", "word", "function", "operator", "path", "number", "string", "constant", "comment",
];

const DECORATIONS = KINDS.flatMap((kind) => [
  Decoration.mark({ class: `token--${kind}` }),
  Decoration.mark({ class: `token--${kind} token--declared` }),
]);

export const tokens = (host) =>
  ViewPlugin.fromClass(
    class {
      constructor(view) {
        this.decorations = Decoration.none;
        this.ask(view);
      }
      update(update) {
        if (!update.docChanged) return;
        this.decorations = this.decorations.map(update.changes);
        // Once for many keys that were struck within one frame.
        cancelAnimationFrame(this.due);
        this.due = requestAnimationFrame(() => this.ask(update.view, true));
      }
      ask(view, redraw) {
        if (view.state.doc.length > MAX_LENGTH) {
          this.decorations = Decoration.none;
          return;
        }
        const builder = new RangeSetBuilder();
        const found = host.tokens(view.state.doc.toString());
        for (let at = 0; at + 2 < found.length; at += 3) {
          const [from, to, kind] = found.subarray(at, at + 3);
          if (from < to && to <= view.state.doc.length) builder.add(from, to, DECORATIONS[kind]);
        }
        this.decorations = builder.finish();
        if (redraw) view.dispatch({});
      }
      destroy() {
        cancelAnimationFrame(this.due);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
