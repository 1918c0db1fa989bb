"""Send the mail of an edition: every reader gets exactly one copy, even after crashes and broken connections."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from site_builder.commands.send.delivery import Delivery, OnProgress, Pace, Sent
from site_builder.commands.send.ledger import CORRECTION, SendLedger, open_ledger
from site_builder.commands.send.readers import Subscriber, read_readers, reader_of
from site_builder.commands.send.smtp import ADDRESS_VARIABLE, Connection, server_of
from site_builder.config.settings import Settings, read_settings
from site_builder.fingerprint import fingerprint
from site_builder.problems import BuildError, Problem, first_and_more
from site_builder.render.mail.letter import Letter, corrected, letter_bytes, read_letter
from site_builder.urls import mail_path
from site_builder.write.drafts import refuse_drafts

LEDGER = Path(".broadsheet") / "sent.sqlite"  # next to the content folder
MANY = 5_000  # mails a day above which Gmail and Yahoo require one-click unsubscribing (RFC 8058)
SHOWN = 20  # addresses in a line


@dataclass(frozen=True, slots=True)
class Order:
    """What to send: the mail of an edition in the output folder, to the readers of a list.

    unknown: what to do with mails that may have arrived: "report", "resend" or "sent". pace: None for that of the
    settings. is_correction: send the mail again, marked as corrected, to those who have an earlier version.
    """

    name: str
    key: str
    content: Path
    output: Path
    list: str
    is_dry: bool = False
    unknown: str = "report"
    pace: Pace | None = None
    is_correction: bool = False

    @property
    def edition(self) -> str:
        """Return the name of the edition in the ledger."""
        return edition_name(self.name, self.key)


def edition_name(name: str, key: str) -> str:
    """Return the name of an edition: `2026-11-23`, `weekly/2026-W48`."""
    return key if name == "daily" else f"{name}/{key}"


def pace_of(settings: Settings) -> Pace:
    """Return the pace that the settings ask for."""
    mailing = settings.mailing
    return Pace(mailing.rate, mailing.connections, mailing.time_limit, mailing.try_again_after)


def send_mails(
    order: Order, environment: Mapping[str, str], now: datetime, on_progress: OnProgress = lambda *_: None
) -> Sent:
    """Send an edition. now: for the Date header. on_progress: called as the work advances.

    Raises BuildError if nothing can be sent because the mail, readers, server or sender are missing.
    """
    settings = read_settings(order.content)
    letter = letter_of(order, settings)
    readers, problems = _readers(order, settings, environment)
    result = Sent(letter.subject, problems=problems)
    file = order.content.resolve().parent / LEDGER
    if order.is_dry and not file.exists():
        result.would = [] if order.is_correction else [reader.address for reader in readers]
        return result
    mark = _mark(readers)
    if order.is_correction:
        readers, result.already = _readers_to_correct(readers, letter, file, order, environment)
        letter = corrected(letter, settings.words)
        result.subject = letter.subject
        order = replace(order, key=f"{order.key}{CORRECTION}{letter.version}")
    with open_ledger(file, order.edition, environment) as ledger:
        if not order.is_dry:
            ledger.begin()
            ledger.take_bounces((reader.key for reader in readers), mark)
        waiting = _waiting(readers, ledger, order, result, mark)
        if order.is_dry:
            result.would = [reader.address for reader in waiting]
        elif waiting:
            pace = order.pace or pace_of(settings)
            Delivery(server_of(environment), letter, ledger, now, pace, mark).send(waiting, result, on_progress)
    return result


def send_sample(order: Order, to: Iterable[str], environment: Mapping[str, str], now: datetime) -> Sent:
    """Send an edition to some addresses as a sample; the ledger is neither read nor written.

    Raises BuildError if it cannot be sent.
    """
    settings = read_settings(order.content)
    letter = letter_of(order, settings)
    newsletter = settings.newsletter
    fallback = newsletter.unsubscribe_mail or letter.reply_to or letter.sender
    readers = [reader_of(address, newsletter.unsubscribe_url, fallback) for address in to]
    result = Sent(letter.subject, is_sample=True)
    if order.is_dry:
        result.would = [reader.address for reader in readers]
        return result
    server = server_of(environment)
    try:
        connection = Connection(server)
    except OSError as error:
        raise BuildError(f"{server} cannot be reached: {error}; check {ADDRESS_VARIABLE}; nothing was sent") from error
    for reader in readers:
        if connection.is_open:
            _hand_over(connection, letter, reader, result, now)
        else:
            result.unsent.append(reader.address)
            result.trouble = "the server ended the connection"
    if connection.is_open:
        connection.close()
    return result


def _hand_over(connection: Connection, letter: Letter, reader: Subscriber, result: Sent, now: datetime) -> None:
    """Send a letter to one reader and add to the result what became of it."""
    outcome, reply = connection.offer(letter.sender, reader.address)
    if outcome == "sent":
        outcome, reply = connection.deliver(letter_bytes(letter, reader.address, reader.unsubscribe_url, now))
    if outcome == "sent":
        result.sent.append(reader.address)
    else:
        (result.unknown if outcome == "unknown" else result.refused).append((reader.address, reply))


def letter_of(order: Order, settings: Settings) -> Letter:
    """Return the mail of an edition as the build wrote it.

    Raises BuildError if there is none that can be read, or if its sender is not the one in the settings.
    """
    refuse_drafts(order.output)
    sender = settings.newsletter.sender or settings.author.email
    if not sender:
        raise BuildError("the mails have no sender: set newsletter.sender or author.email in site.yaml")
    file = order.output / mail_path(order.name, order.key, "mail.eml")
    try:
        letter = read_letter(file.read_bytes())
    except FileNotFoundError:
        raise BuildError(
            f"there is no mail of {order.edition} in {order.output}; run broadsheet build, or name another one"
        ) from None
    except OSError as error:
        raise BuildError(f"{file} cannot be read: {error.strerror}; run broadsheet build; nothing was sent") from None
    if letter.sender != sender:
        raise BuildError(
            f"the mail of {order.edition} was built with the sender {letter.sender}, and site.yaml names {sender}; "
            "run broadsheet build; nothing was sent"
        )
    return letter


def _mark(readers: Iterable[Subscriber]) -> str:
    """Return a hash that identifies a list of readers."""
    text = "\n".join(sorted(f"{reader.key} {reader.unsubscribe_url}" for reader in readers))
    return fingerprint(text, 8)


def _readers(
    order: Order, settings: Settings, environment: Mapping[str, str]
) -> tuple[list[Subscriber], list[Problem]]:
    readers, problems = read_readers(order.list, order.content, settings, environment)
    if not readers:
        details = problems or [Problem(order.list, None, "no line holds a mail address", "")]
        raise BuildError("the list names no reader, nothing was sent:", details[:20])
    by_mail = sum(reader.unsubscribe_url.startswith("mailto:") for reader in readers)
    if by_mail > MANY:
        what = f"{by_mail:,} readers can unsubscribe by mail alone"
        remedy = f"services ask for one click from who sends over {MANY:,} mails a day: set newsletter.unsubscribe_url"
        problems.append(Problem(order.list, None, what, remedy))
    return readers, problems


def _readers_to_correct(
    readers: list[Subscriber], letter: Letter, file: Path, order: Order, environment: Mapping[str, str]
) -> tuple[list[Subscriber], list[str]]:
    """Return the readers who have another version of an edition, and the addresses of those with the current one."""
    with open_ledger(file, order.edition, environment) as ledger:
        states = ledger.states(reader.key for reader in readers)
        letters = ledger.letters(reader.key for reader in readers)
    had = [reader for reader in readers if states.get(reader.key) == "sent"]
    if not had:
        raise BuildError(f"nobody of the list is known to have {order.edition}: there is nothing to correct")
    right = [reader.address for reader in had if letters.get(reader.key) == letter.version]
    wrong = [reader for reader in had if letters.get(reader.key) != letter.version]
    if not wrong:
        raise BuildError(
            f"{order.edition} is as its readers have it: there is nothing to correct; change the lists or the desk and "
            "run broadsheet build; nothing was sent"
        )
    return wrong, right


def _waiting(
    readers: Sequence[Subscriber], ledger: SendLedger, order: Order, result: Sent, mark: str
) -> list[Subscriber]:
    """Return the readers to send to; those who have the mail, may have it or are refused for good go to `result`."""
    states = ledger.states(reader.key for reader in readers)
    refusals = ledger.refusals((reader.key for reader in readers), mark)
    waiting: list[Subscriber] = []
    for reader in readers:
        state = states.get(reader.key)
        if state == "sending" and order.unknown == "sent" and not order.is_dry:
            ledger.close(reader.key, "sent", "found by hand to have arrived")
            state = "sent"
        elif state == "sending" and order.unknown == "resend":
            if not order.is_dry:
                ledger.release(reader.key)
            state = None
        elif state == "sent" and order.is_correction:  # a later correction has replaced this one
            if not order.is_dry:
                ledger.reopen(reader.key)
            state = None
        if state == "sent":
            result.already.append(reader.address)
        elif state == "sending":
            result.unknown.append(
                (reader.address, "an earlier run ended, or another one is busy, before the answer came")
            )
        elif reader.key in refusals:
            result.left_out.append(reader.address)
        else:
            waiting.append(reader)
    return waiting


def report_lines(result: Sent) -> Iterable[str]:
    """Yield what the user needs to know: who did not get the mail and why, then the counts."""
    yield from map(str, result.problems)
    yield from (f"would go to {address}" for address in result.would)
    yield from _sample_lines(result) if result.is_sample else _delivery_lines(result)
    counts: dict[str, Sequence[object]] = {
        "sent": result.sent,
        "had it already": result.already,
        "left out": result.left_out,
        "refused": [*result.refused, *result.later, *result.given_up],
        "unknown": result.unknown,
        "left": result.unsent,
        "to be sent": result.would,
    }
    counted_states = [f"{len(members)} {name}" for name, members in counts.items() if members or name == "sent"]
    yield f"“{result.subject}”: {', '.join(counted_states)}"


def _sample_lines(result: Sent) -> Iterable[str]:
    for address, reply in result.refused:
        yield f"{address}: refused: {reply}"
    for address, reply in result.unknown:
        yield f"{address}: not known whether it arrived ({reply})"
    if result.unsent:
        yield f"{len(result.unsent)} left: {result.trouble}; send them another sample"


def _delivery_lines(result: Sent) -> Iterable[str]:
    for address, reply in result.refused:
        yield f"{address}: refused: {reply}; correct or remove the address; it is left out until the list changes"
    for address, reply in result.later:
        yield f"{address}: refused: {reply}; run the same command again later"
    for address, reply in result.given_up:
        yield f"{address}: refused for two days, now: {reply}; the edition is not sent to it any more"
    if result.unknown:
        reply = result.unknown[0][1]
        unknown = first_and_more([address for address, _ in result.unknown], SHOWN)
        yield (
            f"{unknown}: not known whether it arrived ({reply}); look into "
            "the mail server's log or ask the reader, then run the same command again with --unknown sent if they have "
            "it, or --unknown resend if not; by itself nothing is sent twice"
        )
    if result.left_out:
        left_out = first_and_more(result.left_out, SHOWN)
        yield f"{left_out}: left out, refused for good before; correct or remove the address"
    if result.unsent:
        yield f"{len(result.unsent)} left: {result.trouble}; run the same command again, nobody gets a mail twice"
