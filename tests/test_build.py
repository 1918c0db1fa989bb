"""Whole builds of small sites, and what stops a build."""

import json
import re
import shutil
from collections import Counter
from datetime import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
from lxml import html

from site_builder.build import build, plan_site
from site_builder.config.section import SHAPES
from site_builder.config.settings import Settings, read_settings
from site_builder.problems import BuildError
from tests.conftest import NOW, SHARED, needs_shared
from tests.torture.whole import tree_of

SMALL = """
-- site.yaml --
title: The Small Digest
base_url: https://small.example/digest
-- papers/a.yaml --
listed: 2026-05-27
papers:
- title: Sparse Clouds
  arxiv: 2605.01234
  authors: [Ada Example, Bo Sample]
  organization: Cloud Lab
  tags: [weather]
  upvotes: 7
  links: {code: "https://github.com/example/clouds"}
  abstract: Clouds are few & far < between.
- title: Counting Sheep
-- notes/2026-05-27.md --
A *quiet* day.
-- pages/about.md --
---
title: About
---
What this is.
"""


def links_of(site, path):
    """Yield the output path, with fragment, of each relative link on a page."""
    tree = html.fromstring(site.text(path))
    for address in tree.xpath("//*[not(self::link[@rel='canonical'])]/@href | //@src"):
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc:
            target = (Path(path).parent / unquote(parts.path)).as_posix() if parts.path else path
            yield re.sub(r"[^/]+/\.\./", "", target), parts.fragment


def dead_links(site):
    paths = site.paths
    pages = sorted(path for path in paths if path.endswith(".html") and path != "404.html")
    found = set()
    for page in pages:
        for target, fragment in links_of(site, page):
            resolved = Path(site.output / target).resolve()
            if not resolved.is_file():
                found.add((page, target))
            elif (
                fragment
                and target.endswith(".html")
                and not html.fromstring(resolved.read_text()).xpath("//*[@id=$id]", id=fragment)
            ):
                found.add((page, f"{target}#{fragment}"))
    return found


def test_a_small_site_has_every_kind_of_page(build_site):
    assert {
        "index.html",
        "days/2026-05-27.html",
        "weeks/2026-W22.html",
        "months/2026-05.html",
        "years/2026.html",
        "archive.html",
        "tags/index.html",
        "tags/weather.html",
        "organizations/index.html",
        "organizations/cloud-lab.html",
        "papers/2605.01234.html",
        "papers/counting-sheep.html",
        "about.html",
        "feeds.html",
        "404.html",
        "sitemap.xml",
        "robots.txt",
        "feeds/digests.xml",
        "feeds/digests.atom",
        "api/papers.json",
        "api/papers/2026-05.json",
        "api/tags.json",
    } <= build_site(SMALL).paths


def test_every_relative_link_leads_to_a_file_and_a_place_in_it(build_site):
    assert dead_links(build_site(SMALL)) == set()


@pytest.mark.parametrize("day", ["2024-12-30", "2027-01-01"])
def test_a_week_across_the_new_year_leads_to_a_year_that_there_is(build_site, day):
    assert dead_links(build_site(f"-- papers/a.yaml --\n- {{title: Late Frost, listed: {day}}}\n")) == set()


def test_an_address_beyond_ascii_is_written_as_browsers_and_mail_servers_take_it(build_site):
    site = build_site(
        SMALL.replace("https://small.example/digest", "https://zeitung-münchen.example/für alle".replace(" ", "-"))
    )
    address = "https://xn--zeitung-mnchen-osb.example/f%C3%BCr-alle/"
    assert f'<link rel="canonical" href="{address}">' in site.text("index.html")
    assert f"<loc>{address}</loc>" in site.text("sitemap.xml")


def test_no_page_needs_its_place_on_a_host(build_site):
    site = build_site(SMALL)
    pages = [path for path in site.paths if path.endswith(".html") and path != "404.html"]
    assert [path for path in pages if re.search(r'(?:href|src)="/', site.text(path))] == []


def test_the_missing_page_links_from_the_base_address(build_site):
    assert 'href="/digest/' in build_site(SMALL).text("404.html")


def test_a_papers_page_has_its_whole_abstract_escaped(build_site):
    assert "Clouds are few &amp; far &lt; between." in build_site(SMALL).text("papers/2605.01234.html")


