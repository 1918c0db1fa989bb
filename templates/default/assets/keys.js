// Single-key shortcuts, and the list of them.
// WCAG 2.1.4 requires a way to turn shortcuts off.
const OFF = "broadsheet-keys-off";
const PAPERS = "main article:not([hidden], .paper), main .results > li";

export const isOff = () => {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
};
export const turn = (on) => {
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
export const searchLink = () => document.querySelector('nav a:is([href$="search.html"], [href="search"], [href$="/search"])');
const search = () => {
  const field = document.querySelector("#query");
  if (field) field.focus();
  else searchLink()?.click();
};
const help = async () => (await import("./help.js")).show();
const density = async () => document.querySelector("main article:not(.paper)") && (await import("./density.js")).next();
const save = () => (current() ?? document.querySelector("article.paper"))?.dispatchEvent(new CustomEvent("save", { bubbles: true }));

// Key → its action, and a description.
export const KEYS = {
  "/": [search, gettext("Search")],
  j: [() => step(1), gettext("Next paper")],
  k: [() => step(-1), gettext("Previous paper")],
  o: [() => linkOf(current())?.click(), gettext("Open the paper")],
  s: [save, gettext("Save the paper, or take it out again")],
  d: [density, gettext("Headlines, excerpts or abstracts")],
  "?": [help, gettext("This list")],
};

addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, dialog[open], [contenteditable]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || isOff()) return;
  const [act] = KEYS[event.key] ?? [];
  if (!act) return;
  event.preventDefault();
  act();
});
const button = Object.assign(document.createElement("button"), { type: "button", textContent: gettext("Keyboard"), onclick: help });
const item = Object.assign(document.createElement("li"), { className: "acts" });
item.append(button);
document.querySelector(".imprint .inline")?.append(item);
