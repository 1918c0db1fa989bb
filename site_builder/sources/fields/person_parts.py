"""People and groups as formats tell them apart → the objects in which `names/` knows their parts."""

from site_builder.names.identity import orcid_in


def name_or_group(text: str) -> str | dict[str, str]:
    """Return a name as RIS and EndNote write it: a comma after it keeps a group's whole."""
    name = text.strip(" ;")
    return person(group=name.rstrip(" ,")) if name.endswith(",") and "," not in name[:-1].rstrip() else name


def person(family: str = "", given: str = "", suffix: str = "", group: str = "", orcid: str = "") -> dict[str, str]:
    """Return a person in parts, or a group by its whole name; nothing for nobody."""
    named = {"family": family, "given": given, "suffix": suffix} if family or given else {"literal": group}
    if not any(named.values()):
        return {}
    return {part: text for part, text in {**named, "orcid": orcid_in(orcid)}.items() if text}
