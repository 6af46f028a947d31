// Lets the page work without a network, and tells it when another build is there: docs/decisions/018-updates.md.
(() => {
  // An embedded playground leaves the page around it as it is.
  if (window !== window.top || !("serviceWorker" in navigator)) {
    return;
  }

  /** How long a page stays open before it asks whether there is another build, when somebody comes back to it. */
  const TO_ASK_MS = 3_600_000;

  const build = document.querySelector('meta[name="halter-build"]').content;
  const worker = new URL("sw.js", document.currentScript.src);
  const container = navigator.serviceWorker;
  let registration;
  let askedAt = Date.now();
  let listener;
  /** The build that is there and not this page's own. */
  let found;

  // As long as this page lives its files are kept. Without it the page works all the same, with a network.
  const needed = `halter ${new URL(".", worker).href} ${build}`;
  navigator.locks?.request(needed, { mode: "shared" }, () => new Promise(() => {})).catch(() => {});

  /** The newest worker that has all of its files. */
  const newest = () => registration.waiting ?? registration.active;

  function look() {
    const asked = newest();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      // A worker that wakes up slowly may answer when there is a newer one.
      if (asked === newest()) {
        found = data === build ? undefined : data;
        listener?.(found);
      }
    };
    asked?.postMessage("build", [port2]);
  }

  function ask() {
    if (document.visibilityState === "visible" && Date.now() - askedAt > TO_ASK_MS) {
      askedAt = Date.now();
      // Without a network there is nothing to be had.
      registration.update().catch(() => {});
    }
  }

  async function start() {
    registration = await container.register(worker);
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
    container.addEventListener("controllerchange", look);
    document.addEventListener("visibilitychange", ask);
    look();
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
      } else {
        location.reload();
      }
    },
  };

  // Without it the page works all the same, as long as there is a network.
  addEventListener("load", () => start().catch(() => {}));
})();
