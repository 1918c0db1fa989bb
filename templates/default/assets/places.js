// Finds papers without a page of their own.
import { root } from "./store.js";

const SHARDS = 128;

// Returns a paper's place, given the name or path of its former page; undefined if it had none.
export const placeOf = async (path) => {
  const name = path.replace(/^papers\//, "").replace(/\.html$/, "");
  const sum = [...new TextEncoder().encode(name)].reduce((all, each) => all + each, 0);
  const response = await fetch(new URL(`papers/places/${sum % SHARDS}.json`, root));
  const places = response.ok ? await response.json() : {};
  return Object.hasOwn(places, name) ? new URL(places[name], root) : undefined;
};

// Returns the new address of a page that has moved; undefined for any other page.
export const targetOf = (page, address) => {
  const [, target] = page.querySelector('meta[http-equiv="refresh"]')?.content.match(/url=(.+)/) ?? [];
  return target && new URL(target, address);
};
