"""Lists of authors in every form they are written in."""

from typing import Any

import pytest

from site_builder.names.evidence import Evidence
from site_builder.names.person import PersonName, parts_of
from site_builder.papers.authors import parse_authors


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["Ada Example", "Bo Sample"], ("Ada Example", "Bo Sample")),
        (["Example, Ada", "Sample, Jr, Bo"], ("Ada Example", "Bo Sample Jr")),
        ("Ada Example, Bo Sample and Cy Third", ("Ada Example", "Bo Sample", "Cy Third")),
        ("Example, Ada and Sample, Bo and others", ("Ada Example", "Bo Sample")),
        ("Example, Ada; Sample, Bo", ("Ada Example", "Bo Sample")),
        ("Ada Example et al.", ("Ada Example",)),
        ("Example, A., Sample, B. C.", ("A. Example", "B. C. Sample")),
        ("Knuth, Donald", ("Donald Knuth",)),
        ("van den Oord, Aaron and Vinyals, Oriol", ("Aaron van den Oord", "Oriol Vinyals")),
        ("García Márquez, Gabriel and Borges, Jorge Luis", ("Gabriel García Márquez", "Jorge Luis Borges")),
        ("Ada Example\nBo Sample\n", ("Ada Example", "Bo Sample")),
        ("Ada Example,\nBo Sample", ("Ada Example", "Bo Sample")),
        ("Institute for\nArtificial Sheep", ("Institute for Artificial Sheep",)),
        ("Ann Bee, Cy Dee and Eff Gee, Al Jay", ("Ann Bee", "Cy Dee", "Eff Gee", "Al Jay")),
        ("Ada Example, Bo Sample", ("Ada Example", "Bo Sample")),
        (["Ada Example", ":", "Bo Sample"], ("Ada Example", "Bo Sample")),
        (["The Sheep Counting Team"], ("The Sheep Counting Team",)),
        ([{"given": "Ada", "family": "Example"}], ("Ada Example",)),
        (["{Meadow Team, Inc.}"], ("Meadow Team, Inc.",)),
        (["Ada Example", None], ("Ada Example",)),
        ("", ()),
    ],
)
def test_names_are_read_from_every_form(written, names):
    assert parse_authors(written).names == names


def test_six_hundred_names_stay_in_order():
    names = [f"Author Number{n}" for n in range(600)]
    assert parse_authors(names).names == tuple(names)


