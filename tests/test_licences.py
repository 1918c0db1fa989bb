"""The licences of all that is installed with the program let it be used, changed and passed on under ours."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, metadata

import pytest
from packaging.requirements import Requirement

FREE = re.compile(
    r"\b(?:MIT|BSD|0BSD|Apache|ISC|ISCL|PSF|Python Software Foundation|MPL|Mozilla|Zlib|Unlicense|CC0|HPND|LGPL"
    r"|Lesser General Public|Public Domain|CNRI)",
    re.IGNORECASE,
)


def needed(name: str, seen: set[str]) -> Iterator[str]:
    """Yield the names of a distribution's dependencies, without extras, as deep as they go."""
    for line in distribution(name).requires or []:
        requirement = Requirement(line)
        key = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if key in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(key)
        try:
            distribution(key)
        except PackageNotFoundError:
            continue
        yield key
        yield from needed(key, seen)


DEPENDENCIES = sorted(needed("broadsheet", {"broadsheet"}))


def licence_of(name: str) -> str:
    told = metadata(name)
    classifiers = [line for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    return " ".join(filter(None, [told.get("License-Expression"), *classifiers, (told.get("License") or "")[:200]]))


def test_there_are_dependencies() -> None:
    assert len(DEPENDENCIES) > 20


@pytest.mark.parametrize("name", DEPENDENCIES)
def test_a_dependency_is_free_to_use_and_pass_on(name: str) -> None:
    licence = licence_of(name)
    assert FREE.search(licence), (
        f"{name}: {licence or 'no licence told'}; look at it and add it to FREE, or do without it"
    )
    assert not re.search(r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public", licence.replace("LGPL", "")), (
        f"{name}: {licence}"
    )
