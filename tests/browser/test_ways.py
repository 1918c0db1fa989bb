"""The ways through a site in the real Chromium: the bar of a phone, fronts, filters, visits and muted words."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from site_builder.build import build
from tests.browser.screenshots import served
from tests.conftest import NOW, write_content

DAYS = ("2026-05-18", "2026-05-25", "2026-05-26", "2026-05-27", "2026-05-28")
PHONE = {"width": 390, "height": 844}


def entry(day: str, number: int) -> str:
    key = f"{day[-2:]}{number:02}"
    return (
        f"  - title: Paper {key} on {'sparse attention' if number % 2 else 'fast agents'}\n    id: 2605.0{key}\n"
        f"    authors: [Ada Lovelace, Emmy Noether]\n    organization: Engines\n    upvotes: {number}\n"
        f"    abstract: {'We present a method. ' * 30}{'It learns from zebrafish.' if number == 9 else ''}\n"
        f"    tags: [{'vision, agents' if number % 2 else 'agents'}]\n"
        + (f"    code: https://code.example/{key}\n" if number % 3 == 0 else "")
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of five days of twelve papers each."""
    root = tmp_path_factory.mktemp("ways")
    lists = [
        f"-- papers/{day}.yaml --\nlisted: {day}\npapers:\n{''.join(entry(day, n) for n in range(1, 13))}"
        for day in DAYS
    ]
    about = "-- pages/about.md --\n---\ntitle: About us\n---\nWords.\n"
    write_content(
        root / "content", f"-- site.yaml --\ntitle: The Digest\nbase_url: http://localhost\n{about}{''.join(lists)}"
    )
    build(root / "content", root / "output", NOW)
    return root / "output"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as where:
        yield where


@pytest.fixture(scope="module")
def kept_phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True)
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(kept_phone: Page) -> Page:
    kept_phone.set_viewport_size(PHONE)
    return kept_phone


@pytest.mark.parametrize("path", ["index.html", "days/2026-05-27.html", "tags/agents.html", "papers/2605.02701.html"])
def test_a_phone_has_a_bar_within_the_reach_of_the_thumb(phone, address, path):
    phone.goto(f"{address}/{path}")
    for _ in ("at the top", "at the end"):
        bar = phone.get_by_role("navigation", name="Main")
        entries = bar.locator("> ul > li:visible > a, > ul > li:visible summary")
        assert [each.strip() for each in entries.all_inner_texts()] == ["Latest", "Sections", "Search", "Saved"]
        for each in entries.all():
            box = each.bounding_box()
            assert box["y"] > 700 and box["y"] + box["height"] <= 844 and box["height"] >= 40 and box["width"] >= 60
        phone.evaluate("scrollTo(0, 1e6)")


def test_the_bar_covers_nothing_at_the_end_of_a_page(phone, address):
    phone.goto(f"{address}/days/2026-05-27.html")
    phone.evaluate("scrollTo(0, 1e6)")
    last = phone.locator(".imprint li:visible").last.bounding_box()
    assert last["y"] + last["height"] <= phone.get_by_role("navigation", name="Main").bounding_box()["y"]


def test_sections_unfold_every_other_way_and_fold_again(phone, address):
    phone.goto(f"{address}/days/2026-05-27.html")
    bar = phone.get_by_role("navigation", name="Main")
    bar.get_by_text("Sections").tap()
    names = ["Archive", "Tags", "Trending", "Organisations", "Statistics", "About us", "Feeds"]
    for name in names:
        assert bar.get_by_role("link", name=name).bounding_box()["y"] >= 0
    phone.locator("h1").tap()
    expect(bar.get_by_role("link", name="Feeds")).to_be_hidden()
    bar.get_by_text("Sections").tap()
    bar.get_by_role("link", name="Tags").tap()
    phone.wait_for_url("**/tags/index.html")


