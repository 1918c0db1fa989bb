// The papers of a list: saved, hidden, muted and new ones; and the tags and authors one follows.
import { muted, visit } from "./visit.js";
import { change, fileOf, keep, line, onChange, read, root, save } from "./store.js";

const articles = [...document.querySelectorAll("main article:not(.paper)")];
// A paper without a page of its own is kept under the name that its page would have.
const pathOf = (article) => {
  const { pathname, hash } = new URL(article.querySelector(":is(h2, h3) a").href);
  return hash.startsWith("#paper-") ? `papers/${hash.slice(7)}.html` : fileOf(pathname.slice(root.pathname.length));
};
const titles = new Map(articles.map((article) => [article, line(article.querySelector(":is(h2, h3)"))]));
const paperOf = (article) => ({
  title: titles.get(article),
  authors: line(article.querySelector(".byline span")),
  day: article.dataset.day ?? "",
});
const before = visit(articles.map((article) => article.dataset.day ?? ""));
const distinct = (found) => new Set(found.map(pathOf)).size; // a list may show a paper twice
const fresh = before ? articles.filter((article) => article.dataset.day > before) : [];
let showsHidden = false;

const press = (button, isPressed) => {
  if (button) button.ariaPressed = isPressed;
};

const tell = (hidden) => {
  const place = document.querySelector("main > .opening, .dateline");
  const old = place?.querySelector(".tidings");
  if (!place || !(hidden || fresh.length || old)) return;
  const told = old ?? document.createElement("p");
  told.className = "tidings";
  const news = fresh.length ? ({ one: `${(distinct(fresh)).toLocaleString("en")} new since your last visit`, other: `${(distinct(fresh)).toLocaleString("en")} new since your last visit` })[new Intl.PluralRules("en").select(distinct(fresh))] : "";
  told.textContent = [news, hidden && ({ one: `${(hidden).toLocaleString("en")} hidden`, other: `${(hidden).toLocaleString("en")} hidden` })[new Intl.PluralRules("en").select(hidden)]].filter(Boolean).join(" · ");
  if (hidden) {
    const button = document.createElement("button");
    button.textContent = showsHidden ? "Hide them" : "Show them";
    button.addEventListener("click", () => {
      showsHidden = !showsHidden;
      show(read());
      document.querySelector(".tidings button")?.focus();
    });
    told.append(" ", button);
  }
  if (!old) place.append(told);
};

const placeOf = (article) => article.closest(".ranked > li, .briefs > div") ?? article;
const linkIn = (article) => article?.querySelector(":is(h2, h3) a");
// Hides a paper, or shows it again; the focus goes on to the paper behind it, and comes back with it.
const hide = (article) => {
  const place = articles.indexOf(article);
  const next = [...articles.slice(place + 1), ...articles.slice(0, place).reverse()].find((each) => each.checkVisibility());
  keep("hidden", pathOf(article), paperOf(article), (isHidden) => {
    if (!isHidden) article.querySelector('[data-act="hide"]')?.focus();
    else if (!article.checkVisibility()) linkIn(next)?.focus();
  });
};

const show = (kept) => {
  const words = muted(kept);
  const out = [];
  for (const article of articles) {
    const path = pathOf(article);
    const isHidden = path in kept.hidden;
    const isOut = isHidden || Boolean(words?.test(article.textContent));
    if (isOut) out.push(article);
    article.toggleAttribute("data-out", isOut);
    article.toggleAttribute("data-saved", path in kept.saved);
    placeOf(article).hidden = isOut && !showsHidden;
    press(article.querySelector('[data-act="save"]'), path in kept.saved);
    press(article.querySelector('[data-act="hide"]'), isHidden);
  }
  for (const part of document.querySelectorAll("main :is(.part, .front-part)"))
    if (part.querySelector("article")) part.hidden = !showsHidden && !part.querySelector("article:not([data-out])");
  for (const button of document.querySelectorAll('[data-act="follow"]')) press(button, button.dataset.author in kept.authors || button.dataset.tag in kept.tags);
  tell(distinct(out));
};

const ACTS = {
  save: (button, article) => save(pathOf(article), paperOf(article)),
  hide: (button, article) => hide(article),
  follow: ({ dataset: { tag, author, name } }) =>
    change(({ tags, authors }) => {
      const [table, slug] = author ? [authors, author] : [tags, tag];
      if (slug in table) delete table[slug];
      else table[slug] = name;
    }),
};

for (const article of articles) {
  const title = titles.get(article);
  for (const control of article.querySelectorAll(".acts button, .facts > :not(.tags) a, summary")) control.ariaLabel = `${line(control)}: ${title}`;
}
for (const article of fresh) {
  const mark = Object.assign(document.createElement("span"), { className: "unseen", textContent: "New:" + " " });
  article.dataset.new = "";
  article.querySelector(":is(h2, h3)").prepend(mark);
}
document.addEventListener("click", ({ target }) => {
  const button = target.closest("main [data-act]");
  const article = button?.closest("article");
  if (!article || articles.includes(article)) ACTS[button?.dataset.act]?.(button, article);
});
document.addEventListener("save", ({ target }) => articles.includes(target) && ACTS.save(null, target));
onChange(show);
show(read());
const density = document.querySelector(".density select");
const setDensity = async (step) => (await import("./density.js")).choose(step);
const chosen = document.documentElement.dataset.density;
if (density) {
  density.value = chosen;
  density.addEventListener("change", () => setDensity(density.value));
}
if (chosen === "abstracts") setDensity(chosen);

const filters = document.querySelector(".filters");
filters?.addEventListener("focusin", async () => (await import("./filters.js")).start(filters), { once: true });
