"""Why a list could not be fetched."""

LONGEST_ADDRESS, LONGEST_REASON = 200, 300  # characters; either may be of a server's making


class FetchError(Exception):
    """A request without a usable answer: its address, what is wrong and what to do, in one short line.

    is_passing: it may work again soon. is_offline: the server was not reached at all.
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
    """Return a text that somebody else has written in one line of a bounded length."""
    line = " ".join(text[: 2 * longest].split())
    return line if len(line) <= longest else f"{line[:longest]}…"
