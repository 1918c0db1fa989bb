"""Held, hidden and future papers appear in no output before their time."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from site_builder.build import build
from site_builder.commands.serve.on_demand import SiteOnDemand
from site_builder.problems import BuildError
from tests.conftest import Site, write_content
from tests.drawn import drawn

SETTINGS = """
-- site.yaml --
base_url: https://clouds.example
author: {email: editor@clouds.example}
release: {hour: "7", zone: Europe/Berlin}
related: tags
cards: none
"""
LISTS = """
-- papers/a.yaml --
listed: 2026-11-20
papers:
- {title: Sparse Clouds over the Sea, arxiv: "2611.00001", upvotes: 9, tags: [rain], abstract: Clouds.}
- {title: Fog in Valleys, arxiv: "2611.00002", upvotes: 3, tags: [rain]}
- {title: Zyxo Held for Good, arxiv: "2611.77701", upvotes: 90, tags: [rain, zyxotag], organization: Zyxo, hold: true}
- {title: Zyxo Held by the Desk, doi: 10.1000/zyxo.77702, upvotes: 80, tags: [rain]}
- {title: Zyxo Hidden, arxiv: "2611.77703", tags: [rain], hide: yes}
- {title: Zyxo Held until Later, arxiv: "2611.77704", tags: [rain], hold: until 2026-11-22}
- {title: Zyxo of No Id, hold: true, tags: [rain]}
-- papers/2026-11-22.yaml --
listed: 2026-11-22
papers:
- {title: Zyxo of a Later Day, arxiv: "2611.77705", tags: [rain]}
- {title: Fog in Valleys, arxiv: "2611.00002"}
-- papers/c.yaml --
- {title: Zyxo of No Day, arxiv: "2611.77706", hold: until 2026-11-22}
- {title: Zyxo of a Journal, doi: 10.1000/zyxo.77707, published: 2026-11-22}
-- notes/2026-11-22.md --
A zyxo note.
-- desk.yaml --
papers:
  https://doi.org/10.1000/ZYXO.77702: {hold: until 2026-11-22}
