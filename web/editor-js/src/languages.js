// The grammar that colours the text: JSON where it begins with a brace, else YAML.
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { indentService } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** How far a text is looked at to tell what it is, in UTF-16 units. */
const LOOKED_AT = 200;

/** Grammars recurse: what is nested deeper than this, or longer, goes without colours. */
const MAX_DEPTH = 250;
const MAX_LENGTH = 4_000_000;

function isWild(doc) {
  if (doc.length > MAX_LENGTH) return true;
  let depth = 0;
  let dashes = 0;
  for (const chunk of doc.iter()) {
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (code === 91 || code === 123) depth++;
      else if ((code === 93 || code === 125) && depth > 0) depth--;
      // Lists in lists in one line: `- - - -`.
      dashes = code === 45 || code === 63 ? dashes + 1 : code === 32 ? dashes : 0;
      if (depth + dashes > MAX_DEPTH) return true;
    }
  }
  return false;
}

const isJson = (beginning) => /^[\uFEFF\s]*\{/.test(beginning);

/** A line begins where the one before it does; below `key:` two further, and within `- key: value` behind the dash. */
const yamlIndent = indentService.of((context, at) => {
  const { doc } = context.state;
  let line = doc.lineAt(at);
  if (line.from === at && line.number > 1) line = doc.line(line.number - 1);
  const before = doc.sliceString(line.from, Math.max(Math.min(at, line.to), line.from) || line.to);
  const [, spaces, dashes] = /^( *)((?:- +)*)(?=[^\s:#]+:(?: |$))|^( *)/.exec(before) ?? [];
  const inner = (spaces ?? /^ */.exec(before)[0]).length + (dashes ?? "").length;
  return /:\s*(#.*)?$/.test(before) ? inner + 2 : inner;
});

const grammars = { json: json(), yaml: [yaml(), yamlIndent], none: [] };
const grammar = new Compartment();

function grammarFor(doc) {
  if (isWild(doc)) return grammars.none;
  return isJson(doc.sliceString(0, LOOKED_AT)) ? grammars.json : grammars.yaml;
}

/**
 * Colours a text, and changes the grammar when it becomes another kind of text. No grammar may see a wild text, not even for
 * a moment: CodeMirror makes a new configuration with the text before the change. So colours go with the change, and come after it.
 */
export const languages = (doc) => [
  grammar.of(grammarFor(doc)),
  EditorState.transactionExtender.of((transaction) => {
    if (!transaction.docChanged || grammar.get(transaction.startState) === grammars.none) return null;
    return isWild(transaction.newDoc) ? { effects: grammar.reconfigure(grammars.none) } : null;
  }),
  EditorView.updateListener.of(({ docChanged, state, view }) => {
    if (!docChanged) return;
    const wanted = grammarFor(state.doc);
    if (grammar.get(state) !== wanted) view.dispatch({ effects: grammar.reconfigure(wanted) });
  }),
];
