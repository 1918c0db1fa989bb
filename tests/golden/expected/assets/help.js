import { isOff, KEYS, turn } from "./keys.js";

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const rows = Object.entries(KEYS).map(([key, [, words]]) =>
  element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, words)),
);
const isOn = element("input", { type: "checkbox", checked: !isOff() });
isOn.addEventListener("change", () => turn(isOn.checked));
const dialog = element(
  "dialog",
  { className: "help", ariaLabel: "Keyboard" },
  element("h2", {}, "Keyboard"),
  element("dl", {}, ...rows),
  element("label", {}, isOn, " " + "Single keys work on this site"),
  element("form", { method: "dialog" }, element("button", {}, "Close")),
);
document.body.append(dialog);
const style = element("link", { rel: "stylesheet", href: new URL("help.css", import.meta.url) });
const isStyled = new Promise((done) => Object.assign(style, { onload: done, onerror: done }));
document.head.append(style);

export const show = async () => {
  await isStyled;
  isOn.checked = !isOff();
  if (!dialog.open) dialog.showModal();
};
