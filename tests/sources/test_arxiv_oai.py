"""OAI-PMH responses of arXiv and other repositories."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.raw_paper import Item, QuietDay, RawPaper, Skipped
from site_builder.problems import Problem
from site_builder.sources.formats import arxiv_oai
from site_builder.sources.source import Source

OPEN = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>2026-05-06T00:00:00Z</responseDate>
<ListRecords>
"""
CLOSE = "<resumptionToken>abc|1001</resumptionToken>\n</ListRecords></OAI-PMH>"
HEADER = "<header><identifier>oai:arXiv.org:2605.01234</identifier><datestamp>2026-05-06</datestamp></header>"
DELETED = '<record><header status="deleted"><identifier>oai:arXiv.org:2605.09999</identifier></header></record>\n'
COMMON = """<id>2605.01234</id><title>Counting
  Sheep</title><categories>cs.CL cs.LG</categories><comments>12 pages</comments><journal-ref>J. Sheep 1</journal-ref>
<doi>10.1000/sheep</doi><abstract>  We count.
</abstract>"""
ARXIV = f"""<record>{HEADER}<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/">{COMMON}
<created>2026-05-04</created><updated>2026-05-08</updated><authors>
<author><keyname>Example</keyname><forenames>Ada</forenames></author>
<author><keyname>Sample</keyname><forenames>Ben</forenames><suffix>Jr</suffix></author>
<author><keyname>The Meadow Team</keyname></author></authors></arXiv></metadata></record>
"""
RAW = f"""<record>{HEADER}<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">{COMMON}<submitter>Ada</submitter>
<version version="v1"><date>Mon, 4 May 2026 17:00:00 GMT</date></version>
<version version="v2"><date>Fri, 8 May 2026 10:00:00 GMT</date></version>
<authors>Ada Example, Ben Sample and the Meadow Team</authors></arXivRaw></metadata></record>
"""
DUBLIN_CORE = f"""<record>{HEADER}<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Counting Sheep</dc:title><dc:creator>Example, Ada</dc:creator>
<dc:creator>Sample, Ben</dc:creator><dc:subject>Sheep</dc:subject><dc:description>We count.</dc:description>
<dc:description>Comment: 12 pages</dc:description><dc:date>2026-05-08</dc:date><dc:date>2026-05-04</dc:date>
<dc:identifier>http://arxiv.org/abs/2605.01234</dc:identifier><dc:identifier>doi:10.1000/sheep</dc:identifier>
</oai_dc:dc></metadata></record>
"""
BASIS = {
    "title": "Counting\n  Sheep",
    "abstract": "We count.",
    "arxiv": "2605.01234",
    "doi": "10.1000/sheep",
    "categories": ["cs.CL", "cs.LG"],
    "comment": "12 pages",
    "venue": "J. Sheep 1",
    "published": "2026-05-04",
}


