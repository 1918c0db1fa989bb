"""The Markdown twin of a day: what people read, and what our own reader makes of it."""

from datetime import date
from pathlib import Path

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Day, Section, TermName
from site_builder.model.paper import Paper, PartialDate
from site_builder.papers import make_papers
from site_builder.problems import Problems
from site_builder.render.citations.markdown_twin import write_day
from site_builder.sources import read_sources
from tests.factories import day, paper

FULL = paper(
    "One & <Two>: [a] study of #",
    "2026-05-27",
    id="2605.01234",
    arxiv="2605.01234",
    version=3,
    abstract="First.\n\n# no heading\n\n- no: bullet\n\n1. no list, x < y & &amp; $a_1$ [x](y)",
    ai_summary="Short.",
    authors=("Ada Berg", "Gemini Team, Google"),
    author_count=4,
    organization="Lab & Sons",
    published=PartialDate(2026, 5),
    tags=("Agents", "Vision"),
    keywords=("one", "two words"),
    upvotes=0,
    comments=3,
    stars=12,
    categories=("cs.CL", "cs.LG"),
    submitter="someone",
    comment="12 pages, accepted",
    venue="ICLR 2026",
    volume="1",
    issue="2",
    pages="3-4",
    publisher="Press",
    kind="article",
    image="https://example.org/a.png",
    links={"code": "https://github.com/a/b", "project": "https://example.org/p_(1)"},
)
BARE = paper("Bare C#", "2026-05-27")


def read_back(text: str, folder: Path) -> tuple[list[Paper], list[str]]:
    (folder / "papers").mkdir()
    (folder / "papers" / "twin.md").write_text(text, encoding="utf-8")
    problems = Problems()
    sources = read_sources(folder, problems)
    return list(make_papers(sources, Settings(), problems).papers), [str(problem) for problem in problems]


def test_a_day_reads_as_note_contents_by_section_and_papers() -> None:
    agents = Section(TermName("tag", "agents", "Agents"), (paper("One", abstract="Text.", arxiv="2605.01234"),))
    made = day(
        "2026-05-27",
        *agents.papers,
        BARE,
        note="A *good* day.\n\n## And more",
        title="Today",
        sections=[agents, Section(None, (BARE,))],
    )
    assert write_day(made) == (
        "---\nlisted: 2026-05-27\n---\n\n"
        "# Wednesday, 27 May 2026\n\n"
        "> **Today**\n>\n> A *good* day.\n>\n> ## And more\n\n"
        "- Agents\n  - [One](../papers/one.html)\n"
        "- Other papers\n  - [Bare C#](../papers/bare-c.html)\n\n"
        "## [One](https://arxiv.org/abs/2605.01234)\n"
        "- arxiv: 2605.01234\n"
        "- doi: 10.48550/arXiv.2605.01234\n"
        "- kind: preprint\n"
        "- pdf: https://arxiv.org/pdf/2605.01234\n"
        "- html: https://arxiv.org/html/2605.01234\n\n"
        "Text.\n\n"
        "## Bare C&#35;\n"
    )


def test_our_reader_makes_the_same_papers_of_it(tmp_path: Path) -> None:
    made = day("2026-05-27", FULL, BARE, note="## No paper\n- title: neither", title="Note")
    read, problems = read_back(write_day(made), tmp_path)
    assert problems == []
    assert [each.title for each in read] == [FULL.title, BARE.title]
    for name in FULL.__dataclass_fields__.keys() - {"places", "links"}:
        assert getattr(read[0], name) == getattr(FULL, name), name
    assert set(read[0].web_links.values()) == set(FULL.web_links.values())
    assert read[1].listed == (date(2026, 5, 27),)
    assert read[1].links == {}


def test_no_text_of_a_paper_becomes_markup_of_the_twin() -> None:
    made = paper(
        "<script>x</script> [a](javascript:b)", abstract="```\n\n<img src=x>\n\n> quote", authors=("<b>Bo Li",)
    )
    text = write_day(Day(date(2026, 5, 27), (made,), (Section(None, (made,)),), None))
    assert not any(mark in text for mark in ("<", "](javascript:", "\n```", "\n> "))


def test_a_day_without_papers_is_its_note_alone() -> None:
    assert write_day(day("2026-05-27", note="Nothing today.")).endswith(
        "# Wednesday, 27 May 2026\n\n> Nothing today.\n"
    )


def test_no_address_section_or_doi_becomes_a_link_a_picture_or_a_fence_of_its_own(tmp_path: Path) -> None:
    odd = paper(
        "One",
        "2026-05-27",
        id="10.1000/[a](b)",
        doi="10.1000/[a](b)",
        image="https://a.example/[a](//evil.example)",
        links={"code": "https://github.com/![x](y)", "page": "https://a.example/[a]"},
    )
    fenced = Section(TermName("tag", "x", "``` x"), (odd,))
    text = write_day(day("2026-05-27", odd, sections=[fenced]))
    assert "](//" not in text
    assert "![" not in text
    assert "- ```" not in text
    (again,), problems = read_back(text, tmp_path)
    assert problems == []
    assert (again.doi or "").upper() == "10.1000/%5BA%5D%28B%29"
    assert again.links["code"] == "https://github.com/!%5Bx%5D(y)"


LIQUID = "{{ site.title }} {% raw %} {{{x}}} {%- include /etc/passwd -%} $x_{{a}}$"


def test_no_text_is_a_tag_of_liquid_which_a_host_may_run_over_files_with_front_matter(tmp_path: Path) -> None:
    """A twin has front matter: Jekyll would take it for a page, and stop at a tag it does not know."""
    odd = paper(
        LIQUID,
        "2026-05-27",
        id="2605.01234",
        arxiv="2605.01234",
        abstract=f"{LIQUID}\n\n{LIQUID}",
        ai_summary=LIQUID,
        authors=("{{Ada}} Berg", "{% Team, %}"),
        organization=LIQUID,
        tags=(LIQUID,),
        comment=LIQUID,
        doi="10.1000/{{a}}{%b",
        links={"code": "https://github.com/{{a}}/{%b%}"},
    )
    sections = [Section(TermName("tag", "x", LIQUID), (odd,))]
    text = write_day(day("2026-05-27", odd, note=f"{LIQUID}\n\n    {LIQUID}", title=LIQUID, sections=sections))
    assert "{{" not in text
    assert "{%" not in text
    (read,), _ = read_back(text, tmp_path)
    assert (read.title, read.abstract, read.organization) == (odd.title, odd.abstract, odd.organization)
    assert read.comment == odd.comment
