"""Notes and free pages are Markdown, sanitised."""

import pytest

from site_builder.render.text import markdown_html
from site_builder.render.text.bounds import MAX_FORMULAS, MAX_MARKDOWN


def test_markdown_becomes_html() -> None:
    html = markdown_html("# One\n\n*a* `b`\n\n- c\n\n| d | e |\n|---|---|\n| 1 | 2 |\n\n```py\nx < y\n```\n")
    for part in [
        '<h1 id="one">One</h1>',
        "<em>a</em> <code>b</code>",
        "<li>c</li>",
        "<td>1</td>",
        "<pre><code>x &lt; y",
    ]:
        assert part in html


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("3. three\n4. four\n\n- a", '<ol start="3"><li>three</li><li>four</li></ol><ul><li>a</li></ul>'),
        ("- a\n- b\n\n1. one", "<ul><li>a</li><li>b</li></ul><ol><li>one</li></ol>"),
        ("1. one\n   - a\n2. two", "<ol><li>one</li><li>a</li><li>two</li></ol>"),
    ],
)
def test_a_list_keeps_its_kind_and_its_first_number(written: str, html: str) -> None:
    assert markdown_html(written).replace("\n", "") == html


def test_headings_go_down_together_and_never_below_the_sixth() -> None:
    assert markdown_html("# A\n\n###### B", top_heading=2) == '<h2 id="a">A</h2>\n<h6 id="b">B</h6>'
    assert markdown_html("## A\n\n### B", top_heading=2) == '<h2 id="a">A</h2>\n<h3 id="b">B</h3>'
    assert markdown_html("### A\n\n## B", top_heading=3) == '<h4 id="a">A</h4>\n<h3 id="b">B</h3>'


def test_no_heading_takes_an_anchor_of_the_page() -> None:
    assert markdown_html("## Main\n\n## Top") == '<h2 id="main-1">Main</h2>\n<h2 id="top-1">Top</h2>'


def test_footnotes_and_anchors_take_the_prefix() -> None:
    html = markdown_html("# A\n\n[up](#a) x[^1]\n\n[^1]: y", id_prefix="n-")
    for part in ['id="n-a"', 'href="#n-a"', 'href="#n-fn:1"', 'id="n-fn:1"']:
        assert part in html


def test_one_conversion_leaves_nothing_to_the_next() -> None:
    first = markdown_html("# A\n\nx[^1] $x$ [l]\n\n[^1]: y\n[l]: https://a.org", top_heading=3)
    assert markdown_html("# A\n\n[l] x[^1] $y$") == '<h1 id="a">A</h1>\n<p>[l] x[^1] <math><mi>y</mi></math></p>'
    assert first.startswith("<h3")


def test_relative_targets_are_resolved_and_others_kept() -> None:
    html = markdown_html(
        "[a](about.md#x) ![p](p.png) [b](https://a.org/b.md) [c](mailto:a@b.org)", resolve=lambda target: f"../{target}"
    )
    for part in ['href="../about.md#x"', 'src="../p.png"', 'href="https://a.org/b.md"', 'href="mailto:a@b.org"']:
        assert part in html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScript:x",
        "data:text/html,x",
        "//evil.org",
        "/\\evil.org",
        "vbscript:x",
        "&#106;avascript:x",
        "java\tscript:x",
    ],
)
def test_no_other_target_becomes_a_link(target: str) -> None:
    assert "href" not in markdown_html(f"[x](<{target}>)")
    assert "href" not in markdown_html(f'<a href="{target}">x</a>', allow_html=True)


def test_an_image_of_another_host_is_its_description() -> None:
    assert markdown_html("![a > b](https://evil.org/x.png)") == "<p>a &gt; b</p>"
    assert markdown_html("![a](x.png)") == '<p><img alt="a" src="x.png"></p>'


def test_html_is_shown_as_text_unless_allowed() -> None:
    assert markdown_html("a <b>b</b>\n\n<div>c</div>") == (
        "<p>a &lt;b&gt;b&lt;/b&gt;</p>\n<p>&lt;div&gt;c&lt;/div&gt;</p>"
    )


