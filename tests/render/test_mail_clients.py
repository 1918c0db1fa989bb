"""The HTML of mails against what mail programs support (caniemail.com)."""

import os
import shutil
import subprocess
from pathlib import Path

import orjson
import pytest

from tests.mail.mailed import mail_settings, mails
from tests.render.test_mail import DAY, many

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tests" / "mail" / "caniemail.mjs"

# What some programs do not know, and why the mail reads well there all the same.
DISPENSABLE = {
    "@media": "without it the mail stays light and keeps its wide margins",
    "<style> element": "holds nothing but the @media rules",
    "<body> element": "the background is on the table too",
    "lang attribute": "only read aloud",
    "role attribute": "only read aloud",
    "width attribute": "the style says the same",
    "word-break": "a very long word then widens the mail",
    "text-decoration": "titles are then underlined",
    "display:none": "the preheader is then a line of one pixel",
    "height property": "pictures in notes keep their own height",
    "overflow-wrap": "a very long word then widens the mail",
}


@pytest.fixture
def unsupported() -> dict[str, list[str]]:
    """Return feature → programs without it, over a short day with a note and a long one."""
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "caniemail").is_dir():
        message = "caniemail is missing: install Node.js 20 or newer and run npm install"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    settings = mail_settings({"postal_address": "1 Example Street"})
    found: dict[str, list[str]] = {}
    for made in (DAY, many(300)):
        html = mails(made, settings)["2026-05-26/mail.html"]
        output = subprocess.run([node, SCRIPT], input=html, capture_output=True, check=True).stdout
        found |= orjson.loads(output)
    return found


def test_every_program_shows_all_that_matters(unsupported: dict[str, list[str]]) -> None:
    assert {name: programs for name, programs in unsupported.items() if name not in DISPENSABLE} == {}


def test_gmail_outlook_and_apple_mail_lack_hardly_anything(unsupported: dict[str, list[str]]) -> None:
    great = ("gmail.desktop", "gmail.ios", "gmail.android", "outlook.macos", "outlook.ios", "apple-mail", "thunderbird")
    lacking = {name for name, programs in unsupported.items() if any(p.startswith(great) for p in programs)}
    assert lacking <= {"<body> element", "@media"}
