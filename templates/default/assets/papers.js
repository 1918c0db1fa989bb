// The papers of a list: saved, hidden, muted and new ones; and the tags one follows.
import { muted, visit } from "./visit.js";
import { change, fileOf, line, onChange, read, root, save, say, toggle } from "./store.js";

const articles = [...document.querySelectorAll("main article")];
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
const fresh = before ? articles.filter((article) => article.dataset.day > before) : [];
let showsHidden = false;

const press = (button, isPressed) => {
  if (button) button.ariaPressed = isPressed;
};

const tell = (hidden) => {
  const place = document.querySelector(".opening, .dateline");
  const old = place?.querySelector(".tidings");
  if (!place || !(hidden || fresh.length || old)) return;
  const told = old ?? document.createElement("p");
  told.className = "tidings";
  const news = fresh.length ? `${fresh.length} new since your last visit` : "";
  told.textContent = [news, hidden && `${hidden} hidden`].filter(Boolean).join(" · ");
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

const show = (kept) => {
  const words = muted(kept);
  let hidden = 0;
  for (const article of articles) {
    const path = pathOf(article);
    const isHidden = path in kept.hidden;
    const isOut = isHidden || Boolean(words?.test(article.textContent));
    hidden += isOut;
    article.toggleAttribute("data-out", isOut);
    article.toggleAttribute("data-saved", path in kept.saved);
    (article.closest(".ranked > li, .briefs > div") ?? article).hidden = isOut && !showsHidden;
    press(article.querySelector('[data-act="save"]'), path in kept.saved);
    press(article.querySelector('[data-act="hide"]'), isHidden);
  }
  for (const part of document.querySelectorAll("main :is(.part, .front-part)"))
    if (part.querySelector("article")) part.hidden = !showsHidden && !part.querySelector("article:not([data-out])");
  for (const button of document.querySelectorAll('[data-act="follow"]')) press(button, button.dataset.tag in kept.tags);
  tell(hidden);
};

const ACTS = {
  save: (button, article) => save(pathOf(article), paperOf(article)),
  hide: (button, article) => say(toggle("hidden", pathOf(article), paperOf(article)) ? "Hidden on this device" : "Shown again"),
  follow: ({ dataset: { tag, name } }) =>
    change(({ tags }) => {
      if (tag in tags) delete tags[tag];
      else tags[tag] = name;
    }),
};

for (const article of articles) {
  const title = titles.get(article);
  for (const button of article.querySelectorAll('[data-act="save"], [data-act="hide"]')) button.ariaLabel = `${button.textContent}: ${title}`;
}
for (const article of fresh) {
  const mark = Object.assign(document.createElement("span"), { className: "unseen", textContent: "New: " });
  article.dataset.new = "";
  article.querySelector(":is(h2, h3)").prepend(mark);
}
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-act]");
  ACTS[button?.dataset.act]?.(button, button.closest("article"));
});
document.addEventListener("save", ({ target }) => articles.includes(target) && ACTS.save(null, target));
onChange(show);
show(read());

const filters = document.querySelector(".filters");
filters?.addEventListener("focusin", async () => (await import("./filters.js")).start(filters), { once: true });
