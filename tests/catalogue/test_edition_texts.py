"""What the desk and the heads of notes say of editions, and what is told of it."""

from datetime import date

from site_builder.catalogue.edition_texts import MAX_TEXT, DeskTexts
from site_builder.model.catalogue import EditionTexts
from site_builder.model.note import Note
from site_builder.problems import Problems
from site_builder.sources.content.desk import Desk, DeskEntry
from tests.factories import paper

DAY = date(2026, 5, 27)


def texts_of(*entries: DeskEntry, key: str = "2026-05-27") -> tuple[EditionTexts, list[str]]:
    problems = Problems()
    texts = DeskTexts.of(Desk(editions=entries), problems).texts(key, DAY)
    return texts, list(map(str, problems))


def entry(key: str = "2026-05-27", line: int = 1, path: str = "desk.yaml", **values: object) -> DeskEntry:
    return DeskEntry(key, line, values, dict(zip(values, range(line + 1, line + 9), strict=False)), path)


def test_a_note_has_the_title_that_stands_with_it_or_in_another_file() -> None:
    assert texts_of(entry(note="Fog.", title="On fog"))[0].note == Note(DAY, "On fog", "Fog.", "desk.yaml")
    apart = entry(title="On fog"), entry(path="notes/a.md", note="Fog.")
    assert texts_of(*apart)[0].note == Note(DAY, "On fog", "Fog.", "notes/a.md")


def test_a_sponsor_and_a_footer_have_no_title_and_blanks_are_no_note() -> None:
    texts, told = texts_of(entry(sponsor="Wool.", footer="Ends.", note="  \n", title="On fog"))
    assert texts.sponsor == Note(DAY, "", "Wool.", "desk.yaml")
    assert texts.footer == Note(DAY, "", "Ends.", "desk.yaml")
    assert texts.note is None
    assert told == []


def test_a_note_of_a_week_is_of_its_period() -> None:
    note = texts_of(entry("2026-W22", note="Fog."), key="2026-W22")[0].note
    assert note == Note(DAY, "", "Fog.", "desk.yaml", "2026-W22")


def test_a_subject_or_preheader_is_a_line_of_at_most_300_characters_and_a_longer_one_is_cut_and_told() -> None:
    texts, told = texts_of(entry(subject=f" {'a' * MAX_TEXT}\n", preheader="b" * (MAX_TEXT + 1)))
    assert texts.subject == "a" * MAX_TEXT
    assert texts.preheader == f"{'b' * (MAX_TEXT - 1)}…"
    assert told == ["desk.yaml:3: preheader has 301 characters; it is cut at 300"]


def test_what_is_no_text_is_told_with_the_line_of_its_word() -> None:
    texts, told = texts_of(entry(subject="Fog", note=["a"], sponsor=3))
    assert texts == EditionTexts(subject="Fog")
    assert told == [
        "desk.yaml:3: `note` is not a text; write a text after `note:`",
        "desk.yaml:4: `sponsor` is not a text; write a text after `sponsor:`",
    ]


def test_of_two_words_on_one_thing_the_first_counts_and_the_second_is_told() -> None:
    texts, told = texts_of(entry(subject="One"), entry(path="notes/a.md", line=5, preheader="Two", subject="Three"))
    assert (texts.subject, texts.preheader) == ("One", "Two")
    assert told == [
        "notes/a.md:7: a second `subject` for 2026-05-27; the first is in line 2 of desk.yaml; "
        "keep one of them; this one is left out"
    ]


def test_a_second_entry_in_one_file_is_left_out_and_told() -> None:
    texts, told = texts_of(entry(subject="One"), entry(line=4, preheader="Two"))
    assert (texts.subject, texts.preheader) == ("One", "")
    assert told == [
        "desk.yaml:4: a second entry for 2026-05-27; the first is in line 1; join the two; this one is left out"
    ]


def test_the_note_of_a_file_goes_before_that_of_the_desk() -> None:
    problems = Problems()
    texts = DeskTexts.of(Desk(editions=(entry("2026-W22", note="Desk."),)), problems)
    note = Note(DAY, "", "File.", "notes/2026-W22.md", "2026-W22")
    assert texts.of_period("2026-W22", DAY, note).note == note
    assert list(map(str, problems)) == [
        "desk.yaml:2: a second note for 2026-W22; the first is notes/2026-W22.md; join the two; this one is left out"
    ]
    assert texts.of_period("2026-W22", DAY, None).note == Note(DAY, "", "Desk.", "desk.yaml", "2026-W22")
    assert len(list(problems)) == 1


def test_an_order_names_papers_and_sections_once_each_in_a_list_or_a_line() -> None:
    papers = [paper("Fog"), paper("Hail", arxiv="2605.00001", id="2605.00001")]
    problems = Problems()
    texts = DeskTexts.of(Desk(editions=(entry(order="Hail, snow , 2605.00001, Fog,, Snow, Smog"),)), problems)
    assert texts.order("2026-05-27", papers, {"snow": "snow"}) == (("2605.00001", "fog"), ["snow"])
    assert list(map(str, problems)) == [
        'desk.yaml:2: order: "Smog" is neither a paper nor a section of 2026-05-27; '
        "write an id of a paper, or the name of a tag; it is left out"
    ]
    assert texts.order("2026-05-28", papers, {}) == ((), [])
