"use strict";
const searchIndex = (root) => {
  const { numberOf, stemOf } = searchWords;
  const TIMEOUT = 30_000; // ms
  const MOST_FILES = 2; // of a part in which an unfinished word is looked up
  const MOST_MEANT = 4; // words that a wrong one may stand for
  const MOST_WORDS = 3; // of a phrase that are looked up, the longest ones
  const FEW = 2; // papers of a part whose pages are cheaper to check than a file of following words
  const NAME_WORDS = 8;
  const DIGITS = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((digit, value) => [digit, value]));
  const PART = 2 ** 22; // a paper's number is that of its part times this, plus its own


  let cache = "default";
  let files = new Map();
  const load = (name) => {
    if (!files.has(name)) {
      const loaded = fetch(new URL(`search/${name}.json`, root), { cache, signal: AbortSignal.timeout(TIMEOUT) }).then(async (response) => {
        if (!response.ok) throw new Error(response.statusText);
        const text = await response.text();
        return { content: JSON.parse(text), size: text.length };
      });
      files.set(name, loaded);
    }
    return files.get(name);
  };
  const needed = new Map();
  const weight = () => [...needed.values()].reduce((sum, size) => sum + size, 0);
  const forget = () => {
    files = new Map();
    cache = "reload"; // some hosts cannot distinguish two versions written within one second
  };
  const partsOf = async () => {
    const { content: parts } = await load("parts");
    return Promise.all(parts.map(async ({ name }, number) => ({ name, number, table: (await load(`${name}/table`)).content })));
  };
  const renewed = async () => {
    const response = await fetch(new URL("search/parts.json", root), { cache: "no-store" });
    const { content } = await load("parts");
    const isOld = JSON.stringify(await response.json()) !== JSON.stringify(content);
    if (isOld) forget();
    return isOld;
  };
  const fileOf = async ({ name, table }, file) => {
    const { content, size } = await load(`${name}/${file}`);
    if (/\d$/.test(file)) needed.set(`${name}/${file}`, size * (file.startsWith("records") ? 0.37 : 0.57));
    if (content.version !== table.version) throw new Error("files of two publishings");
    return content;
  };


  const numbersOf = (text) => {
    const numbers = [];
    let [number, scale] = [0, 1];
    for (const digit of text) {
      const value = DIGITS.get(digit);
      number += (value % 32) * scale;
      scale *= 32;
      if (value < 32) {
        numbers.push(number);
        [number, scale] = [0, 1];
      }
    }
    return numbers;
  };
  const ascending = (text) => {
    let last = 0;
    return numbersOf(text).map((step) => (last += step));
  };
  const pairs = (text) => {
    const numbers = numbersOf(text);
    let last = 0;
    return numbers.flatMap((_, place) => (place % 2 ? [] : [[(last += numbers[place]), numbers[place + 1]]]));
  };


  const placeOf = (words, word) => {
    let [low, high] = [0, words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle] <= word) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  };
  const range = (from, to) => Array.from({ length: to - from + 1 }, (_, step) => from + step);
  const near = async (part, some, beginning) => {
    const { words } = part.table;
    const first = beginning ? placeOf(words, beginning) : 0;
    const last = beginning ? Math.min(placeOf(words, `${beginning}\uffff`), first + MOST_FILES - 1) : -1;
    const places = new Set([...some.map((word) => placeOf(words, word)), ...range(first, last)]);
    const loaded = await Promise.all([...places].map(async (file) => [file, words.length ? await fileOf(part, `words-${file}`) : { words: [], numbers: [] }]));
    return loaded.flatMap(([file, content]) =>
      content.words.map((each, place) => ({ word: each, numbers: content.numbers[place], file, place, part })),
    );
  };
  const isLike = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return false;
    let [before, last] = [[], range(0, b.length)];
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const change = last[j - 1] + (a[i - 1] !== b[j - 1]);
        const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Infinity;
        row.push(Math.min(last[j] + 1, row[j - 1] + 1, change, swap));
      }
      [before, last] = [last, row];
    }
    return last[b.length] <= most;
  };
  const swapped = (word) => range(0, word.length - 2).map((i) => word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2));


  const papersOf = (entries) => {
    const papers = new Map();
    const hit = (part, number, { word, fit, ...entry }, weight) => {
      const key = part.number * PART + number;
      const known = papers.get(key) ?? { weight: 0, titles: [], authors: new Map(), isText: false, word, entry };
      if (known.weight < fit * weight) Object.assign(known, { weight: fit * weight, word });
      papers.set(key, known);
      return known;
    };
    for (const entry of entries) {
      const { part } = entry;
      const [texts, titles = "", authors = ""] = entry.numbers.split(" ");
      for (const [number, place] of pairs(titles)) hit(part, number, entry, 3).titles.push(place);
      for (const [number, author] of pairs(authors)) hit(part, number, entry, 2.5).authors.set(Math.floor(author / NAME_WORDS), (author % NAME_WORDS) + 1);
      for (const number of ascending(texts)) hit(part, number, entry, 1).isText = true;
    }
    return papers;
  };
  const everywhere = async (find) => (await Promise.all((await partsOf()).map(find))).flat();

  const exactly = async (word) => (await everywhere((part) => near(part, [word]))).filter((entry) => entry.word === word);
  const fitting = async (word, isUnfinished) => {
    const stem = stemOf(word);
    const own = await everywhere((part) => near(part, [word, stem]));
    const entries = isUnfinished && !own.some((entry) => entry.word === word) ? await everywhere((part) => near(part, [word, stem], word)) : own;
    const fit = (each) => (each === word ? 1 : stemOf(each) === stem ? 0.9 : isUnfinished && each.startsWith(word) ? 0.6 : 0);
    return { entries, found: entries.map((entry) => ({ ...entry, fit: fit(entry.word) })).filter((entry) => entry.fit) };
  };
  const meant = async (word, entries, isAlone) => {
    if (word.length < 4 || /\P{L}/u.test(word)) return [];
    const alike = entries.filter((entry) => isLike(word, entry.word, 1));
    const others = alike.length || word.length < 8 ? alike : entries.filter((entry) => isLike(word, entry.word, 2));
    const words = others.length || !isAlone ? others.map((entry) => entry.word) : swapped(word).slice(0, 3);
    const found = await Promise.all([...new Set(words)].slice(0, MOST_MEANT).map(exactly));
    return found.flat().map((entry) => ({ ...entry, fit: 0.5 }));
  };
  const word = async (text, isUnfinished, isAlone) => {
    const { entries, found } = await fitting(text, isUnfinished);
    return papersOf(found.length ? found : await meant(text, entries, isAlone));
  };
  const run = async (parts) => {
    const beginning = (part) => everywhere((each) => near(each, [part], part)).then((entries) => entries.filter((entry) => entry.word.startsWith(part)));
    const [first, ...others] = (await Promise.all(parts.map(beginning))).map((entries) => papersOf(entries.map((entry) => ({ ...entry, fit: 1 }))));
    return new Map([...first].filter(([key]) => others.every((papers) => papers.has(key))));
  };
  const whole = async (text) => papersOf((await exactly(text)).map((entry) => ({ ...entry, fit: 1 })));

  const followingOf = async (entry) => {
    const { part, file, place } = entry;
    const content = await fileOf(part, `following-${Math.floor(file / part.table.following)}`);
    const numbers = [[]];
    for (const digit of content.following[file % part.table.following][place]) {
      const value = DIGITS.get(digit);
      numbers.at(-1).push(value % 32);
      if (value < 32) numbers.push([]);
    }
    const papers = ascending(entry.numbers.split(" ")[0]);
    return papers.map((number, order) => [part.number * PART + number, numbers[order]]);
  };
  const phrase = async (words, common) => {
    const places = [...words.keys()];
    const rare = places.filter((place) => !common.has(words[place]));
    const sought = rare.length ? rare : places;
    const longest = sought.toSorted((a, b) => words[b].length - words[a].length).slice(0, MOST_WORDS);
    const kept = sought.filter((place) => longest.includes(place));
    const entries = await Promise.all(kept.map((place) => exactly(words[place])));
    const papers = entries.map((each) => papersOf(each.map((entry) => ({ ...entry, fit: 1 }))));
    const found = [...papers[0]].flatMap(([key, hit]) => {
      const hits = papers.map((each) => each.get(key));
      if (!hits.every(Boolean)) return [];
      const inTitle = hit.titles.some((place) => hits.every(({ titles }, order) => titles.includes(place + kept[order] - kept[0])));
      const inName = [...hit.authors.keys()].some((author) => hits.every(({ authors }) => authors.has(author)));
      const isSure = words.length === 1 || ((inTitle || inName) && kept.length === words.length);
      const weight = inTitle ? 3 : inName ? 2.5 : hits.every(({ isText }) => isText) ? 1 : 0;
      return weight ? [[key, { ...hit, weight, isSure }]] : [];
    });
    const isAsked = ({ part }) => found.filter(([key, { weight }]) => weight === 1 && Math.floor(key / PART) === part.number).length > FEW;
    const tests = await Promise.all(
      kept.slice(0, -1).map(async (place, order) => {
        const next = kept[order + 1];
        if (sought.some((other) => other > place && other < next)) return () => true;
        const lists = new Map((await Promise.all(entries[order].filter(isAsked).map(followingOf))).flat());
        const number = numberOf(words.slice(place + 1, next + 1).join(" "));
        return (key) => lists.get(key)?.includes(number) ?? true;
      }),
    );
    return new Map(found.filter(([key, { weight }]) => weight > 1 || tests.every((isNext) => isNext(key))));
  };

  const split = (key) => [Math.floor(key / PART), key % PART];
  const all = () => everywhere(({ number, table }) => range(0, table.papers - 1).map((each) => number * PART + each));
  const record = async (key) => {
    const [number, place] = split(key);
    const part = (await partsOf())[number];
    const { records } = part.table;
    return (await fileOf(part, `records-${Math.floor(place / records)}`)).papers[place % records];
  };
  const columns = async (hasTags) => {
    const parts = await partsOf();
    const [loaded, tagged] = await Promise.all(["columns", ...(hasTags ? ["tags"] : [])].map((file) => Promise.all(parts.map((part) => fileOf(part, file)))));
    return (key) => {
      const [number, place] = split(key);
      const { days, upvotes, organizations, organizationOf, venues, venueOf } = loaded[number];
      const { tags, tagsOf } = tagged?.[number] ?? {};
      return {
        day: days[place],
        upvotes: upvotes[place],
        tags: tagsOf?.[place].map((tag) => tags[tag]),
        organization: organizations[organizationOf[place]],
        venue: venues[venueOf[place]],
      };
    };
  };

  return { word, run, whole, phrase, all, record, columns, forget, renewed, needed, weight, start: partsOf };
};
