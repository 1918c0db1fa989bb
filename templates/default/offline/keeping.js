// Lets saved papers and days open without a network. Everything is fetched from the network first, so nothing is stale.
// If that fails, there are copies of what the reader saved, made by assets/offline.js, and of the files that all pages need.
const TOP = new URL(".", location).href;
const PREFIX = `broadsheet ${new URL(TOP).pathname} `;
const SITE = `${PREFIX}site ${VERSION}`;
const TIMEOUT = 4000; // ms to wait for the network if there is a copy

const bring = async (name) => {
  const response = await fetch(new URL(name, TOP), { cache: "reload" });
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  // Browsers refuse a redirected response from a worker as a page, so its content is copied.
  await (await caches.open(SITE)).put(new URL(name, TOP), new Response(await response.blob(), { headers: { "Content-Type": response.headers.get("Content-Type") } }));
};
const leaveOldOnes = async () => {
  for (const name of await caches.keys()) if (name.startsWith(`${PREFIX}site `) && name !== SITE) await caches.delete(name);
  await clients.claim();
};
const patient = (response) => Promise.race([response, new Promise((_, fail) => setTimeout(fail, TIMEOUT, new Error("slow")))]);

const answer = async (request) => {
  const copy = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
  try {
    return await (copy ? patient(fetch(request)) : fetch(request));
  } catch (error) {
    if (!copy && request.mode !== "navigate") throw error;
    return copy ?? caches.match(new URL(NO_NETWORK, TOP));
  }
};

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(Promise.all([...FILES, NO_NETWORK].map(bring)));
});
addEventListener("activate", (event) => event.waitUntil(leaveOldOnes()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(TOP)) event.respondWith(answer(request));
});
