"""Values made on first use: a build uses only a few of a site's feeds and of its patterns."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import AnyStr, Generic, ParamSpec, TypeVar, cast, overload

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")


class LazySequence(Sequence[T]):
    """A sequence that is made as a whole on first access."""

    def __init__(self, make: Callable[P, Sequence[T]], *args: P.args, **kwargs: P.kwargs) -> None:
        """make: called once with the arguments."""
        self._make = make
        self._args = args
        self._kwargs = kwargs

    @cached_property
    def _items(self) -> Sequence[T]:
        return self._make(*self._args, **self._kwargs)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._items[index]

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)


class LazyMap(Sequence[T], Generic[S, T]):
    """A function applied to each item of a sequence, each on first access."""

    def __init__(self, make: Callable[[S], T], sources: Sequence[S]) -> None:
        """make: makes an item from its source."""
        self._make = make
        self._sources = sources
        self._made: dict[int, T] = {}

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return tuple(map(self._item, range(len(self))[index]))
        return self._item(range(len(self))[index])

    def __iter__(self) -> Iterator[T]:
        return map(self._item, range(len(self)))

    def __len__(self) -> int:
        return len(self._sources)

    def _item(self, index: int) -> T:
        if index not in self._made:
            self._made[index] = self._make(self._sources[index])
        return self._made[index]


def lazy_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that is compiled on first use, for modules whose patterns are rarely all needed."""
    return cast("re.Pattern[AnyStr]", _LazyPattern(text, flags))


class _LazyPattern(Generic[AnyStr]):
    def __init__(self, text: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = text
        self._flags: int = flags

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> object:
        value: object = getattr(self._compiled, name)
        setattr(self, name, value)  # later accesses cost no more than with a compiled pattern
        return value
