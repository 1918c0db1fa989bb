// Searches the site: Pagefind's engine and index find the papers, a small file of ours shows each.
"use strict";
{
  const { wordsOf, isPart, opening, pattern, placesOf, cut } = searchWords;
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
  const PATIENCE = 30_000; // ms
  const MORE = more.textContent;
  const AGAIN = "Try again";

  // The engine

  let worker;
  let asked = 0;
  let waiting = new Map();
  let known = new Map(); // part of a run of letters → promise of whether any paper has it

  const fail = () => {
    worker?.terminate();
    worker = undefined;
    for (const { reject } of waiting.values()) reject(new Error("the engine stopped"));
    waiting = new Map();
    known = new Map();
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
    const started = new Worker(new URL("assets/search-worker.js", root));
    worker = started;
    worker.onerror = fail;
    worker.onmessage = ({ data }) => {
      if (worker !== started) return;
      if (data.error) return fail();
      waiting.get(data.id)?.resolve(data.result);
      waiting.delete(data.id);
    };
    // Without a language, or the engine would part Chinese, Japanese and Thai its own way.
    call("init", { basePath: `${root.pathname}pagefind/` }).catch(() => {});
  };
  const find = async (term) => {
    if (!term) return [];
    if (asked > SEARCHES && !waiting.size) fail();
    if (!worker) start();
    return (await call("search", term, {})).results.map((result) => result.id);
  };

  // The query

  // The engine passes over a word that no paper has: of a run of letters all parts must be there.
  const isKnown = (part) => {
    const answer = known.get(part) ?? find(part).then((ids) => ids.length > 0);
    known.set(part, answer);
    return answer;
  };
  const findAll = async (words) => {
    const parts = words.filter(isPart);
    const areKnown = await Promise.all(parts.length > 1 || words.length > 1 ? parts.map(isKnown) : []);
    return areKnown.includes(false) ? [] : find(words.join(" "));
  };
  const search = async (query) => {
    const words = wordsOf(query);
    const longest = [...words].sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
    const start = opening(query);
    const [titles, papers] = await Promise.all([find(start.length > 2 ? start : ""), findAll(longest)]);
    // The last word may be unfinished in a way that the index does not know.
    const last = words.at(-1) ?? "";
    const rest = papers.length || isPart(last) ? papers : await findAll(longest.filter((word) => word !== last));
    // A title that the engine knows none like stands for any that begins alike: no excuse inside a run of letters.
    const first = titles.length > MOST_TITLES ? [] : words.some(isPart) ? titles.filter((id) => rest.includes(id)) : titles;
    return [...new Set([...first, ...rest])];
  };

  // Filters and order

  let cache = "default";
  const load = async (name) => {
    const response = await fetch(new URL(`search/${name}.json`, root), { cache, signal: AbortSignal.timeout(PATIENCE) });
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
    const found = (ids ?? all).map((id) => place.get(id));
    if (found.includes(undefined)) throw new Error("filters of another publishing");
    const places = found.filter(
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
  const marked = (text, words) => {
    const pieces = [];
    let end = 0;
    for (const [from, to] of placesOf(text, words)) {
      if (from < end) continue;
      pieces.push(text.slice(end, from), element("mark", {}, text.slice(from, to)));
      end = to;
    }
    return [...pieces, text.slice(end)];
  };
  const excerpt = (text, words) => {
    const place = placesOf(text, words)[0]?.[0] ?? 0;
    const from = place < EXCERPT / 2 ? 0 : cut(text, place - 60);
    const to = text.length - from <= EXCERPT ? text.length : cut(text, from + EXCERPT);
    return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
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
  const offer = (label) => {
    more.textContent = label;
    more.hidden = !label;
  };
  const append = async (number, from) => {
    const words = pattern(form.elements.q.value);
    const papers = await Promise.all(found.slice(from, from + PAGE).map(loadResult));
    if (number !== run) return;
    const items = papers.map((paper) => show(paper, words));
    if (from) list.append(...items);
    else list.replaceChildren(...items);
    offer(from + PAGE < found.length ? MORE : "");
    if (from) items[0]?.querySelector("a").focus();
    const count = `${found.length.toLocaleString("en")} paper${found.length === 1 ? "" : "s"}`;
    const none = "No paper fits. Try fewer or other words, or another choice of tag, year and organisation.";
    say(!location.search ? hint : found.length ? count : none);
  };
  // A publishing gives the files of the index new names: what fails is done once more, with all of it as it is now.
  const attempt = async (number, work) => {
    for (const _ of ["as it is", "anew"]) {
      try {
        await work();
        return true;
      } catch {
        if (number !== run) return true;
        fail();
        columns = undefined;
        results.clear();
        cache = "no-cache";
      }
    }
    say("The search could not be loaded. Try again in a moment.");
    offer(AGAIN);
    return false;
  };
  const update = async () => {
    const number = ++run;
    const state = stateOf();
    const address = new URLSearchParams(state).toString();
    history.replaceState(null, "", address ? `?${address}` : location.pathname);
    const isShown = await attempt(number, async () => {
      const narrowed = address ? await narrow(state.q ? await search(state.q) : undefined, state) : [];
      if (number !== run) return;
      found = narrowed;
      await append(number, 0);
    });
    if (!isShown) list.replaceChildren();
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
    more.addEventListener("click", () => {
      const { childElementCount: from } = list;
      if (from) attempt(run, () => append(run, from));
      else soon(0);
    });
    addEventListener("online", () => more.textContent === AGAIN && !more.hidden && more.click());
  }
}
