// Splits texts and queries into words, as render/search_words.py does for the index, and finds words in a text.
"use strict";
const searchWords = (() => {
  const LONGEST = 40;
  const PAIRED =
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3041-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf" +
    "\u4e00-\ua48f\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\u{16fe0}-\u{1b2ff}\u{20000}-\u{3ffff}";
  const TRIPLED = "\u0e01-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1b7f\ua980-\ua9ff\uaa60-\uaadf";
  const LETTER = "[\\p{L}\\p{N}]";
  const JOINT = "[-.'’‐]";
  const starting = (letters) => new RegExp(`^(?=${LETTER})[${letters}]`, "u");
  const [paired, tripled] = [starting(PAIRED), starting(TRIPLED)];
  const sizeOf = (word) => (paired.test(word) ? 2 : tripled.test(word) ? 3 : 0);
  const unspaced = new RegExp(`[${PAIRED}${TRIPLED}]`, "u");
  const chunks = new RegExp(`${LETTER}+(?:${JOINT}${LETTER}+)*`, "gu");
  const runs = new RegExp(`${LETTER}+`, "gu");
  const PLAIN = { ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", ı: "i", æ: "ae", œ: "oe", þ: "th", ħ: "h" };
  const fold = (text) =>
    text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").toLowerCase().replace(/[ß-œ]/g, (letter) => PLAIN[letter] ?? letter);

  // Returns runs of letters; two, three or all letters of a run make a word.
  const runsOf = (chunk) => {
    const found = [];
    for (const letter of chunk.normalize("NFC")) {
      const size = sizeOf(letter);
      if (found.at(-1)?.size === size) found.at(-1).letters.push(letter);
      else found.push({ size, letters: [letter] });
    }
    return found;
  };
  const entriesOf = ({ letters, size }) => letters.map((_, place) => letters.slice(place, place + size).join("").normalize("NFD"));
  const partsOf = (run) => (run.size ? entriesOf(run) : (run.letters.join("").normalize("NFD").match(runs) ?? []));
  const shorten = (word) => [...word].slice(0, LONGEST).join("");

  // Returns the words of a text in order, the parts of compounds separately.
  const wordsOf = (text) =>
    (fold(text).match(chunks) ?? []).flatMap((chunk) => (unspaced.test(chunk) ? runsOf(chunk).flatMap(partsOf) : chunk.match(runs))).map(shorten);

  // Returns what to look up for a query: runs, whose parts must all be found, or words with their parts.
  const termsOf = (text) =>
    (fold(text).match(chunks) ?? []).flatMap((chunk) => {
      if (!unspaced.test(chunk)) return { word: shorten(chunk.match(runs).join("")), parts: chunk.match(runs).map(shorten) };
      return runsOf(chunk).flatMap((run) => {
        if (!run.size) return partsOf(run).map((word) => ({ word, parts: [word] }));
        const entries = entriesOf(run);
        const whole = entries.slice(0, Math.max(1, entries.length - run.size + 1));
        return { run: run.letters.join("").normalize("NFD"), word: run.letters.join(""), parts: whole };
      });
    });

  const numberOf = (text) => {
    let number = 0;
    for (const letter of text) number = (number * 31 + letter.codePointAt(0)) % 65_521;
    return (number % 31) + 1;
  };

  // Removes endings in which a query and a text may differ.
  const stemOf = (word) => (word.length > 4 && /^[a-z]+$/.test(word) ? word.replace(/ies$/, "y").replace(/(?:ing|ed|es|e|(?<!s)s)$/, "") : word);

  // Returns a pattern that finds words of the index in a text, with or without hyphens inside.
  const pattern = (words, inside) => {
    const letter = `(?![${PAIRED}${TRIPLED}])${LETTER}`;
    const whole = words.map((word) => [...word].join(`${JOINT}?`)).toSorted((a, b) => b.length - a.length);
    const sought = [whole.length && `(?<!${letter})(?:${whole.join("|")})(?!${letter})`, ...inside];
    return words.length + inside.length ? new RegExp(sought.filter(Boolean).join("|"), "gu") : undefined;
  };
  // Returns the start and end of each of the words in a text.
  const placesOf = (text, words) => {
    const places = [];
    let letters = "";
    for (const { 0: letter, index } of words ? text.matchAll(/./gsu) : []) {
      const folded = fold(letter);
      letters += folded;
      for (let i = 0; i < folded.length; i += 1) places.push(index);
    }
    return [...(words ? letters.matchAll(words) : [])].map(({ 0: { length }, index }) => [
      places[index],
      places.slice(index + length).find((place) => place > places[index + length - 1]) ?? text.length,
    ]);
  };
  // Returns where to cut a text: after a space or punctuation, or if none is near, between letters.
  const cut = (text, place) => {
    const [word] = text.slice(0, place).match(/[^\s\p{P}]{0,40}$/u);
    if (word.length < 40) return place - word.length;
    return /^[\p{M}\udc00-\udfff]/.test(text.slice(place)) ? cut(text, place - 1) : place;
  };

  return { LONGEST, wordsOf, termsOf, numberOf, stemOf, sizeOf, fold, pattern, placesOf, cut };
})();
