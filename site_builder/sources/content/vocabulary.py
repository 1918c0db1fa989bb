"""Read the vocabularies `tags.yaml`, `organizations.yaml` and `people.yaml`; defects are reported as problems."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from site_builder.names.identity import is_dblp_id, name_key, orcid_in
from site_builder.problems import Problems, right_word, shortened
from site_builder.query import as_phrase
from site_builder.sources.syntax.yaml_text import LineDict, LineList, YamlError, load_yaml
from site_builder.urls import name_in_address, slugify, term_slug

# File → (its top-level key, the noun for an entry in messages, the keys of an entry).
TAGS, ORGANIZATIONS, PEOPLE = "tags.yaml", "organizations.yaml", "people.yaml"
_YES, _NO = ("yes", "true"), ("no", "false")
_IDS = ("orcid", "openalex", "dblp", "arxiv")  # keys of a person's ids
_FILES = {
    TAGS: ("tags", "tag", tuple("name slug general description aliases formerly patterns order section".split())),
    ORGANIZATIONS: ("organizations", "organisation", ("name", "slug", "description", "aliases", "formerly")),
    PEOPLE: ("people", "person", ("name", "slug", "description", "aliases", "formerly", "ours", "papers", *_IDS)),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A pattern that requires all phrases of `every` and none of `none`, anywhere in title or abstract."""

    every: tuple[str, ...]
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermDefinition:
    """A tag, organisation or person of a vocabulary; only tags have patterns and may be general.

    name: as shown to readers; slug: its permanent address; description: one line; aliases: other names in lists;
    patterns: words and phrases in titles and abstracts that indicate the tag; is_general: it comes after all other
    tags, and only if there are few. formerly: former slugs, oldest first; their names are among the aliases. order:
    position among the sections of a day; is_section: it forms a section even with a single paper.
    For people only: ids: (register, id) pairs; papers: (id, line) of this person's papers, if another person has the
    same name; is_ours: the site counts the person among its own.
    """

    name: str
    slug: str
    description: str
    aliases: tuple[str, ...]
    patterns: tuple[str, ...]
    is_general: bool = False
    formerly: tuple[str, ...] = ()
    order: int | None = None
    is_section: bool = False
    conditions: tuple[Condition, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    papers: tuple[tuple[str, int], ...] = ()
    is_ours: bool = False


@lru_cache(maxsize=2**12)
def tag_key(text: str) -> str:
    """Normalise a name or alias for comparison: case is folded, and spaces, `-` and `_` are equal."""
    return re.sub(r"[\s_\-\u2010-\u2015]+", " ", text).strip().casefold()


def by_name(vocabulary: Iterable[TermDefinition]) -> dict[str, TermDefinition]:
    """Index tags by all their names (slugs, name, aliases), normalised by `tag_key`."""
    return {tag_key(name): tag for tag in vocabulary for name in (*tag.formerly, tag.slug, tag.name, *tag.aliases)}


def read_vocabulary(text: str, path: str, problems: Problems) -> tuple[TermDefinition, ...]:
    """Read the terms of a file in order; invalid ones are reported and left out."""
    top, kind, keys = _FILES[path]
    try:
        document = load_yaml(text)
    except YamlError as error:
        problems.add(path, error.line, f"broken YAML: {error.message}", f"no {kind} is read until it is mended")
        return ()
    if document == "":
        return ()
    entries = document.get(top) if isinstance(document, LineDict) else None
    reading = _VocabularyReader(path, problems, kind, keys)
    if isinstance(document, LineDict):
        reading.report_unknown_keys(document, (top,))
    if entries == "":
        return ()
    if not isinstance(entries, LineList):
        remedy = f"begin with `{top}:` and a line `  - name: …` for each {kind}"
        problems.add(path, None, f"holds no list of {kind}s", remedy)
        return ()
    tags = (reading.tag(entry, line) for entry, line in zip(entries, entries.item_lines, strict=True))
    return tuple(tag for tag in tags if tag is not None)


def _openalex(text: str) -> str:
    found = re.fullmatch(r"(?:https?://openalex\.org/(?:authors/)?)?(A\d{4,12})", text, re.IGNORECASE)
    return found[1].upper() if found else ""


def _dblp(text: str) -> str:
    pid = re.sub(r"^https?://dblp\.[a-z.-]+/pid/|\.html$", "", text)
    return pid if is_dblp_id(pid) else ""


def _arxiv(text: str) -> str:
    found = re.fullmatch(
        r"(?:https?://arxiv\.org/a/)?([a-z]+(?:[-_][a-z]+)*_\d{1,3}|\d{4}(?:-\d{4}){2}-\d{3}[\dX])", text
    )
    return found[1] if found else ""


# Register of people → the parser of its ids, which returns "" for an invalid one, and an example.
_ID_FORMS: Mapping[str, tuple[Callable[[str], str], str]] = {
    "orcid": (orcid_in, "0000-0002-1825-0097"),
    "openalex": (_openalex, "A5023888391"),
    "dblp": (_dblp, "65/9612"),
    "arxiv": (_arxiv, "lovelace_a_1"),
}


class _VocabularyReader:
    """Reads the entries of one vocabulary and tracks which term owns which name, slug, alias and id."""

    def __init__(self, path: str, problems: Problems, kind: str, keys: tuple[str, ...]) -> None:
        self._path = path
        self._problems = problems
        self._kind = kind
        self._keys = keys
        self._owners: dict[str, str] = {}

    def tag(self, entry: object, line: int) -> TermDefinition | None:
        """Read one term; return None after reporting why it is invalid."""
        if not isinstance(entry, LineDict):
            self._report(line, f"{_shown(entry)} is no {self._kind}", f"write `- name: …`; {self._kind} skipped")
            return None
        self.report_unknown_keys(entry, self._keys)
        name = self._text(entry, "name")
        if not name:
            self._report(line, f"{_article(self._kind)} has no name", f"add `name: …`; {self._kind} skipped")
            return None
        slug = self._slug(name, entry)
        has_namesakes = bool(entry.get("papers"))
        for key, words in (("slug", slug),) if has_namesakes else (("name", name), ("slug", slug)):
            owner = self._owners.get(tag_key(words))
            if owner is not None:
                what = f'the {key} "{words}" of the {self._kind} "{name}" already stands for the {self._kind} "{owner}"'
                self._report(entry.lines.get(key, line), what, f"give one of them another; {self._kind} skipped")
                return None
        self._owners |= dict.fromkeys([tag_key(slug)] if has_namesakes else [tag_key(name), tag_key(slug)], name)
        aliases = self._claim("aliases", "alias", name, entry)
        former = self._claim("formerly", "former name", name, entry)  # names or slugs; lists may still use them
        return TermDefinition(
            name,
            slug,
            self._text(entry, "description"),
            tuple(dict.fromkeys([*aliases, *former])),
            self._patterns(name, entry),
            self._is_yes(entry, "general"),
            tuple(dict.fromkeys(each for each in map(self._slug_of, former) if each != slug)),
            self._order(entry),
            self._is_section(entry),
            self._conditions(name, entry),
            tuple(self._ids(name, entry)),
            tuple(self._list(entry, "papers")),
            self._is_yes(entry, "ours"),
        )

    def report_unknown_keys(self, mapping: LineDict, known: tuple[str, ...]) -> None:
        """Report each unknown key, with the nearest known one."""
        for key in mapping:
            if key not in known:
                self._report(mapping.lines.get(key, mapping.line), f'unknown key "{key}"', right_word(key, known))

    def _slug(self, name: str, entry: LineDict) -> str:
        written = self._text(entry, "slug")
        slug = slugify(written) if written else self._slug_of(name)
        if written and written != slug:
            self._report(entry.lines["slug"], f'"{written}" is no slug', f'"{slug}" is used; write it so')
        return slug

    def _is_yes(self, entry: LineDict, key: str) -> bool:
        value = self._text(entry, key)
        if value.lower() not in ("", *_YES, *_NO):
            self._report(entry.lines[key], f'`{key}` is "{shortened(value)}"', "write yes or no; no is used")
        return value.lower() in _YES

    def _order(self, entry: LineDict) -> int | None:
        value = self._text(entry, "order")
        if value and not re.fullmatch(r"\d{1,6}", value):
            self._report(
                entry.lines["order"], f'`order` is "{shortened(value)}"', "write a number such as 10; none is used"
            )
            return None
        return int(value) if value else None

    def _is_section(self, entry: LineDict) -> bool:
        value = self._text(entry, "section")
        if value not in ("", "always"):
            self._report(entry.lines["section"], f'`section` is "{shortened(value)}"', "write always, or remove it")
        return value == "always"

    def _ids(self, name: str, entry: LineDict) -> Iterator[tuple[str, str]]:
        """Yield the (register, id) pairs of a person; report ids that are invalid or belong to another person."""
        for key, (read, example) in _ID_FORMS.items():
            written = self._text(entry, key)
            found = read(written)
            if written and not found:
                remedy = f"write it as in {example}; it is left out"
                self._report(entry.lines[key], f'"{shortened(written)}" is no id of {key}', remedy)
            owner = self._owners.setdefault(f"{key}:{found}", name) if found else name
            if owner != name:
                what = f'the {key} id of "{name}" already stands for the person "{owner}"'
                self._report(entry.lines[key], what, "remove it from one of them; it is left out")
            elif found:
                yield key, found

    def _slug_of(self, name: str) -> str:
        """Return the slug of a name; for people, the same as for authors outside the vocabulary."""
        return term_slug((name_key(name) if self._path == PEOPLE else "") or name)

    def _claim(self, key: str, what: str, name: str, entry: LineDict) -> tuple[str, ...]:
        """Claim and return the names under a key; report those that already belong to another term."""
        names = []
        folder = self._path.removesuffix(".yaml") if self._path != PEOPLE else "authors"
        for written, line in self._list(entry, key):
            other = name_in_address(written, folder)
            owner = self._owners.setdefault(tag_key(other), name)
            if owner == name:
                names.append(other)
            else:
                stands_for = (
                    f'the {what} "{other}" of the {self._kind} "{name}" already stands for the {self._kind} "{owner}"'
                )
                self._report(line, stands_for, f"remove it from one of them; {what} skipped")
        return tuple(names)

    def _patterns(self, name: str, entry: LineDict) -> tuple[str, ...]:
        """Return the text patterns; report those that cannot match, since they have no letter or digit."""
        patterns = []
        for pattern, line in self._list(entry, "patterns", ignored=LineDict):
            if any(character.isalnum() for character in pattern):
                patterns.append(pattern)
            else:
                what = f'the pattern "{pattern}" of "{name}" holds no letter and no digit'
                self._report(line, what, "write words; pattern skipped")
        return tuple(dict.fromkeys(patterns))

    def _conditions(self, name: str, entry: LineDict) -> tuple[Condition, ...]:
        """Return the patterns written as mappings: `{all: [graph, attention], none: [molecule]}`."""
        written = entry.get("patterns")
        items = written if isinstance(written, LineList) else [written]
        found = []
        for item in items:
            if not isinstance(item, LineDict):
                continue
            self.report_unknown_keys(item, ("all", "none"))
            every, none = (self._phrases(name, item, key) for key in ("all", "none"))
            if every:
                found.append(Condition(every, none))
            else:
                self._report(item.line, f'a pattern of "{name}" asks for no word', "write `all: [one, another]` in it")
        return tuple(found)

    def _phrases(self, name: str, item: LineDict, key: str) -> tuple[str, ...]:
        phrases = []
        for written, line in self._list(item, key):
            phrase = as_phrase(written)
            if phrase:
                phrases.append(phrase)
            else:
                what = f'the pattern "{shortened(written)}" of "{name}" holds no letter and no digit'
                self._report(line, what, "write words; it is left out")
        return tuple(dict.fromkeys(phrases))

    def _text(self, entry: LineDict, key: str) -> str:
        value = entry.get(key, "")
        if isinstance(value, str):
            return " ".join(value.split())
        self._report(entry.lines[key], f"`{key}` is not a text", f"write one line after `{key}:`")
        return ""

    def _list(self, entry: LineDict, key: str, ignored: type[LineDict] | tuple[()] = ()) -> list[tuple[str, int]]:
        """Return the texts of a list with their lines; a single text counts as a list of one."""
        value = entry.get(key, "")
        line = entry.lines.get(key, entry.line)
        placed = zip(value, value.item_lines, strict=True) if isinstance(value, LineList) else [(value, line)]
        texts = []
        for item, item_line in placed:
            if isinstance(item, ignored):
                continue
            if not isinstance(item, str):
                what = f"`{key}` holds {_shown(item)}"
                self._report(item_line, what, f"write `{key}: [one, another]`; it is skipped")
            elif item.strip():
                texts.append((item.strip(), item_line))
        return texts

    def _report(self, line: int, what: str, remedy: str) -> None:
        self._problems.add(self._path, line, what, remedy)


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f'"{shortened(value)}"' if value else "an empty entry"
    return "a mapping" if isinstance(value, LineDict) else "a list"
