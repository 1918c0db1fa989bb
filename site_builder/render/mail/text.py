"""The mail of an edition as plain text with all links."""

from collections.abc import Callable, Iterator
from itertools import chain

from lxml import html as lxml_html
from markupsafe import Markup

from site_builder.catalogue.order import name_order
from site_builder.config.settings import Settings
from site_builder.languages import Words
from site_builder.model.catalogue import TermName
from site_builder.model.paper import Paper
from site_builder.render.digest import digest_links, facts
from site_builder.render.html_words import byline, held_until, names_and
from site_builder.render.mail.content import MailContent
from site_builder.render.site import Site
from site_builder.render.text import plain_text, strip_controls
from site_builder.urls import paper_path, term_path

WIDTH = 72  # columns, as recommended by RFC 3676 §4.2
MAX_WORD = 240  # characters of at most four octets; a line has at most 998 octets (RFC 5322 §2.1.1)
RULE = "-" * WIDTH

_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table dl dt dd figure figcaption details summary hr".split()
)


def mail_text(content: MailContent, site: Site, beginning: Callable[[str, int], str], unsubscribe_url: str) -> str:
    """Return a mail as text with the same papers as its HTML; `beginning` shortens an abstract to a number of words."""
    settings = site.settings
    words = settings.words

    def link(path: str) -> str:
        return settings.permalink(path)

    blocks = _opening(content, settings, link(""))
    terms: dict[TermName, None] = {}
    for part in content.parts:
        if part.heading:
            blocks.append(f"{_headed(_line(part.heading))}\n{part.url}".rstrip())
        else:
            blocks.append(RULE)
        for paper in part.papers:
            terms.update(dict.fromkeys(_terms(paper, site)))
            blocks.append(_paper(paper, beginning(paper.abstract, part.words), site, link))
    if content.listed:
        blocks.append(
            _headed(
                words.ngettext("%(count)s more paper, by title", "%(count)s more papers, by title", len(content.listed))
            )
        )
        blocks += [f"{_title(paper, words)}\n{link(paper_path(paper.id))}" for paper in content.listed]
    if content.left:
        left = words.ngettext("%(count)s more paper on the site:", "%(count)s more papers on the site:", content.left)
        blocks.append(f"{RULE}\n{left}\n{content.browser_url}")
    if terms:
        names = sorted(terms, key=name_order)
        names_with_links = (f"{_line(term.name)}: {link(term_path(term.taxonomy, term.slug))}" for term in names)
        blocks.append("\n".join([_headed(words.gettext("Tags and organisations")), *names_with_links]))
    if content.footer is not None:
        blocks += [RULE, note_text(content.footer)]
    because = words.gettext("You get this mail because you subscribed to %(title)s.", title=_line(settings.title))
    blocks.append(f"{RULE}\n{wrapped(because)}\n" + words.gettext("Unsubscribe: %(address)s", address=unsubscribe_url))
    if settings.newsletter.postal_address:
        blocks.append(wrapped(_line(settings.newsletter.postal_address)))
    return "\n\n".join(blocks) + "\n"


def _opening(content: MailContent, settings: Settings, home: str) -> list[str]:
    """Return the blocks above the papers: masthead, day, sections and the editor's note."""
    blocks = [f"{_line(settings.title)}\n{_line(settings.tagline)}".strip() + f"\n{home}"]
    words = settings.words
    in_browser = words.gettext("Read in the browser: %(address)s", address=content.browser_url)
    blocks.append(f"{content.dateline}\n{in_browser}")
    if content.headings:
        blocks.append(wrapped(" · ".join(f"{_line(name)} {number}" for name, number in content.headings)))
    blocks += map(wrapped, content.remarks)
    if content.note is not None:
        title = _line(content.note_title) or words.gettext("Editor’s note")
        blocks += [f"{RULE}\n{wrapped(title)}", note_text(content.note)]
    if content.sponsor is not None:
        blocks += [_headed(words.gettext("Sponsor")), note_text(content.sponsor)]
    return blocks


def _headed(heading: str) -> str:
    return f"{RULE}\n{heading.upper()}"


def wrapped(text: str, width: int = WIDTH) -> str:
    """Return the text in lines of at most width characters; longer words, such as addresses, stay whole.

    Only words too long for a line of a mail, as in scripts without spaces, are broken.
    """
    lines, line = [], ""
    for word in chain.from_iterable(map(_pieces_of, text.split())):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


