"""SpamAssassin, with the rules that come with it and no question to the network, finds nothing in our mails."""

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Day
from site_builder.model.note import Note
from site_builder.render.mail.letter import Letter, corrected, letter_bytes, read_letter
from tests.factories import catalogue, paper
from tests.mail.mailed import mail_settings, mails

DAY = "2026-05-26"
READER = "reader@example.org"
NOW = datetime(2026, 5, 26, 8, tzinfo=UTC)
SCRIPTS = (
    "ورقة عن الغيوم",
    "云的论文研究与方法",
    "Облака и дождь",
    "구름에 관한 논문",
    "Κατανομή νεφών",
    "बादलों के बारे में",
)
POINTS = re.compile(r"^ *(-?\d+\.\d) ([A-Z][A-Z0-9_]+) ", re.MULTILINE)


def a_day(count: int) -> Catalogue:
    abstract = "We measure how clouds grow over warm water, and show that $O(n^2)$ steps are enough for n of them. " * 8
    return catalogue(
        *(
            paper(
                f"How Clouds Grow over Warm Water, Part {number}",
                DAY,
                arxiv=f"2605.{number:05}",
                abstract=abstract,
                authors=("Ada Ahlberg", "Bo Berg", "Cy Ceder", "Di Dahl"),
                tags=(f"Rain {number % 4}",),
                organization="Maps & Sons",
                upvotes=count - number,
                links={"code": "https://code.example.com/maps?a=1&b=2"},
            )
            for number in range(count)
        ),
        notes={DAY: "Good morning. Begin with [the clouds](about.html).\n\n- one\n- two"},
    )


IN_SCRIPTS = catalogue(
    *(paper(text, DAY, abstract=f"{text}. " * 40, authors=(text,), tags=(text,)) for text in SCRIPTS)
)
UNSUBSCRIBE = "https://example.org/leave?r=reader%40example.org&k=1"
CASES: Mapping[str, tuple[Catalogue, Settings]] = {
    "one paper": (catalogue(paper("BERT", DAY)), mail_settings()),
    "a day": (a_day(8), mail_settings(tagline="What is new on clouds")),
    "a long day": (a_day(120), mail_settings()),
    "a note alone": (
        catalogue(days=(Day(date(2026, 5, 26), (), (), Note(date(2026, 5, 26), "", "None today.", "n.md")),)),
        mail_settings(),
    ),
    "many scripts": (IN_SCRIPTS, mail_settings(title="雲の朝刊")),
    "right to left": (IN_SCRIPTS, mail_settings(title="صباح", language="ar")),
    "in a club": (a_day(3), mail_settings({"postal_address": "Cloud Club, 1 Rain Road, Foggy Bottom"})),
}


def letters() -> Iterator[tuple[str, Letter, str]]:
    for name, (made, settings) in CASES.items():
        letter = read_letter(mails(made, settings)[f"{DAY}/mail.eml"])
        yield name, letter, UNSUBSCRIBE
    yield "a small list", letter, "mailto:leave@example.org?subject=unsubscribe"
    yield "a correction", corrected(letter, settings.words), UNSUBSCRIBE


def test_no_rule_of_spamassassin_finds_anything_against_a_mail(
    program: Callable[[str, str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    command = [program("spamassassin", "spamassassin"), "--local", "--test-mode", "--mbox"]
    found = list(letters())
    mailbox = b"".join(
        b"From digest@example.org Tue May 26 08:00:00 2026\n" + letter_bytes(letter, READER, url, NOW) + b"\n"
        for _, letter, url in found
    )
    done = subprocess.run(command, input=mailbox, capture_output=True, check=True, timeout=300)
    _, *reports = re.split(r"(?m)^Content analysis details:", done.stdout.decode("utf-8", "replace"))
    against = {
        name: [rule for points, rule in POINTS.findall(report) if float(points) > 0]
        for (name, *_), report in zip(found, reports, strict=True)
    }
    assert all("HTML_MESSAGE" in report for report in reports)
    assert {name: rules for name, rules in against.items() if rules} == {}
