"""Mails that came back: who cannot be reached for good is left out until the list changes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from pathlib import Path

from site_builder.outside.ledger import open_ledger
from site_builder.outside.readers import checked_address
from site_builder.outside.send import LEDGER
from site_builder.problems import BuildError, Problem

MOST = 64 * 1024 * 1024  # bytes of a file
MOST_PARTS = 1_000  # of a message
_BETWEEN = re.compile(rb"(?m)^From [^\n]{1,200}\n")  # before each message of an mbox file


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail server reports of one reader (RFC 3464). is_permanent: whether it is for good."""

    address: str
    answer: str
    is_permanent: bool


def keep_bounces(
    content: Path, files: Iterable[Path], environment: Mapping[str, str]
) -> tuple[list[Bounce], list[Problem]]:
    """Leave out those who bounced for good; return all bounces, and the messages that are none.

    files: messages (.eml) and mailboxes (mbox). Raises BuildError when a file cannot be read or the ledger kept.
    """
    bounces: list[Bounce] = []
    problems: list[Problem] = []
    for file in files:
        for number, message in enumerate(_messages(file), start=1):
            found = list(_bounces_of(message_from_bytes(message, policy=compat32)))
            bounces += found
            if not found:
                what = f"message {number} is no report of a mail server about a mail that came back"
                problems.append(Problem(file.name, None, what, "nothing is kept of it", records=1))
    with open_ledger(content.resolve().parent / LEDGER, "bounces", environment) as ledger:
        for bounce in bounces:
            if bounce.is_permanent:
                ledger.refuse(bounce.address.casefold(), bounce.answer, "")
    return bounces, problems


def _messages(file: Path) -> list[bytes]:
    try:
        with file.open("rb") as stream:
            content = stream.read(MOST + 1)
    except OSError as error:
        raise BuildError(f"{file} cannot be read: {error.strerror}; nothing was kept") from None
    if len(content) > MOST:
        raise BuildError(f"{file} has more than {MOST // 1024**2} MiB; give it in parts; nothing was kept")
    return [each for each in _BETWEEN.split(content) if each.strip()] if _BETWEEN.match(content) else [content]


def _bounces_of(message: Message) -> Iterator[Bounce]:
    """Yield what the delivery reports in a message say of each reader."""
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            return
        groups = part.get_payload()
        if part.get_content_type() != "message/delivery-status" or not isinstance(groups, list):
            continue
        for group in groups:
            if isinstance(group, Message) and (bounce := _bounce(group)):
                yield bounce


def _bounce(group: Message) -> Bounce | None:
    recipient = str(group.get("Original-Recipient") or group.get("Final-Recipient") or "")
    address = checked_address(recipient.partition(";")[2] or recipient)
    if not address:
        return None
    status, action = (" ".join(str(group.get(name, "")).split()).lower() for name in ("Status", "Action"))
    answer = " ".join(str(group.get("Diagnostic-Code", "")).split())[:200]
    return Bounce(address, f"{status} {answer}".strip(), action == "failed" and not status.startswith("4"))


def bounce_lines(bounces: Iterable[Bounce], problems: Iterable[Problem]) -> Iterator[str]:
    """Yield a line for each bounce and each message that is none."""
    yield from map(str, problems)
    for bounce in bounces:
        then = (
            "left out until the list changes" if bounce.is_permanent else "for the moment only; nothing is kept of it"
        )
        yield f"{bounce.address}: came back ({bounce.answer}); {then}"
