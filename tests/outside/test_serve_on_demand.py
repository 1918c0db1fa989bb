"""The site that serve keeps, without a browser: what is made when, and what is told when it cannot be made."""

import asyncio
import pickle
import sys

from site_builder.catalogue import related
from site_builder.outside.serve import on_demand, search
from site_builder.outside.serve.on_demand import SiteOnDemand
from site_builder.outside.serve.search import SearchIndex
from tests.conftest import NOW, write_content

CONTENT = """\
-- site.yaml --
title: The Small Digest
-- papers/a.yaml --
- {title: Sparse Clouds, arxiv: "2605.00001", listed: 2026-05-27, tags: [Rain, Fog]}
- {title: Dense Clouds, arxiv: "2605.00002", listed: 2026-05-27, tags: [Rain, Fog]}
- {title: Sheep, listed: 2026-05-27}
"""


class Pipe:
    """A builder that has only a site to be searched, when it has one."""

    def __init__(self, site=None):
        self.site = site

    async def searched(self):
        while self.site is None:
            await asyncio.sleep(0.01)
        return self.site


def planned(folder, text=CONTENT):
    write_content(folder / "content", text)
    site = SiteOnDemand(folder / "content", "")
    return site, site.plan(NOW, ["", "days/2026-05-27.html"], is_theme_changed=False)


def test_papers_are_compared_when_the_page_of_one_is_asked_for(tmp_path, monkeypatch):
    compared = []

    def relate(*values):
        compared.append(values)
        return related.relate(*values)

    monkeypatch.setattr(on_demand, "relate", relate)
    site, built = planned(tmp_path)
    assert (built.problems, built.faults, built.is_stopped) == ((), (), False)
    assert compared == []
    for name in ("2605.00001", "2605.00002"):
        assert b"Related papers" in site.answer(f"papers/{name}.html").content
    assert len(compared) == 1


def test_papers_are_compared_as_in_a_clean_build_also_when_nobody_looked_for_a_while(tmp_path):
    site, _ = planned(tmp_path)
    list_file = tmp_path / "content" / "papers" / "a.yaml"
    for title in ("Sparse Rain", "Sparse Clouds of Rain", "Dense Fog"):
        list_file.write_text(list_file.read_text() + f"- {{title: {title}, listed: 2026-05-28, tags: [Rain]}}\n")
        site.plan(NOW, [], is_theme_changed=False)
        if title == "Sparse Rain":
            continue
        clean = SiteOnDemand(tmp_path / "content", "")
        clean.plan(NOW, [], is_theme_changed=False)
        for name in ("2605.00001", "2605.00002"):
            shown = site.answer(f"papers/{name}.html").content
            assert b"Related papers" in shown
            assert shown == clean.answer(f"papers/{name}.html").content


def test_an_extra_that_is_wanted_and_missing_is_told_before_any_page_needs_it(tmp_path, monkeypatch):
    monkeypatch.setattr(related, "find_spec", lambda name: None)
    _, built = planned(tmp_path, CONTENT.replace("Digest\n", "Digest\nrelated: words\n"))
    assert built.is_stopped
    assert "`related: words` needs the extra" in built.problems[0]


def test_a_site_that_was_never_planned_has_no_page(tmp_path):
    site, built = planned(tmp_path, "-- site.yaml --\ntitel: A\n")
    assert built.is_stopped
    assert site.answer("") is None
    assert site.searched() == b""


def test_whoever_waits_for_the_index_of_an_older_site_is_sent_away(tmp_path):
    async def asked_before_a_change():
        index = SearchIndex(Pipe(), tmp_path)
        waiting = asyncio.create_task(index.answer("search/filters.json"))
        await asyncio.sleep(0.05)
        index.forget()
        return await waiting

    assert asyncio.run(asked_before_a_change()) is None


def test_an_index_that_cannot_be_made_is_told(tmp_path, monkeypatch):
    def asked(site):
        return asyncio.run(SearchIndex(Pipe(site), tmp_path).answer("search/filters.json")).faults

    monkeypatch.setattr(search, "PROGRAM", (sys.executable, "-c", "import sys; sys.exit(3)"))
    assert "the process that makes the search index has ended" in asked(b"a site")[0]
    program = "import pickle; from site_builder.problems import *; pickle.dump(BuildError('no'), open(1, 'wb'))"
    monkeypatch.setattr(search, "PROGRAM", (sys.executable, "-c", program))
    assert asked(pickle.dumps("a site")) == ("no",)


def test_a_site_without_search_has_no_index(tmp_path):
    assert asyncio.run(SearchIndex(Pipe(b""), tmp_path).answer("search/filters.json")) is None
    assert asyncio.run(SearchIndex(Pipe(b""), tmp_path).answer("index.html")) is None
