"""Mails stay whole, and give nothing away, whatever strangers write."""

import json
import re
from collections.abc import Mapping
from email.errors import MultipartInvariantViolationDefect
from email.parser import BytesHeaderParser
from pathlib import Path

import orjson
import pytest
from lxml import html as lxml_html

from site_builder.problems import BuildError
from site_builder.render.mail.compose import MAX_BYTES, PLACEHOLDER
from site_builder.render.mail.headers import header_block, header_text, name_and, text_header
from site_builder.render.mail.letter import read_letter
from tests.factories import catalogue, paper
from tests.mail.mailed import BUTTONDOWN, LISTMONK, mail_settings, mails, read_by_rust, read_by_stdlib
from tests.render.test_feeds_hostile import SURROGATES, TEXTS

HOSTILE_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile"
TRICKS = {
    "encoded line break": "=?utf-8?q?=0d=0aBcc:_x=40y.example?=",
    "line break": "One\r\nBcc: x@y.example",
    "bare line feed": "One\nBcc: x@y.example\n\nbody",
    "separators": "One\u2028Bcc: x@y.example\x0bTwo\x85Three",
    "long encoded": "é" * 70 + "=?utf-8?b?DQpCY2M6IHhAeS5leGFtcGxl?=" + "é" * 70,
    "quotes": '"Ed" <x@y.example>, \\" (comment)',
    "boundary": "--=_broadsheet_=--",
}
HEADERS = {
    "from", "to", "subject", "date", "message-id", "list-id", "list-unsubscribe", "list-unsubscribe-post",
    "archived-at", "content-language", "mime-version", "content-type", "auto-submitted", "precedence",
}  # fmt: skip
ELEMENTS = set("html head meta title style body div table tbody tr td h1 h2 h3 p a span ul li br".split())


NO_SERVICE: Mapping[str, str] = {}


def day_of(text: str, service: Mapping[str, str] = NO_SERVICE) -> dict[str, bytes]:
    made = catalogue(
        paper(
            text,
            "2026-05-26",
            id="2605.00001",
            abstract=text,
            authors=(text, "Ada"),
            tags=(text or "tag",),
            organization=text or None,
            links={"code": "https://example.org/" + text},
        ),
        notes={"2026-05-26": text},
    )
    made.days[0].note and object.__setattr__(made.days[0].note, "title", text)
    title = text[:200].translate(SURROGATES) or "T"
    return mails(made, mail_settings({"postal_address": title, **service}, title=title, tagline=title))


@pytest.mark.parametrize("text", [*TEXTS.values(), *TRICKS.values()], ids=[*TEXTS, *TRICKS])
def test_every_field_may_hold_any_text(text: str) -> None:
    forms = day_of(text)
    content = forms["2026-05-26/mail.eml"]
    for read in (read_by_stdlib, read_by_rust):
        message = read(content)
        assert set(message.headers) == HEADERS
        assert all(len(values) == 1 for values in message.headers.values())
        assert "ed@example.org" in message.headers["from"][0]
        assert message.text == forms["2026-05-26/mail.txt"].decode()
    assert len(forms["2026-05-26/mail.html"]) <= MAX_BYTES
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", content)