def test_two_people_of_one_name_are_two():
    assert parse_authors(["Wei Wang", "Jane Doe", "Wei Wang"]).names == ("Wei Wang", "Jane Doe", "Wei Wang")


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("T. Dao, A. Gu", ("T. Dao", "A. Gu")),
        ("Dao, T., Gu, A.", ("T. Dao", "A. Gu")),
        ("Y. Zhang, H. Li, J. Liu, X. Yue", ("Y. Zhang", "H. Li", "J. Liu", "X. Yue")),
        ("Ma, Yi, Li, Bo", ("Yi Ma", "Bo Li")),
        ("Ada Example, Bo Sample & Cy Third", ("Ada Example", "Bo Sample", "Cy Third")),
        ("Example, A., Sample, B. & Third, C.", ("A. Example", "B. Sample", "C. Third")),
        ("Goodall-Field, Maria Jane", ("Maria Jane Goodall-Field",)),
        ("Vaswani, Ashish, Noam Shazeer, and Niki Parmar", ("Ashish Vaswani", "Noam Shazeer", "Niki Parmar")),
        ("King, Martin Luther, Jr., and Parks, Rosa", ("Martin Luther King Jr.", "Rosa Parks")),
        ("King Jr., Martin Luther", ("Martin Luther King Jr.",)),
        ("Beethoven, Ludwig van", ("Ludwig van Beethoven",)),
        ("Plumbley, M. D., Xu, X.", ("M. D. Plumbley", "X. Xu")),
        ("William (Bill) Sample, Ada Example", ("William Sample", "Ada Example")),
        ("Dr. Ada Example, Prof. Bo Sample", ("Ada Example", "Bo Sample")),
        ("OpenAI, Ada Example", ("OpenAI", "Ada Example")),
        ("Department of Physics and Astronomy", ("Department of Physics and Astronomy",)),
        ("Ada Example | Bo Sample", ("Ada Example", "Bo Sample")),
        ("Ada Example; Bo Sample; and Cy Third", ("Ada Example", "Bo Sample", "Cy Third")),
        ("Ada Example, Meadow University; Bo Sample, ETH Zürich", ("Ada Example", "Bo Sample")),
    ],
)
def test_a_comma_parts_people_or_turns_a_name(written: str, names: tuple[str, ...]) -> None:
    assert parse_authors(written).names == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("李飞飞, 邓嘉", ("李飞飞", "邓嘉")),
        ("何恺明、张祥雨、任少卿", ("何恺明", "张祥雨", "任少卿")),
        ("何恺明，孙剑", ("何恺明", "孙剑")),
        ("何恺明 张祥雨 任少卿", ("何恺明", "张祥雨", "任少卿")),
        ("조경현, 김윤", ("조경현", "김윤")),
        ("山中 伸弥, 本庶 佑", ("山中 伸弥", "本庶 佑")),
        (["山中, 伸弥"], ("山中伸弥",)),
        ("Erdős Pál, Lovász László", ("Erdős Pál", "Lovász László")),
        ("María José García, Juan Pérez López", ("María José García", "Juan Pérez López")),
    ],
)
def test_names_of_other_languages_keep_their_order(written: Any, names: tuple[str, ...]) -> None:
    assert parse_authors(written).names == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("C. Example (1), P. Roe (1 and 2), E. Li ((1) Meadow, Ulm, (2) Lab)", ("C. Example", "P. Roe", "E. Li")),
        ("Ada Example (Meadow University, Ulm), Bo Sample", ("Ada Example", "Bo Sample")),
        ("Ada Example*, Bo Sample†, Cy Third‡", ("Ada Example", "Bo Sample", "Cy Third")),
        ("Ada Example¹·², Bo Sample²", ("Ada Example", "Bo Sample")),
        ("Ada Example1,2, Bo Sample2", ("Ada Example", "Bo Sample")),
        ("Ada Example$^{1,2}$, Bo Sample$^*$", ("Ada Example", "Bo Sample")),
        ("Ada Example <ada@meadow.example>, Bo Sample <bo@meadow.example>", ("Ada Example", "Bo Sample")),
        ("Meadow Collaboration: A. Example, B. Sample", ("Meadow Collaboration", "A. Example", "B. Sample")),
        ("A. Example (on behalf of the Meadow Collaboration)", ("A. Example", "Meadow Collaboration")),
        (["Ada Example (MIT)", "Bo Sample*"], ("Ada Example", "Bo Sample")),
        (["Wei Wang 0001"], ("Wei Wang",)),
        (["Bo Sample", "Ada Example, ed."], ("Bo Sample", "Ada Example")),
        ("(Ada Example)", ("Ada Example",)),
    ],
)  # fmt: skip
def test_marks_and_affiliations_are_no_part_of_a_name(written: Any, names: tuple[str, ...]) -> None:
    assert parse_authors(written).names == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Smith JA, van der Berg P, Lee MC.", ("J. A. Smith", "P. van der Berg", "M. C. Lee")),
        ("Dao T, Gu A", ("T. Dao", "A. Gu")),
        ("LI Y, XU W", ("Y. LI", "W. XU")),
        ("Serre J-P, Weil A", ("J.-P. Serre", "A. Weil")),
        ("Smith JA Jr, Lee MC 3rd", ("J. A. Smith Jr", "M. C. Lee 3rd")),
        ("Dabre R, Khan MSUR, Khapra MM", ("R. Dabre", "M. S. U. R. Khan", "M. M. Khapra")),
        (["Smith JA", "Lee MC"], ("J. A. Smith", "M. C. Lee")),
        (["Prateek Y", "Ada Example"], ("Prateek Y", "Ada Example")),
        (["Mistral AI"], ("Mistral AI",)),
    ],
)
def test_initials_behind_a_family_name_come_before_it(written: Any, names: tuple[str, ...]) -> None:
    assert parse_authors(written).names == names


@pytest.mark.parametrize(
    ("written", "others"),
    [
        *((f"Ada Example{end}", 0) for end in (" et.al.", ", et. al.", " et al", " u. a.", " and others", " …", "...")),
        *((f"Ada Example{end}", 0) for end in ("; et al.", " [et al.]", " and colleagues", " und andere")),
        *((f"Ada Example{end}", 12) for end in (" and 12 others", ", 12 more authors", " + 12 more", ", +12")),
        (["Ada Example", "et al."], 0),
        (["Ada Example", "others"], 0),
        (["Ada Example", "and 12 others"], 12),
    ],
)
def test_others_are_no_author_and_are_told(written: Any, others: int) -> None:
    read = parse_authors(written)
    assert (read.names, read.is_cut, read.others) == (("Ada Example",), True, others)


def test_others_are_told_in_chinese_and_in_the_middle_of_a_list_of_the_apa() -> None:
    assert (parse_authors("何恺明, 孙剑 等").names, parse_authors("何恺明等").is_cut) == (("何恺明", "孙剑"), True)
    read = parse_authors("Vaswani, A., Shazeer, N., … Polosukhin, I.")
    assert (read.names, read.is_cut) == (("A. Vaswani", "N. Shazeer", "I. Polosukhin"), True)


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ({"first": "Ada", "middle": ["B."], "last": "Example", "suffix": ""}, "Ada B. Example"),
        ({"firstName": "Piet", "lastName": "van der Berg"}, "Piet van der Berg"),
        ({"first_name": "Bo", "last_name": "Sample"}, "Bo Sample"),
        ({"given-names": "Cy", "family-names": "Third"}, "Cy Third"),
        ({"given": "Di", "family": "Berg", "non-dropping-particle": "van der"}, "Di van der Berg"),
        ({"ForeName": "Fay", "LastName": "Sample", "Initials": "F"}, "Fay Sample"),
        ({"CollectiveName": "Meadow Consortium"}, "Meadow Consortium"),
        ({"literal": "The Meadow Team, Inc."}, "The Meadow Team, Inc."),
        ({"surname": "Example", "given_name": "Ada"}, "Ada Example"),
        ({"@pid": "1", "text": "Wei Wang 0001"}, "Wei Wang"),
        ({"full_name": "Example, Ada"}, "Ada Example"),
        ({"author": {"display_name": "Ada Example"}, "position": "first"}, "Ada Example"),
        ({"name": {"given": "Ada", "family": "Example"}}, "Ada Example"),
        ({"name": "Ada Example", "affiliation": "Meadow University"}, "Ada Example"),
        ({"family": "王", "given": "伟"}, "王伟"),
        ({"family": "King", "given": "Martin Luther", "suffix": "Jr."}, "Martin Luther King Jr."),
        (["Example", "Ada", "III"], "Ada Example III"),
    ],
)
def test_an_author_may_be_an_object_of_any_program(author: Any, name: str) -> None:
    assert parse_authors([author]).names == (name,)


