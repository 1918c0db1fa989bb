"""Published addresses and entry ids never change, whatever changes in the lists."""

import re
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from site_builder.build import build
from site_builder.cli import main
from site_builder.commands.send.editions import closed_editions
from site_builder.problems import BuildError
from tests.conftest import IS_TORTURE, NOW, Site, write_content
from tests.feeds.published import read

SITE = "title: Tides\nbase_url: https://tides.example\nsearch: false\nrelated: none\ncards: none\nfeeds: {tags: all}\n"
SITE += "exports: [bib, ris, csl, md]\n"
TOP = SITE.replace("tags: all", "tags: all, top: [2]")


class Desk:
    """A content folder that is edited and rebuilt, each time an hour later."""

    def __init__(self, folder):
        self.content, self.output = folder / "content", folder / "output"
        self.now = NOW
        write_content(self.content, f"-- site.yaml --\n{SITE}")

    def build(self, files="", **options):
        write_content(self.content, files)
        self.now += timedelta(hours=1)
        return Site(build(self.content, self.output, self.now, **options), self.content, self.output)

    def remove(self, path):
        (self.content / path).unlink()

    def entries(self, feed="feeds/papers"):
        feeds = {f"{feed}.atom": (self.output / f"{feed}.atom").read_bytes()}
        return {entry.title: entry for entry in read(feeds, f"{feed}.atom").entries}

    def guids(self, feed="feeds/papers"):
        return {title: entry.guid.rpartition(":")[2] for title, entry in self.entries(feed).items()}

    def records(self):
        lines = [line for file in (self.content / "published").iterdir() for line in file.read_bytes().splitlines()[1:]]
        return [orjson.loads(line) for line in lines]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def day(*papers, on="2026-11-20", path="papers/a.yaml"):
    lines = "\n".join(f"- {{{paper}}}" for paper in papers)
    return f"-- {path} --\nlisted: {on}\npapers:\n{lines}\n"


def target_of(site, path):
    """Return the target of a former address, which has it as refresh, canonical link and ordinary link."""
    text = site.text(path)
    refresh = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', text)[1]
    canonical = re.search(r'rel="canonical" href="https://tides.example/([^"]+)"', text)[1]
    assert f'<a href="{refresh}">' in text
    assert refresh.endswith(canonical)
    return canonical


def test_two_works_of_one_title_are_published_alike_by_every_later_build(desk):
    desk.build("-- papers/old.yaml --\n- {title: Old tides}\n")
    desk.build(day("title: Old tides"))
    later = [desk.build().papers for _ in range(2)]
    assert {key: paper["aliases"] for key, paper in later[1].items()} == {"old-tides": [], "old-tides-2": []}
    assert later[0] == later[1]


def work(title, number, **known):
    """Return a record of a work with an organisation of its own."""
    fields = {"title": title, "organization": f"Lab {number}", **known}
    return ", ".join(f"{name}: {value}" for name, value in fields.items())


WORKS_OF_ONE_TITLE = {
    "by two authors": [
        work("Editorial", n, authors=f"[{name}]") for n, name in enumerate(["Jane Doe", "Bo Roe", "Al Poe"])
    ],
    "in three volumes": [work("Preface", n, authors="[Jane Doe]", volume=n + 3) for n in range(3)],
    "of three years": [work("Preface", n, year=2020 + n) for n in range(3)],
    "of a longer title": [
        work("A survey of deep rivers", n, authors=f"[{name}]")
        for n, name in enumerate(["Jane Doe", "Bo Roe", "Al Poe"])
    ],
}


@pytest.mark.parametrize("works", WORKS_OF_ONE_TITLE.values(), ids=WORKS_OF_ONE_TITLE)
def test_works_of_one_title_keep_their_addresses_in_any_order_and_company(desk, works):
    def addresses(*papers, **of):
        site = desk.build(day(*papers, **of)).papers
        assert not any(paper["aliases"] for paper in site.values())
        return {paper["organization"]: key for key, paper in site.items() if paper["organization"]}

    first = addresses(*works[:2])
    assert len(set(first.values())) == 2
    assert addresses("title: Lakes", on="2026-11-21", path="papers/b.yaml") == first
    assert addresses(*reversed(works[:2])) == first
    assert addresses(works[2], on="2026-11-01", path="papers/0.yaml").items() > first.items()
    assert addresses(works[1]).items() >= {("Lab 1", first["Lab 1"])}
    assert addresses(works[0], works[1]).items() > first.items()


def test_the_address_of_a_work_that_is_gone_is_not_given_to_another_of_its_title(desk):
    of_doe, of_roe = (f"title: A survey of rivers, authors: [{name}]" for name in ("Jane Doe", "Bo Roe"))
    desk.build(day(of_doe, "title: Lakes"))
    desk.build(day("title: Lakes"))
    site = desk.build(day(of_roe, "title: Lakes"))
    assert site.papers.keys() == {"lakes", "a-survey-of-rivers-2"}
    assert site.papers["a-survey-of-rivers-2"]["aliases"] == []


def test_papers_whose_ids_were_shifted_by_a_row_keep_their_addresses_when_that_is_put_right(desk):
    titles = ["Of fog in valleys", "Deep rivers", "Seas and their salt"]
    wrong, right = (
        [f"title: {each}, doi: 10.1000/{number + shift}" for number, each in enumerate(titles)] for shift in (1, 2)
    )
    first = {paper["title"]: key for key, paper in desk.build(day(*wrong)).papers.items()}
    assert {paper["title"]: key for key, paper in desk.build(day(*right)).papers.items()} == first


def test_the_address_of_a_paper_that_is_gone_is_not_given_to_the_one_that_has_its_number(desk):
    desk.build(day('title: Deep rivers, arxiv: "2611.00002"'))
    desk.build(day('title: Deep rivers, arxiv: "2611.00001"'))
    other = 'title: Of quite another thing, arxiv: "2611.00002"'
    desk.build(day(other, path="papers/b.yaml"))
    desk.remove("papers/a.yaml")
    assert desk.build().papers.keys() == {"2611.00002-2026"}


def test_an_id_of_its_own_makes_a_paper_another_one_that_was_taken_for_a_corrected_title(desk):
    seminar = "title: Proceedings of the river seminar part {}"
    desk.build(day(seminar.format("alpha")))
    assert len(desk.build(day(seminar.format("beta"))).problems) == 1
    site = desk.build(day(seminar.format("beta") + ", id: prs-beta"))
    assert {key: paper["aliases"] for key, paper in site.papers.items()} == {"prs-beta": []}


@pytest.mark.parametrize("written", ["pmid:26017442", "PMC4567890"])
def test_a_paper_that_was_named_by_its_id_alone_keeps_its_address_when_it_is_completed(desk, written):
    lists = "-- site.yaml --\n" + SITE + "lists: [{path: papers/ids.txt, listed: 2026-11-20}]\n"
    before = desk.build(f"{lists}-- papers/ids.txt --\n{written}\n").papers.keys()
    found = {"title": "Deep learning", "doi": "10.1038/nature14539"}
    known = orjson.dumps({"papers": {written: {"asked": "2026-11-21", "fields": found}}}).decode()
    site = desk.build(f"-- papers/fetched/completed.json --\n{known}\n")
    assert (site.papers.keys(), [paper["title"] for paper in site.papers.values()]) == (before, ["Deep learning"])


def test_a_paper_to_which_the_desk_gave_another_title_is_known_again_by_its_own(desk):
    desk.build(
        day("title: On fog, authors: [Jane Doe]") + "-- desk.yaml --\npapers:\n  On fog: {title: On fog and mist}\n"
    )
    site = desk.build(day('title: On fog, authors: [Jane Doe], arxiv: "2611.00006"'))
    assert {key: paper["aliases"] for key, paper in site.papers.items()} == {"on-fog": ["2611.00006"]}


def test_a_paper_with_another_title_of_the_desk_is_known_again_when_its_list_mends_its_own(desk):
    entry = "-- desk.yaml --\npapers:\n  On the tides of the north: {title: Tides!}\n"
    desk.build(day("title: On the tides of the north") + entry)
    site = desk.build(day("title: On tides of the north"))
    assert {key: paper["title"] for key, paper in site.papers.items()} == {"on-the-tides-of-the-north": "Tides!"}
    assert target_of(site, "papers/on-tides-of-the-north.html") == "papers/on-the-tides-of-the-north.html"
    assert [problem for problem in site.problems if "desk.yaml" in problem] == []


def test_a_first_author_that_was_corrected_leaves_the_address_as_it_is(desk):
    desk.build(day("title: A survey of rivers, authors: [Jane Deo]"))
    assert desk.build(day("title: A survey of rivers, authors: [Jane Doe]")).papers.keys() == {"a-survey-of-rivers"}


def test_a_paper_whose_number_was_mended_keeps_its_address_when_the_paper_of_that_number_comes(desk):
    desk.build(day('title: Deep rivers, authors: [Jane Doe], abstract: All about rivers., arxiv: "2611.00002"'))
    mended = 'title: Deep rivers, authors: [Jane Doe], abstract: All about rivers., arxiv: "2611.00001"'
    other = day('title: Of quite another thing, authors: [Bo Roe], arxiv: "2611.00002"', path="papers/b.yaml")
    site = desk.build(day(mended) + other)
    titles = {key: paper["title"] for key, paper in site.papers.items()}
    assert titles == {"2611.00002": "Deep rivers", "2611.00002-2026": "Of quite another thing"}
    assert site.problems == [
        'papers/b.yaml:3: "Of quite another thing" has the address of another paper (papers/a.yaml:3); '
        'it is published as "2611.00002-2026"; give it an id of its own'
    ]
    assert {key: paper["title"] for key, paper in desk.build().papers.items()} == titles


# A paper gets another id.


