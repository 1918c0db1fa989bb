// Applies the reader's choices of light or dark and of how much lists show before the page is painted, so that
// nothing flashes; and starts the page's modules.
"use strict";
{
  const root = document.documentElement;
  const key = "broadsheet-scheme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  const remembered = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      // Some browsers allow no storage to pages opened from disk.
      return null;
    }
  };
  const remember = (scheme) => {
    try {
      if (scheme) localStorage.setItem(key, scheme);
      else localStorage.removeItem(key);
    } catch {
      return;
    }
  };
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  // Colours the browser's own toolbar like the page.
  const bar = document.head.appendChild(make("meta", { name: "theme-color" }));
  const usual = () => (system.matches ? "dark" : "light");
  const shown = () => root.dataset.scheme ?? usual();
  const tint = () => {
    bar.content = shown() === "dark" ? "#161513" : "#fbfaf7";
  };
  const show = (scheme) => {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    tint();
  };
  system.addEventListener("change", tint);

  const density = remembered("broadsheet-density");

  root.dataset.script = "";
  root.dataset.density = ["headlines", "abstracts"].includes(density) ? density : "";
  show(remembered(key));
  root.dataset.keeps = "";
  const { src, dataset } = document.currentScript;
  const start = (name, type) => document.head.append(make("script", { type, src: new URL(`${name}.js`, src) }));

  const SAVE = ["save", gettext("Save")];
  const READING = [SAVE, ["note", pgettext("reader", "Note")], ["link", gettext("Copy link")]];
  if (navigator.share) READING.push(["share", gettext("Share")]);
  const ACTS = { facts: [SAVE, ["hide", gettext("Hide")]], reading: READING };
  let equipped = 0;
  const equip = (isWhole) => {
    for (const list of [...document.querySelectorAll("article > .facts, .reading")].slice(equipped)) {
      // It is still arriving.
      if (!isWhole && !list.nextSibling) return;
      const item = make("li", { className: "acts" });
      for (const [act, textContent] of ACTS[list.className]) {
        const button = make("button", { type: "button", textContent });
        button.dataset.act = act;
        item.append(button, " ");
      }
      list.append(item);
      equipped += 1;
    }
  };
  // Only a script can save a paper, so the HTML has no such buttons: they are added while the page loads, before it is painted.
  const arriving = new MutationObserver(() => equip(false));
  arriving.observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    arriving.disconnect();
    equip(true);
    // Browsers load no modules from disk, so one script contains them all.
    if (location.protocol === "file:") start("disk", "");
    else for (const name of dataset.modules.trim().split(/\s+/)) start(name, "module");
  });

  document.addEventListener("click", (event) => {
    const folded = document.querySelector("nav details[open]");
    if (folded && !folded.contains(event.target)) folded.open = false;
    if (!event.target.closest(".scheme")) return;
    const next = shown() === "dark" ? "light" : "dark";
    const choice = next === usual() ? "" : next;
    remember(choice);
    show(choice);
  });
  addEventListener("storage", (event) => {
    if (event.key === key) show(event.newValue);
  });
}
