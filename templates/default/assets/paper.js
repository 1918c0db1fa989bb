// The page of a paper: save, copy and share it.
import { leadToSearch, line, onChange, read, save, say } from "./store.js";

const article = document.querySelector("article.paper");
const title = line(article.querySelector("h1"));
const { path, day = "" } = article.dataset;
const buttons = Object.fromEntries([...article.querySelectorAll("[data-act]")].map((button) => [button.dataset.act, button]));
const { href: link } = document.querySelector('link[rel="canonical"]');

export const copy = async (text) => {
  await navigator.clipboard.writeText(text);
  say(gettext("Copied"));
};
const paper = { title, authors: line(article.querySelector(".authors")), day, lang: article.querySelector("h1").lang || undefined };
const saveIt = () => save(path, paper);
const notes = () => import("./notes.js");
let note;
export const on = (button, act) =>
  button.addEventListener("click", async () => {
    try {
      await act();
    } catch (error) {
      if (error.name !== "AbortError") say(gettext("The browser did not allow it"));
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
  const equip = async () => (await import("./cite.js")).equip(folded);
  if (folded.open) equip();
  else folded.addEventListener("toggle", equip, { once: true });
}
document.addEventListener("save", ({ target }) => target === article && saveIt());
leadToSearch();
import("./visit.js").then(({ markRead, visit }) => {
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
    await import("./papers.js");
  });
  watch.observe(related);
}