def test_lists_of_authors_inside_of_objects_are_found_and_editors_are_none() -> None:
    people = {"author": [{"firstName": "Ada", "lastName": "Example"}, {"name": "Ed", "creatorType": "editor"}]}
    assert parse_authors(people).names == parse_authors({"authors": people}).names == ("Ada Example",)


def test_an_author_without_a_name_is_told() -> None:
    assert parse_authors([{"id": 7}]).doubts == ("no name is found in the author \"{'id': 7}\"",)


def test_names_joined_in_one_item_of_a_list_are_parted() -> None:
    assert parse_authors(["Example, Ada; Sample, Bo"]).names == ("Ada Example", "Bo Sample")
    assert parse_authors(["Ada Example & Bo Sample"]).names == ("Ada Example", "Bo Sample")
    assert parse_authors(["Ada Example, Bo Sample, Cy Third"]).names == ("Ada Example", "Bo Sample", "Cy Third")
    assert parse_authors(["Johnson & Johnson"]).names == ("Johnson & Johnson",)


def test_a_comma_that_may_mean_either_is_told_unless_the_file_shows_what_it_means() -> None:
    written = ["Ada Example, Bo Sample"]
    assert parse_authors(written).doubts
    assert parse_authors([*written, "Cy Third"]).names == ("Ada Example", "Bo Sample", "Cy Third")
    turned = parse_authors(["García Márquez, Gabriel José"], Evidence(lambda: [["Borges, Jorge"]]))
    assert (turned.names, turned.doubts) == (("Gabriel José García Márquez",), ())
    plain = parse_authors(written, Evidence(lambda: ["Cy Third, Di Fourth, and Ed Fifth"]))
    assert plain.names == ("Ada Example", "Bo Sample")


def test_two_linked_names_are_two_people_though_their_addresses_stand_between() -> None:
    written = "[Ada Example](https://a.example), [Bo Sample](https://b.example)"
    assert parse_authors(written, Evidence(lambda: [written])).names == ("Ada Example", "Bo Sample")


def test_what_the_source_says_of_the_parts_of_a_name_is_kept() -> None:
    read = parse_authors(["García Márquez, Gabriel", {"family": "王", "given": "伟"}, "Ada Example"])
    assert read.parts == {
        "Gabriel García Márquez": PersonName("García Márquez", "Gabriel"),
        "王伟": PersonName("王", "伟"),
    }


@pytest.mark.parametrize(
    ("value", "names", "families"),
    [
        ("LI Wei, WANG Fang, ZHANG San", ["Wei LI", "Fang WANG", "San ZHANG"], ["LI", "WANG", "ZHANG"]),
        (["DUPONT Jean", "MARTIN Pierre"], ["Jean DUPONT", "Pierre MARTIN"], ["DUPONT", "MARTIN"]),
        (["Maria GARCIA LOPEZ", "Jean DUPONT DURAND"], None, ["GARCIA LOPEZ", "DUPONT DURAND"]),
        ("Wei LIU, Yang XU", ["Wei LIU", "Yang XU"], ["LIU", "XU"]),
        (["Hiroshi ITO", "Ken ABE", "Tri DAO"], None, ["ITO", "ABE", "DAO"]),
        ("Wei LIU, Yang XU, Ada EXAMPLE", ["Wei LIU", "Yang XU", "Ada EXAMPLE"], ["LIU", "XU", "EXAMPLE"]),
        ("Jean DUC", ["Jean DUC"], ["DUC"]),
        ("Wang LI, Chen XY, Zhang W", ["L. I. Wang", "X. Y. Chen", "W. Zhang"], ["Wang", "Chen", "Zhang"]),
        ("Silva JRMA, Santos AB, Costa C", ["J. R. M. A. Silva", "A. B. Santos", "C. Costa"], None),
        ("Sample AB, Third C, Ada EXAMPLE", ["A. B. Sample", "C. Third", "Ada EXAMPLE"], None),
        ("IBM Research, NASA Ames", ["IBM Research", "NASA Ames"], None),
        ("Ada Lovelace a, Alan Turing b, Emmy Noether a,b", ["Ada Lovelace", "Alan Turing", "Emmy Noether"], None),
        ("Ada Lovelace^a, Alan Turing^b,c", ["Ada Lovelace", "Alan Turing"], None),
    ],
)
def test_family_names_in_capitals_and_letters_of_footnotes_are_known(value, names, families):
    found = parse_authors(value)
    assert list(found.names) == (names or value)
    if families:
        assert [parts_of(name, found.parts).family for name in found.names] == families


