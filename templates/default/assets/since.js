// The papers since the last visit, day by day, on the front page.
import { headline } from "./listing.js";
import { mutedPaths } from "./muted.js";
import { addressOf, button, element, fileOf, onChange, read, root, say } from "./store.js";
import { isNew, markAllRead, muted } from "./visit.js";

const TITLES = 3; // shown of each day
const link = (path, ...words) => element("a", { href: new URL(path, root) }, ...words);
const { lang } = document.documentElement;
const longDay = (day) =>
  new Date(`${day}T00:00Z`).toLocaleDateString(lang.split("-")[0] === "en" ? "en-GB" : `${lang}-u-nu-latn`, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
const papers = (count) => ngettext("%(count)s new paper", "%(count)s new papers", count);

const response = await fetch(new URL("api/recent.json", root));
const recent = (response.ok ? await response.json() : []).map((paper) => ({ ...paper, file: fileOf(paper.path) }));
const days = new Set(recent.map(({ day }) => day));
const section = element("section", { className: "since", ariaLabel: gettext("Since your last visit") });
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
  const all = button(gettext("Mark all read"), () => {
    say(gettext("All marked as read"), markAllRead([...days].toSorted().at(-1)));
    document.querySelector(".dateline a").focus({ preventScroll: true });
  });
  const isMore = kept.visit.before && kept.visit.before < [...days].toSorted()[0];
  const news = papers(found.length);
  const spread = ngettext("%(count)s day", "%(count)s days", byDay.size);
  const head = element(
    "p",
    { className: "tidings" },
    byDay.size > 1 ? gettext("%(papers)s since your last visit, on %(days)s", { papers: news, days: spread }) : gettext("%(papers)s since your last visit", { papers: news }),
    " ",
    all,
    ...(isMore ? [" · ", link(addressOf("archive.html"), gettext("Older ones are in the archive"))] : []),
  );
  section.hidden = !found.length;
  section.replaceChildren(head, ...[...byDay].sort(([a], [b]) => b.localeCompare(a)).map(([day, group]) => past(day, group)));
};
onChange(show);
await show(read());
