"use strict";
{
const { src, dataset } = document.querySelector("script[data-modules]");
const made = {};
const load = (name) => (made[name] ??= modules[name]({}, new URL(`${name}.js`, src)));
const modules = {
"cite": async (exports, url) => {
const { download } = await load("download");
const { copy, on } = await load("paper");
const { element } = await load("store");

const FORMS = {
  BibTeX: ["bib", "application/x-bibtex", "Copy BibTeX", "Download BibTeX"],
  RIS: ["ris", "application/x-research-info-systems", "Copy RIS", "Download RIS"],
};

const equip = exports.equip = (folded) => {
  const citation = folded.querySelector("pre");
  const text = citation.textContent.trim();
  const [, key] = text.match(/(?:\{|^ID {2}- )([^\s,]+)/m);
  const [ending, type, copying, downloading] = FORMS[folded.querySelector("summary").textContent];
  const make = (words, ariaLabel, act) => {
    const button = element("button", { type: "button", ariaLabel }, words);
    on(button, act);
    return button;
  };
  const copies = make("Copy", copying, () => copy(text));
  const downloads = make("Download", downloading, () => download(`${key}.${ending}`, type, `${text}\n`));
  const acts = element("span", { className: "acts" }, copies, " ", downloads);
  folded.append(element("div", { className: "copies" }, citation, acts));
};
return exports;
},
"density": async (exports, url) => {
const { say } = await load("store");

const KEY = "broadsheet-density"; // scheme.js reads it before the page is painted
const STEPS = { headlines: "Headlines", "": "Excerpts", abstracts: "Abstracts" };
const { dataset } = document.documentElement;
const abstracts = () => document.querySelectorAll("details.abstract");
const select = document.querySelector(".density select");

const show = () => {
  for (const each of abstracts()) each.open = dataset.density === "abstracts";
  if (!select) return;
  select.value = dataset.density;
  if (select.selectedIndex < 0) select.value = ""; // a list without abstracts shows excerpts
};
const choose = exports.choose = (step) => {
  dataset.density = step;
  try {
    localStorage.setItem(KEY, step);
  } catch {
  }
  show();
};

const next = exports.next = () => {
  const steps = Object.keys(STEPS).filter((step) => step !== "abstracts" || abstracts().length);
  const step = steps[(steps.indexOf(dataset.density) + 1) % steps.length];
  choose(step);
  say(STEPS[step]);
};
return exports;
},
"download": async (exports, url) => {
const download = exports.download = (name, type, text) => {
  const href = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
};
return exports;
},
"filters": async (exports, url) => {
const { button, element, onChange } = await load("store");

const WORDED = [1, 2].map((count) => [({ one: `${(count).toLocaleString("en")} upvote`, other: `${(count).toLocaleString("en")} upvotes` })[new Intl.PluralRules("en").select(count)], ({ one: `${(count).toLocaleString("en")} comment`, other: `${(count).toLocaleString("en")} comments` })[new Intl.PluralRules("en").select(count)]]);
const number = (article, kind) => {
  const text = article.querySelector(kind)?.textContent ?? "";
  return Number(text.replace(/\D/g, "")) || WORDED.findIndex((each) => each.includes(text)) + 1;
};
const published = (article) => article.querySelector("time")?.dateTime ?? "";
const title = (article) => article.querySelector("h3 a").textContent; // without the marks before it
const linkOf = (article) => article.querySelector("h3 a").href;
const articleIn = (item) => (item.matches("article") ? item : item.querySelector("article"));
const DAY = 86_400_000; // ms

const ORDERS = {
  upvotes: (a, b) => number(b, ".upvotes") - number(a, ".upvotes"),
  comments: (a, b) => number(b, ".comments") - number(a, ".comments"),
  published: (a, b) => published(b).localeCompare(published(a)),
  title: (a, b) => title(a).localeCompare(title(b)),
};
const FITS = {
  code: ({ dataset }) => "code" in dataset,
  new: ({ dataset }) => "new" in dataset,
  saved: ({ dataset }) => "saved" in dataset,
  tag: (article, tag) =>
    (article.dataset.tags?.split(" ") ?? [...article.querySelectorAll(".tags a")].map(({ pathname }) => pathname.replace(/^.*\/|\.html$/g, ""))).includes(tag),
  days: ({ dataset }, days, newest) => Boolean(dataset.day) && Date.parse(newest) - Date.parse(dataset.day) < days * DAY,
};

const stateOf = (form) => Object.fromEntries([...new FormData(form)].filter(([name, value]) => name && value));
const distinct = (articles) => new Set(articles.map(linkOf)).size; // a list may show a paper twice

const start = exports.start = (form) => {
  const groups = [...document.querySelectorAll("main :is(.leads, .cards, .briefs)")].map((group) => [group, [...group.children].filter(articleIn)]);
  const articles = groups.flatMap(([, printed]) => printed.map(articleIn));
  const newest = articles.map(({ dataset }) => dataset.day ?? "").toSorted().at(-1);
  const told = element("p", { className: "tidings filtered", role: "status" });
  const all = button("Show all", () => {
    for (const name of Object.keys(FITS)) {
      const field = form.elements[name];
      if (field?.type === "checkbox") field.checked = false;
      else if (field) field.value = "";
    }
    show();
    form.querySelector("input, select").focus();
  });
  const contents = [...document.querySelectorAll(".contents li")].flatMap((entry) => {
    const place = document.getElementById(entry.querySelector("a")?.hash.slice(1));
    const count = entry.querySelector(".count");
    const section = place?.closest("section");
    return count && section?.querySelector("article") ? [{ entry, count, section, printed: count.textContent }] : [];
  });
  form.after(told);

  const arrange = (sort) => {
    for (const [group, printed] of groups) {
      const order = ORDERS[sort] ? printed.toSorted((a, b) => ORDERS[sort](articleIn(a), articleIn(b))) : printed;
      if (order.some((paper, place) => paper !== group.children[place])) group.append(...order);
    }
  };
  const show = () => {
    const { sort = "", ...chosen } = stateOf(form);
    const wanted = Object.entries(chosen).filter(([name]) => FITS[name]);
    for (const article of articles) {
      const isOut = wanted.some(([name, value]) => !FITS[name](article, value, newest));
      (article.closest(".ranked > li, .briefs > div") ?? article).toggleAttribute("data-filtered", isOut);
    }
    arrange(sort);
    const isShown = (article) => !article.closest("[data-filtered], [hidden]");
    for (const [group, printed] of groups)
      (group.closest(".part") ?? group).toggleAttribute("data-filtered", wanted.length > 0 && !printed.map(articleIn).some(isShown));
    for (const { entry, count, section, printed } of contents) {
      const left = [...section.querySelectorAll("article")].filter(isShown).length;
      count.textContent = wanted.length ? left : printed;
      entry.hidden = wanted.length > 0 && !left;
    }
    const total = distinct(articles.filter((article) => !article.closest("[hidden]")));
    const shown = distinct(articles.filter(isShown));
    told.textContent = !wanted.length ? "" : shown
      ? ({ one: `${shown} of ${(total).toLocaleString("en")} paper on this page`, other: `${shown} of ${(total).toLocaleString("en")} papers on this page` })[new Intl.PluralRules("en").select(total)] + " "
      : ({ one: `No paper on this page fits: 0 of ${(total).toLocaleString("en")} paper is shown.`, other: `No paper on this page fits: 0 of ${(total).toLocaleString("en")} papers are shown.` })[new Intl.PluralRules("en").select(total)] + " ";
    if (wanted.length) told.append(all);
    told.classList.toggle("nothing", wanted.length > 0 && !shown);
    const address = new URLSearchParams({ ...chosen, ...(sort && { sort }) }).toString();
    if (location.protocol !== "file:") history.replaceState(history.state, "", `${location.pathname}${address && `?${address}`}${location.hash}`);
  };

  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = ["sort", ...Object.keys(FITS)].includes(name) && form.elements[name];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = value === "on";
    else field.value = value;
    if (field.matches("select") && field.selectedIndex < 0) field.value = "";
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", show);
  onChange(show);
  document.addEventListener("muted", show);
  show();
};
return exports;
},
"help": async (exports, url) => {
const { isOff, KEYS, turn } = await load("keys");

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const rows = Object.entries(KEYS).map(([key, [, words]]) =>
  element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, words)),
);
const isOn = element("input", { type: "checkbox", checked: !isOff() });
isOn.addEventListener("change", () => turn(isOn.checked));
const dialog = element(
  "dialog",
  { className: "help", ariaLabel: "Keyboard" },
  element("h2", {}, "Keyboard"),
  element("dl", {}, ...rows),
  element("label", {}, isOn, " " + "Single keys work on this site"),
  element("form", { method: "dialog" }, element("button", {}, "Close")),
);
document.body.append(dialog);
const style = element("link", { rel: "stylesheet", href: new URL("help.css", url) });
const isStyled = new Promise((done) => Object.assign(style, { onload: done, onerror: done }));
document.head.append(style);

const show = exports.show = async () => {
  await isStyled;
  isOn.checked = !isOff();
  if (!dialog.open) dialog.showModal();
};
return exports;
},
"keys": async (exports, url) => {
const OFF = "broadsheet-keys-off";
const PAPERS = "main article:not([hidden], .paper), main .results > li";

const isOff = exports.isOff = () => {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
};
const turn = exports.turn = (on) => {
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "");
  } catch {
    return;
  }
};