@pytest.mark.parametrize(
    ("text", "names"),
    [
        *((f"Ada Example {word} Bo Sample", "Ada Example|Bo Sample") for word in "en och og ja ve és oraz и".split()),
        ("Ada Example, Bo Sample y Cy Herd", "Ada Example|Bo Sample|Cy Herd"),
        ("José Ortega y Gasset", "José Ortega y Gasset"),
        ("João Cruz e Souza Lima, Bo Sample", "João Cruz e Souza Lima|Bo Sample"),
        ("Maria Sousa e Silva, Ada Example", "Maria Sousa e Silva|Ada Example"),
        ("张三和李四", "张三|李四"),
        ("张三 与 李四", "张三|李四"),
        ("王和平", "王和平"),
        ("김철수·이영희", "김철수|이영희"),
        ("卡尔·马克思", "卡尔·马克思"),
        ("Ada Example · Bo Sample", "Ada Example|Bo Sample"),
        ("Ada Example - Bo Sample", "Ada Example|Bo Sample"),
        ("Ada Example – University of Sheep, Bo Sample – ETH", "Ada Example|Bo Sample"),
        ('"Ada Example", "Bo Sample"', "Ada Example|Bo Sample"),
        ('Ada "Addie" Example', 'Ada "Addie" Example'),
        ("Ada Example, and the Sheep Collaboration", "Ada Example|Sheep Collaboration"),
        ("Ada Example, M.Sc., Bo Sample, Ph.D.", "Ada Example|Bo Sample"),
        ("Ada Example ORCID: 0000-0001-2345-6789", "Ada Example"),
    ],
)
def test_names_are_parted_by_the_words_and_signs_of_other_languages(text, names):
    assert parse_authors(text).names == tuple(names.split("|"))
    assert parse_authors([text]).names == tuple(names.split("|")) or "," in text


@pytest.mark.parametrize("word", ["y", "e", "i"])
def test_a_word_that_may_be_within_a_name_parts_two_names_of_a_text_alone_and_is_told(word):
    text = f"Ana Ruiz {word} Souza Lima"
    read = [parse_authors(value) for value in (text, [text], [text, "Bo Sample"])]
    assert [each.names for each in read] == [("Ana Ruiz", "Souza Lima"), (text,), (text, "Bo Sample")]
    assert [len(each.doubts) for each in read] == [1, 1, 1]
    assert parse_authors(["José Ortega y Gasset", "Santiago Ramón y Cajal"]).doubts == ()


@pytest.mark.parametrize(
    ("words", "count"),
    [
        *(("& al.", 0), ("m.fl.", 0), ("e.a.", 0), ("i in.", 0), ("et coll.", 0), ("and co.", 0), ("inter alia", 0)),
        *(("with 3 co-authors", 3), ("他3名", 3), ("等3人", 3), ("et al. (12 authors)", 12)),
    ],
)
def test_more_words_for_others(words, count):
    found = parse_authors(f"Ada Example {words}")
    assert (found.names, found.is_cut, found.others) == (("Ada Example",), True, count)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ({"0": {"name": "Ada Example"}, "1": {"name": "Bo Sample"}}, "Ada Example|Bo Sample"),
        ({"Ada Example": ["Sheep Lab"], "Bo Sample": ["Goat Lab"]}, "Ada Example|Bo Sample"),
        ({"list": ["Ada Example"], "count": 1}, "Ada Example"),
        ([{"vorname": "Ada", "nachname": "Example"}], "Ada Example"),
        ([{"prénom": "Ada", "nom": "Example"}], "Ada Example"),
        ([{"nombre": "Ada", "apellidos": "Example"}], "Ada Example"),
        ([{"姓": "张", "名": "三"}], "张三"),
        ([{"creatorName": {"content": "Example, Ada"}}], "Ada Example"),
        ([{"person_name": {"surname": "Example", "given_names": "Ada"}}], "Ada Example"),
    ],
)
def test_people_in_objects_of_any_shape_are_read(value, names):
    found = parse_authors(value)
    assert (found.names, found.doubts) == (tuple(names.split("|")), ())


@pytest.mark.parametrize("item", [7, 1.5, {"id": 5}, {"sheep": "Ada"}, True])
def test_an_author_in_whom_no_name_is_found_is_told(item):
    found = parse_authors(["Ada Example", item])
    assert (found.names, len(found.doubts)) == (("Ada Example",), 1)


def test_where_somebody_works_is_told_when_it_comes_out_as_an_author():
    assert len(parse_authors("Ada Example, Department of Sheep, ETH").doubts) == 1
    assert parse_authors("University of Sheep").doubts == ()


def test_doubts_beyond_the_first_are_counted(build_site):
    authors = ", ".join(f"{{sheep: {number}}}" for number in range(9))
    told = [
        each
        for each in build_site(f"-- a.yaml --\n- title: One\n  authors: [{authors}]\n").problems
        if "author" in each
    ]
    assert len(told) == 4
    assert any("6 more doubts about the authors" in each for each in told)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["Anna Mira i Pons, Jordi Roca i Vila"], ("Anna Mira i Pons", "Jordi Roca i Vila")),
        (["Ana Lima e Bruno Costa, Eva Dias"], ("Ana Lima e Bruno Costa", "Eva Dias")),
        ("Ana Lima e Bruno Costa, Eva Dias", ("Ana Lima e Bruno Costa", "Eva Dias")),
    ],
)
def test_names_that_a_small_word_may_join_are_told(written, names):
    authors = parse_authors(written)
    assert (authors.names, bool(authors.doubts)) == (names, True)