def test_a_magnified_page_keeps_its_lines_free_of_the_bar(browser, address):
    context = browser.new_context(viewport={"width": 320, "height": 200})  # 1280 × 800 at 400 %
    tab = context.new_page()
    for path in ("days/2026-05-27.html", "index.html", "tags/agents.html"):
        tab.goto(f"{address}/{path}")
        bar = tab.get_by_role("navigation", name="Main")
        assert bar.evaluate("each => getComputedStyle(each).position") == "static"
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_the_sections_of_a_papers_page_are_those_that_a_wide_one_shows(phone, address):
    phone.goto(f"{address}/papers/2605.02701.html")
    bar = phone.get_by_role("navigation", name="Main")
    bar.get_by_text("Sections").tap()
    for name in ("Archive", "Tags", "Trending"):
        assert bar.get_by_role("link", name=name).bounding_box()["y"] >= 0
    phone.set_viewport_size({"width": 1280, "height": 800})
    assert bar.get_by_text("Sections").is_hidden()


def test_a_wide_page_shows_the_first_ways_and_folds_the_others(tab, address):
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(f"{address}/tags/agents.html")
    bar = tab.get_by_role("navigation", name="Main")
    assert bar.locator("a:visible").all_inner_texts() == ["Latest", "Archive", "Tags", "Trending", "Search", "Saved"]
    bar.get_by_text("Sections").click()
    assert bar.get_by_role("link", name="Organisations").is_visible()
    bar.get_by_role("link", name="Statistics").click()
    tab.wait_for_url("**/statistics.html")


VISITED = """
(day => { const kept = JSON.parse(localStorage["broadsheet /"] ?? "{}");
localStorage["broadsheet /"] = JSON.stringify({...kept, visit: {at: 1, before: "", newest: day}}); })"""


def kept(tab: Page) -> dict[str, dict[str, object]]:
    return json.loads(tab.evaluate("localStorage['broadsheet /']"))


def visited(tab: Page, address: str, day: str) -> None:
    """Make the last visit one of a day."""
    tab.goto(f"{address}/404.html")
    tab.evaluate(VISITED, day)


# Visits


def test_the_front_page_names_what_each_missed_day_brought(tab, address):
    visited(tab, address, "2026-05-26")
    tab.goto(f"{address}/index.html")
    since = tab.get_by_role("region", name="Since your last visit")
    expect(since.locator(".tidings")).to_contain_text("24 new papers since your last visit, on 2 days")
    assert since.locator("h3").all_inner_texts() == ["Thursday 28 May", "Wednesday 27 May"]
    assert since.locator(".past-day .count").all_inner_texts() == ["12 new papers", "12 new papers"]
    assert since.locator("li a").first.inner_text() == "Paper 2812 on fast agents"
    since.locator("h3 a").first.click()
    tab.wait_for_url("**/days/2026-05-28.html")


def test_a_title_since_the_last_visit_is_not_broken_behind_a_hyphen(tab, tmp_path):
    title = "A Long Word of Self-Supervised-Representation-Learning"
    lists = f"-- papers/a.yaml --\nlisted: 2026-05-28\npapers: [{{title: {title}}}]\n"
    write_content(tmp_path / "content", f"-- papers/b.yaml --\nlisted: 2026-05-26\npapers: [{{title: Old}}]\n{lists}")
    build(tmp_path / "content", tmp_path / "output", NOW)
    with served(tmp_path / "output") as where:
        visited(tab, where, "2026-05-26")
        tab.goto(f"{where}/index.html")
        link = tab.locator(".since li a")
        expect(link).to_have_text(title)
        expect(link.locator(".whole")).to_have_text("Self-Supervised-Representation-Learning")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_papers_are_ordered_by_comments_also_where_one_and_two_have_no_digit(tab, tmp_path, language):
    papers = ", ".join(
        f"{{title: Fog {votes}, upvotes: {votes}, comments: {max(0, 4 - votes)}}}" for votes in (9, 8, 7, 1, 3, 0, 2)
    )
    content = f"-- site.yaml --\nlanguage: {language}\n-- papers/a.yaml --\nlisted: 2026-05-28\npapers: [{papers}]\n"
    write_content(tmp_path / "content", content)
    build(tmp_path / "content", tmp_path / "output", NOW)
    with served(tmp_path / "output") as where:
        tab.goto(f"{where}/days/2026-05-28.html")
        tab.locator(".filters [name=sort]").select_option("comments")
        expect(tab.locator(".part article h3")).to_have_text(["Fog 0", "Fog 1", "Fog 2", "Fog 3"])


