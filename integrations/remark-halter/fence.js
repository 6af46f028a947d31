// What stands behind ```halter. `halter mdbook` reads the same (crates/cli/src/mdbook/fence.rs), and says the same of
// mistakes: tests/docs-sites/fences.json holds both to it.

const PANELS = ["hint", "source", "graph", "controls", "timeline", "steps", "why", "variables", "log"];

const oneOf = (...words) => (name, value) => {
  if (!words.includes(value)) {
    throw new FenceError(`${name}=${value} is not known: ${words.join(", ")}`);
  }
  return value;
};

/** Reads the value of each option; a flag has none. */
const OPTIONS = {
  title: (_, value) => value,
  step: (name, value) => {
    if (!/^\d{1,6}$/.test(value)) {
      throw new FenceError(`${name}=${value} is no number of steps, from 0 to 999999`);
    }
    return Number(value);
  },
  panels: (name, value) => value.split(",").map((panel) => oneOf(...PANELS)(name, panel)),
  semantics: oneOf("documented", "server-1.2"),
  theme: oneOf("dark", "light"),
  "read-only": "flag",
  "on-press": "flag",
};

/** `name`, `name=value`, or a value in quotes if it holds spaces. */
const OPTION = /\s*([^\s="']+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"']*)))?(?=\s|$)/y;

/** Something is wrong with a fence. */
export class FenceError extends Error {}

/** Reads options such as `step=3 title="An order" read-only`; what is not there is undefined. */
export function readOptions(text) {
  const options = {};
  let at = 0;
  while (text.slice(at).trim() !== "") {
    OPTION.lastIndex = at;
    const found = OPTION.exec(text);
    if (!found) {
      throw new FenceError(`can't read ${text.slice(at).trim()}: write name=value, with quotes around a value with spaces`);
    }
    at = OPTION.lastIndex;
    const [, name, ...values] = found;
    add(options, name, values.find((value) => value !== undefined));
  }
  return options;
}

function add(options, name, value) {
  if (!Object.hasOwn(OPTIONS, name)) {
    throw new FenceError(`there is no option ${name}: ${Object.keys(OPTIONS).join(", ")}`);
  }
  if (Object.hasOwn(options, name)) {
    throw new FenceError(`${name} stands there twice`);
  }
  const read = OPTIONS[name];
  if (read === "flag") {
    if (value !== undefined) {
      throw new FenceError(`${name} takes no value`);
    }
    options[name] = true;
  } else if (value === undefined || value.trim() === "") {
    throw new FenceError(`${name} needs a value: ${name}=…`);
  } else {
    options[name] = read(name, value);
  }
}
