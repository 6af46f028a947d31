// Changing the text, each time in one step of undo.

/** Applies edits that all refer to the text as it is. */
export function applyEdits(view, edits) {
  const end = view.state.doc.length;
  const changes = edits
    .filter(({ from, to }) => from <= to && to <= end)
    .map(({ from, to, insert }) => ({ from, to, insert }));
  view.dispatch({ changes, scrollIntoView: true, userEvent: "input.edit" });
  view.focus();
}

/** Makes the text another one; what is the same at its beginning and its end is left alone. */
export function replaceText(view, text) {
  const before = view.state.doc.toString();
  // As CodeMirror keeps it.
  const after = text.replace(/\r\n?/g, "\n");
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  if (start === before.length && start === after.length) return;
  view.dispatch({
    changes: { from: start, to: before.length - tail, insert: after.slice(start, after.length - tail) },
    userEvent: "input.edit",
  });
}
