"""What stands on a card, wherever it stands: its deck, its links, its buttons, and who never leads."""

import re
from dataclasses import replace

import pytest

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Related
from site_builder.model.paper import PartialDate, Withdrawal
from tests.factories import catalogue, paper
from tests.render.test_html import page_of, select, site_of, texts

FIELD = "Weaving by hand has long been slow, and looms of all kinds were built to make it quicker for everybody there."
DOES = "We introduce Shuttle, a loom that learns its patterns from drawings."
ABSTRACT = f"{FIELD} {DOES} Cloth of eleven colours leaves it in half the time."


def loom(number, **fields):
    known = {
        "id": f"2605.0123{number}",
        "arxiv": f"2605.0123{number}",
        "abstract": ABSTRACT,
        "authors": ("Ada Lovelace",),
        "published": PartialDate(2026, 5, 20),
        "upvotes": 60 - number,
        "comments": 3,
        "links": {"code": "https://code.example/loom", "project": "https://loom.example/"},
        "tags": ("agents", "looms"),
    }
    return paper(f"Loom {number}", "2026-05-27", **(known | fields))


LOOMS = tuple(loom(number) for number in range(10))
LISTS = ("index.html", "days/2026-05-27.html", "weeks/2026-W22.html", "trending.html")


@pytest.fixture(scope="module")
def site():
    return site_of(catalogue(*LOOMS))


def articles(document):
    return document.xpath("//main//article[contains(@class, 'card') or contains(@class, 'brief')]")


@pytest.mark.parametrize("path", LISTS)
def test_a_paper_has_the_same_deck_on_every_list(site, path):
    found = articles(page_of(site, path))
    assert found
    assert {text for article in found for text in texts(article, ".deck")} == {DOES}
    assert all(select(article, ".deck") for article in found)


def test_a_row_of_a_tag_has_votes_and_says_what_its_day_is_of_but_no_votes_where_the_month_is_over():
    fields = {"upvotes": 9, "comments": 3, "tags": ("looms",)}
    open_month = [paper(f"Loom {n}", "2026-05-27", **fields) for n in range(6)]
    own = paper("Own", published=PartialDate(2026, 5, 26), **fields)
    before = paper("Before", "2026-04-02", **fields)
    earlier = paper("Earlier", "2026-04-01", **fields)  # months of few papers share a page
    made = site_of(catalogue(*open_month, own, before, earlier), Settings(page_size=5))
    first, month = (
        {texts(row, "h3")[0]: texts(row, ".facts li") for row in articles(page_of(made, path))}
        for path in ("tags/looms.html", "tags/looms/2026-04.html")
    )
    assert first["Loom 5"] == ["9 upvotes", "3 comments", "Listed 27 May 2026"]
    assert first["Own"] == ["9 upvotes", "3 comments", "Published 26 May 2026"]
    assert month == {"Before": ["Listed 2 April 2026"], "Earlier": ["Listed 1 April 2026"]}


@pytest.mark.parametrize("path", LISTS)
def test_every_card_leads_to_the_paper_and_its_record_and_carries_no_button(site, path):
    for article in articles(page_of(site, path)):
        (facts,) = select(article, ".facts")
        told = texts(facts, "li")
        assert [text.split()[-1] for text in told[:3]] == ["upvotes", "comments", "2026"]
        assert told[2] == "Published 20 May 2026"
        assert told[3:7] == ["PDF", "arXiv", "Code", "Project"]
        assert not select(article, "button")


def test_the_page_of_a_tag_leads_to_each_paper_without_repeating_what_it_says(site):
    entries = articles(page_of(site, "tags/agents.html"))
    assert len(entries) == len(LOOMS)
    for entry in entries[3:]:  # three open the page, with more of them
        (facts,) = select(entry, ".facts")
        assert texts(facts, "li")[1:7] == ["3 comments", "Listed 27 May 2026", "PDF", "arXiv", "Code", "Project"]
        assert not texts(entry, ".deck")


def test_a_paper_with_a_doi_alone_leads_to_it_and_one_without_either_to_its_page():
    published = paper("Published", "2026-05-27", doi="10.1000/loom", links={"abs": "https://journal.example/loom"})
    other = paper("Other", "2026-05-27", links={"page": "https://loom.example/paper"})
    document = page_of(site_of(catalogue(published, other)), "days/2026-05-27.html")
    links = {texts(article, "h3")[0]: texts(article, ".facts a") for article in articles(document)}
    assert links == {"Published": ["DOI"], "Other": ["Page"]}


def test_tags_stand_in_a_place_of_their_own_and_look_like_no_link_to_code(site):
    card = select(page_of(site, "days/2026-05-27.html"), ".card")[0]
    assert texts(card, ".tags a") == ["agents", "looms"]
    assert "," not in texts(card, ".tags")[0]


