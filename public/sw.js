// Keeps one page, the one that says that there is no connection. Nothing of what members read is kept on a device.
const KEPT = "wellspring-offline-1";

addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.add(new Request("/offline", { cache: "reload" }))).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
      // The page is asked for while this worker still starts.
      await registration.navigationPreload?.enable();
    })(),
  );
});

addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate" && event.request.method === "GET") event.respondWith(answer(event));
});

async function answer(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const page = await caches.match("/offline");
    if (page) return page;
    throw error;
  }
}
