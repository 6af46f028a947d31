// CodeMirror for the page. It knows nothing of workflows: the host (Rust, web/src/editor) answers every question.
// All offsets are UTF-16 units of the text.
//
// The host is an object of functions:
//   changed()                        the text was changed by somebody
//   caret(offset)                    the caret was moved
//   note(index)                      somebody wants to see what this note is about
//   complete(text, offset, asked)    null, or { from, to, options: [{ label, detail, info, kind, insert, select }] }
//   hover(text, offset)              null, or { from, to, title, text, rules: [{ id, sentence, link }] }
//   definition(text, offset)         null, or { from, to }
//   renameable(text, offset)         null, or { from, to, name, what }
//   rename(text, offset, name)       { edits } or { error }
//   format(text)                     the edits, none if it is formatted or can't be
//   tokens(text)                     a Uint32Array: from, to and kind of each
import { closeBrackets } from "@codemirror/autocomplete";
import { history, redo, undo } from "@codemirror/commands";
import { bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics, lintGutter } from "@codemirror/lint";
import { highlightSelectionMatches, search } from "@codemirror/search";
import { EditorSelection, EditorState, Text } from "@codemirror/state";
import {
  EditorView,
  crosshairCursor,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { completion } from "./completion.js";
import { applyEdits, replaceText } from "./edits.js";
import { folding } from "./folding.js";
import { hover } from "./hover.js";
import { keys } from "./keys.js";
import { languages } from "./languages.js";
import { marks, setMarks } from "./marks.js";
import { renaming } from "./rename.js";
import { tokens } from "./tokens.js";

/** Documents whose undo history is remembered while others are open. */
const MAX_REMEMBERED = 12;

function extensions(host, label) {
  return [
    marks,
    lineNumbers(),
    lintGutter({ hoverTime: 200 }),
    folding(),
    highlightSpecialChars(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    drawSelection(),
    dropCursor(),
    rectangularSelection(),
    crosshairCursor(),
    EditorState.allowMultipleSelections.of(true),
    EditorState.tabSize.of(2),
    indentUnit.of("  "),
    history(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches({ minSelectionLength: 2 }),
    search({ top: true }),
    syntaxHighlighting(classHighlighter),
    tokens(host),
    completion(host),
    hover(host),
    renaming(host),
    keys(host),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-describedby": "source-keys",
      tabindex: "0",
      spellcheck: "false",
      autocorrect: "off",
      autocapitalize: "off",
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) host.changed();
      if (update.selectionSet || update.docChanged) host.caret(update.state.selection.main.head);
    }),
  ];
}

class Editor {
  constructor(parent, host, label) {
    this.host = host;
    this.problems = [];
    this.notes = [];
    this.noted = null;
    this.extensions = extensions(host, label);
    this.remembered = new Map();
    this.key = "";
    this.view = new EditorView({ parent, state: this.fresh("") });
  }

  fresh(text) {
    const doc = Text.of(text.split(/\r\n?|\n/));
    return EditorState.create({ doc, extensions: [this.extensions, languages(doc)] });
  }

  /** Shows another document, with the undo history that it had when it was shown last. */
  open(key, text) {
    this.remembered.delete(this.key);
    this.remembered.set(this.key, this.view.state);
    for (const oldest of this.remembered.keys()) {
      if (this.remembered.size <= MAX_REMEMBERED) break;
      this.remembered.delete(oldest);
    }
    const before = this.remembered.get(key);
    const fresh = this.fresh(text);
    this.key = key;
    this.view.setState(before?.doc.eq(fresh.doc) ? before : fresh);
  }

  /** The document that is shown goes by another key from now on. */
  rekey(key) {
    this.key = key;
  }

  text() {
    return this.view.state.doc.toString();
  }

  /**
   * The text in UTF-8. Of 10 MB, in 300,000 lines, this takes a third of the time that the text as a string takes: that is
   * made of many small pieces, and handed to WebAssembly sign by sign.
   */
  bytes() {
    return encoder.encode(this.view.state.doc.toJSON().join("\n"));
  }

  length() {
    return this.view.state.doc.length;
  }

  /** Makes the text another one, in one step of undo that leaves alone what is the same. */
  replace(text) {
    replaceText(this.view, text);
  }

  edit(edits) {
    applyEdits(this.view, edits);
  }

  diagnose(found) {
    this.problems = found.map(({ fixes, ...problem }) => ({
      ...problem,
      actions: fixes.map(({ label, edits }) => ({
        name: label,
        apply: (view) => applyEdits(view, edits),
      })),
    }));
    this.underline();
  }

  /** Notes what can go wrong in the text as it is now. */
  note(found) {
    this.noted = this.view.state.doc;
    this.notes = found.map((note, index) => ({
      ...note,
      severity: "info",
      actions: [{ name: "Show me", apply: () => this.host.note(index) }],
    }));
    this.underline();
  }

  underline() {
    const { doc } = this.view.state;
    const notes = this.noted?.eq(doc) ? this.notes : [];
    // Of what spans lines the first one is enough to show the place.
    const within = (from, to) => Math.min(to, Math.max(doc.lineAt(from).to, from));
    const diagnostics = [...this.problems, ...notes].map(({ from, to, severity, code, message, actions }) => ({
      from: Math.min(from, doc.length),
      to: within(Math.min(from, doc.length), to),
      severity,
      source: code,
      message,
      actions,
    }));
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  mark(found) {
    this.view.dispatch({ effects: setMarks.of(found) });
  }

  select(from, to) {
    this.show(from, to);
    this.view.focus();
  }

  /** Selects without taking the focus. */
  show(from, to) {
    const end = this.length();
    // The caret goes to the beginning: that is what is looked for.
    const range = EditorSelection.range(Math.min(to, end), Math.min(from, end));
    this.view.dispatch({
      selection: range,
      effects: EditorView.scrollIntoView(range, { y: "center" }),
    });
  }

  focus() {
    this.view.focus();
  }

  undo() {
    undo(this.view);
  }

  redo() {
    redo(this.view);
  }
}

const encoder = new TextEncoder();
let mounted;

globalThis.halterEditor = {
  mount(parent, host, label) {
    mounted = new Editor(parent, host, label);
    return mounted;
  },
  /** The source's text. Public, for people's scripts. */
  text: () => mounted?.text() ?? "",
};
