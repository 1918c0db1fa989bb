// Replaces the worker that this site once had, in browsers that still have it: it removes the copies, and then itself.
const PREFIX = `broadsheet ${new URL(".", location).pathname} `;

const leave = async () => {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
  await registration.unregister();
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));
