"""Sites that fetch from a server on loopback, and sites that are published."""

import secrets

import pytest

from tests.commands.fetch_site import Digest
from tests.commands.places import BucketPlace
from tests.commands.playback_server import playing
from tests.commands.publishing import NEW, OLD, Desk, built


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


@pytest.fixture(scope="session")
def versions(tmp_path_factory):
    """Build the two versions of the site that is published."""
    folder = tmp_path_factory.mktemp("versions")
    return built(folder / "old", OLD), built(folder / "new", NEW)


@pytest.fixture(scope="session")
def storage():
    """Run a server that speaks S3, and return its address."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(storage):
    """Make an empty bucket of a name of its own."""
    return BucketPlace(storage, f"digest-{secrets.token_hex(4)}")


@pytest.fixture
def desk(tmp_path, versions):
    """Put the older version of the site on a desk."""
    found = Desk(tmp_path / "desk")
    found.become(versions[0])
    return found
