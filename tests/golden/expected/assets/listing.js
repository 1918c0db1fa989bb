import { element } from "./store.js";

const { lang } = document.documentElement;
export const shortDay = (day) => {
  const [year, month, date] = day.split("-");
  const options = { day: date && "numeric", month: month && "long", year: "numeric", timeZone: "UTC" };
  return new Date(`${year}-${month ?? "01"}-${date ?? "01"}T00:00Z`).toLocaleDateString(lang.split("-")[0] === "en" ? "en-GB" : `${lang}-u-nu-latn`, options);
};
export const headline = (title, marked = (part) => [part]) =>
  title.split(/(?<!\S)([^\s\-\u2010]+[-\u2010]\S+)/).flatMap((part, index) => {
    const parts = marked(part);
    return index % 2 ? [element("span", { className: "whole" }, ...parts)] : parts;
  });
