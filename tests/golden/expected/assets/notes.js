import { button, change, element, onChange, read, say } from "./store.js";

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
const style = element("link", { rel: "stylesheet", href: new URL("notes.css", import.meta.url) });
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

export const write = async (path, paper) => {
  await isStyled;
  if (dialog.open) return;
  open = [path, paper];
  heading.textContent = paper.title;
  field.value = unkept.get(path) ?? noteOf(path);
  dialog.showModal();
  field.focus();
};

export const showIn = async (article, path, paper) => {
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
