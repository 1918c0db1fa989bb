"""Paper lists in every format, each field filled with the next of given texts, written as the format asks."""

from collections.abc import Callable, Mapping

from tests.hostile.json_lists import csl, hf_daily, json_feed, json_lines, json_papers, snapshot, zotero_json
from tests.hostile.taking import Next
from tests.hostile.text_lists import (
    bibtex,
    citation_cff,
    markdown,
    markdown_bullets,
    markdown_table,
    medline,
    page_dump,
    page_lines,
    ris,
    scrap,
    table,
    yaml_list,
    yaml_raw,
    zotero_csv,
)
from tests.hostile.xml_lists import (
    arxiv_api,
    arxiv_listing,
    arxiv_page,
    endnote_xml,
    jats_xml,
    oai,
    paper_rss,
    pubmed_xml,
    web_page,
    zotero_rdf,
)

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
    "pubmed.xml": pubmed_xml,
    "endnote.xml": endnote_xml,
    "jats.xml": jats_xml,
    "zotero.rdf": zotero_rdf,
    "listing.html": arxiv_page,
    "paper.html": web_page,
    "zotero.json": zotero_json,
    "pubmed.nbib": medline,
    "zotero.csv": zotero_csv,
    "CITATION.cff": citation_cff,
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
}
