"""What the mail of a day holds, in every form."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import orjson
import pytest
from lxml import html as lxml_html

from site_builder.config.mailing import EditionSettings
from site_builder.model.catalogue import Catalogue
from site_builder.model.page import Page
from site_builder.pages import day as day_pages
from site_builder.pages import mail as mail_pages
from site_builder.render import RENDERERS
from site_builder.render.digest import digest_writer
from site_builder.render.html import render as render_page
from site_builder.render.mail.compose import MAX_BYTES, PLACEHOLDER
from site_builder.render.site import Site
from tests.factories import catalogue, paper, site
from tests.mail.mailed import (
    BASE_URL,
    BUTTONDOWN,
    LISTMONK,
    links_of,
    mail_settings,
    mails,
    read_by_rust,
    read_by_stdlib,
)

ABSTRACT = "The quick brown <fox> & all the others jump over $x^2$ lazy dogs today. " * 9
DAY = catalogue(
    paper(
        "Reading $O(n^2)$ maps",
        "2026-05-26",
        abstract=ABSTRACT,
        authors=("Ada Ahlberg", "Bo Berg", "Cy Ceder", "Di Dahl", "Ed Ek"),
        tags=("Agents & Tools",),
        organization="Maps & Sons",
        upvotes=12,
        comments=1,
        arxiv="2605.00001",
        links={"code": "https://code.example.com/maps?a=1&b=2"},
    ),
    paper("Second", "2026-05-26", author_count=4, upvotes=3),
    paper("Third", "2026-05-26", tags=("Vision",)),
    paper("Fourth", "2026-05-27"),
    notes={"2026-05-26": "Begin with [the maps](about.html) and $x^2$.\n\n- one\n- two"},
)


def many(count: int, words: int = 200) -> Catalogue:
    abstract = "Ein schöner Satz, der <nie> & nimmer endet. " * (words // 8)
    return catalogue(
        *(
            paper(
                f"Paper {i} of a long day, with a title that is as long as most",
                "2026-05-26",
                id=f"2605.{i:05}",
                arxiv=f"2605.{i:05}",
                abstract=abstract,
                tags=(f"Tag {i % 3}", f"Tag {i % 5}x"),
                authors=("Ada Ahlberg", "Bo Berg", "Cy Ceder", "Di Dahl", "Ed Ek"),
                organization="Maps & Sons",
                upvotes=1000 - i,
            )
            for i in range(count)
        )
    )


def test_the_mail_of_a_day_is_the_same_whatever_was_made_before_it() -> None:
    both = ("2026-05-26", "2026-05-27")
    made = catalogue(paper("Second", both[0]), paper("Of both", *both), paper("Alone", both[1]))
    pages = list(mail_pages.plan(made, mail_settings()))
    orders = [pages, pages[::-1], *([page] for page in pages)]
    texts = [dict(rendered(order, site(made, mail_settings(), pages))) for order in orders]
    assert all(text == texts[0][path] for each in texts for path, text in each.items())


def rendered(pages: list[Page], whole: Site) -> Iterator[tuple[str, bytes]]:
    for page in pages:
        yield page.path, RENDERERS[page.renderer](page, whole)


def text_of(html: str) -> str:
    return " ".join(lxml_html.fromstring(html).text_content().split())


def titles_of(html: str) -> list[str]:
    return [found.text_content() for found in lxml_html.fromstring(html.encode()).iter("h3")]


@pytest.mark.parametrize(
    ("service", "added"), [({}, []), (BUTTONDOWN, ["buttondown.json"]), (LISTMONK, ["listmonk.json"])]
)
def test_every_edition_has_the_forms_that_somebody_takes(service: dict[str, str], added: list[str]) -> None:
    assert set(mails(DAY, mail_settings(service))) == {
        f"{day}/{name}"
        for day in ("2026-05-26", "2026-05-27")
        for name in ("mail.html", "mail.txt", "mail.eml", *added)
    }


@pytest.mark.parametrize(("newsletter", "count"), [({}, 7), ({"mail_days": 1}, 1), ({"mail_days": 0}, 10)])
def test_only_the_newest_editions_have_mails(newsletter: dict[str, int], count: int) -> None:
    made = catalogue(*(paper(f"Paper {number}", f"2026-05-{number + 10}") for number in range(10)))
    keys = sorted({page.data.edition.key for page in mail_pages.plan(made, mail_settings(newsletter))})
    assert keys == [f"2026-05-{number + 10}" for number in range(10 - count, 10)]


def test_the_note_comes_first_then_counts_papers_and_links() -> None:
    html = mails(DAY)["2026-05-26/mail.html"].decode()
    text = text_of(html)
    for told in (
        "Tuesday, 26 May 2026 · 3 papers · Read in the browser",
        "Begin with the maps and x²",
        "Ada Ahlberg, Bo Berg, Cy Ceder and 2 others · Maps & Sons · 12 upvotes · 1 comment",
        "4 authors · 3 upvotes",
        "Agents & Tools",
    ):
        assert told in text
    assert text.index("Begin with") < text.rindex("Reading O(n²) maps") < text.rindex("Second")
    links = links_of(html)
    assert {
        f"{BASE_URL}/about.html",
        f"{BASE_URL}/days/2026-05-26.html",
        f"{BASE_URL}/tags/agents-tools.html",
        f"{BASE_URL}/organizations/maps-sons.html",
        "https://arxiv.org/pdf/2605.00001",
        "https://code.example.com/maps?a=1&b=2",
        PLACEHOLDER,
    } <= set(links)
    assert all(link.startswith("https://") for link in links)


def test_page_feed_and_mail_tell_the_same_papers_in_the_same_order() -> None:
    settings = mail_settings()
    made = many(20)
    pages = list(day_pages.plan(made, settings))
    whole = site(made, settings, pages)
    digest = str(digest_writer(whole).day(made.days[0]))
    page = lxml_html.fromstring(render_page(pages[0], whole))
    on_page = [str(heading.text_content()).strip() for heading in page.xpath("//article//h3")]
    forms = mails(made, settings)
    html = forms["2026-05-26/mail.html"].decode()
    assert titles_of(html) == titles_of(digest) == on_page
    text = forms["2026-05-26/mail.txt"].decode()
    assert [line for line in text.split("\n") if line.startswith("Paper ")] == [
        " ".join(title.split()) for title in titles_of(html)
    ]
    beginning = "Ein schöner Satz, der <nie> & nimmer endet. " * 4
    assert all(beginning in shown for shown in (text_of(digest), text_of(html), " ".join(text.split())))


def test_the_text_carries_every_link_of_the_html() -> None:
    forms = mails(DAY)
    for day in ("2026-05-26", "2026-05-27"):
        text = forms[f"{day}/mail.txt"].decode()
        links = links_of(forms[f"{day}/mail.html"].decode())
        assert [link for link in links if link not in text] == []


def test_a_title_of_which_nothing_shows_is_named_untitled_also_where_titles_are_listed() -> None:
    made = catalogue(paper("Maps", "2026-05-26", upvotes=3), paper(r"$\quad$", "2026-05-26", upvotes=1))
    settings = mail_settings(editions={"daily": EditionSettings(every="daily", abstracts=1)})
    text = mails(made, settings)["2026-05-26/mail.txt"].decode()
    assert "BY TITLE\n\nUntitled\nhttps://" in text


NOTE = """Two steps:

