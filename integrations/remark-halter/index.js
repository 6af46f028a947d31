// A remark plugin: a fence called `halter` becomes a playground. README.md says how it is used, index.d.ts what it takes.
import { embed } from "./embed.js";
import { FenceError, readOptions } from "./fence.js";
import { drawnBy } from "./picture.js";

const NAME = "remark-halter";

export default function remarkHalter({ playground, draw, halter } = {}) {
  if (!isAddress(playground)) {
    throw new Error(`${NAME}: the option playground must say where Halter is published, such as "https://halter.example/"`);
  }
  const picture = draw ?? (halter === undefined ? undefined : drawnBy(halter));

  return async (tree, file) => {
    const fences = find(tree, ({ type, lang }) => type === "code" && lang === "halter");
    for (const { node, parent } of fences) {
      try {
        const options = readOptions(node.meta ?? "");
        if (node.value.trim() === "") {
          throw new FenceError("there is no workflow in it");
        }
        const svg = await picture?.(node.value, options);
        parent.children[parent.children.indexOf(node)] = embed(node, options, { playground, svg });
      } catch (error) {
        const reason = error instanceof FenceError ? error.message : `its picture could not be drawn: ${error.message}`;
        // It ends here, with the file's name and the line of the fence.
        file.fail(`halter: ${reason}`, { place: node.position, source: NAME, ruleId: "fence", cause: error });
      }
    }
  };
}

/** An address of the web, or a path of the site itself. */
function isAddress(text) {
  return typeof text === "string" && (text.startsWith("/") || (/^https?:/.test(text) && URL.canParse(text)));
}

/** All nodes of a kind, each with its parent, in the order of the text. */
function find(parent, isWanted) {
  return (parent.children ?? []).flatMap((node) => [...(isWanted(node) ? [{ node, parent }] : []), ...find(node, isWanted)]);
}
