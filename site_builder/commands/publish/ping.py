"""Notify a WebSub hub of changed feeds, so that it passes them on to subscribers at once."""

from collections.abc import Sequence
from urllib.parse import urlencode

import stamina

from site_builder.commands.fetch.network import web_address
from site_builder.commands.web import WebError, ask

AT_ONCE = 50  # feeds per request; hubs accept repeated parameters since PubSubHubbub 0.3
ATTEMPTS, WAIT = 3, 1.0  # seconds before the second attempt
TIME = 30.0  # seconds for a whole response
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def ping(hub: str, feeds: Sequence[str]) -> None:
    """Notify a hub that the feeds at some addresses have changed (hub.mode=publish). Raises WebError."""
    try:
        web_address(hub)
    except ValueError:
        raise WebError("it has no web address; correct feeds.hub in site.yaml") from None
    stamina.instrumentation.set_on_retry_hooks([])
    attempts = stamina.retry_context(
        lambda error: isinstance(error, WebError) and error.is_passing,
        attempts=ATTEMPTS,
        wait_initial=WAIT,
        wait_jitter=WAIT / 2,
    )
    for attempt in attempts:
        with attempt:
            for start in range(0, len(feeds), AT_ONCE):
                named = (("hub.url", feed) for feed in feeds[start : start + AT_ONCE])
                ask("POST", hub, FORM, urlencode([("hub.mode", "publish"), *named]).encode(), TIME)