def test_the_first_visit_has_missed_nothing(tab, address):
    tab.goto(f"{address}/index.html")
    assert tab.locator(".since, [data-new]").count() == 0


def test_a_visit_goes_on_while_papers_are_read(tab, address):
    visited(tab, address, "2026-05-26")
    tab.goto(f"{address}/tags/agents.html")
    expect(tab.locator("[data-new]")).to_have_count(24)
    for path in ("papers/2605.02701.html", "tags/agents.html"):
        tab.evaluate("""() => { const kept = JSON.parse(localStorage["broadsheet /"]);
            kept.visit.at -= 20 * 60_000; localStorage["broadsheet /"] = JSON.stringify(kept); }""")
        tab.goto(f"{address}/{path}")
        tab.wait_for_function("JSON.parse(localStorage['broadsheet /']).read['papers/2605.02701.html']")
    expect(tab.locator("[data-new]")).to_have_count(23)


def test_a_paper_that_was_opened_is_read_and_new_no_longer(tab, address):
    visited(tab, address, "2026-05-27")
    tab.goto(f"{address}/days/2026-05-28.html")
    expect(tab.locator(".tidings").first).to_contain_text("12 new since your last visit")
    tab.get_by_role("link", name="Paper 2812 on fast agents", exact=True).click()
    tab.wait_for_url("**/papers/*")
    tab.go_back()
    expect(tab.locator(".tidings").first).to_contain_text("11 new since your last visit")
    assert "Read: " in tab.locator("#paper-2605\\.02812 h3").text_content()
    tab.goto(f"{address}/index.html")
    expect(tab.locator(".since .tidings")).to_contain_text("11 new papers since your last visit")


@pytest.mark.parametrize(
    ("path", "focused"), [("index.html", ".dateline h2 a"), ("tags/agents.html", "main article h3 a >> nth=0")]
)
def test_the_focus_stays_with_the_papers_when_all_are_marked_as_read(tab, address, path, focused):
    visited(tab, address, "2026-05-26")
    tab.goto(f"{address}/{path}")
    tab.get_by_role("button", name="Mark all read").press("Enter")
    expect(tab.locator(focused)).to_be_focused()


def test_all_is_marked_as_read_and_that_can_be_taken_back(tab, address):
    visited(tab, address, "2026-05-26")
    tab.goto(f"{address}/index.html")
    tab.get_by_role("button", name="Mark all read").click()
    expect(tab.locator(".since")).to_be_hidden()
    tab.get_by_role("button", name="Undo").click()
    expect(tab.locator(".since .tidings")).to_contain_text("24 new papers")
    tab.get_by_role("button", name="Mark all read").click()
    tab.goto(f"{address}/days/2026-05-28.html")
    assert tab.locator("[data-new]").count() == 0


@pytest.mark.parametrize("path", ["trending.html", "weeks/2026-W22.html", "tags/agents.html", "months/2026-05.html"])
def test_every_mark_counts_a_paper_once_and_is_true(tab, address, path):
    visited(tab, address, "2026-05-27")
    tab.goto(f"{address}/{path}")
    tab.locator("[data-new]").first.wait_for()
    new = {each.get_attribute("href") for each in tab.locator("[data-new] h3 a").all()}
    assert all("2605.028" in link for link in new)
    expect(tab.locator(".tidings").first).to_contain_text(f"{len(new)} new since your last visit")


# Filters


FILTERED = [
    "days/2026-05-28.html",
    "weeks/2026-W22.html",
    "tags/agents.html",
    "organizations/engines.html",
    "trending.html",
]