"""
BEFORE = datetime(2026, 11, 22, 5, 59, tzinfo=UTC)  # 6:59 in Berlin
AFTER = BEFORE + timedelta(minutes=1)


@pytest.fixture
def site_at(tmp_path: Path) -> Callable[..., Site]:
    """Return a function that builds one content folder at a given moment."""

    def build_it(files: str, now: datetime = BEFORE, **options: object) -> Site:
        write_content(tmp_path / "content", files)
        result = build(tmp_path / "content", tmp_path / "output", now, **options)
        return Site(result, tmp_path / "content", tmp_path / "output")

    return build_it


@pytest.fixture
def put_picture(tmp_path: Path) -> Callable[[str, bytes], None]:
    """Return a function that puts a picture into the content folder."""

    def put(path: str, picture: bytes) -> None:
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture)

    return put


def places_of(site: Site, *words: str) -> Iterator[str]:
    """Yield the paths of output and state files that contain one of the words or have it in their name."""
    for folder in (site.output, site.content / "published"):
        for file in sorted(folder.rglob("*")):
            named = f"{file.name} ".encode() + (file.read_bytes() if file.is_file() else b"")
            if any(word.casefold().encode() in named.lower() for word in words):
                yield file.relative_to(folder).as_posix()


def test_what_is_not_out_is_nowhere_before_its_moment(site_at):
    site = site_at(SETTINGS + LISTS)
    assert list(places_of(site, "zyxo", ".7770", "2026-11-22")) == []
    assert set(site.papers) == {"2611.00001", "2611.00002"}
    assert site.papers["2611.00002"]["listed"] == ["2026-11-20"]
    assert "2 papers" in site.text("days/2026-11-20.html")
    assert site.result.next_change == AFTER


def test_it_is_out_at_its_moment_and_what_is_held_for_good_or_hidden_still_nowhere(site_at):
    site_at(SETTINGS + LISTS)
    site = site_at(SETTINGS + LISTS, AFTER)
    assert list(places_of(site, ".77701", ".77703", "held for good", "zyxo hidden", "zyxo-of-no-id", "zyxotag")) == []
    out = {"2611.77704", "2611.77705", "2611.77706", "10.1000/zyxo.77702", "10.1000/zyxo.77707"}
    assert set(site.papers) == {"2611.00001", "2611.00002", *out}
    assert "Zyxo of a Later Day" in site.text("index.html")
    assert "A zyxo note." in site.text("mail/2026-11-22/mail.txt")
    assert "Zyxo Held by the Desk" in site.text("days/2026-11-20.html")
    assert "Zyxo Held until Later" in site.text("feeds/papers.xml")
    assert all("hold" not in problem for problem in site.problems)


def test_drafts_show_what_is_held_marked_as_held_and_are_no_part_of_what_was_published(site_at):
    site = site_at(SETTINGS + LISTS, is_draft=True)
    assert not (site.content / "published").exists()
    day = site.text("days/2026-11-20.html")
    assert "Held until further notice" in day
    assert "Held until 22 November 2026" in day
    assert "Zyxo Hidden" not in day
    assert "Held until 22 November 2026" in site.text("days/2026-11-22.html")
    assert "Held until further notice" in site.text("papers/2611.77701.html")
    assert 'content="noindex"' in site.text("index.html")
    assert {path.name for path in (site.output / "mail/2026-11-20").iterdir()} == {"mail.html", "mail.txt"}
    again = site_at(SETTINGS + LISTS)
    assert list(places_of(again, "zyxo", ".7770", "2026-11-22")) == []
    assert "noindex" not in again.text("index.html")


def test_drafts_are_not_published(site_at, tmp_path):
    from site_builder.commands.publish.built_site import built_site

    site = site_at(SETTINGS + LISTS, is_draft=True)
    with pytest.raises(BuildError, match="shows drafts, which are neither published nor sent"), built_site(site.output):
        pass
    site_at(SETTINGS + LISTS)
    with built_site(site.output) as built:
        assert "index.html" in built.files


def test_a_paper_that_is_held_takes_no_address_from_one_that_is_out(site_at):
    papers = "- {title: A Review, authors: [Ada Noll], hold: true}\n- {title: A Review, authors: [Ben Oake]}\n"
    site = site_at(f"{SETTINGS}-- papers/a.yaml --\n{papers}")
    assert set(site.papers) == {"a-review"}


@pytest.mark.parametrize("decision", ["hide", "hold"])
def test_what_the_desk_keeps_back_by_a_title_stays_so_when_the_title_is_corrected(site_at, decision):
    desk = f"-- desk.yaml --\npapers:\n  On lakes of the north: {decision}\n"
    paper = "-- papers/a.yaml --\n- {{title: On lakes of the {}north, arxiv: 2611.00005, listed: 2026-11-20}}\n"
    assert site_at(SETTINGS + desk + paper.format("")).papers == {}
    site = site_at(paper.format("far "))
    assert site.papers == {}
    assert site.problems == [
        'desk.yaml:2: "On lakes of the north" is taken for "On lakes of the far north"; '
        "write its id, or its title as it is now"
    ]


@pytest.mark.parametrize("title", ["On lakes of the far north", "Waters"])
def test_what_the_desk_says_by_a_title_holds_when_the_title_is_corrected(site_at, title):
    paper = "-- papers/a.yaml --\n- {{title: {}, arxiv: 2611.00005, listed: 2026-11-20}}\n"
    desk = "-- desk.yaml --\npapers:\n  On lakes of the north: {note: Read this.}\n"
    site_at(SETTINGS + desk + paper.format("On lakes of the north"))
    site = site_at(paper.format(title))
    assert "Read this." in site.text("days/2026-11-20.html")
    assert site.problems == [
        f'desk.yaml:2: "On lakes of the north" is taken for "{title}"; write its id, or its title as it is now'
    ]


def test_what_the_desk_says_of_one_part_of_a_work_is_not_said_of_another(site_at):
    paper = "-- papers/a.yaml --\n- {title: Lakes of the north 2, listed: 2026-11-20}\n"
    site = site_at(f"{SETTINGS}{paper}-- desk.yaml --\npapers:\n  Lakes of the north 1: {{note: Read this.}}\n")
    assert "Read this." not in site.text("days/2026-11-20.html")
    assert '"Lakes of the north 1" is no paper of the site' in site.problems[0]


def test_what_the_desk_hides_by_a_title_stays_hidden_when_a_source_corrects_the_title(site_at):
    fetch = SETTINGS + "fetch: [{kind: url, name: lab, url: 'https://x.example/{date}.json'}]\n"
    first = '-- fetched/lab/2026-11-20.json --\n[{"title": "Whales", "arxiv": "2611.00005"}, {"title": "Seals"}]\n'
    later = (
        '-- fetched/lab/2026-11-20@2026-11-21.json --\n[{"title": "Of quite other beasts", "arxiv": "2611.00005"}]\n'
    )
    site = site_at(f"{fetch}-- desk.yaml --\npapers:\n  Whales: hide\n{first}{later}")
    assert {paper["title"] for paper in site.papers.values()} == {"Seals"}


@pytest.mark.parametrize("word", ["hold: {until: 2026-12-24}", "hold:\n    yes:", "hide: {yes: }", "hide: {why: x}"])
def test_a_word_that_keeps_a_paper_back_counts_also_below_another(site_at, word):
    text = f"-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n- title: One\n  {word}\n- {{title: Two}}\n"
    assert set(site_at(f"{SETTINGS}{text}").papers) == {"two"}


def test_a_paper_that_one_list_holds_is_held_whatever_others_say(site_at):
    more = (
        '-- papers/d.yaml --\nlisted: 2026-11-20\npapers:\n- {title: Fog in Valleys, arxiv: "2611.00002", hold: yes}\n'
    )
    assert set(site_at(SETTINGS + LISTS + more).papers) == {"2611.00001"}


def test_a_whole_list_is_held_by_one_line_and_the_desk_releases_a_paper_of_it(site_at):
    text = "-- papers/a.yaml --\nlisted: 2026-11-20\nhold: true\npapers:\n- {title: One}\n- {title: Two}\n"
    assert set(site_at(f"{SETTINGS}{text}-- desk.yaml --\npapers:\n  One: {{hold: false}}\n").papers) == {"one"}


@pytest.mark.parametrize(
    ("desk", "told"),
    [
        ('papers:\n  "2611.99999": {hold: true}\n', 'desk.yaml:2: "2611.99999" is no paper of the site; write its'),
        (
            "papers:\n  2611.0002: {note: x}\n",
            'desk.yaml:2: "2611.0002" is no paper of the site; did you mean "2611.00002"?',
        ),
        ("papers:\n  2611.00001: {pin: 1}\n", 'desk.yaml:2: unknown key "pin"; write "lead"'),
        ("papers:\n  2611.00001: {sumary: x}\n", 'desk.yaml:2: unknown key "sumary"; did you mean "summary"?'),
        ("papers:\n  2611.00001: {colour: x}\n", 'desk.yaml:2: unknown key "colour"; known keys are hold, hide, lead,'),
        ("papres:\n  2611.00001: {note: x}\n", 'desk.yaml:1: unknown key "papres"; did you mean "papers"?'),
        ("papers:\n  2611.00001:\n    hold: until 2026-11-19\n", 'desk.yaml:3: the hold until 2026-11-19 of "Sparse'),
        ("papers:\n  2611.00001: {lead: first}\n", 'desk.yaml:2: lead "first" is no place; write `true`, or its'),
        ("papers:\n  2611.00001: 7\n", 'desk.yaml:2: "2611.00001" has nothing that is known below it; write keys'),
        ("papers:\n- {note: x}\n", "desk.yaml:2: this entry of `papers` does not say what it is for; write `- id: …`"),
        ("papers: none\n", "desk.yaml:1: `papers` holds no entries; write below it `2605.01234: {hold: true}`"),
        ("papers:\n  2611.00001: {note: [x]}\n", 'desk.yaml:2: `note` of "2611.00001" is not a text; write one line'),
        ("papers:\n  2611.00001: {image: x.png}\n", 'papers/a.yaml:3: the picture "x.png" of "Sparse Clouds over the'),
        (
            "papers:\n  2611.00001: {note: x}\n  arXiv:2611.00001v2: {note: y}\n",
            'desk.yaml:3: "arXiv:2611.00001v2" is the paper of line 2, too; join the two',
        ),
    ],
)
def test_a_slip_on_the_desk_is_told_with_place_and_remedy(site_at, desk, told):
    site = site_at(f"{SETTINGS}{LISTS}-- desk.yaml --\n{desk}")
    assert [problem for problem in site.problems if told in problem], site.problems


@pytest.mark.parametrize(
    ("desk", "told"),
    [
        ("papers:\n  2611.00001: hidden\n", 'desk.yaml:2: "hidden" is taken for "hide"; write `hide`'),
        ("papers:\n  2611.00001: Hold\n", None),
        ("papers:\n  2611.00001: held until 2026-12-24\n", 'desk.yaml:2: "held" is taken for "hold"'),
        ("papers:\n  2611.00001: {hiden: true}\n", 'desk.yaml:2: unknown key "hiden"; did you mean "hide"?'),
        ("papers:\n  2611.00001:\n    embargo: 2026-12-24\n", 'desk.yaml:3: unknown key "embargo"; write "hold"'),
        ("papers:\n- 2611.00001: hide\n", None),
        ("papers:\n- 2611.00001:\n    hide: true\n", None),
        ("paper:\n  2611.00001: hide\n", 'desk.yaml:1: unknown key "paper"; did you mean "papers"?'),
        ("papers:\n  2611.00001: [hide]\n", None),
        ("papers:\n  2611.00001:\n  - hide\n  - note: Later\n", None),
        ("hide:\n- 2611.00001\n", 'desk.yaml:1: unknown key "hide"; known keys are'),
        ("hold: 2611.00001\n", 'desk.yaml:1: unknown key "hold"; known keys are'),
        ("hold:\n  2611.00001: until 2026-12-24\n", 'desk.yaml:1: unknown key "hold"; known keys are'),
    ],
)
def test_what_can_only_mean_that_a_paper_is_kept_back_keeps_it_back(site_at, desk, told):
    site = site_at(f"{SETTINGS}{LISTS}-- desk.yaml --\n{desk}")
    assert "2611.00001" not in site.papers
    of_the_desk = [problem for problem in site.problems if problem.startswith("desk.yaml")]
    assert all(problem.startswith(told or "none") for problem in of_the_desk)
    assert bool(of_the_desk) == bool(told)


def test_the_title_of_a_paper_may_stand_at_the_top_of_the_desk_with_what_keeps_it_back(site_at):
    text = "-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n- title: One\n- title: Two\n"
    site = site_at(f"{SETTINGS}{text}-- desk.yaml --\nOne: hide\n")
    assert (set(site.papers), site.problems) == ({"two"}, [])


@pytest.mark.parametrize("hold", ["untill tomorrow", "until 2026-13-45", "maybe", "until", "[true]"])
def test_a_hold_that_cannot_be_read_holds_until_it_is_mended(site_at, hold):
    site = site_at(f"{SETTINGS}{LISTS}-- desk.yaml --\npapers:\n  2611.00001: {{hold: {hold}}}\n")
    assert "2611.00001" not in site.papers
    assert [problem for problem in site.problems if "it is held until that is corrected" in problem]


@pytest.mark.parametrize(
    ("desk", "told"),
    [
        ("papers: [\n", "desk.yaml:"),
        ("- a\n", "desk.yaml:1: holds no entries"),
        ("papers:\n  1: {hold: true}\n  1: {hold: true}\n", "desk.yaml:3: broken YAML: the key"),
    ],
)
def test_a_desk_that_cannot_be_read_stops_the_build_lest_what_it_holds_comes_out(site_at, desk, told):
    with pytest.raises(BuildError, match=r"the desk is broken, nothing was written") as error:
        site_at(f"{SETTINGS}{LISTS}-- desk.yaml --\n{desk}")
    assert told in str(error.value)


DRESSED = """
-- papers/a.yaml --
listed: 2026-11-20
papers:
- {title: Clouds, arxiv: "2611.00001", upvotes: 9, tags: [rain], abstract: All about clouds.}
- {title: Fog, arxiv: "2611.00002", upvotes: 8, tags: [rain]}
- {title: Hail, arxiv: "2611.00003", upvotes: 7, tags: [rain], lead: 2}
- {title: Sleet, arxiv: "2611.00004", upvotes: 6, tags: [snow], section: On the radar}
- {title: Frost, arxiv: "2611.00005", upvotes: 5, tags: [snow]}
- {title: Thaw, arxiv: "2611.00006", upvotes: 4, tags: [snow]}
- {title: Drizzle, arxiv: "2611.00007", tags: [rain], summary: A drizzle in short., abstract: Drizzle at length.}
-- desk.yaml --
papers:
  2611.00006: {lead: 1, note: Read this one.}
