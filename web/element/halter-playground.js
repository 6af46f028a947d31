// <halter-playground>: a LittleHorse workflow to play with, in any page. docs/embedding.md describes it.
//
// It shows the playground's embed/ in an iframe within its shadow root. So neither page's styles and scripts can touch
// the other's, the playground's strict Content-Security-Policy holds, and this file stays small; what passes between
// them are messages and the values of custom properties.
//
// It works as a classic script and as a module, and may be imported where there is no browser.
(() => {
  if (typeof HTMLElement === "undefined" || customElements.get("halter-playground")) {
    return;
  }

  /** The format of messages. */
  const FORMAT = 1;

  /** What of the look is handed on: `--halter-accent` and so on. */
  const PROPERTIES = [
    "ground", "surface", "sunken", "ink", "muted", "line", "line-strong", "accent", "accent-ink", "accent-soft",
    "focus", "rope", "rope-soft", "radius", "gap", "sans", "mono", "text", "small", "tiny",
  ];

  /** What the playground tells becomes an event of this name, and this of the message its `detail`. */
  const EVENTS = {
    ready: ({ state }) => state,
    occurrence: ({ occurrence }) => occurrence,
    step: ({ step }) => step,
    problem: ({ diagnostics }) => diagnostics,
  };

  /** How near the window's edge a playground is loaded: soon enough, and a long page with many stays quick. */
  const NEAR = "200px";

  /** Attributes that the playground's address takes as they are. */
  const PARAMETERS = ["sitting", "example", "semantics", "step", "panels"];

  const STYLE = `
    :host { display: block; contain: inline-size; margin-block: 1em; }
    :host([hidden]) { display: none; }
    [part="box"] { position: relative; overflow: hidden; border: 1px solid var(--halter-line, #aab7c4); border-radius: var(--halter-radius, 12px); }
    iframe { display: block; width: 100%; height: var(--halter-min-height, 280px); border: 0; color-scheme: normal; }
    .waits iframe { position: absolute; inset: 0; opacity: 0; pointer-events: none; }
    [part="button"] { display: block; min-height: 36px; margin: 12px auto; padding: 6px 18px; border: 1px solid; border-radius: 8px; background: var(--halter-accent, #17568f); color: #fff; font: 600 14px/1.4 system-ui, sans-serif; cursor: pointer; }
    [part="problem"] { margin: 0; padding: 12px 16px; font: 14px/1.5 system-ui, sans-serif; }
    [hidden] { display: none; }
  `;

  /** Where the playground is, if this file was loaded from there: beside it. */
  function beside() {
    const script = [...document.scripts].find(({ src }) => /\/halter-playground\.js(\?|#|$)/.test(src));
    return script && new URL(".", script.src).href;
  }

  /** A text without the indentation that all of its lines share, as it has within HTML. */
  function dedent(text) {
    const lines = text.replace(/^\s*\n/, "").trimEnd().split("\n");
    const indents = lines.filter((line) => line.trim()).map((line) => line.match(/^ */)[0].length);
    const shared = Math.min(...indents);
    return Number.isFinite(shared) ? `${lines.map((line) => line.slice(shared)).join("\n")}\n` : "";
  }

  /** Whether this is for readers: what holds the source is not, nor the white space around it. */
  const isSeen = (node) => (node.localName ? !["script", "template"].includes(node.localName) : node.textContent.trim() !== "");

  class HalterPlayground extends HTMLElement {
    static observedAttributes = ["src", "source", "theme", "read-only", "on-press", "playground", "label", ...PARAMETERS];

    #box;
    #frame;
    #problem;
    /** What stands in the element until the playground is there, such as a picture. */
    #fallback;
    /** What loads it, where nothing is to be loaded before somebody wants it. */
    #button;
    #address = "";
    /** Whether it is in view or nearly so, or somebody asked it something. */
    #near = false;
    #loads = false;
    /** Whether the page in the frame listens: before, a message would go to an empty page of another origin. */
    #listens = false;
    #due = false;
    /** Counts what was asked to be shown: a fetch that comes too late is of no use. */
    #turn = 0;
    #requests = new Map();
    #lastRequest = 0;
    #ready;
    #becomeReady;
    #ended = new AbortController();

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      this.#problem = document.createElement("p");
      this.#problem.setAttribute("part", "problem");
      this.#problem.setAttribute("role", "alert");
      this.#problem.hidden = true;
      this.#box = document.createElement("div");
      this.#box.setAttribute("part", "box");
      this.#fallback = document.createElement("slot");
      this.#button = document.createElement("button");
      this.#button.setAttribute("part", "button");
      this.#button.type = "button";
      this.#button.textContent = "Play with it";
      this.#button.addEventListener("click", () => {
        this.#approach();
        this.#ready.then(() => this.#frame.focus());
      });
      root.append(this.#box);
      this.#awaitReady();
    }

    connectedCallback() {
      this.#ended = new AbortController();
      const { signal } = this.#ended;
      // A new frame each time: one that was moved in the document would load anew anyway.
      this.#frame = document.createElement("iframe");
      this.#frame.setAttribute("part", "iframe");
      this.#box.replaceChildren(this.#problem, this.#fallback, this.#button, this.#frame);
      this.#offer();
      // Not the frame's own loading=lazy: browsers load such frames from several windows' heights away.
      const view = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && !this.#is("on-press") && this.#approach(), { rootMargin: NEAR });
      view.observe(this);
      addEventListener("message", (event) => this.#hear(event), { signal });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.restyle(), { signal });
      const look = new MutationObserver(() => this.restyle());
      const looks = { attributes: true, attributeFilter: ["class", "style", "data-theme", "data-color-mode"] };
      [document.documentElement, document.body, this].forEach((element) => element && look.observe(element, looks));
      const children = new MutationObserver(() => this.#show());
      children.observe(this, { childList: true, characterData: true, subtree: true });
      signal.addEventListener("abort", () => [view, look, children].forEach((observer) => observer.disconnect()));
      this.#show();
    }

    disconnectedCallback() {
      this.#ended.abort();
      this.#turn += 1;
      this.#address = "";
      this.#listens = this.#near = this.#loads = false;
      this.#frame.remove();
      const gone = new Error("the playground was taken out of the page");
      this.#requests.forEach(({ reject }) => reject(gone));
      this.#requests.clear();
      this.#awaitReady();
    }

    attributeChangedCallback(name, before, after) {
      // An element that becomes one of these hears of its attributes before it hears that it is in a page.
      if (!this.isConnected || !this.#frame || before === after) {
        return;
      }
      if (name === "theme") {
        this.restyle();
      } else if (name === "on-press") {
        if (this.#is("on-press")) {
          this.#offer();
        } else {
          this.#approach();
        }
      } else {
        this.#show();
      }
    }

    /** Shows a source (a text), or `{ source | example | sitting, semantics, step }`. Resolves to its diagnostics. */
    load(what) {
      return this.#ask("load", typeof what === "string" ? { source: what } : what);
    }

    /** Posts an ExternalEvent; without an id it gets the next one. Resolves to the step. */
    post(event, content, { id } = {}) {
      return this.#ask("post", { event, content, ...(id === undefined ? {} : { id }) });
    }

    /**
     * A method: takes a command; without one, the next of the source's own script. Resolves to the step.
     * React and Vue set a property instead of the attribute where there is one of its name, so what is assigned is the attribute.
     */
    get step() {
      return this.#step;
    }

    set step(step) {
      if (step === null || step === undefined) {
        this.removeAttribute("step");
      } else {
        this.setAttribute("step", step);
      }
    }

    #step = (command) => this.#ask("step", { command });

    /** Goes to the state after so many steps. Resolves to the state. */
    goTo(step) {
      return this.#ask("go-to", { step });
    }

    /** Resolves to the state that is shown. */
    state() {
      return this.#ask("state", {});
    }

    /** Hands the look on again: needed only when a style sheet was changed, which nothing tells of. */
    restyle() {
      if (this.#listens) {
        this.#send({ type: "style", ...this.#look() });
      }
    }

    #awaitReady() {
      this.#ready = new Promise((resolve) => (this.#becomeReady = resolve));
    }

    /** Shows what the attributes and the children say, once for all that changes at the same time. */
    #show() {
      if (this.#due) {
        return;
      }
      this.#due = true;
      queueMicrotask(async () => {
        this.#due = false;
        this.#turn += 1;
        const turn = this.#turn;
        try {
          const base = this.getAttribute("playground") ?? beside();
          if (!base) {
            throw new Error("The attribute playground is missing: where is Halter published?");
          }
          const address = new URL("embed/", new URL(base.endsWith("/") ? base : `${base}/`, document.baseURI));
          const source = await this.#source();
          if (this.isConnected && turn === this.#turn) {
            address.hash = this.#fragment(source);
            this.#open(address.href);
          }
        } catch (error) {
          if (turn === this.#turn) {
            this.#say(error.message);
          }
        }
      });
    }

    #open(address) {
      this.#say("");
      this.#frame.title = this.getAttribute("label") ?? "A LittleHorse workflow to play with";
      this.#button.ariaLabel = `${this.#button.textContent}: ${this.#frame.title}`;
      if (address === this.#address) {
        return;
      }
      this.#address = address;
      if (this.#near) {
        this.#load();
      }
    }

    /** It is needed now. */
    #approach() {
      if (!this.#near) {
        this.#near = true;
        this.#offer();
        if (this.#address !== "") {
          this.#load();
        }
      }
    }

    #load() {
      // Dark at once, and not only when it is there; later changes are told.
      const themed = `${this.#address}&theme=${this.#look().theme}`;
      if (!this.#loads) {
        this.#loads = true;
        this.#frame.src = themed;
      } else {
        this.#awaitReady();
        // Not by `src`: the reader's way back would lead through every change.
        this.#listens = false;
        this.#frame.contentWindow.location.replace(themed);
      }
    }

    /** The source that is to be shown, if it is not an example or a link. */
    async #source() {
      if (this.hasAttribute("source")) {
        return this.getAttribute("source");
      }
      if (this.hasAttribute("src")) {
        const src = this.getAttribute("src");
        const answer = await fetch(new URL(src, document.baseURI)).catch(() => undefined);
        if (!answer?.ok) {
          throw new Error(`${src} could not be loaded.`);
        }
        return answer.text();
      }
      const child = this.querySelector('script[type="application/yaml"], script[type="application/json"], template');
      return child ? dedent((child.content ?? child).textContent) : undefined;
    }

    #fragment(source) {
      const parts = PARAMETERS.filter((name) => this.hasAttribute(name)).map((name) => [name, this.getAttribute(name)]);
      if (source !== undefined) {
        parts.push(["source", source]);
      }
      if (this.#is("read-only")) {
        parts.push(["read-only", "true"]);
      }
      // A page from a file has no origin that can be named.
      parts.push(["origin", location.origin === "null" ? "*" : location.origin]);
      // Not URLSearchParams' own writing: it makes + of a space, which is harder to read in an address.
      return parts.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    }

    #look() {
      const style = getComputedStyle(this);
      const properties = PROPERTIES.map((name) => [name, style.getPropertyValue(`--halter-${name}`).trim()]);
      const asked = this.getAttribute("theme");
      // Without a word of its own it follows the page around it, and only then the system.
      const theme = asked === "dark" || asked === "light" ? asked : style.colorScheme;
      return { theme: theme === "dark" || theme === "light" ? theme : "auto", properties: Object.fromEntries(properties) };
    }

    #send(message) {
      this.#frame?.contentWindow?.postMessage({ halter: FORMAT, ...message }, new URL(this.#address).origin);
    }

    async #ask(type, message) {
      if (!this.isConnected) {
        throw new Error("the playground is not in a page");
      }
      // In view or not.
      this.#approach();
      this.#lastRequest += 1;
      const request = this.#lastRequest;
      const answered = new Promise((resolve, reject) => this.#requests.set(request, { resolve, reject }));
      this.#ready.then(() => {
        if (this.#requests.has(request)) {
          this.#send({ ...message, type, request });
        }
      });
      return answered;
    }

    #hear({ source, origin, data }) {
      const known = this.#frame?.contentWindow && source === this.#frame.contentWindow;
      if (!known || data?.halter !== FORMAT || origin !== new URL(this.#address).origin) {
        return;
      }
      const { type } = data;
      if (type === "height" && Number.isFinite(data.height)) {
        this.#frame.style.height = `${data.height}px`;
        if (!this.#listens) {
          this.#listens = true;
          this.restyle();
        }
      } else if (type === "answer") {
        const waiting = this.#requests.get(data.request);
        this.#requests.delete(data.request);
        if ("error" in data) {
          waiting?.reject(new Error(String(data.error)));
        } else {
          waiting?.resolve(data.value);
        }
      } else if (Object.hasOwn(EVENTS, type)) {
        if (type === "ready") {
          this.#becomeReady();
          this.#wait(false);
        }
        this.dispatchEvent(new CustomEvent(type, { detail: EVENTS[type](data), bubbles: type !== "ready" }));
      }
    }

    /** Whether an attribute is there that says yes by that. */
    #is(name) {
      return this.hasAttribute(name) && this.getAttribute(name) !== "false";
    }

    /** Shows the button, until it is pressed, and what stands in the element. */
    #offer() {
      const offers = this.#is("on-press") && !this.#near;
      this.#button.hidden = !offers;
      this.#wait(offers || [...this.childNodes].some(isSeen));
    }

    /** Shows what stands in the element in the place of the frame, which loads behind it. */
    #wait(waits) {
      this.#fallback.hidden = !waits;
      this.#box.classList.toggle("waits", waits);
      this.#frame.inert = waits;
    }

    #say(problem) {
      this.#problem.textContent = problem;
      this.#problem.hidden = problem === "";
      this.#frame.hidden = problem !== "";
    }
  }

  customElements.define("halter-playground", HalterPlayground);
})();
