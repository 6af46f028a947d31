// The picture of a workflow, drawn by the command `halter`.
import { execFile } from "node:child_process";

/** A picture of 1,000 threads has a megabyte. */
const MOST_BYTES = 64 << 20;

/** What the embedded page shows if no step is asked for: the workflow was run. */
const FIRST = 1;

/** Draws by `command draw -`: the source goes in, an SVG comes out. */
export const drawnBy = (command) => (source, { step = FIRST, semantics, theme }) => {
  const by = semantics === undefined ? [] : ["--semantics", semantics];
  const on = theme === undefined ? [] : ["--theme", theme];
  return new Promise((resolve, reject) => {
    const drawing = execFile(command, ["draw", "-", "--at", String(step), ...by, ...on], { maxBuffer: MOST_BYTES }, (error, svg, said) => {
      if (error) {
        reject(new Error(said.trim() || error.message));
      } else {
        resolve(svg);
      }
    });
    // It may end without having read its input; its exit code says why.
    drawing.stdin.on("error", () => {});
    drawing.stdin.end(source);
  });
};
