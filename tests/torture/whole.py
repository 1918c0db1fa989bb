"""Is a site whole? An examination that shares no code with what made the site."""

import json
import posixpath
import quopri
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

Tree = dict[str, bytes]


def tree_of(output: Path) -> Tree:
    """Return the files of a site by path, without those that the builder keeps for itself."""
    files = (file for file in output.rglob("*") if file.is_file() and ".broadsheet" not in file.parts)
    return {file.relative_to(output).as_posix(): file.read_bytes() for file in files}


def defects(tree: Tree, base_url: str, begin: Iterable[str] = ()) -> list[str]:
    """Return the half files, ill-formed feeds and dead links of a site.

    begin: look only at the pages that can be reached from these; at all of them when none is given.
    """
    found = [f"{path}: {what}" for path, content in tree.items() for what in _broken(path, content)]
    pending = [path for path in begin or tree if path in tree]
    seen = set(pending)
    while pending:
        page = pending.pop()
        for target in _links(page, tree[page], base_url):
            if target not in tree:
                found.append(f"{page}: leads to {target}, which is missing")
            elif target not in seen:
                seen.add(target)
                pending.append(target)
    return found


def _broken(path: str, content: bytes) -> Iterable[str]:
    try:
        if path.endswith((".xml", ".atom", ".opml", ".svg", ".rss")):
            etree.fromstring(content, etree.XMLParser(resolve_entities=False))
        elif path.endswith(".json"):
            json.loads(content)
        elif path.endswith(".html") and not content.rstrip().endswith(b"</html>"):
            yield "is cut off"
    except (etree.XMLSyntaxError, ValueError) as error:
        yield f"is ill-formed: {error}"
    if not content.strip() and path != ".nojekyll":
        yield "is empty"


def _links(page: str, content: bytes, base_url: str) -> set[str]:
    """Return the paths in the site that a page, a feed or a data file leads to."""
    text = (quopri.decodestring(content) if page.endswith(".eml") else content).decode("utf-8", "replace")
    targets = {address[len(base_url) :] for address in re.findall(re.escape(base_url) + r"[^\s\"'<>\\)]*", text)}
    if page.endswith(".html") and content.strip():
        prefix = urlsplit(base_url).path
        for address in html.fromstring(content).xpath("//@href | //@src"):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            if parts.path.startswith("/"):
                targets.add(parts.path.removeprefix(prefix))
            else:
                targets.add(posixpath.normpath(posixpath.join("/", posixpath.dirname(page), parts.path)))
    paths = {unquote(urlsplit(target).path).lstrip("/") for target in targets}
    return {posixpath.join(path, "index.html") if path in {"", "."} or path.endswith("/") else path for path in paths}
