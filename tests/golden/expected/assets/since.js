import { headline } from "./listing.js";
import { mutedPaths } from "./muted.js";
import { addressOf, button, element, fileOf, onChange, read, root, say } from "./store.js";
import { isNew, markAllRead, muted } from "./visit.js";

const TITLES = 3; // shown of each day
const link = (path, ...words) => element("a", { href: new URL(path, root) }, ...words);
const { lang } = document.documentElement;
const longDay = (day) =>
  new Date(`${day}T00:00Z`).toLocaleDateString(lang.split("-")[0] === "en" ? "en-GB" : `${lang}-u-nu-latn`, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const papers = (count) => ({ one: `${(count).toLocaleString("en")} new paper`, other: `${(count).toLocaleString("en")} new papers` })[new Intl.PluralRules("en").select(count)];

const response = await fetch(new URL("api/recent.json", root));
const recent = (response.ok ? await response.json() : []).map((paper) => ({ ...paper, file: fileOf(paper.path) }));
const days = new Set(recent.map(({ day }) => day));
const section = element("section", { className: "since", ariaLabel: "Since your last visit" });
document.querySelector(".dateline").after(section);

const past = (day, found) =>
  element(
    "div",
    { className: "past-day" },
    element("h3", {}, link(addressOf(`days/${day}.html`), longDay(day))),
    element("ul", {}, ...found.slice(0, TITLES).map(({ path, place, title, lang }) => element("li", { dir: "auto", ...(lang && { lang }) }, link(place ?? path, ...headline(title))))),
    element("p", { className: "count" }, papers(found.length)),
  );
const show = async (kept) => {
  const said = await mutedPaths(kept, days);
  const words = muted(kept);
  const found = recent.filter(
    ({ file, day, title, excerpt }) => isNew(kept, file, day) && !(file in kept.hidden) && !said.has(file) && !words?.test(`${title} ${excerpt}`),
  );
  const byDay = Map.groupBy(found, ({ day }) => day);
  const all = button("Mark all read", () => {
    say("All marked as read", markAllRead([...days].toSorted().at(-1)));
    document.querySelector(".dateline a").focus({ preventScroll: true });
  });
  const isMore = kept.visit.before && kept.visit.before < [...days].toSorted()[0];
  const news = papers(found.length);
  const spread = ({ one: `${(byDay.size).toLocaleString("en")} day`, other: `${(byDay.size).toLocaleString("en")} days` })[new Intl.PluralRules("en").select(byDay.size)];
  const head = element(
    "p",
    { className: "tidings" },
    byDay.size > 1 ? `${news} since your last visit, on ${spread}` : `${news} since your last visit`,
    " ",
    all,
    ...(isMore ? [" · ", link(addressOf("archive.html"), "Older ones are in the archive")] : []),
  );
  section.hidden = !found.length;
  section.replaceChildren(head, ...[...byDay].sort(([a], [b]) => b.localeCompare(a)).map(([day, group]) => past(day, group)));
};
onChange(show);
await show(read());
