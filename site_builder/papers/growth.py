"""The limit on how much a text may grow when it is cleaned or rendered; callers keep a text past it as written."""

MAX_GROWTH = 8  # characters of output per character of input
HEADROOM = 200  # further characters, for the markup around a short text


def is_proportionate(written: str, made: str, growth: int = MAX_GROWTH) -> bool:
    """Return whether the length of `made` is within the limit for a text that was `written`."""
    return len(made) <= growth * len(written) + HEADROOM
