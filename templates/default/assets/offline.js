// Stores copies of saved papers and days for reading without a network, and tells the reader when a copy is shown.
import { placeOf, targetOf } from "./places.js";
import { addressOf, button, element, onChange, read, root, say } from "./store.js";

const PREFIX = `broadsheet ${root.pathname} `; // of cache names; each saved file has a cache of its name
const { lang } = document.documentElement;
const longDay = (day) => new Date(day).toLocaleDateString(lang.split("-")[0] === "en" ? "en-GB" : `${lang}-u-nu-latn`, { day: "numeric", month: "long", year: "numeric" });
const wanted = ({ saved, days }) => [...Object.keys(saved), ...Object.keys(days).map((day) => `days/${day}.html`)];
const pageOf = (file) => new URL(addressOf(file), root);
const begun = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name.endsWith(".html")).map((name) => name.slice(PREFIX.length));
// The page is stored last: a cache without it was interrupted when the reader left.
const kept = async () => {
  const files = await begun();
  const pages = await Promise.all(files.map((file) => caches.match(pageOf(file), { cacheName: PREFIX + file })));
  return files.filter((_, place) => pages[place]);
};

// Marks a copy with its time, in a header that the page itself can read.
const copyOf = (response, text) => {
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  headers.set("Server-Timing", `copy;desc="${new Date().toISOString()}"`);
  return new Response(text, { headers });
};
// Fetches from the network only: if it fails, the worker would return a copy.
const fetched = async (address) => {
  const response = await fetch(address, { cache: "no-cache" });
  if (response.headers.get("Server-Timing")?.startsWith("copy;")) throw new TypeError("no network");
  return response;
};
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
// Returns the response, address and text of a page; one that has moved is fetched from its new address.
const follow = async (response) => {
  if (!response.ok) return [];
  const text = await response.text();
  const target = targetOf(parsed(text), response.url);
  return target ? follow(await fetched(target)) : [response, response.url, text];
};
const responseFor = async (file, page) => {
  const response = await fetched(page);
  if (response.ok) return follow(response);
  const place = await placeOf(file);
  const instead = place && (await fetched(place));
  return instead?.ok ? [instead, place, await instead.text()] : [];
};
// Returns whether the site has such a page; throws a TypeError without a network.
const keep = async (file) => {
  const page = pageOf(file);
  const [response, place, text] = await responseFor(file, page);
  if (!response) return false;
  const pictures = [...parsed(text).querySelectorAll("main img[src]")];
  const cache = await caches.open(PREFIX + file);
  const at = new URL(place);
  at.hash = "";
  for (const picture of pictures) {
    const address = new URL(picture.getAttribute("src"), at);
    const shown = address.href.startsWith(root.href) && (await fetch(address));
    if (shown.ok) await cache.put(address, shown);
  }
  await cache.put(at, copyOf(response, text));
  if (place !== page.href) await cache.put(page, Response.redirect(place));
  return true;
};

let isSynced = Promise.resolve();
const sync = async (isAnew) => {
  const files = wanted(read());
  const had = await kept();
  for (const file of await begun()) if (!files.includes(file)) await caches.delete(PREFIX + file);
  for (const file of files) if (isAnew || !had.includes(file)) await keep(file);
};
const synced = (isAnew = false) => {
  const done = isSynced.then(() => sync(isAnew));
  isSynced = done.catch(() => {}); // without a network, the next page with one tries again
  return done;
};

const tellOfCopies = async (told) => {
  const count = (await kept()).length;
  const update = async () => {
    try {
      await synced(true);
      say(gettext("Updated"));
    } catch {
      say(gettext("The site cannot be reached; your copies are as they were"));
    }
    tellOfCopies(told);
  };
  const ofThem = ngettext("%(count)s of them opens without a network.", "%(count)s of them open without a network.", count);
  told.replaceChildren(...(count || wanted(read()).length ? [ofThem] : []));
  if (count) told.append(" ", element("span", { className: "acts" }, button(gettext("Update the copies"), update)));
};
const tellThatItIsACopy = (day) => {
  const told = element("p", { className: "tidings", role: "status" }, gettext("The site cannot be reached. This is your copy of %(day)s.", { day: longDay(day) }) + " ", button(gettext("Update"), () => location.reload()));
  document.querySelector("main").prepend(told);
};
const start = async () => {
  const copy = performance.getEntriesByType("navigation")[0]?.serverTiming?.find(({ name }) => name === "copy");
  if (copy) tellThatItIsACopy(copy.description);
  await navigator.serviceWorker.register(new URL("offline-worker.js", root), { updateViaCache: "none" });
  const here = (await kept()).find((file) => pageOf(file).pathname === location.pathname);
  if (here && !copy) await keep(here).catch(() => {});
  const told = document.querySelector('[data-for="offline"]');
  const look = () => synced().catch(() => {}).then(() => told && tellOfCopies(told));
  onChange(look);
  look();
};
if ("serviceWorker" in navigator) start();
