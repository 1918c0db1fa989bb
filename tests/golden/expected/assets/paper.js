// The page of a paper: saved, copied, shared.
import { line, onChange, read, save, say } from "./store.js";

const article = document.querySelector("article.paper");
const title = line(article.querySelector("h1"));
const { path, day = "" } = article.dataset;
const buttons = Object.fromEntries([...article.querySelectorAll("[data-act]")].map((button) => [button.dataset.act, button]));
const { link } = buttons.link.dataset;

const copy = async (text, name) => {
  await navigator.clipboard.writeText(text);
  say(`${name} copied`);
};
const saveIt = () => save(path, { title, authors: line(article.querySelector(".authors")), day });
const on = (button, act) =>
  button.addEventListener("click", async () => {
    try {
      await act();
    } catch (error) {
      if (error.name !== "AbortError") say("The browser did not allow it");
    }
  });
const show = (kept) => {
  buttons.save.ariaPressed = path in kept.saved;
};

on(buttons.save, saveIt);
on(buttons.link, () => copy(link, "Link"));
on(buttons.share, () => navigator.share({ title, url: link }));
buttons.share.hidden = !navigator.share;
for (const copied of article.querySelectorAll(".copied")) {
  const name = line(copied.parentElement.querySelector(":scope > summary")) || "Citation";
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy", ariaLabel: `Copy ${name}` });
  const copies = Object.assign(document.createElement("div"), { className: "copies" });
  copied.replaceWith(copies);
  copies.append(copied, button);
  on(button, () => copy(copied.textContent.trim(), name));
}
document.addEventListener("save", ({ target }) => target === article && saveIt());
onChange(show);
show(read());