def test_the_editors_note_is_on_its_day(build_site):
    assert "A <em>quiet</em> day." in build_site(SMALL).text("days/2026-05-27.html")


def test_the_links_and_anchors_of_a_note_hold_on_its_day_on_the_home_page_and_in_feeds(build_site):
    note = "# Main\n\n## Top\n\n[us](about.html), [here](#top), ![icon](assets/icon-192.png), [far](/digest/x.html)\n"
    site = build_site(f"{SMALL}-- notes/2026-05-27.md --\n{note}")
    assert dead_links(site) - {("days/2026-05-27.html", "/digest/x.html"), ("index.html", "/digest/x.html")} == set()
    for path in ("days/2026-05-27.html", "index.html"):
        ids = html.fromstring(site.text(path)).xpath("//@id")
        assert len(ids) == len(set(ids)) and {"note-main", "note-top"} <= set(ids)
        assert html.fromstring(site.text(path)).xpath("count(//h1)") == 1
    assert 'href="https://small.example/digest/days/2026-05-27.html#note-top"' in site.text(
        "feeds/digests.json"
    ).replace("\\", "")


def test_every_page_offers_the_sites_feeds(build_site):
    site = build_site(SMALL)
    for path in site.paths:
        if path.endswith(".html") and not path.startswith("mail/"):
            tree = html.fromstring(site.text(path))
            assert tree.xpath("//link[@rel='alternate'][contains(@type,'rss')]"), path


def test_the_data_files_fit_the_schemas_beside_them(build_site):
    site = build_site(SMALL)
    for data, schema in [
        ("papers", "papers"),
        ("tags", "tags"),
        ("papers/2026-05", "part"),
    ]:
        jsonschema.validate(site.json(f"api/{data}.json"), site.json(f"api/{schema}.schema.json"))


def test_what_is_not_known_is_null_in_the_data(build_site):
    paper = build_site(SMALL).papers["counting-sheep"]
    assert (paper["upvotes"], paper["published"], paper["abstract"], paper["author_count"]) == (None, None, None, None)


def test_the_address_of_a_paper_outlives_its_title(build_site):
    before = build_site(SMALL).papers["2605.01234"]["url"]
    after = build_site(SMALL.replace("title: Sparse Clouds", "title: Dense Clouds")).papers["2605.01234"]["url"]
    assert before == after == "https://small.example/digest/papers/2605.01234.html"


def test_an_empty_content_folder_gives_a_friendly_site(build_site):
    site = build_site("-- README.txt --\n")
    assert {"index.html", "archive.html", "feeds.html", "sitemap.xml"} <= site.paths
    assert dead_links(site) == set()
    assert "content" in html.fromstring(site.text("index.html")).text_content()


def test_a_second_build_of_the_same_content_writes_nothing(build_site):
    build_site(SMALL)
    written = build_site(SMALL).result.written
    assert (written.written, written.removed) == (0, 0)


def test_a_list_that_is_gone_takes_its_pages_with_it(build_site):
    site = build_site(f"{SMALL}-- papers/b.yaml --\n- {{title: Late Frost, listed: 2026-05-26}}\n")
    (site.content / "papers" / "a.yaml").unlink()
    site = build_site(site.content)
    assert {path.partition(".")[0] for path in site.paths if path.startswith("papers/")} == {"papers/late-frost"}
    assert not (site.output / "feeds" / "tags" / "weather").exists()


def test_a_site_of_papers_is_not_replaced_by_one_of_none(build_site, tmp_path):
    build_site(SMALL)
    before = tree_of(tmp_path / "output")
    shutil.rmtree(tmp_path / "content" / "papers")
    for is_dry in (False, True):
        with pytest.raises(BuildError, match=r"content holds no papers, and .* or delete .*output to begin anew"):
            build(tmp_path / "content", tmp_path / "output", NOW, is_dry=is_dry)
    assert tree_of(tmp_path / "output") == before


def test_check_writes_nothing(build_site):
    site = build_site(SMALL, is_dry=True)
    assert not site.output.exists()
    assert site.result.written is None


def test_two_inputs_that_claim_one_address_stop_the_build_and_are_both_named(build_site):
    with pytest.raises(BuildError, match=r"output/archive\.html: content/pages/archive\.md and the archive"):
        build_site("-- pages/archive.md --\nMy archive.\n")