@pytest.mark.parametrize(
    ("first", "later", "published", "learnt"),
    [
        ("title: A long study", 'title: A long study, arxiv: "2611.00001"', "a-long-study", "2611.00001"),
        (
            "title: On two tides, doi: 10.1234/a.5",
            'title: On two tides, arxiv: "2611.00002"',
            "10.1234/a.5",
            "2611.00002",
        ),
        ("title: A long study", "title: A long study, doi: 10.1234/a.5", "a-long-study", "10.1234/a.5"),
        ("title: A long study, id: ours-1", 'title: A long study, arxiv: "2611.00001"', "ours-1", "2611.00001"),
    ],
)
def test_a_paper_keeps_the_id_it_was_published_under_when_another_list_knows_a_better_one(
    desk, first, later, published, learnt
):
    desk.build(day(first))
    before = desk.entries()
    site = desk.build(day(later, on="2026-11-21", path="papers/b.yaml"))
    assert desk.guids() == dict.fromkeys(before, f"paper/{published}")
    kept, former = (f"papers/{each.replace('/', '-')}.html" for each in (published, learnt))
    assert target_of(site, former) == kept
    assert f"/{former} /{kept} 301\n" in site.text("_redirects")
    assert f'href="https://tides.example/{kept}"' in site.text(kept)
    (paper,) = site.papers.values()
    assert (paper["id"], paper["aliases"]) == (published, [learnt])


def test_feeds_that_were_in_more_formats_lead_to_those_that_are_left(build_site):
    papers = "- {title: Tides, listed: 2026-05-27, tags: [Sea], organization: Lab}\n"
    said = "base_url: https://tides.example/daily\nsearch: false\nfeeds: {organization_min: 1, formats: [json]}\n"
    site = build_site(f"-- site.yaml --\n{said}-- papers/a.yaml --\n{papers}")
    lines = site.text("_redirects").splitlines()
    assert "/daily/feeds/digests.rss /daily/feeds/digests.xml 301" in lines
    assert "/daily/feeds/tags/:slug/papers.rss /daily/feeds/tags/:slug/papers.atom 301" in lines
    assert "/daily/feeds/tags/:slug/digests.xml /daily/feeds/tags/:slug/papers.atom 301" in lines
    assert "/daily/feeds/organizations/:slug/papers.xml /daily/feeds/organizations/:slug/papers.atom 301" in lines
    assert not any(
        "papers.json" in line or line.startswith("/daily/feeds/organizations/:slug/digests") for line in lines
    )
    for line in lines:
        _, to, _ = line.split()
        assert to.removeprefix("/daily/").replace(":slug", "lab" if "organizations" in to else "sea") in site.paths


def test_every_id_a_paper_ever_had_leads_to_it(desk):
    desk.build(day("title: A long study"))
    desk.build(day("title: A long study, doi: 10.1234/a.5"))
    site = desk.build(day('title: A long study, doi: 10.1234/a.5, arxiv: "2611.00001"'))
    assert target_of(site, "papers/2611.00001.html") == "papers/a-long-study.html"
    assert target_of(site, "papers/10.1234-a.5.html") == "papers/a-long-study.html"
    assert site.text("papers/2611.00001.bib") == site.text("papers/a-long-study.bib")
    assert "papers/2611.00001.html" not in site.text("sitemap.xml")


# A title is corrected.


def test_a_title_that_its_list_corrects_moves_nothing_and_is_told_once(desk):
    desk.build(day("title: Tidal memry in small models, abstract: We look at tides."))
    site = desk.build(day("title: Tidal memory in small models, abstract: We look at tides once more."))
    assert desk.guids() == {"Tidal memory in small models": "paper/tidal-memry-in-small-models"}
    assert site.problems == [
        'papers/a.yaml:3: "Tidal memory in small models" is taken for "Tidal memry in small models" under a corrected '
        "title and keeps its address; nothing is left to do if it is; "
        "if it is another paper, give it an `id:` of its own"
    ]
    assert target_of(site, "papers/tidal-memory-in-small-models.html") == "papers/tidal-memry-in-small-models.html"
    assert desk.build().problems == []


def test_a_title_written_anew_is_known_by_the_abstract_below_it(desk):
    desk.build(day("title: Draft, abstract: We look at tides."))
    site = desk.build(day("title: Tidal memory in small models, abstract: We look at tides."))
    assert desk.guids() == {"Tidal memory in small models": "paper/draft"}
    assert len(site.problems) == 1


@pytest.mark.parametrize(
    ("path", "later"),
    [
        ("papers/a.yaml", 'listed: 2026-11-20\npapers:\n- {title: T, arxiv: "2611.00001", formerly: [a-long-study]}\n'),
        ("papers/a.yaml", "listed: 2026-11-20\npapers:\n- {title: T, formerly: papers/a-long-study.html}\n"),
        ("papers/a.yaml", 'listed: 2026-11-20\npapers:\n- {title: T, arxiv: "2611.00001", id: a-long-study}\n'),
        ("papers/a.yaml", "listed: 2026-11-20\npapers:\n- {title: T, doi: 10.1234/a.b, formerly: [A long study]}\n"),
        (
            "papers/a.json",
            '[{"title": "T", "doi": "10.1234/a.5", "listed": "2026-11-20", "formerly": ["a-long-study"]}]',
        ),
        ("papers/a.csv", "title,doi,listed,formerly\nT,10.1234/a.5,2026-11-20,other; a-long-study\n"),
        (
            "papers/a.md",
            "---\nlisted: 2026-11-20\n---\n\n## T\n\n- doi: 10.1234/a.5\n- formerly: a-long-study\n\nWe.\n",
        ),
    ],
)
def test_a_paper_under_another_title_id_and_abstract_says_which_it_was(desk, path, later):
    desk.build(day("title: A long study, abstract: A."))
    desk.remove("papers/a.yaml")
    site = desk.build(f"-- {path} --\n{later}")
    assert site.problems == []
    assert desk.guids() == {"T": "paper/a-long-study"}
    (paper,) = site.papers.values()
    for other in paper["aliases"]:
        assert target_of(site, f"papers/{other.replace('/', '-')}.html") == "papers/a-long-study.html"


def test_a_doi_may_be_named_by_the_address_of_its_page(desk):
    desk.build(day("title: A long study, doi: 10.1234/a(5)"))
    site = desk.build(day("title: Quite another, id: q, formerly: [papers/10.1234-a-5.html]"))
    assert desk.guids() == {"Quite another": "paper/10.1234/a(5)"}
    assert target_of(site, "papers/q.html") == "papers/10.1234-a-5.html"


def test_a_former_id_that_was_never_published_leads_to_the_paper(desk):
    site = desk.build(day("title: On tides, formerly: [old-tides]"))
    assert target_of(site, "papers/old-tides.html") == "papers/on-tides.html"


def test_a_former_id_that_is_another_papers_is_told_and_left_to_it(desk):
    desk.build(day("title: On tides", "title: Of suns"))
    site = desk.build(day("title: On tides", "title: Of moons, id: m, formerly: [on-tides, of-suns]"))
    assert site.problems == [
        'papers/a.yaml:4: "on-tides", which "Of moons" was formerly, is "On tides"; '
        "keep it with one of the two; the other has it"
    ]
    assert desk.guids() == {"On tides": "paper/on-tides", "Of moons": "paper/of-suns"}


def test_a_fetched_list_cannot_claim_the_address_of_another_paper(desk):
    desk.build(day("title: On tides") + day("title: Of suns", path="papers/b.yaml"))
    desk.remove("papers/a.yaml")
    lists = day(
        "title: Mine, id: mine, formerly: [on-tides]", path="papers/fetched/evil/2026-11-21.yaml", on="2026-11-21"
    )
    desk.build(lists)
    assert desk.guids()["Mine"] == "paper/mine"


def test_an_arxiv_number_with_a_slip_is_mended_under_the_same_address(desk):
    desk.build(day('title: A long study, arxiv: "2611.00001"'))
    site = desk.build(day('title: A long study, arxiv: "2611.00010"'))
    assert desk.guids() == {"A long study": "paper/2611.00001"}
    assert target_of(site, "papers/2611.00010.html") == "papers/2611.00001.html"


@pytest.mark.parametrize(
    ("gone", "new"),
    [
        ("title: Lectures on tides 1", "title: Lectures on tides 2"),
        ("title: Lectures on tides I", "title: Lectures on tides II"),
        ("title: Of tides", "title: A quite different work"),
        ("title: Lectures on tides", 'title: Lectures on tide, arxiv: "2611.00001"'),
    ],
)
def test_another_paper_in_the_place_of_one_that_is_gone_is_another_one(desk, gone, new):
    desk.build(day(gone))
    site = desk.build(day(new))
    assert not set(desk.guids().values()) & {"paper/lectures-on-tides-1", "paper/lectures-on-tides-i", "paper/of-tides"}
    assert ["1 address would be gone" in problem for problem in site.problems] == [True]


def test_a_new_work_does_not_take_the_address_of_one_that_is_gone(desk):
    desk.build(day('title: On tides, arxiv: "2611.00001"', "title: Introduction, doi: 10.1234/a.5"))
    desk.build(day('title: On tides, arxiv: "2611.00001"'))
    desk.build(day('title: On tides, arxiv: "2611.00001"', "title: Introduction, doi: 10.1234/a;5"))
    assert desk.guids()["Introduction"] != "paper/10.1234/a.5"


# Papers are merged and split.


def test_two_papers_that_turn_out_to_be_one_are_one_under_the_id_of_the_first(desk):
    desk.build(day("title: On tides") + day('title: Tides, arxiv: "2611.00001"', on="2026-11-21", path="papers/b.yaml"))
    joined = day('title: On tides, arxiv: "2611.00001"')
    site = desk.build(joined)
    assert set(desk.guids().values()) in ({"paper/on-tides"}, {"paper/2611.00001"})
    (paper,) = site.papers.values()
    other = {"on-tides", "2611.00001"} - {paper["id"]}
    assert set(paper["aliases"]) == other
    assert [target_of(site, f"papers/{each}.html") for each in other] == [f"papers/{paper['id']}.html"]


def test_papers_that_were_joined_by_mistake_get_their_own_ids_back(desk):
    apart = day("title: On tides", 'title: Of moons, arxiv: "2611.00001"', "title: Of suns, doi: 10.1234/a.5")
    desk.build(apart)
    before = desk.guids()
    desk.build(day("title: On tides", 'title: Of moons, arxiv: "2611.00001", doi: 10.1234/a.5'))
    site = desk.build(apart)
    assert desk.guids() == before
    assert not [paper["id"] for paper in site.papers.values() if paper["aliases"]]