def test_no_element_or_instruction_of_a_stranger_comes_alive() -> None:
    texts = [
        json.loads(line)["text"]
        for file in sorted(HOSTILE_DATA.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    if not texts:
        pytest.skip("the hostile texts are not on this machine")
    chosen = texts[::9]
    papers = [
        paper(
            text,
            f"2026-{1 + i // 560:02}-{1 + i // 20 % 28:02}",
            id=f"x{i}",
            abstract=text,
            authors=(text,),
            tags=("T",),
        )
        for i, text in enumerate(chosen)
    ]
    for path, content in mails(catalogue(*papers)).items():
        if path.endswith("mail.html"):
            root = lxml_html.fromstring(content)
            assert {element.tag for element in root.iter() if isinstance(element.tag, str)} <= ELEMENTS
            names = {name for element in root.iter() for name in element.attrib}
            assert not [name for name in names if name.startswith("on")]
            assert all(link.startswith("https://") for link in root.xpath("//@href"))
        elif path.endswith(".eml"):
            assert set(read_by_stdlib(content).headers) == HEADERS
        elif path.endswith(".json"):
            body = orjson.loads(content)
            told = json.dumps([body.get("body"), body.get("altbody"), body["subject"]])
            assert set(re.findall(r"\{\{.*?\}\}|\{[%#].*?[%#]\}", told)) <= {
                "{{ unsubscribe_url }}",
                "{{ UnsubscribeURL }}",
            }


@pytest.mark.parametrize(
    "text", ["{{ 7 * 7 }}", "{{{ x }}}", "{% include 'x' %}", "{# x #}", "https://a.example@TrackLink"]
)
def test_services_find_no_instruction_in_a_title(text: str) -> None:
    forms = day_of(text, BUTTONDOWN) | day_of(text, LISTMONK)
    for name in ("buttondown.json", "listmonk.json"):
        body = orjson.loads(forms[f"2026-05-26/{name}"])
        for told in (body["subject"], body["body"], body.get("altbody", ""), body.get("description", "")):
            left = re.sub(r"\{\{ (unsubscribe_url|UnsubscribeURL) \}\}", "", told)
            assert not re.search(r"\{[{%#]|@TrackLink", left)


def test_the_link_to_unsubscribe_cannot_be_lured_elsewhere() -> None:
    forms = day_of(f"https://thief.example/?{PLACEHOLDER} \ufdd0unsubscribe\ufdd1")
    for name in ("mail.html", "mail.txt"):
        content = forms[f"2026-05-26/{name}"].decode()
        assert content.count(PLACEHOLDER) == 1
        assert f"?{PLACEHOLDER}" not in content


@pytest.mark.parametrize("text", TRICKS.values(), ids=TRICKS)
def test_a_header_stays_one_header(text: str) -> None:
    block = header_block([text_header("Subject", text), f"From: {name_and('a@b.example', text)}\r\n"])
    read = read_by_stdlib_headers(block)
    assert [name for name, _ in read] == ["Subject", "From"]
    assert "\n" not in header_text(text)


@pytest.mark.parametrize(
    "title", ["Été, hiver", 'Café "x" <y>', "Matin : prépublications", "A, B", 'Say "hi" <a@b>', "Plain", "\\", "é@x;"]
)
def test_a_letter_that_is_read_keeps_the_name_and_the_id_of_its_list(title: str) -> None:
    settings = mail_settings({"list_id": "digest.example.org"}, title=title)
    letter = read_letter(mails(catalogue(paper("One", "2026-05-26")), settings)["2026-05-26/mail.eml"])
    assert (letter.list_name, letter.list_id) == (title, "digest.example.org")


def test_a_header_that_is_not_read_back_as_one_stops_everything() -> None:
    with pytest.raises(BuildError, match="header cannot hold 'ü'"):
        header_block(["From: post@zeitung-münchen.example\r\n"])
    with pytest.raises(BuildError, match="header would be broken"):
        header_block(["Subject: One\r\nBcc: x@y.example\r\n"])
    with pytest.raises(BuildError, match="header would be broken"):
        header_block(["List-Unsubscribe: <https://a.example/" + "a" * 1000 + ">\r\n"])


def test_a_long_name_in_any_script_is_folded_as_mail_asks() -> None:
    for text in ("Ünïcödé " * 30, "naïve", "纸" * 200, "plain " * 40):
        line = text_header("Subject", text)
        assert max(map(len, line.split("\r\n"))) <= 78
        assert read_by_stdlib_headers(line.encode())[0][1] == header_text(text)


def read_by_stdlib_headers(block: bytes) -> list[tuple[str, str]]:
    import email
    from email import policy

    message = email.message_from_bytes(block + b"\r\n", policy=policy.default)
    assert not message.defects
    return [(name, str(value)) for name, value in message.items()]


def test_a_python_that_misses_the_parts_of_a_mail_when_it_reads_headers_stops_no_build(monkeypatch):
    parse = BytesHeaderParser.parsebytes

    def missing_parts(parser, text):
        read = parse(parser, text)
        read.defects.append(MultipartInvariantViolationDefect())
        return read

    monkeypatch.setattr(BytesHeaderParser, "parsebytes", missing_parts)
    assert header_block(["Subject: One\r\n"]) == b"Subject: One\r\n"
