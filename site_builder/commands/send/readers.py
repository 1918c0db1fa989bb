"""The readers of a mail, from a file, an environment variable, a command, or an https address."""

import csv
import re
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import idna

from site_builder.config.settings import Settings
from site_builder.problems import BuildError, Problem, first_of
from site_builder.sources.source import DecodeError, Source

TOKEN_VARIABLE = "BROADSHEET_READERS_TOKEN"  # noqa: S105 - the variable's name
MAX_BYTES = 16 * 1024 * 1024  # bytes of a list
TIMEOUT = 60.0  # seconds
MAX_ADDRESS = 254  # characters (RFC 5321 §4.5.3.1)
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
_WEB = ("http:", "https:")
_NAMED = re.compile(r"[^<>]{1,300}<([^<>]{1,300})>")
_UNSUBSCRIBE = re.compile(r"https://[!-;=?-~]{1,900}")  # printable ASCII without < and >


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A reader: the mail address, and the reader's own link to unsubscribe (https or mailto)."""

    address: str
    unsubscribe_url: str

    @property
    def key(self) -> str:
        """Return the address as it is stored: no mail server distinguishes addresses by case."""
        return self.address.casefold()


def read_readers(
    named: str, content: Path, settings: Settings, environment: Mapping[str, str]
) -> tuple[list[Subscriber], list[Problem]]:
    """Return the readers of a list, and problems for lines without a reader.

    named: a path next to the content folder, `env:NAME`, `command:PROGRAM …` or `https://…`.
    environment: has lists, and the token for an address.
    Raises BuildError if the list cannot be read.
    """
    newsletter = settings.newsletter
    unsubscribe = newsletter.unsubscribe_url, newsletter.unsubscribe_mail
    scheme, _, rest = named.partition(":")
    if scheme == "env":
        if rest not in environment:
            raise BuildError(f"there is no environment variable {rest} with a list of readers; nothing was sent")
        return readers_in(environment[rest], named, *unsubscribe)
    if scheme == "command":
        return readers_in(_output_of(rest), "the list", *unsubscribe)
    if scheme in ("https", "http"):
        return readers_in(_fetched(named, environment.get(TOKEN_VARIABLE, "")), "the list", *unsubscribe)
    return read_list(content.resolve().parent / named, *unsubscribe)


def read_list(file: Path, template: str, fallback: str = "") -> tuple[list[Subscriber], list[Problem]]:
    """Return the readers of a file, and problems for lines without a reader.

    Lines are `address[,token or https address]`. A first line without an address is a heading; a repeated address is a
    problem but loses no reader; of several addresses in a line, the first is the reader's. template, fallback:
    `unsubscribe_url` and `unsubscribe_mail` of the settings; one of them is enough. Raises BuildError if the file
    cannot be read.
    """
    try:
        text = Source.from_file(file, file.name).text()
    except DecodeError as error:
        raise BuildError(f"the list {file} {error.what}; {error.remedy}; nothing was sent") from None
    except OSError as error:
        remedy = "name a text file, under `readers` in site.yaml or with --list; nothing was sent"
        raise BuildError(f"the list {file} cannot be read: {error}; {remedy}") from None
    return readers_in(text, file.name, template, fallback)


def readers_in(text: str, name: str, template: str, fallback: str = "") -> tuple[list[Subscriber], list[Problem]]:
    """Return the readers of a list's text, and problems for lines without a reader; name: of the list, for messages."""
    readers: dict[str, Subscriber] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        row = _cells(line)
        if not any(row) or row[0].startswith("#") or (number == 1 and "@" not in line):
            continue
        address = checked_address(row[0])
        if not address:
            problems.append(
                Problem(name, number, f"{row[0][:80]!r} is no mail address", "correct or remove it", records=1)
            )
            continue
        more = [cell for cell in row[1:] if checked_address(cell)]
        if more:
            remedy = "write one reader a line; the mail goes to the first"
            problems.append(Problem(name, number, f"{first_of(more, 3)} follows {address}", remedy, records=1))
        own = row[1] if len(row) > 1 and row[1] not in more else ""
        url = _unsubscribe_url(address, own, template)
        url = url or (mailto(fallback) if fallback and not own.startswith(_WEB) else "")
        reader = Subscriber(address, url)
        if not url:
            remedy = "set newsletter.unsubscribe_url or unsubscribe_mail in site.yaml, or write it after a comma"
            problems.append(Problem(name, number, f"{address} has no address to unsubscribe at", remedy, records=1))
        elif reader.key in readers:
            problems.append(Problem(name, number, f"{address} is there twice", "the mail goes to it once"))
        else:
            readers[reader.key] = reader
    return list(readers.values()), problems


