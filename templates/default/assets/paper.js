// The page of a paper: saved, copied, shared.
import { download } from "./download.js";
import { line, onChange, read, save, say } from "./store.js";

const article = document.querySelector("article.paper");
const title = line(article.querySelector("h1"));
const { path, day = "" } = article.dataset;
const buttons = Object.fromEntries([...article.querySelectorAll("[data-act]")].map((button) => [button.dataset.act, button]));
const { href: link } = document.querySelector('link[rel="canonical"]');

const copy = async (text) => {
  await navigator.clipboard.writeText(text);
  say(gettext("Copied"));
};
const paper = { title, authors: line(article.querySelector(".authors")), day, lang: article.querySelector("h1").lang || undefined };
const saveIt = () => save(path, paper);
const notes = () => import("./notes.js");
let note;
const on = (button, act) =>
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
on(buttons.share, () => navigator.share({ title, url: link }));
buttons.share.hidden = !navigator.share;
for (const copies of article.querySelectorAll(".copies")) {
  const copied = copies.firstElementChild.textContent.trim();
  for (const button of copies.querySelectorAll("button")) {
    const { file, type } = button.dataset;
    on(button, () => (file ? download(file, type, `${copied}\n`) : copy(copied)));
  }
}
document.addEventListener("save", ({ target }) => target === article && saveIt());
import("./visit.js").then(({ markRead }) => markRead(path, day));
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
