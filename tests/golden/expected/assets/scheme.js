// Remembers the reader's choice of light or dark. It stands before the style sheet, so that no page flashes.
"use strict";
{
  const root = document.documentElement;
  const key = "broadsheet-scheme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  const remembered = () => {
    try {
      return localStorage.getItem(key);
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

  root.dataset.script = "";
  if (location.protocol !== "file:") root.dataset.keeps = ""; // modules do not run from a disk
  show(remembered());

  document.addEventListener("click", (event) => {
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
