"""Feeds stay valid, and say what was written, whatever strangers write."""

import json
from pathlib import Path

import pytest

from site_builder.config.settings import Feeds, Settings
from tests.conftest import IS_TORTURE
from tests.factories import catalogue, paper
from tests.feeds.published import BASE_URL, feed_settings, publish, read
from tests.feeds.rules import broken_rules

HOSTILE_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile"

SURROGATES = dict.fromkeys(range(0xD800, 0xE000))  # what the reader of site.yaml never lets through
TEXTS = {
    "control characters": "a\x00b\x08c\x0bd\x1fe\x7f",
    "lone surrogates": "high \ud83d low \udc00 end",
    "non-characters": "a\ufffeb\uffffc",
    "end of CDATA": "x ]]> y <![CDATA[ z ]]>",
    "markup": "<script>alert(1)</script> & <b>bold</b> &lt;i&gt; &amp;amp; a < b > c",
    "attributes": '" onmouseover="alert(1)" \' autofocus onfocus=\'alert(1)',
    "emoji": "🧑‍🔬 paper of 👩🏽‍💻 and 🇺🇳",
    "right to left": "ورقة عن النماذج \u202e reversed",
    "combining": "Z̸a̷l̵g̶o̴ n̈ é",
    "TeX": "$x^2$ and $$\\frac{a}{b}$$ and \\(y\\) and \\textbf{bold} and \\alpha",
    "templates": "{{ 7 * 7 }} {% include 'x' %} %s {0}",
    "entities": "&nbsp; &#0; &#x1F; &notanentity; <!ENTITY x 'y'>",
    "nothing": "",
    "blank": " \u00a0\u200b\n\t ",
    "very long": "word " * 2000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_field_may_hold_any_text(text: str) -> None:
    made = catalogue(
        paper(
            text,
            "2026-05-26",
            id="2605.00001",
            abstract=text,
            authors=(text, "Ada"),
            tags=(text or "tag",),
            organization=text or None,
            image=f"https://example.org/{text}",
        ),
        paper("Second", "2026-05-27"),
        notes={"2026-05-26": text, "2026-05-27": text},
    )
    settings = Settings(
        title=f"T {text[:100].translate(SURROGATES)}", base_url=BASE_URL, feeds=Feeds(organization_min=1)
    )
    files = publish(made, settings)
    assert broken_rules(files, BASE_URL) == []
    assert len(read(files, "feeds/papers.xml").entries) == 2


def test_titles_arrive_as_they_were_written() -> None:
    title = 'Is 1 < 2 & <b>bold</b> &amp; ]]> "so"? 🧑‍🔬'
    files = publish(catalogue(paper(title, "2026-05-26", tags=(title,))))
    for ending in (".xml", ".atom", ".json"):
        (entry,) = read(files, f"feeds/papers{ending}").entries
        assert entry.title == title
        assert entry.tags == (title,)


def test_six_hundred_authors_are_counted_in_digests_and_named_in_their_entry() -> None:
    names = tuple(f"Author Number{i} of the Very Large Collaboration" for i in range(600))
    made = catalogue(*(paper(f"P{i}", "2026-05-26", authors=names) for i in range(40)))
    files = publish(made)
    assert broken_rules(files, BASE_URL) == []
    assert "and 597\u00a0others" in read(files, "feeds/digests.xml").entries[0].html
    assert all(entry.authors == names for entry in read(files, "feeds/papers.atom").entries)


def test_a_day_of_three_hundred_papers_is_one_whole_entry() -> None:
    made = catalogue(*(paper(f"Paper {i}.", "2026-05-26", abstract="Words & more. " * 60) for i in range(300)))
    files = publish(made)
    assert broken_rules(files, BASE_URL) == []
    (entry,) = read(files, "feeds/digests.json").entries
    assert all(f">Paper {i}.<" in entry.html for i in range(300))


def test_a_note_on_a_day_without_papers_is_an_entry() -> None:
    made = catalogue(paper("Earlier", "2026-05-25"))
    empty = catalogue(days=(*made.days, *_note_alone()))
    files = publish(empty)
    assert broken_rules(files, BASE_URL) == []
    assert "Nothing today" in read(files, "feeds/digests.atom").entries[0].html


def _note_alone() -> tuple[object, ...]:
    from tests.factories import day

    return (day("2026-05-26", note="Nothing today.", sections=()),)


@pytest.mark.skipif(not HOSTILE_DATA.is_dir(), reason="the hostile strings are not on this machine")
@pytest.mark.parametrize("part", range(20 if IS_TORTURE else 2))
def test_no_known_injection_gets_through(part: int) -> None:
    lines = [line for file in sorted(HOSTILE_DATA.glob("*.jsonl")) for line in file.read_text().splitlines()]
    texts = [json.loads(line)["text"] for line in lines[part::20]]
    made = catalogue(
        *(
            paper(text, "2026-05-26", id=f"id-{i}", abstract=text, authors=(text,), organization=text or None)
            for i, text in enumerate(texts)
        )
    )
    files = publish(made, feed_settings(entries=200, archives="none"))
    chosen = {path: files[path] for path in ("feeds/papers.xml", "feeds/digests.atom", "feeds/papers.json")}
    oversized = [broken for broken in broken_rules(chosen, BASE_URL) if not broken.endswith(" bytes")]
    assert oversized == []