const papers = () => [...document.querySelectorAll(PAPERS)].filter((each) => each.checkVisibility());
const linkOf = (paper) => paper?.querySelector(":is(h2, h3) a");
const current = () => document.activeElement.closest(PAPERS);
const step = (by) => {
  const all = papers();
  const index = all.indexOf(current());
  const next = index >= 0 ? all[index + by] : by > 0 ? (all.find((each) => each.getBoundingClientRect().top >= 0) ?? all[0]) : undefined;
  linkOf(next)?.focus();
};
const searchLink = exports.searchLink = () => document.querySelector('nav a:is([href$="search.html"], [href="search"], [href$="/search"])');
const search = () => {
  const field = document.querySelector("#query");
  if (field) field.focus();
  else searchLink()?.click();
};
const help = async () => (await load("help")).show();
const density = async () => document.querySelector("main article:not(.paper)") && (await load("density")).next();
const save = () => (current() ?? document.querySelector("article.paper"))?.dispatchEvent(new CustomEvent("save", { bubbles: true }));

const KEYS = exports.KEYS = {
  "/": [search, "Search"],
  j: [() => step(1), "Next paper"],
  k: [() => step(-1), "Previous paper"],
  o: [() => linkOf(current())?.click(), "Open the paper"],
  s: [save, "Save the paper, or take it out again"],
  d: [density, "Headlines, excerpts or abstracts"],
  "?": [help, "This list"],
};

addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, dialog[open], [contenteditable]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || isOff()) return;
  const [act] = KEYS[event.key] ?? [];
  if (!act) return;
  event.preventDefault();
  act();
});
const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Keyboard", onclick: help });
const item = Object.assign(document.createElement("li"), { className: "acts" });
item.append(button);
document.querySelector(".imprint .inline")?.append(item);
return exports;
},
"listing": async (exports, url) => {
const { element } = await load("store");

const { lang } = document.documentElement;
const shortDay = exports.shortDay = (day) => {
  const [year, month, date] = day.split("-");
  const options = { day: date && "numeric", month: month && "long", year: "numeric", timeZone: "UTC" };
  return new Date(`${year}-${month ?? "01"}-${date ?? "01"}T00:00Z`).toLocaleDateString(lang.split("-")[0] === "en" ? "en-GB" : `${lang}-u-nu-latn`, options);
};
const headline = exports.headline = (title, marked = (part) => [part]) =>
  title.split(/(?<!\S)([^\s\-\u2010]+[-\u2010]\S+)/).flatMap((part, index) => {
    const parts = marked(part);
    return index % 2 ? [element("span", { className: "whole" }, ...parts)] : parts;
  });
return exports;
},
"muted": async (exports, url) => {
const { paperFile, root } = await load("store");
const { muted } = await load("visit");

const loaded = (name) =>
  new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: new URL(`${name}.js`, url), onload: done, onerror: failed });
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
const mutedPaths = exports.mutedPaths = (kept, days) => {
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
return exports;
},
"my": async (exports, url) => {
const { download } = await load("download");
const { headline, shortDay } = await load("listing");
const { placeOf, targetOf } = await load("places");
const { clean } = await load("shape");
const { write } = await load("notes");
const { TABLES, addressOf, button, changeOrSay, element, fileOf, keep, onChange, read, root, say } = await load("store");
const { mutedPaths } = await load("muted");
const { muted } = await load("visit");

const part = (name, value) => document.querySelector(`[data-${name}="${value}"]`);

const fetched = async (path) => {
  const response = await fetch(new URL(path, root));
  if (!response.ok) throw Object.assign(new Error(response.statusText), { isGone: [404, 410].includes(response.status) });
  return response;
};
let recent;
let said = new Set(); // paths of papers with a muted word in text that is not shown

const recordsOf = (path) => {
  const [, number] = path.match(/^papers\/(\d{4}\.\d{4,5})\.html$/) ?? [];
  const kinds = number ? { PDF: "pdf", arXiv: "abs" } : {};
  return Object.entries(kinds).map(([name, kind]) => element("li", {}, element("a", { href: `https://arxiv.org/${kind}/${number}` }, name)));
};
const inLanguage = (lang) => ({ dir: "auto", ...(lang && { lang }) });
const brief = (path, { title, authors, day, lang: own, textLang = own, excerpt, place, note }, ...acts) =>
  element(
    "article",
    { className: "brief" },
    element("h3", inLanguage(own), element("a", { href: new URL(place ?? addressOf(path), root) }, ...headline(title))),
    element("p", { className: "byline" }, element("bdi", {}, authors)),
    excerpt && element("p", { className: "abstract", ...inLanguage(textLang) }, excerpt),
    note && element("p", { className: "own-note", dir: "auto" }, note),
    element("ul", { className: "facts" }, day && element("li", {}, `In the digest of ${shortDay(day)}`), ...recordsOf(path), element("li", { className: "acts" }, ...acts)),
  );
const edit = (table, path, value) => () =>
  changeOrSay((kept) => {
    if (value) kept[table][path] = value;
    else delete kept[table][path];
  });
const saveButton = (paper, isSaved) => {
  const made = button("Save", edit("saved", paper.path, !isSaved && paper), `Save: ${paper.title}`);
  made.ariaPressed = isSaved;
  return made;
};
const chosen = (name, link, words, act) =>
  element("li", {}, link ? element("a", { href: new URL(addressOf(link), root) }, name) : name, " ", button(words, act, `${words}: ${name}`));

const showNew = (kept) => {
  const told = part("for", "new");
  if (!recent) return;
  const words = muted(kept);
  const found = recent.filter(
    ({ path, tags, people = [], organization, formerly = {}, title, excerpt }) =>
      (tags.some((tag) => tag in kept.tags) || people.some((author) => author in kept.authors) || organization in kept.organizations ||
        Object.entries(formerly).some(([table, slugs]) => slugs.some((slug) => slug in kept[table]))) &&
      !(path in kept.hidden) && !said.has(path) && !words?.test(`${title} ${excerpt}`),
  );
  told.textContent = Object.keys({ ...kept.tags, ...kept.authors, ...kept.organizations }).length
    ? ({ one: `${(found.length).toLocaleString("en")} paper of the latest digests is of what you follow.`, other: `${(found.length).toLocaleString("en")} papers of the latest digests are of what you follow.` })[new Intl.PluralRules("en").select(found.length)]
    : "Follow a tag below, or a tag, an organisation or an author on their pages, and their latest papers stand here.";
  part("list", "new").replaceChildren(
    ...found.map((paper) => brief(paper.path, paper, saveButton(paper, paper.path in kept.saved))),
  );
};
const showAll = (kept) => {
  showNew(kept);
  const saved = Object.entries(kept.saved).reverse();
  part("for", "saved").textContent = saved.length ? "" : "Papers you save stand here: press Save below a paper, or the key S.";
  part("list", "saved").replaceChildren(
    ...saved.map(([path, paper]) =>
      brief(
        path,
        paper,
        button("Note", () => write(path, paper), `My note: ${paper.title}`),
        button("Remove", () => keep("saved", path, paper), `Remove: ${paper.title}`),
      ),
    ),
  );
  part("list", "tags").replaceChildren(
    ...["tags", "organizations", "authors"].flatMap((table) =>
      Object.entries(kept[table]).map(([slug, name]) => chosen(name, `${table}/${slug}.html`, "Unfollow", edit(table, slug))),
    ),
  );
  part("list", "days")?.replaceChildren(
    ...Object.keys(kept.days).toSorted().reverse().map((day) => chosen(shortDay(day), `days/${day}.html`, "Remove", edit("days", day))),
  );
  part("list", "words").replaceChildren(
    ...kept.words.map((word) => chosen(word, "", "Unmute", () => changeOrSay((value) => (value.words = value.words.filter((each) => each !== word))))),
  );
  part("list", "hidden").replaceChildren(
    ...Object.entries(kept.hidden).map(([path, { title }]) => chosen(title, path, "Show", edit("hidden", path))),
  );
};

const show = (kept) => {
  const { ariaLabel, parentNode } = document.activeElement;
  const section = parentNode?.closest?.("main section");
  showAll(kept);
  if (document.activeElement !== document.body || !section) return;
  const again = [...section.querySelectorAll("button")].find((each) => each.ariaLabel === ariaLabel);
  const heading = section.querySelector("h2");
  heading.tabIndex = -1;
  (again ?? heading).focus();
};

const pageOf = async (address) => {
  const response = await fetched(address);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const target = targetOf(page, response.url);
  return target ? pageOf(target) : page;
};
const entryOf = async (path) => {
  const gone = `% ${path} is no longer on the site\n`;
  try {
    const place = document.querySelector(".my[data-folded]") && (await placeOf(path));
    const page = await pageOf(place || addressOf(path));
    return page.querySelector(place ? `[id="${place.hash.slice(1)}"] [data-form="bibtex"]` : ".cite pre")?.textContent ?? gone;
  } catch (error) {
    if (error.isGone) return gone;
    throw error;
  }
};
const IN_TEX = { "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
const tex = (text) => text.replace(/[\\{}~^%&#_$]/g, (sign) => IN_TEX[sign] ?? `\\${sign}`);
const annotated = (entry, note) => (note ? entry.replace(/\n\}\s*$/, () => `,\n  annote = {${tex(note)}}\n}\n`) : entry);
const bibtex = async () => {
  const entries = [];
  for (const [path, { note }] of Object.entries(read().saved)) entries.push(annotated(await entryOf(path), note));
  return entries.join("\n");
};
const hasFeed = async (table, feed) => table !== "organizations" || (await fetch(feed, { method: "HEAD" }).catch(() => ({}))).ok;
const opml = async () => {
  const list = document.implementation.createDocument(null, "opml");
  const node = (parent, name, attributes = {}) => {
    const made = parent.appendChild(list.createElement(name));
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  list.documentElement.setAttribute("version", "2.0");
  node(node(list.documentElement, "head"), "title").textContent = document.title;
  const body = node(list.documentElement, "body");
  for (const table of ["tags", "organizations", "authors"]) {
    for (const [slug, name] of part("my", "opml").dataset[table] === undefined ? [] : Object.entries(read()[table])) {
      const xmlUrl = new URL(`feeds/${table}/${slug}/papers.atom`, root);
      if (await hasFeed(table, xmlUrl)) node(body, "outline", { type: "rss", text: name, title: name, xmlUrl, htmlUrl: new URL(addressOf(`${table}/${slug}.html`), root) });
    }
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(list)}\n`;
};
const ACTS = {
  json: () => download("my-digest.json", "application/json", JSON.stringify(read(), null, 2)),
  bib: async () => {
    try {
      download("my-papers.bib", "application/x-bibtex", await bibtex());
    } catch {
      say("The site cannot be reached");
    }
  },
  opml: async () => download("my-tags.opml", "text/x-opml", await opml()),
  forget: () => {
    if (confirm("Forget saved papers and the notes on them, hidden papers, tags, authors and muted words of this browser?")) changeOrSay((kept) => Object.assign(kept, clean()));
  },
};
const bothNotes = (own, brought) => {
  if (!own || brought?.includes(own)) return brought;
  return !brought || own.includes(brought) ? own : `${own}\n\n${brought}`;
};
const bringIn = async ({ target }) => {
  try {
    const given = JSON.parse(await target.files[0].text());
    if (!Object.keys(clean()).some((table) => table in given)) throw new TypeError();
    const brought = clean(given);
    const isStored = changeOrSay((kept) => {
      for (const [path, paper] of Object.entries(brought.saved)) paper.note = bothNotes(kept.saved[path]?.note, paper.note);
      for (const table of TABLES) Object.assign(kept[table], brought[table]);
      kept.words = [...new Set([...kept.words, ...brought.words])];
    });
    if (isStored) say("Brought in");
  } catch {
    say("This file is no JSON of a digest; nothing was changed");
  }
  target.value = "";
};

for (const [name, act] of Object.entries(ACTS)) part("my", name)?.addEventListener("click", act);
part("my", "import").addEventListener("change", bringIn);
part("form", "tag").addEventListener("submit", (event) => {
  event.preventDefault();
  const { selectedOptions: [option] } = event.target.tag;
  if (changeOrSay(({ tags }) => (tags[option.value] = option.text))) event.target.reset();
});
part("form", "word").addEventListener("submit", (event) => {
  event.preventDefault();
  const word = event.target.word.value.trim();
  if (changeOrSay((kept) => (kept.words = [...new Set([...kept.words, word])].filter(Boolean)))) event.target.reset();
});
const lookFurther = async (kept) => {
  said = await mutedPaths(kept, new Set(recent.map(({ day }) => day)));
  show(read());
};
onChange(show);
show(read());
const isOnDisk = location.protocol === "file:"; // where nothing can be fetched
part("my", "bib").hidden = isOnDisk;
if (isOnDisk) part("for", "new").textContent = "From a disk the latest papers cannot be read: open the site from a web server.";
else try {
  recent = (await (await fetched("api/recent.json")).json()).map((paper) => ({ ...paper, path: fileOf(paper.path) }));
  onChange(lookFurther);
  show(read());
  lookFurther(read());
} catch {
  part("for", "new").textContent = "The latest papers could not be loaded. Try again in a moment.";
}
return exports;
},
"notes": async (exports, url) => {
const { button, change, element, onChange, read, say } = await load("store");

const LONGEST = 10_000; // characters, as in shape.js
const field = element("textarea", { rows: 9, maxLength: LONGEST, dir: "auto" });
const heading = element("span", { dir: "auto" });
const dialog = element(
  "dialog",
  { className: "note-sheet", ariaLabel: "My note" },
  element("label", {}, heading, field),
  element("p", { className: "rule-told" }, "It is kept in this browser, with the paper."),
  element("form", { method: "dialog" }, element("button", {}, "Done")),
);
document.body.append(dialog);
const style = element("link", { rel: "stylesheet", href: new URL("notes.css", url) });
const isStyled = new Promise((done) => Object.assign(style, { onload: done, onerror: done }));
document.head.append(style);

const noteOf = (path) => read().saved[path]?.note ?? "";
const unkept = new Map(); // path → text that the browser had no room for
let open; // [path, paper] of the note being written

const keepIt = () => {
  const [path, paper] = open;
  const note = field.value.trim();
  const before = read().saved[path];
  unkept.delete(path);
  if (note === (before?.note ?? "")) return;
  const put = (value) =>
    change(({ saved }) => {
      if (value) saved[path] = value;
      else delete saved[path];
    });
  put({ ...(before ?? paper), note: note || undefined });
  if (noteOf(path) === note) return say("Note kept on this device", () => put(before));
  unkept.set(path, note);
  say("The browser has no room to keep it");
};
dialog.addEventListener("close", keepIt);
document.addEventListener("visibilitychange", () => document.hidden && dialog.open && keepIt());

const write = exports.write = async (path, paper) => {
  await isStyled;
  if (dialog.open) return;
  open = [path, paper];
  heading.textContent = paper.title;
  field.value = unkept.get(path) ?? noteOf(path);
  dialog.showModal();
  field.focus();
};

const showIn = exports.showIn = async (article, path, paper) => {
  await isStyled;
  const text = element("p", { className: "own-note", dir: "auto" });
  const section = element("section", {}, element("h2", { className: "unseen" }, "My note"), text, element("p", { className: "acts" }, button("Edit note", () => write(path, paper))));
  const show = () => {
    text.textContent = noteOf(path);
    section.hidden = !text.textContent;
  };
  article.querySelector(".cite").before(section);
  onChange(show);
  show();
};
return exports;
},
"paper": async (exports, url) => {
const { leadToSearch, line, onChange, read, save, say } = await load("store");

const article = document.querySelector("article.paper");
const title = line(article.querySelector("h1"));
const { path, day = "" } = article.dataset;
const buttons = Object.fromEntries([...article.querySelectorAll("[data-act]")].map((button) => [button.dataset.act, button]));
const { href: link } = document.querySelector('link[rel="canonical"]');

const copy = exports.copy = async (text) => {
  await navigator.clipboard.writeText(text);
  say("Copied");
};
const paper = { title, authors: line(article.querySelector(".authors")), day, lang: article.querySelector("h1").lang || undefined };
const saveIt = () => save(path, paper);
const notes = () => load("notes");
let note;
const on = exports.on = (button, act) =>
  button.addEventListener("click", async () => {
    try {
      await act();
    } catch (error) {
      if (error.name !== "AbortError") say("The browser did not allow it");
    }
  });
const show = (kept) => {
  buttons.save.ariaPressed = path in kept.saved;
  if (kept.saved[path]?.note) note ??= notes().then(({ showIn }) => showIn(article, path, paper));
};

on(buttons.save, saveIt);
on(buttons.note, async () => (await notes()).write(path, paper));
on(buttons.link, () => copy(link));
if (buttons.share) on(buttons.share, () => navigator.share({ title, url: link }));
on(article.querySelector(".copies button"), () => copy(line(article.querySelector(".citation"))));
for (const folded of article.querySelectorAll(".cite details")) {
  const equip = async () => (await load("cite")).equip(folded);
  if (folded.open) equip();
  else folded.addEventListener("toggle", equip, { once: true });
}
document.addEventListener("save", ({ target }) => target === article && saveIt());
leadToSearch();
load("visit").then(({ markRead, visit }) => {
  visit([]);
  markRead(path, day);
});
onChange(show);
show(read());

const related = document.querySelector(".part");
if (related) {
  const watch = new IntersectionObserver(async ([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    watch.disconnect();
    await load("papers");
  });
  watch.observe(related);
}
return exports;
},
"papers": async (exports, url) => {
const { isNew, markAllRead, markRead, muted, visit } = await load("visit");
const { button, changeOrSay, element, keep, leadToSearch, line, onChange, paperFile, read, root, save, say } = await load("store");

const articles = [...document.querySelectorAll("main article:not(.paper)")];
const titleLines = [...document.querySelectorAll("main li[data-last]")]; // papers shown by title only
const pathOf = (article) => {
  const { pathname, hash } = new URL(article.querySelector("a").href);
  return paperFile(`${pathname.slice(root.pathname.length)}${hash}`);
};
const paths = new Map([...articles, ...titleLines].map((each) => [each, pathOf(each)]));
const titles = new Map(articles.map((article) => [article, line(article.querySelector(":is(h2, h3)"))]));
const dayOf = ({ dataset }) => dataset.day ?? "";
const paperOf = (article) => ({
  title: titles.get(article),
  authors: line(article.querySelector(".byline span")),
  day: dayOf(article),
  lang: article.querySelector(":is(h2, h3)").lang || undefined,
});
const days = articles.map(dayOf);
visit(days);
const distinct = (found) => new Set(found.map((each) => paths.get(each))).size; // a list may show a paper twice
const isHome = document.body.classList.contains("home");
let showsHidden = false;
let said = new Set(); // paths of papers with a muted word in text that is not shown

const press = (button, isPressed) => {
  if (button) button.ariaPressed = isPressed;
};
const readAll = () => {
  say("All marked as read", markAllRead(days.toSorted().at(-1)));
  linkIn(articles.find((each) => each.checkVisibility()))?.focus({ preventScroll: true });
};
const tell = (fresh, hidden) => {
  const place = document.querySelector("main > .opening, .dateline");
  const old = place?.querySelector(".tidings:not(.filtered)");
  if (!place || !(hidden || fresh || old)) return;
  const told = old ?? document.createElement("p");
  told.className = "tidings";
  told.replaceChildren();
  if (fresh) told.append(({ one: `${(fresh).toLocaleString("en")} new since your last visit`, other: `${(fresh).toLocaleString("en")} new since your last visit` })[new Intl.PluralRules("en").select(fresh)], " ", button("Mark all read", readAll));
  if (fresh && hidden) told.append(" · ");
  if (hidden) {
    const turn = () => {
      showsHidden = !showsHidden;
      show(read());
      [...document.querySelectorAll(".tidings button")].at(-1)?.focus();
    };
    told.append(({ one: `${(hidden).toLocaleString("en")} hidden`, other: `${(hidden).toLocaleString("en")} hidden` })[new Intl.PluralRules("en").select(hidden)], " ", button(showsHidden ? "Hide them" : "Show them", turn));
  }
  if (!old) place.append(told);
};

const placeOf = (article) => article.closest(".ranked > li, .briefs > div") ?? article;
const linkIn = (article) => article?.querySelector(":is(h2, h3) a");
const hide = (article) => {
  const place = articles.indexOf(article);
  const next = [...articles.slice(place + 1), ...articles.slice(0, place).reverse()].find((each) => each.checkVisibility());
  keep("hidden", paths.get(article), paperOf(article), (isHidden) => {
    if (!isHidden) article.querySelector('[data-act="hide"]')?.focus();
    else if (!article.checkVisibility()) linkIn(next)?.focus();
  });
};

const mark = (article, name, isOn, words) => {
  if (name in article.dataset === isOn) return;
  article.toggleAttribute(`data-${name}`, isOn);
  const heading = article.querySelector(":is(h2, h3)");
  if (isOn) heading.prepend(element("bdi", { className: `unseen mark-${name}`, lang: document.documentElement.lang }, words));
  else heading.querySelector(`.mark-${name}`)?.remove();
};
const show = (kept) => {
  const words = muted(kept);
  const isMuted = (each) => Boolean(words) && (said.has(paths.get(each)) || words.test(each.textContent));
  const out = [];
  const fresh = [];
  for (const article of articles) {
    const path = paths.get(article);
    const isHidden = path in kept.hidden;
    const isOut = isHidden || isMuted(article);
    const isFresh = isNew(kept, path, dayOf(article));
    if (isOut) out.push(article);
    else if (isFresh) fresh.push(article);
    article.toggleAttribute("data-out", isOut);
    article.toggleAttribute("data-saved", path in kept.saved);
    mark(article, "new", isFresh, "New:" + " ");
    mark(article, "read", path in kept.read, "Read:" + " ");
    placeOf(article).hidden = isOut && !showsHidden;
    press(article.querySelector('[data-act="save"]'), path in kept.saved);
    press(article.querySelector('[data-act="hide"]'), isHidden);
  }
  for (const each of titleLines) {
    const isOut = paths.get(each) in kept.hidden || isMuted(each);
    if (isOut) out.push(each);
    each.hidden = isOut && !showsHidden;
  }
  for (const part of document.querySelectorAll("main :is(.part, .front-part)"))
    if (part.querySelector("article")) part.hidden = !showsHidden && !part.querySelector("article:not([data-out])");
  for (const button of document.querySelectorAll('[data-act="follow"]')) press(button, button.dataset.slug in kept[button.dataset.of]);
  tell(isHome ? 0 : distinct(fresh), distinct(out));
};
const lookFurther = async (kept) => {
  if (!kept.words.length) return;
  const { mutedPaths } = await load("muted");
  said = await mutedPaths(kept, new Set([...paths.keys()].map(({ dataset }) => dataset.last ?? dataset.day ?? "")));
  show(read());
  document.dispatchEvent(new CustomEvent("muted"));
};

const ACTS = {
  save: (button, article) => save(paths.get(article), paperOf(article)),
  hide: (button, article) => hide(article),
  follow: ({ dataset: { of, slug, name } }) =>
    changeOrSay(({ [of]: followed }) => {
      if (slug in followed) delete followed[slug];
      else followed[slug] = name;
    }),
};

for (const article of articles) {
  const title = titles.get(article);
  article.ariaLabel ??= title;
  for (const control of article.querySelectorAll(".acts button, .facts > :not(.tags) a, summary")) control.ariaLabel = `${line(control)}: ${title}`;
}
const opened = ({ target }) => {
  const article = target.closest("main article");
  if (articles.includes(article) && target.closest("a")?.matches(":is(h2, h3) a, .facts > li:not(.tags, .acts) a")) markRead(paths.get(article), dayOf(article));
};
for (const kind of ["click", "auxclick"]) document.addEventListener(kind, opened);
document.addEventListener("click", ({ target }) => {
  const button = target.closest("main [data-act]");
  const article = button?.closest("article");
  if (!article || articles.includes(article)) ACTS[button?.dataset.act]?.(button, article);
});
document.addEventListener("save", ({ target }) => articles.includes(target) && ACTS.save(null, target));
leadToSearch();
onChange(show);
onChange(lookFurther);
show(read());
lookFurther(read());
if (isHome && read().visit.before && location.protocol !== "file:") load("since");
const density = document.querySelector(".density select");
const setDensity = async (step) => (await load("density")).choose(step);
const chosen = document.documentElement.dataset.density;
if (density) {
  density.value = chosen;
  density.addEventListener("change", () => setDensity(density.value));
}
if (chosen === "abstracts") setDensity(chosen);

const filters = document.querySelector(".filters");
let filtering;
const filter = () => {
  filtering ??= load("filters").then(({ start }) => start(filters));
};
if (filters && location.search) filter();
for (const kind of ["focusin", "change"]) filters?.addEventListener(kind, filter);
return exports;
},
"places": async (exports, url) => {
const { root } = await load("store");

const SHARDS = 128;

const placeOf = exports.placeOf = async (path) => {
  const name = path.replace(/^papers\//, "").replace(/\.html$/, "");
  const sum = [...new TextEncoder().encode(name)].reduce((all, each) => all + each, 0);
  const response = await fetch(new URL(`papers/places/${sum % SHARDS}.json`, root));
  const places = response.ok ? await response.json() : {};
  return Object.hasOwn(places, name) ? new URL(places[name], root) : undefined;
};

const targetOf = exports.targetOf = (page, address) => {
  const [, target] = page.querySelector('meta[http-equiv="refresh"]')?.content.match(/url=(.+)/) ?? [];
  return target && new URL(target, address);
};
return exports;
},
"shape": async (exports, url) => {
const PATH = /^papers\/[a-z0-9][a-z0-9.-]*\.html$/;
const SLUG = /^[a-z0-9][a-z0-9.-]*$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

const text = (value, longest = 1000) => (typeof value === "string" ? value.slice(0, longest) : "");
const name = (value) => text(value);
const day = (value) => (DAY.test(value) ? value : "");
const kept = (table, pattern, shape) =>
  Object.fromEntries(Object.entries(table ?? {}).filter(([key]) => pattern.test(key)).map(([key, value]) => [key, shape(value ?? {})]));
const paper = ({ title, authors, day: on, lang, note }) => ({
  title: text(title),
  authors: text(authors),
  day: day(on),
  lang: LANGUAGE.test(lang) ? lang : undefined,
  note: text(note, 10_000) || undefined,
});

const clean = exports.clean = (value) => ({
  saved: kept(value?.saved, PATH, paper),
  hidden: kept(value?.hidden, PATH, paper),
  tags: kept(value?.tags, SLUG, name),
  authors: kept(value?.authors, SLUG, name),
  organizations: kept(value?.organizations, SLUG, name),
  days: kept(value?.days, DAY, name),
  read: kept(value?.read, PATH, day),
  words: (Array.isArray(value?.words) ? value.words : []).map(name).filter(Boolean),
  visit: { at: Number(value?.visit?.at) || 0, before: day(value?.visit?.before), newest: day(value?.visit?.newest) },
});

return exports;
},
"store": async (exports, url) => {
const { searchLink } = await load("keys");

const root = exports.root = new URL("..", url);
const fileOf = exports.fileOf = (address) => address.replace(/(\.html)?$/, ".html");
const addressOf = exports.addressOf = (file) => ("withoutHtml" in document.documentElement.dataset ? file.replace(/\.html$/, "") : file);
const paperFile = exports.paperFile = (address) => fileOf(address.replace(/^.*#paper-/, "papers/"));
const KEY = `broadsheet ${root.pathname}`;

const TABLES = exports.TABLES = ["saved", "hidden", "tags", "organizations", "authors", "days", "read"];

const read = exports.read = () => {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
  } catch {
  }
  const tables = TABLES.map((name) => [name, Object.assign(Object.create(null), kept?.[name])]);
  return { words: [], visit: { at: 0, before: "", newest: "" }, ...kept, ...Object.fromEntries(tables) };
};
const listeners = [];
const change = exports.change = (edit) => {
  const value = read();
  edit(value);
  let isStored = true;
  try {
    localStorage.setItem(KEY, JSON.stringify(value));
  } catch {
    isStored = false;
  }
  for (const listener of listeners) listener(read());
  return isStored;
};
const FULL = "The browser has no room to keep it";
const changeOrSay = exports.changeOrSay = (edit) => {
  const isStored = change(edit);
  if (!isStored) say(FULL);
  return isStored;
};
const onChange = exports.onChange = (listener) => {
  listeners.push(listener);
  addEventListener("storage", ({ key }) => key === KEY && listener(read()));
};

const toggle = exports.toggle = (table, path, paper) => {
  change((kept) => {
    if (path in kept[table]) delete kept[table][path];
    else kept[table][path] = paper;
  });
  return path in read()[table];
};
const SAID = { saved: ["No longer saved", "Saved on this device"], hidden: ["Shown again", "Hidden on this device"] };
const keep = exports.keep = (table, path, paper, after = () => {}) => {
  const before = read()[table][path];
  if (before?.note && !confirm("Take the paper out, and your note with it?")) return;
  const was = Boolean(before);
  const is = toggle(table, path, paper);
  const undo = () => {
    toggle(table, path, before ?? paper);
    after(was);
  };
  if (is === was) say(FULL);
  else say(SAID[table][Number(is)], undo);
  after(is);
};
const save = exports.save = (path, paper) => keep("saved", path, paper);

const line = exports.line = (element) => (element?.dataset.text ?? element?.textContent ?? "").replace(/\s+/g, " ").trim();

const element = exports.element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter(Boolean));
  return made;
};
const button = exports.button = (words, act, label) => {
  const made = element("button", { type: "button", ariaLabel: label }, words);
  made.addEventListener("click", act);
  return made;
};

const WAIT = 8000;
let status, timer;
const say = exports.say = (words, undo) => {
  if (!status) {
    status = element("p", { className: "says", role: "status" });
    document.body.append(status);
  }
  clearTimeout(timer);
  status.replaceChildren(words);
  if (undo) {
    const back = () => {
      status.replaceChildren();
      undo();
    };
    status.append(" ", button("Undo", back));
  }
  const fade = () => (status.matches(":hover, :focus-within") ? (timer = setTimeout(fade, WAIT)) : status.replaceChildren());
  timer = setTimeout(fade, undo ? WAIT : WAIT / 2);
};

const leadToSearch = exports.leadToSearch = () => {
  const search = searchLink();
  if (!search) return;
  for (const name of document.querySelectorAll(":is(.byline span, .authors) > bdi")) {
    const author = name.textContent;
    if (/[\p{L}\p{N}]/u.test(author)) name.replaceWith(element("a", { href: `${search.href}?${new URLSearchParams({ author })}` }, author));
  }
};
return exports;
},
"visit": async (exports, url) => {
const { change, read } = await load("store");

const VISIT = 30 * 60_000; // ms; after such a pause, the next page begins a new visit
const MOST_READ = 3000; // papers

const visit = exports.visit = (days) =>
  change((kept) => {
    const newest = [kept.visit.newest, ...days].toSorted().at(-1) ?? "";
    const isNext = Date.now() - kept.visit.at > VISIT;
    kept.visit = { at: Date.now(), before: isNext ? kept.visit.newest : kept.visit.before, newest };
  });
const isNew = exports.isNew = ({ visit: { before }, read: known }, path, day) => Boolean(before) && day > before && !(path in known);
const markRead = exports.markRead = (path, day) => {
  if (path in read().read) return;
  change((kept) => {
    kept.read[path] = day;
    for (const old of Object.keys(kept.read).slice(0, -MOST_READ)) delete kept.read[old];
  });
};
const markAllRead = exports.markAllRead = (day) => {
  const { visit: last } = read();
  change((kept) => {
    const newest = [kept.visit.newest, day].toSorted().at(-1);
    kept.visit = { ...kept.visit, before: newest, newest };
  });
  return () => change((kept) => (kept.visit = last));
};

const UNSPACED = `[${["Han", "Hira", "Kana", "Hang", "Thai", "Laoo", "Tibt", "Mymr", "Khmr"].map((script) => `\\p{sc=${script}}`).join("")}]`;
const LETTER = `(?!${UNSPACED})[\\p{L}\\p{N}]`;
const escaped = (word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
const muted = exports.muted = ({ words }) =>
  words.length ? new RegExp(`(?<!${LETTER}(?=${LETTER}))(?:${words.map(escaped).join("|")})(?!(?<=${LETTER})${LETTER})`, "iu") : undefined;
return exports;
},
};
for (const name of dataset.modules.trim().split(/\s+/)) if (name in modules) load(name);
}
