"""A connection to a mail server that knows, for each mail, whether it left."""

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
PASSWORD_VARIABLE = "BROADSHEET_SMTP_PASSWORD"  # noqa: S105 - the name of it
PORTS = {"smtp": 587, "smtps": 465}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
TIMEOUT = 60.0  # seconds for each answer of the server
DONE, FORWARDED, READY, GOODBYE, BUSY, FULL, TOO_MUCH = 250, 251, 354, 421, 450, 452, 552  # RFC 5321 §4.2.3
ACCOUNT = frozenset({530, 534, 535, 538})  # RFC 4954 §6: who we are is not, or no longer, believed
TEMPORARY, PERMANENT = 400, 500

# unsent: nothing of the mail left, and another connection may take it; unknown: all or part of it left and no answer
# came; later: this reader is refused for the moment; refused: for good; message: what is refused is the mail, whoever
# it is for; account: the server takes nothing from us any more.
Outcome = Literal["sent", "refused", "later", "message", "account", "unsent", "unknown"]

# A full mailbox, and every rule against unwanted mail, such as a list that names our server: of no reader for good
# (RFC 3463 §3.3 and §3.8).
_PASSING = re.compile(r"5\d\d 5\.(?:2\.2|7\.\d{1,3})\b")
_LINE_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over. scheme: smtp (STARTTLS) or smtps (TLS at once); password is never shown."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


def server_of(environment: Mapping[str, str]) -> MailServer:
    """Return the server that the environment names. Raises BuildError when it names none."""
    parts = urlsplit(environment.get(ADDRESS_VARIABLE, ""))
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in PORTS or not parts.hostname or port == 0:
        raise BuildError(
            f"no mail server is named: set {ADDRESS_VARIABLE} to smtps://host:465 or smtp://host:587, and "
            f"{USER_VARIABLE} and {PASSWORD_VARIABLE}; nothing was sent"
        )
    user = environment.get(USER_VARIABLE) or unquote(parts.username or "")
    password = environment.get(PASSWORD_VARIABLE) or unquote(parts.password or "")
    return MailServer(parts.scheme, parts.hostname, port or PORTS[parts.scheme], user, password)


class BusyError(OSError):
    """A server that takes no connection for the moment."""


class Connection:
    """An open connection to a mail server; after `is_open` is False a new one is needed."""

    def __init__(self, server: MailServer) -> None:
        """Connect, encrypt and log in.

        Raises BusyError, another OSError (smtplib's errors are) where no server is, BuildError when we are refused.
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
        """Name sender and reader: "sent" when the message may follow; "refused" and "later" mean this reader alone."""
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
        """Hand over the message after a successful offer."""
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
        if code < TEMPORARY:  # neither yes nor no, or no answer of a mail server at all
            return self._broken("unknown", _line_of(code, reply))
        return self._refusal(code, reply, "message")

    def _refusal(self, code: int, reply: bytes | str, permanent: Outcome) -> tuple[Outcome, str]:
        """Return what an answer other than "yes" means; permanent: what is meant by one that is for good."""
        text = _line_of(code, reply)
        if code in (GOODBYE, -1) or (code == FULL and self._offered > 1):
            return self._broken("unsent", text)  # enough for one session: another one may go on
        if code in ACCOUNT:
            return self._broken("account", text)
        if code == TOO_MUCH:
            return "message", text
        return (permanent if code >= PERMANENT else "later"), text

    def reset(self) -> bool:
        """Take an offer back; tell whether the connection is open still."""
        try:
            self._smtp.rset()
        except OSError as error:
            self._broken("unsent", str(error))
        return self.is_open

    def drop(self) -> None:
        """Break the connection off, whatever it is at."""
        self._broken("unsent", "")

    def close(self) -> None:
        """Take leave of the server."""
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