def _pieces_of(word: str) -> list[str]:
    if len(word) <= MAX_WORD or "://" in word:
        return [word]
    return _cut(word, WIDTH)


def _cut(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(0, len(text), length)]


def note_text(markup: Markup) -> str:
    """Return the HTML of a note as text: lists, quotes and code in Markdown, addresses after links."""
    return "\n\n".join(_blocks(lxml_html.fromstring(f"<div>{markup}</div>"), WIDTH))


def _blocks(element: lxml_html.HtmlElement, width: int) -> list[str]:
    blocks: list[str] = []
    running = _on_one_line(element.text)
    for child in element:
        if any(each.tag in _BLOCKS for each in child.iter()):
            blocks += [*_paragraph(running, width), *_block(child, width)]
            running = ""
        else:
            running += _inline(child)
        running += _on_one_line(child.tail)
    return [*blocks, *_paragraph(running, width)]


def _block(element: lxml_html.HtmlElement, width: int) -> list[str]:
    match element.tag:
        case "pre":
            lines = element.text_content().strip("\n").split("\n")
            return ["\n".join("\n".join(_cut(line, MAX_WORD)) for line in lines)]
        case "ul" | "ol":
            return ["\n".join(_items(element, width))]
        case "blockquote":
            return [_indented("\n\n".join(_blocks(element, width - 2)), "> ", "> ")]
        case "table":
            rows = ([" ".join(_inline(cell).split()) for cell in row] for row in element.iter("tr"))
            return ["\n".join(wrapped(" | ".join(row), width) for row in rows)]
        case "hr":
            return ["* * *"]
        case _:
            return _blocks(element, width)


def _items(element: lxml_html.HtmlElement, width: int) -> Iterator[str]:
    start = element.get("start") or ""
    for number, item in enumerate(element, int(start) if start.isdecimal() else 1):
        mark = f"{number}. " if element.tag == "ol" else "- "
        yield _indented("\n".join(_blocks(item, width - len(mark))), mark, " " * len(mark))


def _indented(text: str, first: str, others: str) -> str:
    return "\n".join(f"{others if at else first}{line}".rstrip() for at, line in enumerate(text.split("\n")))


def _paragraph(text: str, width: int) -> list[str]:
    lines = [wrapped(line, width) for line in text.split("\n") if line.strip()]
    return ["\n".join(lines)] if lines else []


def _inline(element: lxml_html.HtmlElement) -> str:
    if element.tag == "br":
        return "\n"
    if element.tag == "img":
        return f"[{element.get('alt') or 'image'}] {element.get('src') or ''}"
    inner = (_inline(child) + _on_one_line(child.tail) for child in element)
    address = element.get("href") if element.tag == "a" else None
    behind = f" ({address.removeprefix('mailto:')})" if address and address != element.text else ""
    return "".join([_on_one_line(element.text), *inner, behind])


def _on_one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _terms(paper: Paper, site: Site) -> Iterator[TermName]:
    yield from site.catalogue.tags_of.get(paper.id, ())
    if paper.id in site.catalogue.organization_of:
        yield site.catalogue.organization_of[paper.id]


def _paper(paper: Paper, beginning: str, site: Site, link: Callable[[str], str]) -> str:
    words = site.settings.words
    lines = [_title(paper, words)]
    authors = byline(words, paper)
    names = names_and(words, map(_line, authors.names), authors.others)
    organization = site.catalogue.organization_of.get(paper.id)
    known = [names, _line(organization.name) if organization else "", *facts(words, paper)]
    if any(known):
        lines.append(wrapped(" · ".join(piece for piece in known if piece)))
    if paper.hold:
        lines.append(held_until(paper.hold, words))
    if paper.summary or beginning:
        lines.append(wrapped(_line(paper.summary) or beginning))
    if paper.note:
        lines.append(wrapped(f"» {_line(paper.note)}"))
    tags = site.catalogue.tags_of.get(paper.id, ())
    if tags:
        lines.append(wrapped(words.gettext("Tags: %(tags)s", tags=words.comma.join(_line(tag.name) for tag in tags))))
    lines.append(link(paper_path(paper.id)))
    lines += [f"{out.name}: {''.join(strip_controls(out.url).split())}" for out in digest_links(words, paper)]
    return "\n".join(lines)


def _title(paper: Paper, words: Words) -> str:
    return wrapped(_line(paper.title) or words.gettext("Untitled"))


def _line(text: str) -> str:
    return " ".join(plain_text(text).split())
