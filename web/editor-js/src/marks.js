// What the run and the graph have to say about lines of the text.
import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutter } from "@codemirror/view";

/** Replaces all marks: [{ from, kind, title }], one for a line, in any order. */
export const setMarks = StateEffect.define();

class Mark extends GutterMarker {
  constructor({ kind, title }) {
    super();
    this.kind = kind;
    this.title = title;
  }
  eq(other) {
    return other.kind === this.kind && other.title === this.title;
  }
  toDOM() {
    const dot = document.createElement("span");
    dot.className = `line-mark line-mark--${this.kind}`;
    dot.title = this.title;
    return dot;
  }
}

const field = StateField.define({
  create: () => ({ lines: Decoration.none, dots: new RangeSetBuilder().finish() }),
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return build(transaction.state.doc, effect.value);
    if (!transaction.docChanged) return value;
    return { lines: value.lines.map(transaction.changes), dots: value.dots.map(transaction.changes) };
  },
  provide: (self) => EditorView.decorations.from(self, ({ lines }) => lines),
});

function build(doc, found) {
  const lines = new RangeSetBuilder();
  const dots = new RangeSetBuilder();
  const placed = found
    .filter(({ from }) => from <= doc.length)
    .map((mark) => ({ ...mark, from: doc.lineAt(mark.from).from }))
    .sort((a, b) => a.from - b.from);
  for (const mark of placed) {
    lines.add(mark.from, mark.from, Decoration.line({ class: `line--${mark.kind}`, attributes: { "data-here": mark.title } }));
    if (mark.kind !== "pointed") dots.add(mark.from, mark.from, new Mark(mark));
  }
  return { lines: lines.finish(), dots: dots.finish() };
}

export const marks = [
  field,
  gutter({ class: "cm-marks", markers: (view) => view.state.field(field).dots, initialSpacer: () => new Mark({ kind: "none", title: "" }) }),
];
