"""A content folder whose lists come from a server on loopback."""

import json
from datetime import UTC, date, datetime

from site_builder.commands.fetch import fetch_lists
from site_builder.commands.fetch.http import RetryPolicy
from tests.commands.playback_server import Played

QUICK = RetryPolicy(call=5, silence=2, attempts=3, wait=0.01, pause=0)
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, day) for day in (20, 21, 22, 23))
LATER = datetime(2026, 11, 24, 12, tzinfo=UTC)  # all of these days are out
TUESDAY = date(2026, 11, 24)
# What takes longest in a build of hundreds of papers, and what no list that is fetched decides over.
PLAIN = "related: tags\nsearch: false\ncards: none\n"
HF = "kind: hf_daily, url: SERVER/api"


def rows(*ids, day="2026-11-20", votes=1):
    """Return rows of the daily papers of a day."""
    return [
        {
            "paper": {
                "id": each,
                "title": f"Paper {each}",
                "summary": "We look.",
                "upvotes": votes,
                "submittedOnDailyAt": f"{day}T01:00:00.000Z",
            }
        }
        for each in ids
    ]


def as_json(value):
    """Return an answer that holds a value as JSON."""
    return Played(json.dumps(value).encode())


class Digest:
    """A content folder whose only source is a server on loopback."""

    def __init__(self, folder, server, settings):
        self.content = folder / "content"
        self.content.mkdir()
        self.server = server
        source = f"{{{settings.replace('SERVER', server.address)}, allow_http: true, allow_private: true}}"
        (self.content / "site.yaml").write_text(f"{PLAIN}fetch:\n  - {source}\n")
        self.told = []

    def fetch(self, *days, today=FRIDAY, names=(), is_again=False, retry_policy=QUICK):
        self.told.clear()
        return fetch_lists(
            self.content, names, days, today, is_again=is_again, retry_policy=retry_policy, tell=self.told.append
        )

    @property
    def lists(self):
        folder = self.content / "papers" / "fetched"
        found = [file for file in folder.rglob("*") if file.is_file() and file.name != "status.json"]
        return {file.relative_to(folder).as_posix(): file.read_text() for file in sorted(found)}

    def ids(self, path):
        return [row["paper"]["id"] for row in json.loads(self.lists[path])]

    def status(self, name, day):
        told = json.loads((self.content / "papers/fetched/status.json").read_text())
        return told["sources"][name][day.isoformat()]
