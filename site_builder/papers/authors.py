"""Read the `authors` of a record, which may be a list, plain text, JSON, a Python `repr` or BibLaTeX."""

import json
from contextlib import suppress

from site_builder.lazy import lazy_pattern
from site_builder.names.authors import Authors, read_authors
from site_builder.names.bibtex import joined_names, name_in_parts
from site_builder.names.evidence import Evidence
from site_builder.papers.clean import clean_text
from site_builder.sources.syntax.python_literal import load_literal

_EXTENDED = lazy_pattern(r"\b(?:family|given)\s*=")  # of BibLaTeX's `family=Berg, given=Jan`
_NO_EVIDENCE = Evidence()


def parse_authors(value: object, evidence: Evidence = _NO_EVIDENCE) -> Authors:
    """Return the authors that a value names, without markup.

    evidence: how the file writes names; it decides between two readings of a text.
    """
    return read_authors(_value_of(value) if isinstance(value, str) else value, clean_text, evidence)


def _value_of(text: str) -> object:
    """Parse a text that is JSON, a Python `repr` or BibLaTeX's names in parts; return any other text as is."""
    if text.lstrip()[:1] in ("[", "{") and ("{'" in text or '{"' in text):
        for load in (json.loads, load_literal):
            with suppress(ValueError, RecursionError):
                return load(text if text.lstrip()[0] == "[" else f"[{text}]")
    if _EXTENDED.search(text):
        return [name_in_parts(name) for name in joined_names(text, has_groups=text.count("{") == text.count("}"))]
    return text
