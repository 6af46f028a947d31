// Holds the files of this page's build, lets the page work without a network, and tells it when another build is there:
// docs/decisions/016-updates.md.
(() => {
  /** How long a page stays open before it asks whether there is another build, when somebody comes back to it. */
  const TO_ASK_MS = 3_600_000;

  /** How long a page waits for the new worker before it is loaded anew all the same. */
  const TO_TAKE_OVER_MS = 3_000;

  const here = new URL(".", document.currentScript.src).href;
  const build = document.querySelector('meta[name="halter-build"]').content;
  const files = `halter ${here} ${build}`;
  /** Whoever holds it asks that new pages be of that build, while its worker still waits. */
  const askFor = (next) => hold(`halter ${here} next ${next}`);
  const container = workers();
  let registration;
  let askedAt = Date.now();
  let isKnown = false;
  let listener;
  /** The build that is there and not this page's own. */
  let found;

  /** Nothing, where the browser has none of it or forbids it, as to a frame in a sandbox. */
  function workers() {
    try {
      return navigator.serviceWorker;
    } catch {
      return undefined;
    }
  }

  /** Has something as long as this page lives, and no longer, however the page ends. */
  function hold(name, then) {
    const held = () => {
      then?.();
      return new Promise(() => {});
    };
    navigator.locks?.request(name, { mode: "shared" }, held).catch(() => {});
  }

  /** Asks a worker of which build it is. It says as well who this page is to workers, which they need to know it again. */
  function ask(worker, answered) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      if (!isKnown) {
        isKnown = true;
        hold(`${files} ${data.page}`, () => worker.postMessage("here"));
      }
      answered?.(data.build);
    };
    worker?.postMessage("who", [port2]);
  }

  /** The newest worker that has all of its files. */
  const newest = () => registration.waiting ?? registration.active;

  function look() {
    const asked = newest();
    ask(asked, (other) => {
      // A worker that wakes up slowly may answer when there is a newer one.
      if (asked === newest()) {
        found = other === build ? undefined : other;
        if (!found && asked === registration.waiting) {
          askFor(build);
        }
        listener?.(found);
      }
    });
  }

  function comeBack() {
    if (document.visibilityState === "visible" && Date.now() - askedAt > TO_ASK_MS) {
      askedAt = Date.now();
      // Without a network there is nothing to be had.
      registration.update().catch(() => {});
    }
  }

  async function start() {
    registration = await container.register(`${here}sw.js`);
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
    registration.installing?.addEventListener("statechange", look);
    container.addEventListener("controllerchange", look);
    document.addEventListener("visibilitychange", comeBack);
    look();
  }

  // Without all this the page works as well, as long as there is a network.
  hold(files);
  // What stands in another page leaves that as it is.
  if (window !== window.top || "embed" in document.documentElement.dataset) {
    ask(container?.controller);
    return;
  }
  if (container) {
    addEventListener("load", () => start().catch(() => {}));
  }

  globalThis.halterRenew = {
    /** Tells which other build is there, now and whenever it is another one; undefined if there is none. */
    listen: (told) => {
      listener = told;
      told(found);
    },
    /** Goes on with the newest build. */
    take: () => {
      if (registration.waiting) {
        container.addEventListener("controllerchange", () => location.reload(), { once: true });
        registration.waiting.postMessage("take over");
        // The browser lets a worker take over only when the one before has answered everything, which can last minutes: until
        // then the one before answers new pages from the newer build.
        askFor(found);
        setTimeout(() => location.reload(), TO_TAKE_OVER_MS);
      } else {
        location.reload();
      }
    },
  };
})();
