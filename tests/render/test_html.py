"""The pages people read: what stands on them, what never does, and what a broken template says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html as lxml_html
from markupsafe import Markup

from site_builder.config.fetch_source import FetchSource
from site_builder.config.settings import Feeds, Settings
from site_builder.languages import ENGLISH
from site_builder.model.catalogue import Catalogue, Related, Section, TermName
from site_builder.model.fetch_status import DayStatus, FetchStatus
from site_builder.model.note import FreePage
from site_builder.model.paper import PartialDate
from site_builder.pages import plan_pages
from site_builder.pages.feeds import MAX_LISTED
from site_builder.pages.my import MAX_TAGS
from site_builder.problems import BuildError
from site_builder.render import html
from site_builder.render.html_words import authors_line, note_length
from site_builder.render.site import Site
from site_builder.themes import template_folders
from tests.factories import EVERY_EXPORT, LATER, TEMPLATES, catalogue, day, paper

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
TEN = tuple(paper(f"Paper {n}", "2026-05-27", upvotes=n, tags=("agents",)) for n in range(1, 11))


def site_of(made: Catalogue, settings: Settings | None = None, folders: tuple[Path, ...] = (TEMPLATES,)) -> Site:
    settings = settings or Settings(title="The Digest")
    return Site(settings, made, {page.path: page for page in plan_pages(made, settings, folders)}, folders, LATER)


def page_of(site: Site, path: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(html.render(site.pages[path], site).decode())


def pages_of(site: Site) -> Iterator[tuple[str, lxml_html.HtmlElement]]:
    for path, page in site.pages.items():
        if page.renderer == "html":
            yield path, page_of(site, path)


def select(document: lxml_html.HtmlElement, selector: str) -> list[lxml_html.HtmlElement]:
    """Return the elements of a descent through tags and classes: `.card h3`."""
    path = ""
    for step in selector.split():
        tag, _, name = step.partition(".")
        path += f"//{tag or '*'}" + (f"[contains(concat(' ', @class, ' '), ' {name} ')]" if name else "")
    return document.xpath(f".{path}")


def texts(document: lxml_html.HtmlElement, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in select(document, selector)]


@pytest.fixture(scope="module")
def site() -> Site:
    full = paper(
        "On <b>bold</b> claims",
        "2026-05-26",
        "2026-05-27",
        id="2605.01234",
        arxiv="2605.01234",
        abstract="We claim that $a<b$. " + "Words follow words. " * 60 + "The end.",
        authors=("Ada Lovelace", "Charles Babbage", "Emmy Noether", "Alan Turing", "Grace Hopper"),
        author_count=9,
        organization="Analytical Engines",
        published=PartialDate(2026, 5, 20),
        upvotes=640,
        comments=3,
        links={"code": "https://code.example/engine"},
        tags=("agents", "maths"),
    )
    made = catalogue(full, *TEN, paper("No day"), notes={"2026-05-27": "A *quiet* day."})
    about = FreePage("about", "About us", "Who we are", True, 1, "## Hello", "pages/about.md")
    return site_of(replace(made, pages=(about,)))


def test_every_page_has_one_title_description_canonical_address_language_and_main_heading(site):
    for path, document in pages_of(site):
        assert document.get("lang") == "en", path
        assert [len(texts(document, name)) for name in ("head title", "h1", "main")] == [1, 1, 1], path
        assert document.xpath("string(//meta[@name='description']/@content)"), path
        assert document.xpath("string(//link[@rel='canonical']/@href)").startswith("http://localhost:8000/"), path


def test_the_content_policy_stands_before_scripts_and_styles_and_nothing_is_inline(site):
    for path, document in pages_of(site):
        head = [element.get("http-equiv") or element.tag for element in document.find("head")]
        assert head.index("Content-Security-Policy") < min(head.index("script"), head.index("link")), path
        assert not document.xpath("//style | //@style | //@*[starts-with(name(), 'on')]"), path
        assert set(document.xpath("//script[not(@src)]/@type")) <= {"application/ld+json"}, path


def test_headings_never_skip_a_level(site):
    for path, document in pages_of(site):
        levels = [int(element.tag[1]) for element in document.xpath("//h1 | //h2 | //h3 | //h4")]
        assert all(level <= before + 1 for before, level in zip([0, *levels], levels, strict=False)), path


def test_no_two_elements_of_a_page_share_an_id(site):
    for path, document in pages_of(site):
        ids = document.xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_every_link_inside_the_site_leads_to_a_page_that_is_planned(site):
    for path, document in pages_of(site):
        base = "/" if path == "404.html" else f"/{path}"
        for element, _, link, _ in document.iterlinks():
            if link.startswith(("http", "#")) or element.get("rel") == "canonical":
                continue
            target = Path(base).parent.joinpath(urlsplit(link).path).as_posix()
            assert str(Path("/", *_resolved(target)))[1:] in site.pages, f"{path}: {link}"


def _resolved(path: str) -> list[str]:
    steps: list[str] = []
    for step in path.strip("/").split("/"):
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return steps


def test_links_to_outside_tell_no_referrer(site):
    for path, document in pages_of(site):
        assert document.xpath("//head/meta[@name='referrer']/@content") == ["same-origin"], path
        assert not document.xpath("//a[@target or @referrerpolicy]"), path


def test_the_most_upvoted_papers_lead_a_day_and_stand_nowhere_else_on_it(site):
    document = page_of(site, "days/2026-05-27.html")
    leads = texts(document, ".leads h3")
    assert leads == ["On <b>bold</b> claims", "Paper 10", "Paper 9"]
    assert sorted(texts(document, "h3")) == sorted({"On <b>bold</b> claims", *(p.title for p in TEN)})
    assert "three papers with the most upvotes lead" in texts(document, ".rule-told")[0]


def test_the_contents_line_of_a_day_counts_every_paper_once():
    agents, maths = TermName("tag", "agents", "Agents"), TermName("tag", "maths", "Maths")
    made = day(
        "2026-05-27", *TEN[::-1], sections=(Section(agents, TEN[:6]), Section(maths, TEN[6:9]), Section(None, TEN[9:]))
    )
    document = page_of(site_of(replace(catalogue(*TEN), days=(made,))), "days/2026-05-27.html")
    assert texts(document, ".contents li") == ["Leading 3", "Agents 6", "Maths 1"]
    targets = [link.get("href")[1:] for link in select(document, ".contents a")]
    assert all(document.get_element_by_id(target) is not None for target in targets)


@pytest.mark.parametrize(
    ("papers", "upvoted", "leads"), [(2, 2, 0), (3, 3, 3), (5, 4, 3), (5, 2, 1), (9, 1, 1), (9, 0, 0)]
)
def test_three_papers_lead_a_day_or_one_where_fewer_have_upvotes(papers, upvoted, leads):
    listed = [paper(f"Paper {n}", "2026-05-27", upvotes=n if n <= upvoted else None) for n in range(1, papers + 1)]
    document = page_of(site_of(catalogue(*listed)), "days/2026-05-27.html")
    assert len(select(document, ".leads .card")) == leads
    assert len(select(document, ".card")) == papers


@pytest.mark.parametrize(
    ("body", "length"),
    [
        ("<p>Good morning.</p>", ""),
        (f"<p>{'Good morning. ' * 8}</p>", " some"),
        (f"<p>{'Good morning. ' * 60}</p>", " long"),
        (f"<ul>{'<li>One</li>' * 13}</ul>", " long"),
        ('<p>Look: <img src="x.png" alt="A figure"></p>', " long"),
    ],
)
def test_of_a_note_that_takes_many_lines_a_page_shows_the_first(body, length):
    assert note_length(Markup(body)) == length  # noqa: S704 - a text of this test


def test_a_day_without_upvotes_has_no_leads_and_all_its_papers():
    document = page_of(site_of(catalogue(*(replace(p, upvotes=None) for p in TEN))), "days/2026-05-27.html")
    assert not select(document, ".leads") + select(document, ".rule-told")
    assert len(texts(document, "h3")) == len(TEN)


def test_a_day_can_be_one_list():
    document = page_of(site_of(catalogue(*TEN), Settings(day_layout="list")), "days/2026-05-27.html")
    assert texts(document, ".rubric") == ["Other papers"]
    assert "in one list" in texts(document, ".rule-told")[0]


def test_a_card_shows_three_authors_a_count_and_a_deck_above_the_whole_abstract(site):
    (card,) = [each for each in select(page_of(site, "days/2026-05-27.html"), ".card") if each.xpath(".//details")]
    assert texts(card, ".byline span") == ["Ada Lovelace, Charles Babbage, Emmy Noether and 6 others"]
    assert texts(card, ".byline a") == ["Analytical Engines"]
    assert texts(card, ".deck")[0].endswith("…")
    assert texts(card, "details .prose")[0].endswith("The end.")
    assert texts(card, ".facts li")[:3] == ["640 upvotes", "3 comments", "Published 20 May 2026"]
    assert texts(card, ".facts a")[:3] == ["PDF", "arXiv", "Code"]


@pytest.mark.parametrize("number", [1, 4, 25])
def test_a_list_of_authors_that_is_cut_says_so_everywhere_also_where_nobody_counts_the_others(number):
    names = tuple(f"Ada Example{chr(97 + place)}" for place in range(number))
    cut = paper("Short", "2026-05-27", authors=names, has_more_authors=True)
    built = site_of(catalogue(cut))
    assert texts(page_of(built, "days/2026-05-27.html"), ".byline span")[0].endswith(" and others")
    document = page_of(built, f"papers/{cut.id}.html")
    assert texts(document, ".authors")[-1].endswith(" and others")
    assert texts(document, ".more-authors summary") == (["and others"] if number == 25 else [])
    assert authors_line(cut, ENGLISH).endswith(" and others")
    assert authors_line(replace(cut, author_count=number + 3), ENGLISH).endswith(
        f" and {number + 3 - min(number, 3)} others"
    )


def test_a_short_abstract_is_shown_whole_and_needs_no_opening():
    document = page_of(site_of(catalogue(paper("Short", "2026-05-27", abstract="All of it."))), "days/2026-05-27.html")
    assert texts(document, ".card .prose") == ["All of it."]
    assert not select(document, ".card details")


def test_a_papers_page_holds_all_that_is_known(site):
    document = page_of(site, "papers/2605.01234.html")
    record = dict(zip(texts(document, "dt"), [texts(row, "dd") for row in select(document, "dl div")], strict=True))
    assert record["Organisation"] == ["Analytical Engines"]
    assert record["Listed"] == ["26 May 2026", "27 May 2026"]
    assert texts(document, ".reading a") == ["PDF", "HTML", "arXiv", "Code"]
    assert texts(document, ".kicker") == ["agents, maths"]
    assert texts(document, ".authors")[0].endswith("Grace Hopper and 4 others")
    authors = document.xpath("//meta[@name='citation_author']/@content")
    assert len(authors) == 5


def test_a_papers_page_cites_it_in_three_ways(site):
    document = page_of(site, "papers/2605.01234.html")
    assert texts(document, ".citation")[0].startswith("Lovelace, A., Babbage, C.")
    bibtex, ris = [pre.text_content() for pre in select(document, ".cite pre")]
    assert bibtex.startswith("@misc{lovelace2026b,")
    assert ris.startswith("TY  - ")
    assert texts(document, ".files a") == []


def test_a_papers_page_offers_the_files_beside_it():
    document = page_of(site_of(catalogue(paper("First")), EVERY_EXPORT), "papers/first.html")
    assert texts(document, ".files a") == ["BibTeX", "RIS", "CSL-JSON"]


def test_a_papers_page_offers_itself_to_reference_managers_and_not_the_related_papers():
    first = paper("First", "2026-05-27", abstract="One.")
    second = paper("Second", "2026-05-27", abstract="Two.")
    made = replace(catalogue(first, second), related={"first": (Related(second, "tags", ("agents",)),)})
    whole = site_of(made)
    document = page_of(whole, "papers/first.html")
    assert texts(document, ".brief h3") == ["Second"]
    assert not select(document, ".Z3988")
    assert len(select(page_of(whole, "days/2026-05-27.html"), ".Z3988")) == 2
    assert not select(page_of(whole, "weeks/2026-W22.html"), ".Z3988")


def test_the_home_page_says_when_no_list_is_due_and_is_silent_where_nothing_is_fetched(site):
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)
    days = {
        friday: DayStatus(outcome="listed", asked=friday, papers=1, came=friday),
        saturday: DayStatus(outcome="empty", asked=saturday),
    }
    source = FetchSource(kind="hf_daily")
    made = replace(catalogue(paper("One", "2026-11-20")), fetched=FetchStatus(sources={source.label: days}))
    document = page_of(site_of(made, Settings(fetch=(source,))), "index.html")
    assert texts(document, ".fetch-line") == ["No list on Saturdays."]
    assert not select(page_of(site, "index.html"), ".fetch-line")


def test_what_a_machine_wrote_stands_apart_and_says_so():
    made = paper(
        "One",
        "2026-05-27",
        abstract="By people.",
        ai_summary="By a <b>machine</b>.",
        stars=1234,
        links={"code": "https://code.example/"},
    )
    document = page_of(site_of(catalogue(made)), "papers/one.html")
    assert texts(document, ".abstract-text") == ["By people."]
    told = texts(document, "section.machine")[0]
    assert told.startswith("Summary by a machine By a <b>machine</b>. Not by the authors")
    assert texts(document, ".reading li")[0] == "Code 1,234 stars"


@pytest.mark.parametrize("path", ["days/2026-05-27", "weeks/2026-W22", "months/2026-05", "years/2026"])
def test_day_week_month_and_year_lead_to_each_other_at_the_top(site, path):
    document = page_of(site, f"{path}.html")
    steps = document.xpath("//nav[@class='steps']//li/a")
    assert [step.text for step in steps] == ["Day", "Week", "Month", "Year"]
    links = ["days/2026-05-27.html", "weeks/2026-W22.html", "months/2026-05.html", "years/2026.html"]
    assert [step.get("href") for step in steps] == [f"../{link}" for link in links]
    assert [f"../{path}.html"] == [step.get("href") for step in steps if step.get("aria-current") == "page"]
    assert document.xpath("//nav[@class='steps']/following::h1")


def test_a_day_repeats_no_calendar(site):
    assert not select(page_of(site, "days/2026-05-27.html"), ".calendar")


def test_the_earlier_one_is_on_the_left_and_the_later_on_the_right_of_every_page_that_has_neighbours():
    papers = [paper(f"Paper {n}", f"202{4 + n // 6}-0{3 + n % 6}-1{n % 6}", tags=("agents",)) for n in range(18)]
    whole = site_of(catalogue(*papers), Settings(page_size=5))
    middle = ("days/2025-05-12", "weeks/2025-W20", "months/2025-05", "years/2025", "papers/paper-8")
    expected = {
        "days/2025-05-12": ("2025-04-11", "2025-06-13"),
        "weeks/2025-W20": ("2025-W15", "2025-W24"),
        "months/2025-05": ("2025-04", "2025-06"),
        "years/2025": ("2024", "2026"),
        "papers/paper-8": ("paper-7", "paper-9"),
    }
    for path in middle:
        document = page_of(whole, f"{path}.html")
        for place in ("steps", "turn") if not path.startswith("papers") else ("turn",):
            links = document.xpath(f"//nav[@class='{place}']//a[@rel]")
            assert [link.get("rel") for link in links] == ["prev", "next"], path
            assert tuple(link.get("href").split("/")[-1][:-5] for link in links) == expected[path]
        words = texts(document, ".turn-word")
        assert words[0].startswith("Previous ") and words[1].startswith("Next "), path


def test_six_hundred_authors_are_all_there_and_most_are_folded_away():
    crowd = paper("Crowd", "2026-05-27", authors=tuple(f"Author {n}" for n in range(600)))
    document = page_of(site_of(catalogue(crowd)), "papers/crowd.html")
    assert texts(document, ".more-authors summary") == ["and 580 others"]
    assert len(select(document, ".authors bdi")) == 600


def test_text_from_outside_stays_text_on_every_page():
    hostile = paper(
        HOSTILE, "2026-05-27", id="x", abstract=HOSTILE * 30, authors=(HOSTILE,), organization=HOSTILE,
        tags=(HOSTILE,), comment=HOSTILE, upvotes=4,
    )  # fmt: skip
    settings = Settings(title=HOSTILE, tagline=HOSTILE)
    for path, document in pages_of(site_of(catalogue(hostile, *TEN, notes={"2026-05-27": HOSTILE}), settings)):
        assert not document.xpath("//img | //script[not(@src)][not(@type='application/ld+json')] | //@onerror"), path


def test_the_missing_page_links_from_the_root_of_the_published_site():
    document = page_of(site_of(catalogue(*TEN), Settings(base_url="https://example.org/digest")), "404.html")
    assert select(document, "nav a")[0].get("href") == "/digest/index.html"


def test_an_empty_site_says_how_to_add_the_first_list():
    document = page_of(site_of(catalogue()), "index.html")
    assert "content/papers" in texts(document, ".welcome")[0]


def test_a_month_is_a_calendar_with_a_link_for_each_day_that_has_a_digest(site):
    document = page_of(site, "months/2026-05.html")
    assert texts(document, ".calendar td a") == ["26 1 paper", "27 11 papers"]
    assert texts(document, ".calendar tbody th") == ["Week 22"]


def test_free_pages_stand_in_the_navigation_before_the_feeds(site):
    names = [
        "Latest",
        "Archive",
        "Tags",
        "Trending",
        "Organisations",
        "Authors",
        "Statistics",
        "About us",
        "Feeds",
        "Search",
        "Saved",
    ]
    assert texts(page_of(site, "about.html"), "nav a") == names
    assert page_of(site, "about.html").xpath("//nav//*[@aria-current='page']/text()") == ["About us"]


def test_of_eleven_ways_six_are_in_sight_and_the_others_fold(site):
    document = page_of(site, "index.html")
    navigation = document.xpath("//nav[@aria-label='Main']")[0]
    folded = ["Organisations", "Authors", "Statistics", "About us", "Feeds"]
    assert [link.text for link in navigation.xpath(".//details[not(@open)]//a")] == folded
    assert len(navigation.xpath(".//a[not(ancestor::details)]")) == 6


def test_every_page_makes_the_feeds_of_the_site_known_and_that_of_a_paper_the_main_one_alone(site):
    for path, document in pages_of(site):
        feeds = [feed.rpartition("feeds/")[2] for feed in document.xpath("//link[@rel='alternate']/@href")]
        assert feeds[0] == "digests.xml", path
        assert path == "index.html" or feeds[1:2] == ([] if path.startswith("papers/") else ["papers.xml"]), path


def test_the_front_page_makes_every_format_of_the_feeds_known(site):
    feeds = page_of(site, "index.html").xpath("//link[@rel='alternate']/@href")
    assert feeds[:3] == ["feeds/digests.xml", "feeds/digests.atom", "feeds/digests.json"]


def test_a_theme_needs_only_the_files_that_differ(tmp_path):
    own = tmp_path / "templates" / "plain"
    (own / "partials").mkdir(parents=True)
    (own / "partials" / "card.html").write_text("<p class='mine'>{{ paper.title }}</p>")
    folders = template_folders(Settings(theme="plain"), tmp_path)
    document = page_of(
        site_of(catalogue(paper("One", "2026-05-27")), Settings(theme="plain"), folders), "days/2026-05-27.html"
    )
    assert texts(document, ".mine") == ["One"]
    assert texts(document, "h1") == ["Wednesday, 27 May 2026"]


def test_an_unknown_theme_is_refused_with_the_known_ones_named(tmp_path):
    with pytest.raises(BuildError, match=r'no theme "plian".*known themes are default'):
        template_folders(Settings(theme="plian"), tmp_path)


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("<p>\n{{ paper.titel }}</p>", r"templates/mine/partials/card\.html:2: .*no attribute 'titel'"),
        ("<p>\n\n{% if %}</p>", r"templates/mine/partials/card\.html:3: "),
        (
            '{% include "partials/none.html" %}',
            r"templates/mine/partials/card\.html:1: partials/none\.html is in no theme",
        ),
    ],
    ids=["unknown attribute", "broken syntax", "missing template"],
)
def test_a_broken_template_is_named_with_its_line(tmp_path, template, told):
    own = tmp_path / "templates" / "mine"
    (own / "partials").mkdir(parents=True)
    (own / "partials" / "card.html").write_text(template)
    broken = site_of(catalogue(paper("One", "2026-05-27")), folders=(own, TEMPLATES))
    with pytest.raises(BuildError, match=told):
        html.render(broken.pages["days/2026-05-27.html"], broken)


def test_long_lists_come_in_numbered_pages_that_all_know_each_other():
    papers = [paper(f"Paper {n}", tags=("agents",)) for n in range(12)]
    whole = site_of(catalogue(*papers), Settings(page_size=5))
    paths = ["undated.html", "undated/2.html", "undated/3.html"]
    shown = [page_of(whole, path) for path in paths]
    assert [len(select(document, ".card")) for document in shown] == [5, 5, 2]
    assert [texts(document, ".rubric")[0] for document in shown] == [f"12 papers, page {n} of 3" for n in (1, 2, 3)]
    for path, document in zip(paths, shown, strict=True):
        up = "../" * path.count("/")
        assert document.xpath("//nav[@class='numbers']//a/@href") == [up + part for part in paths]
        assert document.xpath("//nav[@class='numbers']//a[@aria-current='page']/@href") == [up + path]


def test_older_papers_of_a_tag_are_one_click_from_its_page_and_lead_back():
    papers = [paper(f"Paper {n}", f"2026-0{3 + n // 6}-0{1 + n % 6}", tags=("agents",)) for n in range(18)]
    whole = site_of(catalogue(*papers), Settings(page_size=5))
    names = ("agents", "agents/2026-04", "agents/2026-03")
    newest, second, oldest = (page_of(whole, f"tags/{name}.html") for name in names)
    assert [len(select(document, ".brief")) for document in (newest, second, oldest)] == [6, 6, 6]
    assert texts(newest, ".rubric") == ["18 papers"]
    assert texts(second, ".rubric") == ["April 2026 6 papers"]
    links = ["../tags/agents/2026-04.html", "../tags/agents/2026-03.html"]
    assert newest.xpath("//nav[@class='numbers']//a/@href") == links
    assert texts(second, ".turn a") == ["Previous March 2026", "Newest agents"]
    assert texts(oldest, ".turn a") == ["Newest agents"]


def test_the_page_of_feeds_lists_those_of_the_largest_tags_and_says_how_many_more_there_are():
    small = [paper(f"P{n}", "2026-05-27", tags=(f"tag {n:03}",)) for n in range(MAX_LISTED + 3)]
    large = [paper(f"Q{n}", "2026-05-27", tags=("zebra",)) for n in range(2)]
    whole = site_of(catalogue(*small, *large))
    document = page_of(whole, "feeds.html")
    groups = dict(zip(texts(document, ".rubric"), select(document, ".part"), strict=True))
    homes = set(groups["Tags"].xpath(".//p[not(@class)]/a/@href"))
    assert len(homes) == MAX_LISTED
    assert "tags/zebra.html" in homes
    assert texts(groups["Tags"], ".onward")[0].startswith("4 more feeds")
    assert texts(page_of(whole, "tags/tag-082.html"), ".files")[-1:] == ["New papers one by one as Atom"]


def test_the_readers_own_digest_offers_the_largest_tags():
    small = [paper(f"P{n}", "2026-05-27", tags=(f"tag {n:03}",)) for n in range(MAX_TAGS)]
    large = [paper(f"Q{n}", "2026-05-27", tags=("zebra",)) for n in range(2)]
    values = page_of(site_of(catalogue(*small, *large)), "my.html").xpath("//select[@name='tag']/option/@value")
    assert len(values) == MAX_TAGS + 1
    assert values[-1] == "zebra"


def test_the_readers_own_digest_offers_no_feeds_that_there_are_not():
    made = catalogue(*TEN)
    for tags in (True, False):
        page = page_of(site_of(made, Settings(feeds=Feeds(tags=tags))), "my.html")
        assert bool(page.xpath("//*[@data-my='opml']")) == ("feed of each tag" in page.text_content()) == tags
