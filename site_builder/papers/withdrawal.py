"""Detect withdrawn papers: by a notice in arXiv's comment, in place of the abstract, or before the title."""

import re

from site_builder.lazy import lazy_pattern

LONGEST_NOTICE = 300  # characters

_WORK = r"(?:paper|article|manuscript|preprint|submission|work|document|report|study|note)"
# `This paper has been withdrawn …`, but not `This work was withdrawn from the workshop and …`.
_SENTENCE = lazy_pattern(
    rf"\b(?:this|the|our)\s+{_WORK}\s+(?:has\s+been|was|is)\s+(?:now\s+|being\s+|temporarily\s+)?"
    r"(?:withdrawn|retracted)\b(?!\s+from\b(?!\s+arxiv))",
    re.IGNORECASE,
)
_COMMENT = lazy_pattern(
    rf"[\[(*\s]*(?:(?:this|the)\s+)?(?:{_WORK}\s+)?(?:withdrawn|retracted)\b(?!\s+from\b(?!\s+arxiv))", re.IGNORECASE
)
# `RETRACTED: A Title`, `[Withdrawn] A Title`, or an abstract of only that word.
_LABEL = lazy_pattern(
    r"\s*(?:[\[(]\s*)?(?:withdrawn|retracted)\s*(?:paper|article)?\s*(?:[\])]|[.:\u2013\u2014]|\Z)", re.IGNORECASE
)


def withdrawal_notice(title: str, abstract: str, comment: str) -> str | None:
    """Return the notice that a paper was withdrawn; "" if only its title says so, None if it was not withdrawn."""
    if comment and (_COMMENT.match(comment) or _SENTENCE.search(comment)):
        return _cut(comment)
    if _LABEL.match(abstract) or _SENTENCE.match(abstract.lstrip("[(* ")):
        return _cut(abstract)
    return "" if _LABEL.match(title) else None


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_NOTICE else f"{text[:LONGEST_NOTICE].rstrip()}…"
