"""Lists of readers from wherever they are kept."""

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.commands import web
from site_builder.commands.send.readers import read_readers
from site_builder.config.newsletter import Newsletter
from site_builder.config.settings import Settings
from site_builder.problems import BuildError
from tests.commands.playback_server import Asked, Played, playing

SETTINGS = Settings(newsletter=Newsletter(unsubscribe_mail="leave@example.org"))


def read(folder: Path, named: str, environment: Mapping[str, str] | None = None) -> list[str]:
    readers, problems = read_readers(named, folder / "content", SETTINGS, environment or {})
    assert problems == []
    return [reader.address for reader in readers]


def test_a_file_lies_beside_the_content(tmp_path: Path) -> None:
    (tmp_path / "readers.csv").write_text("ada@example.org\n")
    assert read(tmp_path, "readers.csv") == ["ada@example.org"]


def test_a_variable_holds_the_lines(tmp_path: Path) -> None:
    assert read(tmp_path, "env:READERS", {"READERS": "ada@example.org\nbo@example.org"}) == [
        "ada@example.org",
        "bo@example.org",
    ]
    with pytest.raises(BuildError, match="there is no environment variable READERS"):
        read(tmp_path, "env:READERS")


def test_a_command_says_the_lines(tmp_path: Path) -> None:
    program = shlex.quote(sys.executable)
    assert read(tmp_path, f"command:{program} -c 'print(\"ada@example.org\")'") == ["ada@example.org"]
    with pytest.raises(BuildError, match="ended with code 3"):
        read(tmp_path, f"command:{program} -c 'raise SystemExit(3)'")
    with pytest.raises(BuildError, match="cannot be had from its command"):
        read(tmp_path, "command:/no/such/program")
    with pytest.raises(BuildError, match="writes more than 16 MiB; nothing was sent"):
        read(tmp_path, f"command:{program} -c 'print(\"ada@example.org\\n\" * 2**21)'")


def test_an_address_is_asked_with_a_token_and_only_under_encryption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Asked] = []

    def play(request: Asked) -> Played:
        asked.append(request)
        return Played(b"ada@example.org\n" if len(asked) == 1 else b"no", 200 if len(asked) == 1 else 403)

    ask = web.ask
    with playing(play) as server:
        plain = f"{server.address}/list"
        monkeypatch.setattr(web, "ask", lambda method, url, headers: ask(method, plain, headers))
        token = {"BROADSHEET_READERS_TOKEN": "secret"}
        assert read(tmp_path, "https://lists.example.org/list", token) == ["ada@example.org"]
        assert asked[0].headers["authorization"] == "Bearer secret"
        with pytest.raises(BuildError, match="cannot be had: it answered 403 no"):
            read(tmp_path, "https://lists.example.org/list", token)
        with pytest.raises(BuildError, match="only asked for at an https address"):
            read(tmp_path, plain)
    assert len(asked) == 2