@pytest.mark.parametrize(
    "written",
    ["Anna Mira i Pons, Jordi Roca i Vila", ["Mira i Pons, Anna", "Roca i Vila, Jordi"], ["Ortega y Gasset, José"]],
)
def test_names_of_which_a_small_word_is_a_part_are_no_doubt(written):
    authors = parse_authors(written)
    assert (authors.names[0] in ("Anna Mira i Pons", "José Ortega y Gasset"), authors.doubts) == (True, ())


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("JA Sample, MC Third", "JA Sample|MC Third"),
        (["JA Sample", "MC Third"], "JA Sample|MC Third"),
        ("Sample, JA; Third, MC", "JA Sample|MC Third"),
        ("LI Wei, WANG Fang", "Wei LI|Fang WANG"),
        ("Sample J A, van der Berg P", "J. A. Sample|P. van der Berg"),
        ("Sample JA; WHO Study Group", "J. A. Sample|WHO Study Group"),
    ],
)
def test_initials_without_full_stops_are_no_family_name(written: Any, names: str) -> None:
    assert parse_authors(written).names == tuple(names.split("|"))


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Example, Ada\nSample, Bo", "Ada Example|Bo Sample"),
        ("- Ada Example\n- Bo Sample", "Ada Example|Bo Sample"),
        ("1. Example, Ada\n2. Sample, Bo", "Ada Example|Bo Sample"),
        ("Ada Example\tBo Sample", "Ada Example|Bo Sample"),
        ("Ada Example<br/>Bo Sample", "Ada Example|Bo Sample"),
        ("Ada Example/Bo Sample", "Ada Example|Bo Sample"),
        ("Example, Ada//Sample, Bo", "Ada Example|Bo Sample"),
        ("Ada Example + Bo Sample", "Ada Example|Bo Sample"),
        ("Ada Example with Bo Sample", "Ada Example|Bo Sample"),
        ("Ada Example And Bo Sample", "Ada Example|Bo Sample"),
        ("Ada Example, Bo Sample, and", "Ada Example|Bo Sample"),
        ("Written by Ada Example and Bo Roe.", "Ada Example|Bo Roe"),
        (["Ada Example", "and Bo Sample"], "Ada Example|Bo Sample"),
        ("محمد علي، أحمد حسن", "محمد علي|أحمد حسن"),
        ("山田太郎・鈴木花子", "山田太郎|鈴木花子"),
        (["张三, 李四"], "张三|李四"),
        (["김철수, 이영희"], "김철수|이영희"),
        (["欧阳, 小明"], "欧阳小明"),
        ("Sample, Third, and Berg", "Sample|Third|Berg"),
        ("DeepSeek-AI and Ada Example and Bo Sample", "DeepSeek-AI|Ada Example|Bo Sample"),
        (
            "National Academies of Sciences, Engineering, and Medicine",
            "National Academies of Sciences, Engineering, and Medicine",
        ),
        ("[Ada Example](https://ada.example), [Bo Sample](https://bo.example)", "Ada Example|Bo Sample"),
        ("Ada Example<sup>1</sup>, Bo Sample<sup>1,2</sup>", "Ada Example|Bo Sample"),
        (r"Ada Example\inst{1} and Bo Sample\thanks{Meadow}", "Ada Example|Bo Sample"),
        ("Ada Example 1, Bo Sample 1 2, Cy Third 2", "Ada Example|Bo Sample|Cy Third"),
        (["Ada Example1", "Bo Sample2"], "Ada Example|Bo Sample"),
        (["Ada Example, PhD", "Bo Sample, MD", "Cy Third MD"], "Ada Example|Bo Sample|Cy Third"),
        ("[{'name': 'Ada Example'}, {'name': 'Bo Sample'}]", "Ada Example|Bo Sample"),
        ('{"name": "Ada Example"}, {"name": "Bo Sample"}', "Ada Example|Bo Sample"),
        ("family=Berg, given=Jan, prefix=van der and Example, Ada", "Jan van der Berg|Ada Example"),
        ([["Ada Example", "MIT"], ["Bo Sample", "Meadow University"]], "Ada Example|Bo Sample"),
        ([{"Ada Example": "MIT"}], "Ada Example"),
        ([{"nome": "Ada", "cognome": "Example"}], "Ada Example"),
        ([{"name": "Example", "givenName": "Ada"}], "Ada Example"),
        ([{"firstNames": "Ada", "lastNames": "Example Field"}], "Ada Example Field"),
        ("Meadow Collaboration: Ada Example, Bo Sample", "Meadow Collaboration|Ada Example|Bo Sample"),
        (
            "Ada Example (Meadow), Bo Sample (Hill), on behalf of the Sky Collaboration",
            "Ada Example|Bo Sample|Sky Collaboration",
        ),
        ("EXAMPLE Ada, ROE Bo, DOE Cy", "Ada EXAMPLE|Bo ROE|Cy DOE"),
        ("1. Ada Example 2. Bo Sample 3. Cy Third", "Ada Example|Bo Sample|Cy Third"),
    ],
)
def test_more_ways_to_write_several_names(written: Any, names: str) -> None:
    found = parse_authors(written)
    assert found.names == tuple(names.split("|"))
    assert found.doubts == ()