def shown(tab: Page) -> set[str]:
    return {str(each.get_attribute("href")) for each in tab.locator("main article:visible h3 a").all()}


@pytest.mark.parametrize("path", FILTERED)
def test_filters_say_how_many_of_how_many_papers_are_shown_and_their_state_is_read_from_the_address(tab, address, path):
    tab.goto(f"{address}/{path}")
    total = len(shown(tab))
    tab.get_by_label("With code").check()
    tab.get_by_label("Order").select_option("Title") if "trending" not in path else None
    expect(tab.locator(".filtered")).to_be_visible()
    before = shown(tab)
    assert tab.locator(".filtered").inner_text().startswith(f"{len(before)} of {total} papers on this page")
    assert 0 < len(before) < total
    assert "code=on" in tab.url
    tab.goto(tab.url)
    expect(tab.locator(".filtered")).to_be_visible()
    assert shown(tab) == before
    assert tab.get_by_label("With code").is_checked()


@pytest.mark.parametrize("path", FILTERED)
def test_filters_never_leave_a_blank_page(tab, address, path):
    tab.goto(f"{address}/{path}?saved=on")
    expect(tab.locator(".filtered")).to_contain_text("No paper on this page fits")
    assert not shown(tab)
    tab.get_by_role("button", name="Show all").click()
    assert len(shown(tab)) > 11
    assert "?" not in tab.url


def test_the_contents_of_a_day_and_a_week_follow_the_filters(tab, address):
    for path in ("days/2026-05-28.html", "weeks/2026-W22.html"):
        tab.goto(f"{address}/{path}?code=on")
        expect(tab.locator(".filtered")).to_be_visible()
        for entry in tab.locator(".contents li:visible").all():
            place = tab.locator(f"section:has({entry.locator('a').get_attribute('href')})")
            if place.locator("article").count():
                assert entry.locator(".count").inner_text() == str(place.locator("article:visible").count()), path
        assert tab.locator(".contents li:visible").count() > 1


def test_a_week_is_filtered_by_tag_and_trending_by_days(tab, address):
    tab.goto(f"{address}/weeks/2026-W22.html")
    tab.get_by_label("Tag").select_option("vision")
    expect(tab.locator(".filtered")).to_contain_text("24 of 48 papers")
    tab.goto(f"{address}/trending.html")
    tab.locator(".filters").get_by_label("Days").select_option("7")
    expect(tab.locator(".filtered")).to_be_visible()
    assert not any("2605.018" in link for link in shown(tab))


# Muted words


MUTED = [
    "days/2026-05-28.html",
    "weeks/2026-W22.html",
    "tags/agents.html",
    "organizations/engines.html",
    "months/2026-05.html",
    "index.html",
]


@pytest.mark.parametrize("word", ["zebrafish", "learns from zebrafish"])
def test_a_muted_word_holds_on_every_list_whatever_its_cards_show(tab, address, word):
    tab.goto(f"{address}/404.html")
    tab.evaluate("word => { localStorage['broadsheet /'] = JSON.stringify({words: [word]}); }", word)
    for path in MUTED:
        tab.goto(f"{address}/{path}")
        expect(tab.locator(".tidings", has_text="hidden"), path).to_be_visible()
        links = tab.locator('main :is(article, li[data-last]) a[href*="09.html"]')
        assert links.count(), path
        assert not [each for each in links.all() if each.is_visible()], path


def test_a_muted_word_holds_in_search(tab, address):
    tab.goto(f"{address}/404.html")
    tab.evaluate("localStorage['broadsheet /'] = JSON.stringify({words: ['zebrafish']})")
    tab.goto(f"{address}/search.html?q=sparse")
    expect(tab.locator("#found")).to_contain_text("25 papers")
    expect(tab.locator("#found")).to_contain_text("5 muted")


def test_search_says_how_many_of_how_many_papers_its_filters_leave(tab, address):
    tab.goto(f"{address}/search.html?q=sparse&from=2026-05-28")
    expect(tab.locator("#found")).to_contain_text("6 of 30 papers")


