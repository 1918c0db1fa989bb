"""The first figure in arXiv's HTML version of a paper, and the licence given on arXiv's pages."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from lxml import etree
from lxml import html as lxml_html

from site_builder.sources.content.picture_files import MAX_CAPTION

SMALL = 120  # pixels; smaller pictures are icons rather than figures
_IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"  # what stays as it is; a page may write spaces and umlauts, too
_COMMONS = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<kind>[a-z-]+)|publicdomain/(?P<zero>zero|mark))/(?P<version>\d\.\d)"
)
_LICENCE = re.compile(
    r"Licen[cs]e:\s*(CC[ -]?(?:0|BY(?:[ -](?:NC|SA|ND))*)(?:\s+\d\.\d)?|[\w .-]{3,60})", re.IGNORECASE
)
_PLACES = "//*[@id='license-tr'] | //*[contains(concat(' ', @class, ' '), ' abs-license ')]"


@dataclass(frozen=True, slots=True)
class Figure:
    """The address of a figure, and its caption."""

    address: str
    caption: str


def licence_of(page: bytes) -> str:
    """Return the licence that a page of arXiv gives for its paper, `CC BY 4.0`; "" if it gives none."""
    root = _parsed(page)
    for element in root.xpath(_PLACES) if root is not None else ():
        links = " ".join([*element.xpath("descendant-or-self::*/@href")])
        if found := _COMMONS.search(links):
            if found["zero"]:
                return f"CC0 {found['version']}" if found["zero"] == "zero" else "Public domain"
            return f"CC {found['kind'].upper()} {found['version']}"
        if found := _LICENCE.search(" ".join(element.text_content().split())):
            return found[1].strip()
        if "nonexclusive-distrib" in links:
            return "arXiv non-exclusive"
    return ""


def first_figure(page: bytes, url: str) -> Figure | None:
    """Return the first figure of a page that has a picture and a caption, None if there is none.

    url: the address of the page.
    """
    root = _parsed(page)
    if root is None:
        return None
    base = next(iter(root.xpath("//base/@href")), "") or f"{url.rstrip('/')}/"
    for figure in root.xpath("//figure[.//img[@src] and .//figcaption]"):
        image = next((img for img in figure.iter("img") if _is_picture(img)), None)
        caption = _caption(next(figure.iter("figcaption")))
        if image is not None and caption:
            try:
                return Figure(quote(urljoin(urljoin(url, base), image.get("src")), safe=_IN_ADDRESSES), caption)
            except ValueError:
                continue
    return None


def _is_picture(image: etree._Element) -> bool:
    width = image.get("width") or ""
    is_small = width.isdecimal() and int(width[:6]) < SMALL
    source = image.get("src") or ""
    return bool(source) and not source.startswith("data:") and not is_small


def _caption(element: lxml_html.HtmlElement) -> str:
    """Return the text of a caption without its number, with formulas as TeX."""
    for tag in element.xpath(".//*[contains(@class, 'ltx_tag')]"):
        tag.drop_tree()
    for formula in element.xpath(".//math"):
        formula.tail = (
            f"${formula.get('alttext') or ''}${formula.tail or ''}" if formula.get("alttext") else formula.tail
        )
        formula.drop_tree()
    return " ".join(element.text_content().split())[:MAX_CAPTION]


def _parsed(page: bytes) -> lxml_html.HtmlElement | None:
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        return lxml_html.document_fromstring(page, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
