"""Incremental builds: the same bytes as a clean build, and no more work than a change needs."""

import random
import shutil
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.build import build
from site_builder.commands.serve.on_demand import SiteOnDemand
from site_builder.pages import feed_entries
from site_builder.render import RENDERERS
from site_builder.urls import paper_path
from site_builder.volumes.cache import Cache
from tests.conftest import IS_TORTURE, NOW, write_content
from tests.factories import TEMPLATES as THEME

SITE = "title: Clouds\nbase_url: https://clouds.example\nsearch: false\nrelated: tags\ncards: none\n"
SITE += "exports: [bib, ris, csl, md]\n"
START = f"""
-- site.yaml --
{SITE}
-- tags.yaml --
tags:
- name: Vision
  patterns: [vision]
- name: Sparse
  patterns: [sparse]
-- papers/2026-05-01.yaml --
listed: 2026-05-01
papers:
- {{title: Sparse Clouds, arxiv: "2605.00001", upvotes: 4, tags: [Vision], organization: Lab A, abstract: A view.}}
- {{title: Dense Clouds, arxiv: "2605.00002", upvotes: 2, abstract: A vision of $x^2$ clouds.}}
-- papers/2026-05-04.yaml --
listed: 2026-05-04
papers:
- {{title: Clouds of Two Days, arxiv: "2605.00003", tags: [Rain], organization: Lab B}}
- {{title: Sparse Clouds, arxiv: "2605.00001", upvotes: 9}}
-- notes/2026-05-04.md --
A quiet day.
-- pages/about.md --
# About
Clouds.
"""
PAPER_PAGES = {f"papers/2605.0000{number}.html" for number in (1, 2, 3)}
TERM_PAGES = {
    *(f"organizations/lab-{letter}.html" for letter in "ab"),
    *(f"tags/{tag}.html" for tag in ("rain", "sparse", "vision")),
}
PERIOD_PAGES = {*(f"weeks/2026-W{n}.html" for n in (18, 19)), "months/2026-05.html", "years/2026.html"}
OVERRIDDEN = [
    "partials/card.html",
    "partials/mention.html",
    "pages/statistics.html",
    "base.html",
    "feeds/card.html",
    "mail/day.html",
]


