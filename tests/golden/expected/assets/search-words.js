// What is looked up of a query, and where it stands in a text.
"use strict";
const searchWords = (() => {
  // Words that nearly every paper holds: looking them up costs much and finds nothing.
  const COMMON = new Set(
    "a an and are as at be by can do for from how in into is it its of on or our that the their this to via we what when with".split(" "),
  );

  // As in render/search_words.py, which makes the words of the index: letters of scripts without spaces, by two or three.
  const PAIRED =
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3041-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf" +
    "\u4e00-\ua48f\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\u{16fe0}-\u{1b2ff}\u{20000}-\u{3ffff}";
  const TRIPLED = "\u0e01-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1b7f\ua980-\ua9ff\uaa60-\uaadf";
  const starting = (letters) => new RegExp(`^(?=[\\p{L}\\p{N}])[${letters}]`, "u");
  const [paired, tripled] = [starting(PAIRED), starting(TRIPLED)];
  const sizeOf = (word) => (paired.test(word) ? 2 : tripled.test(word) ? 3 : 0);
  const unspaced = new RegExp(`[${PAIRED}${TRIPLED}]`, "u");
  const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "");

  // Text as runs of letters of which two, three, or all up to the next space make a word of the index.
  const runsOf = (text) => {
    const runs = [];
    for (const letter of text) {
      const size = sizeOf(letter);
      if (runs.at(-1)?.size === size) runs.at(-1).letters.push(letter);
      else runs.push({ size, letters: [letter] });
    }
    return runs;
  };
  // The words that cover a run come first, then those that lie across them.
  const partsOf = ({ size, letters }) => {
    const places = [...letters.keys()].slice(0, Math.max(letters.length - size, 0) + 1);
    const cover = places.filter((place) => place % size === 0 || place === places.length - 1);
    return [...new Set([...cover, ...places])].map((place) => letters.slice(place, place + size).join(""));
  };
  const plain = (word) => word.replace(/[^\p{L}\p{N}_]+/gu, "");
  const wordsOf = (query) => {
    const words = query
      .normalize("NFKC")
      .split(/\s+/)
      .flatMap((word) => (unspaced.test(word) ? runsOf(fold(word).normalize("NFC")) : [{ size: 0, letters: [word] }]))
      .flatMap((run) => (run.size ? partsOf(run) : [plain(run.letters.join(""))]))
      .filter(Boolean);
    const rare = words.filter((word) => !COMMON.has(word.toLowerCase()));
    return [...new Set(rare.length ? rare : words)];
  };
  const isPart = (word) => sizeOf(word) > 0;
  // The same as the builder makes of a title's beginning, less an end that the index would change to an i.
  const opening = (query) =>
    query.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "").slice(0, 40).replace(/y$/, "");

  const pattern = (query) => {
    const runs = fold(query.normalize("NFKC")).split(/[^\p{L}\p{N}]+/u).flatMap((word) => runsOf(word.normalize("NFC")));
    const inside = runs.filter(({ size }) => size).flatMap((run) => [run.letters.join(""), ...partsOf(run)]);
    const stems = runs
      .filter(({ size, letters }) => !size && letters.length > 1)
      .map(({ letters }) => letters.join(""))
      .filter((word) => !COMMON.has(word.toLowerCase()))
      .map((word) => (word.length > 4 ? word.replace(/(ing|ed|es|s)$/i, "") : word));
    const letter = `(?![${PAIRED}${TRIPLED}])[\\p{L}\\p{N}]`;
    const sought = [stems.length && `(?<!${letter})(?:${stems.join("|")})(?:${letter})*`, ...inside.map(fold)];
    return runs.length ? new RegExp(sought.filter(Boolean).join("|") || "(?!)", "giu") : undefined;
  };
  // Where the words stand in a text: letters are compared as the index compares them, without their marks.
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
  // The place at or before another where a line may be cut: behind a space or a sign, or before any letter.
  const cut = (text, place) => {
    const [word] = text.slice(0, place).match(/[^\s\p{P}]{0,40}$/u);
    if (word.length < 40) return place - word.length;
    return /^[\p{M}\udc00-\udfff]/.test(text.slice(place)) ? cut(text, place - 1) : place;
  };

  return { wordsOf, isPart, sizeOf, opening, pattern, placesOf, cut };
})();