# Fronts


def test_an_organisation_is_followed_on_its_page_and_its_papers_are_new_in_the_own_digest(tab, address):
    tab.goto(f"{address}/organizations/engines.html")
    tab.get_by_role("button", name="Follow").click()
    assert kept(tab)["organizations"] == {"engines": "Engines"}
    tab.goto(f"{address}/my.html")
    expect(tab.locator('[data-list="new"] article')).to_have_count(60)
    tab.get_by_role("button", name="Unfollow: Engines").click()
    expect(tab.locator('[data-list="new"] article')).to_have_count(0)


def test_what_is_followed_under_a_former_name_brings_its_papers(tab, tmp_path):
    listed = "papers: [{title: On Agents, tags: [agents]}, {title: Of Engines, organization: Engines}, {title: Else}]"
    renamed = "-- tags.yaml --\ntags: [{name: agents, formerly: [bots]}]\n"
    renamed += "-- organizations.yaml --\norganizations: [{name: Engines, formerly: [engine-works]}]\n"
    write_content(tmp_path / "content", f"{renamed}-- papers/a.yaml --\nlisted: 2026-05-27\n{listed}\n")
    build(tmp_path / "content", tmp_path / "output", NOW)
    with served(tmp_path / "output") as where:
        tab.goto(f"{where}/404.html")
        for table, slug, title in (("tags", "bots", "On Agents"), ("organizations", "engine-works", "Of Engines")):
            followed = {table: {slug: slug}}
            tab.evaluate("kept => { localStorage['broadsheet /'] = JSON.stringify(kept); }", followed)
            tab.goto(f"{where}/my.html")
            expect(tab.locator('[data-list="new"] h3')).to_have_text([title])


def test_scripts_write_days_as_the_pages_of_every_kind_of_english_do(tab, tmp_path):
    lists = "-- papers/a.yaml --\nlisted: 2026-05-27\npapers: [{title: A Paper, id: '2605.00001'}]\n"
    write_content(tmp_path / "content", f"-- site.yaml --\nbase_url: http://localhost\nlanguage: en-US\n{lists}")
    build(tmp_path / "content", tmp_path / "output", NOW)
    with served(tmp_path / "output") as where:
        tab.goto(f"{where}/papers/2605.00001.html")
        expect(tab.locator(".record")).to_contain_text("27 May 2026")
        tab.get_by_role("button", name="Save", exact=True).click()
        tab.goto(f"{where}/my.html")
        expect(tab.locator('[data-list="saved"] .facts')).to_contain_text("In the digest of 27 May 2026")


def test_organisations_that_have_a_feed_are_among_the_feeds_of_what_is_followed(tab, address):
    tab.goto(f"{address}/404.html")
    followed = {"engines": "Engines", "small": "Of few papers"}
    tab.evaluate("organizations => { localStorage['broadsheet /'] = JSON.stringify({ organizations }); }", followed)
    tab.goto(f"{address}/my.html")
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Feeds of what I follow (OPML)").click()
    outlines = etree.fromstring(waiting.value.path().read_bytes()).iter("outline")
    assert [each.get("xmlUrl") for each in outlines] == [f"{address}/feeds/organizations/engines/papers.atom"]


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_a_number_in_a_register_stands_on_one_line(tab, address, width):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{address}/tags/index.html")
    tab.locator(".register li a").first.evaluate(
        "each => each.textContent = 'Universities and their Laboratories '.repeat(3)"
    )
    for number in tab.locator(".register .count").all():
        number.evaluate("each => each.textContent = '1,234'")
        assert number.evaluate("each => each.getClientRects().length") == 1
        assert number.bounding_box()["height"] < 30


