// Remembers the reader's choice of light or dark and of how much lists show, before the page is painted, so that none
// flashes; and starts the modules of the page.
"use strict";
{
  const root = document.documentElement;
  const key = "broadsheet-scheme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  const remembered = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // storage is closed to pages opened from a disk in some browsers
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
  const show = (scheme) => {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  };

  const density = remembered("broadsheet-density");

  root.dataset.script = "";
  root.dataset.density = ["headlines", "abstracts"].includes(density) ? density : "";
  show(remembered(key));
  root.dataset.keeps = "";
  const { src, dataset } = document.currentScript;
  const start = (name, type) => document.head.append(Object.assign(document.createElement("script"), { type, src: new URL(`${name}.js`, src) }));
  document.addEventListener("DOMContentLoaded", () => {
    if (location.protocol === "file:") start("disk", ""); // which holds the modules: browsers load none from a disk
    else for (const name of dataset.modules.trim().split(/\s+/)) start(name, "module");
  });

  document.addEventListener("click", (event) => {
    const folded = document.querySelector("nav details[open]");
    if (folded && !folded.contains(event.target)) folded.open = false;
    if (!event.target.closest(".scheme")) return;
    const usual = system.matches ? "dark" : "light";
    const next = (root.dataset.scheme ?? usual) === "dark" ? "light" : "dark";
    const choice = next === usual ? "" : next;
    remember(choice);
    show(choice);
  });
  addEventListener("storage", (event) => {
    if (event.key === key) show(event.newValue);
  });
}
