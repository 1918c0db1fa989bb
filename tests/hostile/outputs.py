"""Every file of a built site read back by parsers that are not ours; what is wrong is told as `path: what`.

A kind of file without a check is wrong too: whoever adds one adds its check to CHECKS.
"""

import csv
import io
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from email import message_from_bytes
from email.policy import compat32, default
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import bibtexparser
import html5lib
import orjson
import rispy
from lxml import etree
from markdown_it import MarkdownIt

from site_builder.pages.moved import REDIRECTS_PATH

Check = Callable[[bytes, str], Iterator[str]]

# What no output may hold: controls, lone surrogates, noncharacters, explicit bidirectional controls.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
SCHEMES = ("http", "https", "mailto")
URL_ATTRIBUTES = frozenset(
    "href src action formaction data poster cite background srcset ping manifest longdesc xlink:href".split()
)
HEADERS = (
    "From To Subject Date Message-ID List-Id List-Unsubscribe List-Unsubscribe-Post Auto-Submitted Precedence "
    "Archived-At Content-Language MIME-Version Content-Type"
).split()
NO_JEKYLL = ".nojekyll"  # empty
FAVICON = "favicon.ico"
BINARY = (".png", ".ico", ".woff2")  # of the theme, and social cards
MOVED = 2  # such elements of a page that leads to another of the site
CARDS = re.compile(r"(?:(?:papers|days|weeks|tags)/[^/]+|index)\.png")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'"
)
_XML = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x1f]")
_UNSEEN = re.compile("[\x00-\x20]+")  # what browsers pass over in a scheme
_CODE_MARKUP = MarkdownIt("commonmark", {"html": True})


def faults_of(output: Path) -> list[str]:
    """Return what is wrong in any file of a site."""
    return [
        f"{path}: {fault}"
        for path, content in files_of(output).items()
        for fault in (*_of_text(content, path), *_check_of(path)(content, path))
    ]


def files_of(output: Path) -> dict[str, bytes]:
    """Return path → bytes of the site's own files."""
    files = {file.relative_to(output).as_posix(): file for file in sorted(output.rglob("*")) if file.is_file()}
    return {path: file.read_bytes() for path, file in files.items() if not path.startswith(".broadsheet/")}


def names_of(output: Path) -> dict[str, set[str]]:
    """Return kind of file → each element with each of its attributes, and what a parser of HTML minds there."""
    names: dict[str, set[str]] = {}
    for path, content in files_of(output).items():
        ending = path.rpartition(".")[2]
        if ending == "html":
            elements, minded = parsed_html(content.decode())
            found = names.setdefault(kind_of(path), set())
            found.update(f"error {error}" for error in minded)
        elif ending in ("xml", "rss", "atom", "opml", "svg"):
            elements = [("".join(str(e.tag)), dict(e.attrib)) for e in etree.fromstring(content, _XML).iter()]
            found = names.setdefault(kind_of(path), set())
        else:
            continue
        found.update(f"{name} {attribute}" for name, attributes in elements for attribute in ("", *attributes))
    return names


def kind_of(path: str) -> str:
    """Return what files of one make share: the folder and the ending."""
    return f"{path.partition('/')[0] if '/' in path else path}.{path.rpartition('.')[2]}"