def test_an_arxiv_number_stays_with_its_paper_when_two_are_told_apart_again(desk):
    apart = day("title: On tides", 'title: Tides, arxiv: "2611.00001"')
    desk.build(apart)
    before = desk.guids()
    desk.build(day('title: On tides, arxiv: "2611.00001"'))
    desk.build(apart)
    assert desk.guids() == before


@pytest.mark.parametrize(
    "doi", ["10.20944/preprints202611.0001.v{}", "10.21203/rs.3.rs-1/v{}", "10.31234/osf.io/ab_v{}"]
)
def test_a_later_version_of_a_preprint_keeps_the_address_of_the_first(desk, doi):
    first = desk.build(day(f"title: On Tides, authors: [Ada Example], doi: {doi.format(1)}"))
    (guid,) = desk.guids().values()
    site = desk.build(day(f"title: Tides Once More, authors: [Ada Example], doi: {doi.format(2)}"))
    (paper,) = site.result.papers.papers
    assert (paper.id, paper.doi) == (doi.format(1), doi.format(2))
    assert list(desk.guids().values()) == [guid]
    both = desk.build(day(f"title: On Tides, authors: [Ada Example], doi: {doi.format(1)}", path="papers/b.yaml"))
    assert [(each.id, each.doi) for each in both.result.papers.papers] == [(doi.format(1), doi.format(2))]
    assert not [problem for problem in [*first.problems, *both.problems] if "DOI" in problem or "taken" in problem]


def test_a_paper_is_known_again_by_a_doi_that_was_never_its_address(desk):
    desk.build(day('title: On tides, arxiv: "2611.00001", doi: 10.1234/a.5'))
    site = desk.build(day("title: Of moons and seas, doi: 10.1234/a.5"))
    assert desk.guids() == {"Of moons and seas": "paper/2611.00001"}
    assert site.problems == []
    assert target_of(site, "papers/10.1234-a.5.html") == "papers/2611.00001.html"
    desk.build(day('title: The moons, arxiv: "2611.00001"'))
    assert desk.guids() == {"The moons": "paper/2611.00001"}


@pytest.mark.parametrize("key", ["doi", "id"])
def test_a_doi_that_another_paper_is_given_does_not_move_the_address(desk, key):
    desk.build(day(f"title: Counting Sheep, {key}: 10.1234/a.5"))
    site = desk.build(day("title: Counting Sheep, doi: 10.1234/b.6", f"title: Dense Fog, {key}: 10.1234/a.5"))
    assert desk.guids() == {"Counting Sheep": "paper/10.1234/a.5", "Dense Fog": "paper/10.1234/a.5-2"}
    assert len(site.problems) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100 if IS_TORTURE else 12)
@given(steps=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["title", "doi", "arxiv", "abstract"])), max_size=6))
def test_whatever_lists_learn_and_in_whichever_order_no_guid_moves_and_no_address_is_lost(tmp_path_factory, steps):
    desk = Desk(tmp_path_factory.mktemp("desk"))
    known = [{"title": f'"{name} and the tides"'} for name in ("Moons", "Rivers", "Harbours", "Estuaries")]

    def build_all():
        return desk.build(day(*(", ".join(f"{key}: {value}" for key, value in paper.items()) for paper in known)))

    first = build_all()
    guids, addresses = sorted(desk.guids().values()), set(first.paths)
    for number, (place, what) in enumerate(steps):
        learnt = {
            "title": f'{known[place]["title"][:-1]}s"',
            "doi": f"10.1234/{place}.{number}",
            "arxiv": f'"2611.{place:03}{number:02}"',
            "abstract": f"On the {number} tides of {place}.",
        }
        known[place] |= {what: learnt[what]}
        site = build_all()
        assert sorted(desk.guids().values()) == guids
        assert {path for path in addresses if path.startswith("papers/")} <= site.paths
        addresses |= site.paths


def test_papers_of_one_title_keep_their_ids_when_one_joins_them(desk):
    desk.build(day("title: Introduction, authors: [Ada Moon], abstract: A."))
    other = "title: Introduction, authors: [Bo Sun], abstract: B."
    desk.build(day(other, "title: Introduction, authors: [Ada Moon], abstract: A."))
    papers = {paper["authors"][0]: paper["id"] for paper in Site(None, desk.content, desk.output).papers.values()}
    assert papers["Ada Moon"] == "introduction" and papers["Bo Sun"] != "introduction"


# The site moves to another host.


def test_entry_ids_stay_when_the_site_moves_to_another_host(desk):
    desk.build(day("title: On tides"))
    before = {entry.guid for entry in desk.entries().values()}
    desk.build(f"-- site.yaml --\n{SITE.replace('tides.example', 'elsewhere.example')}")
    assert {entry.guid for entry in desk.entries().values()} == before == {"tag:tides.example,2026:paper/on-tides"}


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("main--digest.example.org", "main--digest.example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("DIGEST.example.org:8443", "digest.example.org"),
    ],
)
def test_a_host_stands_in_entry_ids_as_it_is(desk, host, name):
    desk.build(f"-- site.yaml --\n{SITE.replace('tides.example', host)}{day('title: On tides')}")
    assert {entry.guid for entry in desk.entries().values()} == {f"tag:{name},2026:paper/on-tides"}


@pytest.mark.parametrize("options", [{"base_url": "https://preview.example"}, {}])
def test_the_address_of_a_preview_or_of_this_machine_is_not_kept(desk, options):
    desk.build("-- site.yaml --\ntitle: Tides\n" + day("title: On tides"), **options)
    desk.build(f"-- site.yaml --\n{SITE}")
    assert {entry.guid for entry in desk.entries().values()} == {"tag:tides.example,2026:paper/on-tides"}


@pytest.mark.parametrize("host", ["[::1]:8000", "127.0.0.2", "192.168.1.5", "desk.local", "digest.localhost"])
def test_a_host_that_is_nobodys_is_not_kept(desk, host):
    desk.build(f"-- site.yaml --\n{SITE.replace('https://tides.example', f'http://{host}')}" + day("title: On tides"))
    desk.build(f"-- site.yaml --\n{SITE}")
    assert {entry.guid for entry in desk.entries().values()} == {"tag:tides.example,2026:paper/on-tides"}


def test_an_authority_that_is_changed_is_told_as_long_as_it_differs(desk):
    desk.build(day("title: On tides"))
    said = SITE.replace("tags: all", "authority: 'other.example,2025'")
    site = desk.build(f"-- site.yaml --\n{said}")
    assert 'entries were published with "tides.example,2026"' in site.problems[0]
    assert desk.build().problems == site.problems


# Tags, organisations and pages are renamed.


def test_a_renamed_tag_keeps_its_address_its_feed_and_its_entries(desk):
    paper = "title: On tides, tags: [Memory models], organization: Moon Lab"
    old = desk.build(day(paper))
    former = {path for path in old.paths if "memory-models" in path}
    entries = desk.guids("feeds/tags/memory-models/digests")
    site = desk.build(
        "-- tags.yaml --\ntags:\n- {name: Memory of models, formerly: [memory-models]}\n"
        + day(paper.replace("Memory models", "Memory of models"))
    )
    assert site.problems == []
    assert former <= site.paths
    assert target_of(site, "tags/memory-models.html") == "tags/memory-of-models.html"
    for path in sorted(path for path in former if path.startswith("feeds/")):
        assert site.text(path) == site.text(path.replace("memory-models", "memory-of-models")), path
    assert set(desk.guids("feeds/tags/memory-models/digests").values()) == set(entries.values())
    assert "tags/memory-models.html" not in site.text("tags/index.html")


def test_a_tag_that_another_joins_keeps_its_own_entries(desk):
    papers = day("title: On tides, tags: [Moons]", "title: Of suns, tags: [Suns]")
    desk.build(papers)
    before = desk.guids("feeds/tags/suns/digests")
    site = desk.build("-- tags.yaml --\ntags:\n- {name: Suns, formerly: [Moons]}\n" + papers)
    assert target_of(site, "tags/moons.html") == "tags/suns.html"
    assert desk.guids("feeds/tags/suns/digests") == before


def test_lists_may_use_every_name_that_a_tag_ever_had(desk):
    desk.build(day("title: On tides, tags: [Memory]"))
    desk.build("-- tags.yaml --\ntags:\n- {name: Recall, formerly: [Memory]}\n")
    site = desk.build("-- tags.yaml --\ntags:\n- {name: Remembrance, formerly: [Recall]}\n")
    assert [paper["tags"] for paper in site.papers.values()] == [["remembrance"]]
    for former in ("tags/memory.html", "tags/recall.html"):
        assert target_of(site, former) == "tags/remembrance.html"
    site = desk.build("-- tags.yaml --\ntags:\n- {name: Remembrance, formerly: [Recall]}\n- {name: Memory}\n")
    assert [paper["tags"] for paper in site.papers.values()] == [["memory"]]


def test_a_tag_renamed_twice_keeps_its_entries_whatever_is_said_of_the_first_name(desk):
    desk.build(day("title: On tides, tags: [Moons]"))
    before = list(desk.guids("feeds/tags/moons/digests").values())
    desk.build("-- tags.yaml --\ntags:\n- {name: Satellites, formerly: [Moons]}\n")
    desk.build("-- tags.yaml --\ntags:\n- {name: Companions, formerly: [Satellites, Moons]}\n")
    assert list(desk.guids("feeds/tags/companions/digests").values()) == before
    desk.build("-- tags.yaml --\ntags:\n- {name: Moons, formerly: [Companions, Satellites]}\n")
    assert list(desk.guids("feeds/tags/moons/digests").values()) == before


