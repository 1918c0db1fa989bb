"""`broadsheet preview`: write the mails that would be sent now to files; nothing is sent or recorded."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from site_builder.build import plan_site
from site_builder.commands.send import edition_name
from site_builder.commands.send.editions import closed_editions, slips_of
from site_builder.commands.send.readers import read_readers
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Edition
from site_builder.pages.entry_times import digest_time
from site_builder.problems import BuildError, counted
from site_builder.render.mail.compose import MailWriter

PREVIEW = Path(".broadsheet") / "preview"  # next to the content folder


def preview_editions(
    content: Path, environment: Mapping[str, str], now: datetime, tell: Callable[[str], None]
) -> list[Path]:
    """Write the mail of each edition on its way or next, print when and to how many it goes, and return the files.

    Raises BuildError for broken settings, and if the record of sent editions is damaged.
    """
    closed_editions(content)
    planned = plan_site(content, now)
    editions = [edition for edition in planned.site.catalogue.editions if edition.state in ("next", "sending")]
    if not editions:
        tell("nothing would go out: every paper that is out has been in an edition, or waits for the rest of its list")
    for edition in editions:
        for slip in slips_of(edition, planned.problems):
            tell(f"{edition_name(edition.name, edition.key)} waits until this is mended: {slip}")
    writer = MailWriter(planned.site)
    return [_preview(edition, writer, content, environment, now, tell) for edition in editions]


def _preview(
    edition: Edition,
    writer: MailWriter,
    content: Path,
    environment: Mapping[str, str],
    now: datetime,
    tell: Callable[[str], None],
) -> Path:
    mail, settings = writer.mail(edition), writer.site.settings
    folder = content.resolve().parent / PREVIEW
    file = folder / f"{edition.name}-{edition.key}.html"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(mail.filled_html(), encoding="utf-8")
        file.with_suffix(".txt").write_text(mail.filled_text(), encoding="utf-8")
    except OSError as error:
        raise BuildError(f"{file} cannot be written: {error.strerror}") from None
    due = digest_time(edition.dated, settings.feeds)
    when = "now" if due <= now else f"from {due:%Y-%m-%d %H:%M} on"
    called = edition_name(edition.name, edition.key)
    count = f"{counted(len(edition.papers), 'paper')}, {when}, {_count(edition, content, settings, environment)}"
    begun = " at most: the edition is on its way, and nobody gets it twice" if edition.state == "sending" else ""
    tell(f"{called}: “{mail.subject}”, {count}{begun}")
    tell(f"written: {file}")
    return file


def _count(edition: Edition, content: Path, settings: Settings, environment: Mapping[str, str]) -> str:
    """Return in words to how many readers an edition goes."""
    readers = settings.mail_editions[edition.name].readers
    if not readers:
        return "to nobody: site.yaml names no list of readers"
    try:
        return f"to {counted(len(read_readers(readers, content, settings, environment)[0]), 'reader')}"
    except BuildError as error:
        return f"to an unknown number: {error}"
