"""Build author objects, in the form that `names/` reads, from formats that distinguish people and groups."""

from site_builder.names.identity import orcid_in


def name_or_group(text: str) -> str | dict[str, str]:
    """Parse a name from RIS or EndNote, where a trailing comma marks the name of a group."""
    name = text.strip(" ;")
    return person(group=name.rstrip(" ,")) if name.endswith(",") and "," not in name[:-1].rstrip() else name


def person(family: str = "", given: str = "", suffix: str = "", group: str = "", orcid: str = "") -> dict[str, str]:
    """Return the object of a person, or of a group if neither family nor given name is set; {} if nothing is."""
    named = {"family": family, "given": given, "suffix": suffix} if family or given else {"literal": group}
    if not any(named.values()):
        return {}
    return {part: text for part, text in {**named, "orcid": orcid_in(orcid)}.items() if text}