def read(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/a.xml")
    assert arxiv_oai.recognises(source)
    return [item for item in arxiv_oai.read(source) if not isinstance(item, QuietDay)]


AUTHORS = [
    {"family": "Example", "given": "Ada", "suffix": ""},
    {"family": "Sample", "given": "Ben", "suffix": "Jr"},
    {"family": "The Meadow Team", "given": "", "suffix": ""},
]


def test_the_format_arxiv_names_its_authors_in_parts():
    (record,) = read(OPEN + ARXIV + CLOSE)
    assert record.line == 5
    assert record.fields == {**BASIS, "authors": AUTHORS}


def test_the_format_arxiv_raw_has_the_day_of_its_first_version_and_names_its_latest():
    (record,) = read(OPEN + RAW + CLOSE)
    assert record.fields == {**BASIS, "authors": "Ada Example, Ben Sample and the Meadow Team", "version": "v2"}


def test_dublin_core_has_the_earliest_date_and_the_remark_apart():
    (record,) = read(OPEN + DUBLIN_CORE + CLOSE)
    assert record.fields == {
        "title": "Counting Sheep",
        "abstract": "We count.",
        "authors": ["Example, Ada", "Sample, Ben"],
        "arxiv": "2605.01234",
        "doi": "10.1000/sheep",
        "published": "2026-05-04",
        "keywords": ["Sheep"],
        "comment": "12 pages",
    }


def test_a_second_title_or_description_of_dublin_core_is_told():
    title = "<dc:title>Schafe zählen</dc:title>"
    text = "<dc:description>Wir zählen.</dc:description>"
    for more, told in ((title, {"dc:title": "another text"}), (text, {"dc:description": "another text"})):
        (record,) = read(OPEN + DUBLIN_CORE.replace("<dc:date>", f"{more}<dc:date>", 1) + CLOSE)
        assert (record.fields["title"], record.fields["abstract"]) == ("Counting Sheep", "We count.")
        assert record.unread == told


def test_a_deleted_record_is_set_aside():
    assert read(OPEN + DELETED + CLOSE) == [Skipped("papers/a.xml", 5, "a record deleted by its repository")]


def test_an_error_of_the_service_is_a_problem():
    text = OPEN.partition("<ListRecords>")[0] + '<error code="noRecordsMatch">nothing on that day</error></OAI-PMH>'
    (problem,) = read(text)
    assert problem.what == "the repository answered with an error: nothing on that day"
    assert problem.records == 0


@pytest.mark.parametrize("metadata", ["", "<metadata/>", "<metadata><marc/></metadata>"])
def test_metadata_of_another_kind_is_a_problem(metadata):
    (problem,) = read(f"{OPEN}<record>{HEADER}{metadata}</record>{CLOSE}")
    assert isinstance(problem, Problem)
    assert problem.records == 1


def test_prefixed_names_read_alike():
    text = (OPEN + ARXIV + CLOSE).replace("OAI-PMH xmlns=", "o:OAI-PMH xmlns:o=").replace("/OAI-PMH", "/o:OAI-PMH")
    for name in ("record", "header", "metadata", "identifier", "ListRecords", "resumptionToken", "responseDate"):
        text = text.replace(f"<{name}>", f"<o:{name}>").replace(f"</{name}>", f"</o:{name}>")
    (record,) = read(text)
    assert record.fields["title"] == BASIS["title"]


@given(st.lists(st.sampled_from([ARXIV, RAW, DUBLIN_CORE, DELETED, "<record>&</record>", "<record><a></record>"])))
def test_each_record_is_one_item(records):
    items = read(OPEN + "".join(records) + CLOSE)
    assert len(items) == len(records)
    kinds = {DELETED: Skipped, "<record>&</record>": Problem, "<record><a></record>": Problem}
    assert [type(item) for item in items] == [kinds.get(record, RawPaper) for record in records]


def test_an_answer_without_records_is_told_unless_it_is_an_empty_list():
    opening = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026</responseDate>'
    (problem,) = arxiv_oai.READER.read(Source.from_text(f"{opening}<Identify><a/></Identify></OAI-PMH>", "a.xml"))
    assert problem.what == "the answer holds no records but Identify"
    assert list(arxiv_oai.READER.read(Source.from_text(f"{opening}<ListRecords/></OAI-PMH>", "a.xml"))) == [QuietDay()]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Journal of Sheep; Vol. 12 No. 3 (2026); 1-9", ("Journal of Sheep", "12", "3", "1-9")),
        ("Revista de Ovejas; v. 12 n. 3 (2026): Especial; 1-9", ("Revista de Ovejas", "12", "3", "1-9")),
        ("Journal of Sheep, 12(3), 1-9", ("Journal of Sheep", "12", "3", "1-9")),
        ("Proceedings of Sheep, Berlin", ("Proceedings of Sheep, Berlin", None, None, None)),
        ("1234-5678", (None, None, None, None)),
        ("https://meadow.example/1", (None, None, None, None)),
    ],
)
def test_the_source_of_dublin_core_is_where_the_paper_appeared(source: str, expected: tuple[str | None, ...]) -> None:
    (item,) = read(OPEN + DUBLIN_CORE.replace("<dc:date>", f"<dc:source>{source}</dc:source><dc:date>", 1) + CLOSE)
    assert isinstance(item, RawPaper)
    assert tuple(item.fields.get(name) for name in ("venue", "volume", "issue", "pages")) == expected
