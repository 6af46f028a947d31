// Everything works without a network after the first visit. `cargo xtask` writes the version and the list of files.
const VERSION = "@VERSION@";
const FILES = ["@FILES@"];

// Several playgrounds may lie under one origin, each in its own folder.
const MINE = `halter ${registration.scope} `;
const CACHE = MINE + VERSION;

/** A name with a hash (up to 16 digits) is never another file. */
const HASHED = /-[0-9a-f]{12,16}(_bg)?\.[a-z0-9]+$/;

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(registration.scope)) {
    event.respondWith(HASHED.test(new URL(request.url).pathname) ? kept(request) : newest(request));
  }
});

async function keep() {
  const cache = await caches.open(CACHE);
  // Past the browser's own cache: what is kept is what is published now.
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
  await skipWaiting();
}

async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(MINE) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

async function kept(request) {
  return (await match(request)) ?? fetch(request);
}

async function newest(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const known = await match(request);
    if (known) {
      return known;
    }
    throw error;
  }
}

async function match(request) {
  const cache = await caches.open(CACHE);
  return cache.match(request, { ignoreSearch: true });
}
