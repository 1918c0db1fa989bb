"""Content in lines that mail can carry looks as it did before."""

import re

import pytest
from lxml import html as lxml_html

from site_builder.render.text.lines import MAX_LINE, in_short_lines

LONG = {
    "words": "<p>" + "two words " * 1_000 + "</p>",
    "chinese": "<p>" + "云的论文研究与方法" * 500 + "</p>",
    "arabic": "<p dir=rtl>" + "ورقة عن الغيوم " * 500 + "</p>",
    "hindi": "<p>" + "बादलों" * 500 + "</p>",
    "one word": f"<p>{'x' * 5_000}</p>",
    "entities": "<p>" + "&lt;b&gt;&amp;" * 800 + "</p>",
    "preformatted": "<pre>" + "a  b\tc " * 800 + "</pre><p>after</p>",
    "a table": "<table>" + "<tr><td>one</td><td>two</td></tr>" * 200 + "</table>",
    "links": "<p>" + '<a href="https://example.org/paper?a=1&amp;b=2">a paper</a>, ' * 200 + "</p>",
    "inline": "<p>" + "<b>a</b><i>b</i>" * 300 + "</p>",
}


def shown(html: str) -> str:
    """Return the text that a browser shows, in which runs of white space are one space but in a `<pre>`."""
    whole = lxml_html.fromstring(f"<div>{html}</div>")
    return "\n".join(
        part if found.tag == "pre" else re.sub(r"\s+", " ", part).strip()
        for found in whole.iter("p", "pre", "td")
        for part in ["".join(found.xpath(".//text()"))]
    )


@pytest.mark.parametrize("name", LONG)
def test_no_line_is_longer_than_mail_carries_and_the_text_stays_as_it_was(name: str) -> None:
    short = in_short_lines(LONG[name])
    assert max(len(line.encode()) for line in short.split("\n")) <= MAX_LINE
    assert shown(short) == shown(LONG[name])
    assert in_short_lines(short) == short
