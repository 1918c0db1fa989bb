// Parts of search results that other lists have too: headline, date, links, Save and Hide.
import { headline, shortDay } from "./listing.js";
import { element, keep, onChange, paperFile, read } from "./store.js";

export { headline, read };

export const dated = ({ day, unlisted }) => (unlisted ? gettext("Published %(day)s", { day: shortDay(day) }) : gettext("Listed %(day)s", { day: shortDay(day) }));
// The address of an arXiv record follows from that of its PDF.
const recordOf = ({ pdf, record }) => record ?? (pdf?.includes("arxiv.org/pdf/") && ["arXiv", pdf.replace("/pdf/", "/abs/")]);
export const linksOf = ({ pdf, record, title }) =>
  [pdf && ["PDF", pdf], recordOf({ pdf, record })]
    .filter(Boolean)
    .map(([name, href]) => element("li", {}, element("a", { href, ariaLabel: gettext("%(act)s: %(name)s", { act: name, name: title }) }, name)));

// Returns the two buttons of a result.
export const actsOf = (item, { path, ...paper }) => {
  const file = paperFile(path);
  const make = (table, words, after) => {
    const button = element("button", { type: "button", ariaLabel: gettext("%(act)s: %(name)s", { act: words, name: paper.title }) }, words);
    const press = () => {
      button.ariaPressed = file in read()[table];
    };
    button.addEventListener("click", () => keep(table, file, paper, after));
    press();
    return Object.assign(button, { press });
  };
  const saving = make("saved", gettext("Save"));
  // The focus moves to the next visible result, and returns with this one.
  const hiding = make("hidden", gettext("Hide"), (isHidden) => {
    const results = [...item.parentNode.children];
    const place = results.indexOf(item);
    const next = [...results.slice(place + 1), ...results.slice(0, place).reverse()].find(({ hidden }) => !hidden);
    item.hidden = isHidden;
    (isHidden ? next?.querySelector("h3 a") : hiding)?.focus();
  });
  item.addEventListener("save", () => saving.click());
  return element("li", { className: "acts" }, saving, " ", hiding);
};
onChange(() => {
  for (const button of document.querySelectorAll(".results .acts button")) button.press();
});
