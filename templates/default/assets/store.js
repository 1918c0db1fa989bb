// What the reader keeps, in this browser only; shape.js says what that is.
import { searchLink } from "./keys.js";

export const root = new URL("..", import.meta.url);
// A page is kept under the name of its file, and linked to as the site's addresses are.
export const fileOf = (address) => address.replace(/(\.html)?$/, ".html");
export const addressOf = (file) => ("withoutHtml" in document.documentElement.dataset ? file.replace(/\.html$/, "") : file);
// A paper without a page of its own is kept under the name that its page would have.
export const paperFile = (address) => fileOf(address.replace(/^.*#paper-/, "papers/"));
const KEY = `broadsheet ${root.pathname}`;

const NOTHING = '{"saved":{},"hidden":{},"tags":{},"organizations":{},"authors":{},"days":{},"words":[],"read":{},"visit":{"at":0,"before":"","newest":""}}';
// Objects without a prototype, in which no tag is found that was not put there, such as `constructor`.
const bare = (value) => (value && typeof value === "object" && !Array.isArray(value) ? Object.assign(Object.create(null), value) : value);
const parse = (text) => JSON.parse(text, (_, value) => bare(value));
export const read = () => {
  try {
    return { ...parse(NOTHING), ...parse(localStorage.getItem(KEY)) };
  } catch {
    return parse(NOTHING);
  }
};
const write = (value) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(value));
  } catch {
    return; // a full or closed storage keeps nothing, and the page still reads
  }
};
const listeners = [];
export const change = (edit) => {
  const value = read();
  edit(value);
  write(value);
  for (const listener of listeners) listener(read()); // what was kept, which a full storage may not have
};
// Calls the listener after every change, also one made in another tab.
export const onChange = (listener) => {
  listeners.push(listener);
  addEventListener("storage", ({ key }) => key === KEY && listener(read()));
};

// Saves or hides a paper, or takes it out again; returns whether it is in the table now.
export const toggle = (table, path, paper) => {
  change((kept) => {
    if (path in kept[table]) delete kept[table][path];
    else kept[table][path] = paper;
  });
  return path in read()[table];
};
const SAID = { saved: [gettext("No longer saved"), gettext("Saved on this device")], hidden: [gettext("Shown again"), gettext("Hidden on this device")] };
// Does the same and says so, with a way back; after: is called when it was done or taken back.
export const keep = (table, path, paper, after = () => {}) => {
  const before = read()[table][path];
  if (before?.note && !confirm(gettext("Take the paper out, and your note with it?"))) return;
  const was = Boolean(before);
  const is = toggle(table, path, paper);
  const undo = () => {
    toggle(table, path, before ?? paper);
    after(was);
  };
  if (is === was) say(gettext("The browser has no room to keep it"));
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

const WAIT = 8000; // ms that words stay on the screen
let status, timer;
// Says a few words to the eye and to screen readers; undo: takes back what was done, at the press of a button.
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

// Names of authors lead to what the search finds of them; a script alone can search, so no page carries these links.
export const leadToSearch = () => {
  const search = searchLink();
  if (!search) return;
  for (const name of document.querySelectorAll(":is(.byline span, .authors) > bdi")) {
    const author = name.textContent;
    if (/[\p{L}\p{N}]/u.test(author)) name.replaceWith(element("a", { href: `${search.href}?${new URLSearchParams({ author })}` }, author));
  }
};
