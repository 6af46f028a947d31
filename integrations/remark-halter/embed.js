// The nodes that take a fence's place. They are of MDX, whose tools pass them on as they are; in plain Markdown, where
// nobody knows them, remark-rehype reads what `data` says of them.

const element = (name, attributes, children, position) => ({
  type: "mdxJsxFlowElement",
  name,
  attributes: Object.entries(attributes).map(([name, value]) => ({ type: "mdxJsxAttribute", name, value })),
  children,
  data: { hName: name, hProperties: attributes },
  position,
});

/** `<halter-playground>`, and in it what is there until it is loaded, or for good where there is no JavaScript. */
export function embed(fence, options, { playground, svg }) {
  const given = {
    playground,
    source: `${fence.value}\n`,
    step: options.step,
    panels: options.panels?.join(),
    semantics: options.semantics,
    theme: options.theme,
    label: options.title,
    "read-only": options["read-only"] ? "" : undefined,
    "on-press": options["on-press"] ? "" : undefined,
  };
  const attributes = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]),
  );
  const source = { type: "code", lang: fence.value.trimStart().startsWith("{") ? "json" : "yaml", meta: null, value: fence.value };
  const picture = svg === undefined ? [] : [element("img", { src: dataAddress(svg), alt: options.title ?? "The workflow" }, [])];
  return element("halter-playground", attributes, [...picture, source], fence.position);
}

/** An SVG as an address: it needs no file, and nothing in it can reach the page. */
function dataAddress(svg) {
  if (typeof svg !== "string" || !/^\s*(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(svg)) {
    throw new Error("what was drawn is no SVG");
  }
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}
