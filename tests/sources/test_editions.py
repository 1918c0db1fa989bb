"""The record of sent papers: what is written is read back, and two branches are merged."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest

from site_builder.model.editions import ClosedEdition, ClosedEditions
from site_builder.problems import BuildError, Problems
from site_builder.sources.content.editions import EDITIONS_FILE, editions_text, read_editions
from site_builder.write.published import write_editions

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ONE = ClosedEdition(
    name="daily", key="2026-11-23", dated=date(2026, 11, 23), ids=("2611.00001",), passed=("old",), closed=NOON
)


def held(*editions: ClosedEdition) -> ClosedEditions:
    return ClosedEditions({(each.name, each.key): each for each in editions})


def read(text: str) -> tuple[ClosedEditions, list[str]]:
    problems = Problems()
    with NamedTemporaryFile() as file:
        Path(file.name).write_text(text, encoding="utf-8")
        return read_editions(Path(file.name), problems), list(map(str, problems))


def test_what_is_written_is_read_back() -> None:
    editions = held(ONE, replace(ONE, name="weekly", key="2026-W48", begins=date(2026, 11, 17), sent=NOON))
    assert read(editions_text(editions)) == (editions, [])


def test_the_lines_of_two_branches_are_joined_whatever_their_order() -> None:
    other = replace(ONE, ids=("2611.00002", "old"), passed=(), sent=NOON)
    sides = editions_text(held(ONE)), editions_text(held(other))
    for one, two in (sides, sides[::-1]):
        joined, problems = read(f"<<<<<<< ours\n{one}=======\n{two}>>>>>>> theirs\n")
        assert problems == [
            "published/editions.jsonl:1: holds the marks of an unfinished merge; "
            "nothing is left to do: what both sides say is kept, and the marks go"
        ]
        assert not joined.is_damaged
        (edition,) = joined.of("daily")
        assert (edition.ids, edition.passed) == (("2611.00001", "2611.00002", "old"), ())
        assert (edition.closed, edition.sent) == (NOON, NOON)


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "7", '{"edition": "daily/2026-11-23"}', '{"edition": "Daily/x", "date": "2026-11-23"}',
     '{"edition": "daily/2026-11-23", "date": "2026-11-23", "ids": "all"}',
     '{"edition": "daily/2026-11-23", "date": "2026-11-23", "sent": "2026-11-23T12:00:00"}'],
)  # fmt: skip
def test_a_line_that_nobody_wrote_is_told_with_its_place(line: str) -> None:
    editions, problems = read(f"{editions_text(held(ONE))}{line}\n")
    assert editions.is_damaged
    assert problems == [
        "published/editions.jsonl:3: is no line that Broadsheet wrote; take the file from the last good state, or "
        "remove the line; until then no edition is sent"
    ]


def test_the_file_of_a_later_release_stops_the_build() -> None:
    with pytest.raises(BuildError, match="later release"):
        read('{"broadsheet": "editions", "format": 2}\n')


def test_a_disk_that_takes_nothing_leaves_the_old_file(tmp_path, monkeypatch) -> None:
    write_editions(tmp_path, held(ONE))
    before = (tmp_path / EDITIONS_FILE).read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("site_builder.write.manifest.os.write", full)
    with pytest.raises(BuildError, match="No space left on device; without it nothing is sent"):
        write_editions(tmp_path, held(ONE, replace(ONE, key="2026-11-24")))
    assert {file.name: file.read_bytes() for file in (tmp_path / "published").iterdir()} == {"editions.jsonl": before}