def test_what_is_renamed_again_keeps_the_addresses_that_only_an_earlier_build_was_told_of(desk):
    paper = "title: On tides, tags: [Moons], organization: Moon Lab"
    names = [("Moons", "Moon Lab", "one"), ("Satellites", "Lunar Lab", "two"), ("Companions", "Luna", "three")]
    for before, (tag, organisation, page) in zip([None, *names], names, strict=False):
        last = before or ("x", "x", "x")
        (desk.content / "pages").mkdir(exist_ok=True)
        (desk.content / "pages" / f"{last[2]}.md").unlink(missing_ok=True)
        former = [f", formerly: [{each}]" if before else "" for each in last]
        site = desk.build(
            f"-- tags.yaml --\ntags:\n- {{name: {tag}{former[0]}}}\n"
            f"-- organizations.yaml --\norganizations:\n- {{name: {organisation}{former[1]}}}\n"
            f"-- pages/{page}.md --\n---\ntitle: A\nformerly: [{last[2] if before else ''}]\n---\nWe.\n"
            + day(paper.replace("Moons", tag).replace("Moon Lab", organisation))
        )
        assert site.problems == []
    for path in ("tags/moons.html", "tags/satellites.html"):
        assert target_of(site, path) == "tags/companions.html"
    for path in ("organizations/moon-lab.html", "organizations/lunar-lab.html"):
        assert target_of(site, path) == "organizations/luna.html"
    for path in ("one.html", "two.html"):
        assert target_of(site, path) == "three.html"
    assert site.text("feeds/tags/moons/papers.atom") == site.text("feeds/tags/companions/papers.atom")
    again = desk.build(
        "-- tags.yaml --\ntags:\n- {name: Companions}\n- {name: Moons}\n"
        + day("title: On tides, tags: [Companions], organization: Luna", "title: Of suns, tags: [Moons]")
    )
    assert 'http-equiv="refresh"' not in again.text("tags/moons.html")
    assert target_of(again, "tags/satellites.html") == "tags/companions.html"
    assert again.problems == []


def test_a_new_tag_of_a_former_name_has_entries_of_its_own(desk):
    desk.build(day("title: On tides, tags: [Moons]"))
    desk.build("-- tags.yaml --\ntags:\n- {name: Satellites, formerly: [Moons]}\n")
    before = list(desk.guids("feeds/tags/satellites/digests").values())
    desk.build(
        "-- tags.yaml --\ntags:\n- {name: Satellites}\n- {name: Moons}\n"
        + day("title: On tides, tags: [Satellites]", "title: Of suns, tags: [Moons]")
    )
    assert list(desk.guids("feeds/tags/satellites/digests").values()) == before
    assert list(desk.guids("feeds/tags/moons/digests").values()) != before


def test_lists_that_still_use_the_former_name_of_a_tag_mean_the_tag(desk):
    site = desk.build(
        "-- tags.yaml --\ntags:\n- {name: Memory of models, formerly: [memory-models]}\n"
        + day("title: On tides, tags: [Memory models]")
    )
    assert [tag["slug"] for tag in site.json("api/tags.json")] == ["memory-of-models"]


@pytest.mark.parametrize("name", ["C++ programs", "Vision/Language", "Rétrieval", "时间", "index", "con"])
def test_lists_may_use_the_former_name_of_a_tag_whatever_signs_it_has(desk, name):
    desk.build(day(f'title: On tides, tags: ["{name}"]'))
    pages = {path for path in Site(None, desk.content, desk.output).paths if re.fullmatch(r"tags/.+\.html", path)}
    (former,) = pages - {"tags/index.html"}
    site = desk.build(f"-- tags.yaml --\ntags:\n- {{name: Lunar, formerly: ['{name}']}}\n")
    assert site.problems == []
    assert target_of(site, former) == "tags/lunar.html"


@pytest.mark.parametrize(
    "written",
    [
        "Moons",
        "tags/moons.html",
        "/tags/moons",
        "https://tides.example/daily/tags/moons.html",
        "moons.html",
        "feeds/tags/moons/papers.atom",
    ],
)
def test_the_former_name_of_a_tag_may_be_its_address_as_the_build_told_it(desk, written):
    desk.build(day("title: On tides, tags: [Moons]"))
    said = f"-- tags.yaml --\ntags:\n- {{name: Lunar, formerly: ['{written}']}}\n"
    site = desk.build(said + day("title: On tides, tags: [Lunar]"))
    assert site.problems == []
    assert target_of(site, "tags/moons.html") == "tags/lunar.html"


@pytest.mark.parametrize(
    "written",
    [
        "about",
        "about.html",
        "/pages/about.md",
        "https://tides.example/daily/about.html",
        "https://tides.example/about/",
    ],
)
def test_the_former_name_of_a_page_may_be_its_address_or_its_file(desk, written):
    desk.build(day("title: On tides") + "-- pages/about.md --\nWe look at tides.\n")
    desk.remove("pages/about.md")
    site = desk.build(f"-- pages/who.md --\n---\nformerly: ['{written}']\n---\nWe look at tides.\n")
    assert site.problems == []
    assert target_of(site, "about.html") == "who.html"


@pytest.mark.parametrize("is_printed_anew", [False, True])
@pytest.mark.parametrize("name", ["Ada Moon", "Øyvind Åse", "J. Smith", "李明", "X Æ A-12"])
def test_a_person_under_a_new_name_keeps_the_page_and_the_feed_of_the_former(desk, name, is_printed_anew):
    desk.build(f"-- site.yaml --\n{SITE}author_min: 1\n" + day(f"title: On tides, authors: [{name}]"))
    (former,) = (path for path in Site(None, desk.content, desk.output).paths if path.startswith("feeds/authors/"))
    stem = former.removeprefix("feeds/").removesuffix("/papers.atom")
    said = f"-- people.yaml --\npeople:\n- {{name: Ada Luna, formerly: [{name}]}}\n"
    site = desk.build(said + day(f"title: On tides, authors: [{'Ada Luna' if is_printed_anew else name}]"))
    assert site.problems == []
    assert target_of(site, f"{stem}.html") == "authors/ada-luna.html"
    assert site.text(former) == site.text("feeds/authors/ada-luna/papers.atom")
    assert f"{stem}/papers</id>" in site.text(former)


def test_a_renamed_organisation_and_one_with_aliases_keep_their_addresses(desk):
    desk.build(day("title: On tides, organization: Moon Lab", "title: Of tides, organization: ML"))
    site = desk.build(
        "-- organizations.yaml --\norganizations:\n- {name: Lunar Institute, formerly: [Moon Lab, ML]}\n"
        + day("title: On tides, organization: Lunar Institute", "title: Of tides, organization: ML")
    )
    assert site.problems == []
    assert target_of(site, "organizations/moon-lab.html") == "organizations/lunar-institute.html"
    assert target_of(site, "organizations/ml.html") == "organizations/lunar-institute.html"
    assert {paper["title"] for paper in site.papers.values()} == {"On tides", "Of tides"}


def test_a_renamed_page_leads_on_from_its_former_address(desk):
    desk.build(day("title: On tides") + "-- pages/about.md --\nWe look at tides.\n")
    desk.remove("pages/about.md")
    site = desk.build("-- pages/who.md --\n---\nformerly: about\n---\nWe look at tides.\n")
    assert site.problems == []
    assert target_of(site, "about.html") == "who.html"


def test_a_former_name_that_stands_for_something_else_is_refused(desk):
    with pytest.raises(BuildError, match="several inputs claim one address"):
        desk.build("-- pages/who.md --\n---\nformerly: index\n---\nWe.\n" + day("title: On tides"))
    site = desk.build(
        "-- pages/who.md --\nWe.\n-- tags.yaml --\ntags:\n- {name: Moons}\n- {name: Suns, formerly: [moons]}\n"
    )
    assert 'the former name "moons" of the tag "Suns" already stands for the tag "Moons"' in site.problems[0]


def test_the_page_of_an_author_and_of_a_venue_stays_when_papers_join_earlier_days(desk):
    def lists(on, count, first=0):
        papers = (f"title: Tides of {on} {n}, authors: [Bo Sun {n} {on}]" for n in range(first, first + count))
        return day(*papers, on=on, path=f"papers/{on}.yaml")

    few = [f"title: On tides {n}, authors: [Ada Moon], venue: Tide Letters, published: 2026" for n in range(2)]
    before = desk.build(day(*few, on="2026-10-02", path="papers/few.yaml") + lists("2026-11-02", 3))
    kept = {"authors/ada-moon.html", "feeds/authors/ada-moon/papers.atom", "venues/tide-letters-2026.html"}
    assert kept <= before.paths
    page = before.text("papers/on-tides-0.html")
    site = desk.build(lists("2026-09-01", 120))
    assert site.problems == []
    assert kept <= site.paths
    assert '<a href="../authors/ada-moon.html">' in site.text("papers/on-tides-0.html")
    assert re.findall(r"<p class=.authors.*", site.text("papers/on-tides-0.html")) == re.findall(
        r"<p class=.authors.*", page
    )
    (record,) = (record for record in desk.records() if record.get("path") == "authors/ada-moon.html")
    assert record["since"] == "2026-10"


def test_the_page_of_an_author_stays_where_an_earlier_release_did_not_say_since_when(desk):
    few = [f"title: On tides {n}, authors: [Ada Moon]" for n in range(2)]
    desk.build(day(*few, on="2026-10-02", path="papers/few.yaml"))
    file = desk.content / "published/site.jsonl"
    file.write_text(re.sub(r', "since": "[^"]+"', "", file.read_text()))
    many = (f"title: Tides of {n}, authors: [Bo Sun {n}]" for n in range(120))
    site = desk.build(day(*many, on="2026-09-01"))
    assert site.problems == []
    assert "authors/ada-moon.html" in site.paths


def test_of_two_authors_of_one_name_each_keeps_the_page_whoever_comes_first_later(desk):
    def papers(orcid, on):
        author = f"{{name: Wei Wang, orcid: '{orcid}'}}"
        return day(*(f"title: Tides {on}.{n}, authors: [{author}]" for n in range(2)), on=on, path=f"papers/{on}.yaml")

    one, other = "0000-0002-1825-0097", "0000-0001-5109-3700"
    before = desk.build(papers(one, "2026-11-10") + papers(other, "2026-11-11"))
    pages = {path for path in before.paths if re.fullmatch(r"authors/wei-wang.*\.html", path)}
    whose = {path: [orcid for orcid in (one, other) if orcid in before.text(path)] for path in pages}
    assert sorted(whose.values()) == [[other], [one]]
    site = desk.build(papers(other, "2026-11-02"))
    assert site.problems == []
    assert {path: [orcid for orcid in (one, other) if orcid in site.text(path)] for path in pages} == whose


