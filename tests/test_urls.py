"""Paths made from names in lists stay inside the site, on every file system."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.problems import BuildError
from site_builder.urls import MAX_SLUG, fold, permalink, slugify, term_slug, why_unsafe
from tests.conftest import Site

WINDOWS = ["con", "CON.txt", "Aux", "nul.tar.gz", "PRN ", "com1", "LPT9.html", "COM¹", "ｃｏｎ", "con .html"]
HOSTILE = [
    *(
        "..",
        ".",
        "/",
        "//",
        "../../etc/passwd",
        "..\\..\\x",
        "/etc/passwd",
        "C:\\x",
        "a:b",
        "a\0b",
        "\n",
        " ",
        "",
        "-",
        "%2e",
    ),
    *(
        "．．",
        "‥",
        "․․",
        "\uff0e\uff0e\uff0f",
        "a\u2215b",
        "name.",
        "name. .",
        " name",
        ".htaccess",
        "~root",
        "-rf",
        "a|b",
        "a?b",
    ),
    *(
        "\u202egpj.exe",
        "\ud800",
        "\ufdd0",
        "\u0300",
        "\U0001f600",
        "x" * 300,
        "é" * 300,
        "a." * 200,
        "<b>",
        "index",
        "INDEX.HTML",
    ),
    *WINDOWS,
]


def expect_fit(slug: str) -> None:
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", slug), slug
    assert len(slug) <= MAX_SLUG
    for path in (slug, f"{slug}.html", f"papers/{slug}.html", f"tags/{slug}/2.html", f"feeds/tags/{slug}/papers.xml"):
        assert why_unsafe(path) == "", path


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.html", ""),
        ("tags/index.html", "tags/"),
        ("papers/the-ai-index.html", "papers/the-ai-index.html"),
        ("subject-index.html", "subject-index.html"),
    ],
)
def test_only_a_page_named_index_is_its_folder(path: str, address: str) -> None:
    assert permalink("https://digest.example/papers/", path) == f"https://digest.example/papers/{address}"


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_name_leaves_the_site_or_is_refused_by_a_disk(text: str) -> None:
    expect_fit(slugify(text))
    expect_fit(term_slug(text))


@given(st.text(max_size=400))
def test_any_text_at_all_gives_a_fit_name(text: str) -> None:
    expect_fit(slugify(text))


@given(st.lists(st.sampled_from([*HOSTILE, *"./\\: aZé"]), max_size=6).map("".join))
def test_any_mixture_of_hostile_names_gives_a_fit_name(text: str) -> None:
    expect_fit(slugify(text))
    assert term_slug(text) != "index"


@pytest.mark.parametrize(
    ("one", "other"), [("x" * 300, "x" * 299), ("日本", "日本語"), ("con", "con.txt"), ("..", ".")]
)
def test_texts_that_lose_much_keep_names_of_their_own(one: str, other: str) -> None:
    assert slugify(one) != slugify(other)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "../a.html",
            "/a.html",
            "a/../b.html",
            "a//b.html",
            "a/./b.html",
            "",
            "a/",
            "a\0.html",
            "a\n.html",
            "a\\b.html",
        ),
        *(
            "C:a.html",
            "a:b.html",
            "a?.html",
            "a*.html",
            'a".html',
            "a<b.html",
            "a|b.html",
            "a\x7f.html",
            "a\ud800.html",
        ),
        *("a./b.html", "a /b.html", "a.html.", "a.html ", "x" * 300, "é" * 150, "/".join(["abcdefghi"] * 150)),
        *(".broadsheet/lock", ".Broadsheet/lock", ".broadsheet", "．broadsheet/lock"),
        *(f"tags/{name}" for name in WINDOWS),
    ],
    ids=lambda path: ascii(path[:40]),
)
def test_a_path_that_would_leave_the_folder_or_not_fit_on_every_disk_is_refused(path: str) -> None:
    assert why_unsafe(path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paper.html", "paper.html"),
        ("é.html", "e\u0301.html"),
        ("ﬁ.html", "fi.html"),
        ("straße.html", "STRASSE.html"),
        ("Å.html", "\u212b.html"),
        ("K.html", "\u212a.html"),
        ("ſ.html", "s.html"),
        ("１.html", "1.html"),
    ],
)
def test_paths_that_some_disk_takes_for_one_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("a.txt", "A.TXT"), ("é.txt", "e\u0301.txt"), ("a", "A/b.txt")])
def test_two_files_of_a_theme_that_some_disk_takes_for_one_stop_the_build(
    build_site: Callable[..., Site], tmp_path, one: str, other: str
) -> None:
    for name in (one, other):
        file = tmp_path / "templates" / "default" / "assets" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    with pytest.raises(BuildError, match="claim one address; rename all but one"):
        build_site("-- a.yaml --\n- title: A\n")
    assert not (tmp_path / "output").exists()


def test_names_equal_but_for_case_and_form_are_all_published_at_addresses_of_their_own(
    build_site: Callable[..., Site],
) -> None:
    names = [
        "straße",
        "STRASSE",
        "ﬁne",
        "FINE",
        "Caf\u00e9",
        "Cafe\u0301",
        "K",
        "\u212a",
        "x" * 200,
        "x" * 201,
        "..",
        "CON",
    ]
    papers = "".join(f"- {{title: Paper Number {n}, id: '{name}', doi: ''}}\n" for n, name in enumerate(names))
    site = build_site(f"-- papers/2026-05-27.yaml --\n{papers}")
    pages = [path for path in site.paths if path.startswith("papers/") and path.endswith(".html")]
    assert len(pages) == len({fold(path) for path in pages})  # including redirects from other ids
    assert len({fold(paper["url"]) for paper in site.papers.values()}) == len(site.papers) == len(names)
    assert not any(map(why_unsafe, site.paths))
