"""The locked dependencies: pinned by hash, and under licences that permit redistribution."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
EXTRAS = ("", "similar")
FREE = re.compile(
    r"\b(?:MIT|BSD|0BSD|Apache|ISC|ISCL|PSF|Python Software Foundation|MPL|Mozilla|Zlib|Unlicense|CC0|HPND|LGPL"
    r"|Lesser General Public|Public Domain|CNRI)",
    re.IGNORECASE,
)


def locked(lock: str) -> dict[str, str]:
    """Return name → its lines in a lock file: release, marker, hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    told: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith((" ", "#")):
            name = re.split(r"[\[=<>~! ;@]", line)[0]
            told[name] = f"{told.get(name, '')}{line} "
    return told


def needed(name: str, seen: set[str], extras: tuple[str, ...] = ("",)) -> Iterator[str]:
    """Yield the names of a distribution's direct and indirect dependencies on this machine."""
    for line in distribution(name).requires or []:
        requirement = Requirement(line)
        key = re.sub(r"[-_.]+", "-", requirement.name).lower()
        marker = requirement.marker
        if key in seen or (marker and not any(marker.evaluate({"extra": extra}) for extra in extras)):
            continue
        seen.add(key)
        yield key
        yield from needed(key, seen, tuple(requirement.extras) or ("",))


DEPENDENCIES = sorted(needed("broadsheet", {"broadsheet"}, EXTRAS))


def licence_of(name: str) -> str:
    told = metadata(name)
    classifiers = [line for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    return " ".join(filter(None, [told.get("License-Expression"), *classifiers, (told.get("License") or "")[:200]]))


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_that_is_locked_is_one_release_with_its_hashes(lock: str) -> None:
    assert len(locked(lock)) > 40
    for name, line in locked(lock).items():
        assert re.match(r"[a-z0-9.-]+(?:\[[a-z,]+\])?==[^ ]+ ", line), name
        assert "--hash=sha256:" in line, name


def test_everything_that_is_needed_is_locked() -> None:
    assert len(DEPENDENCIES) > 30
    assert set(DEPENDENCIES) - locked("requirements.lock").keys() == set()


@pytest.mark.parametrize("name", locked("requirements.lock"))
def test_what_is_installed_is_the_release_that_is_locked(name: str) -> None:
    try:
        installed = distribution(name).version
    except PackageNotFoundError:
        pytest.skip("for other machines only")
    pinned = re.findall(r"==([0-9][^ ;]*) ", locked("requirements.lock")[name])
    assert Version(installed) in map(Version, pinned)


@pytest.mark.parametrize("name", DEPENDENCIES)
def test_a_dependency_is_free_to_use_and_pass_on(name: str) -> None:
    licence = licence_of(name)
    assert FREE.search(licence), (
        f"{name}: {licence or 'no licence told'}; look at it and add it to FREE, or do without it"
    )
    assert not re.search(r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public", licence.replace("LGPL", "")), (
        f"{name}: {licence}"
    )
