"""A connection to a mail server that tracks for each mail whether it was sent."""

import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from site_builder.problems import BuildError

ADDRESS_VARIABLE = "BROADSHEET_SMTP_URL"
USER_VARIABLE = "BROADSHEET_SMTP_USER"
PASSWORD_VARIABLE = "BROADSHEET_SMTP_PASSWORD"  # noqa: S105 - the variable's name
PORTS = {"smtp": 587, "smtps": 465}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
TIMEOUT = 60.0  # seconds for each reply of the server
DONE, FORWARDED, READY, GOODBYE, BUSY, FULL, TOO_MUCH = 250, 251, 354, 421, 450, 452, 552  # RFC 5321 §4.2.3
ACCOUNT = frozenset({530, 534, 535, 538})  # RFC 4954 §6: we are not, or no longer, authenticated
TEMPORARY, PERMANENT = 400, 500

# unsent: nothing of the mail was sent, another connection may send it; unknown: all or part of it was sent, without a
# reply; later: this reader is refused temporarily; refused: for good; message: the mail is refused, for any reader;
# account: the server accepts nothing from us any more.
Outcome = Literal["sent", "refused", "later", "message", "account", "unsent", "unknown"]

# A full mailbox, and all spam rules, such as a block list with our server: these never refuse a reader for good
# (RFC 3463 §3.3 and §3.8).
_PASSING = re.compile(r"5\d\d 5\.(?:2\.2|7\.\d{1,3})\b")
_LINE_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class MailServer:
    """The mail server to use. scheme: smtp (STARTTLS) or smtps (TLS from the start). password: never shown."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


def server_of(environment: Mapping[str, str]) -> MailServer:
    """Return the server from the environment. Raises BuildError if none is set."""
    named = environment.get(ADDRESS_VARIABLE, "")
    try:
        parts = urlsplit(named)
        port = parts.port
    except ValueError:  # from brackets, in a password too, or a port
        parts, port = urlsplit(""), None
    if parts.scheme not in PORTS or not parts.hostname or port == 0:
        what = f"{ADDRESS_VARIABLE} names no mail server" if named else "no mail server is named"
        raise BuildError(
            f"{what}: set {'it' if named else ADDRESS_VARIABLE} to smtps://host:465 or smtp://host:587, and "
            f"{USER_VARIABLE} and {PASSWORD_VARIABLE}; nothing was sent"
        )
    user = environment.get(USER_VARIABLE) or unquote(parts.username or "")
    password = environment.get(PASSWORD_VARIABLE) or unquote(parts.password or "")
    return MailServer(parts.scheme, parts.hostname, port or PORTS[parts.scheme], user, password)


class BusyError(OSError):
    """Raised by a server that accepts no connections at the moment."""


class Connection:
    """An open connection to a mail server; once `is_open` is False, a new one is needed."""

    def __init__(self, server: MailServer) -> None:
        """Connect, encrypt and log in.

        Raises BusyError, another OSError (including smtplib's) if there is no server, BuildError if we are refused.
        """
        try:
            self._smtp = _connect(server)
        except smtplib.SMTPResponseException as error:
            reply = _line_of(error.smtp_code, error.smtp_error)
            if 0 < error.smtp_code < PERMANENT:
                raise BusyError(reply) from None
            if isinstance(error, smtplib.SMTPAuthenticationError):
                raise BuildError(f"{server} refuses user {server.user}: {reply}") from None
            raise
        self._offered = 0
        self.is_open = True

    def offer(self, sender: str, to: str) -> tuple[Outcome, str]:
        """Announce sender and reader; "sent": the message may follow; "refused", "later": for this reader only."""
        self._offered += 1
        try:
            code, reply = self._smtp.mail(sender)
            if code != DONE:
                return self._refusal(code, reply, "message")
            code, reply = self._smtp.rcpt(to)
            if code not in (DONE, FORWARDED):
                is_passing = code not in ACCOUNT and _PASSING.match(_line_of(code, reply))
                outcome = self._refusal(BUSY if is_passing else code, reply, "refused")
                return (outcome[0], _line_of(code, reply)) if self.is_open and self.reset() else outcome
        except OSError as error:
            return self._broken("unsent", str(error))
        return "sent", ""

    def deliver(self, message: bytes) -> tuple[Outcome, str]:
        """Send the message after a successful offer."""
        try:
            code, reply = self._smtp.docmd("DATA")
        except OSError as error:
            return self._broken("unsent", str(error))
        if code != READY:
            refusal = self._refusal(code, reply, "message")
            if self.is_open:
                self.reset()
            return refusal
        try:
            self._smtp.send(_LINE_DOT.sub(b"..", message) + b".\r\n")
            code, reply = self._smtp.getreply()
        except OSError as error:
            return self._broken("unknown", str(error))
        if code // 100 == DONE // 100:
            return "sent", _line_of(code, reply)
        if code < TEMPORARY:  # neither success nor failure, or no reply of a mail server
            return self._broken("unknown", _line_of(code, reply))
        return self._refusal(code, reply, "message")

    def _refusal(self, code: int, reply: bytes | str, permanent: Outcome) -> tuple[Outcome, str]:
        """Return the outcome for a reply other than success; permanent: the outcome for a permanent error."""
        text = _line_of(code, reply)
        if code in (GOODBYE, -1) or (code == FULL and self._offered > 1):
            return self._broken("unsent", text)  # limit of this session, another one may continue
        if code in ACCOUNT:
            return self._broken("account", text)
        if code == TOO_MUCH:
            return "message", text
        return (permanent if code >= PERMANENT else "later"), text

    def reset(self) -> bool:
        """Cancel an offer, and return whether the connection is still open."""
        try:
            self._smtp.rset()
        except OSError as error:
            self._broken("unsent", str(error))
        return self.is_open

    def drop(self) -> None:
        """Break off the connection at once."""
        self._broken("unsent", "")

    def close(self) -> None:
        """Close the session and the connection."""
        self.is_open = False
        try:
            self._smtp.quit()
        except OSError:
            self._smtp.close()

    def _broken(self, outcome: Outcome, reply: str) -> tuple[Outcome, str]:
        self.is_open = False
        self._smtp.close()
        return outcome, reply or "the connection was lost"


def _connect(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.scheme == "smtp" and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
            smtp.ehlo()
        elif server.scheme == "smtp" and server.host not in LOOPBACK:
            raise BuildError(f"{server} does not encrypt (no STARTTLS); use smtps:// or another port; nothing was sent")
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _line_of(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"[:300]
