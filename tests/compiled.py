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
        def remembering(cache: Cache, cache_key: Any, make: Callable[[], Any]) -> Any:
            if not (isinstance(cache_key, tuple) and cache_key[0] in KINDS):
                return recall(cache, cache_key, make)
            made = recall(cache, cache_key, lambda: compiled[cache_key] if cache_key in compiled else make())
            if made is not None:
                compiled[cache_key] = made
            return made

        return remembering

    for kind in (Cache, NoCache, MemoryCache):
        put(kind, "recall", patched(kind.recall))
