"""Render Markdown of editor's notes and free pages as safe HTML."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from html import unescape
from typing import ClassVar
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.blockprocessors import OListProcessor, UListProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from site_builder.model.picture import PictureFile
from site_builder.papers.clean import strip_controls
from site_builder.papers.formulas import ENVIRONMENTS, Formula, split_formulas
from site_builder.papers.growth import is_proportionate
from site_builder.render.text.bounds import MAX_FORMULAS
from site_builder.render.text.markdown_bounds import is_bounded
from site_builder.render.text.maths import formula_html, formula_text

_TAGS = set(
    "a abbr b blockquote br cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins "
    "kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var".split()
)
_ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "details": {"open"},
}
_RELATIVE = re.compile(r"(?![/\\]{2})[^\x00-\x20\\:/?#]*(?:[/?#][^\x00-\x20\\]*)?")  # no scheme, no host
_ABSOLUTE = re.compile(r"(?:https?://|mailto:)[^\x00-\x20\\]+", re.IGNORECASE)
_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')  # as nh3 writes it
_SRC = re.compile(r' src="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')

NO_PICTURES: Mapping[str, PictureFile] = {}
MARKDOWN_GROWTH = 60  # maximum characters of HTML for one of Markdown; a cell without text takes ten
NOTE_ANCHORS = "note-"
_PAGE_IDS = frozenset({"main", "top"})  # ids that every page has itself

# Delimiters of our placeholders in the parser's output; strip_controls removes them from any input.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_PLACEHOLDER = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_BEGINNING = rf"(?<!\\)\$\$?|\\begin\{{(?:{ENVIRONMENTS})\*?\}}"
_PARSED = re.compile("\x02[^\x03]*\x03")  # a code span, as the parser stores it


def markdown_html(
    text: str,
    top_heading: int = 1,
    resolve: Callable[[str], str] | None = None,
    *,
    id_prefix: str = "",
    allow_html: bool = False,
    plain_maths: bool = False,
    pictures: Mapping[str, PictureFile] = NO_PICTURES,
) -> Markup:
    """Return a note or a free page as sanitised HTML; a text beyond the bounds is shown as source.

    top_heading: minimum level of the text's highest headings; all headings are shifted alike. resolve: maps the target
    of a relative link or image (`about.html`) to the one to write. id_prefix: keeps the text's anchors distinct from
    those of the page. allow_html: HTML in the text passes through the sanitiser, else it is shown as text. plain_maths:
    formulas as Unicode text, for mails and feeds, instead of MathML. pictures: by the names used in the text. Images on
    other hosts are replaced by their descriptions.
    """
    text = strip_controls(text)
    if not is_bounded(text):
        return _as_written(text)
    parser, formulas = _parser(allow_html)
    formulas.begin(top_heading)

    def target(name: str) -> str:
        path = pictures[name].path
        return resolve(path) if resolve else path

    try:
        html = parser.reset().convert(text)
    except RecursionError:
        return _as_written(text)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=lambda tag, name, value: (
            target(value) if name == "src" and value in pictures else _attribute(name, value, resolve, id_prefix)
        ),
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    sizes = {target(name): picture for name, picture in pictures.items()}
    clean = _IMAGE.sub(lambda image: _own_image(image, sizes), clean.replace("&nbsp;", "\u00a0"))
    if not is_proportionate(text, clean, MARKDOWN_GROWTH):
        return _as_written(text)
    pieces = _PLACEHOLDER.split(clean)  # text, number, text, number, … text
    pieces[::2] = map(strip_controls, pieces[::2])  # `&#11;` was no control character before
    pieces[1::2] = (_formula(formulas.found, int(number), plain_maths) for number in pieces[1::2])
    return Markup("".join(pieces))  # noqa: S704 - sanitised, and MathML from the allow-list


def pictures_of(text: str, *, allow_html: bool) -> tuple[str, ...]:
    """Return the sources of all images in a text, each once."""
    text = strip_controls(text)
    if not is_bounded(text):
        return ()
    parser, formulas = _parser(allow_html)
    formulas.begin()
    named: dict[str, None] = {}

    def note(tag: str, name: str, value: str) -> str:
        if (tag, name) == ("img", "src"):
            named[value] = None
        return value

    try:
        html = parser.reset().convert(text)
    except RecursionError:
        return ()
    nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=note, link_rel=None)
    return tuple(named)


def note_html(
    text: str,
    resolve: Callable[[str], str] | None = None,
    *,
    allow_html: bool,
    plain_maths: bool = False,
    pictures: Mapping[str, PictureFile] = NO_PICTURES,
) -> Markup:
    """Return the note of a day for a place below its title; its relative links start at the top of the site."""
    return markdown_html(
        text,
        3,
        resolve,
        id_prefix=NOTE_ANCHORS,
        allow_html=allow_html,
        plain_maths=plain_maths,
        pictures=pictures,
    )


def _as_written(text: str) -> Markup:
    return Markup("<pre>{}</pre>").format(text)


def _formula(found: list[Formula], number: int, plain: bool) -> str:
    if number >= len(found):
        return ""
    formula = found[number]
    if number >= MAX_FORMULAS:
        return escape(formula.source)
    return escape(formula_text(formula)) if plain else formula_html(formula)


def _attribute(name: str, value: str, resolve: Callable[[str], str] | None, id_prefix: str) -> str | None:
    """Return the value to write for an attribute, or None to drop it."""
    if strip_controls(value) != value:  # also a formula's placeholder
        return None
    if name == "id":
        anchor = id_prefix + value
        return f"{anchor}-1" if anchor in _PAGE_IDS else anchor
    if name not in ("href", "src"):
        return value
    if value.startswith("#"):
        return f"#{id_prefix}{value[1:]}"
    if _RELATIVE.fullmatch(value):
        return resolve(value) if resolve else value
    return value if name == "href" and _ABSOLUTE.fullmatch(value) else None


def _own_image(image: re.Match[str], sizes: Mapping[str, PictureFile]) -> str:
    """Return an image of the site with its size; for one on another host, which pages may not load, its description."""
    source = _SRC.search(image[1])
    if source:
        picture = sizes.get(unescape(source[1]))
        if picture is None or " width=" in image[1] or " height=" in image[1]:
            return image[0]
        return f'<img{image[1]} width="{picture.width}" height="{picture.height}" loading="lazy">'
    description = _ALT.search(image[1])
    return escape(unescape(description[1])) if description else ""


class _Dollars(InlineProcessor):
    """Formulas in Markdown text, hidden from the parser and the sanitiser by placeholders.

    Which dollars match is decided for a whole paragraph. The parser asks for one formula after another and has replaced
    the previous ones by then, so formulas are identified by their distance from the end.
    """

    def __init__(self, formulas: "_Formulas") -> None:
        super().__init__(_BEGINNING)
        self.formulas = formulas

    def handleMatch(  # type: ignore[override]  # noqa: N802 Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int] | tuple[None, None, None]:
        formula = self.formulas.ahead(data, m.start())
        if formula is None:
            return None, None, None
        self.formulas.found.append(formula)
        return f"{_OPEN}{len(self.formulas.found) - 1}{_CLOSE}", m.start(), m.start() + len(formula.written)


class _Headings(Treeprocessor):
    """Lowers headings, so that the page's own stay above them."""

    def __init__(self, formulas: "_Formulas") -> None:
        super().__init__()
        self.formulas = formulas

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))]
        shift = max(0, self.formulas.top_heading - min((int(element.tag[1]) for element in headings), default=6))
        for element in headings:
            element.tag = f"h{min(6, int(element.tag[1]) + shift)}"