def tree_of(folder):
    """Return path → (bytes, modification time in ns) of a site's files."""
    files = [file for file in folder.rglob("*") if file.is_file() and ".broadsheet" not in file.parts]
    return {file.relative_to(folder).as_posix(): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def texts_of(folder):
    return {path: content for path, (content, _) in tree_of(folder).items()}


def add_page_dump(root, rng):
    """Add a list that needs other lists: its titles run into the abstracts, and its dates have no year."""
    title = rng.choice(["Sparse Clouds", "Fog Over Hills"])
    text = f"4{title} We present a method for clouds.3 authors · May 6, 202{rng.randint(4, 5)}\n12{title} of June"
    (root / "content/papers/dump.txt").write_text(f"{text} This paper studies rain.2 authors · Jun 3\n" * 3)


def add_list(root, rng):
    day = f"2026-0{rng.randint(2, 6)}-{rng.randint(1, 28):02}"  # so volumes have few days
    paper = (
        f"- {{title: New {rng.random()}, upvotes: {rng.randint(0, 30)}, tags: [{rng.choice(['Vision', 'Rain'])}]}}\n"
    )
    (root / f"content/papers/{day}.{rng.randint(0, 3)}.yaml").write_text(f"listed: {day}\npapers:\n{paper}")


def remove_list(root, rng):
    lists = sorted((root / "content/papers").iterdir())
    if len(lists) > 1:  # a build without lists is refused
        rng.choice(lists).unlink()


def rename_list(root, rng):
    lists = sorted((root / "content/papers").iterdir())
    if lists:
        rng.choice(lists).rename(root / f"content/papers/2026-06-{rng.randint(1, 28):02}.yaml")


def edit_list(root, rng):
    for file in sorted((root / "content/papers").iterdir()):
        pairs = [("Clouds", "Fog"), ("Fog", "Clouds"), ("upvotes: 4", "upvotes: 40"), ("Lab A", "Lab C")]
        old, new = rng.choice(pairs)
        file.write_text(file.read_text().replace(old, new))


def write_note(root, rng):
    (root / "content/notes/2026-05-01.md").write_text(f"The note number {rng.randint(1, 3)}.\n")


def edit_tags(root, rng):
    name = rng.choice(["Vision", "Seeing"])
    text = f"tags:\n- name: {name}\n  aliases: [vision]\n  description: About {rng.randint(1, 3)}\n  patterns: [view]\n"
    (root / "content/tags.yaml").write_text(text)


def edit_settings(root, rng):
    chosen = rng.sample(["page_size: 5", "tagline: Rain", "home_days: 1", "day_layout: list", "language: de"], 2)
    (root / "content/site.yaml").write_text(SITE + "\n".join(chosen))


def edit_page(root, rng):
    name = rng.choice(["about", "help"])
    (root / f"content/pages/{name}.md").write_text(f"---\ntitle: {name}\nnav: true\n---\nText {rng.randint(1, 3)}\n")


def override_template(root, rng):
    name = rng.choice(OVERRIDDEN)
    file = root / "templates/default" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(THEME / name, file)
    file.write_text(file.read_text() + f"{{# #}}<!-- {rng.randint(1, 3)} -->")


def remove_templates(root, rng):
    shutil.rmtree(root / "templates", ignore_errors=True)


def damage_output(root, rng):
    files = sorted(file for file in (root / "output").rglob("*.html"))
    for file in rng.sample(files, 3):
        file.write_text("damaged") if rng.random() < 0.5 else file.unlink()


CHANGES = [
    add_list,
    add_page_dump,
    remove_list,
    rename_list,
    edit_list,
    write_note,
    edit_tags,
    edit_settings,
    edit_page,
    override_template,
    remove_templates,
    damage_output,
]


@pytest.fixture(scope="session")
def start(tmp_path_factory):
    root = tmp_path_factory.mktemp("start")
    write_content(root / "content", START)
    build(root / "content", root / "output", NOW)
    return root


@settings(max_examples=100 if IS_TORTURE else 8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4), st.integers(0, 10**6))
def test_whatever_changed_a_build_equals_a_clean_one_and_writes_only_what_differs(
    tmp_path_factory, start, changes, seed
):
    root = tmp_path_factory.mktemp("site")
    shutil.copytree(start, root, dirs_exist_ok=True)
    rng = random.Random(seed)  # noqa: S311
    now = NOW
    for change in changes:
        change(root, rng)
        now += timedelta(days=rng.randint(0, 1))
        before = tree_of(root / "output")
        cache = Cache(root / "cache", b"k" * 32)
        build(root / "content", root / "output", now, cache=cache)
        cache.close()
        after = tree_of(root / "output")
        shutil.rmtree(root / "clean", ignore_errors=True)
        build(root / "content", root / "clean", now)
        assert {path: content for path, (content, _) in after.items()} == texts_of(root / "clean"), change
        written = {path for path in after if before.get(path) != after[path]}
        assert written == {path for path in after if before.get(path, (b"",))[0] != after[path][0]}, change


@settings(max_examples=100 if IS_TORTURE else 8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4), st.integers(0, 10**6))
def test_whatever_changed_a_site_on_demand_shows_what_a_clean_build_writes(tmp_path_factory, start, changes, seed):
    root = tmp_path_factory.mktemp("site")
    shutil.copytree(start, root, dirs_exist_ok=True)
    rng = random.Random(seed)  # noqa: S311
    site = SiteOnDemand(root / "content", "")
    for change in changes:
        change(root, rng)
        built = site.plan(NOW, [""])
        shutil.rmtree(root / "clean", ignore_errors=True)
        result = build(root / "content", root / "clean", NOW)
        written = texts_of(root / "clean")
        assert {path: site.answer(path).content for path in written} == written, change
        assert (built.problems, built.faults) == (tuple(map(str, result.problems)), ()), change


@pytest.fixture
def rendered(monkeypatch):
    """Return a list to which the paths of rendered pages are added."""
    paths = []

    def watched(render):
        return lambda page, site: paths.append(page.path) or render(page, site)

    for name, render in list(RENDERERS.items()):
        monkeypatch.setitem(RENDERERS, name, watched(render))
    return paths


def test_nothing_is_rendered_when_nothing_changed(tmp_path, start, rendered):
    shutil.copytree(start, tmp_path, dirs_exist_ok=True)
    result = build(tmp_path / "content", tmp_path / "output", NOW)
    assert rendered == ["feeds.html"]  # it shows the newest entry at the time of the build
    assert result.written.written == 0


