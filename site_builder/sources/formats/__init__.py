"""The table of input formats, and format detection."""

from site_builder.sources.file_kinds import export_kind
from site_builder.sources.formats import (
    arxiv_announcement,
    arxiv_atom,
    arxiv_oai,
    arxiv_page,
    arxiv_snapshot,
    bibtex,
    citation_cff,
    csl_json,
    curated_lists,
    datacite_xml,
    delimited,
    endnote_tagged,
    endnote_xml,
    hf_daily,
    identifier_list,
    jats_xml,
    json_papers,
    markdown_list,
    medline,
    nep_mail,
    page_cards,
    page_dump,
    page_lines,
    paper_feed,
    pubmed_page,
    pubmed_print,
    pubmed_search,
    pubmed_xml,
    ris,
    schema_org,
    scholar_alert,
    title_lines,
    web_of_science,
    web_page,
    xml_papers,
    yaml_list,
    zotero_csv,
    zotero_json,
    zotero_rdf,
)
from site_builder.sources.formats.json_lists import fitting_fields
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

MUCH_MORE = 1.25  # a later reader replaces the first match if it fills more than this factor of fields

# The first reader that recognises a file reads it, so strict formats come before lenient ones.
READERS: tuple[Reader, ...] = (
    hf_daily.READER,
    *arxiv_atom.READERS,
    arxiv_oai.READER,
    arxiv_snapshot.READER,
    pubmed_xml.READER,
    pubmed_search.READER,
    endnote_xml.READER,
    datacite_xml.READER,
    jats_xml.READER,
    zotero_rdf.READER,
    arxiv_page.READER,
    web_page.READER,
    paper_feed.READER,
    xml_papers.READER,
    schema_org.READER,
    zotero_json.READER,
    csl_json.READER,
    *json_papers.READERS,
    zotero_csv.READER,
    delimited.READER,
    citation_cff.READER,
    bibtex.READER,
    ris.READER,
    medline.READER,
    pubmed_page.READER,
    pubmed_print.READER,
    endnote_tagged.READER,
    web_of_science.READER,
    arxiv_announcement.READER,
    nep_mail.READER,
    scholar_alert.READER,
    page_cards.READER,
    identifier_list.READER,
    markdown_list.READER,
    *curated_lists.READERS,
    page_lines.READER,
    yaml_list.READER,
    page_dump.READER,
    title_lines.READER,
)


def readers_of(source: Source) -> tuple[Source, list[Reader]]:
    """Return the source and the readers that recognise it, best first.

    If none does and the text is a quoted mail, the source without its quote marks (`>`) takes its place.
    """
    readers = _fitting(source)
    unquoted = None if readers else source.unquoted()
    return (unquoted, _fitting(unquoted)) if unquoted else (source, readers)


def recognise(source: Source) -> Reader | None:
    """Return the reader that will read the source, None if no format recognises it."""
    return next(iter(_fitting(source)), None)


def _fitting(source: Source) -> list[Reader]:
    """Return the readers that recognise the source: the one to use, then others that can read the same JSON items."""
    if export_kind(source.head):
        return []
    readers = (yaml_list.READER, *READERS) if yaml_list.is_surely_yaml(source) else READERS
    first = next((reader for reader in readers if reader.recognises(source)), None)
    if first is None and source.widen():
        first = next((reader for reader in readers if reader.recognises(source)), None)
    if first is None or first.fields_of is None:
        return [first] if first else []
    others = [reader for reader in READERS if reader.fields_of and reader is not first and reader.recognises(source)]
    if not others:
        return [first]
    fitting = [first, *others]
    made = {reader.name: fitting_fields(source, reader.fields_of) for reader in fitting if reader.fields_of}
    best = max(fitting, key=lambda reader: made[reader.name])
    if made[best.name] <= MUCH_MORE * made[first.name]:
        best = first
    return [best, *(reader for reader in fitting if reader is not best)]