def test_broken_settings_stop_the_build_with_every_defect(build_site):
    with pytest.raises(BuildError) as caught:
        build_site("-- site.yaml --\ntitel: x\nbase_url: nowhere\nfeeds:\n  entrys: 3\n")
    assert str(caught.value).split("\n")[1:] == [
        "  site.yaml:2: base_url 'nowhere': is not an address like https://example.org/digest; see the settings page",
        '  site.yaml:4: unknown key "feeds.entrys"; did you mean "entries"?',
        '  site.yaml:1: unknown key "titel"; did you mean "title"?',
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: [a, b]\n", "1: title does not hold what it should; write one text after it"),
        ('title: "  "\n', '1: title is "  "; write something after it, or leave it out'),
        ("author: Ada\n", '1: author is "Ada"; write its keys below it, two spaces further in, such as `name: …`'),
        ("author:\nemail: a@b.example\n", '2: unknown key "email"; write it below `author:`, two spaces further in'),
        ("url: https://example.org\n", '1: unknown key "url"; write "base_url"'),
        ("baseURL: https://example.org\n", '1: unknown key "baseURL"; write "base_url"'),
        ("site-title: Rain\n", '1: unknown key "site-title"; write "title"'),
        ("author:\n  name: A\n  theme: x\n", '3: unknown key "author.theme"; write it at the beginning of a line'),
        ("page_size: 1.5\n", '1: page_size is "1.5"; write a whole number, in digits alone'),
        ("page_size: 1000\n", '1: page_size is "1000"; write 500 or less'),
        ("search: oui\n", '1: search is "oui"; write true or false'),
        ("day_layout: lists\n", '1: day_layout is "lists"; write sections or list'),
        ("exports: bib, ris\n", '1: exports is "bib, ris"; write a list: [bib, ris]'),
        ("paper_pages: 9 days\n", '1: paper_pages is "9 days"; write all, or write a whole number, in digits alone'),
        ("theme: my theme\n", '1: theme is "my theme"; write the name of a folder, of letters, digits, hyphens and'),
        (
            "editions: [daily]\n",
            "1: editions does not hold what it should; write each below it, two spaces further in,",
        ),
        ("lists:\n  path: x\n", "1: lists does not hold what it should; begin each entry below it, two spaces further"),
        ("lists:\n  - year: 2026\n", "2: lists.path is missing; add `path: …`"),
        ("lists:\n  - path: x\n    listed: 1.8.2026\n", '3: lists.listed is "1.8.2026"; write a day as YYYY-MM-DD'),
        (
            "fetch: hf_daily\n",
            '1: fetch is "hf_daily"; begin each entry below it, two spaces further in, with a hyphen',
        ),
        ("fetch: [hf_daily]\n", '1: fetch is "hf_daily"; write `- kind: …`'),
        ("fetch:\n  - kind: feed\n", "2: fetch: feed needs url:"),
        (
            "fetch: [{kind: hf_daily, url: 'https://a.example/{date}'}]\n",
            "1: fetch: hf_daily takes no {date} in url:; leave it out, or write `kind: url`",
        ),
        ("fetch: [{kind: hf_daily, query: x}]\n", "1: fetch: hf_daily takes no query:; remove it"),
        (
            "fetch: [{kind: url, url: 'https://a.example/{day}'}]\n",
            "1: fetch.url 'https://a.example/{day}': knows {date}",
        ),
        ("newsletter: {drafts: true}\n", "1: newsletter: drafts needs service:; name the service"),
        ("feeds: {hour: 7 Uhr}\n", '1: feeds.hour is "7 Uhr"; write a time of the day as HH:MM, such as 07:30'),
    ],
)
def test_a_setting_that_is_wrong_is_told_in_plain_words_with_its_remedy(tmp_path, text, told):
    (tmp_path / "site.yaml").write_text(text)
    with pytest.raises(BuildError) as caught:
        read_settings(tmp_path)
    assert str(caught.value).split("\n")[1].startswith(f"  site.yaml:{told}")


@pytest.mark.parametrize("name", ["site.yml", "Site.yaml", "site.yaml.txt", "config.yaml", "_config.yml", "site.toml"])
def test_settings_of_another_name_stop_the_build_and_are_no_paper(tmp_path, name):
    (tmp_path / name).write_text("title: The Hill Digest\n")
    with pytest.raises(BuildError, match=rf"{name}: settings are read from site.yaml; rename the file"):
        read_settings(tmp_path)


