// An embedded playground: reads what the address asks for, stands between the playground and the page around it, and
// starts the playground. Messages and parameters are described in docs/embedding.md. Nothing that comes from
// outside is ever run as code.

/** The format of messages. Another number is another format, and is not listened to. */
const FORMAT = 1;

/** Panels that can be asked for, and those that are shown if nobody asks. */
const PANELS = ["hint", "source", "graph", "controls", "timeline", "steps", "why", "variables", "log"];
const USUAL = ["hint", "graph", "controls", "steps"];

/** Functions that make a colour of plain values. */
const COLOUR = /\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark)\([\w\s#%.,/+-]*\)/gi;

/** What a value may be. Whatever is not said here, such as anything that could load a file, is left out. */
const KINDS = {
  colour: (value) => {
    let left = value;
    // Innermost first: what is left of a colour is a name or digits.
    for (let before = null; before !== left; ) {
      before = left;
      left = left.replace(COLOUR, "x");
    }
    return /^#?[\w-]+$/.test(left) && CSS.supports("color", value);
  },
  length: (value) => /^\d*\.?\d+(?:px|em|rem|ch|ex|vw|vh|pt|%)?$/.test(value) && CSS.supports("width", value),
  fonts: (value) =>
    value.split(",").every((name) => /^(?:"[\w .-]+"|'[\w .-]+'|[\w-]+(?: [\w-]+)*)$/.test(name.trim())) &&
    CSS.supports("font-family", value),
};

/** What of the look can be changed from outside, and what it is: custom properties of crates/picture/src/colours.css and web/src/page/tokens.css. */
const STYLES = {
  colour: [
    "ground", "surface", "sunken", "ink", "muted", "line", "line-strong", "accent", "accent-ink", "accent-soft",
    "focus", "rope", "rope-soft",
  ],
  length: ["radius", "gap", "text", "small", "tiny"],
  fonts: ["sans", "mono"],
};
const KIND_OF = new Map(Object.entries(STYLES).flatMap(([kind, names]) => names.map((name) => [name, KINDS[kind]])));
const MAX_STYLE = 200;

const around = window.parent === window ? null : window.parent;
const parameters = new URLSearchParams(location.hash.slice(1));

/** Origins that may talk with this page: those that the address names. `*` is every page that embeds it. */
const origins = new Set((parameters.get("origin") ?? "").split(/[\s,]+/).filter(Boolean));

/** Only who embeds this page is heard and told, and only if its origin is named. */
function isHeard(event) {
  return around !== null && event.source === around && (origins.has("*") || origins.has(event.origin));
}

function options() {
  const given = parameters.get("panels")?.split(/[\s,]+/).filter((name) => PANELS.includes(name)) ?? [];
  const step = parameters.get("step");
  return {
    ...Object.fromEntries(
      ["sitting", "source", "example", "semantics"]
        .filter((name) => parameters.get(name))
        .map((name) => [name, parameters.get(name)]),
    ),
    ...(/^\d{1,6}$/.test(step ?? "") ? { step: Number(step) } : {}),
    panels: given.length > 0 ? given : USUAL,
    "read-only": parameters.has("read-only") && parameters.get("read-only") !== "false",
  };
}

/** Tells the page around something, if it is one that may know. */
function tell(type, detail) {
  const message = { halter: FORMAT, type, ...detail };
  for (const origin of origins.has("*") ? ["*"] : origins) {
    try {
      // The browser delivers it only where the page around is of that origin.
      around?.postMessage(message, origin);
    } catch {
      // This is no origin; or a `request` that can't be sent back, such as a port.
    }
  }
}

/** How the page tells what of it: by the name of the message. */
const DETAILS = {
  ready: (state) => ({ state }),
  step: (step) => ({ step }),
  problem: (diagnostics) => ({ diagnostics }),
};

/** Messages that may wait until the playground listens. */
const MAX_EARLY = 1_000;

let ask;
const early = [];

function heard(event) {
  const asked = event.data;
  if (!isHeard(event) || asked?.halter !== FORMAT || typeof asked.type !== "string") {
    return;
  }
  const answer = (done, value) => {
    if (asked.request !== undefined) {
      tell("answer", done ? { request: asked.request, value } : { request: asked.request, error: value });
    }
  };
  if (asked.type === "style") {
    style(asked);
    answer(true);
  } else if (ask) {
    ask(asked, answer);
  } else if (early.length < MAX_EARLY) {
    early.push([asked, answer]);
  } else {
    answer(false, "Wait for ready: too much was said before it.");
  }
}

/** Rules that depend on whether the system is dark: a theme decides for it. */
function darkRules() {
  return [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSMediaRule && rule.conditionText.includes("prefers-color-scheme: dark"));
}
const dark = darkRules();

function setTheme(theme) {
  const known = theme === "dark" || theme === "light";
  const darkIs = theme === "dark" ? "all" : "not all";
  dark.forEach((rule) => (rule.media.mediaText = known ? darkIs : "(prefers-color-scheme: dark)"));
  document.documentElement.style.colorScheme = known ? theme : "light dark";
  document.documentElement.dataset.theme = known ? theme : "auto";
}

function style({ theme, properties }) {
  if (theme !== undefined) {
    setTheme(theme);
  }
  // What is asked of it is looked for, so that a list of a million names costs nothing.
  for (const [name, fits] of KIND_OF) {
    const value = properties?.[name];
    if (typeof value !== "string" || value.length > MAX_STYLE) {
      continue;
    }
    const plain = value.trim();
    // An empty value takes an earlier one back.
    if (plain === "" || fits(plain)) {
      document.documentElement.style.setProperty(`--${name}`, plain);
    }
  }
}

/** The height is no secret: every page around is told, so that a plain `iframe` can follow it. */
function tellHeight() {
  let told = 0;
  const measure = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height !== told) {
      told = height;
      around?.postMessage({ halter: FORMAT, type: "height", height }, "*");
    }
  };
  new ResizeObserver(measure).observe(document.body);
}

globalThis.halterEmbed = {
  options: options(),
  tell: (type, value) => {
    if (type === "step") {
      value.occurrences.forEach((occurrence) => tell("occurrence", { occurrence }));
    }
    tell(type, DETAILS[type](value));
  },
  listen: (listener) => {
    ask = listener;
    early.splice(0).forEach((message) => ask(...message));
  },
};

setTheme(parameters.get("theme"));
addEventListener("message", heard);
addEventListener("hashchange", () => location.reload());
tellHeight();

const { panels, "read-only": readOnly } = globalThis.halterEmbed.options;
const [{ default: start }] = await Promise.all([
  import("@PAGE@"),
  // The editor is large: only who may write fetches it. Without it the source is a plain text.
  panels.includes("source") && !readOnly ? import("@EDITOR@").catch(() => {}) : undefined,
]);
await start({ module_or_path: new URL("@WASM@", import.meta.url) });
