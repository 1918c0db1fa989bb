"use strict";
{
  const { wordsOf, termsOf, stemOf, fold, pattern, placesOf, cut } = searchWords;
  const root = new URL("..", document.currentScript.src);
  const form = document.querySelector(".search");
  const status = document.querySelector("#found");
  const list = document.querySelector(".results");
  const more = document.querySelector(".more");
  const page = document.querySelector("#page-of");
  const clear = document.querySelector(".clear");
  const common = new Set(form.dataset.common.split(" "));
  const index = searchIndex(root);
  const hint = status.textContent;
  const FILTERS = ["tag", "organization", "venue", "author", "from", "to"];
  const PAGE = 10; // papers shown at a time
  const MOST_WORDS = 4; // of a query that are looked up, the longest ones
  const MOST_LOADED = 92_000; // bytes for a query; they limit the number of results
  const LEAST = 3; // results that are always shown
  const FILE = 4500; // bytes of records, or of a paper's own page
  const MOST_PARTS = 10; // of a run of letters
  const EXCERPT = 260; // characters
  const LONGEST_ID = 64;
  const FORM_OF_TEXT = /(?:v\d+)?(?:\.full(?:-text)?|\.abstract)?(?:\.(?:html?|e?pdf))?\/?$/i; // at the end of an address
  const MORE = more.textContent;
  const { lang } = document.documentElement;
  const listed = (words) => words.join(", ");
  const both = (words) => new Intl.ListFormat(lang).format(words);
  const AGAIN = "Try again";


  const QUOTES = "\"“”„«»";
  const pieces = new RegExp(`(-?)[${QUOTES}]([^${QUOTES}]+)[${QUOTES}]|(\\S+)`, "gu");
  const phraseOf = (text) => ({ kind: "phrase", label: text.trim(), words: termsOf(text).flatMap(({ parts }) => parts) });
  const parse = (query) => {
    const [sought, left, text] = [[], [], []];
    for (const [, minus, quoted, piece] of query.matchAll(pieces)) {
      if (quoted) (minus ? left : sought).push(phraseOf(quoted));
      else if (/^[-−][\p{L}\p{N}]/u.test(piece)) left.push(phraseOf(piece.slice(1)));
      else text.push(piece);
    }
    const terms = text.flatMap(termsOf).map((term) => ({ ...term, kind: term.run ? "run" : "word", label: term.word }));
    const isOpen = /[\p{L}\p{N}\p{M}]$/u.test(query) && /^[^-−]/u.test(query.split(/\s/).at(-1));
    if (isOpen && terms.length && !query.trim().match(new RegExp(`[${QUOTES}]$`))) terms.at(-1).isUnfinished = terms.at(-1).word.length > 1;
    const isCommon = ({ word, isUnfinished }) => common.has(word) && !isUnfinished;
    const rare = terms.filter((term) => !isCommon(term));
    const longest = rare.toSorted((a, b) => b.word.length - a.word.length).slice(0, MOST_WORDS);
    const kept = rare.length + sought.length ? rare.filter((term) => longest.includes(term)) : terms.slice(0, MOST_WORDS);
    const few = rare.length && kept.length + sought.length < 3 ? terms.filter(isCommon).slice(0, 2) : [];
    return {
      terms: [...sought.filter(({ words }) => words.length), ...kept, ...few.map((term) => ({ ...term, isOptional: true }))].map((term) => ({
        ...term,
        place: terms.findIndex(({ word }) => word === term.word),
      })),
      left: left.filter(({ words }) => words.length),
      parts: terms.reduce((count, term) => count + term.parts.length, 0),
    };
  };
  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  const idsOf = (query) => {
    const text = decoded(query.trim()).replace(/^(?:arxiv|doi)\s*:\s*/i, "");
    const bare = text.replace(/^\p{P}*https?:\/\/(?:www\.)?|[\p{P}>]+$/giu, "");
    const [path] = bare.split(/[?#]/);
    const known = [path, bare].flatMap((each) => {
      const doi = each.match(/(?<!\d)10\.(?!48550)\d{4,9}\/[^\s"<>]+/)?.[0];
      return [
        doi,
        doi?.replace(FORM_OF_TEXT, ""),
        each.match(/(?<!\d|\d\.)\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?!\d)/)?.[0],
        each.match(/(?<![a-z-])[a-z-]+(?:\.[a-z]{2})?\/\d{7}(?!\d)/i)?.[0].replace(/\.[a-z]{2}(?=\/)/i, ""),
      ].filter(Boolean);
    });
    if (!known.length && /^\S*https?:\/\/\S+$|^[\w.-]+\.[a-z]{2,}\/\S+$/i.test(text)) {
      const whole = path.replace(FORM_OF_TEXT, "");
      const [forum] = bare.match(/(?<=[?&]id=)[\w-]+/) ?? [];
      if (forum) known.push(`openreview.net/forum?id=${forum}`, `openreview.net/pdf?id=${forum}`);
      known.push(bare, path, whole, whole.split("/").at(-1));
    }
    const letters = (each) => each.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "").slice(0, LONGEST_ID);
    return [...new Set(known.map(letters))].filter((each) => /\d|^openreview/.test(each));
  };

  const look = async (term, isAlone) => {
    if (term.kind === "phrase") return index.phrase(term.words, common);
    if (term.kind === "run") return index.run([...new Set(term.parts)].slice(0, MOST_PARTS));
    return index.word(term.word, term.isUnfinished, isAlone);
  };
  const lookUp = async (terms) => {
    const found = await Promise.all(terms.map(async (term) => ({ ...term, papers: await look(term, terms.length < 3) })));
    const apart = (term) =>
      !term.papers.size && term.parts?.length > 1 && term.kind === "word"
        ? term.parts.filter((part) => !common.has(part)).map((part) => ({ ...term, kind: "word", word: part, label: part, parts: [part] }))
        : [];
    return (await Promise.all(found.map(async (term) => (apart(term).length ? lookUp(apart(term)) : [term])))).flat();
  };
  const without = async (left) => {
    const found = await Promise.all(left.map(({ words }) => (words.length > 1 ? index.phrase(words, common) : index.word(words[0]))));
    const out = new Map();
    for (const [place, papers] of found.entries()) {
      const { words } = left[place];
      for (const [key, { word, isSure }] of papers) {
        if (words.length > 1 && !isSure) out.set(key, out.has(key) ? out.get(key) : left[place]);
        else if (words.length > 1 || stemOf(word) === stemOf(words[0])) out.set(key, undefined);
      }
    }
    return out;
  };


  const inOrder = (hits) => {
    const found = hits.filter(({ hit }) => hit);
    const steps = found.slice(1).filter(({ hit, term }, place) => {
      const before = found[place];
      return hit.titles.some((each) => before.hit.titles.includes(each - term.place + before.term.place));
    });
    return found.length > 1 ? steps.length / (found.length - 1) : 0;
  };
  const nameOf = (hits, parts) => {
    const [first, ...others] = hits.map(({ hit }) => hit?.authors ?? new Map());
    const shared = others.length ? [...first].filter(([author]) => others.every((authors) => authors.has(author))) : [];
    return { isName: shared.length > 0, isWhole: shared.some(([, words]) => words === parts) };
  };
  const answer = (key, terms, count, parts) => {
    const hits = terms.map((term) => ({ term, hit: term.papers.get(key) }));
    const sought = hits.filter(({ term }) => !term.isOptional);
    const missing = sought.filter(({ hit }) => !hit).map(({ term }) => term);
    const met = sought.filter(({ hit }) => hit);
    let weight = 0;
    for (const { term, hit } of hits) if (hit) weight += hit.weight * Math.log(1 + count / term.papers.size);
    const inTitle = hits.filter(({ hit }) => hit?.titles.length).length;
    const isTitle = inTitle > 1 && inTitle > hits.length - 2;
    if (!missing.length && met.every(({ hit }) => hit.titles.length)) weight *= 1.5 + inOrder(sought);
    const { isName, isWhole } = missing.length ? {} : nameOf(sought, parts);
    return { key, hits, missing, met: met.length, isTitle, weight: weight + (isWhole ? 2000 : isName ? 1000 : 0) };
  };
  const ordered = (terms, count, parts) => {
    const keys = new Set(terms.filter(({ isOptional }) => !isOptional).flatMap(({ papers }) => [...papers.keys()]));
    const answers = [...keys].map((key) => answer(key, terms, count, parts));
    const most = answers.reduce((best, { met }) => Math.max(best, met), 0);
    const wanted = terms.filter(({ isOptional }) => !isOptional).length;
    const fits = ({ met, isTitle }) => met === wanted || (met === most && 2 * met >= wanted) || isTitle;
    return answers.filter(fits).sort((a, b) => b.weight - a.weight || a.key - b.key);
  };
  const plain = (keys) => [...keys].sort((a, b) => a - b).map((key) => ({ key, hits: [], missing: [] }));
  const byId = async (query) => {
    for (const id of idsOf(query)) {
      const papers = await index.whole(id);
      if (papers.size) return plain(papers.keys()).map((each) => ({ ...each, why: ["its number or address"] }));
    }
    return [];
  };
  const search = async (query) => {
    const known = query ? await byId(query) : [];
    if (known.length) return { answers: known, terms: [], isNamed: true };
    const { terms: sought, left, parts } = parse(query ?? "");
    const [terms, out, all] = await Promise.all([lookUp(sought), without(left), index.all()]);
    const isAsked = terms.length > 0 || left.length > 0 || !query;
    const answers = terms.length ? ordered(terms, all.length, parts) : isAsked ? plain(all) : [];
    const kept = answers.filter(({ key }) => !out.has(key) || out.get(key));
    return { answers: kept.map((reply) => ({ ...reply, unwanted: out.get(reply.key) })), terms };
  };

  const unmuted = async ({ answers, isNamed }) => {
    const kept = await loading;
    const left = isNamed ? [] : kept.read().words.map(phraseOf).filter(({ words }) => words.length);
    const found = await Promise.all(left.map(({ words }) => (words.length > 1 ? index.phrase(words, common) : index.whole(words[0]))));
    const unsure = new Map();
    const out = new Set();
    for (const [place, papers] of found.entries()) {
      for (const [key, { isSure }] of papers) {
        if (isSure || left[place].words.length < 2) out.add(key);
        else unsure.set(key, left[place]);
      }
    }
    return answers.filter(({ key }) => !out.has(key)).map((reply) => ({ ...reply, unwanted: reply.unwanted ?? unsure.get(reply.key) }));
  };


  const writtenBy = async (name) => {
    const found = await Promise.all(wordsOf(name).map(index.whole));
    return (key) => {
      const [first, ...others] = found.map((papers) => papers.get(key)?.authors ?? new Map());
      return [...(first?.keys() ?? [])].some((author) => others.every((authors) => authors.has(author)));
    };
  };
  const narrow = async (answers, state) => {
    const isBy = state.author ? await writtenBy(state.author) : () => true;
    const by = answers.filter(({ key }) => isBy(key));
    const { tag, organization, venue, from, to, sort } = state;
    if (!(tag || organization || venue || from || to || sort)) return by;
    const columns = await index.columns(Boolean(tag));
    const facts = new Map(by.map(({ key }) => [key, columns(key)]));
    const isIn = ({ day, ...paper }) =>
      (!tag || paper.tags.includes(tag)) &&
      (!organization || paper.organization === organization) &&
      (!venue || paper.venue === venue) &&
      (!from || day >= from.slice(0, day.length || 1)) &&
      (!to || (day && day <= to));
    const kept = by.filter(({ key }) => isIn(facts.get(key)));
    if (sort === "date") kept.sort((a, b) => facts.get(b.key).day.localeCompare(facts.get(a.key).day) || a.key - b.key);
    if (sort === "upvotes") kept.sort((a, b) => facts.get(b.key).upvotes - facts.get(a.key).upvotes || a.key - b.key);
    return kept;
  };


  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const marked = (text, words) => {
    const parts = [];
    let end = 0;
    for (const [from, to] of placesOf(text, words)) {
      if (from < end) continue;
      parts.push(text.slice(end, from), element("mark", {}, text.slice(from, to)));
      end = to;
    }
    return [...parts, text.slice(end)];
  };
  const excerpt = (text, words) => {
    const place = placesOf(text, words)[0]?.[0] ?? 0;
    const from = place < EXCERPT / 2 ? 0 : cut(text, place - 60);
    const to = text.length - from <= EXCERPT ? text.length : cut(text, from + EXCERPT);
    return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
  };
  const patternOf = (terms) => {
    const words = terms.flatMap(({ kind, word, words: quoted, papers }) =>
      kind === "word" ? [word, ...[...papers.values()].map((hit) => hit.word)] : kind === "phrase" ? quoted : [],
    );
    const inside = terms.filter(({ kind }) => kind === "run").flatMap(({ run, parts }) => [run, ...parts]);
    return pattern([...new Set(words)].filter((word) => !common.has(word) || terms.length < 2), inside);
  };
  const reasons = ({ hits, missing, why }) => {
    const named = (label, test) => {
      const words = hits.filter(({ hit }) => hit && test(hit)).map(({ term, hit }) => (isOther(term, hit) ? `${hit.word} for ${term.label}` : term.label));
      return words.length ? `${label}: ${listed(words)}` : "";
    };
    const lacking = missing.map(({ label }) => label);
    return [
      ...(why ?? []),
      named("title", ({ titles }) => titles.length),
      named("author", ({ titles, authors }) => !titles.length && authors.size),
      named("text", ({ titles, authors }) => !titles.length && !authors.size),
      missing.length ? `without: ${listed(lacking)}` : "",
    ].filter(Boolean);
  };
  const isOther = ({ kind, word }, hit) => kind === "word" && !hit.word.startsWith(word) && stemOf(hit.word) !== stemOf(word);

  const pages = new Map();
  const room = () => (MOST_LOADED - index.weight()) / FILE; // files
  const textOf = (path) => {
    if (!pages.has(path)) {
      const loaded = fetch(new URL(path, root)).then(async (response) => {
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        return [...page.querySelectorAll(".paper :is(.abstract-text, .summary, .editors-line)")].map((each) => each.textContent.trim()).join(" ");
      });
      pages.set(path, loaded.catch(() => ""));
    }
    index.needed.set(path, FILE);
    return pages.get(path);
  };
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      target.complete?.();
    }
  });
  const needsText = ({ hits }, { title, excerpt: short = "", authors = [] }) => {
    const words = new Set(wordsOf(`${title} ${short} ${authors.join(" ")}`));
    return hits.some(({ term, hit }) => hit?.isText && !hit.titles.length && !(term.run ? fold(short).includes(fold(term.run)) : words.has(hit.word)));
  };

  const authorsOf = ({ authors = [], others }, words) => [
    ...authors.flatMap((name, place) => [
      ...(place ? [", "] : []),
      element("a", { href: `?${new URLSearchParams({ author: name })}` }, element("bdi", {}, ...marked(name, words))),
    ]),
    ...(authors.length && others ? [` and ${others}`] : [others ?? ""]),
  ];
  let results;
  const loading = location.protocol === "file:" ? undefined : import("./results.js");
  const shape = (paper) => ({
    path: paper.path,
    title: paper.title,
    authors: authorsOf(paper).map((each) => each.textContent ?? each).join(""),
    day: paper.listed ?? paper.day ?? "",
    lang: paper.lang,
  });
  const show = (reply, paper, words) => {
    const facts = [
      paper.withdrawn && "Withdrawn",
      paper.upvotes !== undefined && element("b", {}, ({ one: `${(paper.upvotes).toLocaleString("en")} upvote`, other: `${(paper.upvotes).toLocaleString("en")} upvotes` })[new Intl.PluralRules("en").select(paper.upvotes)]),
      paper.day && results.dated(paper),
      paper.venue,
    ].filter(Boolean).map((fact) => element("li", {}, fact));
    const inLanguage = (lang) => ({ dir: "auto", ...(lang && { lang }) });
    const text = element("p", inLanguage(paper.textLang ?? paper.lang), ...marked(paper.excerpt ?? "", words));
    const why = reasons(reply);
    const item = element(
      "li",
      {},
      element("h3", inLanguage(paper.lang), element("a", { href: new URL(paper.path, root) }, ...results.headline(paper.title, (part) => marked(part, words)))),
      element("p", { className: "byline" }, element("span", {}, ...authorsOf(paper, words)), ...(paper.organization ? [" ", element("bdi", {}, paper.organization)] : [])),
      text,
      element("ul", { className: "facts" }, ...facts, ...results.linksOf(paper), ...(paper.tags ? [element("li", {}, paper.tags)] : [])),
      ...(why.length ? [element("p", { className: "why" }, `Found by ${why.join(" · ")}`)] : []),
    );
    item.querySelector(".facts").append(results.actsOf(item, shape(paper)));
    if (needsText(reply, paper) && !paper.path.includes("#")) {
      item.complete = async () => {
        if (!pages.has(paper.path) && room() < 1) return;
        const whole = await textOf(paper.path);
        if (whole) text.replaceChildren(...marked(excerpt(whole, words), words));
      };
      seen.observe(item);
    }
    return item;
  };
  const unsureOf = ({ hits }) => hits.filter(({ term, hit }) => term.kind === "phrase" && hit && !hit.isSure).map(({ term }) => term);
  const isUnsure = (reply) => Boolean(reply.unwanted) || unsureOf(reply).length > 0;
  const isSo = async (reply, paper) => {
    if (!isUnsure(reply)) return true;
    const whole = paper.path.includes("#") ? "" : await textOf(paper.path);
    const texts = [paper.title, paper.excerpt ?? "", ...(paper.authors ?? []), paper.tags ?? "", paper.venue ?? "", whole];
    const all = texts.map((text) => ` ${wordsOf(text).join(" ")} `);
    const holds = ({ words }) => all.some((text) => text.includes(` ${words.join(" ")} `));
    return (!whole || unsureOf(reply).every(holds)) && !(reply.unwanted && holds(reply.unwanted));
  };


  let found = { answers: [], terms: [] };
  let next = 0;
  let run = 0;
  let shown = Promise.resolve();
  let pause;

  const stateOf = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
  const say = (text) => {
    status.textContent = text;
  };
  const offer = (label) => {
    more.textContent = label;
    more.hidden = !label;
  };
  const counted = (count) => ({ one: `${(count).toLocaleString("en")} paper`, other: `${(count).toLocaleString("en")} papers` })[new Intl.PluralRules("en").select(count)];
  const of = (shown, total) => ({ one: `${shown} of ${(total).toLocaleString("en")} paper`, other: `${shown} of ${(total).toLocaleString("en")} papers` })[new Intl.PluralRules("en").select(total)];
  const told = () => {
    const { answers, terms, total, muted } = found;
    if (!location.search) return hint;
    const isNarrowed = total > answers.length;
    const left = muted ? ({ one: `${(muted).toLocaleString("en")} muted`, other: `${(muted).toLocaleString("en")} muted` })[new Intl.PluralRules("en").select(muted)] : "";
    if (!answers.length) return [isNarrowed ? of(0, total) : "", left, "No paper fits. Try fewer or other words, or another choice of tag, date, venue, author and organisation."].filter(Boolean).join("; ");
    const groups = new Map();
    for (const { missing } of answers) {
      const name = both(missing.map(({ label }) => `‘${label}’`));
      groups.set(name, (groups.get(name) ?? 0) + 1);
    }
    const whole = groups.get("")
      ? [isNarrowed && groups.size < 2 ? of(answers.length, total) : counted(groups.get(""))]
      : ["No paper has all of these words"];
    const parts = [...groups].filter(([name]) => name).sort((a, b) => b[1] - a[1]);
    const others = parts.slice(0, 2).map(([name, count]) => `without ${name}: ${counted(count)}`);
    const read = terms.flatMap((term) => {
      const [hit] = term.papers.values();
      return hit && isOther(term, hit) ? [`‘${hit.word}’ is read for ‘${term.label}’`] : [];
    });
    const fitting = of(answers.length, total);
    const narrowed = isNarrowed && groups.size > 1 ? `${fitting} fit the choices` : "";
    return [...whole, ...others, narrowed, ...read, left].filter(Boolean).join("; ");
  };
  const take = async (asked, from) => {
    const taken = [];
    let [place, looked] = [from, 0];
    while (taken.length < PAGE && place < asked.answers.length && (looked < LEAST || room() >= 1)) {
      const left = asked.answers.slice(place, place + PAGE - taken.length);
      const some = left.slice(0, Math.max(1, left.some(isUnsure) ? Math.min(2, room() / 2) : room()));
      looked += some.length;
      const records = await Promise.all(some.map(({ key }) => index.record(key)));
      const are = await Promise.all(some.map((reply, each) => isSo(reply, records[each])));
      taken.push(...some.map((reply, each) => [reply, records[each]]).filter((_, each) => are[each]));
      asked.answers.splice(place, some.length, ...some.filter((_, each) => are[each]));
      asked.total -= are.filter((is) => !is).length;
      place += are.filter(Boolean).length;
    }
    return taken;
  };
  const append = async (number, from) => {
    const words = patternOf(found.terms);
    if (from) index.needed.clear();
    const taken = await take(found, from);
    if (number !== run) return;
    const items = taken.map(([reply, paper]) => show(reply, paper, words));
    next = from + items.length;
    if (from) list.append(...items);
    else list.replaceChildren(...items);
    offer(next < found.answers.length ? MORE : "");
    if (from) items[0]?.querySelector("a").focus();
    say(next || !found.answers.length ? told() : "Not in the papers looked through so far; the button looks through more of them.");
  };
  const attempt = async (number, work) => {
    for (const _ of ["as it is", "anew"]) {
      try {
        await work();
        return true;
      } catch {
        if (number !== run) return true;
        index.forget();
      }
    }
    say("The search could not be loaded. Try again in a moment.");
    offer(AGAIN);
    return false;
  };
  const offerPage = (name = "") => {
    const known = [...(form.elements.author.list?.options ?? [])].find(({ value }) => fold(value) === fold(name));
    page.hidden = !known;
    if (known) page.replaceChildren(element("a", { href: known.dataset.path }, known.dataset.words));
  };
  const update = async (isAgain = false) => {
    const number = ++run;
    index.needed.clear();
    const state = stateOf();
    offerPage(state.author);
    const address = new URLSearchParams(state).toString();
    history.replaceState(null, "", address ? `?${address}` : location.pathname);
    clear.hidden = !FILTERS.some((name) => state[name]);
    const isShown = await attempt(number, async () => {
      const asked = address ? await search(state.q) : { answers: [], terms: [] };
      const spoken = asked.answers.length ? await unmuted(asked) : [];
      const answers = await narrow(spoken, state);
      if (number !== run) return;
      found = { ...asked, answers, total: spoken.length, muted: asked.answers.length - spoken.length };
      await append(number, 0);
    });
    if (!isShown) list.replaceChildren();
    if (!isAgain) index.renewed().then((is) => is && number === run && update(true)).catch(() => {});
  };
  const soon = (wait) => {
    clearTimeout(pause);
    shown = new Promise((resolve) => {
      pause = setTimeout(() => resolve(update()), wait);
    });
  };
  const readAddress = () => {
    const asked = new URLSearchParams(location.search);
    const year = asked.get("year"); // in former addresses of this page
    for (const [name, value] of /^\d{4}$/.test(year ?? "") ? [...asked, ["from", `${year}-01-01`], ["to", `${year}-12-31`]] : asked) {
      const field = ["q", "sort", ...FILTERS].includes(name) && form.elements[name];
      if (!field) continue;
      field.value = value;
      if (field.value === value || !field.matches("select")) continue;
      if (name === "sort") field.value = "";
      else field.add(new Option(value, value, true, true));
    }
  };

  if (location.protocol === "file:") {
    const sentences = [
      "Search needs a web server, and this page was opened as a file. In the folder of the site, run" + " ",
      element("code", {}, "python3 -m http.server"),
      ` ${"and open"} `,
      element("code", {}, "http://localhost:8000/search.html"),
    ];
    form.replaceWith(element("p", { className: "prose" }, ...sentences));
  } else {
    index.start().catch(() => {}); // the first query reports it
    loading.then((loaded) => {
      results = loaded;
      if (list.childElementCount) soon(0);
    });
    readAddress();
    const wide = matchMedia("(min-width: 60rem)");
    const unfold = () => (form.querySelector("details").open ||= wide.matches || FILTERS.some((name) => form.elements[name]?.value));
    unfold();
    wide.addEventListener("change", unfold);
    if (location.search) soon(0);
    else form.elements.q.focus({ preventScroll: true });
    form.addEventListener("input", () => soon(60));
    form.addEventListener("focusin", ({ target }) => target.matches("select, [type=date]") && index.columns(target.name === "tag").catch(() => {}));
    form.querySelector(".random").addEventListener("click", () =>
      attempt(run, async () => {
        const all = await index.all();
        const { path } = await index.record(all[Math.floor(Math.random() * all.length)]);
        location.assign(new URL(path, root));
      }),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      soon(0);
      await shown;
      list.querySelector("a")?.click();
    });
    clear.addEventListener("click", () => {
      for (const name of FILTERS) if (form.elements[name]) form.elements[name].value = "";
      soon(0);
    });
    more.addEventListener("click", () => {
      if (more.textContent === MORE || list.childElementCount) attempt(run, () => append(run, next));
      else soon(0);
    });
    addEventListener("online", () => more.textContent === AGAIN && !more.hidden && more.click());
    document.documentElement.dataset.search = "";
  }
}
