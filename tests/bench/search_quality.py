"""Measure the search at full size: `python -m tests.bench.search_quality PAPERS.jsonl.gz [COUNT ...]`.

Takes COUNT papers (1,853 and 10,000) of a file with one paper a line, makes their search page and their own pages as a
build does, serves them with compression on loopback, and asks what readers ask in the system's Chromium: 40 queries of
each kind, made from papers taken at random. Each query runs in a page that was just opened, so its weight is that of a
first query.
"""

import gzip
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

import orjson
from playwright.sync_api import Page, Playwright, sync_playwright

from site_builder.catalogue import make_catalogue
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue
from site_builder.model.paper import Paper
from site_builder.pages import assets, search
from site_builder.pages import paper as paper_page
from site_builder.papers import make_papers
from site_builder.problems import Problems
from site_builder.render import RenderedPage, render_pages
from site_builder.render.search_words import COMMON, index_words
from site_builder.render.site import Site
from site_builder.render.text import plain_text
from site_builder.sources import read_sources
from site_builder.themes import template_folders
from tests.browser.screenshots import launch

COUNTS, QUERIES, SEED = (1853, 10_000), 40, 11
HEAVY = 100_000  # bytes of a query that is told
MOST_ALIKE = 10  # papers whose titles have the same three words; of more, nobody can say which one is meant
TEXT = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
NOW = datetime(2026, 11, 21, tzinfo=UTC)

Sent = list[tuple[str, int]]  # path and bytes of each answer


def read_papers(file: Path, count: int, content: Path) -> Catalogue:
    """Return the catalogue of papers taken at random from the file."""
    lines = gzip.decompress(file.read_bytes()).splitlines()
    by_day: dict[str, list[bytes]] = defaultdict(list)
    for line in random.Random(SEED).sample(lines, count):  # noqa: S311 - which papers is no secret
        by_day[orjson.loads(line)["date"]].append(line)
    (content / "papers").mkdir(parents=True)
    for day, papers in by_day.items():
        (content / "papers" / f"{day}.jsonl").write_bytes(b"\n".join(papers))
    problems = Problems()
    sources = read_sources(content, problems)
    return make_catalogue(make_papers(sources, Settings(), problems), sources, Settings(), problems)


def make_site(catalogue: Catalogue) -> dict[str, RenderedPage]:
    """Return the search page, all that it loads, and the papers' own pages, by path."""
    folders = template_folders(Settings())
    pages = [*assets.plan(folders), *search.plan(catalogue, Settings()), *paper_page.plan(catalogue, Settings())]
    site = Site(Settings(), catalogue, {page.path: page for page in pages}, folders, NOW)
    return {file.path: file for file in render_pages(pages, site)}


