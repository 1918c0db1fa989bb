"""Compile templates and scripts once per process; without a user's cache, tests would do so for every small site."""

from collections.abc import Callable
from functools import lru_cache
from types import CodeType
from typing import Any

from jinja2.bccache import Bucket

from site_builder.render import disk_script
from site_builder.volumes.cache import Cache, MemoryCache, NoCache

KINDS = ("template", "what a template needs")  # computed from a template's text and the language alone


def compile_once(put: Callable[[object, str, Any], None]) -> None:
    """Patch all caches to return templates that this process has compiled; everything else is cached as usual.

    Bytecode of a template is loaded once, too, and a script module is converted to a function once.

    put: sets an attribute, like `setattr`.
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
    load = Bucket.bytecode_from_string
    loaded: dict[bytes, CodeType | None] = {}

    def load_once(bucket: Bucket, compiled: bytes) -> None:
        if compiled not in loaded:
            load(bucket, compiled)
            loaded[compiled] = bucket.code
        bucket.code = loaded[compiled]

    put(Bucket, "bytecode_from_string", load_once)
    put(disk_script, "as_function", lru_cache(disk_script.as_function))
