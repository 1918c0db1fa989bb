"""Who is who among authors, who has a page, and where each name leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.catalogue.page_bar import bar
from site_builder.catalogue.people import MOST_COUNTED, KnownPages, find_people
from site_builder.catalogue.venues import find_venues
from site_builder.names.identity import ids_of, name_key, orcid_in
from site_builder.problems import Problems
from site_builder.sources.content.vocabulary import PEOPLE, read_vocabulary
from site_builder.urls import why_unsafe
from tests.factories import paper

ONE, OTHER = "orcid:0000-0002-1825-0097", "orcid:0000-0001-5109-3700"


def by(*names, on="2026-03-01", title="", ids=(), **fields):
    return paper(title or f"On {' and '.join(names)}, {on}", on, authors=names, author_ids=tuple(ids), **fields)


def people(*papers, yaml="", least=2, problems=None):
    problems = Problems() if problems is None else problems
    newest = sorted(papers, key=lambda each: (each.days, each.id), reverse=True)
    return find_people(newest, read_vocabulary(yaml, PEOPLE, problems), least, problems)


def pages_of(found):
    return {term.slug: [each.title for each in term.papers] for term in found.terms}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Ñandú", "Jose Nandu"),
        ("J. R. Smith", "JR Smith"),
        ("J.R. Smith", "J. R. SMITH"),
        ("Jean-Pierre Serre", "Jean Pierre Serre"),
        ("Łukasz Øster", "Lukasz Oster"),
        ("Siobhán O’Neil", "Siobhan O'Neil"),
        ("山田 太郎", "山田太郎"),
        ("The ATLAS Collaboration", "ATLAS Collaboration"),
    ],
)
def test_spellings_of_one_name_are_one(one, other):
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("J. Smith", "John Smith"), ("Wei Wang", "Wang Wei"), ("John Smith", "John R. Smith"), ("王伟", "王薇")],
)
def test_names_that_may_be_of_two_people_are_two(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["", "A", ":", "...", "Anonymous", "and others", "et al.", "N/A"])
def test_what_is_nobodys_name_has_no_key(name):
    assert name_key(name) == ""


@given(st.text(max_size=40))
def test_every_name_has_an_address_that_every_disk_holds(name):
    found = people(by(name, title="One"), by(name, title="Two"))
    assert [why_unsafe(f"authors/{term.slug}.html") for term in found.terms] in ([], [""])


def test_two_spellings_have_one_page_under_the_one_more_often_written():
    found = people(by("Jose Diaz", title="1"), by("José Díaz", title="2"), by("José Díaz", title="3"))
    assert [(term.slug, term.name, len(term.papers)) for term in found.terms] == [("jose-diaz", "José Díaz", 3)]


def test_names_in_other_scripts_have_addresses_of_their_own_that_stay():
    found = people(*(by(name, title=f"{name} {n}") for name in ("王伟", "王薇", "김민수") for n in (1, 2)))
    slugs = {term.name: term.slug for term in found.terms}
    assert len(set(slugs.values())) == 3
    alone = people(by("王薇", title="1"), by("王薇", title="2"))
    assert [term.slug for term in alone.terms] == [slugs["王薇"]]


def test_people_whose_ids_differ_are_never_one():
    found = people(
        by("Wei Wang", title="A1", ids=[ONE], on="2026-03-01"),
        by("Wei Wang", title="B1", ids=[OTHER], on="2026-03-02"),
        by("Wei Wang", title="A2", ids=[ONE], on="2026-03-03"),
        by("Wei Wang", title="B2", ids=[OTHER], on="2026-03-04"),
    )
    first, second = sorted(found.terms, key=lambda term: term.slug)
    assert first.slug == "wei-wang"
    assert [{each.title for each in term.papers} for term in (first, second)] == [{"A1", "A2"}, {"B1", "B2"}]
    assert [namesake.slug for namesake in first.person.namesakes] == [second.slug]


def test_a_name_alone_is_no_more_than_a_guess_where_two_people_have_it():
    found = people(
        by("Wei Wang", title="A", ids=[ONE], on="2026-03-01"),
        by("Wei Wang", title="B", ids=[OTHER], on="2026-03-02"),
        by("Wei Wang", title="Of whom?", on="2026-03-03"),
        by("Wei Wang", title="Of the same?", on="2026-03-04"),
    )
    assert list(pages_of(found).values()) == [["Of the same?", "Of whom?"]]
    assert found.terms[0].person.ids == ()
    assert found.terms[0].person.by_name == 2


def test_one_id_joins_two_names():
    found = people(by("Ada Byron", title="1", ids=[ONE]), by("Ada Lovelace", title="2", ids=[ONE], on="2026-03-02"))
    assert pages_of(found) == {"ada-byron": ["2", "1"]}


def test_dblp_tells_homonyms_apart():
    found = people(
        *(by("Wei Wang", title=f"{n}", ids=[f"dblp-name:000{n % 2}"], on=f"2026-03-0{n}") for n in range(1, 5))
    )
    assert sorted(map(len, pages_of(found).values())) == [2, 2]


def test_who_has_a_page_never_changes_what_an_older_month_leads_to():
    given = [by("Ada Lovelace", title=f"Paper {n}", on=f"2026-0{1 + n // 2}-1{n % 2}") for n in range(8)]
    for count in range(1, len(given)):
        before, after = people(*given[:count], least=4), people(*given[: count + 1], least=4)
        open_month = given[count].days[0].replace(day=1)
        closed = [each.id for each in given[:count] if each.days[0] < open_month]
        assert [before.links.get(each) for each in closed] == [after.links.get(each) for each in closed]
    links = people(*given, least=4).links
    assert given[0].id not in links
    assert links[given[-1].id] == ("ada-lovelace",)


def test_a_collaboration_of_thousands_gives_nobody_a_page_but_counts_as_an_author():
    names = tuple(f"Physicist {n:04}" for n in range(MOST_COUNTED + 1))
    found = people(*(by(*names, title=f"{n}") for n in range(3)), by(names[0], title="4"), by(names[0], title="5"))
    assert {term.slug: len(term.papers) for term in found.terms} == {"physicist-0000": 5}
    assert found.terms[0].person.co_authors == ()


def test_two_authors_of_one_paper_with_one_name_count_it_once():
    found = people(by("Wei Wang", "Wei Wang", title="1"), by("Wei Wang", title="2"))
    assert pages_of(found) == {"wei-wang": ["2", "1"]}


def test_co_authors_come_with_counts_and_lead_to_their_pages():
    found = people(by("Ada", "Bea Lee", title="1"), by("Ada", "Bea Lee", "Cy Poe", title="2"))
    ada = next(term for term in found.terms if term.slug == "ada")
    assert [(each.name, each.slug, each.count) for each in ada.person.co_authors] == [
        ("Bea Lee", "bea-lee", 2),
        ("Cy Poe", "", 1),
    ]


def test_people_yaml_joins_names_people_and_marks_our_own():
    found = people(
        by("A. Lovelace", title="1"),
        by("Ada Byron", title="2"),
        yaml="people:\n- {name: Ada Lovelace, aliases: [A. Lovelace, Ada Byron], ours: yes}\n",
        least=99,
    )
    assert {term.slug: (term.name, len(term.papers)) for term in found.terms} == {
        "ada-lovelace": ("Ada Lovelace", 2),
        "our-people": ("Our people", 2),
    }
    assert len(found.ours) == 2


def test_a_person_keeps_the_address_when_people_yaml_comes_to_name_them():
    papers = (by("Łukasz Kaiser", title="1"), by("Łukasz Kaiser", title="2"))
    before = pages_of(people(*papers, least=2))
    assert (
        pages_of(people(*papers, yaml="people:\n- {name: Łukasz Kaiser}\n", least=2))
        == before
        == {"lukasz-kaiser": ["2", "1"]}
    )


def test_a_person_of_people_yaml_who_is_nearly_spelt_like_an_author_is_told():
    problems = Problems()
    yaml = "people:\n- {name: Ada Exmaple, ours: yes}\n- {name: Bo Roe}\n- {name: Cy Newcomer}\n- {name: Wei Wang}\n"
    people(by("Ada Example", "Wei Wan", "Bo Roe"), yaml=yaml, problems=problems)
    assert list(map(str, problems)) == ['people.yaml: no paper names "Ada Exmaple"; did you mean "Ada Example"?']


def test_people_yaml_parts_namesakes_by_their_papers():
    problems = Problems()
    found = people(
        by("Wei Wang", title="one"),
        by("Wei Wang", title="two"),
        by("Wei Wang", title="three"),
        yaml="people:\n"
        "- {name: Wei Wang, slug: wei-wang-ai, papers: [two, none]}\n"
        "- {name: Wei Wang, slug: wei-wang-db, papers: [one]}\n",
        problems=problems,
        least=1,
    )
    assert pages_of(found) == {"wei-wang-ai": ["two"], "wei-wang-db": ["one"], "wei-wang": ["three"]}
    assert list(map(str, problems)) == [
        'people.yaml:2: no paper "none" names "Wei Wang"; correct the id or the names; it is passed over'
    ]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{name: Ada, orcid: 0000-0002-1825-0098}", '"0000-0002-1825-0098" is no id of orcid'),
        ("{name: Ada, dblp: nobody}", '"nobody" is no id of dblp'),
        ("{name: Ada, ours: perhaps}", '`ours` is "perhaps"'),
        ("{name: Ada, orcd: 0000-0002-1825-0097}", 'unknown key "orcd"'),
        ("{aliases: [Ada]}", "a person has no name"),
        ("Ada", "is no person"),
    ],
)
def test_what_people_yaml_gets_wrong_is_told_with_its_line(entry, told):
    problems = Problems()
    people(yaml=f"people:\n- {entry}\n", problems=problems)
    (problem,) = map(str, problems)
    assert problem.startswith("people.yaml:2: ")
    assert told in problem


@pytest.mark.parametrize(
    ("author", "ids"),
    [
        (
            {"author": {"id": "https://openalex.org/A5023888391", "orcid": "https://orcid.org/0000-0002-1825-0097"}},
            {"openalex": "A5023888391", "orcid": "0000-0002-1825-0097"},
        ),
        ({"family": "Lovelace", "ORCID": "http://orcid.org/0000-0002-1825-0097"}, {"orcid": "0000-0002-1825-0097"}),
        ({"@pid": "65/9612", "text": "Wei Wang 0001"}, {"dblp": "65/9612", "dblp-name": "0001"}),
        ({"ids": [{"schema": "ORCID", "value": "0000-0002-1825-0097"}]}, {"orcid": "0000-0002-1825-0097"}),
        ({"name": "Ada", "affiliation": "Room 0000-0002"}, {}),
    ],
)
def test_ids_are_found_wherever_a_source_puts_them(author, ids):
    assert ids_of(author) == ids


def test_a_wrong_check_digit_makes_no_orcid():
    assert orcid_in("0000-0002-1825-0098") == ""


@pytest.mark.parametrize(("papers", "least"), [(1, 2), (50, 2), (100, 4), (1_000, 24), (4_000, 48), (10_000, 75)])
def test_the_bar_rises_with_the_site(papers, least):
    assert bar("auto", papers) == least
    assert bar(3, papers) == 3


@given(st.integers(1, 100_000))
def test_the_bar_never_falls(papers):
    assert bar("auto", papers) <= bar("auto", papers + 1)


def test_venues_have_a_page_a_year():
    in_2025 = {"published": None, "venue": "NeurIPS 2025"}
    given = [paper(f"P{n}", "2026-01-01", **in_2025) for n in range(2)] + [paper("Q", "2026-01-01", venue="ICML 2025")]
    found = find_venues(given, 2)
    assert [(term.slug, term.name, len(term.papers)) for term in found.terms] == [("neurips-2025", "NeurIPS 2025", 2)]
    assert {paper_id: term.slug for paper_id, term in found.venue_of.items()} == {
        "p0": "neurips-2025",
        "p1": "neurips-2025",
    }


def test_who_is_known_by_an_id_keeps_the_page_at_the_address_that_the_id_once_had():
    published = KnownPages({"jo-smith-2": "2026-02"}, {ONE: "jo-smith-2"})
    of_jo, later = by("Jo Smith", on="2026-03-01", ids=[ONE]), by("Ada Example", on="2026-04-02")
    found = find_people([later, of_jo], (), "auto", Problems(), published=published)
    assert list(pages_of(found)) == ["jo-smith-2"]
    assert found.links == {of_jo.id: ("jo-smith-2",)}


def test_a_person_of_certain_papers_only_is_not_meant_by_the_name_on_others():
    found = people(
        *(by("Wei Wang", title=title, on=f"2026-03-0{n}") for n, title in enumerate(["One", "Two", "Three"], start=1)),
        yaml="people:\n- {name: Wei Wang, papers: [one]}\n",
    )
    assert pages_of(found) == {"wei-wang": ["One"], "wei-wang-2": ["Three", "Two"]}


def test_papers_that_name_an_author_with_an_id_are_not_the_authors_by_name_alone():
    found = people(
        by("Bea", "Ada", title="1", ids=("", ONE), on="2026-03-01"),
        by("Ada", "Bea", title="2", ids=(ONE, ""), on="2026-03-02"),
        by("Ada", title="3", on="2026-03-03"),
    )
    assert {term.name: (len(term.papers), term.person.by_name) for term in found.terms} == {
        "Ada": (3, 1),
        "Bea": (2, 2),
    }
