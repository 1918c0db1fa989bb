"""Inline Markdown and HTML, as curators write them in tables: links, plain text, paragraphs."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from site_builder.lazy import lazy_pattern
from site_builder.sources.fields.identifiers import SICI, leads_to_paper, link_kind
from site_builder.sources.syntax.html_text import says_only_that_it_is_a_link, text_of_link

_LINK = lazy_pattern(
    r"!?\[(?P<label>(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,300}+)\]"
    rf"\(\s*<?(?P<url>[^\s<>()]*(?:(?:\([^\s()]*\)|{SICI})[^\s<>()]*)*)>?[^()]{{0,200}}\)"
)
_DOUBLE = lazy_pattern(r"\[\[(?P<label>[^\[\]]{0,200})\]\](?=\()")
_HTML_LINK = lazy_pattern(
    r"<a\s[^<>]{0,300}?href\s*=\s*[\"']?(?P<url>[^\"'\s<>]+)[^<>]{0,300}>(?P<label>.{0,500}?)</a>",
    re.IGNORECASE | re.DOTALL,
)
# Chinese, Japanese and Korean letters belong to a URL only after certain punctuation: `…/wiki/学`, not `…/a上`.
_WIDE = r"\u1100-\u11ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
_BARE_URL = lazy_pattern(
    rf"<?(https?://(?:[^\s<>()\[\]|{_WIDE}]++|(?<=[/=_-])[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]++"
    rf"|(?<=[\w./-])\([^\s<>()\[\]|]{{1,40}}\)|{SICI})+)>?"
)
_SUMMARY = lazy_pattern(r"<summary>.{0,500}?</summary>", re.IGNORECASE | re.DOTALL)
_BREAK = lazy_pattern(r"(?:(?<!\s)\s++)?(?:<br\s*/?>|</p>\s*<p>|</li>\s*<li>)\s*", re.IGNORECASE)
_TAG = lazy_pattern(
    r"</?(?:details|summary|p|b|i|em|strong|sub|sup|span|div|ul|ol|li|a|code|img|kbd|small|u)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_BOLD = lazy_pattern(r"\*{2,3}|`|(?<![\w\\])__(?=\w)|(?<=\w)__(?!\w)")
_ITALIC = lazy_pattern(r"(?<![\w*\\])([*_])(?=[^\s*_])([^*_$\n]{1,300}?)\1(?![\w*])")
_ESCAPED = lazy_pattern(r"\\([|*_`#])")
_SIGN = r"\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff"
_SIGNS = lazy_pattern(rf"\A\s*+[{_SIGN}][\s{_SIGN}]*+|(?<![\s{_SIGN}])\s*+[{_SIGN}][\s{_SIGN}]*+\Z")
_EMOJI_FIRST = lazy_pattern(r"\A\s*+(?::[a-z_+0-9]{2,30}:\s*+)++")
_READING_TIME = lazy_pattern(r"(?<!\s)\s*+[(\[]\d{1,3}[ -]min(?:ute)?s?(?: read)?[)\]]", re.IGNORECASE)
_EMOJI = lazy_pattern(r":[a-z_+0-9]{2,30}:")
_MARK = lazy_pattern(r"[*_`\\]|:[a-z_+0-9]")  # in any match of `_BOLD`, `_ITALIC`, `_ESCAPED`, `_EMOJI`
_LINES = 256  # cached lines; each is parsed again by the tests for a heading, a title and a name

# Lines of buttons that pages have above or below each paper, copied without what they lead to.
_BUTTONS = lazy_pattern(
    r"(?:(?:pdf )?bib(?: (?:abs|pdf|code|data|video|poster|software|checklist|copy))*"
    r"|(?:(?:Save|Cite|Share|Alert|Bookmark|Read more|Show details|Hide details|Readers: Everyone|View PDF|Download PDF"
    r"|View abstract|(?:New|Confirmatory|Contradictory) Results|Preview(?: PDF)?|Info/History|Full Text"
    r"|\d+ Repl(?:y|ies)|Cited by \d+|Related articles|All \d+ versions|View as HTML)\s*)+)",
    re.IGNORECASE,
)
_IN_BRACKETS = lazy_pattern(r"(?:\[[^\[\]\n]{1,30}\][\s|,\u00b7]*)+")
# Label → kind of link; for other labels, the URL decides.
_KIND_OF_LABEL = {
    **dict.fromkeys(("code", "github", "repo", "repository", "source code", "implementation", "official code"), "code"),
    **dict.fromkeys(("tweet", "twitter", "x", "thread"), "tweet"),
    **dict.fromkeys(("project", "project page", "website", "homepage", "page", "demo page"), "project"),
    **dict.fromkeys(("blog", "blog post", "post"), "blog"),
    **dict.fromkeys(("model", "models", "weights", "checkpoint"), "model"),
    **dict.fromkeys(("data", "dataset", "datasets"), "data"),
    **dict.fromkeys(("video", "talk", "youtube"), "video"),
    **dict.fromkeys(
        ("slides", "demo", "notes", "poster", "supplement", "supp", "software", "review", "bib", "bibtex"), ""
    ),
}
_PAPER_LABELS = frozenset(
    "paper pdf arxiv abs abstract link url html full-text preprint publication openreview doi report here tech-report "
    "full-text-pdf "
    "technical-report paper-link official-paper links papers read view download download-pdf details read-more more "
    "source pdf-link arxiv-link arxiv-pdf abs-link full-paper fulltext html-experimental authors author summary tldr "
    "tl-dr title year venue date categories comments huggingface hugging-face hf alphaxiv semantic-scholar "
    "papers-with-code pubmed pmc".split()
)


class Link(NamedTuple):
    """A link in a text: its label as plain text, its URL, the span it occupies, and whether it is a picture."""

    label: str
    url: str
    start: int
    end: int
    is_picture: bool = False


@lru_cache(maxsize=_LINES)
def links_in(text: str) -> tuple[Link, ...]:
    """Return the links in a text in order: Markdown links, HTML links, and bare http(s) URLs outside these."""
    if "](" not in text and "://" not in text and "<" not in text:
        return ()
    text = _single(text)
    found = [*_links(_LINK, text), *_links(_HTML_LINK, text)]
    rest = text
    for pattern in (_LINK, _HTML_LINK):
        rest = pattern.sub(lambda link: " " * len(link[0]), rest)
    found += [Link("", bare[1].rstrip(".,;:"), bare.start(), bare.end()) for bare in _BARE_URL.finditer(rest)]
    return tuple(sorted(found, key=lambda link: link.start))


def _single(text: str) -> str:
    """Replace double brackets around a link label by single ones, padded so that offsets stay valid."""
    return _DOUBLE.sub(lambda found: f"  [{found['label']}]", text)


def without_links(text: str) -> str:
    """Remove the links of a text, and brackets that enclosed only links."""
    text = _single(text)
    kept: list[str] = []
    position = 0
    for link in links_in(text):
        kept.append(text[position : link.start])
        position = max(position, link.end)
    return re.sub(r"\[\s*\]|\(\s*\)", "", "".join([*kept, text[position:]]))


def _links(pattern: re.Pattern[str], text: str) -> Iterator[Link]:
    for found in pattern.finditer(text):
        yield Link(plain_text(found["label"]), found["url"], found.start(), found.end(), found[0].startswith("!"))


def links_to_paper(text: str) -> bool:
    """Return whether any link in a text, pictures aside, leads to a paper."""
    return any(leads_to_paper(link.url) for link in links_in(text) if not link.is_picture)


@lru_cache(maxsize=_LINES)
def is_kind_word(label: str) -> bool:
    """Return whether a label names the kind of a link (`PDF`, `code`), not the title of a paper; also if empty."""
    word = "-".join(re.sub(r"[^\w\s-]", " ", label).lower().split())
    return not word or word in _PAPER_LABELS or word.replace("-", " ") in _KIND_OF_LABEL


def are_buttons(line: str) -> bool:
    """Return whether a line holds nothing but the buttons of a page: `[pdf] [supp]`, `pdf bib abs`, `Show details`."""
    bare = line.strip()
    if _BUTTONS.fullmatch(bare):
        return True
    return _IN_BRACKETS.fullmatch(bare) is not None and all(map(is_kind_word, re.findall(r"\[(.*?)\]", bare)))


def links_by_kind(links: Iterable[Link]) -> dict[str, str]:
    """Return kind → URL of the web links; the kind follows from the label, else from the URL."""
    by_kind: dict[str, str] = {}
    for link in links:
        if link.is_picture or not link.url.startswith(("http://", "https://")):
            continue
        label = re.sub(r"[^\w\s-]", " ", link.label).strip().lower()
        kind = _KIND_OF_LABEL.get(label)
        if kind is None:
            kind = link_kind(link.url)
        by_kind.setdefault(kind or label, link.url)
    return by_kind


def without_signs(text: str) -> str:
    """Remove emoji from both ends of a text, and emoji names (`:rocket:`) from its beginning."""
    text = _EMOJI_FIRST.sub("", text) if text[:1] in ": " else text
    return text if text.isascii() else _SIGNS.sub("", text)


def without_reading_time(text: str) -> str:
    """Remove a newsletter's reading time from a title: `(12 MINUTE READ)`."""
    return _READING_TIME.sub("", text)


