// The papers of a list: which are saved, hidden, muted, read or new; and following a tag, organisation or author.
import { isNew, markAllRead, markRead, muted, visit } from "./visit.js";
import { button, changeOrSay, element, keep, leadToSearch, line, onChange, paperFile, read, root, save, say } from "./store.js";

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
  say(gettext("All marked as read"), markAllRead(days.toSorted().at(-1)));
  // The button that had the focus is gone.
  linkIn(articles.find((each) => each.checkVisibility()))?.focus({ preventScroll: true });
};
const tell = (fresh, hidden) => {
  const place = document.querySelector("main > .opening, .dateline");
  const old = place?.querySelector(".tidings:not(.filtered)");
  if (!place || !(hidden || fresh || old)) return;
  const told = old ?? document.createElement("p");
  told.className = "tidings";
  told.replaceChildren();
  if (fresh) told.append(ngettext("%(count)s new since your last visit", "%(count)s new since your last visit", fresh), " ", button(gettext("Mark all read"), readAll));
  if (fresh && hidden) told.append(" · ");
  if (hidden) {
    const turn = () => {
      showsHidden = !showsHidden;
      show(read());
      [...document.querySelectorAll(".tidings button")].at(-1)?.focus();
    };
    told.append(ngettext("%(count)s hidden", "%(count)s hidden", hidden), " ", button(showsHidden ? gettext("Hide them") : gettext("Show them"), turn));
  }
  if (!old) place.append(told);
};

const placeOf = (article) => article.closest(".ranked > li, .briefs > div") ?? article;
const linkIn = (article) => article?.querySelector(":is(h2, h3) a");
// Hides a paper, or shows it again; the focus moves to the next paper, and returns with this one.
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
    mark(article, "new", isFresh, gettext("New:") + " ");
    mark(article, "read", path in kept.read, gettext("Read:") + " ");
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
// A muted word may also be in text that a list does not show.
const lookFurther = async (kept) => {
  if (!kept.words.length) return;
  const { mutedPaths } = await import("./muted.js");
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
  for (const control of article.querySelectorAll(".acts button, .facts > :not(.tags) a, summary")) control.ariaLabel = gettext("%(act)s: %(name)s", { act: line(control), name: title });
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
if (isHome && read().visit.before && location.protocol !== "file:") import("./since.js");
const density = document.querySelector(".density select");
const setDensity = async (step) => (await import("./density.js")).choose(step);
const chosen = document.documentElement.dataset.density;
if (density) {
  density.value = chosen;
  density.addEventListener("change", () => setDensity(density.value));
}
if (chosen === "abstracts") setDensity(chosen);

const filters = document.querySelector(".filters");
let filtering;
const filter = () => {
  filtering ??= import("./filters.js").then(({ start }) => start(filters));
};
if (filters && location.search) filter();
for (const kind of ["focusin", "change"]) filters?.addEventListener(kind, filter);