@pytest.mark.parametrize(
    "words",
    [
        "etc.", "et all.", ", and many more", "and team", "_et al._", "*et al.*", ", et al. (2900 authors not shown)",
        ", plus 4", ", show 5 more", "외 3명", "等", "et al., 2017", "et al. (2017)",
    ],
)  # fmt: skip
def test_words_for_others_leave_no_author_behind(words: str) -> None:
    found = parse_authors(f"Ada Example {words}")
    assert (found.names, found.is_cut) == (("Ada Example",), True)


@pytest.mark.parametrize("sign", ["...", "\u2026", "et al.", "[...]", ". . ."])
@pytest.mark.parametrize(
    ("before", "behind", "names"),
    [
        ("Ada Example, Bo Sample", "Cy Third", ("Ada Example", "Bo Sample", "Cy Third")),
        ("Ada Example", "Cy Third", ("Ada Example", "Cy Third")),
        ("Example, A., Sample, B.", "Third, C.", ("A. Example", "B. Sample", "C. Third")),
        ("Example, Ada; Sample, Bo", "Third, Cy", ("Ada Example", "Bo Sample", "Cy Third")),
    ],
)
def test_what_is_left_out_between_two_names_turns_none_of_them(sign, before, behind, names) -> None:
    authors = parse_authors(f"{before}, {sign}, {behind}")
    assert (authors.names, authors.is_cut) == (names, True)


@pytest.mark.parametrize("group", ["NVIDIA", "Qwen", "Example-AI", "Gemini Team"])
@pytest.mark.parametrize("sign", [":", ", :,"])
@pytest.mark.parametrize("people", ["Ada Example, Bo Sample", "Ada Example and Bo Sample"])
def test_a_group_before_a_colon_is_an_author_of_its_own(group, sign, people) -> None:
    assert parse_authors(f"{group}{sign} {people}").names == (group, "Ada Example", "Bo Sample")


@pytest.mark.parametrize("role", ["Speaker", "Presenters", "Editors"])
def test_a_role_before_a_colon_is_no_author(role) -> None:
    assert parse_authors(f"{role}: Ada Example, Bo Sample, Cy Third").names == ("Ada Example", "Bo Sample", "Cy Third")


@pytest.mark.parametrize("suffix", ["Jr", "Jr.", "Sr.", "3rd", "III"])
@pytest.mark.parametrize(
    "form", ["Example, Ada B {}", "Example, Ada B {}; Sample, Bo", ["Example, Ada B {}", "Sample, Bo"]]
)
def test_a_suffix_behind_the_given_names_is_one(suffix, form) -> None:
    value = [each.format(suffix) for each in form] if isinstance(form, list) else form.format(suffix)
    assert parse_authors(value).names[0] == f"Ada B Example {suffix}"
    assert len(parse_authors(value).names) == (1 if form == "Example, Ada B {}" else 2)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (["Example, A", "Van Sample, LWL", "Berg Dahl, CDE"], ("A Example", "LWL Van Sample", "CDE Berg Dahl")),
        ("Example, A and Van Sample, LWL", ("A Example", "LWL Van Sample")),
        (["Dos Sample, SMB"], ("SMB Dos Sample",)),
        (["Example, Ada B. and", "and Sample, Bo", "Roe, Cy eds"], ("Ada B. Example", "Bo Sample", "Cy Roe")),
        (["Roe, Ed"], ("Ed Roe",)),
    ],
)
def test_initials_behind_two_family_names_are_no_workplace_and_joints_at_an_end_no_name(
    value: object, names: tuple[str, ...]
) -> None:
    found = parse_authors(value)
    assert (found.names, found.doubts) == (names, ())


@pytest.mark.parametrize(
    "text", ["Wei Example 0012", "Wei Example 0012, Bo Sample 0001", "Wei Example 0012 and Bo Sample"]
)
def test_the_numbers_of_dblp_are_no_part_of_the_names_of_a_text(text: str) -> None:
    assert parse_authors(text).names == ("Wei Example", "Bo Sample")[: 1 + ("Bo" in text)]


@pytest.mark.parametrize("nobody", ["(:Unav)", ":unkn", "Unknown", "(:tba)", "N/A", "None", "null"])
def test_an_object_that_says_who_is_not_known_names_nobody(nobody: str) -> None:
    for item in ({"name": nobody, "nameType": "Personal"}, {"literal": nobody}):
        found = parse_authors([item, {"name": "Unal, Ada"}])
        assert (found.names, found.doubts) == (("Ada Unal",), ())


def test_words_for_others_between_two_names_are_no_name() -> None:
    found = parse_authors("Ada Example, et al., Bo Sample")
    assert (found.names, found.is_cut) == (("Ada Example", "Bo Sample"), True)


