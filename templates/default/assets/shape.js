// Validates the data that a reader keeps, which may come from an edited file.
const PATH = /^papers\/[a-z0-9][a-z0-9.-]*\.html$/;
const SLUG = /^[a-z0-9][a-z0-9.-]*$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

const text = (value, longest = 1000) => (typeof value === "string" ? value.slice(0, longest) : "");
const name = (value) => text(value);
const day = (value) => (DAY.test(value) ? value : "");
const kept = (table, pattern, shape) =>
  Object.fromEntries(Object.entries(table ?? {}).filter(([key]) => pattern.test(key)).map(([key, value]) => [key, shape(value ?? {})]));
const paper = ({ title, authors, day: on, lang, note }) => ({
  title: text(title),
  authors: text(authors),
  day: day(on),
  lang: LANGUAGE.test(lang) ? lang : undefined,
  note: text(note, 10_000) || undefined,
});

export const clean = (value) => ({
  saved: kept(value?.saved, PATH, paper),
  hidden: kept(value?.hidden, PATH, paper),
  tags: kept(value?.tags, SLUG, name),
  authors: kept(value?.authors, SLUG, name),
  organizations: kept(value?.organizations, SLUG, name),
  days: kept(value?.days, DAY, name),
  read: kept(value?.read, PATH, day),
  words: (Array.isArray(value?.words) ? value.words : []).map(name).filter(Boolean),
  visit: { at: Number(value?.visit?.at) || 0, before: day(value?.visit?.before), newest: day(value?.visit?.newest) },
});