@lru_cache(maxsize=_LINES)
def plain_text(text: str) -> str:
    """Remove Markdown and HTML markup from a text; links become their labels, runs of spaces single ones."""
    return " ".join(_unmarked(text).split())


def prose(text: str) -> str:
    """Return a text like `plain_text`, but write out the URLs of links whose labels are not a kind of link."""
    return plain_text(_with_addresses(text))


def prose_without_kinds(text: str) -> str:
    """Return a text like `prose`, without links labelled as links of a paper (`PDF`, `code`) and their brackets."""
    text = _with_addresses(text)
    for pattern in (_LINK, _HTML_LINK):
        text = pattern.sub("", text)
    return plain_text(re.sub(r"\[[\s,|/]*\]|\([\s,|/]*\)", "", text))


def _with_addresses(text: str) -> str:
    """Write out the URLs of links, except of those labelled as links of a paper (`PDF`, `code`)."""

    def written(found: re.Match[str]) -> str:
        label, url = plain_text(found["label"]), found["url"]
        is_named = is_kind_word(label) and not says_only_that_it_is_a_link(label)
        if found[0].startswith("!") or is_named or not url.startswith(("http://", "https://")) or url in label:
            return found[0]
        return text_of_link(label, url)

    for pattern in (_LINK, _HTML_LINK) if "](" in text or "<a" in text or "<A" in text else ():
        text = pattern.sub(written, text)
    return text


def paragraphs(text: str) -> str:
    """Return the text of a cell like `prose`, with its lines and paragraphs separated by blank lines."""
    parts = (prose(part) for part in _BREAK.split(_SUMMARY.sub(" ", text)))
    return "\n\n".join(part for part in parts if part)


def _unmarked(text: str) -> str:
    if "<" in text or "](" in text:
        text = _SUMMARY.sub(" ", text)
        for pattern in (_LINK, _HTML_LINK):
            text = pattern.sub(lambda found: "" if found[0].startswith("!") else found["label"], text)
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if not _MARK.search(text):
        return text
    return _ESCAPED.sub(r"\1", _ITALIC.sub(r"\2", _BOLD.sub("", _EMOJI.sub("", text))))
