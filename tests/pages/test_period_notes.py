"""Notes of weeks and months: on the page, in the feed, in the mail of the edition, and nowhere else."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import Site

CONTENT = """
-- site.yaml --
title: Morning papers
base_url: https://digest.example.org
editions: {weekly: {day: friday}, monthly: {}}
-- papers/a.yaml --
- {title: Sparse Clouds, listed: 2026-11-18}
- {title: Dense Rain, listed: 2026-11-11}
-- notes/2026-W46.md --
Before it, it snowed.
-- notes/2026-W47.md --
---
title: A week of clouds
---
It [rained](days/2026-11-18.html) for seven days.
-- notes/2026-11.md --
All November it rained.
-- notes/2026-W40.md --
Nothing happened.
-- notes/2026-W54.md --
No such week.
-- notes/2026-13.md --
No such month.
"""


def test_a_week_and_a_month_have_notes_of_their_own(build_site: Callable[..., Site], tmp_path: Path) -> None:
    site = build_site(CONTENT)
    output = tmp_path / "output"
    week = (output / "weeks" / "2026-W47.html").read_text()
    assert "A week of clouds" in week
    assert "for seven days" in week
    assert "All November it rained." in (output / "months" / "2026-11.html").read_text()
    assert "for seven days" not in (output / "days" / "2026-11-18.html").read_text()
    assert "Before it, it snowed." in (output / "feeds" / "weeks.atom").read_text()
    assert "for seven days" in " ".join((output / "mail" / "weekly" / "2026-W47" / "mail.txt").read_text().split())
    told = site.problems
    assert [line for line in told if "notes/" in line] == [
        'notes/2026-13.md:1: "2026-13" is no day, week or month; name the file YYYY-MM-DD.md, YYYY-Www.md or '
        "YYYY-MM.md, or write `day:`; the note is left out",
        "notes/2026-W40.md: no list has papers for 2026-W40; name the file for another week or month; the note is left "
        "out",
        'notes/2026-W54.md:1: "2026-W54" is no day, week or month; name the file YYYY-MM-DD.md, YYYY-Www.md or '
        "YYYY-MM.md, or write `day:`; the note is left out",
    ]


def test_a_note_of_a_week_to_come_waits_for_it_and_is_nowhere(build_site: Callable[..., Site]) -> None:
    later = "-- notes/2026-W48.md --\nZyxo comes.\n-- notes/2026-12.md --\nZyxo in December.\n"
    site = build_site(CONTENT + later)
    assert [line for line in site.problems if "2026-W48" in line or "2026-12" in line] == []
    assert not [path for path in site.paths if b"Zyxo" in (site.output / path).read_bytes()]
