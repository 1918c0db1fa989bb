"""Related identifiers in records of DataCite, Zenodo and InvenioRDM, and which of them identify the paper itself."""

from collections.abc import Iterable, Mapping

from site_builder.sources.fields.field_names import plain_name
from site_builder.sources.fields.identifiers import arxiv_in

_OWN = frozenset({"isidenticalto", "ispreprintof", "haspreprint"})
_REPORTED = frozenset({"isversionof", "issupplementto"})  # of a paper that may be confused with this record
_KEY = "relatedidentifiers"

Related = tuple[str, str]  # the relation as written, and the identifier


def related_in(values: Mapping[str, object]) -> list[Related]:
    """Return the related identifiers in the object of a record."""
    lists = (value for key, value in values.items() if isinstance(value, list) and plain_name(str(key)) == _KEY)
    return [found for related in lists for found in map(_related, related) if all(found)]


def _related(value: object) -> Related:
    if not isinstance(value, Mapping):
        return "", ""
    relation = value.get("relationType") or value.get("relation_type") or value.get("relation")
    relation = relation.get("id") if isinstance(relation, Mapping) else relation
    identifier = value.get("relatedIdentifier") or value.get("identifier")
    return str(relation or ""), str(identifier or "")


def own_arxiv(related: Iterable[Related]) -> str:
    """Return the first arXiv number whose relation says that it is the same work, or ""."""
    numbers = (arxiv_in(text) for relation, text in related if plain_name(relation) in _OWN)
    return next(filter(None, numbers), "")


def unread_related(related: Iterable[Related]) -> dict[str, str]:
    """Return the ignored relations to arXiv papers that may be the same work, in the form of `RawPaper.unread`."""
    reported = (relation for relation, text in related if plain_name(relation) in _REPORTED and arxiv_in(text))
    return {f"related identifier ({relation})": "an identifier" for relation in reported}