def test_my_digest_has_no_heading_over_nothing(tab, address):
    tab.goto(f"{address}/my.html")
    expect(tab.get_by_role("heading", name="Muted words")).to_be_visible()
    assert tab.get_by_role("heading", name="Hidden papers").count() == 0
    tab.goto(f"{address}/days/2026-05-28.html")
    tab.get_by_role("button", name="Hide").first.click()
    tab.goto(f"{address}/my.html")
    expect(tab.get_by_role("heading", name="Hidden papers")).to_be_visible()


def test_the_papers_of_a_tag_are_ordered_by_their_upvotes(tab, address):
    tab.goto(f"{address}/tags/agents.html")
    tab.get_by_label("Order").select_option("Upvotes")
    told = tab.locator(".part").last.locator(".upvotes")
    expect(told.first).to_contain_text("12 ")
    counts = [int(text.split()[0]) for text in told.all_text_contents()]
    assert len(counts) > 10 and counts == sorted(counts, reverse=True)
    assert tab.url.endswith("?sort=upvotes")


def test_titles_are_ordered_by_themselves_not_by_the_marks_before_them(tab, address):
    visited(tab, address, "2026-05-26")
    tab.goto(f"{address}/tags/agents.html")
    expect(tab.locator("[data-new]")).to_have_count(24)
    tab.get_by_label("Order").select_option("Title")
    tab.wait_for_url("**?sort=title")
    titles = tab.locator(".part").last.locator("h3 a").all_text_contents()
    assert len(titles) > 20 and titles == sorted(titles)


UNSPACED = f"""\
-- site.yaml --
base_url: http://localhost
language: zh
-- papers/a.yaml --
listed: 2026-05-27
papers:
  - {{title: 关于大语言模型的研究, id: "2605.00001", abstract: 我们介绍一种方法。}}
  - {{title: 图像, id: "2605.00002", abstract: {"我们介绍一种方法。" * 30}使用扩散过程和GPT模型。}}
  - {{title: ทดสอบแบบจำลองภาษา, id: "2605.00003", abstract: ทดสอบ}}
"""


@pytest.mark.parametrize(
    ("word", "hidden"),
    [("语言", "1"), ("大语言模型", "1"), ("扩散", "2"), ("扩散过程", "2"), ("GPT", "2"), ("GP", ""), ("แบบจำลอง", "3")],
)
def test_a_muted_word_is_found_where_no_spaces_part_it_from_others(tab, tmp_path, word, hidden):
    write_content(tmp_path / "content", UNSPACED)
    build(tmp_path / "content", tmp_path / "output", NOW)
    with served(tmp_path / "output") as where:
        tab.goto(f"{where}/404.html")
        tab.evaluate("word => { localStorage['broadsheet /'] = JSON.stringify({words: [word]}); }", word)
        for path in ("days/2026-05-27.html", "weeks/2026-W22.html"):
            tab.goto(f"{where}/{path}")
            for number in "123":
                link = tab.locator(f'main h3 a[href$="2605.0000{number}.html"]').first
                expect(link, path).to_be_visible(visible=number != hidden)


def test_a_tag_is_followed_whatever_its_name(tab, tmp_path):
    listed = "papers: [{title: A Paper, tags: [Constructor]}, {title: Another, tags: [agents]}]"
    write_content(tmp_path / "content", f"-- papers/a.yaml --\nlisted: 2026-05-27\n{listed}\n")
    build(tmp_path / "content", tmp_path / "output", NOW)
    with served(tmp_path / "output") as where:
        tab.goto(f"{where}/tags/constructor.html")
        follow = tab.get_by_role("button", name="Follow")
        expect(follow).to_have_attribute("aria-pressed", "false")
        tab.goto(f"{where}/my.html")
        expect(tab.locator('[data-for="new"]')).to_contain_text("Follow a tag below")
        assert tab.locator('[data-list="new"] article').count() == 0
        tab.goto(f"{where}/tags/constructor.html")
        follow.click()
        expect(follow).to_have_attribute("aria-pressed", "true")
        tab.goto(f"{where}/my.html")
        expect(tab.locator('[data-list="new"] h3')).to_have_text(["A Paper"])