3. read the maps, which is a line so long that it goes on in the next one of the text
4. draw
    - rivers

```
for map in maps:

    draw(map)
```

> Said once.
>
> Said twice.

| River | km |
|---|---|
| Rhine | 1,230 |
"""
NOTE_AS_TEXT = """Two steps:

3. read the maps, which is a line so long that it goes on in the next
   one of the text
4. draw
   - rivers

for map in maps:

    draw(map)

> Said once.
>
> Said twice.

River | km
Rhine | 1,230
"""


def test_the_text_of_a_note_keeps_its_lists_quotes_tables_and_code() -> None:
    made = catalogue(paper("Maps", "2026-05-26"), notes={"2026-05-26": NOTE})
    assert NOTE_AS_TEXT in mails(made)["2026-05-26/mail.txt"].decode()


def test_the_text_of_a_note_keeps_the_blocks_of_its_html_apart() -> None:
    note = "<details><summary>More</summary>maps</details>\n\n<figure>A map<figcaption>of rivers</figcaption></figure>"
    made = catalogue(paper("Maps", "2026-05-26"), notes={"2026-05-26": note})
    text = mails(made, mail_settings(raw_html=["notes/*"]))["2026-05-26/mail.txt"].decode()
    assert "\n\nMore\n\nmaps\n\nA map\n\nof rivers\n\n" in text


@pytest.mark.parametrize("day", ["2026-05-26", "2026-05-27"])
def test_no_level_of_headings_is_left_out(day: str) -> None:
    html = lxml_html.fromstring(mails(DAY)[f"{day}/mail.html"])
    levels = [int(str(heading.tag)[1]) for heading in html.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))


def test_a_note_runs_in_its_own_direction_whatever_the_language_of_its_heading() -> None:
    made = catalogue(paper("Maps", "2026-05-26"), notes={"2026-05-26": "Begin with maps."})
    whole = site(made, mail_settings(), [])
    for html in (mails(made)["2026-05-26/mail.html"].decode(), str(digest_writer(whole).day(made.days[0]))):
        (words,) = lxml_html.fromstring(html).xpath("//p[.='Begin with maps.']/ancestor::*[@dir][1]")
        assert (words.get("dir"), words.text_content().strip()) == ("auto", "Begin with maps.")


def test_styles_are_inlined_and_nothing_is_loaded() -> None:
    html = mails(DAY)["2026-05-26/mail.html"].decode()
    root = lxml_html.fromstring(html.encode())
    assert len(root.findall(".//table")) == 1
    assert root.find(".//table").get("role") == "presentation"
    assert all("color:" in (link.get("style") or "") for link in root.iter("a"))
    assert html.count("<style>") == 1
    style = root.findtext(".//style")
    assert "prefers-color-scheme: dark" in style
    assert not re.search(r"<(script|form|svg|link|math|iframe|img)\b|@import|url\(|data:", html)
    metas = {meta.get("name"): meta.get("content") for meta in root.iter("meta")}
    assert metas["color-scheme"] == metas["supported-color-schemes"] == "light dark"
    assert html.index("charset") < 200


@pytest.mark.parametrize("count", [1, 2, 3, 30])
def test_the_preheader_is_neither_short_nor_long(count: int) -> None:
    for made in (many(count), catalogue(*(paper(f"T{i}", "2026-05-26") for i in range(count)))):
        html = mails(made)["2026-05-26/mail.html"].decode()
        found = lxml_html.fromstring(html.encode()).find_class("preheader")
        assert 40 <= len(found[0].text_content()) <= 130


@pytest.mark.parametrize("count", [20, 45, 60, 100, 300, 900])
def test_a_long_day_is_shortened_and_nothing_is_cut_silently(count: int) -> None:
    forms = mails(many(count))
    content = forms["2026-05-26/mail.html"]
    assert len(content) <= MAX_BYTES
    html = content.decode()
    titles = titles_of(html)
    listed = lxml_html.fromstring(content).xpath("//ul[@class='titles']/li")
    more = re.search(r"([\d,]+) more papers?, by title", text_of(html))
    left = re.search(r"([\d,]+) more papers? on the site", text_of(html))
    assert (int(more[1]) if more else 0) == len(listed)
    assert len(titles) + len(listed) + (int(left[1].replace(",", "")) if left else 0) == count
    assert bool(left) == (count == 900)
    assert len(titles) >= 10
    assert len(content) > 0.9 * MAX_BYTES or not (listed or left)
    text = forms["2026-05-26/mail.txt"].decode()
    assert [link for link in links_of(html) if link not in text] == []


def test_abstracts_are_shortened_before_papers_are_only_listed() -> None:
    html = mails(many(50))["2026-05-26/mail.html"].decode()
    assert len(titles_of(html)) == 50
    assert "by title" not in html
    assert "Ein schöner Satz, der &lt;nie&gt; &amp; nimmer endet. Ein" in html


def test_a_note_too_long_for_a_mail_is_begun_and_linked_to() -> None:
    made = catalogue(paper("One", "2026-05-26"), notes={"2026-05-26": "A sentence of the note. " * 4000})
    content = mails(made)["2026-05-26/mail.html"]
    assert len(content) <= MAX_BYTES
    assert "The whole note is on the site" in content.decode()
    assert titles_of(content.decode()) == ["One"]


def test_a_day_without_papers_is_a_mail_with_its_note() -> None:
    made = catalogue(paper("One", "2026-05-26"), notes={"2026-05-26": "Nothing today."})
    empty = made.days[0].__class__(made.days[0].date, (), (), made.days[0].note)
    forms = mails(catalogue(days=(empty,)))
    html = forms["2026-05-26/mail.html"].decode()
    assert "No papers" in html
    assert "Nothing today." in html
    assert read_by_stdlib(forms["2026-05-26/mail.eml"]).text == forms["2026-05-26/mail.txt"].decode()


@pytest.mark.parametrize("read", [read_by_stdlib, read_by_rust])
def test_the_message_comes_back_as_it_was_written(read: Any) -> None:
    newsletter = {"unsubscribe_mail": "leave@example.org", "reply_to": "answers@example.org"}
    forms = mails(DAY, mail_settings(newsletter, feeds={"hour": "06:30", "zone": "Europe/Berlin"}))
    message = read(forms["2026-05-26/mail.eml"])
    assert message.text == forms["2026-05-26/mail.txt"].decode()
    assert message.html == forms["2026-05-26/mail.html"].decode()
    assert {name: values[0] for name, values in message.headers.items() if name != "content-type"} == {
        "from": "Morning papers <ed@example.org>",
        "to": "undisclosed-recipients:;",
        "subject": "Papers of 26 May 2026",
        "date": "Tue, 26 May 2026 06:30:00 +0200",
        "message-id": "<day-2026-05-26@digest.example.org>",
        "reply-to": "answers@example.org",
        "list-id": "Morning papers <digest.digest.example.org>",
        "list-unsubscribe": f"<{PLACEHOLDER}>, <mailto:leave@example.org?subject=unsubscribe>",
        "list-unsubscribe-post": "List-Unsubscribe=One-Click",
        "archived-at": f"<{BASE_URL}/days/2026-05-26.html>",
        "auto-submitted": "auto-generated",
        "precedence": "list",
        "content-language": "en",
        "mime-version": "1.0",
    }


def test_the_message_keeps_to_the_lines_of_mail() -> None:
    content = mails(many(30))["2026-05-26/mail.eml"]
    assert content.isascii()
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", content)
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert mails(many(30))["2026-05-26/mail.eml"] == content


def test_a_postal_address_and_one_list_where_the_settings_say_so() -> None:
    settings = mail_settings({"postal_address": "The Reading Room, 1 Example Street"}, day_layout="list")
    forms = mails(DAY, settings)
    assert "The Reading Room, 1 Example Street" in forms["2026-05-26/mail.txt"].decode()
    html = forms["2026-05-26/mail.html"].decode()
    assert "The Reading Room, 1 Example Street" in html


def test_services_get_their_own_link_to_unsubscribe() -> None:
    forms = mails(DAY, mail_settings(BUTTONDOWN)) | mails(DAY, mail_settings(LISTMONK | {"campaign_lists": [3, 4]}))
    buttondown = orjson.loads(forms["2026-05-26/buttondown.json"])
    assert buttondown["status"] == "draft"
    assert buttondown["body"].startswith("<!-- buttondown-editor-mode: fancy --><style>")
    assert '<a href="{{ unsubscribe_url }}"' in buttondown["body"]
    assert "<html" not in buttondown["body"]
    assert buttondown["canonical_url"] == f"{BASE_URL}/days/2026-05-26.html"
    listmonk = orjson.loads(forms["2026-05-26/listmonk.json"])
    assert listmonk["lists"] == [3, 4]
    assert '<a href="{{ UnsubscribeURL }}"' in listmonk["body"]
    assert "Unsubscribe: {{ UnsubscribeURL }}" in listmonk["altbody"]
    assert listmonk["subject"] == buttondown["subject"] == "Papers of 26 May 2026"


def test_the_preheader_is_hidden_by_nothing_that_filters_of_unwanted_mail_count() -> None:
    html = mails(DAY)["2026-05-26/mail.html"].decode()
    (preheader,) = lxml_html.fromstring(html.encode()).find_class("preheader")
    assert "".join(preheader.get("style").split()) in ("display:none", "display:none;")


def test_outlook_gets_a_table_of_600_pixels_around_the_sheet() -> None:
    html = mails(DAY)["2026-05-26/mail.html"].decode()
    begin, end = html.index('<!--[if mso]><table role="presentation" width="600"'), html.index("<!--[if mso]></td>")
    assert begin < html.index('class="sheet"') < html.rindex("Unsubscribe") < end


def test_no_line_of_a_mail_is_longer_than_mail_can_carry() -> None:
    long = catalogue(paper("Long " * 40, "2026-05-26", abstract="wörter " * 400, authors=("字" * 400,)))
    for path, content in mails(long).items():
        body = orjson.loads(content)["body"].encode() if path.endswith(".json") else content
        assert max(map(len, body.split(b"\n"))) <= 998, path


def test_the_leads_of_a_long_day_keep_their_abstracts_whole() -> None:
    html = mails(many(100))["2026-05-26/mail.html"].decode()
    cards = [found.getparent().text_content() for found in lxml_html.fromstring(html.encode()).iter("h3")]
    words = [card.count("schöner") for card in cards]
    assert words[:3] == [4, 4, 4]
    assert max(words[3:]) < 4