days:
  2026-11-20:
    subject: Thaw at last
    preheader: Six papers on weather, and one on what comes after
    note: Good **morning**.
    sponsor: Brought to you by [Umbrellas](https://umbrellas.example).
    footer: See you tomorrow.
    order: [snow, Fog]
"""


def in_order(text: str, *words: str) -> bool:
    places = [text.find(word) for word in words]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize(
    "path",
    [
        "days/2026-11-20.html",
        "index.html",
        "feeds/digests.xml",
        "mail/2026-11-20/mail.html",
        "mail/2026-11-20/mail.txt",
    ],
)
def test_page_feed_and_mail_show_the_day_as_the_desk_has_it(site_at, path):
    site = site_at(SETTINGS + DRESSED)
    assert site.problems == []
    text = site.text(path)
    start = text.index("Good")
    assert in_order(text[start:], "Umbrellas", "Thaw", "Read this one.", "Hail", "Fog", "See you tomorrow.")
    assert in_order(text[start:], "Thaw", "Frost", "Drizzle", "See you")
    for words in ("https://umbrellas.example", "A drizzle in short.", "Sponsor"):
        assert words.lower() in text.lower()
    if not path.endswith(".txt"):
        assert "Thaw at last" in text
        assert "Six papers on weather" in text
    assert "on the radar" in text.lower()


def test_a_mail_has_the_subject_and_the_preheader_of_the_desk(site_at):
    site = site_at(SETTINGS + "newsletter: {service: buttondown, form: digest}\n" + DRESSED)
    assert b"Subject: Thaw at last\r\n" in (site.output / "mail/2026-11-20/mail.eml").read_bytes()
    assert site.json("mail/2026-11-20/buttondown.json")["subject"] == "Thaw at last"
    assert "<title>Thaw at last</title>" in site.text("feeds/digests.xml")


def sections_of(site: Site) -> list[str]:
    day = site.result.site.catalogue.days[-1]
    return [section.term.name if section.term else "Other" for section in day.sections]


def test_sections_follow_the_day_then_tags_yaml_then_their_size(site_at):
    assert sections_of(site_at(SETTINGS + DRESSED)) == ["snow", "rain", "On the radar"]
    plain = DRESSED.replace("    order: [snow, Fog]\n", "")
    assert sections_of(site_at(SETTINGS + plain)) == ["rain", "snow", "On the radar"]
    tags = "-- tags.yaml --\ntags:\n- {name: On the radar, order: 1}\n- {name: Snow, order: 2}\n"
    assert sections_of(site_at(SETTINGS + plain + tags)) == ["On the radar", "Snow", "rain"]


def test_an_order_names_sections_as_lists_do_and_the_one_of_our_people(site_at):
    lists = """
-- tags.yaml --
tags: [{name: Snow, aliases: [white]}]
-- people.yaml --
people: [{name: Ada Noll, ours: yes}]
-- papers/a.yaml --
listed: 2026-11-20
papers:
- {title: One, tags: [rain]}
- {title: Two, tags: [rain]}
- {title: Three, tags: [snow]}
- {title: Four, authors: [Ada Noll]}
-- desk.yaml --
days:
  2026-11-20: {order: [white, our people]}
"""
    site = site_at(SETTINGS + lists)
    assert (sections_of(site), site.problems) == (["Snow", "Our people", "rain"], [])


def test_an_order_may_name_a_paper_that_the_desk_holds(site_at):
    lists = "-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n- {title: One}\n- {title: Two}\n"
    desk = "-- desk.yaml --\npapers:\n  Two: {hold: yes}\ndays:\n  2026-11-20: {order: [Two, One]}\n"
    assert site_at(SETTINGS + lists + desk).problems == []


def test_a_section_of_one_stays_one_where_the_user_says_so(site_at):
    lists = (
        "-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n- {title: One, tags: [rain]}\n- {title: Two, tags: [snow]}\n"
    )
    assert sections_of(site_at(SETTINGS + lists)) == ["Other"]
    always = "-- tags.yaml --\ntags: [{name: Snow, section: always}]\n"
    assert sections_of(site_at(SETTINGS + lists + always)) == ["Snow", "Other"]
    least = SETTINGS.replace("related:", "smallest_section: 1\nrelated:")
    assert sections_of(site_at(least + lists)) == ["Snow", "rain"]


@pytest.mark.parametrize(
    ("desk", "told"),
    [
        ("papers:\n  Fog: {lead: 2}\n", 'papers/a.yaml:5: "Hail" and "Fog" are both pinned to place 2 of 2026-11-20'),
        ("papers:\n  Thaw: {lead: 2}\n", 'desk.yaml:2: "Thaw" and "Hail" are both pinned to place 2 of 2026-11-20'),
        ("days:\n  2026-11-19: {subject: x}\n", "desk.yaml:2: no list has papers for 2026-11-19; correct it"),
        ("days:\n  2026-11-19: {note: x}\n", "desk.yaml:2: no list has papers for 2026-11-19; the note is shown alone"),
        ("days:\n  2026-11-20: {note: x}\n-- notes/2026-11-20.md --\nx\n", "desk.yaml:2: a second note for 2026-11-20"),
        ("days:\n  2026-13-19: {subject: x}\n", 'desk.yaml:2: "2026-13-19" is no day, week or month; write 2026-05-27'),
        ("editions:\n  2026-W54: {subject: x}\n", 'desk.yaml:2: "2026-W54" is no day, week or month; write 2026-05-27'),
        ("days:\n  2026-W54: {subject: x}\n", 'desk.yaml:2: "2026-W54" is no day, week or month; write 2026-05-27'),
        ("editions:\n  2026-13: {subject: x}\n", 'desk.yaml:2: "2026-13" is no day, week or month; write 2026-05-27'),
        ("days:\n  2026-11-20: {title: x}\n", "desk.yaml:2: the title of 2026-11-20 has no note; write `note:`"),
        ("days:\n  2026-11-20: {intro: x}\n", 'desk.yaml:2: unknown key "intro"; write "note"'),
        ("days:\n  2026-11-20: {order: [Fog, Smog]}\n", 'desk.yaml:2: order: "Smog" is neither a paper nor a section'),
        ("days:\n  2026-11-20: {order: {Fog: 1}}\n", "desk.yaml:2: `order` is not a list; write its papers"),
        ("days:\n  2026-11-20: {subject: [x]}\n", "desk.yaml:2: `subject` is not a text; write a text after"),
        ("days:\n  2026-11-20: {subject: x}\n2026-11-20: {subject: y}\n", "desk.yaml:3: a second entry for 2026-11-20"),
        (
            "editions:\n  2026-W47: {order: [Fog]}\n",
            "desk.yaml:2: 2026-W47 has no order; write it with one of its days",
        ),
        ("editions:\n  2026-W40: {subject: x}\n", "desk.yaml:2: no list has papers for 2026-W40"),
    ],
)
def test_a_slip_of_a_day_on_the_desk_is_told_with_place_and_remedy(site_at, desk, told):
    site = site_at(f"{SETTINGS}{DRESSED}-- desk.yaml --\n{desk}")
    assert [problem for problem in site.problems if told in problem], site.problems


def test_a_day_of_the_desk_that_is_to_come_is_nowhere_and_told_of_by_no_problem(site_at):
    site = site_at(f"{SETTINGS}{DRESSED}-- desk.yaml --\ndays:\n  2026-11-23: {{subject: Zyxo}}\n")
    assert list(places_of(site, "zyxo", "2026-11-23")) == []
    assert site.problems == []


def test_a_note_that_comes_later_updates_the_entry_of_its_paper_and_a_sponsor_that_of_its_day(site_at):
    def updates_at(files: str, now: datetime) -> dict[str, str]:
        atom = site_at(files, now).text("feeds/papers.atom") + site_at(files, now).text("feeds/digests.atom")
        entries = re.findall(r"<entry>.*?</entry>", atom, re.DOTALL)
        titles = (re.search(r"<title[^>]*>(.*?)</title>", entry) for entry in entries)
        moments = (re.search(r"<updated>(.*?)</updated>", entry) for entry in entries)
        return {title[1]: moment[1] for title, moment in zip(titles, moments, strict=True) if title and moment}

    before = updates_at(SETTINGS + DRESSED, AFTER)
    desk = DRESSED.replace("Read this one.", "Read it twice.").replace("Brought to you by", "Paid for by")
    after = updates_at(SETTINGS + desk, AFTER + timedelta(hours=3))
    assert {title for title in before if before[title] != after[title]} == {"Thaw", "Thaw at last"}


def test_serve_shows_what_is_held(tmp_path):
    write_content(tmp_path / "content", SETTINGS + LISTS)
    site = SiteOnDemand(tmp_path / "content", "http://127.0.0.1:8000")
    site.plan(BEFORE, ())
    held = site.answer("papers/2611.77701.html")
    assert held is not None
    assert b"Held until further notice" in held.content
    assert site.answer("papers/2611.77703.html") is None


def test_the_entry_of_a_week_has_the_words_of_the_desk(site_at):
    said = "subject: A week of weather, preheader: In short, note: Dear all, sponsor: Umbrellas, footer: Bye"
    site = site_at(
        f"{SETTINGS}{DRESSED}-- desk.yaml --\neditions:\n  2026-W47: {{{said}}}\n", AFTER + timedelta(days=2)
    )
    assert site.problems == []
    text = site.text("feeds/weeks.xml")
    assert "<title>A week of weather</title>" in text
    assert in_order(text, "In short", "Dear all", "Umbrellas", "Thaw", "Bye")


BIBTEX = """
-- papers/2026-11-20.bib --
@misc{a, title={Sparse Clouds}, eprint={2611.00001}, hold={until 2026-12-01}}
@misc{b, title={Fog}, eprint={2611.00002}, lead={1}, editor_note={Read {this} one.}, section={On the radar},
  abstract={Long.}, editor_summary={In short.}, note={Accepted}, image={fog.png}}
@misc{c, title={Rain}, eprint={2611.00003}, hide={yes}}
@misc{d, title={Snow}, eprint={2611.00004}}
"""
RIS = """
-- papers/2026-11-20.ris --
TY  - JOUR
TI  - Sparse Clouds
UR  - https://arxiv.org/abs/2611.00001
U1  - hold: until 2026-12-01
ER  -
TY  - JOUR
TI  - Fog
UR  - https://arxiv.org/abs/2611.00002
AB  - Long.
U1  - lead: 1
U1  - editor_note: Read this one.
U2  - Section: On the radar
U2  - editor_summary: In short.
U3  - image: fog.png
ER  -
TY  - JOUR
TI  - Rain
UR  - https://arxiv.org/abs/2611.00003
U1  - hide
ER  -
TY  - JOUR
TI  - Snow
UR  - https://arxiv.org/abs/2611.00004
ER  -
"""


@pytest.mark.parametrize("bibliography", [BIBTEX, RIS])
def test_a_bibliography_says_what_the_editor_decides_of_its_papers(site_at, put_picture, bibliography):
    put_picture("images/fog.png", drawn())
    site = site_at(SETTINGS + bibliography)
    held, fog = site.result.released.held, site.result.site.catalogue.papers
    assert [paper.title for paper in held] == ["Sparse Clouds"]
    first, second = sorted(fog, key=lambda paper: paper.lead or 99)
    assert (second.title, second.lead) == ("Snow", None)
    assert (first.title, first.lead, first.note, first.summary) == ("Fog", 1, "Read this one.", "In short.")
    assert (first.section, first.image, first.abstract) == ("On the radar", "fog.png", "Long.")
    assert "Rain" not in site.text("index.html")


DECIDED = {
    "Sparse Clouds": {"hold": "until 2026-12-01"},
    "Fog": {"lead": "1", "note": "Read this one.", "section": "On the radar", "image": "fog.png"},
    "Rain": {"hide": "true"},
    "Snow": {},
}


@pytest.mark.parametrize(
    ("paper", "field"),
    [
        ("- [{title}](https://arxiv.org/abs/{id})\n", "  - {name}: {value}\n"),
        ("- [{title}](https://arxiv.org/abs/{id})\n  - authors: Ada Example\n", "  - **{Name}:** {value}\n"),
        ("### {title}\n**Authors:** Ada Example\n**arXiv:** {id}\n", "**{Name}:** {value}\n"),
        ("- **{title}**\n  Authors: Ada Example\n  Link: https://arxiv.org/abs/{id}\n", "  {Name}: {value}\n"),
        ("1. {title}. https://arxiv.org/abs/{id}\n", "   {name}: {value}\n"),
        ("\n{title} in winter\nAda Example, Bo Sample\narXiv:{id}\n", "{name}: {value}\n"),
    ],
)
def test_a_list_in_markdown_says_what_the_editor_decides_of_its_papers(site_at, put_picture, paper, field):
    put_picture("images/fog.png", drawn())
    text = ""
    for number, (title, decided) in enumerate(DECIDED.items(), 1):
        text += paper.format(title=title, id=f"2611.0000{number}")
        text += "".join(field.format(name=n, Name=n.capitalize(), value=value) for n, value in decided.items())
    site = site_at(f"{SETTINGS}-- papers/2026-11-20.md --\n{text}")
    held, shown = site.result.released.held, site.result.site.catalogue.papers
    assert [each.title.removesuffix(" in winter") for each in held] == ["Sparse Clouds"]
    first, second = sorted(shown, key=lambda paper: paper.lead or 99)
    assert (first.lead, first.note, first.section, first.image) == (1, "Read this one.", "On the radar", "fog.png")
    assert (first.abstract, second.lead, second.abstract) == ("", None, "")
    assert not any({"hide", "section"} & set(f"{each.authors}".lower().split()) for each in shown)


@pytest.mark.parametrize(
    "line",
    [
        "- [Fog](https://arxiv.org/abs/2611.00002), Ada Example. {}",
        "- **[Fog](https://arxiv.org/abs/2611.00002)** ({})",
        "- Ada Example. Fog in Valleys. arXiv:2611.00002, 2026 \u2013 {}",
    ],
)
@pytest.mark.parametrize("decision", ["hold: true", "Hold: until 2026-12-01", "**hide:** yes"])
def test_what_keeps_a_paper_back_may_stand_behind_it_on_its_line(site_at, line, decision):
    other = "- [Snow](https://arxiv.org/abs/2611.00004), which says what to hide: true colours"
    site = site_at(f"{SETTINGS}-- papers/2026-11-20.md --\n{line.format(decision)}\n{other}\n")
    assert site.papers.keys() == {"2611.00004"}


HEADED = """
-- papers/2026-11-20.yaml --
- {title: Clouds, arxiv: "2611.00001", listed: 2026-11-20, tags: [rain]}
- {title: Fog, arxiv: "2611.00002", listed: 2026-11-20, tags: [snow]}
-- notes/2026-11-20.md --
---
title: Good morning
subject: Fog at last
preheader: Two papers on weather
sponsor: Brought to you by [Umbrellas](https://umbrellas.example).
footer: See you tomorrow.
order: [Fog]
---
The fog **lifts**.
-- notes/2026-W47.md --
---
subject: A week of weather
---
It rained.
"""


def test_the_head_of_a_note_dresses_its_day_and_its_week_as_the_desk_does(site_at):
    site = site_at(SETTINGS + HEADED, AFTER + timedelta(days=2))
    assert site.problems == []
    for path in ("days/2026-11-20.html", "feeds/digests.xml", "mail/2026-11-20/mail.html"):
        text = site.text(path)
        assert "Fog at last" in text
        start = text.index("lifts")
        assert in_order(text[start:], "Brought to you", "Fog", "Clouds", "See you tomorrow.")
    assert "Two papers on weather" in site.text("mail/2026-11-20/mail.html")
    assert "A week of weather" in site.text("feeds/weeks.xml")


def test_the_desk_and_the_head_of_a_note_are_joined_and_what_both_say_is_told(site_at):
    desk = "-- desk.yaml --\ndays:\n  2026-11-20: {subject: The desk wins, footer: Bye.}\n"
    head = HEADED.replace("footer: See you tomorrow.\n", "").replace("subject: A week of weather", "order: [Fog]")
    site = site_at(SETTINGS + head + desk)
    assert site.problems == [
        "notes/2026-11-20.md:3: a second `subject` for 2026-11-20; the first is in line 2 of desk.yaml; "
        "keep one of them; this one is left out",
        "notes/2026-W47.md:2: 2026-W47 has no order; write it with one of its days",
    ]
    mail = site.text("mail/2026-11-20/mail.html")
    assert "<title>The desk wins</title>" in mail
    assert in_order(mail, "Brought to you", "Bye.")


SHOWN = """
-- papers/2026-11-20.yaml --
- {title: Fog, arxiv: "2611.00002", listed: 2026-11-20, image: "https://elsewhere.example/pixel.png"}
- {title: Rain, arxiv: "2611.00003", listed: 2026-11-20}
- {title: Clouds, arxiv: "2611.00001", listed: 2026-11-20, image: "https://elsewhere.example/pixel.png"}
-- desk.yaml --
papers:
  2611.00002: {title: Fog & Mist, image: figures/fog.png}
  2611.00003: {image: figures/rain.webp}
"""


@pytest.fixture
def shown(site_at, put_picture):
    put_picture("static/figures/fog.png", drawn())
    put_picture("images/figures/rain.webp", drawn(form="WEBP", seed=1))
    return site_at(SETTINGS + SHOWN)


def picture_of(site, title):
    """Return the path of a paper's picture in mails and feeds."""
    return next(paper for paper in site.result.site.catalogue.papers if paper.title == title).picture.mail.path


@pytest.mark.parametrize(
    "path", ["days/2026-11-20.html", "papers/2611.00002.html", "feeds/digests.atom", "feeds/papers.xml"]
)
def test_title_and_image_of_the_desk_stand_on_pages_and_in_feeds(shown, path):
    assert [problem for problem in shown.problems if "pixel.png is not here" not in problem] == []
    text = shown.text(path)
    assert re.search(r"Fog &(amp;)+ Mist", text)
    assert picture_of(shown, "Fog & Mist").removesuffix(".jpg") in text
    assert ">Fog<" not in text


def test_a_picture_of_the_desk_is_in_the_mail_with_its_address_its_size_and_words_for_who_sees_none(shown):
    mail = shown.text("mail/2026-11-20/mail.html")
    picture, other = re.findall("<img[^>]*>", mail)
    fog, rain = (f"https://clouds.example/{picture_of(shown, title)}" for title in ("Fog & Mist", "Rain"))
    assert f'src="{fog}"' in picture
    assert 'width="448" height="280"' in picture
    assert 'alt="Picture of the paper Fog &amp; Mist"' in picture
    assert f'src="{rain}"' in other
    assert "elsewhere.example" not in mail  # mails load nothing from other hosts, which would see them opened
    content = shown.json("feeds/digests.json")["items"][0]["content_html"]
    assert re.findall('src="([^"]*)" width="448" height="280"', content) == [fog, rain]
    images = {item["title"]: item.get("image") for item in shown.json("feeds/papers.json")["items"]}
    assert images["Fog & Mist"] == fog


@pytest.mark.parametrize(
    "field",
    ["hidden: true", "embargo: 2026-12-24", "embargo: until 2026-12-24", "draft: true", "publish-on: 2026-12-24"],
)
def test_other_names_for_hold_and_hide_keep_a_paper_of_a_list_back(site_at, field):
    papers = f"- title: One\n  listed: 2026-11-20\n  {field}\n- title: Two\n  listed: 2026-11-20\n  hidden: false\n"
    site = site_at(f"{SETTINGS}-- papers/a.yaml --\n{papers}")
    assert (set(site.papers), site.problems) == ({"two"}, [])


def test_a_name_for_hold_that_decides_nothing_is_told(site_at):
    site = site_at(
        f"{SETTINGS}-- papers/a.yaml --\n- title: One\n  listed: 2026-11-20\n  embargo: as long as it rains\n"
    )
    assert set(site.papers) == {"one"}
    assert [problem for problem in site.problems if "embargo" in problem] != []
