"""Send the mail of a day to its readers: each gets one copy, whatever breaks on the way."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from site_builder.outside.ledger import SendLedger, open_ledger
from site_builder.outside.readers import Reader, read_list, reader_of
from site_builder.outside.smtp import Connection, Outcome, Server, server_of
from site_builder.problems import BuildError, Problem
from site_builder.render.mail.letter import Letter, letter_bytes, read_letter
from site_builder.settings import Settings, read_settings
from site_builder.urls import mail_path

LEDGER = Path(".broadsheet") / "sent.sqlite"  # beside the content folder
BACKOFF = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds before each new attempt to connect

Tick = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be sent: a day's mail, from the output folder, to the readers of a list or to one address.

    unknown: what to do about mails whose fate is not known: "report", "resend" or "sent". rate: mails a minute.
    """

    day: date
    content: Path
    output: Path
    list: Path | None
    to: str
    rate: int
    is_dry: bool
    unknown: str = "report"


@dataclass
class Sent:
    """What became of it. already: readers who had the mail before; problems: of the list."""

    subject: str
    sent: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    unsent: list[str] = field(default_factory=list)
    would: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    trouble: str = ""

    @property
    def exit_code(self) -> int:
        """0: all readers have the mail; 1: some have not, or it is not known; 2: nothing was done."""
        if self.trouble and not self.sent and not self.already:
            return 2
        is_lost = any(problem.records for problem in self.problems)
        return 1 if self.refused or self.unknown or self.unsent or is_lost else 0


def send_mails(
    order: Order, environment: Mapping[str, str], now: datetime, tick: Tick, sleep: Callable[[float], None]
) -> Sent:
    """Send a day's mail. now: the moment of the Date; tick is told how far the work is.

    Raises BuildError when nothing can be sent: no such mail, no reader, no server, no sender.
    """
    settings = read_settings(order.content)
    letter = _letter(order, settings)
    readers, problems = _readers(order, settings, letter)
    result = Sent(letter.subject, problems=problems)
    file = order.content.resolve().parent / LEDGER
    if order.is_dry and not file.exists():
        result.would = [reader.address for reader in readers]
        return result
    with open_ledger(file, order.day) as ledger:
        waiting = _waiting(readers, ledger, order, result)
        if order.is_dry:
            result.would = [reader.address for reader in waiting]
        elif waiting:
            _Run(server_of(environment), letter, ledger, now, result, sleep).send(waiting, order.rate, tick)
    return result


def _letter(order: Order, settings: Settings) -> Letter:
    sender = settings.newsletter.sender or settings.author.email
    if not sender:
        raise BuildError("the mails have no sender: set newsletter.sender or author.email in site.yaml")
    file = order.output / mail_path(order.day, "mail.eml")
    try:
        letter = read_letter(file.read_bytes())
    except FileNotFoundError:
        raise BuildError(
            f"there is no mail of {order.day} in {order.output}; run broadsheet build, or name another day"
        ) from None
    if letter.sender != sender:
        raise BuildError(
            f"the mail of {order.day} was built with the sender {letter.sender}, and site.yaml names {sender}; "
            "run broadsheet build; nothing was sent"
        )
    return letter


def _readers(order: Order, settings: Settings, letter: Letter) -> tuple[list[Reader], list[Problem]]:
    template = settings.newsletter.unsubscribe_url
    if order.list is None:
        fallback = settings.newsletter.unsubscribe_mail or letter.reply_to or letter.sender
        return [reader_of(order.to, template, fallback)], []
    readers, problems = read_list(order.list, template)
    if not readers:
        details = problems or [Problem(order.list.name, None, "no line holds a mail address", "")]
        raise BuildError("the list names no reader, nothing was sent:", details[:20])
    return readers, problems


def _waiting(readers: Sequence[Reader], ledger: SendLedger, order: Order, result: Sent) -> list[Reader]:
    """Return the readers the mail may go to; those who have it, or may have it, are told apart."""
    states = ledger.states()
    waiting: list[Reader] = []
    for reader in readers:
        state = states.get(reader.key)
        if state == "sending" and order.unknown == "sent" and not order.is_dry:
            ledger.close(reader.key, "sent", "found by hand to have arrived")
            state = "sent"
        elif state == "sending" and order.unknown == "resend":
            if not order.is_dry:
                ledger.release(reader.key)
            state = None
        if state == "sent":
            result.already.append(reader.address)
        elif state == "sending":
            result.unknown.append(
                (reader.address, "an earlier run ended, or another one is busy, before the answer came")
            )
        else:
            waiting.append(reader)
    return waiting


