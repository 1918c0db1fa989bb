"""The mail of an edition as a complete message, without a recipient or for one reader."""

from binascii import b2a_qp
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from urllib.parse import urlsplit

from markupsafe import escape

from site_builder.config.settings import Settings
from site_builder.fingerprint import fingerprint
from site_builder.languages import Words
from site_builder.model.editions import DAILY
from site_builder.render.mail.compose import PLACEHOLDER, Mail
from site_builder.render.mail.headers import CRLF, header_block, name_and, text_header
from site_builder.urls import authority_of, slugify

# Cannot occur in quoted-printable text, where two hexadecimal digits always follow "=" (RFC 2045 §6.7).
BOUNDARY = "=_broadsheet_="


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is addressed.

    sender, reply_to: bare addresses. message_id: without angle brackets. unsubscribe_mail: "" for none.
    html, text: with PLACEHOLDER at the place of the reader's unsubscribe link. version: a hash of the content, which
    distinguishes a corrected edition from the one sent before; only set by `read_letter`.
    """

    sender_name: str
    sender: str
    reply_to: str
    subject: str
    time: datetime
    message_id: str
    list_name: str
    list_id: str
    language: str
    browser_url: str
    unsubscribe_mail: str
    html: str
    text: str
    version: str = ""


def make_letter(mail: Mail, settings: Settings) -> Letter:
    """Return the letter of a mail; values missing in the settings are derived from the site's address."""
    newsletter = settings.newsletter
    host = slugify(urlsplit(settings.base_url).hostname or "localhost")
    authority = settings.feeds.authority or authority_of(settings.base_url)
    return Letter(
        sender_name=settings.publisher,
        sender=newsletter.sender or settings.author.email or f"digest@{host}",
        reply_to=newsletter.reply_to,
        subject=mail.subject,
        time=mail.time,
        message_id=f"{edition_id(mail)}@{authority.partition(',')[0].rpartition('@')[2]}",
        list_name=settings.title,
        list_id=newsletter.list_id or f"digest.{host}",
        language=settings.words.language,
        browser_url=mail.browser_url,
        unsubscribe_mail=newsletter.unsubscribe_mail,
        html=mail.filled_html(),
        text=mail.filled_text(),
    )


def edition_id(mail: Mail) -> str:
    """Return the permanent name of an edition: `day-2026-05-27`, `weekly-2026-W22`."""
    name = "day" if mail.edition.name == DAILY else mail.edition.name
    return f"{name}-{mail.edition.key}"


def letter_bytes(letter: Letter, to: str = "", unsubscribe_url: str = "", time: datetime | None = None) -> bytes:
    """Return the message as it is sent; the same letter gives the same bytes.

    to: the reader's address, "" for no recipient. unsubscribe_url: replaces PLACEHOLDER. time: for the Date header.
    Raises BuildError if a header would not parse as intended.
    """
    own_link = unsubscribe_url or PLACEHOLDER
    name, _, host = letter.message_id.partition("@")
    message_id = f"{name}.{sha256(to.casefold().encode()).hexdigest()[:16]}@{host}" if to else letter.message_id
    lines = [
        f"From: {name_and(letter.sender, letter.sender_name)}{CRLF}",
        f"To: {to or 'undisclosed-recipients:;'}{CRLF}",
        text_header("Subject", letter.subject),
        f"Date: {format_datetime(time or letter.time)}{CRLF}",
        f"Message-ID: <{message_id}>{CRLF}",
        *([f"Reply-To: {letter.reply_to}{CRLF}"] if letter.reply_to else []),
        f"List-Id: {name_and(letter.list_id, letter.list_name)}{CRLF}",
        *_unsubscribe(own_link, letter.unsubscribe_mail),
        f"Auto-Submitted: auto-generated{CRLF}",
        f"Precedence: list{CRLF}",
        f"Archived-At: <{letter.browser_url}>{CRLF}",
        f"Content-Language: {letter.language}{CRLF}",
        f"MIME-Version: 1.0{CRLF}",
        f'Content-Type: multipart/alternative; boundary="{BOUNDARY}"{CRLF}',
    ]
    text, html = letter.text, letter.html
    if own_link != PLACEHOLDER:
        text, html = text.replace(PLACEHOLDER, own_link), html.replace(PLACEHOLDER, own_link.replace("&", "&amp;"))
    return b"".join(
        [header_block(lines), _part("plain", text), _part("html", html), f"{CRLF}--{BOUNDARY}--{CRLF}".encode()]
    )