@pytest.mark.parametrize(
    ("written", "names", "doubt"),
    [
        (["Ada Example, MIT"], ("Ada Example",), '"MIT" after "Ada Example" is taken for where they work'),
        ("Ada Example - Bo Sample - Cy Berg", ("Ada Example", "Bo Sample", "Cy Berg"), ""),
        ("Ada Example sowie Bo Sample", ("Ada Example", "Bo Sample"), ""),
        ("Kingma & Ba", ("Kingma", "Ba"), 'the authors "Kingma & Ba" may be read in two ways'),
        (["Example", "Ada; Sample", "Bo"], None, 'the authors "Example, Ada; Sample, Bo" are of one word each'),
        ("Jane Do{e and Bo Sample", ("Jane Doe", "Bo Sample"), "brace without its partner"),
        ([{"name": "Ada Example, Bo Sample"}], None, "read as one name"),
        ("García Márquez, Gabriel José", ("Gabriel José García Márquez",), "may be read in two ways"),
        (
            "Castro Ruz, Fidel Alejandro, García Márquez, Gabriel José",
            ("Fidel Alejandro Castro Ruz", "Gabriel José García Márquez"),
            "may be read in two ways",
        ),
        ("Centre for Ice and Ada Example", ("Centre for Ice", "Ada Example"), "may be one organisation"),
        (["Centre for Ice", "Snow", "Ada Example"], None, '"Centre for Ice" and "Snow" among the authors may be one'),
    ],
)
def test_what_is_guessed_of_names_is_told(written: Any, names: tuple[str, ...] | None, doubt: str) -> None:
    found = parse_authors(written)
    assert names is None or found.names == names
    assert doubt in "; ".join(found.doubts)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["Doe1, Jane", "Roe\u00b9, Bo", "Poe*, Al"], ("Jane Doe", "Bo Roe", "Al Poe")),
        (["van der Berg2, Jan Anna"], ("Jan Anna van der Berg",)),
        ("Doe1, Jane", ("Jane Doe",)),
        ("Doe1, Jane and Roe2, Bo", ("Jane Doe", "Bo Roe")),
        ("Doe1, J. A.; Roe2, Bo", ("J. A. Doe", "Bo Roe")),
        ("Ada Doe1, Bo Roe2", ("Ada Doe", "Bo Roe")),
        ("Team Llama3, Meta", ("Team Llama3", "Meta")),
        ([{"family": "Doe1", "given": "Jane"}, {"name": "Roe2, Bo"}], ("Jane Doe", "Bo Roe")),
    ],
)
def test_a_mark_behind_a_family_name_parts_no_name(written: Any, names: tuple[str, ...]) -> None:
    assert parse_authors(written).names == names


@pytest.mark.parametrize(
    "name",
    [
        "A and B Institute",
        "Ice, Sea and Sky Collaboration",
        "National Academies of Sciences, Engineering, and Medicine",
        "Food and Agriculture Organization",
        "Marine and Coastal Research Station",
        "Department of Sea and Ice",
        "Institut f\u00fcr Meer und Eis",
    ],
)
def test_an_organisation_is_one_author_though_its_name_joins_words(name: str) -> None:
    assert parse_authors([{"name": name}, {"name": "Doe, Jane"}]).names == (name, "Jane Doe")
    assert parse_authors([name]).names == (name,)


@pytest.mark.parametrize(
    "author",
    [
        {"name": "Jane, Bo and Ada", "nameType": "Organizational"},
        {"name": "Jane, Bo and Ada", "type": "organizational"},
        {"literal": "Jane, Bo and Ada"},
        {"@type": "Organization", "name": "Jane, Bo and Ada"},
    ],
)
def test_what_a_list_says_is_an_organisation_is_one_author(author: Any) -> None:
    assert parse_authors([author]).names == ("Jane, Bo and Ada",)


def test_people_that_one_object_joins_are_still_parted() -> None:
    assert parse_authors([{"name": "Jane Doe and Bo Roe"}]).names == ("Jane Doe", "Bo Roe")


@pytest.mark.parametrize(
    "written",
    [
        "Centre for Ice and Snow and Ada Example",
        "Centre for Ice and Snow & Ada Example",
        "the Centre for Ice and Snow, Ada Example",
        "Centre for Ice and Snow; Ada Example",
    ],
)
def test_an_organisation_whose_name_joins_words_is_one_beside_other_authors(written: str) -> None:
    found = parse_authors(written)
    assert found.names == ("Centre for Ice and Snow", "Ada Example")
    assert parse_authors(f"Bo Sample and {written}").names == ("Bo Sample", *found.names)
    assert found.doubts == ()


def test_given_names_alone_in_a_list_are_told_though_its_file_puts_them_first() -> None:
    evidence = Evidence(lambda: ["Ada Example, Bo Sample, Cy Berg"])
    found = parse_authors("García Márquez, Gabriel José", evidence)
    assert found.names == ("García Márquez", "Gabriel José")
    assert "may be read in two ways" in found.doubts[0]


def test_one_person_or_two_of_names_that_are_not_known_is_told_where_the_file_does_not_show_it() -> None:
    written = "Okafor Nwosu, Chidi Emeka"
    assert "may be read in two ways" in parse_authors(written, Evidence(lambda: [written, written])).doubts[0]
    for texts in ([written, "Ada Example"], [written, "Ada Example, Bo Sample, Cy Berg"], ["Ada Roe, Bo Doe", written]):
        found = parse_authors(written, Evidence(lambda texts=texts: texts))
        assert (found.names, found.doubts) == (("Okafor Nwosu", "Chidi Emeka"), ())
    turned = parse_authors(written, Evidence(lambda: [written, "Example, Ada"]))
    assert (turned.names, turned.doubts) == (("Chidi Emeka Okafor Nwosu",), ())
    for known in ("Maria Okafor, Chidi Emeka", "Okafor Nwosu, Chidi Kim", "王伟, 李娜"):
        assert parse_authors(known).doubts == ()


