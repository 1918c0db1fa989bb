"""The site that serve keeps, without a browser: what is made when, and what is told when it cannot be made."""

import pytest

from site_builder.catalogue import related
from site_builder.commands.serve import on_demand
from site_builder.commands.serve.on_demand import SiteOnDemand
from tests.conftest import NOW, write_content

CONTENT = """\
-- site.yaml --
title: The Small Digest
-- papers/a.yaml --
- {title: Sparse Clouds, arxiv: "2605.00001", listed: 2026-05-27, tags: [Rain, Fog]}
- {title: Dense Clouds, arxiv: "2605.00002", listed: 2026-05-27, tags: [Rain, Fog]}
- {title: Sheep, listed: 2026-05-27}
"""


def planned(folder, text=CONTENT):
    write_content(folder / "content", text)
    site = SiteOnDemand(folder / "content", "")
    return site, site.plan(NOW, ["", "days/2026-05-27.html"])


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
        site.plan(NOW, [])
        if title == "Sparse Rain":
            continue
        clean = SiteOnDemand(tmp_path / "content", "")
        clean.plan(NOW, [])
        for name in ("2605.00001", "2605.00002"):
            shown = site.answer(f"papers/{name}.html").content
            assert b"Related papers" in shown
            assert shown == clean.answer(f"papers/{name}.html").content


@pytest.mark.parametrize(
    "text",
    [
        CONTENT.replace("Digest\n", "Digest\nrelated: none\n"),
        "-- papers/a.yaml --\n- {title: Sparse Clouds, arxiv: '2605.00001', listed: 2026-05-27}\n",
    ],
    ids=["related: none", "one paper"],
)
def test_the_page_of_a_paper_is_shown_where_no_papers_are_compared(tmp_path, text):
    site, _ = planned(tmp_path, text)
    page = site.answer("papers/2605.00001.html")
    assert page.faults == ()
    assert b"Sparse Clouds" in page.content
    assert b"Related papers" not in page.content


def test_an_extra_that_is_wanted_and_missing_is_told_before_any_page_needs_it(tmp_path, monkeypatch):
    monkeypatch.setattr(related, "find_spec", lambda name: None)
    _, built = planned(tmp_path, CONTENT.replace("Digest\n", "Digest\nrelated: words\n"))
    assert built.is_stopped
    assert "`related: words` needs the extra" in built.problems[0]


def test_a_site_that_was_never_planned_has_no_page(tmp_path):
    site, built = planned(tmp_path, "-- site.yaml --\ntitel: A\n")
    assert built.is_stopped
    assert site.answer("") is None


def test_the_index_that_is_searched_is_the_one_of_the_newest_site(tmp_path):
    site, _ = planned(tmp_path)
    assert b"Sparse Clouds" in site.answer("search/2026-05/records-0.json").content
    list_file = tmp_path / "content" / "papers" / "a.yaml"
    list_file.write_text(list_file.read_text().replace("Sparse", "Thick"))
    site.plan(NOW, [])
    assert b"Thick Clouds" in site.answer("search/2026-05/records-0.json").content
    assert b"thick" in site.answer("search/2026-05/words-0.json").content