def corrected(letter: Letter, words: Words) -> Letter:
    """Return a letter that replaces one already sent, marked as a correction."""
    name, _, host = letter.message_id.partition("@")
    notice = words.gettext("This is a corrected edition; it takes the place of the one you had.")
    end = letter.html.index(">", letter.html.index("<body")) + 1
    style = "margin:0;padding:12px;text-align:center;font:13px Arial,sans-serif"
    html = f'{letter.html[:end]}<p style="{style}">{escape(notice)}</p>{letter.html[end:]}'
    return replace(
        letter,
        subject=words.gettext("Corrected: %(title)s", title=letter.subject),
        message_id=f"{name}.{letter.version}@{host}",
        html=html,
        text=f"{notice}\n\n{letter.text}",
    )


def read_letter(content: bytes) -> Letter:
    """Parse a message that letter_bytes wrote without a recipient."""
    message = message_from_bytes(content, policy=SMTP)
    sender = message["From"].addresses[0]
    links = [link.strip(" <>") for link in message["List-Unsubscribe"].split(",")]
    list_name, list_id = _name_and_id(str(message["List-Id"]))
    subject = str(message["Subject"])
    bodies = {part.get_content_subtype(): part.get_content().replace(CRLF, "\n") for part in message.iter_parts()}
    return Letter(
        sender_name=sender.display_name,
        sender=sender.addr_spec,
        reply_to=message["Reply-To"] or "",
        subject=subject,
        time=message["Date"].datetime,
        message_id=message["Message-ID"].strip(" <>"),
        list_name=list_name,
        list_id=list_id,
        language=message["Content-Language"],
        browser_url=message["Archived-At"].strip(" <>"),
        unsubscribe_mail=next((_address(link) for link in links if link.startswith("mailto:")), ""),
        html=bodies["html"],
        text=bodies["plain"],
        version=fingerprint(f"{subject}\0{bodies['html']}", 4),
    )


def _name_and_id(header: str) -> tuple[str, str]:
    """Return both parts of a List-Id; an encoded name may contain characters that would end it in an address."""
    name, _, list_id = header.removesuffix(">").rpartition("<")
    name = name.strip()
    return (parseaddr(f"{name} <{list_id}>")[0] if name.isascii() else name), list_id


def _unsubscribe(url: str, mail: str) -> list[str]:
    """Return the headers of RFC 2369 and, for links that unsubscribe with one click, RFC 8058."""
    links = [url, f"mailto:{mail}?subject=unsubscribe"] if mail and not url.startswith("mailto:") else [url]
    header = f"List-Unsubscribe: {f',{CRLF} '.join(f'<{link}>' for link in links)}{CRLF}"
    one_click = f"List-Unsubscribe-Post: List-Unsubscribe=One-Click{CRLF}"
    return [header, one_click] if url.startswith("https://") else [header]


def _address(link: str) -> str:
    return link.removeprefix("mailto:").partition("?")[0]


def _part(subtype: str, content: str) -> bytes:
    head = f'{CRLF}--{BOUNDARY}{CRLF}Content-Type: text/{subtype}; charset="utf-8"{CRLF}'
    encoded = b2a_qp(content.encode(), istext=True).replace(b"\n", b"\r\n")
    return f"{head}Content-Transfer-Encoding: quoted-printable{CRLF}{CRLF}".encode() + encoded
