// Searches the site: Pagefind's engine and index find the papers, a small file of ours shows each.
"use strict";
{
  const root = new URL("..", document.currentScript.src);
  const form = document.querySelector(".search");
  const status = document.querySelector("#found");
  const list = document.querySelector(".results");
  const more = document.querySelector(".more");
  const hint = status.textContent;
  const FILTERS = ["tag", "year", "organization"];
  const PAGE = 10; // papers shown at a time
  const MOST_WORDS = 5; // of a query that are looked up, the longest ones: each costs about 12 kB
  const MOST_TITLES = 10; // that begin with the query; when more do, it is a subject rather than a title
  const SEARCHES = 80; // of one worker: it keeps every result it ever gave
  const EXCERPT = 260; // characters
  // Words that nearly every paper holds: looking them up costs much and finds nothing.
  const COMMON = new Set(
    "a an and are as at be by can do for from how in into is it its of on or our that the their this to via we what when with".split(" "),
  );

  // The engine

  let worker;
  let asked = 0;
  let waiting = new Map();

  const fail = () => {
    worker?.terminate();
    worker = undefined;
    for (const { reject } of waiting.values()) reject(new Error("the engine stopped"));
    waiting = new Map();
  };
  const call = (method, ...args) =>
    new Promise((resolve, reject) => {
      const id = String(++asked);
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, method, args });
    });
  // Pagefind's own script would be one more file of 13 kB that only passes messages to its worker.
  const start = () => {
    asked = 0;
    worker = new Worker(new URL("pagefind/pagefind-worker.js", root));
    worker.onerror = fail;
    worker.onmessage = ({ data }) => {
      const { resolve, reject } = waiting.get(data.id) ?? {};
      waiting.delete(data.id);
      if (data.error) reject?.(new Error(data.error));
      else resolve?.(data.result);
    };
    call("init", { basePath: `${root.pathname}pagefind/`, language: document.documentElement.lang }).catch(() => {});
  };
  const find = async (term) => {
    if (!term) return [];
    if (asked > SEARCHES && !waiting.size) fail();
    if (!worker) start();
    return (await call("search", term, {})).results.map((result) => result.id);
  };

  // The query

  const wordsOf = (query) => {
    const words = query.normalize("NFKC").replace(/[^\p{L}\p{N}\s_]+/gu, "").split(/\s+/).filter(Boolean);
    const rare = words.filter((word) => !COMMON.has(word.toLowerCase()));
    return rare.length ? rare : words;
  };
  // The same as the builder makes of a title's beginning, less an end that the index would change to an i.
  const opening = (query) =>
    query.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "").slice(0, 40).replace(/y$/, "");

  const search = async (query) => {
    const words = wordsOf(query);
    const longest = [...words].sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
    const start = opening(query);
    const [titles, papers] = await Promise.all([find(start.length > 2 ? start : ""), find(longest.join(" "))]);
    const first = titles.length <= MOST_TITLES ? titles : [];
    // The last word may be unfinished in a way that the index does not know.
    const rest = papers.length ? papers : await find(longest.filter((word) => word !== words.at(-1)).join(" "));
    return [...new Set([...first, ...rest])];
  };

  // Filters and order

  const load = async (name) => {
    const response = await fetch(new URL(`search/${name}.json`, root));
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  };
  let columns;
  const loadColumns = () => {
    columns ??= load("filters").then((table) => ({ ...table, place: new Map(table.ids.map((id, i) => [id, i])) }));
    columns.catch(() => (columns = undefined));
    return columns;
  };
  const narrow = async (ids, state) => {
    if (!FILTERS.some((name) => state[name]) && !state.sort) return ids;
    const { ids: all, place, upvotes, years, tags, tagsOf, organizations, organizationOf } = await loadColumns();
    const tag = tags.indexOf(state.tag);
    const organization = organizations.indexOf(state.organization);
    const places = (ids ?? all)
      .map((id) => place.get(id))
      .filter(
        (i) =>
          (!state.tag || tagsOf[i].includes(tag)) &&
          (!state.year || String(years[i]) === state.year) &&
          (!state.organization || (organization >= 0 && organizationOf[i] === organization)),
      );
    if (state.sort === "date") places.sort((a, b) => a - b);
    if (state.sort === "upvotes") places.sort((a, b) => upvotes[b] - upvotes[a] || a - b);
    return places.map((i) => all[i]);
  };

  // Results: text from papers only ever becomes text

  const results = new Map();
  const loadResult = (id) => {
    if (!results.has(id)) results.set(id, load(`papers/${id}`));
    results.get(id).catch(() => results.delete(id));
    return results.get(id);
  };
  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const pattern = (query) => {
    const stems = query
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1 && !COMMON.has(word.toLowerCase()))
      .map((word) => (word.length > 4 ? word.replace(/(ing|ed|es|s)$/i, "") : word));
    return stems.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.join("|")})[\\p{L}\\p{N}]*`, "giu") : undefined;
  };
  const marked = (text, words) => {
    const pieces = [];
    let end = 0;
    for (const match of words ? text.matchAll(words) : []) {
      pieces.push(text.slice(end, match.index), element("mark", {}, match[0]));
      end = match.index + match[0].length;
    }
    return [...pieces, text.slice(end)];
  };
  const excerpt = (text, words) => {
    const place = words ? Math.max(text.search(words), 0) : 0;
    const from = place < EXCERPT / 2 ? 0 : text.lastIndexOf(" ", place - 60) + 1;
    const to = text.length - from <= EXCERPT ? text.length : text.lastIndexOf(" ", from + EXCERPT);
    return `${from ? "… " : ""}${text.slice(from, to > from ? to : from + EXCERPT)}${to < text.length ? " …" : ""}`;
  };
  const show = (paper, words) => {
    const facts = [paper.upvotes, paper.day, paper.tags].filter(Boolean);
    return element(
      "li",
      {},
      element("h3", { dir: "auto" }, element("a", { href: new URL(paper.path, root) }, ...marked(paper.title, words))),
      element("p", { className: "byline" }, ...[paper.authors, paper.organization].filter(Boolean).map((text) => element("bdi", {}, text))),
      element("p", { dir: "auto" }, ...marked(excerpt(paper.abstract ?? "", words), words)),
      element("ul", { className: "facts" }, ...facts.map((fact) => element("li", {}, fact))),
    );
  };

  // The page

  let found = [];
  let run = 0;
  let shown = Promise.resolve();
  let pause;

  const stateOf = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
  const say = (text) => {
    status.textContent = text;
  };
  const append = async (number, from) => {
    const words = pattern(form.elements.q.value);
    const papers = await Promise.all(found.slice(from, from + PAGE).map(loadResult));
    if (number !== run) return;
    const items = papers.map((paper) => show(paper, words));
    if (from) list.append(...items);
    else list.replaceChildren(...items);
    more.hidden = from + PAGE >= found.length;
    if (from) items[0]?.querySelector("a").focus();
  };
  const update = async () => {
    const number = ++run;
    const state = stateOf();
    const address = new URLSearchParams(state).toString();
    try {
      const narrowed = address ? await narrow(state.q ? await search(state.q) : undefined, state) : [];
      if (number !== run) return;
      history.replaceState(null, "", address ? `?${address}` : location.pathname);
      found = narrowed;
      await append(number, 0);
      if (number !== run) return;
      const count = `${found.length.toLocaleString("en")} paper${found.length === 1 ? "" : "s"}`;
      const none = "No paper fits. Try fewer or other words, or another choice of tag, year and organisation.";
      say(!address ? hint : found.length ? count : none);
    } catch {
      if (number === run) say("The search index could not be loaded. Try again in a moment.");
    }
  };
  const soon = (wait) => {
    clearTimeout(pause);
    shown = new Promise((resolve) => {
      pause = setTimeout(() => resolve(update()), wait);
    });
  };
  const readAddress = () => {
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = ["q", "sort", ...FILTERS].includes(name) && form.elements[name];
      if (!field) continue;
      field.value = value;
      if (field.value !== value && FILTERS.includes(name)) field.add(new Option(value, value, true, true));
    }
  };

  if (location.protocol === "file:") {
    const sentences = [
      "Search needs a web server, and this page was opened as a file. In the folder of the site, run ",
      element("code", {}, "python3 -m http.server"),
      " and open ",
      element("code", {}, "http://localhost:8000/search.html"),
    ];
    form.replaceWith(element("p", { className: "prose" }, ...sentences));
  } else {
    start();
    readAddress();
    if (location.search) soon(0);
    else form.elements.q.focus({ preventScroll: true });
    form.addEventListener("input", () => soon(60));
    form.addEventListener("focusin", ({ target }) => target.matches("select") && loadColumns());
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      soon(0);
      await shown;
      list.querySelector("a")?.click();
    });
    document.querySelector(".clear").addEventListener("click", () => {
      for (const select of form.querySelectorAll("select")) select.value = "";
      soon(0);
    });
    more.addEventListener("click", () => append(run, list.children.length));
  }
}