def test_an_author_keeps_the_page_when_a_list_gives_no_id_or_that_of_another_register(desk):
    for said in ("orcid: 0000-0002-1825-0097", "openalex: A5023888391", "dblp: 65/9612"):
        papers = (f"title: Tides {n}, authors: [{{name: Wei Wang, {said}}}]" for n in range(2))
        site = desk.build(day(*papers))
        assert site.problems == [] and "authors/wei-wang.html" in site.paths
    site = desk.build(day("title: Tides 0, authors: [Wei Wang]", "title: Tides 1, authors: [Wei Wang]"))
    assert site.problems == [] and "authors/wei-wang.html" in site.paths


# Published pages would disappear.


def test_addresses_that_would_be_gone_are_told_once_before_anything_is_written(desk):
    desk.build(day("title: On tides, tags: [Moons]") + day("title: Of suns", on="2026-11-21", path="papers/b.yaml"))
    desk.remove("papers/a.yaml")
    told = []
    site = desk.build(warn=lambda problem: told.append((str(problem), (desk.output / "papers/on-tides.html").exists())))
    (message, was_there) = told[0]
    assert was_there and not (desk.output / "papers/on-tides.html").exists()
    assert site.problems == [message]
    assert message.startswith(
        "published/: 5 addresses would be gone: papers/on-tides.html, days/2026-11-20.html, "
        "feeds/tags/moons/digests.atom, feeds/tags/moons/papers.atom, tags/moons.html; bring back"
    )
    assert desk.build().problems == []
    assert desk.build(day("title: On tides, tags: [Moons]")).problems == []
    assert desk.guids()["On tides"] == "paper/on-tides"


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ("searches: {Seas: tides}", "searches: {Tides: tides}", "feeds/searches/seas.atom"),
        ("page_size: 50", "search: false", "search.html"),
        ("exports: [bib, ris]", "exports: [ris]", "*.bib"),
        ("author_min: 1", "author_min: 5", "authors/ada-moon.html, feeds/authors/ada-moon/papers.atom"),
        ("feeds: {organization_min: 1}", "feeds: {}", "feeds/organizations/moon-lab/papers.atom"),
        ("feeds: {formats: [json]}", "feeds: {}", "feeds/tags/moons/papers.json"),
        ("feeds: {}", "feeds: {monthly: false}", "feeds/months.atom, feeds/months.json, feeds/months.xml"),
        (
            "feeds: {top: [2]}",
            "feeds: {top: [3]}",
            "feeds/top-2-of-the-week.atom, feeds/top-2-of-the-week.json, feeds/top-2-of-the-week.xml",
        ),
        ("editions: {weekly: {}, daily: {}}", "page_size: 50", "feeds/editions/daily.atom"),
    ],
)
def test_addresses_that_settings_take_away_are_told(desk, before, after, gone):
    said = "base_url: https://tides.example\nrelated: none\ncards: none\n"
    paper = "title: On tides, authors: [Ada Moon], tags: [Moons], organization: Moon Lab"
    desk.build(f"-- site.yaml --\n{said}{before}\n" + day(paper))
    was = Site(None, desk.content, desk.output).paths
    site = desk.build(f"-- site.yaml --\n{said}{after}\n")
    (told,) = site.problems
    assert f" would be gone: {gone}; bring back" in told
    lost = {path for path in was - site.paths if not path.startswith(("search/", "api/", "assets/"))}
    assert {f"*{path[path.rindex('.') :]}" if "*" in gone else path for path in lost} == set(gone.split(", "))
    assert desk.build().problems == []
    desk.build(f"-- site.yaml --\n{said}{before}\n")
    with pytest.raises(BuildError, match="would be gone"):
        desk.build(f"-- site.yaml --\n{said}{after}\n", is_strict=True)


def test_months_of_a_tag_a_year_and_copied_files_that_would_be_gone_are_told(desk):
    said = SITE + "page_size: 5\n"
    papers = [", ".join([f"title: Tides of {month}.{each}", "tags: [Moons]"]) for month in (9, 10) for each in range(3)]
    old = day("title: Old", on="2025-03-01", path="papers/old.yaml")
    lists = day(*papers[:3], on="2026-09-01", path="papers/9.yaml") + day(*papers[3:], on="2026-10-01")
    desk.build(f"-- site.yaml --\n{said}" + old + lists + "-- static/talks/first.txt --\nOf tides.\n")
    for path in ("papers/old.yaml", "static/talks/first.txt"):
        desk.remove(path)
    untagged = [each.removesuffix(", tags: [Moons]") for each in papers[:3]]
    (told,) = desk.build(day(*untagged, on="2026-09-01", path="papers/9.yaml")).problems
    gone = {"papers/old.html", "days/2025-03-01.html", "weeks/2025-W09.html", "months/2025-03.html"}
    gone |= {"years/2025.html", "tags/moons/2026-09.html", "talks/first.txt"}
    recorded = {record["path"] for record in desk.records() if record.get("gone") and "path" in record}
    assert recorded == gone - {"papers/old.html"}
    assert f": {len(gone)} addresses would be gone" in told


@pytest.mark.parametrize("then", [day("title: Other", path="papers/6.yaml"), f"-- site.yaml --\n{SITE}page_size: 20\n"])
def test_the_months_of_a_tag_stay_when_all_its_papers_would_fit_on_one_page(desk, then):
    lists = [day(f"title: Tides {n}, tags: [Moons]", on=f"2026-0{n}-01", path=f"papers/{n}.yaml") for n in range(1, 7)]
    before = desk.build(f"-- site.yaml --\n{SITE}page_size: 5\n" + "".join(lists))
    months = {path for path in before.paths if path.startswith("tags/moons/")}
    after = desk.build(then)
    assert months
    assert months <= after.paths
    assert "tags/" not in str(after.problems)


def test_the_months_of_a_tag_stay_where_it_is_renamed_and_another_month_would_end_them(desk):
    tags = "-- tags.yaml --\ntags: [{name: Moons}]\n"
    lists = [day(f"title: Tides {n}, tags: [Moons]", on=f"2026-0{n}-01", path=f"papers/{n}.yaml") for n in range(1, 9)]
    before = desk.build(f"-- site.yaml --\n{SITE}page_size: 5\n{tags}" + "".join(lists))
    months = {path for path in before.paths if path.startswith("tags/moons/")}
    desk.build(day("title: Old, tags: [Moons]", on="2026-01-02", path="papers/old.yaml"))
    after = desk.build(tags.replace("Moons", "Satellites, formerly: Moons"))
    assert months
    assert months <= after.paths
    assert after.problems == []


def test_papers_that_get_their_days_take_no_address_away(desk):
    papers = [f"title: Paper {number}" for number in range(6)]
    undated = day(*papers).replace("listed: 2026-11-20\n", "")
    assert "undated/2.html" in desk.build(f"-- site.yaml --\n{SITE}page_size: 5\n" + undated).paths
    assert desk.build(day(*papers), is_strict=True).problems == []


def test_what_stands_at_an_address_again_under_whatever_name_is_not_gone(desk):
    desk.build(day("title: On tides") + "-- static/robots.txt --\nUser-agent: *\n-- static/moons.html --\nMoons\n")
    for path in ("static/robots.txt", "static/moons.html"):
        desk.remove(path)
    assert desk.build("-- pages/moons.md --\nWe look at moons.\n").problems == []


def test_strict_takes_no_address_away(desk):
    desk.build(day("title: On tides") + day("title: Of suns", path="papers/b.yaml"))
    desk.remove("papers/a.yaml")
    for _ in range(2):
        with pytest.raises(BuildError, match="1 address would be gone: papers/on-tides"):
            desk.build(is_strict=True)
    assert (desk.output / "papers/on-tides.html").exists()


def test_the_command_tells_what_would_be_gone_once_and_ends_with_an_error_when_strict(desk):
    desk.build(day("title: On tides") + day("title: Of suns", path="papers/b.yaml"))
    desk.remove("papers/a.yaml")
    arguments = ["build", "--content", str(desk.content), "--output", str(desk.output)]
    strict = CliRunner().invoke(main, [*arguments, "--strict"])
    assert (strict.exit_code, strict.output.count("would be gone")) == (2, 1)
    assert [CliRunner().invoke(main, arguments).output.count("would be gone") for _ in range(3)] == [1, 0, 0]


# An editor changes texts.


def updates(desk, feed="feeds/papers"):
    return {title: entry.updated for title, entry in desk.entries(feed).items()}


def test_a_text_corrected_by_hand_moves_its_entry_and_that_of_its_day_once(desk):
    desk.build(day("title: On tides, abstract: We lok at tides., upvotes: 4", "title: Of suns"))
    before, days = updates(desk), updates(desk, "feeds/digests")
    desk.build(day("title: On tides, abstract: We look at tides., upvotes: 4", "title: Of suns"))
    seen = desk.now
    assert updates(desk) == before | {"On tides": seen}
    assert updates(desk, "feeds/digests") == dict.fromkeys(days, seen)
    desk.build(day("title: On tides, abstract: We look at tides., upvotes: 90, comments: 4", "title: Of suns"))
    assert updates(desk) == before | {"On tides": seen}


def test_a_note_rewritten_moves_the_entry_of_its_day_alone(desk):
    desk.build(day("title: On tides") + "-- notes/2026-11-20.md --\nA quiet day.\n")
    before = updates(desk)
    desk.build("-- notes/2026-11-20.md --\nA loud day.\n")
    assert list(updates(desk, "feeds/digests").values()) == [desk.now]
    assert updates(desk) == before


