"""Authors after a title on the same line."""

import pytest

from site_builder.problems import Problem, Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.source import Source

ABS = "https://arxiv.org/abs/2605.0123"


def read(text: str, path: str = "papers/a.md") -> tuple[list[tuple[object, object]], list[Problem]]:
    problems = Problems()
    records = list(read_list(Source.from_text(text, path), FileReport(path), problems))
    return [(record.fields["title"], record.fields.get("authors", [])) for record in records], list(problems)


@pytest.mark.parametrize(
    "text",
    [
        "- On dams by Jane Doe\n- On rivers by Bo Sample and Ada Example\n- Learning by Doing\n",
        "- On dams, by Jane Doe (2026)\n- On rivers, by Bo Sample and Ada Example (2026)\n- Learning by Doing\n",
        "On dams by Jane Doe\nOn rivers by Bo Sample and Ada Example\nLearning by Doing in Rivers\n",
        f"- On dams by Jane Doe {ABS}1\n"
        f"- [On rivers by Bo Sample and Ada Example]({ABS}2)\n- [Learning by Doing]({ABS}3)\n",
        f"1. On dams, Jane Doe, {ABS}1\n"
        f"2. On rivers, Bo Sample and Ada Example, {ABS}2\n3. Learning by Doing, {ABS}3\n",
    ],
)
def test_names_with_which_most_titles_of_a_list_end_are_authors(text):
    records, _ = read(text)
    assert records[:2] == [("On dams", ["Jane Doe"]), ("On rivers", ["Bo Sample", "Ada Example"])]
    assert records[2][0].startswith("Learning by Doing")


def test_the_year_behind_the_names_is_the_paper_s():
    problems = Problems()
    text = "On the dams, by Jane Doe (2026)\nOn the rivers, by Bo Sample, 2025\n"
    records = list(read_list(Source.from_text(text, "a.txt"), FileReport("a.txt"), problems))
    assert [record.fields["published"] for record in records] == ["2026", "2025"]


def test_one_title_that_ends_with_by_and_a_name_keeps_it_and_is_told():
    text = (
        f"- [On dams by Jane Doe]({ABS}1)\n- [On Rivers]({ABS}2)\n- [On Seas]({ABS}3)\n- [On Lakes, Bo Roe]({ABS}4)\n"
    )
    records, (problem,) = read(text)
    assert [title for title, _ in records] == ["On dams by Jane Doe", "On Rivers", "On Seas", "On Lakes, Bo Roe"]
    assert (
        problem.what == '"Jane Doe" at the end of "On dams by Jane Doe" may be the authors; so it is with 1 more title'
    )


def test_a_comma_before_by_needs_no_second_line():
    records, problems = read(f"- [On dams, by Jane Doe]({ABS}1)\n- [On Rivers]({ABS}2)\n- [On Seas]({ABS}3)\n")
    assert (records[0], problems) == (("On dams", ["Jane Doe"]), [])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("On dams \u2013 by Jane Doe", "On dams"),
        ("On dams, written by: Jane Doe", "On dams"),
        ("Standing by rivers, by Jane Doe", "Standing by rivers"),
    ],
)
def test_the_last_by_of_a_line_marks_the_authors_whatever_joins_it(text, title):
    records, problems = read(f"- [{text}]({ABS}1)\n- [On Rivers]({ABS}2)\n- [On Seas]({ABS}3)\n")
    assert (records[0], problems) == ((title, ["Jane Doe"]), [])


def test_names_behind_a_comma_are_told_once_as_a_doubt():
    _, problems = read(f"- On dams, Jane Doe, {ABS}1\n- On rivers, Bo Sample, {ABS}2\n")
    assert [problem.line for problem in problems] == [1]
    assert "since most titles end so" in problems[0].what


@pytest.mark.parametrize(
    "title",
    [
        "Optimization by Simulated Annealing",
        "Synthesis by Latent Diffusion",
        "Sampling by Monte Carlo",
        "Guns, Germs, and Steel",
        "Learning by Example",
    ],
)
def test_the_words_of_a_method_are_no_names(title):
    text = f"- [{title}]({ABS}1)\n- [{title} Again]({ABS}2)\n"
    records, problems = read(text)
    assert (records[0], problems) == ((title, []), [])


def test_one_title_of_many_that_ends_with_a_comma_and_capitals_is_no_doubt():
    others = "".join(f"- [On Rivers of Meadow {number}]({ABS}{number})\n" for number in range(10, 30))
    records, problems = read(f"- [Smaller, Weaker, Yet Better]({ABS}1)\n{others}")
    assert (records[0], problems) == (("Smaller, Weaker, Yet Better", []), [])


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe: On the dams\nBo Sample, Ada Example: On the rivers\nSparse Clouds over Seas\n",
        "Jane Doe \u2013 On the dams\nBo Sample & Ada Example \u2013 On the rivers\nSparse Clouds over Seas\n",
        f"- [Jane Doe: On the dams]({ABS}1)\n- [Bo Sample and Ada Example: On the rivers]({ABS}2)\n- [Seas]({ABS}3)\n",
    ],
)
def test_names_with_which_most_titles_of_a_list_begin_are_authors_and_told_once(text):
    records, problems = read(text, "papers/a.txt")
    assert records[:2] == [("On the dams", ["Jane Doe"]), ("On the rivers", ["Bo Sample", "Ada Example"])]
    assert sum("since most titles begin so" in problem.what for problem in problems) == 1


def test_the_name_of_a_method_before_a_colon_stays_in_the_title():
    text = f"- [Audio Mamba: A Model of Sounds]({ABS}1)\n- [On Rivers]({ABS}2)\n- [On Seas]({ABS}3)\n"
    assert read(text) == (
        [("Audio Mamba: A Model of Sounds", []), ("On Rivers", []), ("On Seas", [])],
        [],
    )


def test_several_names_before_a_colon_are_told_though_one_title_alone_begins_so():
    text = f"- [J. Doe, B. Sample: On the dams]({ABS}1)\n- [On Rivers]({ABS}2)\n- [On Seas]({ABS}3)\n"
    records, (problem,) = read(text)
    assert records[0] == ("J. Doe, B. Sample: On the dams", [])
    assert problem.what.startswith('"J. Doe, B. Sample" at the beginning of')


@pytest.mark.parametrize("end", [". ", ": ", ". 2024. ", " (2024). ", " \u2013 "])
def test_a_title_behind_names_is_what_its_link_is_called(end):
    text = f"- Jane Doe, Bo Sample{end}[On the dams]({ABS}1). NeurIPS 2024.\n"
    assert read(text) == ([("On the dams", ["Jane Doe", "Bo Sample"])], [])