def reader_of(address: str, template: str, fallback: str) -> Subscriber:
    """Return the reader with an address given by hand; fallback: unsubscribe address if there is no template.

    Raises BuildError if the address is invalid.
    """
    checked = checked_address(address)
    if not checked:
        raise BuildError(f"{address!r} is no mail address; write it as name@example.org")
    return Subscriber(checked, _unsubscribe_url(checked, "", template) or mailto(fallback))


def checked_address(text: str) -> str:
    """Return an address that is safe in a command and a header, with an ASCII domain; "" if it is invalid.

    For `Anna Berg <anna@example.org>` return the address in it. International domains are encoded by IDNA 2008, as
    browsers do: the rules of 2003 would turn `faß.example` into `fass.example`, which belongs to somebody else.
    """
    named = _NAMED.fullmatch(text.strip())
    name, _, domain = (named[1] if named else text.strip()).rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return ""
    address = f"{name}@{ascii_domain}"
    return address if len(address) <= MAX_ADDRESS and _ADDRESS.fullmatch(address) else ""


def _output_of(command: str) -> str:
    """Return the output of a program, which site.yaml names and which is therefore trusted."""
    try:
        done = subprocess.run(shlex.split(command), capture_output=True, check=False, timeout=TIMEOUT)  # noqa: S603
        text = done.stdout.decode("utf-8-sig")
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired) as error:
        raise BuildError(f"the list of readers cannot be had from its command: {error}; nothing was sent") from None
    if done.returncode:
        raise BuildError(f"the command of the list of readers ended with code {done.returncode}; nothing was sent")
    if len(done.stdout) > MAX_BYTES:
        most = f"{MAX_BYTES / 2**20:.0f} MiB"
        raise BuildError(f"the command of the list of readers writes more than {most}; nothing was sent")
    return text


def _fetched(url: str, token: str) -> str:
    from site_builder.commands.web import WebError, ask

    if not url.startswith("https://"):
        raise BuildError("the list of readers is only asked for at an https address; nothing was sent")
    try:
        response = ask("GET", url, {"Authorization": f"Bearer {token}"} if token else {})
        return response.decode("utf-8-sig")
    except (WebError, UnicodeDecodeError) as error:
        raise BuildError(f"the list of readers cannot be had: {error}; nothing was sent") from None


def _cells(line: str) -> list[str]:
    """Return the cells of a line, which the first comma, semicolon or tab after its address parts."""
    mark = re.search(r"@[^,;\t]*([,;\t])", line)
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=mark[1] if mark else ","), [])]
    except csv.Error:  # a cell of more than 128 KiB
        return [line[:80]]


def _unsubscribe_url(address: str, own: str, template: str) -> str:
    """Return the reader's link to unsubscribe; "" if neither the list nor the settings give one."""
    if own.startswith(_WEB):
        return own if _UNSUBSCRIBE.fullmatch(own) else ""
    if not template or ("{token}" in template and not own):
        return ""
    return template.replace("{email}", quote(address, safe="")).replace("{token}", quote(own, safe=""))


def mailto(address: str) -> str:
    """Return the mailto link that unsubscribes by mail (RFC 2369)."""
    return f"mailto:{address}?subject=unsubscribe"
