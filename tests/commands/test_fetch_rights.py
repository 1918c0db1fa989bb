"""In a network of its own: no way leads a public source to the private server that another source may ask."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# The way → how the private server is written, by its own source and where the public one leads.
WAYS = {
    "name": "localhost",
    "capitals": "LocalHost",
    "address": "127.0.0.1",
    "short": "127.1",
    "decimal": "2130706433",
    "hexadecimal": "0x7f.1",
    "octal": "0177.0.0.1",
    "nobody": "0.0.0.0",  # noqa: S104 — an address to refuse
    "IPv6": "[::1]",
    "mapped": "[::ffff:127.0.0.1]",
    "mapped in hexadecimal": "[::ffff:7f00:1]",
    "again": "localhost",
    "rebinding": "localhost",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    if not shutil.which("unshare") or not shutil.which("ip"):
        pytest.skip("needs unshare and ip to make a network")
    prepared = 'ip link set lo up && ip address add 11.22.33.44/32 dev lo && exec "$@"'
    network = ["unshare", "--map-root-user", "--net", "sh", "-c", prepared, "sh"]
    if subprocess.run([*network, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no network namespace can be made here")
    folder = tmp_path_factory.mktemp("rights")
    scene = [sys.executable, "-m", "tests.commands.scene_of_rights", str(folder), json.dumps(WAYS)]
    root = Path(__file__).parents[2]
    done = subprocess.run([*network, *scene], capture_output=True, text=True, check=False, cwd=root)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_a_public_source_to_a_private_server(found, way):
    assert found[way]["asked"] == ["/mine", "/mine"]
    mine, public, after = found[way]["told"]
    assert mine == "mine 2026-11-20: 1 paper"
    assert public.startswith("public 2026-11-20: ")
    assert after == "after 2026-11-20: 1 paper"
    assert "private network" in public


@pytest.mark.parametrize(("way", "host"), [("IPv6", "[::1]:8099"), ("capitals", "localhost:8099")])
def test_the_server_is_named_as_addresses_are_written(found, way, host):
    assert found[way]["host"] == host