class _Run:
    """One run over the waiting readers, on as many connections as it takes."""

    def __init__(
        self,
        server: Server,
        letter: Letter,
        ledger: SendLedger,
        now: datetime,
        result: Sent,
        sleep: Callable[[float], None],
    ) -> None:
        self._server = server
        self._letter = letter
        self._ledger = ledger
        self._now = now
        self._result = result
        self._sleep = sleep
        self._connection: Connection | None = None

    def send(self, readers: Sequence[Reader], rate: int, tick: Tick) -> None:
        """Send to each reader, at most `rate` a minute. Raises BuildError when there is no connection to begin with."""
        try:
            self._connection = Connection(self._server)
        except OSError as error:
            raise BuildError(f"{self._server} cannot be reached: {error}; nothing was sent") from error
        slot = time.monotonic()
        try:
            for number, reader in enumerate(readers):
                tick("send", number, len(readers))
                self._sleep(max(0.0, slot - time.monotonic()))
                slot = max(slot, time.monotonic()) + 60 / rate
                if not self._send_to(reader):
                    self._result.unsent += [left.address for left in readers[number:]]
                    break
        except BaseException:
            self._connection.drop()
            raise
        if self._connection.is_open:
            self._connection.close()

    def _send_to(self, reader: Reader) -> bool:
        """Send one mail; False when the server cannot be used any more."""
        message = letter_bytes(self._letter, reader.address, reader.unsubscribe_url, self._now)
        for pause in (0.0, *BACKOFF):
            self._sleep(pause)
            outcome, answer = self._attempt(reader, message)
            if outcome != "unsent":
                self._note(reader, outcome, answer)
                return True
            self._result.trouble = answer
        return False

    def _attempt(self, reader: Reader, message: bytes) -> tuple[Outcome | None, str]:
        """Try once, on a new connection if need be; None when the reader's mail is another's business by now."""
        connection = self._connection
        if not connection or not connection.is_open:
            try:
                connection = self._connection = Connection(self._server)
            except OSError as error:
                return "unsent", f"{self._server} cannot be reached: {error}"
        outcome, answer = connection.offer(self._letter.sender, reader.address)
        if outcome != "sent":
            return outcome, answer
        if not self._ledger.claim(reader.key, self._now):
            connection.withdraw()
            return None, ""
        outcome, answer = connection.deliver(message)
        if outcome == "unsent":
            self._ledger.release(reader.key)
        return outcome, answer

    def _note(self, reader: Reader, outcome: Outcome | None, answer: str) -> None:
        if outcome == "sent":
            self._ledger.close(reader.key, "sent", answer)
            self._result.sent.append(reader.address)
        elif outcome == "refused":
            self._ledger.close(reader.key, "refused", answer)
            self._result.refused.append((reader.address, answer))
        elif outcome == "unknown":
            self._result.unknown.append((reader.address, answer))
        else:
            self._result.already.append(reader.address)


def report_lines(result: Sent) -> Iterable[str]:
    """Yield what a person needs to know: one line for each reader without a mail, then the counts."""
    yield from map(str, result.problems)
    yield from (f"would go to {address}" for address in result.would)
    for address, answer in result.refused:
        remedy = "run the same command again later" if answer.startswith("4") else "correct or remove the address"
        yield f"{address}: refused: {answer}; {remedy}"
    for address, answer in result.unknown:
        yield f"{address}: not known whether it arrived ({answer}); look into the mail server's log or ask the reader"
    if result.unknown:
        yield "then run the same command again with --unknown sent if they have it, or --unknown resend if not"
    if result.unsent:
        yield f"{len(result.unsent)} left: {result.trouble}; run the same command again, nobody gets a mail twice"
    counts: dict[str, Sequence[object]] = {
        "sent": result.sent,
        "had it already": result.already,
        "refused": result.refused,
        "unknown": result.unknown,
        "left": result.unsent,
        "to be sent": result.would,
    }
    told = [f"{len(members)} {name}" for name, members in counts.items() if members or name == "sent"]
    yield f"“{result.subject}”: {', '.join(told)}"
