"""Deliver an edition to its readers in one run: each gets one copy, even after crashes and broken connections."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

from site_builder.commands.send.ledger import SendLedger
from site_builder.commands.send.readers import Subscriber
from site_builder.commands.send.smtp import ADDRESS_VARIABLE, BusyError, Connection, MailServer, Outcome
from site_builder.problems import BuildError, Problem, counted
from site_builder.render.mail.letter import Letter, letter_bytes

BACKOFF = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds before each new attempt to connect
GIVEN_UP = timedelta(days=2)  # after which a reader who is refused temporarily no longer gets the edition
MAX_FAILURES = 3  # consecutive mails that break the connection, or that the server refuses for any reader

OnProgress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast to send mails.

    rate: mails a minute. time_limit: minutes. again: seconds before each further try of readers refused temporarily.
    sleep, monotonic: the clock. until: time on that clock when the run ends, shared by several deliveries; None: not
    begun.
    """

    rate: int = 120
    connections: int = 1
    time_limit: int = 60
    again: tuple[int, ...] = ()
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    until: float | None = None

    def begun(self) -> "Pace":
        """Return the pace with its end set, counted from now unless already set."""
        return self if self.until is not None else replace(self, until=self.monotonic() + self.time_limit * 60)


@dataclass
class Sent:
    """The result of a run, by address.

    already: had the mail before. left_out: refused for good in earlier runs. later: refused temporarily. given_up:
    refused temporarily for two days. unknown: the mail may have arrived. unsent: not tried, or not successfully. would:
    readers of a dry run. trouble: why some are unsent. problems: in the list of readers. is_sample: nothing of the run
    is kept, so that the same command sends again.
    """

    subject: str
    sent: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    later: list[tuple[str, str]] = field(default_factory=list)
    given_up: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    unsent: list[str] = field(default_factory=list)
    would: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    trouble: str = ""
    is_sample: bool = False

    @property
    def exit_code(self) -> int:
        """Return 0 if all readers have the mail, 1 if some do not or it is unknown, 2 if nobody has it."""
        is_lost = any(problem.records for problem in self.problems)
        if not (self.refused or self.later or self.given_up or self.unknown or self.unsent or is_lost):
            return 0
        return 1 if self.sent or self.already or self.unknown else 2

    @property
    def is_done(self) -> bool:
        """Return whether a later run could not do more."""
        return not (self.later or self.unsent)


