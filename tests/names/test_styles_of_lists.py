"""Lists of authors of real papers, written in every style that people and programs use, are read correctly.

The lists in the folder `shared` next to the repository are tested too, if it exists.
"""

import gzip
import json
import re
from collections.abc import Callable
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from site_builder.names.authors import Authors
from site_builder.names.line import names_in
from site_builder.names.person import split_name
from site_builder.names.words import is_east_asian, is_initials
from site_builder.papers.authors import parse_authors
from tests.conftest import IS_TORTURE

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SHARE = 0.995  # of the lists in each style must be read correctly
LISTS = [
    line.split("; ")
    for line in """\
Ashish Vaswani; Noam Shazeer; Niki Parmar; Jakob Uszkoreit; Llion Jones; Aidan N. Gomez; Łukasz Kaiser; Illia Polosukhin
Tri Dao; Albert Gu
Albert Gu; Tri Dao
Yu Gu; Xi Li; Bo Ma
Aaron van den Oord; Oriol Vinyals; Koray Kavukcuoglu
Kaiming He; Xiangyu Zhang; Shaoqing Ren; Jian Sun
Jacob Devlin; Ming-Wei Chang; Kenton Lee; Kristina Toutanova
Diederik P. Kingma; Jimmy Ba
Yann LeCun; Yoshua Bengio; Geoffrey E. Hinton
Sepp Hochreiter; Jürgen Schmidhuber
Durk Kingma; Max Welling
Nando de Freitas; Matthew W. Hoffman
Laurens van der Maaten; Geoffrey Hinton
Ilya Sutskever; Oriol Vinyals; Quoc V. Le
Jean-Bastien Grill; Florian Strub; Michal Valko
Corentin Tallec; Rémi Munos
Björn Ommer; Robin Rombach
Mohammad Norouzi; William Chan
Saining Xie; Ross Girshick; Piotr Dollár; Zhuowen Tu
Wei Xu; Yi Wu
Wei Wang; Jing Yu; Wei Wang
Ali Al-Rashid; Omar al-Khalili
Ian J. Goodfellow; Jean Pouget-Abadie; Mehdi Mirza
Ruslan Salakhutdinov
Alec Radford; Jeffrey Wu; Rewon Child; David Luan; Dario Amodei
Tom B. Brown; Benjamin Mann; Nick Ryder
Conor O'Brien; Siobhán Ní Dhuinn
Leo Breiman
Christopher D. Manning; Hinrich Schütze
Donald E. Knuth; Leslie Lamport
""".splitlines()
]


@cache
def last_and_given(name: str) -> tuple[str, str]:
    parts = split_name(name)
    return parts.last, parts.given


def initials(name: str, sign: str = ". ") -> str:
    given = last_and_given(name)[1]
    words = [word.strip(".") for word in given.split() if word.strip(".-")]
    return "".join("-".join(part[0] for part in word.split("-") if part) + sign for word in words).strip().upper()


def last_initials(name: str) -> str:
    return f"{last_and_given(name)[0]}, {initials(name)}"


def initials_last(name: str) -> str:
    return f"{initials(name)} {last_and_given(name)[0]}"


def last_given(name: str) -> str:
    return ", ".join(last_and_given(name))


def vancouver(name: str) -> str:
    return f"{last_and_given(name)[0]} {initials(name, '').replace('-', '')}"


def listed(names: list[str], sign: str, last_sign: str) -> str:
    return last_sign.join([*([sign.join(names[:-1])] if len(names) > 1 else []), names[-1]])


def each(write: Callable[[str], str], sign: str, last_sign: str | None = None) -> Callable[[list[str]], str]:
    return lambda names: listed(list(map(write, names)), sign, sign if last_sign is None else last_sign)


def mla(names: list[str]) -> str:
    return listed([last_given(names[0]), *names[1:]], ", ", ", and ")


def numbered(names: list[str]) -> str:
    return ", ".join(f"{name} ({place})" for place, name in enumerate(names, 1))


def with_places(names: list[str]) -> str:
    return ", ".join(f"{name} (University of Meadows, Berlin)" for name in names)


