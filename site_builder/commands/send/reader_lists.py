"""Where lists of readers come from: a file, an environment variable, a command, or an https address with a token."""

import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from site_builder.commands.send.readers import Subscriber, read_list, readers_in
from site_builder.config.settings import Settings
from site_builder.problems import BuildError, Problem

TOKEN_VARIABLE = "BROADSHEET_READERS_TOKEN"  # noqa: S105 - the name of it
MOST = 16 * 1024 * 1024  # bytes of a list
PATIENCE = 60.0  # seconds


def read_readers(
    named: str, content: Path, settings: Settings, environment: Mapping[str, str]
) -> tuple[list[Subscriber], list[Problem]]:
    """Return the readers of a list that the settings or a command name, and the lines that name none.

    named: a path next to the content folder, `env:NAME`, `command:PROGRAM …` or `https://…`.
    environment: holds lists, and the token of an address.
    Raises BuildError when the list cannot be had.
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


def _output_of(command: str) -> str:
    """Return what a program says. It is named by site.yaml, which is trusted."""
    try:
        done = subprocess.run(shlex.split(command), capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603
        text = done.stdout[:MOST].decode("utf-8-sig")
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired) as error:
        raise BuildError(f"the list of readers cannot be had from its command: {error}; nothing was sent") from None
    if done.returncode:
        raise BuildError(f"the command of the list of readers ended with code {done.returncode}; nothing was sent")
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