class _NumberedList(OListProcessor):
    """Let a list begin with the number that is written, and go on below none of bullets."""

    SIBLING_TAGS: ClassVar = ["ol"]
    LAZY_OL = False


class _BulletList(UListProcessor):
    """Let a list go on below none of numbers."""

    SIBLING_TAGS: ClassVar = ["ul"]


class _Formulas(Extension):
    """State of one conversion: the level of the highest headings, and the formulas found, in order."""

    def __init__(self, allow_html: bool) -> None:
        super().__init__()
        self.allow_html = allow_html
        self.top_heading = 1
        self.found: list[Formula] = []
        self._paragraph = ""
        self._ahead: dict[int, Formula] = {}  # by distance of the beginning from the end of the paragraph

    def begin(self, top_heading: int = 1) -> None:
        """Reset the state for a new text."""
        self.top_heading = top_heading
        self.found.clear()
        self._paragraph = ""

    def ahead(self, paragraph: str, start: int) -> Formula | None:
        """Return the formula that begins at an index of a paragraph, None if there is none."""
        if not self._paragraph or not self._paragraph.endswith(paragraph[start:]):
            self._paragraph = paragraph
            self._ahead = {}
            distance = len(paragraph)
            # No formula extends past a blank line, so blank lines in place of parsed spans end formulas there.
            for piece in split_formulas(_PARSED.sub(lambda span: "\n\n".ljust(len(span[0])), paragraph)):
                if isinstance(piece, Formula):
                    self._ahead[distance] = piece
                distance -= len(piece.written if isinstance(piece, Formula) else piece)
        return self._ahead.get(len(paragraph) - start)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 Markdown's name
        md.parser.blockprocessors.register(_NumberedList(md.parser), "olist", 40)
        md.parser.blockprocessors.register(_BulletList(md.parser), "ulist", 30)
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]
        md.inlinePatterns.register(_Dollars(self), "dollars", 185)  # after code spans, before escapes
        md.treeprocessors.register(_Headings(self), "headings", 1)
        if not self.allow_html:
            md.preprocessors.deregister("html_block")
            md.inlinePatterns.deregister("html")


@cache
def _parser(allow_html: bool) -> tuple[Markdown, _Formulas]:
    """Return the parser, cached because creating one costs more than rendering a note."""
    formulas = _Formulas(allow_html)
    return Markdown(extensions=["tables", "fenced_code", "footnotes", "toc", formulas]), formulas
