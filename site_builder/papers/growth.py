"""The bound on what cleaning and rendering may make out of a text: what grows past it stays as it was written."""

MAX_GROWTH = 8  # characters made of each that was written
HEADROOM = 200  # and as many more, for what stands round a short text


def is_proportionate(written: str, made: str, growth: int = MAX_GROWTH) -> bool:
    """Return whether a text has not grown more than texts do when they are cleaned."""
    return len(made) <= growth * len(written) + HEADROOM
