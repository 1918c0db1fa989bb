"""Sequences that are made when somebody looks into them: few of a site's feeds are looked at in a build."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Generic, ParamSpec, TypeVar, overload

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")


class LazySequence(Sequence[T]):
    """A sequence that is made as a whole when it is first looked into."""

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
    """A function applied to each item of a sequence, when that is first asked for."""

    def __init__(self, make: Callable[[S], T], sources: Sequence[S]) -> None:
        """make: makes an item of its source."""
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
