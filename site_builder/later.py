"""Values that are made when somebody asks for them: most pages of a site that is only looked at are never shown."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import ParamSpec, TypeVar

Words = ParamSpec("Words")
Value = TypeVar("Value")


class Later(Mapping[str, Value]):
    """A mapping that is made when it is first looked into."""

    def __init__(
        self, make: Callable[Words, Mapping[str, Value]], *words: Words.args, **named_words: Words.kwargs
    ) -> None:
        """make: makes it of the other values."""
        self._make = make
        self._words = words
        self._named_words = named_words

    @cached_property
    def _made(self) -> Mapping[str, Value]:
        return self._make(*self._words, **self._named_words)

    def __getitem__(self, key: str) -> Value:
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
