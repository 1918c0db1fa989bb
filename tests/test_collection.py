"""How often garbage is looked for while a build runs."""

import gc

from site_builder.collection import collect_rarely


def test_a_build_lets_more_pile_up_than_python_does_by_itself():
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    try:
        collect_rarely()
        assert all(rare > usual for rare, usual in zip(gc.get_threshold(), (700, 9, 9), strict=True))
    finally:
        gc.set_threshold(*before)
