// Finds papers with a muted word anywhere in their text, using the search index.
import { paperFile, root } from "./store.js";
import { muted } from "./visit.js";

const loaded = (name) =>
  new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: new URL(`${name}.js`, import.meta.url), onload: done, onerror: failed });
    document.head.append(script);
  });
let index;
const ready = async () => {
  if (!index) {
    await Promise.all(["search-words", "search-index"].map(loaded));
    index = searchIndex(root);
  }
  return index;
};

// Number of each paper with these words → whether that is certain.
const saying = async (text) => {
  const words = searchWords.wordsOf(text);
  const papers = await Promise.all(words.map((word) => index.whole(word)));
  if (words.length < 2) return new Map([...(papers[0] ?? [])].map(([key]) => [key, true]));
  const common = new Set(words.filter((_, place) => !papers[place].size));
  return new Map([...(await index.phrase(words, common))].map(([key, { isSure }]) => [key, isSure]));
};
const textOf = async (path) => {
  const address = new URL(path, root);
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  return (address.hash ? page.getElementById(decodeURIComponent(address.hash.slice(1))) : page.querySelector("article.paper"))?.textContent ?? "";
};

const found = new Map(); // words and days → paths
// days: the latest day of each paper to check, "" for a paper without a day.
export const mutedPaths = (kept, days) => {
  const name = JSON.stringify([kept.words, [...days].toSorted()]);
  if (!found.has(name)) found.set(name, look(kept, days).catch(() => new Set()));
  return found.get(name);
};
const look = async (kept, days) => {
  const paths = new Set();
  if (!kept.words.length || !days.size || location.protocol === "file:") return paths;
  await ready();
  const columns = await index.columns();
  const words = muted(kept);
  for (const said of await Promise.all(kept.words.map(saying))) {
    const near = [...said].filter(([key]) => days.has("") || days.has(columns(key).day));
    for (const [key, isSure] of near) {
      const { path } = await index.record(key);
      if (isSure || words.test(await textOf(path))) paths.add(paperFile(path));
    }
  }
  return paths;
};
