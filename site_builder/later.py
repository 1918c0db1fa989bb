"""Values that are made when somebody asks for them: whoever only looks at a site asks for few of its pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, ParamSpec, TypeVar, overload

Words = ParamSpec("Words")
Value = TypeVar("Value")
Source = TypeVar("Source")
Made = TypeVar("Made")


class MadeLater(Generic[Made]):
    """A value that is made when somebody asks for it."""

    def __init__(self, make: Callable[Words, Made], *words: Words.args, **named_words: Words.kwargs) -> None:
        """make: makes it of the other values, once."""
        self._make = make
        self._words = words
        self._named_words = named_words

    @cached_property
    def made(self) -> Made:
        """Return the value itself, which is made now if nobody has asked for it before."""
        return self._make(*self._words, **self._named_words)


class Later(MadeLater[Mapping[str, Value]], Mapping[str, Value]):
    """A mapping that is made when it is first looked into."""

    def __getitem__(self, key: str) -> Value:
        return self.made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.made)


class LaterSequence(MadeLater[Sequence[Value]], Sequence[Value]):
    """A sequence that is made when it is first looked into."""

    @overload
    def __getitem__(self, place: int) -> Value: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Value]: ...
    def __getitem__(self, place: int | slice) -> Value | Sequence[Value]:
        return self.made[place]

    def __iter__(self) -> Iterator[Value]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.made)


class MadeEach(Sequence[Value]):
    """A sequence whose items are made one by one, each when it is first asked for."""

    def __init__(self, make: Callable[[Source], Value], sources: Sequence[Source]) -> None:
        """make: makes an item of its source."""
        self._make: Callable[[Any], Value] = make
        self._sources = sources
        self._made: dict[int, Value] = {}

    @overload
    def __getitem__(self, place: int) -> Value: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Value]: ...
    def __getitem__(self, place: int | slice) -> Value | Sequence[Value]:
        if isinstance(place, slice):
            return tuple(map(self._item, range(len(self))[place]))
        return self._item(range(len(self))[place])

    def __iter__(self) -> Iterator[Value]:
        return map(self._item, range(len(self)))

    def __len__(self) -> int:
        return len(self._sources)

    def _item(self, place: int) -> Value:
        if place not in self._made:
            self._made[place] = self._make(self._sources[place])
        return self._made[place]