def test_each_pattern_of_a_setting_has_words():
    patterns = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(Settings.model_json_schema()))
    assert {json.loads(pattern) for pattern in patterns} <= set(SHAPES)
    assert len(patterns) > 5


def test_hours_are_hours_in_every_section(tmp_path):
    (tmp_path / "site.yaml").write_text("release: {hour: 7}\nfeeds: {hour: 8}\nmailing: {wait_until: 14}\n")
    settings = read_settings(tmp_path)
    assert [settings.release.hour, settings.feeds.hour, settings.mailing.wait_until] == [time(7), time(8), time(14)]


def test_a_series_of_mails_without_keys_has_their_defaults(tmp_path):
    (tmp_path / "site.yaml").write_text("editions:\n  daily:\n  weekly:\n    readers:\n    day: friday\n")
    editions = read_settings(tmp_path).mail_editions
    assert {name: (edition.rhythm(name), edition.day) for name, edition in editions.items()} == {
        "daily": ("daily", "sunday"),
        "weekly": ("weekly", "friday"),
    }


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("https://[::1", "is not an address"),
        ("https://tides.example:99999", "is not an address"),
        ("https://tides.example:0", "is not an address"),
        ("https://:8000/", "is not an address"),
        ("https://ada:secret@tides.example", "holds a name or a password"),
    ],
)
def test_an_address_that_no_reader_could_open_stops_the_build(build_site, address, what):
    with pytest.raises(BuildError, match=f"site.yaml:1: base_url '.*': {what}"):
        build_site(f"-- site.yaml --\nbase_url: '{address}'\n")


def test_an_unknown_theme_stops_the_build(build_site):
    with pytest.raises(BuildError, match=r'no theme "fancy".*default'):
        build_site("-- site.yaml --\ntheme: fancy\n")


def test_a_broken_template_stops_the_build_and_leaves_the_old_site(build_site, tmp_path):
    site = build_site(SMALL)
    before = site.text("index.html")
    theme = tmp_path / "templates" / "mine" / "pages"
    theme.mkdir(parents=True)
    (theme / "day.html").write_text("fine\n{{ no_such_name }}\n")
    with pytest.raises(BuildError, match=r"mine/pages/day.html:2: 'no_such_name' is undefined"):
        build_site(SMALL.replace("title: The Small", "theme: mine\ntitle: The Other"))
    assert site.text("index.html") == before


def test_a_missing_content_folder_stops_the_build(tmp_path):
    with pytest.raises(BuildError, match="there is no content folder at"):
        build(tmp_path / "nowhere", tmp_path / "output", NOW)


def test_the_output_folder_may_not_hold_the_content(tmp_path):
    (tmp_path / "content").mkdir()
    with pytest.raises(BuildError, match="overlap"):
        build(tmp_path / "content", tmp_path, NOW)


@needs_shared
def test_the_five_page_dumps_give_345_records_and_317_papers_and_no_line_is_lost():
    result = plan_site(SHARED / "seeds", NOW)
    assert (result.papers.records, len(result.papers.papers)) == (345, 317)
    files = result.sources.files.values()
    assert [file.records for file in files] == [42, 120, 52, 84, 47]
    for file in files:
        counted = file.lines_in_papers + file.lines_in_boilerplate + file.lines_in_problems
        text = (SHARED / "seeds" / file.path).read_text(encoding="utf-8")
        assert counted == file.lines == sum(1 for line in text.splitlines() if line.strip())


@needs_shared
def test_the_years_of_the_dumps_are_inferred_and_agree_with_one_another():
    result = plan_site(SHARED / "seeds", NOW)
    listed = Counter(day.isoformat() for paper in result.papers.papers for day in paper.listed)
    assert listed == {"2026-05-27": 42, "2025-11-21": 47}
    (revela,) = [paper for paper in result.papers.papers if paper.title.startswith("Revela")]
    assert str(revela.published) == "2025-06-19"
    assert [day.isoformat() for day in revela.listed] == ["2025-11-21", "2026-05-27"]
    assert not [problem for problem in result.problems if "imply the year" in problem.what]
