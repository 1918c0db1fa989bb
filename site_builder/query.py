"""Parse and match search queries for sources: `retrieval AND ("dense passages" OR rerank*) NOT survey`."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from site_builder.unspaced import PAIRED, TRIPLED

MAX_QUERY = 2_000  # characters
MAX_DEPTH = 20  # brackets within brackets

_JOINT = re.compile(r"[_\-\u2010-\u2015]+")
_UNSPACED = re.compile(f"[{PAIRED}{TRIPLED}]")
_BREAK = re.compile(rf"[^\w\s{PAIRED}{TRIPLED}]+")
# The same for ASCII, character by character.
_ASCII = {
    code: chr(code) if chr(code).isalnum() else " " if chr(code) in "_-" or chr(code).isspace() else "|"
    for code in range(128)
}
_TOKEN = re.compile(
    r'\s*(?:(?P<bracket>[()])|(?P<field>title|abstract):|"(?P<phrase>[^"]*)"|(?P<word>[^\s()"]+))', re.I
)
_OPERATORS = frozenset({"AND", "OR", "NOT"})


def spaced(text: str) -> str:
    """Return the words of a text between single spaces, with a bar where more than a hyphen separates them.

    In scripts without spaces each character is a word, so that words are found inside longer runs.
    """
    if text.isascii():
        marked = text.translate(_ASCII)
    else:
        form: Literal["NFC", "NFKC"] = "NFKC" if _UNSPACED.search(unicodedata.normalize("NFKC", text)) else "NFC"
        marked = _BREAK.sub("|", _JOINT.sub(" ", " ".join(unicodedata.normalize(form, text).split())))
        marked = _UNSPACED.sub(r" \g<0> ", marked) if form == "NFKC" else marked
    while "  " in marked:
        marked = marked.replace("  ", " ")
    parts = [part.strip() for part in marked.split("|")]
    parts[1:-1] = filter(None, parts[1:-1])
    return f" {' | '.join(parts).strip()} "


def folded(text: str) -> str:
    """Return a text in lower case without changing the position of any character."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


@dataclass(frozen=True, slots=True)
class Text:
    """Title and abstract of a paper, normalised for searching."""

    title: str
    abstract: str

    @classmethod
    def of(cls, title: str, abstract: str) -> "Text":
        return cls(folded(spaced(title)), folded(spaced(abstract)))

    def holds(self, phrase: str, field: str = "") -> bool:
        """Return whether a phrase occurs in title or abstract. phrase: as returned by `as_phrase`."""
        texts = (
            [self.title]
            if field == "title"
            else [self.abstract]
            if field == "abstract"
            else [self.title, self.abstract]
        )
        if phrase.endswith("*"):
            return any(phrase[:-1] in text for text in texts)
        return any(f"{phrase} " in text or f"{phrase}s " in text for text in texts)


def as_phrase(written: str) -> str:
    """Return a phrase in the form that `Text.holds` takes, "" for one without a letter or a digit."""
    words = folded(spaced(written.removesuffix("*"))).rstrip()
    has_words = any(character.isalnum() for character in words)
    return f"{words}{'*' if written.endswith('*') else ''}" if has_words else ""


Matches = Callable[[Text], bool]


def parse_query(written: str) -> Matches:
    """Return a function that tests a text against a query. Raises ValueError saying what is wrong, and where.

    Adjacent words are joined by AND. NOT binds strongest, OR weakest. A phrase stands between quotes; `*` after a word
    stands for any ending; `title:` and `abstract:` limit the next word or phrase to that field.
    """
    if len(written) > MAX_QUERY:
        raise ValueError(f"is longer than {MAX_QUERY:,} characters; part it")
    parser = _Parser(written)
    query = parser.alternatives(0)
    if parser.kind:
        raise parser.error("closes a bracket that none opens; remove it")
    return query


class _Parser:
    """A recursive-descent parser of queries. kind, value: the current token; kind is "" at the end."""

    def __init__(self, written: str) -> None:
        self._written = written
        self._end = 0
        self._begin = 0
        self.kind = ""
        self.value = ""
        self._step()

    def error(self, what: str) -> ValueError:
        where = f'"{self._written[self._begin :][:20].strip()}"' if self.kind else "its end"
        return ValueError(f"{what} (at {where})")

    def alternatives(self, depth: int) -> Matches:
        found = [self._all_of(depth)]
        while self.kind == "OR":
            self._step()
            found.append(self._all_of(depth))
        return found[0] if len(found) == 1 else lambda text: any(each(text) for each in found)

    def _all_of(self, depth: int) -> Matches:
        found = [self._term(depth)]
        while self.kind not in ("", "OR", ")"):
            if self.kind == "AND":
                self._step()
            found.append(self._term(depth))
        return found[0] if len(found) == 1 else lambda text: all(each(text) for each in found)

    def _term(self, depth: int) -> Matches:
        is_not = False
        while self.kind == "NOT":
            self._step()
            is_not = not is_not
        found = self._bracket(depth) if self.kind == "(" else self._phrase()
        return (lambda text: not found(text)) if is_not else found

    def _bracket(self, depth: int) -> Matches:
        if depth == MAX_DEPTH:
            raise self.error(f"has brackets more than {MAX_DEPTH} deep; write it flatter")
        self._step()
        found = self.alternatives(depth + 1)
        if self.kind != ")":
            raise self.error("opens a bracket that it does not close; add `)`")
        self._step()
        return found

    def _phrase(self) -> Matches:
        field = ""
        if self.kind == "field":
            field = self.value.lower()
            self._step()
        if self.kind != "words":
            raise self.error("lacks a word; write one there, or remove what asks for it")
        phrase = as_phrase(self.value)
        if not phrase:
            raise self.error("holds no letter and no digit; write a word")
        self._step()
        return lambda text: text.holds(phrase, field)

    def _step(self) -> None:
        """Advance to the next token."""
        found = _TOKEN.match(self._written, self._end)
        if found is None:
            rest = self._written[self._end :].strip()
            self._begin, self.kind = self._end, ""
            if rest:
                self.kind = "quote"
                raise self.error("opens a quote that it does not close; add one")
            return
        self._begin, self._end = self._end, found.end()
        word = found["word"]
        if word and word.upper() in _OPERATORS:
            self.kind, self.value = word.upper(), word
        elif found["bracket"]:
            self.kind = self.value = found["bracket"]
        elif found["field"]:
            self.kind, self.value = "field", found["field"]
        else:
            self.kind, self.value = "words", word if word is not None else found["phrase"]


def any_of(queries: Iterable[str]) -> Matches:
    """Return a function that tests whether a text matches at least one query."""
    parsed = [parse_query(each) for each in queries]
    return lambda text: any(each(text) for each in parsed)