def test_two_whole_names_of_one_item_are_told_though_the_file_turns_its_names() -> None:
    evidence = Evidence(lambda: ["Example, Ada; Sample, Bo", "Third, Cy; Berg, Di"])
    assert "read as one name" in parse_authors(["Ada Example, Bo Sample"], evidence).doubts[0]
    assert parse_authors(["García Márquez, Gabriel José"], evidence).doubts == ()


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["Ada Example on behalf of the Sheep Consortium"], ("Ada Example", "Sheep Consortium")),
        (["Ada Example", "Bo Roe, for the Meadow Investigators"], ("Ada Example", "Bo Roe", "Meadow Investigators")),
        (["Ada Example", "{on behalf of the ATLAS Collaboration}"], ("Ada Example", "ATLAS Collaboration")),
        (["NANOGrav Collaboration: Ada Example", "Bo Roe"], ("NANOGrav Collaboration", "Ada Example", "Bo Roe")),
    ],
)
def test_a_group_that_stands_with_an_author_in_one_item_is_an_author_of_its_own(written, names):
    assert parse_authors(written).names == names


@pytest.mark.parametrize(
    ("written", "count"),
    [("Ada Example et 3 autres", 3), ("Ada Example ve diğerleri", 0), ("Ada Example y 2 otros", 2)],
)
def test_others_are_counted_in_other_languages(written, count):
    authors = parse_authors(written)
    assert (authors.names, authors.is_cut, authors.others) == (("Ada Example",), True, count)


def test_titles_and_raised_numbers_of_names_in_a_list_are_left_out():
    written = ["Dr Bo Roe", "Prof Ada Example", "Cy Berg^1", "Di Lee1,2", "Ed Fu1,*", "Wei Wang 0001"]
    names = ("Bo Roe", "Ada Example", "Cy Berg", "Di Lee", "Ed Fu", "Wei Wang")
    assert parse_authors(written).names == names
    assert parse_authors(["Dr Bo Roe", "Ada Example"]).names == ("Bo Roe", "Ada Example")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("First author: Ada Example; last author: Bo Roe", "Ada Example|Bo Roe"),
        ("Corresponding author: Ada Example", "Ada Example"),
        ("Ada Example 0000-0002-1825-0097, Bo Roe", "Ada Example|Bo Roe"),
        ("Bo von und zu Roe und Ada Example", "Bo von und zu Roe|Ada Example"),
        ("Team Meadow: Ada Example, Bo Roe", "Team Meadow|Ada Example|Bo Roe"),
        ("SHEEP and CLOUD Collaborations: A. Example", "SHEEP and CLOUD Collaborations|A. Example"),
        ("A. Example for the SHEEP and CLOUD Collaborations", "A. Example|SHEEP and CLOUD Collaborations"),
        ("A.Example, M.G.Roe, J.-P.Berg", "A. Example|M.G. Roe|J.-P. Berg"),
        ("Ada Example (with an appendix by Bo Roe)", "Ada Example|Bo Roe"),
        ("Ada Example, Cy Berg, appendix by Bo Roe", "Ada Example|Cy Berg|Bo Roe"),
    ],
)
def test_words_and_numbers_around_names_are_no_part_of_them(text, names):
    assert parse_authors(text).names == tuple(names.split("|"))


def test_a_word_before_a_name_of_a_list_is_no_part_of_it():
    assert parse_authors(["First author: Ada Example", "Bo Roe"]).names == ("Ada Example", "Bo Roe")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Ada Example (Wool Ltd.); Bo Roe (University of Wool); Cy Test, Di Doe, Ed Poe (Wool Ltd.)",
            ("Ada Example", "Bo Roe", "Cy Test", "Di Doe", "Ed Poe"),
        ),
        ("Ada Example, Bo B. Roe (NYU); Cy Test (Two Sigma)", ("Ada Example", "Bo B. Roe", "Cy Test")),
        (
            "Ada Example and Bo Roe, University of Wool; Cy Test, Wool Research; Di Doe, EPFL; Ed Poe, MIT CSAIL",
            ("Ada Example", "Bo Roe", "Cy Test", "Di Doe", "Ed Poe"),
        ),
        ("Ada Example, Bo Roe, and Cy Test, Wool College; Di Doe, MIT", ("Ada Example", "Bo Roe", "Cy Test", "Di Doe")),
        ("Example, Ada (MIT); Roe, Bo (ETH)", ("Ada Example", "Bo Roe")),
        ("García Márquez, Gabriel; Roe Sample, Ana (University B)", ("Gabriel García Márquez", "Ana Roe Sample")),
    ],
)
def test_groups_of_authors_with_where_each_works_are_read_as_programmes_print_them(text, names):
    authors = parse_authors(text)
    assert (authors.names, authors.doubts) == (names, ())
