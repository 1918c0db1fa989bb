// The filters of a day: which papers are shown, and in what order inside each section.
const number = (article, kind) => parseInt(article.querySelector(kind)?.textContent.replace(/\D/g, "") || "0", 10);
const published = (article) => article.querySelector("time")?.dateTime ?? "";
const title = (article) => article.querySelector("h3").textContent;

// Order → comparison of two papers; the printed order is the one of the page.
const ORDERS = {
  comments: (a, b) => number(b, ".comments") - number(a, ".comments"),
  published: (a, b) => published(b).localeCompare(published(a)),
  title: (a, b) => title(a).localeCompare(title(b)),
};

export const start = (form) => {
  const groups = [...document.querySelectorAll("main :is(.leads, .cards)")].map((group) => [group, [...group.children]]);
  const told = Object.assign(document.createElement("p"), { className: "unseen", role: "status" });
  form.append(told);
  form.addEventListener("submit", (event) => event.preventDefault());
  const show = () => {
    const { code, new: fresh, saved, tag, sort } = form.elements;
    let shown = 0;
    for (const [group, printed] of groups) {
      for (const paper of printed) {
        const { dataset } = paper;
        const isOut =
          (code.checked && !("code" in dataset)) ||
          (fresh.checked && !("new" in dataset)) ||
          (saved.checked && !("saved" in dataset)) ||
          (tag?.value && !paper.querySelector(`.tags a:is([href$="/${tag.value}.html"], [href$="/${tag.value}"])`));
        paper.toggleAttribute("data-filtered", Boolean(isOut));
        shown += !isOut;
      }
      const order = ORDERS[sort.value] ? printed.toSorted(ORDERS[sort.value]) : printed;
      // A paper that is moved loses the focus that is in it.
      if (order.some((paper, place) => paper !== group.children[place])) group.append(...order);
      (group.closest(".part") ?? group).toggleAttribute("data-filtered", !group.querySelector(":scope > :not([data-filtered])"));
    }
    told.textContent = ({ one: `${(shown).toLocaleString("en")} paper shown`, other: `${(shown).toLocaleString("en")} papers shown` })[new Intl.PluralRules("en").select(shown)];
  };
  form.addEventListener("change", show);
  show();
};
