"""Checks of links, pictures and texts in notes, free pages and settings."""

import re
from collections.abc import Iterator, Mapping
from posixpath import normpath
from urllib.parse import SplitResult, unquote, urlsplit

import idna
from lxml import html as lxml_html

from site_builder.catalogue.stray_days import FindLine
from site_builder.config.settings import SETTINGS_FILE, fits
from site_builder.model.catalogue import Day, Period
from site_builder.model.picture import Picture
from site_builder.problems import Problems
from site_builder.render.site import Site
from site_builder.render.text import markdown_html, strip_controls
from site_builder.render.text.markdown import pictures_of
from site_builder.render.text.markdown_bounds import is_bounded
from site_builder.sources.content.static_files import FILES, STATIC

# Every link in Markdown or HTML contains one of these.
_MARKS = re.compile(r"\]\(|\]:|\]\[|<")

_PORTS = {"http": 80, "https": 443}


def report_dead_links(site: Site, find_line: FindLine, problems: Problems) -> None:
    """Report each link and picture in a note, a free page or `site.yaml` that leads to no file of the site.

    Absolute links with the site's own address are checked too. Links to other sites are never requested.
    """
    for path, link in dict.fromkeys(_links(site)):
        target = _target(link, site)
        if target is not None and not _is_planned(target, site):
            problems.add(path, _line_of(link, path, find_line), f'"{link}" leads nowhere', _remedy(target, site))


def report_pictures_elsewhere(site: Site, find_line: FindLine, problems: Problems) -> None:
    """Report each picture in a note or a free page that is on another host; pages do not load such pictures."""
    for path, text, known in _texts(site):
        if "://" not in text or not ("![" in text or "<img" in text.lower()):
            continue
        for address in _pictures_of(text, site, allow_html=site.settings.allows_html(path)):
            if "://" not in address or address in known:
                continue
            if own := _target(address, site):
                what = f'the picture "{address[:200]}" is named by its whole address and is not shown'
                remedy = f'write "{own}"' if _is_planned(own, site) else _remedy(own, site)
            else:
                what = f'the picture "{address[:200]}" is of another host and is not shown'
                remedy = f"run `broadsheet fetch`, which brings it, or save it in content/{FILES}/ and write its name"
            problems.add(path, _line_of(address, path, find_line), what, remedy)


def report_unfit_texts(site: Site, problems: Problems) -> None:
    """Report each note and free page that exceeds a bound of Markdown and is therefore shown as source text."""
    for path, text, _ in _texts(site):
        if not is_bounded(strip_controls(text)):
            what = "is past a bound of what Markdown may hold, and is shown as it was written"
            problems.add(path, None, what, "split it into several pages, or shorten its tables, lists and references")


def report_unused_html_patterns(site: Site, find_line: FindLine, problems: Problems) -> None:
    """Report each pattern of `raw_html:` that matches no note or page."""
    paths = [path for path, _, _ in _texts(site)]
    for pattern in site.settings.raw_html:
        if not any(fits(path, pattern) for path in paths):
            remedy = "write it as it stands below content/, or remove it"
            line = find_line(SETTINGS_FILE, re.compile(re.escape(pattern)))
            problems.add(SETTINGS_FILE, line, f'raw_html: no note or page fits "{pattern}"', remedy)


def _texts(site: Site) -> Iterator[tuple[str, str, Mapping[str, Picture]]]:
    """Yield path, Markdown and pictures of each note, sponsor line, footer and free page of the site."""
    subjects: tuple[Day | Period, ...] = (*site.catalogue.days, *site.catalogue.weeks, *site.catalogue.months)
    for subject in subjects:
        for note in filter(None, (subject.note, subject.texts.sponsor, subject.texts.footer)):
            yield note.path, note.markdown, note.pictures
    for page in site.catalogue.pages:
        yield page.path, page.markdown, page.pictures


