"""Sites that fetch from a server on loopback."""

import pytest

from tests.outside.fetch_site import Digest
from tests.outside.playback_server import playing


@pytest.fixture
def digest(tmp_path):
    """Start a server that plays `play` and a digest with one source that asks it."""
    opened = []

    def begin(settings, play):
        context = playing(play)
        opened.append(context)
        return Digest(tmp_path, context.__enter__(), settings)

    yield begin
    for context in opened:
        context.__exit__(None, None, None)
