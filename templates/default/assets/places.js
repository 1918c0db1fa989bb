// Where a paper stands that has no page of its own.
import { root } from "./store.js";

const SHARDS = 128;

// Returns the address of its place, from the name or the path of the page that it had; undefined when it had none.
export const placeOf = async (path) => {
  const name = path.replace(/^papers\//, "").replace(/\.html$/, "");
  const sum = [...new TextEncoder().encode(name)].reduce((all, each) => all + each, 0);
  const response = await fetch(new URL(`papers/places/${sum % SHARDS}.json`, root));
  const places = response.ok ? await response.json() : {};
  return Object.hasOwn(places, name) ? new URL(places[name], root) : undefined;
};

// Returns the address that a page which has moved leads to; undefined for any other page.
export const targetOf = (page, address) => {
  const [, target] = page.querySelector('meta[http-equiv="refresh"]')?.content.match(/url=(.+)/) ?? [];
  return target && new URL(target, address);
};
