"""Compile each template once a process: what the program's cache spares a user, tests would do for every small site."""

from collections.abc import Callable
from typing import Any

from site_builder.cache import Cache, MemoryCache, NoCache

KINDS = ("template", "what a template needs")  # made of a template's text and the language alone


def compile_once(put: Callable[[type, str, Any], None]) -> None:
    """Let every cache find a template that this process has compiled; else caches do what they do.

    put: sets an attribute, as `setattr` does.
    """
    compiled: dict[object, Any] = {}

    def patched(recall: Callable[..., Any]) -> Callable[..., Any]:
        def remembering(cache: Cache, made_of: Any, make: Callable[[], Any]) -> Any:
            if not (isinstance(made_of, tuple) and made_of[0] in KINDS):
                return recall(cache, made_of, make)
            made = recall(cache, made_of, lambda: compiled[made_of] if made_of in compiled else make())
            if made is not None:
                compiled[made_of] = made
            return made

        return remembering

    for kind in (Cache, NoCache, MemoryCache):
        put(kind, "recall", patched(kind.recall))
