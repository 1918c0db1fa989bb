// What lists of papers that a script makes have in common: headlines, and days in words.
import { element } from "./store.js";

const { lang } = document.documentElement;
// A month or a year alone is shown as such.
export const shortDay = (day) => {
  const [year, month, date] = day.split("-");
  const options = { day: date && "numeric", month: month && "long", year: "numeric", timeZone: "UTC" };
  return new Date(`${year}-${month ?? "01"}-${date ?? "01"}T00:00Z`).toLocaleDateString(lang === "en" ? "en-GB" : `${lang}-u-nu-latn`, options);
};
// A title in which no line is broken behind a hyphen.
export const headline = (title, marked = (part) => [part]) =>
  title.split(/(?<!\S)([^\s\-\u2010]+[-\u2010]\S+)/).flatMap((part, index) => {
    const parts = marked(part);
    return index % 2 ? [element("span", { className: "whole" }, ...parts)] : parts;
  });