def test_what_a_machine_wrote_is_marked_and_can_be_turned_off():
    made = catalogue(loom(1, ai_summary="A loom learns."))
    (card,) = articles(page_of(site_of(made), "days/2026-05-27.html"))
    assert texts(card, ".deck") == ["A loom learns. A machine’s summary"]
    (card,) = articles(page_of(site_of(made, Settings(deck="sentence")), "days/2026-05-27.html"))
    assert texts(card, ".deck") == [DOES]


def test_the_button_that_opens_an_abstract_is_not_named_by_it(site):
    for summary in page_of(site, "days/2026-05-27.html").xpath("//article//summary"):
        assert summary.text_content().strip() == "Abstract"


def test_the_links_of_a_paper_stand_under_its_authors(site):
    document = page_of(site, "papers/2605.01231.html")
    header = select(document, "header.opening")[0]
    assert texts(header, ".reading a") == ["PDF", "HTML", "arXiv", "Code", "Project page"]
    row, authors = (header.xpath(f".//*[@class='{name}']")[0] for name in ("reading", "authors"))
    assert header.index(row) == header.index(authors) + 1


@pytest.mark.parametrize(
    ("letters", "size"),
    [(30, None), (59, None), (60, "long"), (100, "longer"), (139, "longer"), (140, "longest"), (300, "longest")],
)
def test_the_longer_a_title_the_smaller_its_headline(letters, size):
    title = ("Looms " * 60)[:letters].replace(" ", "-")
    whole = site_of(catalogue(paper(title, "2026-05-27", id="loom")))
    assert select(page_of(whole, "days/2026-05-27.html"), "h3")[0].get("class") == size
    assert select(page_of(whole, "papers/loom.html"), "h1")[0].get("class") == size


def test_the_length_of_a_headline_is_that_of_what_is_read():
    title = "Looms of $\\mathcal{O}(n^{2})$ " + "$\\alpha$" * 12
    whole = site_of(catalogue(paper(title, "2026-05-27", id="loom")))
    assert select(page_of(whole, "papers/loom.html"), "h1")[0].get("class") is None


def withdrawn(number, **fields):
    return loom(number, withdrawal=Withdrawal("This paper has been withdrawn."), **fields)


def test_a_withdrawn_paper_never_leads_and_is_not_on_the_front_page():
    papers = (withdrawn(0, upvotes=900, lead=1), *LOOMS[1:9], withdrawn(9, upvotes=1))
    whole = site_of(catalogue(*papers, paper("Late", "2026-05-28")))
    day = page_of(whole, "days/2026-05-27.html")
    assert texts(day, ".leads h3") == ["Loom 1", "Loom 2", "Loom 3"]
    assert {"Loom 0", "Loom 9"} < set(texts(day, "h3"))
    assert "Loom 0" not in day.xpath("string(//meta[@name='description']/@content)")
    assert not {"Loom 0", "Loom 9"} & set(texts(page_of(whole, "index.html"), "li a"))
    newest = page_of(site_of(catalogue(*papers)), "index.html")
    assert not {"Loom 0", "Loom 9"} & set(texts(newest, "h3"))


def test_a_withdrawn_paper_comes_behind_the_others_of_its_day_in_pages_feeds_and_mails(build_site):
    looms = "".join(
        f"  - {{title: Loom {n}, arxiv: 2605.0123{n}, upvotes: {9 - n}, tags: [looms]}}\n" for n in range(1, 8)
    )
    site = build_site(
        "-- site.yaml --\nbase_url: https://looms.example\n-- papers/a.yaml --\nlisted: 2026-05-27\npapers:\n"
        "  - {title: Unravelled, arxiv: 2605.01239, upvotes: 90, lead: 1, tags: [looms], comment: withdrawn}\n"
        f"{looms}"
    )
    files = [
        f"{kind}.html"
        for kind in ("days/2026-05-27", "weeks/2026-W22", "months/2026-05", "tags/looms", "mail/2026-05-27/mail")
    ]
    for file in (*files, "mail/2026-05-27/mail.txt", "feeds/digests.atom", "feeds/weeks.atom", "feeds/months.atom"):
        body = site.text(file).partition("<body")[2] or site.text(file)
        found = re.findall(r"Unravelled|Loom \d", body)
        assert "Unravelled" not in found[:6], file
    assert "Unravelled" not in site.text("months/2026-05.html")  # which names the first five of a day


def test_no_other_date_stands_on_the_page_of_a_paper_without_one():
    undated = loom(1, published=None)
    made = replace(catalogue(undated, loom(2)), related={undated.id: (Related(loom(2), "tags", ("agents",)),)})
    document = page_of(site_of(made), "papers/2605.01231.html")
    assert texts(document, ".brief h3") == ["Loom 2"]
    assert not document.xpath("//time")
    assert "(n.d.)" in texts(document, ".citation")[0]


def test_nothing_for_editors_is_shown_to_readers(site):
    whole = site_of(catalogue(*LOOMS, paper("No day")))
    for path, page in whole.pages.items():
        if page.renderer == "html" and path != "feeds.html":
            text = page_of(whole, path).find("body").text_content()
            assert not [word for word in ("papers/list.yaml", "listed:", "site.yaml", "content/") if word in text], path
