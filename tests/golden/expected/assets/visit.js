// The visits of a reader, and the words that are muted.
import { change, read } from "./store.js";

const VISIT = 30 * 60_000; // ms without a page after which the next one begins a new visit

// Tells of the newest day on this page; returns the newest one of the visit before, "" on the first visit.
export const visit = (days) => {
  change((kept) => {
    const newest = [kept.visit.newest, ...days].toSorted().at(-1) ?? "";
    const isNext = Date.now() - kept.visit.at > VISIT;
    kept.visit = { at: Date.now(), before: isNext ? kept.visit.newest : kept.visit.before, newest };
  });
  return read().visit.before;
};

// Returns a pattern of the muted words, as whole words; undefined without any.
export const muted = ({ words }) =>
  words.length
    ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|")})(?![\\p{L}\\p{N}])`, "iu")
    : undefined;