def test_a_note_is_not_of_the_tags_of_its_day(desk):
    desk.build(day("title: On tides, tags: [Moons]"))
    before = updates(desk, "feeds/tags/moons/digests")
    desk.build("-- notes/2026-11-20.md --\nA loud day.\n")
    assert updates(desk, "feeds/tags/moons/digests") == before


def test_a_paper_withdrawn_by_hand_moves_its_entry_once(desk):
    desk.build(day("title: On tides", "title: Of suns"))
    before = updates(desk)
    desk.build(day("title: On tides, comment: withdrawn by the authors", "title: Of suns"))
    assert updates(desk) == before | {"On tides": desk.now}
    before = updates(desk)
    desk.build()
    assert updates(desk) == before


def test_a_day_added_to_a_week_that_is_over_moves_the_entry_of_the_week(desk):
    desk.now += timedelta(days=7)
    desk.build(day("title: On tides"))
    desk.build(day("title: Of suns", on="2026-11-19", path="papers/b.yaml"))
    assert list(updates(desk, "feeds/weeks").values()) == [desk.now]


@pytest.mark.parametrize(("zone", "hour"), [("America/Los_Angeles", 2), ("Asia/Tokyo", 12)])
def test_a_week_goes_on_until_its_last_day_is_over_in_the_zone_of_feeds(desk, zone, hour):
    desk.build(f"-- site.yaml --\n{SITE.replace('all}', f'all, zone: {zone}}}')}" + day("title: On tides"))
    desk.now = datetime(2026, 11, 22 if hour == 12 else 23, hour, tzinfo=UTC)  # Sunday evening there
    desk.build()
    desk.build(day("title: Of suns", on="2026-11-22", path="papers/b.yaml"))
    assert [record for record in desk.records() if record.get("best")] == []
    assert updates(desk)["Of suns"] < desk.now - timedelta(hours=1)
    desk.now += timedelta(hours=6)
    desk.build()
    assert [record["best"] for record in desk.records() if record.get("best")] == [["on-tides", "of-suns"]]


@pytest.mark.parametrize(
    ("changed", "is_shown"),
    [
        ("title: Paper 0, upvotes: 0, abstract: Other words.", False),
        ("title: Paper 0, upvotes: 0, abstract: Words., tags: [Moons], authors: [Ada]", False),
        ("title: Paper 0, upvotes: 0, abstract: Words., note: Read it., lead: 1", False),
        ("title: Papers 0, upvotes: 0, abstract: Words.", True),
    ],
)
def test_a_paper_of_which_a_week_shows_the_title_alone_moves_its_entry_with_the_title(desk, changed, is_shown):
    best = [f"title: Paper {number}, upvotes: {number}, abstract: Words." for number in range(1, 11)]
    desk.build(day("title: Paper 0, upvotes: 0, abstract: Words.", *best, on="2026-11-10"))
    (before,) = desk.entries("feeds/weeks").values()
    desk.build(day(changed, *best, on="2026-11-10"))
    (after,) = desk.entries("feeds/weeks").values()
    assert (after.updated != before.updated, after.html != before.html) == (is_shown, is_shown)


def test_a_day_added_to_a_week_that_goes_on_moves_nothing(desk):
    desk.build(day("title: On tides"))
    before = updates(desk)
    desk.build(day("title: Of suns", on="2026-11-19", path="papers/b.yaml"))
    assert {title: moment for title, moment in updates(desk).items() if title in before} == before
    assert updates(desk)["Of suns"] < desk.now - timedelta(hours=1)


def test_a_paper_added_to_a_past_day_moves_its_entry(desk):
    desk.build(day("title: On tides", "title: Of suns"))
    before = updates(desk)
    desk.build(day("title: On tides", "title: Of suns", "title: Of moons"))
    assert updates(desk) == before | {"Of moons": desk.now}
    assert list(updates(desk, "feeds/digests").values()) == [desk.now]


PAPER = "title: On tides, abstract: A., tags: [Moons], authors: [Ada Moon]"


@pytest.mark.parametrize(
    "changed",
    [
        PAPER.replace("Ada Moon", "Ada Moon, Bo Sun"),
        PAPER.replace("Ada Moon", "Ada B. Moon"),
        PAPER.replace("[Moons]", "[Moons, Seas]"),
        PAPER.replace("[Moons]", "[Seas]"),
        *(f"{PAPER}, {more}" for more in ("doi: 10.1234/a.5", 'arxiv: "2611.00001"', "organization: Moon Lab")),
        *(f"{PAPER}, {more}" for more in ("code: 'https://code.example/t'",)),
        *(f"{PAPER}, {more}" for more in ("editor_summary: Read it.", "note: Late.", "author_count: 9")),
        f"{PAPER}, url: 'https://a.example/t'",
    ],
)
def test_whatever_an_entry_shows_moves_it_when_it_is_changed_by_hand(desk, changed):
    desk.build(day(PAPER, "title: Of suns"))
    before, days = updates(desk), updates(desk, "feeds/digests")
    desk.build(day(changed, "title: Of suns"))
    seen = desk.now
    assert updates(desk) == before | {"On tides": seen}
    assert updates(desk, "feeds/digests") == dict.fromkeys(days, seen)
    desk.build()
    assert updates(desk) == before | {"On tides": seen}
    desk.build(day(PAPER, "title: Of suns"))
    assert updates(desk) == before | {"On tides": desk.now}


def test_a_picture_of_the_site_that_is_drawn_anew_moves_the_entry_that_shows_it(desk):
    file = desk.content / "images" / "tides.png"
    file.parent.mkdir(parents=True)
    for colour in ("red", "blue"):
        Image.new("RGB", (400, 300), colour).save(file)
        desk.build(day(f"{PAPER}, image: images/tides.png", "title: Of suns"))
    assert updates(desk)["On tides"] == desk.now
    moment = desk.now
    desk.build()
    assert updates(desk)["On tides"] == moment


@pytest.mark.parametrize("more", ["upvotes: 9", "num_comments: 3", "stars: 4", "pages: 1-9", "published: 2026-11-02"])
def test_what_no_entry_shows_moves_none(desk, more):
    desk.build(day(PAPER, "title: Of suns"))
    feeds = ("feeds/papers", "feeds/digests", "feeds/tags/moons/papers")
    before = [(updates(desk, feed), (desk.output / f"{feed}.atom").read_bytes()) for feed in feeds]
    desk.build(day(f"{PAPER}, {more}", "title: Of suns"))
    assert [(updates(desk, feed), (desk.output / f"{feed}.atom").read_bytes()) for feed in feeds] == before


def test_a_tag_or_an_organisation_under_another_name_moves_the_entries_that_show_it(desk):
    desk.build(day(f"{PAPER}, organization: ML", "title: Of suns"))
    before = updates(desk)
    desk.build("-- tags.yaml --\ntags:\n- {name: Satellites, formerly: [Moons]}\n")
    assert updates(desk) == before | {"On tides": desk.now}
    desk.build("-- organizations.yaml --\norganizations:\n- {name: Moon Lab, aliases: [ML]}\n")
    assert updates(desk) == before | {"On tides": desk.now}


def test_an_editors_note_counts_also_of_a_paper_whose_abstract_a_fetched_list_corrected(desk):
    lists = day("title: On tides, abstract: A., id: t", path="papers/hf/2026-11-20.yaml")
    lists += day("title: On tides, abstract: B., id: t", path="papers/hf/2026-11-20@2026-11-21T0600Z.yaml")
    desk.build(lists)
    before = updates(desk)
    desk.build("-- desk.yaml --\npapers:\n  t: {note: Read it.}\n")
    assert updates(desk) == dict.fromkeys(before, desk.now)


def test_what_another_program_reads_otherwise_moves_nothing(desk, monkeypatch):
    desk.build(day(PAPER))
    before = updates(desk)
    monkeypatch.setattr("site_builder.build.__version__", "another")
    changed = day(PAPER.replace("Ada Moon", "A. Moon"))
    desk.build(changed)
    assert updates(desk) == before
    desk.build(day(PAPER))
    assert updates(desk) == {"On tides": desk.now}


def test_a_paper_taken_out_of_a_past_day_moves_the_entries_of_the_day_and_its_week(desk):
    desk.now += timedelta(days=7)
    desk.build(day("title: On tides", "title: Of suns"))
    before = updates(desk)
    desk.build(day("title: On tides"))
    assert updates(desk) == {"On tides": before["On tides"]}
    assert [*updates(desk, "feeds/digests").values(), *updates(desk, "feeds/weeks").values()] == [desk.now] * 2


def test_a_paper_that_leads_moves_the_entry_of_its_day_and_not_its_own(desk):
    desk.build(day("title: On tides", "title: Of suns"))
    before = updates(desk)
    desk.build(day("title: On tides, lead: true", "title: Of suns"))
    assert list(updates(desk, "feeds/digests").values()) == [desk.now]
    assert updates(desk) == before


def test_one_of_the_best_papers_that_goes_and_comes_back_moves_their_entry_each_time(desk):
    desk.now += timedelta(days=7)
    papers = ["title: On tides, upvotes: 9", "title: Of suns, upvotes: 8", "title: Of moons, upvotes: 7"]
    desk.build(f"-- site.yaml --\n{TOP}{day(*papers)}")
    (item,) = orjson.loads((desk.output / "feeds/top-2-of-the-week.json").read_bytes())["items"]
    assert item["summary"] == "On tides · Of suns"
    for left in (papers[1:], papers):
        desk.build(day(*left))
        assert list(updates(desk, "feeds/top-2-of-the-week").values()) == [desk.now]


def test_another_order_of_the_desk_moves_the_entry_of_its_day_alone(desk):
    desk.build(day("title: On tides", "title: Of suns"))
    before = updates(desk)
    desk.build("-- desk.yaml --\neditions:\n  2026-11-20: {order: [of-suns]}\n")
    assert list(updates(desk, "feeds/digests").values()) == [desk.now]
    assert updates(desk) == before


