import { files, version } from "./shell.js";
import { synchronise } from "./sync.js";

/**
 * Opens the page without a network, and sends what waits when the network is back and no page is open. The page comes
 * from the cache of one version as a whole; a new version takes its place when the page is started anew.
 */

self.addEventListener("install", (event) => {
  const fresh = files.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(version).then((cache) => cache.addAll(fresh)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== version).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method === "GET" && origin === location.origin && files.includes(pathname)) {
    event.respondWith(caches.match(pathname, { cacheName: version }).then((cached) => cached ?? fetch(event.request)));
  }
});

self.addEventListener("sync", (event) => event.waitUntil(synchronise()));