@lru_cache(maxsize=2000)
def parsed_html(markup: str) -> tuple[list[tuple[str, dict[str, str]]], frozenset[str]]:
    """Return (name, attributes) of all elements as html5lib builds them, and the codes of its parse errors."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(markup) if markup.startswith("<!doctype") else parser.parseFragment(markup)
    elements = [
        (_local(e.tag), {_local(k): v for k, v in e.attrib.items()}) for e in tree.iter() if not _is_own_comment(e)
    ]
    scripts = [e.text or "" for e in tree.iter() if _local(e.tag) == "script"]
    for (name, attributes), text in zip((e for e in elements if e[0] == "script"), scripts, strict=True):
        attributes["text()"] = text
        assert name == "script"
    return elements, frozenset(code for _, code, _ in parser.errors)


def _is_own_comment(element: Any) -> bool:
    """Tell whether an element is one of the comments that feeds and mails have of their own."""
    text = element.text or ""
    return callable(element.tag) and (text == "\n" or (text.startswith("[if mso]>") and text.endswith("<![endif]")))


def _local(name: Any) -> str:
    """Return a name without its namespace; a comment is `#comment`."""
    if callable(name):
        return "#comment"
    return str(name[-1] if isinstance(name, tuple) else name).rpartition("}")[2]


def _check_of(path: str) -> Check:
    if path.startswith("mail/") and path.endswith(".html"):
        return _of_mail_page
    if (path.startswith("assets/") and path.endswith(BINARY)) or path in (NO_JEKYLL, FAVICON):
        return _of_nothing
    if path == REDIRECTS_PATH:
        return _of_redirects
    if CARDS.fullmatch(path):
        return _of_card
    return next((check for ending, check in CHECKS.items() if path.endswith(ending)), _of_unknown)


def _of_card(content: bytes, path: str) -> Iterator[str]:
    """A card holds a picture and nothing else: no text, no metadata (PNG, 3rd edition, §5)."""
    chunks, place = [], len(b"\x89PNG\r\n\x1a\n")
    while place < len(content):
        length, name = struct.unpack_from(">I4s", content, place)
        body = content[place + 8 : place + 8 + length]
        if zlib.crc32(name + body) != struct.unpack_from(">I", content, place + 8 + length)[0]:
            yield f"the sum of {name!r} is wrong"
        if name == b"IHDR" and struct.unpack_from(">II", body) != (720, 378):
            yield "not 720 by 378 pixels"
        chunks.append(name)
        place += 12 + length
    if list(dict.fromkeys(chunks)) != [b"IHDR", b"PLTE", b"IDAT", b"IEND"]:
        yield f"holds {chunks}"


def _of_redirects(content: bytes, path: str) -> Iterator[str]:
    """Every line leads from one path of the site to another, and nothing else."""
    for line in content.decode("utf-8").splitlines():
        former, target, code = line.split(" ")
        if not (former.startswith("/") and target.startswith("/")) or "//" in former + target or code != "301":
            yield f"the line {line!r}"


def _of_unknown(content: bytes, path: str) -> Iterator[str]:
    yield "no check knows this kind of file"


def _of_text(content: bytes, path: str) -> Iterator[str]:
    if path.endswith(BINARY):
        return
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        yield f"not UTF-8: {error}"
        return
    if found := FORBIDDEN.search(text):
        yield f"holds {found[0]!r} in {text[max(0, found.start() - 40) : found.end() + 20]!r}"


def _of_page(content: bytes, path: str) -> Iterator[str]:
    elements, _ = parsed_html(content.decode())
    yield from faults_of_elements(elements, has_scripts=True)
    told = [(a["http-equiv"], a.get("content", "")) for name, a in elements if name == "meta" and "http-equiv" in a]
    if told[:1] != [("Content-Security-Policy", POLICY)]:
        yield f"policy {told}"
    if told[1:] and not (len(told) == MOVED and re.fullmatch(r"0; url=[^/:;]*(?:/[^:;]*)*\.html", told[1][1])):
        yield f"leads on to {told[1:]}"


def _of_mail_page(content: bytes, path: str) -> Iterator[str]:
    elements, _ = parsed_html(content.decode())
    yield from faults_of_elements(elements, has_styles=True)


def _of_fragment(markup: str) -> Iterator[str]:
    elements, _ = parsed_html(markup)
    yield from faults_of_elements(elements, has_styles=True)


def faults_of_elements(
    elements: list[tuple[str, dict[str, str]]], *, has_scripts: bool = False, has_styles: bool = False
) -> Iterator[str]:
    for name, attributes in elements:
        if name in ("#comment", "iframe", "object", "embed", "base", "frame", "template", "noscript"):
            yield f"<{name}> {attributes}"
        if name == "style" and not has_styles:
            yield "a style element"
        if name == "script":
            yield from _of_script(attributes) if has_scripts else ("a script",)
        for attribute, value in attributes.items():
            if attribute.startswith("on") or (attribute == "style" and not has_styles) or attribute == "srcdoc":
                yield f"{attribute}={value!r} in <{name}>"
            if attribute in URL_ATTRIBUTES and (fault := fault_of_url(value)):
                yield f"{attribute}={value!r} in <{name}>: {fault}"
        yield from _of_outside(name, attributes, is_page=has_scripts)


def _of_script(attributes: Mapping[str, str]) -> Iterator[str]:
    """A script is a file of the theme, or a block of data that is JSON and ends where it should."""
    if attributes.get("type") == "application/ld+json":
        orjson.loads(attributes["text()"])
    elif attributes["text()"].strip() or "src" not in attributes:
        yield f"an inline script: {attributes['text()'][:60]!r}"


def _of_outside(name: str, attributes: Mapping[str, str], *, is_page: bool) -> Iterator[str]:
    """Nothing is loaded from elsewhere; links that lead there tell nobody where they were followed from."""
    target = attributes.get("src" if name in ("img", "script") else "href", "")
    is_outside = target.startswith(("http:", "https:"))
    if name in ("img", "script", "link") and is_outside and attributes.get("rel") not in ("canonical", "alternate"):
        yield f"<{name}> loads {target}"
    if name == "a" and is_page and is_outside and {"target", "referrerpolicy"} & attributes.keys():
        yield f"a link to {target[:60]} that opens a window or says what referrer it tells"


def fault_of_url(url: str) -> str:
    """Return why a link must not be one; "" for relative ones and http, https, mailto."""
    plain = _UNSEEN.sub("", url)
    if _CONTROL.search(url):
        return "a control character in an address"
    if plain.startswith(("//", "\\", "/\\")):
        return "leads to another host without saying so"
    scheme = _SCHEME.match(plain)
    return f"scheme {scheme[1]}" if scheme and scheme[1].lower() not in SCHEMES else ""


def _of_xml(content: bytes, path: str) -> Iterator[str]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield "a DOCTYPE"
    for element in etree.fromstring(content, _XML).iter():
        if not isinstance(element.tag, str):
            yield f"a comment or an instruction: {element}"
            continue
        name = etree.QName(element).localname
        if (
            name == "encoded"
            or element.get("type") == "html"
            or (name == "description" and "<" in (element.text or ""))
        ):
            yield from _of_fragment(element.text or "")
        for attribute in ("href", "url", "xmlUrl", "htmlUrl", "src"):
            if fault := fault_of_url(element.get(attribute, "")):
                yield f"{attribute} {element.get(attribute)!r}: {fault}"
        if name in ("link", "loc", "comments", "docs") and (fault := fault_of_url(element.text or "")):
            yield f"<{name}>{element.text!r}: {fault}"


def _of_svg(content: bytes, path: str) -> Iterator[str]:
    for element in etree.fromstring(content, _XML).iter(etree.Element):
        names = {etree.QName(name).localname for name in (element.tag, *element.attrib)}
        if names & {"script", "style", "foreignObject", "href"} or any(name.startswith("on") for name in names):
            yield f"<{element.tag}> {dict(element.attrib)}"


def faults_of_json(content: bytes, path: str) -> Iterator[str]:
    if orjson.loads(content) != json.loads(content):
        yield "two parsers read it differently"
    yield from _of_json_value(orjson.loads(content))


def _of_json_value(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _of_json_value(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _of_json_value(inner, key)
    elif isinstance(value, str) and key == "content_html":
        yield from _of_fragment(value)
    elif key in ("url", "image", "external_url", "home_page_url", "feed_url", "URL") and (
        fault := fault_of_url(str(value or ""))
    ):
        yield f"{key} {value!r}: {fault}"


def _of_mail(content: bytes, path: str) -> Iterator[str]:
    message = message_from_bytes(content, policy=compat32)
    if message.keys() != HEADERS:
        yield f"headers {message.keys()}"
    for part in message_from_bytes(content, policy=default).walk():
        if part.defects:
            yield f"defects {part.defects}"
        if part.get_content_type() == "text/html":
            yield from _of_mail_page(part.get_content().encode(), path)
        elif not part.is_multipart() and (found := FORBIDDEN.search(part.get_content())):
            yield f"text holds {found[0]!r}"


def faults_of_bibtex(content: bytes, path: str) -> Iterator[str]:
    library = bibtexparser.parse_string(content.decode())
    if library.failed_blocks or library.strings or library.preambles or library.comments:
        yield f"not entries alone: {(library.failed_blocks or library.blocks)[0].raw!r}"
    twice = [entry.key for entry in library.entries if len({f.key for f in entry.fields}) < len(entry.fields)]
    if twice:
        yield f"a field twice in {twice}"


def faults_of_ris(content: bytes, path: str) -> Iterator[str]:
    records = rispy.loads(content.decode())
    starts = re.findall(rb"^TY  - ", content, re.MULTILINE)
    if not len(records) == len(starts) == len(re.findall(rb"^ER  - ", content, re.MULTILINE)):
        yield f"{len(records)} records of {len(starts)} beginnings"


def _of_csv(content: bytes, path: str) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(content.decode())))
    if len({len(row) for row in rows}) > 1:
        yield "rows of several lengths"
    for cell in (cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS)):
        if not re.fullmatch(r"[+-]?\d+(\.\d+)?", cell):
            yield f"a cell that a spreadsheet would run: {cell[:40]!r}"


def _of_markdown(content: bytes, path: str) -> Iterator[str]:
    """Our own words and strangers', not the editor's, who may write what Markdown can say."""
    text = re.sub(r"^>.*\n", "", content.decode(), flags=re.MULTILINE)
    markup = _CODE_MARKUP.render(text)
    elements, _ = parsed_html(markup)
    yield from faults_of_elements(elements)
    for name, attributes in elements:
        if name == "img" or (set(attributes) - {"href", "title", "start"}):
            yield f"<{name}> {attributes} when rendered"


def _of_nothing(content: bytes, path: str) -> Iterator[str]:
    return iter(())


# Ending → check; the first that fits counts.
CHECKS: Mapping[str, Check] = {
    ".html": _of_page,
    ".svg": _of_svg,
    ".xml": _of_xml,
    ".atom": _of_xml,
    ".opml": _of_xml,
    ".json": faults_of_json,
    ".webmanifest": faults_of_json,
    ".eml": _of_mail,
    ".bib": faults_of_bibtex,
    ".ris": faults_of_ris,
    ".csv": _of_csv,
    ".md": _of_markdown,
    ".txt": _of_nothing,
    ".css": _of_nothing,
    ".js": _of_nothing,
}
