"""Decide from its words alone whether a text looks like the title of a paper."""

from site_builder.lazy import lazy_pattern
from site_builder.names.line import names_in

FEWEST_WORDS = 3  # of a title that is recognised by its words alone
_FEWEST_WORDS = 2
_MOST_WORDS = 40  # of a title
_LONGEST_TITLE = 300  # characters
_NO_FIRST = frozenset("we i see read check click note please thanks dear from subject hi hello if you my our".split())
_NO_LAST = frozenset("a an the with at of in to for by from see is are this that and or here on as our".split())
_CLOCK = lazy_pattern(r"\d:[0-5]\d:[0-5]\d")  # a line of a log


def looks_like_title(text: str) -> bool:
    """Return whether a line may be a title: some words, the first with a capital or digit; no sentence, no names."""
    words = text.split()
    is_long = _FEWEST_WORDS <= len(words) <= _MOST_WORDS and len(text) <= _LONGEST_TITLE
    is_sentence = text.endswith((".", ",", ";", ":")) or ". " in text or "://" in text
    is_sentence |= words[-1:] != [] and (words[0].casefold() in _NO_FIRST or words[-1].casefold() in _NO_LAST)
    is_sentence |= _CLOCK.search(text) is not None
    first = text.lstrip("\"'\u201c\u2018([$")[:1]
    return (
        is_long
        and not is_sentence
        and (first.isupper() or first.isdigit() or not first.isascii())
        and not names_in(text)
    )
