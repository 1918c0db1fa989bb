"""The parts of a name, as formats keep them apart → the text that `papers/` reads as one name."""

from site_builder.names.identity import orcid_in


def name_of_parts(family: str = "", given: str = "", suffix: str = "", whole: str = "") -> str:
    """Return `Family, Suffix, Given`; whole: a name that is not in parts, a group's for instance."""
    if family or given:
        return ", ".join(part for part in ((family, suffix, given) if family else (given,)) if part)
    return f"{{{whole}}}" if "," in whole and not set("{}") & set(whole) else whole


def person_known_as(name: str, orcid: str) -> str | dict[str, str]:
    """Return a name, with the ORCID iD that a source gives beside it, where it does."""
    known = orcid_in(orcid)
    return {"name": name, "orcid": known} if name and known else name
