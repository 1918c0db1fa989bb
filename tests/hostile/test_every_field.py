"""Hostile strings in every field of every format: whole sites, every output parsed by parsers that are not ours.

`BROADSHEET_TORTURE=1` takes every string of the corpora in place of a few thousand.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.build import Build, build
from site_builder.sources.formats import READERS
from tests.conftest import IS_TORTURE, NOW
from tests.hostile.content import write_hostile_content
from tests.hostile.outputs import FORBIDDEN, faults_of, names_of
from tests.hostile.payloads import payloads

PARTS = 40 if IS_TORTURE else 1
STRINGS = 4_000  # of one part; a site has some 2,500 places for them
# What people write, so that every element a text may make is in the harmless site too.
HARMLESS = (
    "Plain words",
    "Words of $x^2_i$ and $\\frac{1}{2}$ and $\\sqrt{x}$, see https://a.example/page and mailto:a@b.example",
    "Some *emphasis*, **bold**, `code`, [a link](https://a.example/), <b>tags</b>",
    "1. one\n2. two\n\n- three\n\n> four\n\n```\nfive\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "# six\n\n---\n\n![x](a.png)",
    "2026-05-26",
    "12",
    "https://a.example/one",
    "Ada Lovelace",
    'See [x][y].[^1]\n\n[y]: https://a.example/ "title"\n\n[^1]: Note.\n\n<https://a.example/>',
)
MATHML = frozenset(
    "math mi mn mo mtext mspace mrow mstyle mpadded mphantom mfrac msqrt mroot msub msup msubsup munder mover "
    "munderover mmultiscripts mprescripts mtable mtr mtd".split()
)
MARKDOWN = frozenset(
    "a p em strong code pre h1 h2 h3 h4 h5 h6 hr br ul ol li blockquote img sup div table thead tbody".split()
)
SAFE_ATTRIBUTES = frozenset("id class href title alt start src display mathvariant dir lang".split()) | {""}
MATHML_ATTRIBUTES = frozenset(
    "form stretchy lspace rspace minsize maxsize displaystyle scriptlevel width height voffset linethickness accent "
    "accentunder movablelimits".split()
)


def build_at(folder: Path, texts: list[str], papers: int = 8) -> Build:
    write_hostile_content(folder / "content", texts, papers)
    return build(folder / "content", folder / "output", NOW)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, dict[str, set[str]]]:
    """Return a build when nobody is hostile, and what elements and attributes each kind of its files has."""
    folder = tmp_path_factory.mktemp("harmless")
    result = build_at(folder, list(HARMLESS))
    return result, names_of(folder / "output")


@pytest.fixture(scope="module", params=range(PARTS))
def hostile(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> tuple[Build, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    return build_at(folder, payloads(request.param, STRINGS)), folder / "output"


def test_no_string_comes_alive_in_any_output(
    hostile: tuple[Build, Path], harmless: tuple[Build, dict[str, set[str]]]
) -> None:
    result, output = hostile
    assert len(result.papers.papers) > 100
    assert result.written
    assert faults_of(output) == []
    assert list(_unknown_names(names_of(output), harmless[1])) == []


def test_the_texts_reach_every_reader(harmless: tuple[Build, dict[str, set[str]]]) -> None:
    """Without this the test above could pass because nothing is read."""
    readers = {file.reader for file in harmless[0].sources.files.values() if file.records > 1}
    assert {reader.name for reader in READERS} <= readers


def test_no_problem_steers_a_terminal_or_forges_a_line(hostile: tuple[Build, Path]) -> None:
    from site_builder.terminal import printable

    told = [printable(str(problem)) for problem in hostile[0].problems]
    assert len(told) > 50
    assert all(line.isprintable() for line in told)
    assert not any(FORBIDDEN.search(line) for line in told)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_site_of_hostile_words_in_its_own_settings(part: int, tmp_path: Path) -> None:
    for number, start in enumerate(range(0, 60, 30)):
        folder = tmp_path / str(number)
        build_at(folder, payloads(200 + part, STRINGS)[start:], papers=1)
        assert faults_of(folder / "output") == []


def _unknown_names(found: dict[str, set[str]], known: dict[str, set[str]]) -> Iterator[str]:
    """Yield each element or attribute that no harmless site has and no formula or Markdown makes."""
    for kind, names in found.items():
        ending = kind.rpartition(".")[2]
        everywhere = set().union(*(known[other] for other in known if other.endswith(f".{ending}")))
        for name in sorted(names - everywhere):
            element, _, attribute = name.partition(" ")
            is_maths = element in MATHML and attribute in SAFE_ATTRIBUTES | MATHML_ATTRIBUTES
            is_markdown = element in MARKDOWN and attribute in SAFE_ATTRIBUTES
            is_styled = element in MARKDOWN and attribute == "style" and kind == "mail.html"
            if not (is_maths or is_markdown or is_styled) or not kind.endswith(".html"):
                yield f"{kind}: {name}"