@contextmanager
def served(files: Mapping[str, RenderedPage], sent: Sent) -> Iterator[str]:
    """Serve the files as a host does, texts compressed; note the path and size of each answer."""

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0].lstrip("/")
            if path not in files:
                self.send_error(404)
                return
            kind = TEXT.get(Path(path).suffix)
            content = files[path].content()
            body = gzip.compress(content, 6) if kind else content
            self.send_response(200)
            self.send_header("Content-Type", kind or "application/octet-stream")
            if kind:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):  # the page asks for something else by now
                self.wfile.write(body)
            sent.append((path, len(body)))

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and how its results are judged: by the papers on the page, the first one first."""

    typed: str
    is_right: Callable[[Sequence[Paper]], bool]


def queries(papers: Sequence[Paper], count: int = QUERIES) -> dict[str, list[Query]]:
    """Return so many queries of each kind, made from papers taken at random."""
    chosen = random.Random(SEED)  # noqa: S311 - which ones is no secret
    titled = chosen.sample([paper for paper in papers if len(title_words(paper)) > 4], count)
    others = [word for paper in titled for word in title_words(paper)]
    made: dict[str, list[Query]] = defaultdict(list)
    titles = [set(title_words(paper)) for paper in papers]
    for number, sought in enumerate(titled):
        words = chosen.sample(title_words(sought), 3)
        while sum(title.issuperset(words) for title in titles) > MOST_ALIKE:
            words = chosen.sample(title_words(sought), 3)
        changed = chosen.randrange(3)
        stranger = chosen.choice([word for word in others if word not in index_text(sought)])
        is_there = is_among(sought)
        made["three title words"].append(Query(" ".join(words), is_there))
        made["one of them wrong"].append(Query(with_word(words, changed, stranger), is_there))
        made["two letters swapped"].append(Query(with_word(words, changed, swap(words[changed], chosen)), is_there))
        if sought.arxiv:
            address = ADDRESSES[number % len(ADDRESSES)].format(sought.arxiv)
            made["a pasted number or address"].append(Query(address, is_first(sought)))
    names = sorted({name for paper in papers for name in paper.authors if len(name.split()) > 1})
    made["an author's full name"] = [Query(name, is_by(name, papers)) for name in chosen.sample(names, count)]
    for sought in chosen.sample([paper for paper in papers if len(paper.abstract.split()) > 40], count // 2):
        words = PHRASE.findall(plain_text(sought.abstract))
        phrase = chosen.choice(words)
        made["a quoted phrase"].append(Query(f'"{phrase}"', all_hold(phrase, True)))
    for sought in titled[: count // 2]:
        first, second = chosen.sample(title_words(sought), 2)
        made["-word"].append(Query(f"{first} -{second}", all_hold(second, False)))
    return made


ADDRESSES = (
    "https://arxiv.org/abs/{}",
    "https://arxiv.org/pdf/{}v2",
    "https://huggingface.co/papers/{}",
    "https://www.alphaxiv.org/abs/{}",
    "https://doi.org/10.48550/arXiv.{}",
    "arXiv:{}",
    "{}",
)
PHRASE = re.compile(r"(?<![\w-])[a-z]{4,} [a-z]{2,} [a-z]{4,}(?![\w-])")


def title_words(sought: Paper) -> list[str]:
    """Return words of a title that say something, as they are written."""
    words = re.findall(r"(?<![\w$\\-])[A-Za-z]{4,}(?![\w-])", sought.title)
    return list(dict.fromkeys(word for word in words if word.lower() not in COMMON))


def index_text(sought: Paper) -> set[str]:
    """Return the words of title and abstract."""
    return {word for word, _ in index_words(f"{sought.title} {sought.abstract}")}


def with_word(words: Sequence[str], place: int, word: str) -> str:
    """Return the words with another in one place."""
    return " ".join([*words[:place], word, *words[place + 1 :]])


def swap(word: str, chosen: random.Random) -> str:
    """Return a word with two neighbouring letters swapped."""
    places = [place for place in range(len(word) - 1) if word[place].lower() != word[place + 1].lower()]
    place = chosen.choice(places or [0])
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def is_first(sought: Paper) -> Callable[[Sequence[Paper]], bool]:
    return lambda found: bool(found) and found[0] is sought


def is_among(sought: Paper) -> Callable[[Sequence[Paper]], bool]:
    return lambda found: any(paper is sought for paper in found)


def is_by(name: str, papers: Sequence[Paper]) -> Callable[[Sequence[Paper]], bool]:
    """Judge that papers of an author come before all others."""
    count = sum(name in paper.authors for paper in papers)
    return lambda found: len(found) >= min(count, 10) and all(name in paper.authors for paper in found[:count])


def all_hold(phrase: str, holds: bool) -> Callable[[Sequence[Paper]], bool]:
    """Judge that every paper that is found holds the words, or none does; a phrase was taken from one."""
    words = " ".join(word for word, _ in index_words(phrase))

    def is_right(found: Sequence[Paper]) -> bool:
        texts = [[plain_text(each.title), *each.authors, plain_text(each.abstract)] for each in found]
        held = [any(f" {words} " in f" {parts_of(text)} " for text in each) for each in texts]
        return (bool(held) or not holds) and all(each is holds for each in held)

    return is_right


def parts_of(text: str) -> str:
    """Return the words of a text, those of several parts as these."""
    return " ".join({place: word for word, place in index_words(text)}.values())


@dataclass(slots=True)
class Measured:
    """What the queries of one kind gave: how many were right, which were not, their weights, and how long they took."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def measure(
    playwright: Playwright, kinds: Mapping[str, list[Query]], papers: Sequence[Paper], address: str, sent: Sent
) -> tuple[int, dict[str, Measured]]:
    """Ask each query in a page of its own; return the bytes before the first key, and what came of each kind."""
    browser = launch(playwright)
    by_title = {plain_text(paper.title): paper for paper in papers}
    before = 0
    results: dict[str, Measured] = defaultdict(Measured)
    for kind, asked in kinds.items():
        for query in asked:
            page = browser.new_page()
            sent.clear()
            page.goto(f"{address}/search.html")
            page.wait_for_load_state("networkidle")
            before = max(before, sum(size for _, size in sent))
            sent.clear()
            started = time.monotonic()
            found = [by_title[title] for title in ask(page, query.typed) if title in by_title]
            measured = results[kind]
            measured.seconds.append(time.monotonic() - started)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(100)
            measured.weights.append(sum(size for _, size in sent))
            if query.is_right(found):
                measured.right += 1
            else:
                status = page.locator("#found").text_content()
                measured.wrong.append(f"{kind}: {query.typed!r}: {status}, {[each.title for each in found[:2]]}")
            if measured.weights[-1] > HEAVY:
                print(f"{measured.weights[-1] / 1000:.0f} kB: {query.typed}")
            page.close()
    browser.close()
    return before, results


def tell(before: int, results: Mapping[str, Measured]) -> None:
    """Print the table."""
    print(f"before the first query: {before / 1000:.1f} kB, page, style and scripts included")
    print(f"{'':28} {'right':>8} {'median kB':>10} {'most kB':>8} {'median s':>9}")
    for kind, measured in results.items():
        kilobytes = [size / 1000 for size in measured.weights]
        right = f"{measured.right}/{len(measured.weights)}"
        print(f"{kind:28} {right:>8} {median(kilobytes):10.0f} {max(kilobytes):8.0f} {median(measured.seconds):9.2f}")
    for measured in results.values():
        print(*measured.wrong, sep="\n")


def ask(page: Page, query: str) -> list[str]:
    """Return the titles of the first results."""
    page.get_by_role("searchbox").fill(query)
    page.wait_for_function(
        "() => /papers?\\b(?! to search)|^No paper/.test(document.querySelector('#found').textContent)"
    )
    return page.locator(".results h3").all_text_contents()


def main() -> None:
    for count in [int(each) for each in sys.argv[2:]] or COUNTS:
        with TemporaryDirectory() as folder, sync_playwright() as playwright:
            catalogue = read_papers(Path(sys.argv[1]), count, Path(folder))
            files = make_site(catalogue)
            started = time.monotonic()
            sizes = [len(file.content()) for path, file in files.items() if path.startswith("search/")]
            seconds = time.monotonic() - started
            each = f"{len(sizes) / count:.3f} files and {sum(sizes) / count / 1000:.2f} kB a paper"
            print(f"\n{count:,} papers: {each}, made in {seconds:.1f} s")
            sent: Sent = []
            with served(files, sent) as address:
                tell(*measure(playwright, queries(catalogue.papers), catalogue.papers, address, sent))


if __name__ == "__main__":
    main()
