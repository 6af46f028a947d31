// Everything works without a network after the first visit, and a page gets the files of its own build as long as it
// lives: docs/decisions/016-updates.md. `cargo xtask` writes the build and the list of its files with their hashes.
const BUILD = "@BUILD@";
const FILES = { "@FILES@": "" };

/** What Trunk's own server shows has no list of files: nothing is kept of it, and no earlier build stands before it. */
const FINISHED = !BUILD.startsWith("@");

// Several playgrounds may lie under one origin, each in its own folder.
const MINE = `halter ${registration.scope} `;

/**
 * Where this build's files are kept. A page that needs them holds a lock of the same name, and another one whose name goes
 * on with the page's id, as soon as it has been told that.
 */
const CACHE = MINE + BUILD;

/** How the name of a lock begins that asks for another build. This worker may be stopped and begin anew at any time: it keeps nothing. */
const ASKED_FOR = `${MINE}next `;

/** A name with a hash (up to 16 digits) is never another file. */
const HASHED = /-[0-9a-f]{12,16}(_bg)?\.[a-z0-9]+$/;

addEventListener("install", (event) => event.waitUntil(FINISHED ? keep() : skipWaiting()));
addEventListener("activate", (event) => event.waitUntil(clients.claim().then(tidy)));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (FINISHED && request.method === "GET" && request.url.startsWith(registration.scope)) {
    event.respondWith(answer(event));
  }
});
addEventListener("message", (event) => {
  if (event.data === "who") {
    event.ports[0]?.postMessage({ build: BUILD, page: event.source.id });
  } else if (event.data === "here") {
    // Whom this page took the place of may have been the last one of its build.
    event.waitUntil(tidy());
  } else if (event.data === "take over") {
    event.waitUntil(skipWaiting());
  }
});

/** Keeps all files, or none and fails: then the browser goes on with the build before and tries again another time. */
async function keep() {
  // While they are fetched nobody takes them for something that is left over.
  await navigator.locks.request(CACHE, { mode: "shared" }, async () => {
    const cache = await caches.open(CACHE);
    // Past the browser's own cache, never what another address answers with, and only if the hash is right.
    const request = ([file, integrity]) => new Request(file, { integrity, cache: "reload", redirect: "error" });
    await cache.addAll(Object.entries(FILES).map(request));
  });
}

/** Forgets builds that no page needs any more. */
async function tidy() {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const ours = pages.filter(({ url }) => url.startsWith(registration.scope));
  const needed = await Promise.all(ours.map(({ id }) => heldBy(id)));
  // A build on its way is kept by nobody yet, and a page that has only begun has not said yet what it needs.
  if (registration.installing || registration.waiting || needed.includes(undefined)) {
    return;
  }
  const others = (await mine()).filter((name) => name !== CACHE);
  // Nobody gets hold of a build while it is deleted.
  const forget = (name) => navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && caches.delete(name));
  await Promise.all(others.map(forget));
}

const mine = async () => (await caches.keys()).filter((name) => name.startsWith(MINE));

async function answer({ request, clientId }) {
  return (await kept(request, clientId)) ?? fetch(request);
}

/** A new page is of the current build; what a page asks for is of its own, which may be an earlier one. */
async function kept(request, clientId) {
  const { origin, pathname } = new URL(request.url);
  const address = origin + pathname.replace(/\/index\.html$/, "/");
  const isPage = request.mode === "navigate";
  const builds = HASHED.test(pathname) ? [CACHE, ...(await mine())] : [(!isPage && (await heldBy(clientId))) || (await current())];
  for (const cacheName of builds) {
    const found = await caches.match(address, { cacheName, ignoreVary: true });
    if (found) {
      return found;
    }
  }
}

/** This build, or the one that waits, as soon as somebody has asked for it: the browser may let it wait for minutes. */
async function current() {
  const { held } = await navigator.locks.query();
  const asked = registration.waiting && held.find(({ name }) => name.startsWith(ASKED_FOR));
  return asked ? MINE + asked.name.slice(ASKED_FOR.length) : CACHE;
}

/** Where the build of a page is kept, if the page has said so yet. */
async function heldBy(page) {
  const { held } = await navigator.locks.query();
  const end = ` ${page}`;
  // A lock's own `clientId` would tell, but not in every browser is it the id that workers know.
  return held.find(({ name }) => name.startsWith(MINE) && name.endsWith(end))?.name.slice(0, -end.length);
}
