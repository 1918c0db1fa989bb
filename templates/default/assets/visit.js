// The visits of a reader, what was read, and the words that are muted.
import { change, read } from "./store.js";

const VISIT = 30 * 60_000; // ms without a page after which the next one begins a new visit
const MOST_READ = 3000; // papers

// Tells of the newest day on this page.
export const visit = (days) =>
  change((kept) => {
    const newest = [kept.visit.newest, ...days].toSorted().at(-1) ?? "";
    const isNext = Date.now() - kept.visit.at > VISIT;
    kept.visit = { at: Date.now(), before: isNext ? kept.visit.newest : kept.visit.before, newest };
  });
// Whether a paper came after the newest day of the visit before, and was not read since; none is new on the first visit.
export const isNew = ({ visit: { before }, read: known }, path, day) => Boolean(before) && day > before && !(path in known);
// Keeps that a paper was read; the oldest marks make room.
export const markRead = (path, day) => {
  if (path in read().read) return;
  change((kept) => {
    kept.read[path] = day;
    for (const old of Object.keys(kept.read).slice(0, -MOST_READ)) delete kept.read[old];
  });
};
// Takes everything up to a day as seen. Returns how to take that back.
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
// Returns a pattern of the muted words, as whole words in scripts that have spaces between them; undefined without any.
export const muted = ({ words }) =>
  words.length ? new RegExp(`(?<!${LETTER}(?=${LETTER}))(?:${words.map(escaped).join("|")})(?!(?<=${LETTER})${LETTER})`, "iu") : undefined;
