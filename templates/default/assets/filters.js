// The filters of a list: which papers are shown, their order within each section, and a count of those shown.
import { button, element, onChange } from "./store.js";

// Arabic writes one and two as words, without a digit.
const WORDED = [1, 2].map((count) => [ngettext("%(count)s upvote", "%(count)s upvotes", count), ngettext("%(count)s comment", "%(count)s comments", count)]);
const number = (article, kind) => {
  const text = article.querySelector(kind)?.textContent ?? "";
  return Number(text.replace(/\D/g, "")) || WORDED.findIndex((each) => each.includes(text)) + 1;
};
const published = (article) => article.querySelector("time")?.dateTime ?? "";
const title = (article) => article.querySelector("h3 a").textContent; // without the marks before it
const linkOf = (article) => article.querySelector("h3 a").href;
const articleIn = (item) => (item.matches("article") ? item : item.querySelector("article"));
const DAY = 86_400_000; // ms

// Order → comparison of two papers; without one, papers stay in the order of the page.
const ORDERS = {
  upvotes: (a, b) => number(b, ".upvotes") - number(a, ".upvotes"),
  comments: (a, b) => number(b, ".comments") - number(a, ".comments"),
  published: (a, b) => published(b).localeCompare(published(a)),
  title: (a, b) => title(a).localeCompare(title(b)),
};
// Filter → whether a paper matches the chosen value. newest: the latest day on the page.
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

export const start = (form) => {
  const groups = [...document.querySelectorAll("main :is(.leads, .cards, .briefs)")].map((group) => [group, [...group.children].filter(articleIn)]);
  const articles = groups.flatMap(([, printed]) => printed.map(articleIn));
  const newest = articles.map(({ dataset }) => dataset.day ?? "").toSorted().at(-1);
  const told = element("p", { className: "tidings filtered", role: "status" });
  const all = button(gettext("Show all"), () => {
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
      // Moving a paper in the document would drop the focus inside it.
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
      ? ngettext("%(shown)s of %(count)s paper on this page", "%(shown)s of %(count)s papers on this page", total, { shown }) + " "
      : ngettext("No paper on this page fits: 0 of %(count)s paper is shown.", "No paper on this page fits: 0 of %(count)s papers are shown.", total) + " ";
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
