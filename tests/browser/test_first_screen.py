"""The first screen of a day: three whole titles on a phone and on a desk, with a note, a picture or a long title."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from site_builder.build import build
from tests.browser.screenshots import served
from tests.conftest import NOW, write_content
from tests.drawn import drawn

SCREENS = {"small phone": (360, 800), "phone": (390, 844), "desk": (1280, 800)}
# Of 11,610 real titles 56 % are shorter than this one, and 99.9 % than the long one.
TITLE = "Agentic Transaction Processing: Towards ACID-Compliant Agent Systems at {n} Sites"
LONG = (
    "Pre-training under Infinite Compute: A Study of Regularisation, Ensembles and Distillation when the Data are all "
    "there is, and of what Follows from it for Scaling Laws"
)
LEAD = "Evolving Memory in Agents of Many Trades: A Benchmark of Dynamic Environments"
ABSTRACT = "We present a method that learns from few words what others learn from many, and a benchmark of both. "
WORDS = "Readers in need of a rest from large numbers should turn to [the codex](https://codex.example/{n}). "
NOTE = f"---\ntitle: Nine years of attention\n---\n\n{''.join(WORDS.format(n=n) for n in range(6))}\n"
LONG_NOTE = "\n\n".join(f"Part {n}. {WORDS.format(n=n) * 4}" for n in range(5))
# What of a day's papers leads its titles → the day; the newest day is also the front page.
DAYS = {
    "nothing": "2026-11-16",
    "a note": "2026-11-17",
    "a long note": "2026-11-18",
    "a picture": "2026-11-19",
    "a long title": "2026-11-13",
    "a note, few papers": "2026-11-12",
    "a note, no votes": "2026-11-11",
    "a note, a picture and a long title": "2026-11-20",
}
WHOLE_TITLES = """() => {
  const bar = document.querySelector(".masthead nav");
  const end = getComputedStyle(bar).position === "fixed" ? bar.getBoundingClientRect().top : innerHeight;
  return [...document.querySelectorAll("main :is(.card, .brief) h3")]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().bottom <= end).length;
}"""

HIDDEN = "each => Math.max(each.scrollHeight - each.clientHeight, each.scrollWidth - each.clientWidth)"  # px
IS_INSIDE = "each => each.getBoundingClientRect().bottom <= each.closest('.prose').getBoundingClientRect().bottom"


def day_of(name: str, day: str) -> str:
    """Return the list of a day, and its note."""
    papers = [
        f"  - title: '{TITLE.format(n=n) if n else LONG if 'title' in name else LEAD}'\n"
        f"    id: {day[-2:]}{n:02}\n    arxiv: 26{day[5:7]}.0{day[-2:]}{n:02}\n    organization: Engines\n"
        f"    authors: [Ada Lovelace, Emmy Noether, Sofya Kovalevskaya, Mary Somerville]\n"
        f"    {'' if 'votes' in name else f'upvotes: {60 - n}'}\n    comments: 3\n    published: {day}\n"
        f"    tags: [agents, topic {n % 4}]\n    code: https://code.example/{n}\n    abstract: '{ABSTRACT * 20}'\n"
        + (f"    image: images/{n % 3}.png\n" if "picture" in name else "")
        for n in range(4 if "few" in name else 12)
    ]
    note = LONG_NOTE if "long note" in name else NOTE
    return (
        f"-- papers/{day}.yaml --\nlisted: {day}\npapers:\n{''.join(papers)}"
        + (f"-- notes/{day}.md --\n{note}\n" if "note" in name else "")
    )  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("first")
    about = "title: The Morning Preprint\ntagline: New papers in machine learning, chosen and summarised day by day\n"
    lists = "".join(day_of(name, day) for name, day in DAYS.items())
    write_content(root / "content", f"-- site.yaml --\n{about}cards: none\nrelated: none\n{lists}")
    (root / "content" / "images").mkdir()
    for n, size in enumerate(((1200, 700), (500, 900), (900, 300))):
        (root / "content" / "images" / f"{n}.png").write_bytes(drawn(*size, seed=n))
    build(root / "content", root / "output", NOW)
    with served(root / "output") as where:
        yield where


@pytest.mark.parametrize("path", [*(f"days/{day}.html" for day in DAYS.values()), "index.html"])
def test_the_first_screen_of_a_day_shows_three_whole_titles_whatever_leads(tab: Page, address, path):
    tab.goto(f"{address}/{path}")
    expect(tab.locator(".scheme")).to_be_visible()
    for screen, (width, height) in SCREENS.items():
        tab.set_viewport_size({"width": width, "height": height})
        assert tab.evaluate(WHOLE_TITLES) >= 3, screen


@pytest.mark.parametrize(
    ("screen", "day"), [("phone", "a note"), ("desk", "a long note"), ("small phone", "a long note")]
)
def test_a_note_shows_its_first_lines_and_all_of_it_without_scripts(browser: Browser, address, screen, day):
    width, height = SCREENS[screen]
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": height})
    tab = context.new_page()
    tab.goto(f"{address}/days/{DAYS[day]}.html")
    words = tab.locator(".note .prose")
    assert words.evaluate(HIDDEN) > 20
    tab.get_by_role("link", name="Read on").click()
    assert words.evaluate(HIDDEN) <= 0
    assert tab.get_by_role("link", name="Read on").count() == 0
    assert 0 <= tab.locator(".note h2").bounding_box()["y"] < height
    context.close()


def test_whoever_tabs_to_a_link_in_a_folded_note_sees_it(tab: Page, address):
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{address}/days/{DAYS['a note']}.html")
    links = tab.locator(".note .prose a")
    tab.locator(".filters select").last.focus()
    for each in links.all():
        tab.keyboard.press("Tab")
        assert each.evaluate("each => each === document.activeElement")
        assert each.evaluate(IS_INSIDE)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_link_to_the_whole_note_stands_where_its_lines_end(tab: Page, address, direction):
    tab.goto(f"{address}/days/{DAYS['a note']}.html")
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.evaluate("direction => { document.documentElement.dir = direction; }", direction)
    assert tab.get_by_role("link", name="Read on").bounding_box()["x"] > 180


def test_a_printed_note_is_whole(tab: Page, address):
    tab.set_viewport_size({"width": 718, "height": 900})
    tab.emulate_media(media="print")
    tab.goto(f"{address}/days/{DAYS['a long note']}.html")
    assert tab.locator(".note .prose").evaluate(HIDDEN) <= 0
    assert tab.get_by_role("link", name="Read on").count() == 0