def _links(site: Site) -> Iterator[tuple[str, str]]:
    """Yield each link as written, with the path of its file."""
    for path, text, _ in _texts(site):
        if _MARKS.search(text):
            yield from ((path, link) for link in _links_of(text, site, allow_html=site.settings.allows_html(path)))
    if site.settings.newsletter.service == "url":
        yield SETTINGS_FILE, site.settings.newsletter.form


def _links_of(text: str, site: Site, *, allow_html: bool) -> tuple[str, ...]:
    """Return the links of a text that remain after sanitising."""

    def find() -> tuple[str, ...]:
        root = lxml_html.fragment_fromstring(str(markdown_html(text, allow_html=allow_html)), create_parent="div")
        return tuple(dict.fromkeys(link for _, _, link, _ in root.iterlinks()))

    return site.cache.recall(("links", text, allow_html), find) or ()


def _pictures_of(text: str, site: Site, *, allow_html: bool) -> tuple[str, ...]:
    return site.cache.recall(("pictures", text, allow_html), lambda: pictures_of(text, allow_html=allow_html)) or ()


def _target(link: str, site: Site) -> str | None:
    """Return the output path that a link leads to, `index.html` for a folder; None for a link to elsewhere."""
    try:
        parts, own = urlsplit(link), urlsplit(site.settings.base_url)
        is_elsewhere = bool(parts.scheme or parts.netloc) and not _is_one_host(parts, own)
    except ValueError:
        return None
    if is_elsewhere:
        return None
    path = parts.path
    if path.startswith("/") or parts.netloc:
        if path != own.path and not path.startswith(f"{own.path}/"):
            return None  # another part of the host
        path = path.removeprefix(own.path).lstrip("/") or "./"
    if not path:
        return None  # a link within the page
    found = normpath(unquote(path))
    return normpath(f"{found}/index.html") if path.endswith(("/", "/.", "/..")) or found in {".", ".."} else found


def _is_one_host(link: SplitResult, own: SplitResult) -> bool:
    """Return whether a link leads to the site's own host, in any spelling; `http` and `https` count as the same.

    Raises ValueError for an invalid port.
    """
    if link.scheme not in {"", *_PORTS} or not link.hostname:
        return False
    ours, theirs = (_port(parts, parts.scheme or own.scheme) for parts in (own, link))
    is_usual = {ours, theirs} <= {*_PORTS.values()}
    return _host(link) == _host(own) and (ours == theirs or is_usual)


def _host(parts: SplitResult) -> str:
    """Return a host name in canonical form: lower case, punycode, no trailing dot."""
    name = unquote(parts.hostname or "").rstrip(".")
    try:
        return idna.encode(name, uts46=True).decode() if not name.isascii() else name.casefold()
    except idna.IDNAError:
        return name.casefold()


def _port(parts: SplitResult, scheme: str) -> int:
    return parts.port or _PORTS.get(scheme, 0)


def _is_planned(target: str, site: Site) -> bool:
    pages = site.pages
    if target in pages or target in site.settings.places:
        return True
    if f"{target}/index.html" in pages:  # hosts serve a folder without the trailing `/` too
        return True
    return site.settings.addresses == "without_html" and f"{target}.html" in pages


def _remedy(target: str, site: Site) -> str:
    if target.startswith("../"):
        return "links of notes and pages begin at the top of the site; there is nothing above it"
    in_static = target.removeprefix(f"{STATIC}/")
    for meant in (
        f"{target}.html",
        f"{target.removesuffix('.md')}.html",
        f"{target.removeprefix('pages/')}",
        in_static,
        f"{FILES}/{in_static}",
    ):
        if meant in site.pages:
            return f'write "{meant}"'
    folder = "" if target.startswith(f"{FILES}/") else f"{STATIC}/"
    return f"correct it, or put the file there as content/{folder}{in_static}"


def _line_of(link: str, path: str, find_line: FindLine) -> int | None:
    """Return the line in which a link is written, None if not found; `&` may be written as `&amp;`."""
    written = re.escape(link).replace("&", "&(?:amp;)?")
    return find_line(path, re.compile(rf"(?<![\w./-]){written}(?![\w/-])")) or find_line(path, re.compile(written))
