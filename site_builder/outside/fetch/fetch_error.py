"""Why a list could not be fetched."""


class FetchError(Exception):
    """A request without a usable answer: what is wrong and what to do.

    is_passing: it may work again soon. is_offline: the server was not reached at all.
    """

    def __init__(
        self,
        what: str,
        remedy: str,
        *,
        is_passing: bool = False,
        is_offline: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{what}; {remedy}")
        self.is_passing = is_passing
        self.is_offline = is_offline
        self.retry_after = retry_after
