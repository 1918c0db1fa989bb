"""Values that are made when somebody asks for them, and once."""

from site_builder.later import Later, LaterSequence


def test_a_mapping_is_made_once_and_only_when_it_is_looked_into():
    made = []
    later = Later(lambda name: made.append(name) or {"name": name}, "Ada")
    assert made == []
    assert dict(later) == {"name": "Ada"}
    assert (later["name"], later.get("other"), len(later)) == ("Ada", None, 1)
    assert made == ["Ada"]


def test_a_sequence_is_made_once_and_only_when_it_is_looked_into():
    made = []
    later = LaterSequence(lambda end: made.append(end) or list(range(end)), 3)
    assert made == []
    assert (list(later), later[1], later[1:], len(later)) == ([0, 1, 2], 1, [1, 2], 3)
    assert made == [3]
