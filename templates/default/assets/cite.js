// The buttons of an unfolded citation: copy it, or download it as a file named after its key.
import { download } from "./download.js";
import { copy, on } from "./paper.js";
import { element } from "./store.js";

const FORMS = {
  BibTeX: ["bib", "application/x-bibtex", gettext("Copy BibTeX"), gettext("Download BibTeX")],
  RIS: ["ris", "application/x-research-info-systems", gettext("Copy RIS"), gettext("Download RIS")],
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
  const copies = make(gettext("Copy"), copying, () => copy(text));
  const downloads = make(gettext("Download"), downloading, () => download(`${key}.${ending}`, type, `${text}\n`));
  const acts = element("span", { className: "acts" }, copies, " ", downloads);
  folded.append(element("div", { className: "copies" }, citation, acts));
};
