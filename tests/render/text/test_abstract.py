"""Titles and abstracts become paragraphs, MathML and live links; nothing else becomes markup."""

import pytest
from markupsafe import Markup

from site_builder.render.text import abstract_html, plain_html, title_html
from site_builder.render.text.bounds import MAX_FORMULAS

LINK = '<a href="{0}">{1}</a>'


def test_paragraphs_are_parted_by_blank_lines_and_everything_is_escaped() -> None:
    html = abstract_html('One <b>&"\n\n\n  Two')
    assert html == "<p>One &lt;b&gt;&amp;&#34;</p>\n<p>Two</p>"
    assert isinstance(html, Markup)
    assert abstract_html("  \n ") == ""


def test_formulas_become_mathml() -> None:
    assert abstract_html("an $x^2$ cost") == "<p>an <math><msup><mi>x</mi><mn>2</mn></msup></math> cost</p>"
    assert abstract_html("$$x$$") == '<p><math display="block"><mi>x</mi></math></p>'


def test_a_formula_that_cannot_be_converted_shows_its_source() -> None:
    assert abstract_html(r"so $\foo{<b>}$ is") == r'<p>so <code class="tex">\foo{&lt;b&gt;}</code> is</p>'


def test_a_title_keeps_formulas_on_its_line_and_has_no_links() -> None:
    assert title_html("$$x$$ at https://a.org") == "<math><mi>x</mi></math> at https://a.org"


def test_feeds_get_formulas_as_text_and_links() -> None:
    assert plain_html("$O(n^2)$, $a<b$: https://a.org/x.") == (
        f"<p>O(n²), a &lt; b: {LINK.format('https://a.org/x', 'https://a.org/x')}.</p>"
    )


def test_text_macros_become_text() -> None:
    assert abstract_html(r"na\"ive \textbf{x} 5\% of \$5") == "<p>naïve x 5% of $5</p>"


@pytest.mark.parametrize(
    ("text", "href", "shown"),
    [
        ("see https://github.com/a/b.", "https://github.com/a/b", "https://github.com/a/b"),
        ("future work.https://github.com/a/b", "https://github.com/a/b", "https://github.com/a/b"),
        ("(https://a.org/x_(y))", "https://a.org/x_(y)", "https://a.org/x_(y)"),
        ("at github.com/a/b, then", "https://github.com/a/b", "github.com/a/b"),
        ("at arxiv.org/abs/2401.10000!", "https://arxiv.org/abs/2401.10000", "arxiv.org/abs/2401.10000"),
        ("on name.github.io/page", "https://name.github.io/page", "name.github.io/page"),
        ("write to mailto:a.b@c.org.", "mailto:a.b@c.org", "mailto:a.b@c.org"),
        ("https://a.org/b.We show", "https://a.org/b", "https://a.org/b"),
        ("https://a.org/?a=1&b=2", "https://a.org/?a=1&amp;b=2", "https://a.org/?a=1&amp;b=2"),
        ("https://web.archive.org/web/https://a.org", *["https://web.archive.org/web/https://a.org"] * 2),
        (r"\url{https://a.org/x\_y}", "https://a.org/x_y", "https://a.org/x_y"),
    ],
)
def test_addresses_become_links_without_what_follows_them(text: str, href: str, shown: str) -> None:
    assert LINK.format(href, shown) in abstract_html(text)


def test_two_addresses_run_together_are_two_links() -> None:
    assert abstract_html("https://a.org/xhttps://b.org/y").count("<a ") == 2


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "http://localhost/x",
        "https://user:word@evil.org",
        "and/or a.b e.g. x.y/z",
        "file:///etc/passwd",
        "mailto:nobody",
        "vbscript://a.org",
    ],
)
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert "<a" not in abstract_html(text)


def test_the_formulas_of_one_text_are_bounded() -> None:
    assert abstract_html("$x$ " * (MAX_FORMULAS + 9)).count("<math>") == MAX_FORMULAS