# Style → function that writes a list in it, and whether given names stay whole.
STYLES: dict[str, tuple[Callable[[list[str]], str], bool]] = {
    "A B, C D": (each(str, ", "), True),
    "A B, C D and E F": (each(str, ", ", " and "), True),
    "A B, C D & E F": (each(str, ", ", " & "), True),
    "A B and C D and E F": (each(str, " and "), True),
    "A B; C D": (each(str, "; "), True),
    "F. Last, F. Last": (each(initials_last, ", "), False),
    "F. Last, F. Last, and F. Last (IEEE)": (each(initials_last, ", ", ", and "), False),
    "Last, F., Last, F.": (each(last_initials, ", "), False),
    "Last, F., Last, F., & Last, F. (APA)": (each(last_initials, ", ", ", & "), False),
    "Last, F., Last, F. & Last, F.": (each(last_initials, ", ", " & "), False),
    "Last FM, Last F (Vancouver)": (each(vancouver, ", "), False),
    "Last FM, Last F. (with a full stop)": (lambda names: each(vancouver, ", ")(names) + ".", False),
    "Last, First; Last, First": (each(last_given, "; "), True),
    "Last, First and Last, First (BibTeX)": (each(last_given, " and "), True),
    "Last, First, Last, First": (each(last_given, ", "), True),
    "Last, First, First Last, and First Last (MLA, Chicago)": (mla, True),
    "A B, C D, et al.": (lambda names: each(str, ", ")(names) + ", et al.", True),
    "A B, C D et.al.": (lambda names: each(str, ", ")(names) + " et.al.", True),
    "F. Last, F. Last, and 12 others": (lambda names: each(initials_last, ", ")(names) + ", and 12 others", False),
    "A B (1), C D (2)": (numbered, True),
    "A B (place), C D (place)": (with_places, True),
    "A B*, C D†": (each(lambda name: f"{name}*", ", "), True),
    "A B¹, C D²": (each(lambda name: f"{name}¹", ", "), True),
    "A B1,2, C D1,2": (each(lambda name: f"{name}1,2", ", "), True),
    "A B、C D": (each(str, "、"), True),
    "one a line": (each(str, ",\n"), True),
}


def right(names: list[str], read: Authors, is_whole: bool) -> bool:
    expected = names if is_whole else [f"{initials(name)} {last_and_given(name)[0]}" for name in names]
    return plain(read.names) == plain(expected)


def plain(names: list[str] | tuple[str, ...]) -> list[str]:
    return [re.sub(r"[\s.-]", "", name) for name in names]


def share(style: str, lists: list[list[str]]) -> tuple[float, list[list[str]]]:
    write, is_whole = STYLES[style]
    wrong = [names for names in lists if not right(names, parse_authors(write(names)), is_whole)]
    return 1 - len(wrong) / len(lists), wrong


@pytest.mark.parametrize("style", STYLES)
def test_lists_of_real_papers_are_read_in_every_style(style: str) -> None:
    _, wrong = share(style, LISTS)
    assert wrong == []


def is_person(name: str) -> bool:
    """Return whether a name has a given and a family name in Latin letters, so that every style can write it."""
    parts = split_name(name)
    is_plain = re.fullmatch(r"[^\W\d_]['’\w.-]*(?: [^\W\d_]['’\w.-]*)+", name) and not re.search(r"\d", name)
    return bool(is_plain) and bool(parts.given) and not parts.suffix and not is_east_asian(name) and not is_odd(name)


def is_odd(name: str) -> bool:
    """Return whether a family name is cut off (`Prateek Y.`) or a given name is in lower case (`k. r.`)."""
    last, given = last_and_given(name)
    return is_initials(name.rsplit(maxsplit=1)[-1]) or len(last) < 2 or given[0].islower()


@cache
def shared_lists() -> list[list[str]]:
    with gzip.open(SHARED / "papers_hf.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line)["authors"] for line in islice(lines, 4_000)]
    for file in sorted((SHARED / "arxiv_jsonl").glob("*.jsonl")):
        rows += [json.loads(line)["authors"] for line in file.read_text(encoding="utf-8").splitlines()]
    return [names for names in rows if names and all(map(is_person, names))]


@pytest.mark.skipif(not SHARED.is_dir(), reason="no folder `shared` with lists of authors beside the repository")
@pytest.mark.parametrize("style", STYLES)
def test_thousands_of_lists_are_read_in_every_style(style: str) -> None:
    lists = shared_lists()[:: 1 if IS_TORTURE else 8]
    assert len(lists) > 500
    found, wrong = share(style, lists)
    assert found >= SHARE, wrong[:20]


def test_bars_and_dots_part_names_but_not_a_name_from_where_it_works() -> None:
    assert names_in("Ada Example | Bo Roe") == names_in("Ada Example · Bo Roe") == ["Ada Example", "Bo Roe"]
    assert names_in("Example, Ada | Meadow Works, Roe, Bo | Hill Works") == []
    assert names_in("Ada Example · Computer Science") == []
