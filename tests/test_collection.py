"""Garbage collection during a build."""

import gc
import weakref

from site_builder.collection import collect_later, collect_rarely


def test_a_build_lets_more_pile_up_than_python_does_by_itself():
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    try:
        collect_rarely()
        assert all(rare > usual for rare, usual in zip(gc.get_threshold(), (700, 9, 9), strict=True))
    finally:
        gc.set_threshold(*before)


class Ring:
    """An object that only the cyclic garbage collector frees."""

    def __init__(self):
        self.itself = self


def test_what_a_build_plans_is_not_looked_through_and_its_garbage_is_found_in_the_end():
    gc.collect()
    seen = []
    gc.callbacks.append(lambda phase, info: seen.append(phase))
    before = gc.get_threshold()
    gc.set_threshold(10)
    try:
        with collect_later():
            seen.clear()
            rings = [Ring() for _ in range(100)]
            ring = weakref.ref(rings[0])
            assert seen == []
        assert gc.isenabled()
        del rings
        gc.collect(0)
        assert ring() is not None  # it is in an older generation by now
        gc.collect()
        assert ring() is None
    finally:
        gc.callbacks.pop()
        gc.set_threshold(*before)