def test_allowed_html_is_sanitised() -> None:
    html = markdown_html(
        '<b onclick="x" style="color:red" class="c">b</b><script>alert(1)</script><svg onload=x></svg>'
        "<math><mi>x</mi></math>",
        allow_html=True,
    )
    assert html == "<p><b>b</b></p>"


def test_formulas_are_set_but_not_in_code_and_money_stays() -> None:
    html = markdown_html("$x_1$ and *$y_2$* `$z$` $5 and $10 \\$6\n\n    $w$\n")
    assert html.count("<math>") == 2
    assert "<code>$z$</code> $5 and $10 $6" in html
    assert "<pre><code>$w$" in html


def test_controls_written_as_entities_are_dropped_too() -> None:
    assert markdown_html("a&#11;b&#x202e;c $x$") == "<p>a\nbc <math><mi>x</mi></math></p>"
    assert "href" not in markdown_html("[x](/&#x202e;/evil.org)")


def test_a_forged_placeholder_is_never_more_than_a_formula_of_the_same_text() -> None:
    assert markdown_html("&#xfdd0;7&#xfdd1; &#xfdd0;0&#xfdd1;") == "<p> </p>"


def test_formulas_are_plain_text_where_asked() -> None:
    assert markdown_html("$a<b^2$", plain_maths=True) == "<p>a &lt; b²</p>"


def test_a_formula_holds_no_code_span() -> None:
    assert markdown_html("$a `b` \\foo$") == "<p>$a <code>b</code> \\foo$</p>"


def test_a_formula_in_an_attribute_is_no_markup() -> None:
    assert "<math>" not in markdown_html('[a](x "$y$") ![$z$](q.png)').replace("<p>", "")


def test_formulas_beyond_the_bound_show_their_source() -> None:
    assert markdown_html("$x$ " * (MAX_FORMULAS + 5)).count("<math>") == MAX_FORMULAS


@pytest.mark.parametrize(
    "text",
    [
        "x" * (MAX_MARKDOWN + 1),
        "[" * 20_000,
        "![a](b" * 15_000,
        "[a](" * 20_000,
        "`" * 90_000,
        "> " * 40_000,
        "- " * 40_000,
        "".join(" " * 4 * depth + "- x\n" for depth in range(200)),
        "a\n=\n" * 20_000,
        "a|b\n-|-\n" * 10_000,
        "[TOC]\n\n" * 10_000,
        "x " * 10 + "<b " * 30_000,
    ],
)
def test_what_the_parser_would_hang_on_is_shown_as_written(text: str) -> None:
    assert markdown_html(text).startswith("<pre>")
    assert markdown_html(text, allow_html=True).startswith("<pre>")


def test_deep_indentation_inside_a_fence_is_no_nesting() -> None:
    assert "<code>" in markdown_html("```\n" + " " * 80 + "x\n```\n")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("costs $5 and *much* for $x^2$; then $y^2$", "costs $5 and <em>much</em> for x²; then y²"),
        ("$5 to $10 per $x_1$ and $y_1$, or $3-$7", "$5 to $10 per x₁ and y₁, or $3-$7"),
        (r"a matrix $\begin{pmatrix}1&2\\3&4\end{pmatrix}$ for $5", "a matrix (1, 2; 3, 4) for $5"),
        (r"bare \begin{cases}a&b\\c&d\end{cases} _here_", "bare {a, b; c, d <em>here</em>"),
        ("`$5` and $x_1$ and `$6` and $y$", "<code>$5</code> and x₁ and <code>$6</code> and y"),
        ("US$3. A matrix $\\alpha$ and $$\\beta$$", "US$3. A matrix α and β"),
        ("$x$ $x$ $x$ $5 $x$", "x x x $5 x"),
    ],
)
def test_amounts_and_formulas_of_a_note_are_told_apart_over_the_whole_paragraph(written: str, shown: str) -> None:
    assert markdown_html(written, plain_maths=True) == f"<p>{shown}</p>"
    assert markdown_html(f"$5\n\n{written}", plain_maths=True) == f"<p>$5</p>\n<p>{shown}</p>"
