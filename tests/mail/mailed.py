"""The mails of a catalogue as a build would make them, read back by two parsers."""

import email
from collections.abc import Mapping
from dataclasses import dataclass
from email import policy
from typing import Any

import fast_mail_parser
from lxml import html as lxml_html

from site_builder.config.newsletter import Newsletter
from site_builder.config.settings import Author, Settings
from site_builder.model.catalogue import Catalogue
from site_builder.pages import mail
from site_builder.render import RENDERERS
from tests.factories import site

BASE_URL = "https://digest.example.org/papers"


BUTTONDOWN = {"service": "buttondown", "form": "digest"}
LISTMONK = {"service": "listmonk", "form": "https://lists.example", "subscribe_list": "0f"}


def mail_settings(newsletter: Mapping[str, Any] | None = None, **chosen: Any) -> Settings:
    defaults: dict[str, Any] = {
        "title": "Morning papers",
        "base_url": BASE_URL,
        "author": Author(email="ed@example.org"),
    }
    return Settings(**(defaults | chosen), newsletter=Newsletter(**(newsletter or {})))


def mails(made: Catalogue, settings: Settings | None = None) -> dict[str, bytes]:
    """Return every form of every mail by its path below `mail/`."""
    settings = settings or mail_settings()
    pages = list(mail.plan(made, settings))
    whole = site(made, settings, pages)
    return {page.path.removeprefix("mail/"): RENDERERS[page.renderer](page, whole) for page in pages}


@dataclass(frozen=True)
class ReadMail:
    """A message as a mail program sees it. headers: name in small letters → values in order."""

    headers: dict[str, list[str]]
    text: str
    html: str


def read_by_stdlib(content: bytes) -> ReadMail:
    message = email.message_from_bytes(content, policy=policy.default)
    assert not message.defects
    parts = list(message.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert all(part["Content-Transfer-Encoding"] == "quoted-printable" for part in parts)
    headers: dict[str, list[str]] = {}
    for name, value in message.items():
        headers.setdefault(name.lower(), []).append(str(value))
    text, html = (part.get_content().replace("\r\n", "\n") for part in parts)
    return ReadMail(headers, text, html)


def read_by_rust(content: bytes) -> ReadMail:
    """Read by the mailparse crate, which shares no code with the standard library."""
    message = fast_mail_parser.parse_email(content)
    assert not message.attachments
    headers = {name.lower(): list(values) for name, values in message.headers.items()}
    text, html = (body[0].replace("\r\n", "\n") for body in (message.text_plain, message.text_html))
    return ReadMail(headers, text, html)


def links_of(html: str) -> list[str]:
    return [str(link) for link in lxml_html.fromstring(html.encode()).xpath("//a/@href")]
