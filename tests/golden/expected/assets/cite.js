import { download } from "./download.js";
import { copy, on } from "./paper.js";
import { element } from "./store.js";

const FORMS = {
  BibTeX: ["bib", "application/x-bibtex", "Copy BibTeX", "Download BibTeX"],
  RIS: ["ris", "application/x-research-info-systems", "Copy RIS", "Download RIS"],
};

export const equip = (folded) => {
  const citation = folded.querySelector("pre");
  const text = citation.textContent.trim();
  const [, key] = text.match(/(?:\{|^ID {2}- )([^\s,]+)/m);
  const [ending, type, copying, downloading] = FORMS[folded.querySelector("summary").textContent];
  const make = (words, ariaLabel, act) => {
    const button = element("button", { type: "button", ariaLabel }, words);
    on(button, act);
    return button;
  };
  const copies = make("Copy", copying, () => copy(text));
  const downloads = make("Download", downloading, () => download(`${key}.${ending}`, type, `${text}\n`));
  const acts = element("span", { className: "acts" }, copies, " ", downloads);
  folded.append(element("div", { className: "copies" }, citation, acts));
};
