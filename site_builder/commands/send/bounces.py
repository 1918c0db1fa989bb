"""Process bounces: readers who cannot be reached for good are left out until the list changes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from itertools import islice
from pathlib import Path

from site_builder.commands.send import LEDGER
from site_builder.commands.send.ledger import open_ledger
from site_builder.commands.send.readers import checked_address
from site_builder.problems import BuildError, Problem

MAX_BYTES = 64 * 1024 * 1024  # bytes of a file
MAX_PARTS = 1_000  # of a message
MAX_TEXT = 100_000  # characters of text that are searched
# Status codes about the mail or its sender rather than the reader (RFC 3463): a full mailbox, the size and content of
# a mail, and all spam rules.
_NOT_THE_READER = re.compile(r"#?\b5\.(?:2\.[23]|3\.4|6\.\d+|7\.\d+)\b")
_COMPLAINTS = frozenset({"abuse", "fraud", "opt-out", "other"})
_QMAIL = re.compile(r"(?m)^<([^<>\s]{1,300})>:\n((?:.+\n?){1,20})")
_FOR_GOOD = "This is a permanent error"
_BETWEEN = re.compile(rb"(?m)^From [^\n]{1,200}\n")  # separates the messages of an mbox file


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report about one reader. is_permanent: whether the reader cannot be reached or does not want mail."""

    address: str
    answer: str
    is_permanent: bool


def keep_bounces(
    content: Path, files: Iterable[Path], environment: Mapping[str, str]
) -> tuple[list[Bounce], list[Problem]]:
    """Record permanent bounces; return all bounces, and a problem for each message that reports none.

    files: messages (.eml) and mailboxes (mbox). Raises BuildError if a file cannot be read or the ledger not written.
    """
    bounces: list[Bounce] = []
    problems: list[Problem] = []
    for file in files:
        for number, message in enumerate(_messages(file), start=1):
            found = _bounces_in(message)
            bounces += found
            if not found:
                what = f"message {number} is no report about a mail that came back"
                problems.append(Problem(file.name, None, what, "nothing is kept of it", records=1))
    with open_ledger(content.resolve().parent / LEDGER, "bounces", environment) as ledger:
        for bounce in bounces:
            if bounce.is_permanent:
                ledger.refuse(bounce.address.casefold(), bounce.answer, "")
    return bounces, problems


def _messages(file: Path) -> list[bytes]:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise BuildError(f"{file} cannot be read: {error.strerror}; nothing was kept") from None
    if len(content) > MAX_BYTES:
        raise BuildError(f"{file} has more than {MAX_BYTES // 1024**2} MiB; give it in parts; nothing was kept")
    return [message for message in _BETWEEN.split(content) if message.strip()] if _BETWEEN.match(content) else [content]


def _bounces_in(content: bytes) -> list[Bounce]:
    try:
        return list(_bounces_of(message_from_bytes(content, policy=compat32)))
    except RecursionError:  # parts nested a thousand deep, not from a mail server
        return []


def _bounces_of(message: Message) -> Iterator[Bounce]:
    """Yield the bounces that a message reports.

    Known are reports of mail servers (RFC 3464) and complaints (RFC 5965), else the texts of qmail and Exim.
    """
    parts = list(islice(message.walk(), MAX_PARTS))
    reports = [bounce for part in parts for bounce in _of_part(part, message)]
    yield from reports or _of_text(message, parts)


def _of_part(part: Message, message: Message) -> Iterator[Bounce]:
    groups = part.get_payload()
    kind = part.get_content_type()
    if not isinstance(groups, list) or kind not in ("message/delivery-status", "message/feedback-report"):
        return
    for group in groups:
        if isinstance(group, Message):
            bounce = _bounce(group) if kind == "message/delivery-status" else _complaint(group, message)
            yield from filter(None, [bounce])


def _bounce(group: Message) -> Bounce | None:
    names = ("Original-Recipient", "Final-Recipient")
    written = [_field(group, name) for name in names]
    addresses = [
        checked_address((recipient.partition(";")[2] or recipient).strip().strip("<>")) for recipient in written
    ]
    address = next(filter(None, addresses), "")
    if not address:
        return None
    status, action = (_field(group, name).lower() for name in ("Status", "Action"))
    reply = _field(group, "Diagnostic-Code")[:200]
    is_permanent = action == "failed" and not status.startswith("4") and not _NOT_THE_READER.match(status)
    return Bounce(address, f"{status} {reply}".strip(), is_permanent)


def _complaint(report: Message, message: Message) -> Bounce | None:
    """Return the bounce for a spam complaint; services that hide the address leave it in the attached mail."""
    sent_to = [_field(part, "To") for part in message.walk() if part is not message and part["To"]]
    written = [str(recipient) for recipient in report.get_all("Original-Rcpt-To", [])] + sent_to
    address = next(filter(None, (checked_address(recipient.strip().strip("<>")) for recipient in written)), "")
    kind = _field(report, "Feedback-Type").lower()
    return Bounce(address, f"a complaint: {kind}", is_permanent=True) if address and kind in _COMPLAINTS else None


def _of_text(message: Message, parts: Iterable[Message]) -> Iterator[Bounce]:
    """Yield bounces from servers that write text instead of machine-readable reports."""
    bodies = (part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/plain")
    text = next((body.decode("utf-8", "replace") for body in bodies if isinstance(body, bytes)), "")
    text = text[:MAX_TEXT].replace("\r\n", "\n")
    if text.startswith("Hi. This is the"):  # qmail
        for found in _QMAIL.finditer(text.partition("\n---")[0]):
            if address := checked_address(found[1]):
                reply = " ".join(found[2].split())[:200]
                yield Bounce(address, reply, "queue too long" not in reply and not _NOT_THE_READER.search(reply))
    for written in _field(message, "X-Failed-Recipients").split(","):  # Exim
        if address := checked_address(written):
            yield Bounce(address, "a permanent error" if _FOR_GOOD in text else "", _FOR_GOOD in text)


def _field(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def bounce_lines(bounces: Iterable[Bounce], problems: Iterable[Problem]) -> Iterator[str]:
    """Yield a line for each problem and each bounce."""
    yield from map(str, problems)
    for bounce in bounces:
        then = (
            "left out until the list changes"
            if bounce.is_permanent
            else "not for good, or not for the address; nothing is kept"
        )
        yield f"{bounce.address}: came back ({bounce.answer}); {then}"