def test_the_note_of_a_week_moves_its_entry_and_not_that_of_its_best_papers(desk):
    desk.now += timedelta(days=7)
    papers = "".join(
        f"- {{title: Paper {number}, upvotes: {90 - number}, authors: [Bo {number}]}}\n" for number in range(4)
    )
    desk.build(f"-- site.yaml --\n{TOP}-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n{papers}")
    before = updates(desk, "feeds/top-2-of-the-week")
    desk.build("-- notes/2026-W47.md --\nA quiet week.\n")
    assert list(updates(desk, "feeds/weeks").values()) == [desk.now]
    write_content(desk.content, f"-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n{papers.replace('Bo 3', 'Cy 3')}")
    desk.build()
    assert updates(desk, "feeds/top-2-of-the-week") == before
    desk.build(f"-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n{papers.replace('Bo 0', 'Cy 0')}")
    assert list(updates(desk, "feeds/top-2-of-the-week").values()) == [desk.now]


def test_several_entries_that_change_at_once_are_updated_with_the_build_that_shows_it(desk):
    papers = [f"title: Paper {number}, tags: [Moons]" for number in range(4)]
    desk.build(day(*papers))
    desk.build("-- tags.yaml --\ntags:\n- {name: Satellites, formerly: [Moons]}\n")
    moments = updates(desk)
    assert set(moments.values()) == {desk.now - timedelta(seconds=number) for number in range(4)}
    desk.build()
    assert updates(desk) == moments


@pytest.mark.parametrize(
    "changed",
    [
        ("title: On tides, tags: [Moons]", "title: Of suns, tags: [Seas]"),
        ("title: On tides, tags: [Moons]", "title: Of suns, tags: [Moons], lead: true"),
        ("title: On tides, tags: [Moons]", "title: Of suns, tags: [Moons], hide: true"),
        ("title: On tides, tags: [Moons]",),
    ],
)
def test_a_paper_that_leaves_or_leads_a_day_of_a_tag_moves_its_entry_and_no_other(desk, changed):
    first, other = "title: On tides, tags: [Moons]", "title: Of rivers, tags: [Water]"
    desk.build(day(first, "title: Of suns, tags: [Moons]", other))
    before = updates(desk, "feeds/tags/water/digests")
    desk.build(day(*changed, other))
    moment = desk.now
    assert list(updates(desk, "feeds/tags/moons/digests").values()) == [moment]
    desk.build("-- tags.yaml --\ntags:\n- {name: Satellites, slug: moons, aliases: [Moons]}\n")
    assert updates(desk, "feeds/tags/water/digests") == before
    lines = next(record for record in desk.records() if record.get("path") == "days/2026-11-20.html")
    assert lines["tags_updated"] == {"moons": f"{moment:%Y-%m-%dT%H:%M:%SZ}"}


def test_no_entry_moves_when_the_hour_and_the_zone_of_feeds_change(desk):
    said = f"-- site.yaml --\n{SITE}editions: {{daily: {{}}}}\n"
    gone_out = (
        '{"edition": "daily/2026-11-20", "date": "2026-11-20", "due": "2026-11-20T06:00:00Z", "ids": ["on-tides"]}'
    )
    desk.now += timedelta(days=30)
    desk.build(f"{said}{day('title: On tides')}-- published/editions.jsonl --\n{gone_out}\n")
    feeds = [f"feeds/{name}" for name in ("papers", "digests", "weeks", "months", "editions/daily")]
    before = {feed: [entry.published for entry in desk.entries(feed).values()] for feed in feeds}
    assert all(before.values())
    for chosen in ("hour: '21:00'", "zone: Asia/Tokyo"):
        desk.build(said.replace("{tags: all}", f"{{tags: all, {chosen}}}"))
        assert {feed: [entry.published for entry in desk.entries(feed).values()] for feed in feeds} == before


def test_an_edition_that_has_not_gone_out_moves_its_entry_when_a_paper_joins_or_leaves_it(desk):
    said = f"{SITE}editions: {{daily: {{every: daily}}}}\n"
    desk.build(f"-- site.yaml --\n{said}{day('title: On tides', 'title: Of suns')}")
    for papers in (["title: On tides"], ["title: On tides", "title: Of moons"]):
        desk.build(day(*papers))
        assert list(updates(desk, "feeds/editions/daily").values()) == [desk.now]


def test_the_best_of_a_week_do_not_tell_how_many_papers_it_has(desk):
    desk.now += timedelta(days=7)
    desk.build(f"-- site.yaml --\n{TOP}{day('title: On tides, upvotes: 9', 'title: Of suns, upvotes: 8')}")
    before = {title: (entry.html, entry.updated) for title, entry in desk.entries("feeds/top-2-of-the-week").items()}
    desk.build(day("title: Of moons", path="papers/b.yaml"))
    after = {title: (entry.html, entry.updated) for title, entry in desk.entries("feeds/top-2-of-the-week").items()}
    assert after == before


def test_the_moment_of_a_change_is_the_same_for_whoever_builds_later(desk, tmp_path):
    desk.build(day("title: On tides, abstract: A."))
    desk.build(day("title: On tides, abstract: B."))
    first = {path: (desk.output / path).read_bytes() for path in ("feeds/papers.atom", "feeds/digests.xml")}
    desk.now += timedelta(days=3)
    build(desk.content, tmp_path / "clean", desk.now)
    assert {path: (tmp_path / "clean" / path).read_bytes() for path in first} == first


def test_a_site_of_an_earlier_release_has_nothing_new_to_tell(desk):
    desk.build(day("title: On tides"))
    before = updates(desk)
    for file in (desk.content / "published").iterdir():
        file.unlink()
    desk.build()
    assert updates(desk) == before


# The files of `content/published/`.


def test_what_was_published_is_a_line_a_paper_in_the_file_of_its_month(desk):
    desk.build(day("title: On tides, abstract: A.") + day("title: Of suns", on="2026-10-02", path="papers/b.yaml"))
    files = {file.name: file.read_text().splitlines() for file in (desk.content / "published").iterdir()}
    assert sorted(files) == ["papers-2026-10.jsonl", "papers-2026-11.jsonl", "site.jsonl"]
    assert [orjson.loads(line)["id"] for line in files["papers-2026-11.jsonl"][1:]] == ["on-tides"]
    assert all("Keep this folder with the lists" in lines[0] for lines in files.values())
    assert '{"authority": "tides.example,2026"}' in files["site.jsonl"]


def test_no_line_counts_numbered_pages_that_never_were(desk):
    desk.build(day("title: On tides, tags: [Moons]"))
    file = desk.content / "published/site.jsonl"
    assert '{"path": "tags/moons.html"}' in file.read_text().splitlines()
    written = file.read_text()
    counted = written.replace('"tags/moons.html"', '"tags/moons.html", "numbered": 0')
    file.write_text(re.sub(r'\{"program".+\n', "", counted))  # as earlier releases wrote it
    site = desk.build(day("title: Of suns, tags: [Moons]", path="papers/b.yaml"))
    assert '{"path": "tags/moons.html"}' in file.read_text().splitlines()
    file.write_text(file.read_text().replace('"tags/moons.html"', '"tags/moons.html", "numbered": 2'))
    site = desk.build()
    assert target_of(site, "tags/moons/2.html") == "tags/moons.html"


def test_a_build_that_changes_nothing_writes_nothing_there(desk):
    desk.build(day("title: On tides"))
    before = {file: file.stat().st_mtime_ns for file in (desk.content / "published").iterdir()}
    desk.build()
    assert {file: file.stat().st_mtime_ns for file in (desk.content / "published").iterdir()} == before


def test_check_and_a_build_that_fails_record_nothing(desk, tmp_path):
    desk.build(day("title: On tides"), is_dry=True)
    assert not (desk.content / "published").exists()
    (desk.output).mkdir(exist_ok=True)
    (desk.output / "index.html").write_text("mine")
    with pytest.raises(BuildError):
        desk.build()
    assert not (desk.content / "published").exists()


