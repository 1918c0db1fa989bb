// Lets saved papers and days open without a network. Everything comes from the network first, so nothing is stale; the
// copies of what a reader saved (assets/offline.js makes them), and the files that any page needs, stand in where it fails.
const TOP = new URL(".", location).href;
const PREFIX = `broadsheet ${new URL(TOP).pathname} `;
const SITE = `${PREFIX}site ${VERSION}`;
const PATIENCE = 4000; // ms that the network may take for what there is a copy of

const bring = async (name) => {
  const response = await fetch(new URL(name, TOP), { cache: "reload" });
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  // A response that was redirected is none that a browser shows as another page.
  await (await caches.open(SITE)).put(new URL(name, TOP), new Response(await response.blob(), { headers: { "Content-Type": response.headers.get("Content-Type") } }));
};
const leaveOldOnes = async () => {
  for (const name of await caches.keys()) if (name.startsWith(`${PREFIX}site `) && name !== SITE) await caches.delete(name);
  await clients.claim();
};
const patient = (response) => Promise.race([response, new Promise((_, fail) => setTimeout(fail, PATIENCE, new Error("slow")))]);

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
