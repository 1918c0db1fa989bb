"""Text from HTML in feeds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.sources.syntax.html_text import html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("<p>One\n two</p><p>Three<br/>four <b>five</b>!</p>", "One two\n\nThree four five!"),
        ("one<br><br />two", "one\n\ntwo"),
        ("<jats:p>One</jats:p><jats:p>H<sub>2</sub>O</jats:p>", "One\n\nH2O"),
        ("A <SEG> token, a <mask> and <b, c> d", "A <SEG> token, a <mask> and <b, c> d"),
        ("<script>x</script>seen<!-- not --><style>y", "seen"),
        ("x < y and <i>z</i> > w", "x < y and z > w"),
        ("<div>" * 5000 + "deep", "deep"),
    ],
)
def test_text_and_paragraphs_stay(html, text):
    assert html_text(html) == text


@pytest.mark.parametrize("part", ["<", "<p ", "<!--", "<script>", " \n", "</", "&", "<br"])
def test_hostile_texts_come_to_an_end(part):
    assert len(html_text(part * 50_000 + "<i>")) < 300_000


@given(st.lists(st.text(alphabet="abcdé αß.,"), max_size=5))
def test_paragraphs_come_out_as_they_went_in(paragraphs):
    html = "".join(f"<p>{text}</p>" for text in paragraphs)
    assert html_text(html) == "\n\n".join(" ".join(text.split()) for text in paragraphs if text.strip())
