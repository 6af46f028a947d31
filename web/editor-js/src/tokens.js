// Colours that only the host can tell: statements, names, types.
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, ViewPlugin } from "@codemirror/view";

/** Beyond, the grammar's colours must do. */
const MAX_LENGTH = 400_000;

const decorations = new Map();
const decoration = (kind) => {
  if (!decorations.has(kind)) decorations.set(kind, Decoration.mark({ class: `token--${kind}` }));
  return decorations.get(kind);
};

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
        for (const { from, to, kind } of host.tokens?.(view.state.doc.toString()) ?? []) {
          if (from < to && to <= view.state.doc.length) builder.add(from, to, decoration(kind));
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