def three_months(content):
    """Write lists of six papers for three days in each of three months; return the papers of a further list."""
    papers = "".join(
        f"- {{title: Cloud {n}, tags: [Rain], organization: Lab {n % 2}, upvotes: {n}}}\n" for n in range(6)
    )
    lists = "".join(
        f"-- papers/2026-0{month}-{day:02}.yaml --\nlisted: 2026-0{month}-{day:02}\npapers:\n"
        + papers.replace("Cloud", f"Cloud of {month} {day}")
        for month in (3, 4, 5)
        for day in (4, 11, 18)
    )
    write_content(content, f"-- site.yaml --\n{SITE}page_size: 5\nfeeds: {{entries: 5, archives: all}}\n{lists}")
    return papers


def test_a_day_more_renders_no_page_that_stays_as_it_was(tmp_path, rendered):
    content, output = tmp_path / "content", tmp_path / "output"
    papers = three_months(content)
    build(content, output, NOW)
    before = texts_of(output)
    (content / "papers/2026-05-19.yaml").write_text(f"listed: 2026-05-19\npapers:\n{papers}")
    rendered.clear()
    build(content, output, NOW)
    after = texts_of(output)
    stayed = {path for path in rendered if before.get(path) == after[path]}
    assert any("archive" in path for path in before)
    next_to_it = {
        "months/2026-04.html",
        "weeks/2026-W20.html",
        *(p for p in before if p.startswith("mail/2026-05-18/")),
    }
    assert stayed <= {"feeds.html", "my.html", *next_to_it}


@pytest.mark.parametrize("is_corrected", [False, True], ids=["never corrected", "corrected"])
def test_a_day_more_makes_no_entry_of_an_archive_page_that_stays(tmp_path, monkeypatch, is_corrected):
    content, output = tmp_path / "content", tmp_path / "output"
    papers = three_months(content)
    build(content, output, NOW)
    if is_corrected:
        list_of_may = content / "papers/2026-05-18.yaml"
        list_of_may.write_text(list_of_may.read_text().replace("of 5 18 1", "of 5 18 one"))
        build(content, output, NOW)
    (content / "papers/2026-05-19.yaml").write_text(f"listed: 2026-05-19\npapers:\n{papers}")
    made = []
    monkeypatch.setattr(feed_entries, "paper_path", lambda paper_id: made.append(paper_id) or paper_path(paper_id))
    build(content, output, NOW)
    assert "cloud-0" in made
    assert not [paper_id for paper_id in made if paper_id.startswith("cloud-of-3")]
    found = texts_of(output)
    shutil.rmtree(output)
    build(content, output, NOW)
    assert "feeds/papers/archive-2026-03.atom" in found
    assert texts_of(output) == found


@pytest.mark.parametrize(
    ("template", "users"),
    [
        ("pages/statistics.html", {"statistics.html"}),
        ("partials/chart.svg.html", {"statistics.html"}),
        ("pages/paper.html", PAPER_PAGES),
        (
            "partials/mention.html",
            {*PAPER_PAGES, *PERIOD_PAGES, *TERM_PAGES, "index.html", "trending.html"},
        ),
    ],
)
def test_when_a_template_changed_only_pages_that_use_it_are_rendered(tmp_path, start, rendered, template, users):
    shutil.copytree(start, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "templates" / "default" / template
    file.parent.mkdir(parents=True)
    shutil.copy(THEME / template, file)
    build(tmp_path / "content", tmp_path / "output", NOW)
    file.write_text(file.read_text() + "<!-- changed -->")
    rendered.clear()
    build(tmp_path / "content", tmp_path / "output", NOW)
    assert set(rendered) - {"feeds.html"} == users


def test_a_theme_and_a_style_that_were_edited_between_two_builds_of_one_process_are_seen(tmp_path, start):
    shutil.copytree(start, tmp_path, dirs_exist_ok=True)
    theme = tmp_path / "templates" / "default"
    edited = ["partials/card.html", "partials/discovery.html", "feeds/card.html", "mail/day.html"]
    for words in ("first", "second"):
        for name in edited:
            (theme / name).parent.mkdir(parents=True, exist_ok=True)
            (theme / name).write_text(f"{(THEME / name).read_text()}<!-- {name} {words} -->")
        (theme / "assets").mkdir(exist_ok=True)
        (theme / "assets/style.css").write_text((THEME / "assets/style.css").read_text() + f"/* {words} */")
        build(tmp_path / "content", tmp_path / "output", NOW)
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        build(tmp_path / "content", tmp_path / "clean", NOW)
        assert texts_of(tmp_path / "output") == texts_of(tmp_path / "clean")
        assert f"partials/discovery.html {words}" in (tmp_path / "output/papers/2605.00001.html").read_text()
