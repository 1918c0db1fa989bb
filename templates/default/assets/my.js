// The reader's own digest, made from the data in this browser and the papers of the newest digests.
import { download } from "./download.js";
import { headline, shortDay } from "./listing.js";
import { placeOf, targetOf } from "./places.js";
import { clean } from "./shape.js";
import { write } from "./notes.js";
import { TABLES, addressOf, button, changeOrSay, element, fileOf, keep, onChange, read, root, say } from "./store.js";
import { mutedPaths } from "./muted.js";
import { muted } from "./visit.js";

const part = (name, value) => document.querySelector(`[data-${name}="${value}"]`);

const fetched = async (path) => {
  const response = await fetch(new URL(path, root));
  if (!response.ok) throw Object.assign(new Error(response.statusText), { isGone: [404, 410].includes(response.status) });
  return response;
};
let recent;
let said = new Set(); // paths of papers with a muted word in text that is not shown

// The address of an arXiv paper contains its number, from which its record and its PDF follow.
const recordsOf = (path) => {
  const [, number] = path.match(/^papers\/(\d{4}\.\d{4,5})\.html$/) ?? [];
  const kinds = number ? { PDF: "pdf", arXiv: "abs" } : {};
  return Object.entries(kinds).map(([name, kind]) => element("li", {}, element("a", { href: `https://arxiv.org/${kind}/${number}` }, name)));
};
// Text from papers and files is only ever inserted as text, never as HTML.
const inLanguage = (lang) => ({ dir: "auto", ...(lang && { lang }) });
const brief = (path, { title, authors, day, lang: own, textLang = own, excerpt, place, note }, ...acts) =>
  element(
    "article",
    { className: "brief" },
    element("h3", inLanguage(own), element("a", { href: new URL(place ?? addressOf(path), root) }, ...headline(title))),
    element("p", { className: "byline" }, element("bdi", {}, authors)),
    excerpt && element("p", { className: "abstract", ...inLanguage(textLang) }, excerpt),
    note && element("p", { className: "own-note", dir: "auto" }, note),
    element("ul", { className: "facts" }, day && element("li", {}, gettext("In the digest of %(day)s", { day: shortDay(day) })), ...recordsOf(path), element("li", { className: "acts" }, ...acts)),
  );
const edit = (table, path, value) => () =>
  changeOrSay((kept) => {
    if (value) kept[table][path] = value;
    else delete kept[table][path];
  });
const saveButton = (paper, isSaved) => {
  const made = button(gettext("Save"), edit("saved", paper.path, !isSaved && paper), gettext("Save: %(title)s", { title: paper.title }));
  made.ariaPressed = isSaved;
  return made;
};
const chosen = (name, link, words, act) =>
  element("li", {}, link ? element("a", { href: new URL(addressOf(link), root) }, name) : name, " ", button(words, act, gettext("%(act)s: %(name)s", { act: words, name })));

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
    ? ngettext("%(count)s paper of the latest digests is of what you follow.", "%(count)s papers of the latest digests are of what you follow.", found.length)
    : gettext("Follow a tag below, or a tag, an organisation or an author on their pages, and their latest papers stand here.");
  part("list", "new").replaceChildren(
    ...found.map((paper) => brief(paper.path, paper, saveButton(paper, paper.path in kept.saved))),
  );
};
const showAll = (kept) => {
  showNew(kept);
  const saved = Object.entries(kept.saved).reverse();
  part("for", "saved").textContent = saved.length ? "" : gettext("Papers you save stand here: press Save below a paper, or the key S.");
  part("list", "saved").replaceChildren(
    ...saved.map(([path, paper]) =>
      brief(
        path,
        paper,
        button(pgettext("reader", "Note"), () => write(path, paper), gettext("My note: %(title)s", { title: paper.title })),
        button(gettext("Remove"), () => keep("saved", path, paper), gettext("Remove: %(title)s", { title: paper.title })),
      ),
    ),
  );
  part("list", "tags").replaceChildren(
    ...["tags", "organizations", "authors"].flatMap((table) =>
      Object.entries(kept[table]).map(([slug, name]) => chosen(name, `${table}/${slug}.html`, gettext("Unfollow"), edit(table, slug))),
    ),
  );
  part("list", "days")?.replaceChildren(
    ...Object.keys(kept.days).toSorted().reverse().map((day) => chosen(shortDay(day), `days/${day}.html`, gettext("Remove"), edit("days", day))),
  );
  part("list", "words").replaceChildren(
    ...kept.words.map((word) => chosen(word, "", gettext("Unmute"), () => changeOrSay((value) => (value.words = value.words.filter((each) => each !== word))))),
  );
  part("list", "hidden").replaceChildren(
    ...Object.entries(kept.hidden).map(([path, { title }]) => chosen(title, path, gettext("Show"), edit("hidden", path))),
  );
};

// Keeps the focus when the button just pressed is replaced or removed.
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

// Returns a page; one that has moved is fetched from its new address.
const pageOf = async (address) => {
  const response = await fetched(address);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const target = targetOf(page, response.url);
  return target ? pageOf(target) : page;
};
// Throws an error if the site cannot be reached, since the paper may still be there.
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
// Characters with a meaning in TeX; BibTeX counts braces even if they are escaped.
const IN_TEX = { "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
const tex = (text) => text.replace(/[\\{}~^%&#_$]/g, (sign) => IN_TEX[sign] ?? `\\${sign}`);
const annotated = (entry, note) => (note ? entry.replace(/\n\}\s*$/, () => `,\n  annote = {${tex(note)}}\n}\n`) : entry);
const bibtex = async () => {
  const entries = [];
  for (const [path, { note }] of Object.entries(read().saved)) entries.push(annotated(await entryOf(path), note));
  return entries.join("\n");
};
// Only organisations with many papers have a feed.
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
      say(gettext("The site cannot be reached"));
    }
  },
  opml: async () => download("my-tags.opml", "text/x-opml", await opml()),
  forget: () => {
    if (confirm(gettext("Forget saved papers and the notes on them, hidden papers, tags, authors and muted words of this browser?"))) changeOrSay((kept) => Object.assign(kept, clean()));
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
    if (isStored) say(gettext("Brought in"));
  } catch {
    say(gettext("This file is no JSON of a digest; nothing was changed"));
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
if (isOnDisk) part("for", "new").textContent = gettext("From a disk the latest papers cannot be read: open the site from a web server.");
else try {
  recent = (await (await fetched("api/recent.json")).json()).map((paper) => ({ ...paper, path: fileOf(paper.path) }));
  onChange(lookFurther);
  show(read());
  lookFurther(read());
} catch {
  part("for", "new").textContent = gettext("The latest papers could not be loaded. Try again in a moment.");
}
