"""Paper lists in every format, each field filled with the next of given texts, written as the format asks."""

from collections.abc import Callable, Mapping

from tests.hostile.json_lists import csl, hf_daily, json_feed, json_lines, json_papers, snapshot
from tests.hostile.taking import Next
from tests.hostile.text_lists import (
    arxiv_page,
    bibtex,
    identifiers,
    markdown,
    markdown_bullets,
    markdown_table,
    page_dump,
    page_lines,
    references,
    ris,
    scrap,
    table,
    title_lines,
    yaml_list,
    yaml_raw,
)
from tests.hostile.xml_lists import arxiv_api, arxiv_listing, oai, paper_rss

# File → what is written in it.
FORMATS: Mapping[str, Callable[[Next, range], str]] = {
    "list.yaml": yaml_list,
    "careless.yaml": yaml_raw,
    "lines.jsonl": json_lines,
    "papers.json": json_papers,
    "2026-05-27.json": hf_daily,
    "query.xml": arxiv_api,
    "listing.xml": arxiv_listing,
    "oai.xml": oai,
    "snapshot.json": snapshot,
    "feed.xml": paper_rss,
    "feed.json": json_feed,
    "csl.json": csl,
    "refs.bib": bibtex,
    "refs.ris": ris,
    "list.md": markdown,
    "table.md": markdown_table,
    "bullets.md": markdown_bullets,
    "lines.txt": page_lines,
    "dump.txt": page_dump,
    "table.csv": table,
    "scrap.txt": scrap,
    "references.txt": references,
    "titles.txt": title_lines,
    "ids.txt": identifiers,
    "announced.txt": arxiv_page,
}
