"""Fingerprints of values: equal fingerprints mean equal values."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import orjson
from pydantic import BaseModel

from site_builder.fingerprint import fingerprint
from site_builder.lazy import LazyMap
from site_builder.model.catalogue import Related, Section
from site_builder.model.paper import Paper
from site_builder.render.navigation import navigation
from site_builder.render.site import Site, once
from site_builder.volumes.code_version import code_version

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

OPTIONS = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_NON_STR_KEYS


class Fingerprints:
    """Computes fingerprints for one site; values that many pages share are hashed once.

    whole: of everything that any page may depend on: the program, the settings, the template folders, the navigation.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[int, tuple[object, str]] = {}  # keeps the object alive, so that its id is not reused
        self._names: dict[type, list[str]] = {}  # field names of each dataclass
        settings = site.settings.model_dump_json()
        self.whole = self.digest(
            (
                code_version(),
                site.is_draft,
                settings,
                site.settings.places,
                str(site.template_folders),
                navigation(site),
            )
        )

    def digest(self, value: object) -> str:
        """Return the fingerprint of a value. Raises TypeError for a type that cannot be hashed."""
        return fingerprint(orjson.dumps(value, self._inside, OPTIONS))

    def shared(self, value: object) -> str:
        """Return the fingerprint of a value that several pages hold; it is computed once."""
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, self.digest(value)
        return known[1]

    def _inside(self, value: object) -> object:
        """Convert a value that orjson cannot serialise; orjson calls this for each."""
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        if isinstance(value, Related):  # four a paper, each on one page only
            return tuple(value)
        if isinstance(value, Section):  # some a day, each on one page only
            return value.term, value.papers
        if is_dataclass(value) and not isinstance(value, type):
            digest = self._of_dataclass(value)
            self._known[id(value)] = value, digest
            return digest
        return _as_json(value)

    def _of_dataclass(self, value: "DataclassInstance") -> str:
        if isinstance(value, Paper):
            catalogue = self._site.catalogue
            groups = catalogue.tags_of, catalogue.organization_of, catalogue.author_links, catalogue.venue_of
            return self.digest((value.fingerprint(), [group.get(value.id) for group in groups]))
        kind = type(value)
        if kind not in self._names:
            self._names[kind] = [field.name for field in fields(kind)]
        return self.digest((kind.__name__, [getattr(value, name) for name in self._names[kind]]))


def _as_json(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, LazyMap):
        return list(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, range):
        return repr(value)
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    raise TypeError(f"{type(value)} has no fingerprint")


@once
def fingerprints(site: Site) -> Fingerprints:
    """Return the fingerprints of a site."""
    return Fingerprints(site)
