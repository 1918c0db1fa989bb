// The data that a reader keeps, stored in this browser only; shape.js describes it.
import { searchLink } from "./keys.js";

export const root = new URL("..", import.meta.url);
// Pages are stored under their file names, and linked to by the site's form of addresses.
export const fileOf = (address) => address.replace(/(\.html)?$/, ".html");
export const addressOf = (file) => ("withoutHtml" in document.documentElement.dataset ? file.replace(/\.html$/, "") : file);
// A paper without a page of its own is stored under the name that its page would have.
export const paperFile = (address) => fileOf(address.replace(/^.*#paper-/, "papers/"));
const KEY = `broadsheet ${root.pathname}`;

export const TABLES = ["saved", "hidden", "tags", "organizations", "authors", "days", "read"];

export const read = () => {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
  } catch {
    // The browser may allow no storage.
  }
  // Without a prototype, from which every table would inherit a tag `constructor`.
  const tables = TABLES.map((name) => [name, Object.assign(Object.create(null), kept?.[name])]);
  return { words: [], visit: { at: 0, before: "", newest: "" }, ...kept, ...Object.fromEntries(tables) };
};
const listeners = [];
// Returns whether the browser stored the change.
export const change = (edit) => {
  const value = read();
  edit(value);
  let isStored = true;
  try {
    localStorage.setItem(KEY, JSON.stringify(value));
  } catch {
    isStored = false;
  }
  for (const listener of listeners) listener(read());
  return isStored;
};
const FULL = gettext("The browser has no room to keep it");
// Makes a change that the reader asked for, and says so if it could not be stored; returns whether it was.
export const changeOrSay = (edit) => {
  const isStored = change(edit);
  if (!isStored) say(FULL);
  return isStored;
};
// Calls the listener after every change, also one made in another tab.
export const onChange = (listener) => {
  listeners.push(listener);
  addEventListener("storage", ({ key }) => key === KEY && listener(read()));
};

// Saves or hides a paper, or undoes that; returns whether it is in the table now.
export const toggle = (table, path, paper) => {
  change((kept) => {
    if (path in kept[table]) delete kept[table][path];
    else kept[table][path] = paper;
  });
  return path in read()[table];
};
const SAID = { saved: [gettext("No longer saved"), gettext("Saved on this device")], hidden: [gettext("Shown again"), gettext("Hidden on this device")] };
// Does the same, says so and offers to undo it. after: called when it is done and when it is undone.
export const keep = (table, path, paper, after = () => {}) => {
  const before = read()[table][path];
  if (before?.note && !confirm(gettext("Take the paper out, and your note with it?"))) return;
  const was = Boolean(before);
  const is = toggle(table, path, paper);
  const undo = () => {
    toggle(table, path, before ?? paper);
    after(was);
  };
  if (is === was) say(FULL);
  else say(SAID[table][Number(is)], undo);
  after(is);
};
export const save = (path, paper) => keep("saved", path, paper);

export const line = (element) => (element?.dataset.text ?? element?.textContent ?? "").replace(/\s+/g, " ").trim();

export const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter(Boolean));
  return made;
};
export const button = (words, act, label) => {
  const made = element("button", { type: "button", ariaLabel: label }, words);
  made.addEventListener("click", act);
  return made;
};

// How long a message stays on the screen, in ms.
const WAIT = 8000;
let status, timer;
// Shows a short message, which screen readers announce. undo: called by a button next to it.
export const say = (words, undo) => {
  if (!status) {
    status = element("p", { className: "says", role: "status" });
    document.body.append(status);
  }
  clearTimeout(timer);
  status.replaceChildren(words);
  if (undo) {
    const back = () => {
      status.replaceChildren();
      undo();
    };
    status.append(" ", button(gettext("Undo"), back));
  }
  const fade = () => (status.matches(":hover, :focus-within") ? (timer = setTimeout(fade, WAIT)) : status.replaceChildren());
  timer = setTimeout(fade, undo ? WAIT : WAIT / 2);
};

// Links names of authors to the search, which needs scripts; so the HTML has no such links.
export const leadToSearch = () => {
  const search = searchLink();
  if (!search) return;
  for (const name of document.querySelectorAll(":is(.byline span, .authors) > bdi")) {
    const author = name.textContent;
    if (/[\p{L}\p{N}]/u.test(author)) name.replaceWith(element("a", { href: `${search.href}?${new URLSearchParams({ author })}` }, author));
  }
};
