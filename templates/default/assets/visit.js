// The reader's visits, the papers that were read, and muted words.
import { change, read } from "./store.js";

const VISIT = 30 * 60_000; // ms; after such a pause, the next page begins a new visit
const MOST_READ = 3000; // papers

// Records that the reader opened a page with papers of these days.
export const visit = (days) =>
  change((kept) => {
    const newest = [kept.visit.newest, ...days].toSorted().at(-1) ?? "";
    const isNext = Date.now() - kept.visit.at > VISIT;
    kept.visit = { at: Date.now(), before: isNext ? kept.visit.newest : kept.visit.before, newest };
  });
// Returns whether a paper is newer than the previous visit and unread; on the first visit, none is new.
export const isNew = ({ visit: { before }, read: known }, path, day) => Boolean(before) && day > before && !(path in known);
// Records that a paper was read, and drops the oldest of too many marks.
export const markRead = (path, day) => {
  if (path in read().read) return;
  change((kept) => {
    kept.read[path] = day;
    for (const old of Object.keys(kept.read).slice(0, -MOST_READ)) delete kept.read[old];
  });
};
// Marks everything up to a day as seen. Returns a function that undoes it.
export const markAllRead = (day) => {
  const { visit: last } = read();
  change((kept) => {
    const newest = [kept.visit.newest, day].toSorted().at(-1);
    kept.visit = { ...kept.visit, before: newest, newest };
  });
  return () => change((kept) => (kept.visit = last));
};

const UNSPACED = `[${["Han", "Hira", "Kana", "Hang", "Thai", "Laoo", "Tibt", "Mymr", "Khmr"].map((script) => `\\p{sc=${script}}`).join("")}]`;
const LETTER = `(?!${UNSPACED})[\\p{L}\\p{N}]`;
const escaped = (word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
// Returns a pattern of the muted words, undefined if there are none; in scripts with spaces, it matches whole words.
export const muted = ({ words }) =>
  words.length ? new RegExp(`(?<!${LETTER}(?=${LETTER}))(?:${words.map(escaped).join("|")})(?!(?<=${LETTER})${LETTER})`, "iu") : undefined;
