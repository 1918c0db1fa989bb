"""Whatever strangers write: no element, attribute or address off the list, and well-formed output."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from site_builder.render.text import (
    abstract_html,
    excerpt,
    headline_html,
    markdown_html,
    plain_html,
    plain_text,
    title_html,
)
from site_builder.render.text.mathml import ELEMENTS
from tests.conftest import IS_TORTURE

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
HOSTILE = SHARED / "hostile"
PARTS = 8  # of the corpora; `make torture` takes all, `make test` the first

MATHML = set(ELEMENTS) - {"span"}
INLINE = MATHML | {"code", "a"}
MARKDOWN = INLINE | set(
    "abbr b blockquote br cite dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li "
    "mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var".split()
)
ATTRIBUTES = {name for attributes in ELEMENTS.values() for name in attributes} | {"href"}
MARKDOWN_ATTRIBUTES = ATTRIBUTES | set(
    "id lang dir title src alt width height start colspan rowspan scope open".split()
)

PAGE_FUNCTIONS: list[Callable[[str], str]] = [abstract_html, title_html, headline_html, plain_html]
MARKDOWN_FUNCTIONS: list[Callable[[str], str]] = [
    markdown_html,
    partial(markdown_html, allow_html=True),
    partial(markdown_html, plain_maths=True, id_prefix="n-"),
]

ATTACKS = [
    "<script>alert(1)</script>",
    r"$\text{<img src=x onerror=alert(1)>}$",
    r"$\href{javascript:alert(1)}{x}$",
    r"\href{javascript:alert(1)}{x}",
    r"\url{javascript:alert(1)}",
    r"$\class{x}{y}$ $\style{color:red}{x}$ $\unicode{x3c}$",
    r"$\color{red;background:url(//evil.org)}x$",
    'https://a.org/"onmouseover="alert(1)',
    "https://a.org/'><script>x</script>",
    "mailto:a@b.org?body=<script>",
    "[x](javascript:alert(1)) ![x](https://evil.org/x.png) <javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x] ![x][x]",
    '[x](https://a.org "\\"onclick=alert(1)") ',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='java&#10;script:alert(1)'>x</a> <a href='//evil.org'>y</a>",
    "<img src=x onerror=alert(1)> $x$ <img alt='$y$' src='/\\evil.org'>",
    "\ufdd00\ufdd1 \x02wzxhzdk:0\x03 \x02stash:0\x03 $x$",
    "a\u202eb\x00c\ud800",
    "```<script>\nalert(1)\n```",
    "# <img src=x onerror=alert(1)> {: onclick=x }",
]


def hostile_strings() -> list[str]:
    return [
        json.loads(line)["text"]
        for file in sorted(HOSTILE.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def assert_safe(html: str, elements: set[str], attributes: set[str], *, is_markdown: bool = False) -> None:
    """Check with html5lib's own parser, as a browser would build the page; and as XML where all is ours."""
    fragment = html5lib.parseFragment(html, container="div", namespaceHTMLElements=False)
    for element in _elements(fragment):
        name = str(element.tag).rpartition("}")[2]
        assert name in elements, (name, html)
        for attribute, value in element.attrib.items():
            assert attribute in attributes, (attribute, html)
            if attribute in ("href", "src"):
                assert re.match(r"https?://|mailto:", value) or (is_markdown and _is_relative(value)), (value, html)
                assert attribute == "href" or _is_relative(value), (value, html)
    if not is_markdown:
        etree.fromstring(f"<div>{html}</div>")
    assert not re.search("[\x00-\x08\x0b-\x1f\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\ud800-\udfff]", html)


def _is_relative(value: str) -> bool:
    return not re.match(r"[^/?#]*:|[/\\]{2}|\s", value)


def _elements(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if element is not root)


def assert_all_safe(text: str) -> None:
    for write in PAGE_FUNCTIONS:
        assert_safe(write(text), INLINE | {"p", "span"}, ATTRIBUTES | {"class"})
    for write in MARKDOWN_FUNCTIONS:
        assert_safe(write(text), MARKDOWN, MARKDOWN_ATTRIBUTES | {"class"}, is_markdown=True)
    assert "\x00" not in plain_text(text) + excerpt(text)


@pytest.mark.parametrize("text", ATTACKS)
def test_no_attack_lives(text: str) -> None:
    assert_all_safe(text)
    assert_all_safe(f"$x$ {text} $\\frac{{1}}{{2}}$ https://a.org/{text}")


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile strings are not beside the repository")
@pytest.mark.parametrize("part", range(PARTS if IS_TORTURE else 1))
def test_no_string_of_the_hostile_corpora_lives(part: int) -> None:
    for text in hostile_strings()[part::PARTS]:
        assert_all_safe(text)


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile strings are not beside the repository")
def test_no_hostile_string_inside_a_formula_a_link_or_a_macro_lives() -> None:
    for number, text in enumerate(hostile_strings()[:: 4 if IS_TORTURE else 17]):
        frame = ["$\\text{{{}}}$", "$x_{{{}}}$", "https://a.org/{}", "\\href{{{}}}{{x}}", "[x]({})", "![{}](x)"][
            number % 6
        ]
        assert_all_safe(frame.format(text))


SYNTAX = (
    "$$ \\( \\) &lt; \\text{ ]( > - https://a.org/ javascript: <!-- --> <math> &#x3c; &#11; &#x202e; &#xfdd0;0".split()
)
PIECES = st.sampled_from([*ATTACKS, *SYNTAX, *"${}<>'\"&`[)*|^_\\x \n\u202e", "\n\n", "    "])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_mixture_of_attacks_and_syntax_lives(text: str) -> None:
    assert_all_safe(text)


@given(st.text(max_size=200))
def test_any_text_at_all_is_safe(text: str) -> None:
    assert_all_safe(text)


@pytest.mark.parametrize(
    "unit",
    ["$", "$a ", "[", "(", "<", "&", "{", "\\", "\\(", "http://a.org/(", "http://a.org.", "a.", "www.", "{}^", "\n \n"],
)
@pytest.mark.parametrize("write", [*PAGE_FUNCTIONS, plain_text, excerpt])
def test_a_long_run_of_one_sign_is_read_in_one_pass(write: Callable[[str], str], unit: str) -> None:
    assert isinstance(write(unit * ((300_000 if IS_TORTURE else 60_000) // len(unit))), str)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real abstracts are not beside the repository")
def test_real_abstracts_are_safe_and_keep_every_address() -> None:
    with gzip.open(SHARED / "papers_hf.jsonl.gz", "rt", encoding="utf-8") as lines:
        abstracts = [json.loads(line)["abstract"] for line in lines][::25]
    for abstract in abstracts:
        html = abstract_html(abstract)
        etree.fromstring(f"<div>{html}</div>")
        assert html.count("<a ") >= len(re.findall(r"https?://\w+\.\w", abstract))
