"""The build engine: the cache, reuse of unchanged volumes, and the worker processes that build the rest."""
