"""What `tags.yaml`, `organizations.yaml` and `people.yaml` say of terms, every defect a problem."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from site_builder.names.identity import is_dblp_id, name_key, orcid_in
from site_builder.problems import Problems, right_word, shortened
from site_builder.query import as_phrase
from site_builder.sources.syntax.yaml_text import LineDict, LineList, YamlError, load_yaml
from site_builder.urls import name_in_address, slugify, term_slug

# File → (its top key, what one of its entries is called, the keys of an entry).
TAGS, ORGANIZATIONS, PEOPLE = "tags.yaml", "organizations.yaml", "people.yaml"
_YES, _NO = ("yes", "true"), ("no", "false")
_IDS = ("orcid", "openalex", "dblp", "arxiv")  # of a person
_FILES = {
    TAGS: ("tags", "tag", tuple("name slug general description aliases formerly patterns order section".split())),
    ORGANIZATIONS: ("organizations", "organisation", ("name", "slug", "description", "aliases", "formerly")),
    PEOPLE: ("people", "person", ("name", "slug", "description", "aliases", "formerly", "ours", "papers", *_IDS)),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A pattern that asks for every one of several phrases, and for none of others, anywhere in title or abstract."""

    every: tuple[str, ...]
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermDefinition:
    """One tag of the vocabulary, one organisation or one person; only tags have patterns and may be general.

    name: as readers see it; slug: its lasting address; description: one line; aliases: other names that lists may use;
    patterns: words and phrases that speak for it in titles and abstracts; is_general: whether it stands after all
    others, and only where there are few. formerly: slugs that it had before, the oldest first, the names of which are
    among the aliases. order: its place among the sections of a day; is_section: whether it makes one also of a single
    paper.
    Of a person alone: ids by the register they are of; papers: ids of those that are this person's, with their lines,
    where another has the same name; is_ours: whether the site counts the person among its own.
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
    """Return the form in which names and aliases are compared: case folded, spaces, `-` and `_` equal."""
    return re.sub(r"[\s_\-\u2010-\u2015]+", " ", text).strip().casefold()


def by_name(vocabulary: Iterable[TermDefinition]) -> dict[str, TermDefinition]:
    """Return each tag by all that it may be called: its slugs, its name and its aliases, as `tag_key` has them."""
    return {tag_key(name): tag for tag in vocabulary for name in (*tag.formerly, tag.slug, tag.name, *tag.aliases)}


def read_vocabulary(text: str, path: str, problems: Problems) -> tuple[TermDefinition, ...]:
    """Return the tags or organisations of a file in their order; a bad one is reported and left out, the rest kept."""
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


# Register of people → how its ids are read, "" for what is none, and what one looks like.
_ID_FORMS: Mapping[str, tuple[Callable[[str], str], str]] = {
    "orcid": (orcid_in, "0000-0002-1825-0097"),
    "openalex": (_openalex, "A5023888391"),
    "dblp": (_dblp, "65/9612"),
    "arxiv": (_arxiv, "lovelace_a_1"),
}


class _VocabularyReader:
    """One pass over a vocabulary: where problems go, and which tag owns which name, slug and alias."""

    def __init__(self, path: str, problems: Problems, kind: str, keys: tuple[str, ...]) -> None:
        self._path = path
        self._problems = problems
        self._kind = kind
        self._keys = keys
        self._owners: dict[str, str] = {}

    def tag(self, entry: object, line: int) -> TermDefinition | None:
        """Return one tag, or None after reporting why there is none."""
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
        aliases = self._own("aliases", "alias", name, entry)
        former = self._own("formerly", "former name", name, entry)  # names or their slugs; lists may go on to use them
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
        """Report each key that nobody reads, with the known one that comes closest."""
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
        """Yield (register, id) of a person; one that cannot be right, or is another's, is reported."""
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
        """Return the slug of a name, for people as for those whom no file names."""
        return term_slug((name_key(name) if self._path == PEOPLE else "") or name)

    def _own(self, key: str, what: str, name: str, entry: LineDict) -> tuple[str, ...]:
        """Return the other names below a key that stand for nothing else, and take them."""
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
        """Return the patterns that can match: those with a letter or digit."""
        patterns = []
        for pattern, line in self._list(entry, "patterns", passed_over=LineDict):
            if any(character.isalnum() for character in pattern):
                patterns.append(pattern)
            else:
                what = f'the pattern "{pattern}" of "{name}" holds no letter and no digit'
                self._report(line, what, "write words; pattern skipped")
        return tuple(dict.fromkeys(patterns))

    def _conditions(self, name: str, entry: LineDict) -> tuple[Condition, ...]:
        """Return the patterns that are mappings: `{all: [graph, attention], none: [molecule]}`."""
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

    def _list(self, entry: LineDict, key: str, passed_over: type[LineDict] | tuple[()] = ()) -> list[tuple[str, int]]:
        """Return the texts of a list with their lines; a single text is a list of one."""
        value = entry.get(key, "")
        line = entry.lines.get(key, entry.line)
        placed = zip(value, value.item_lines, strict=True) if isinstance(value, LineList) else [(value, line)]
        texts = []
        for item, item_line in placed:
            if isinstance(item, passed_over):
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