def test_what_two_branches_published_is_joined_also_with_the_marks_of_a_merge_left_in(desk):
    desk.build(day("title: On tides"))
    file = desk.content / "published/papers-2026-11.jsonl"
    ours = file.read_text()
    theirs = '{"id": "on-tides", "title": "On tides", "ids": ["2611.00001"]}\n{"id": "of-suns", "title": "Of suns"}\n'
    file.write_text(f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n")
    site = desk.build(day("title: On tides", 'title: Of suns, arxiv: "2611.00002"'))
    assert ["marks of an unfinished merge" in problem for problem in site.problems] == [True]
    assert site.papers["on-tides"]["aliases"] == ["2611.00001"]
    assert site.papers["of-suns"]["aliases"] == ["2611.00002"]
    assert "<<<" not in file.read_text()
    assert desk.build().problems == []


@pytest.mark.parametrize("is_reversed", [False, True])
def test_lines_of_one_address_are_joined_in_whatever_order_they_stand(desk, is_reversed):
    desk.now += timedelta(days=7)
    desk.build(day("title: On tides"))
    file = desk.content / "published/site.jsonl"
    head, *lines = file.read_text().splitlines()
    best = next(line for line in lines if '"best"' in line)
    lines += ['{"path": "days/2026-11-20.html", "at": "2026-11-20T04:00:00Z"}', '{"path": "weeks/2026-W47.html"}']
    file.write_text("\n".join([head, *(reversed(lines) if is_reversed else lines)]))
    desk.build()
    assert [entry.published.hour for entry in desk.entries("feeds/digests").values()] == [4]
    assert best in file.read_text().splitlines()


def test_the_marks_of_a_merge_go_though_nothing_else_changes(desk):
    desk.build(day("title: On tides"))
    file = desk.content / "published/papers-2026-11.jsonl"
    ours = file.read_text()
    file.write_text(f"<<<<<<< HEAD\n{ours}=======\n{ours}>>>>>>> other\n")
    assert "marks of an unfinished merge" in desk.build().problems[0]
    assert file.read_text() == ours
    assert desk.build().problems == []


def test_a_paper_in_the_files_of_two_months_stays_in_the_earlier(desk):
    desk.build(day("title: On tides"))
    file = desk.content / "published/papers-2026-11.jsonl"
    (desk.content / "published/papers-2026-10.jsonl").write_text(file.read_text())
    desk.build()
    assert not file.exists()
    assert [record["id"] for record in desk.records() if "id" in record] == ["on-tides"]


def test_two_names_of_entry_ids_are_told_once_and_one_is_kept(desk):
    desk.build(day("title: On tides"))
    file = desk.content / "published/site.jsonl"
    file.write_text(f'{file.read_text()}{{"authority": "zephyr.example,2026"}}\n')
    (problem,) = desk.build().problems
    assert problem.startswith("published/site.jsonl:")
    assert 'entries were published with "zephyr.example,2026" and with "tides.example,2026", which is kept' in problem
    assert desk.build().problems == []


def test_a_line_that_is_damaged_is_told_and_its_file_left_as_it_is(desk):
    desk.build(day("title: On tides"))
    file = desk.content / "published/papers-2026-11.jsonl"
    file.write_text(f"{file.read_text()}{{nonsense\n")
    before = file.read_text()
    site = desk.build(day("title: On tides", "title: Of suns"))
    assert site.problems[0].startswith("published/papers-2026-11.jsonl:3: is no line that Broadsheet wrote; take the")
    assert file.read_text() == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda good: good.replace(b"Of suns", b"Of \xff suns"),
        lambda good: good.replace(b"Of suns", b"Of \x00 suns"),
        lambda good: good.replace(b"Of suns", b"Of \r suns"),
        lambda good: good[: good.index(b"Of suns")],
        lambda good: bytes(len(good)),
        lambda good: b"",
        lambda good: b"\x1f\x8b" + good,
        lambda good: b"PK\x03\x04" + good,
    ],
    ids=["no utf-8", "a nul", "a broken line", "cut off", "zeros alone", "empty", "gzip", "zip"],
)
def test_what_was_published_is_not_written_over_where_its_file_is_damaged(desk, damage):
    desk.build(day("title: Of suns", "title: On tides"))
    desk.build(day('title: Of suns, arxiv: "2611.00001"', 'title: On tides, arxiv: "2611.00002"'))
    guids = desk.guids()
    file = desk.content / "published/papers-2026-11.jsonl"
    good = file.read_bytes()
    file.write_bytes(damage(good))
    for _ in range(2):
        before = file.read_bytes()
        told = [problem for problem in desk.build().problems if problem.startswith("published/")]
        assert told and "take" in told[0] and "from the last good state" in told[0]
        assert file.read_bytes() == before
    file.write_bytes(good)
    assert desk.build().problems == []
    assert desk.guids() == guids


def test_a_line_that_is_no_text_takes_no_other_with_it(desk):
    desk.build(day("title: Of suns", "title: On tides"))
    desk.build(day('title: Of suns, arxiv: "2611.00001"', 'title: On tides, arxiv: "2611.00002"'))
    file = desk.content / "published/papers-2026-11.jsonl"
    file.write_bytes(file.read_bytes().replace(b"Of suns", b"Of \xff suns"))
    (problem,) = desk.build().problems
    assert problem.startswith("published/papers-2026-11.jsonl:2: is no line that Broadsheet wrote")
    assert desk.guids()["On tides"] == "paper/on-tides"


def test_a_file_of_a_month_that_is_missing_is_told_and_not_begun_anew(desk):
    desk.build(day("title: On tides") + day("title: Old tides", on="2026-09-02", path="papers/b.yaml"))
    file = desk.content / "published/papers-2026-09.jsonl"
    good = file.read_bytes()
    file.unlink()
    for _ in range(2):
        (problem,) = desk.build().problems
        assert "names published/papers-2026-09.jsonl, which is missing: its papers are taken for new ones" in problem
        assert not file.exists()
    file.write_bytes(good)
    assert desk.build().problems == []
    file.unlink()
    site_file = desk.content / "published/site.jsonl"
    site_file.write_text(site_file.read_text().replace('{"papers": "2026-09"}\n', ""))
    assert desk.build().problems == []
    assert '"id": "old-tides"' in file.read_text()


def test_the_file_of_the_site_that_is_missing_is_told_and_not_begun_anew(desk):
    desk.build(day("title: On tides"))
    file = desk.content / "published/site.jsonl"
    good = file.read_bytes()
    file.unlink()
    for _ in range(2):
        (problem,) = desk.build().problems
        assert problem.startswith("published/site.jsonl: is missing: the addresses of days")
        assert not file.exists()
    file.write_bytes(good)
    assert desk.build().problems == []


@pytest.mark.parametrize("damage", ["is missing", "holds a line that nobody can read"])
def test_no_entry_is_news_while_what_a_month_published_is_not_known(desk, damage):
    desk.build(day("title: On tides", "title: Of suns"))
    file = desk.content / "published/papers-2026-11.jsonl"
    whole = file.read_text()
    desk.build()
    file.unlink() if damage == "is missing" else file.write_text(whole.replace('{"id": "on-tides"', "{broken"))
    for _ in range(2):
        assert any("papers-2026-11.jsonl" in problem for problem in desk.build().problems)
        entries = desk.entries().values()
        assert {entry.published.date().isoformat() for entry in entries} == {"2026-11-20"}
        assert all(entry.updated == entry.published for entry in entries)


def test_the_last_line_of_a_month_may_be_removed(desk):
    desk.build(day("title: On tides") + day("title: Old tides", on="2026-09-02", path="papers/b.yaml"))
    desk.remove("papers/b.yaml")
    file = desk.content / "published/papers-2026-09.jsonl"
    file.write_text(file.read_text().splitlines()[0] + "\n")
    for _ in range(2):
        assert not any("papers-2026-09" in problem for problem in desk.build().problems)
    assert not file.exists()


def test_a_file_that_was_not_read_is_not_written_over(desk, tmp_path):
    desk.build(day("title: On tides"))
    file = desk.content / "published/papers-2026-11.jsonl"
    good = file.read_bytes()
    (tmp_path / "elsewhere.jsonl").write_bytes(good)
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere.jsonl")
    site = desk.build(day('title: On tides, arxiv: "2611.00001"'))
    assert any("is a link that leads out of the content folder" in problem for problem in site.problems)
    assert file.is_symlink() and (tmp_path / "elsewhere.jsonl").read_bytes() == good


def test_a_file_of_editions_that_is_no_text_sends_nothing_again(desk):
    write_content(desk.content, "-- published/editions.jsonl --\n")
    (desk.content / "published/editions.jsonl").write_bytes(b'{"edition": "daily/2026-11-20", "ids": ["\xff"]}\n')
    site = desk.build(day("title: On tides"))
    assert any("until then no edition is sent" in problem for problem in site.problems)
    with pytest.raises(BuildError, match="nothing was sent"):
        closed_editions(desk.content)


def test_what_a_later_release_wrote_stops_the_build(desk):
    write_content(desk.content, '-- published/site.jsonl --\n{"broadsheet": "published", "format": 2}\n')
    with pytest.raises(BuildError, match="written by a later release of Broadsheet: update it"):
        desk.build(day("title: On tides"))


def test_a_list_in_the_folder_is_not_passed_over_in_silence(desk):
    site = desk.build(day("title: On tides", path="published/list.yaml") + day("title: Of suns"))
    assert site.problems[0].startswith("published/list.yaml: is not read: this folder is where Broadsheet keeps")


def test_a_folder_that_cannot_be_written_is_told_and_the_site_is_built(desk):
    write_content(desk.content, "-- published --\nin the way\n")
    site = desk.build(day("title: On tides"))
    assert any("what is published is not recorded" in problem for problem in site.problems)
    assert "papers/on-tides.html" in site.paths


# A paper is added after its digest was published.


def test_papers_that_come_late_together_are_no_later_updated_by_it(desk):
    """Entries are dated a second apart, the last at the time of the build; this does not update the others."""
    days = [("2026-11-19", "papers/a.yaml"), ("2026-11-20", "papers/b.yaml")]
    desk.build("".join(day(f"title: Tides {path[7]}", on=on, path=path) for on, path in days))
    late = "".join(
        day(f"title: Suns {n}", f"title: Moons {n}", on=on, path=f"late/{n}.yaml") for n, (on, _) in enumerate(days)
    )
    desk.build(late)
    feeds = [desk.output / f"feeds/{name}.atom" for name in ("papers", "digests")]
    before = [feed.read_bytes() for feed in feeds]
    assert all(entry.updated == entry.published for entry in desk.entries().values())
    assert [entry.updated for entry in desk.entries("feeds/digests").values()] == [
        desk.now,
        desk.now - timedelta(seconds=1),
    ]
    desk.build()
    assert [feed.read_bytes() for feed in feeds] == before


def test_a_paper_that_comes_late_is_dated_when_it_comes_so_that_readers_of_the_feed_find_it(desk):
    feeds = "-- site.yaml --\n" + SITE.replace("tags: all", "tags: all, entries: 2, archives: none")
    days = "".join(
        day(f"title: Of {number}", on=f"2026-11-{number}", path=f"papers/{number}.yaml") for number in range(10, 20)
    )
    desk.build(feeds + days)
    before = desk.entries()
    assert len(before) < 10
    desk.build(day("title: Late, tags: [sea]", "title: Later", on="2026-11-11", path="papers/late.yaml"))
    came = desk.now
    after = desk.entries()
    assert [after[title].published for title in ("Late", "Later")] == [came, came - timedelta(seconds=1)]
    assert "Late" in desk.entries("feeds/tags/sea/papers")
    assert all(after[title].published == entry.published for title, entry in before.items() if title in after)
    desk.build(day("title: Next", on="2026-11-21", path="papers/21.yaml"))
    assert desk.entries()["Late"].published == came


def test_a_backlog_of_papers_is_dated_on_its_days(desk):
    first = "".join(
        day(f"title: Of {number}", on=f"2026-11-{number}", path=f"papers/{number}.yaml") for number in (10, 11)
    )
    desk.build(first)
    papers = [f"title: Of the backlog {number}" for number in range(101)]
    desk.build(day(*papers, on="2026-11-10", path="papers/backlog.yaml"))
    dates = {entry.published.date().isoformat() for title, entry in desk.entries().items() if "backlog" in title}
    assert dates == {"2026-11-10"}
