// How much a list shows of each paper: headlines, excerpts or whole abstracts; remembered on this device.
import { say } from "./store.js";

const KEY = "broadsheet-density"; // scheme.js reads it before the page is painted
const STEPS = { headlines: gettext("Headlines"), "": gettext("Excerpts"), abstracts: gettext("Abstracts") };
const { dataset } = document.documentElement;
const abstracts = () => document.querySelectorAll("details.abstract");
const select = document.querySelector(".density select");

const show = () => {
  for (const each of abstracts()) each.open = dataset.density === "abstracts";
  if (!select) return;
  select.value = dataset.density;
  if (select.selectedIndex < 0) select.value = ""; // a list without abstracts shows excerpts
};
export const choose = (step) => {
  dataset.density = step;
  try {
    localStorage.setItem(KEY, step);
  } catch {
    // Without storage, the choice applies to this page only.
  }
  show();
};

// Switches to the next step that this page can show.
export const next = () => {
  const steps = Object.keys(STEPS).filter((step) => step !== "abstracts" || abstracts().length);
  const step = steps[(steps.indexOf(dataset.density) + 1) % steps.length];
  choose(step);
  say(STEPS[step]);
};