class Delivery:
    """Sends one letter to its readers, over up to as many connections as the pace allows."""

    def __init__(
        self, server: MailServer, letter: Letter, ledger: SendLedger, now: datetime, pace: Pace, mark: str
    ) -> None:
        """Prepare a run. mark: identifies the list of readers."""
        self._server = server
        self._letter = letter
        self._ledger = ledger
        self._now = now
        self._pace = pace.begun()
        self._mark = mark
        self._lock = Lock()
        self._waiting: deque[Subscriber] = deque()
        self._later: dict[Subscriber, str] = {}
        self._message: list[Subscriber] = []  # readers for whom the server refused the mail itself
        self._failures = 0  # consecutive
        self._stop = ""
        self._taken = 0
        self._slot = pace.monotonic()

    def send(self, readers: Sequence[Subscriber], result: Sent, on_progress: OnProgress) -> None:
        """Send to all readers; those refused temporarily are tried again in the same run.

        Raises BuildError if the server cannot be reached at the start.
        """
        try:
            first: Connection | None = self.connect()
        except BusyError:
            first = None  # the session tries again
        except OSError as error:
            raise BuildError(
                f"{self._server} cannot be reached: {error}; check {ADDRESS_VARIABLE}; nothing was sent"
            ) from error
        self._waiting.extend(readers)
        self._pass(first, result, on_progress, len(readers))
        for pause in self._pace.again:
            if self._stop or not self._later or self._is_over(pause):
                break
            self._pace.sleep(pause)
            self._waiting.extend(self._later)
            self._later.clear()
            self._pass(None, result, on_progress, self._taken + len(self._waiting))
        for reader, reply in self._later.items():
            is_old = self._now - self._ledger.delayed_since(reader.key, self._now) >= GIVEN_UP
            (result.given_up if is_old else result.later).append((reader.address, reply))
        result.unsent += [reader.address for reader in (*self._message, *self._waiting)]
        result.trouble = self._stop or result.trouble

    def _pass(self, first: Connection | None, result: Sent, on_progress: OnProgress, total: int) -> None:
        """Send once to all waiting readers; if a session finds no connection, the others take over its readers."""
        while self._waiting and not self._stop:
            sessions = [_Session(self, result) for _ in range(min(self._pace.connections, len(self._waiting)))]
            sessions[0].connection, first = first, None
            with ThreadPoolExecutor(len(sessions)) as pool:
                try:
                    for done in [pool.submit(session.work, on_progress, total) for session in sessions]:
                        done.result()
                except BaseException:
                    self._stop = "stopped"  # each session ends after its current mail
                    raise
            if all(session.trouble for session in sessions):
                self._stop = self._stop or sessions[0].trouble

    def _is_over(self, pause: float = 0.0) -> bool:
        return self._pace.until is not None and self._pace.monotonic() + pause > self._pace.until

    def take(self, on_progress: OnProgress, total: int) -> Subscriber | None:
        """Return the next reader when the rate allows it, None when the run ends."""
        with self._lock:
            if self._stop or not self._waiting:
                return None
            if self._is_over():
                self._stop = f"the time of {counted(self._pace.time_limit, 'minute')} is over"
                return None
            reader = self._waiting.popleft()
            on_progress("send", self._taken, total)
            self._taken += 1
            moment = self._pace.monotonic()
            pause = max(0.0, self._slot - moment)
            self._slot = max(self._slot, moment) + 60 / self._pace.rate
        self._pace.sleep(pause)
        return reader

    def give_back(self, reader: Subscriber, why_all: str) -> None:
        """Return a reader to the queue for another session; why_all: why no session can continue, "" if one may."""
        with self._lock:
            self._waiting.appendleft(reader)
            self._stop = self._stop or why_all

    def note(self, reader: Subscriber, outcome: Outcome | None, reply: str, result: Sent) -> None:
        """Record the outcome of a mail; None means that another run handles the reader."""
        with self._lock:
            self._failures = self._failures + 1 if outcome in ("unknown", "message") else 0
            if outcome == "sent":
                self._ledger.close(reader.key, "sent", reply, self._letter.version)
                result.sent.append(reader.address)
            elif outcome == "refused":
                self._ledger.close(reader.key, "refused", reply)
                self._ledger.refuse(reader.key, reply, self._mark)
                result.refused.append((reader.address, reply))
            elif outcome == "later":
                self._ledger.close(reader.key, "refused", reply)
                self._later[reader] = reply
            elif outcome == "message":
                self._message.append(reader)
                result.trouble = f"the server refuses the mail, not its readers: {reply}"
            elif outcome == "unknown":
                result.unknown.append((reader.address, reply))
            else:
                result.already.append(reader.address)
            limit = MAX_FAILURES + self._pace.connections - 1  # one failure breaks the mail on each connection
            if self._failures >= limit and not self._stop:
                why = result.trouble if outcome == "message" else f"every connection breaks in the mail ({reply})"
                self._stop = f"{why}; stopped after {limit} in a row"

    def attempt(self, connection: Connection, reader: Subscriber, message: bytes) -> tuple[Outcome | None, str]:
        """Try a mail once; the outcome is None if another run handles the reader by now."""
        outcome, reply = connection.offer(self._letter.sender, reader.address)
        if outcome != "sent":
            return outcome, reply
        if not self._ledger.claim(reader.key, self._now):
            connection.reset()
            return None, ""
        outcome, reply = connection.deliver(message)
        if outcome in ("unsent", "message", "account"):
            self._ledger.release(reader.key)
        return outcome, reply

    def connect(self) -> Connection:
        return Connection(self._server)

    def pause(self, seconds: float) -> None:
        self._pace.sleep(seconds)

    def message_for(self, reader: Subscriber) -> bytes:
        return letter_bytes(self._letter, reader.address, reader.unsubscribe_url, self._now)


class _Session:
    """A sequence of connections, each used for as many readers as it takes."""

    def __init__(self, delivery: Delivery, result: Sent) -> None:
        self._delivery = delivery
        self._result = result
        self.connection: Connection | None = None
        self.trouble = ""  # why it cannot get a connection

    def work(self, on_progress: OnProgress, total: int) -> None:
        """Send to one reader after another until none is left or no connection can be made."""
        try:
            while not self.trouble and (reader := self._delivery.take(on_progress, total)):
                self._send_to(reader)
        except BaseException:
            if self.connection:
                self.connection.drop()
            raise
        if self.connection and self.connection.is_open:
            self.connection.close()

    def _send_to(self, reader: Subscriber) -> None:
        message = self._delivery.message_for(reader)
        outcome: Outcome | None = "unsent"
        reply = ""
        for pause in (0.0, *BACKOFF):
            self._delivery.pause(pause)
            outcome, reply = self._attempt(reader, message)
            if outcome != "unsent":
                break
        if outcome in ("unsent", "account"):
            self.trouble = reply
            self._delivery.give_back(reader, reply if outcome == "account" else "")
        else:
            self._delivery.note(reader, outcome, reply, self._result)

    def _attempt(self, reader: Subscriber, message: bytes) -> tuple[Outcome | None, str]:
        if not self.connection or not self.connection.is_open:
            try:
                self.connection = self._delivery.connect()
            except OSError as error:
                return "unsent", f"the server cannot be reached: {error}"
            except BuildError as error:
                return "account", str(error)
        return self._delivery.attempt(self.connection, reader, message)
