"""The error for a list that could not be fetched."""

LONGEST_ADDRESS, LONGEST_REASON = 200, 300  # characters; both may come from a server


class FetchError(Exception):
    """A request without a usable response; its message is one short line with address, cause and remedy.

    is_passing: the request may succeed soon. is_offline: the server was not reached at all.
    """

    def __init__(
        self,
        url: str,
        what: str,
        remedy: str,
        *,
        is_passing: bool = False,
        is_offline: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{short_line(url, LONGEST_ADDRESS)}: {short_line(what)}; {remedy}")
        self.is_passing = is_passing
        self.is_offline = is_offline
        self.retry_after = retry_after


def short_line(text: str, longest: int = LONGEST_REASON) -> str:
    """Return text from outside on one line of bounded length."""
    line = " ".join(text[: 2 * longest].split())
    return line if len(line) <= longest else f"{line[:longest]}…"
