"""Links and pictures of the site's own that lead nowhere are told with file and line."""

import pytest

SITE = """
-- site.yaml --
base_url: https://clouds.example/digest
search: false
related: tags
cards: none
exports: [bib, md]
-- papers/a.yaml --
listed: 2026-05-27
papers:
- {title: Sparse Clouds, tags: [Rain]}
-- pages/about.md --
About.
-- files/mill.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
-- static/pictures/a b.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
"""
NOTE = "-- notes/2026-05-27.md --\n---\ntitle: N\n---\nFirst line.\n"
STATIC = "correct it, or put the file there as content/static/"


@pytest.mark.parametrize(
    ("text", "link", "remedy"),
    [
        ("[a](nothing.html)", "nothing.html", f"{STATIC}nothing.html"),
        ("![fig](static/fig.png)", "static/fig.png", f"{STATIC}fig.png"),
        ("![fig](fig.png?v=1#x)", "fig.png?v=1#x", f"{STATIC}fig.png"),
        ("![fig](static/pictures/a%20b.svg)", "static/pictures/a%20b.svg", 'write "pictures/a b.svg"'),
        ("![fig](mill.svg)", "mill.svg", 'write "files/mill.svg"'),
        ("![fig](files/fig.png)", "files/fig.png", "correct it, or put the file there as content/files/fig.png"),
        ("[a](about)", "about", 'write "about.html"'),
        ("[a](about.md)", "about.md", 'write "about.html"'),
        ("[a](pages/about.html)", "pages/about.html", 'write "about.html"'),
        ("[a](days/)", "days/", f"{STATIC}days/index.html"),
        ("[a](/digest/nothing.html)", "/digest/nothing.html", f"{STATIC}nothing.html"),
        ("[a](https://clouds.example/digest/x?a=1&b=2)", "https://clouds.example/digest/x?a=1&b=2", f"{STATIC}x"),
        ("[a](HTTPS://Clouds.Example/digest/x)", "HTTPS://Clouds.Example/digest/x", f"{STATIC}x"),
        (
            "[a](../x.html)",
            "../x.html",
            "links of notes and pages begin at the top of the site; there is nothing above it",
        ),
        ("see [a][1]\n\n[1]: gone.html", "gone.html", f"{STATIC}gone.html"),
        ("[a](Papers/sparse-clouds.html)", "Papers/sparse-clouds.html", f"{STATIC}Papers/sparse-clouds.html"),
    ],
)
def test_a_dead_link_of_a_note_or_a_page_is_told(build_site, text, link, remedy):
    line = 5 + text.partition(link)[0].count("\n") + 0
    note = build_site(SITE + NOTE + f"{text}\n").problems
    assert note == [f'notes/2026-05-27.md:{line}: "{link}" leads nowhere; {remedy}']
    page = build_site(f"{SITE}-- pages/more.md --\n{text}\n").problems
    assert f'pages/more.md:{line - 4}: "{link}" leads nowhere; {remedy}' in page


@pytest.mark.parametrize(
    "link",
    [
        *("about.html", "about.html#x", "#here", "?q=x", "./", "/digest", "/digest/", "tags/", "tags", "./about.html"),
        *("papers/sparse-clouds.html", "papers/sparse-clouds.bib", "days/2026-05-27.md", "feeds/digests.xml"),
        *("pictures/a%20b.svg", "assets/icon.svg", "tags/../about.html", "mail/2026-05-27/mail.html", "feeds.opml"),
        *("/elsewhere", "/", "https://clouds.example/other", "https://other.example/x", "mailto:ada@example.org"),
        "https://clouds.example/digest/tags/rain.html",
        "https://clouds.example/digest",
    ],
)
def test_one_that_leads_somewhere_or_to_others_is_not(build_site, link):
    assert build_site(f"{SITE}{NOTE}[a]({link})\n").problems == []


@pytest.mark.parametrize(
    "host",
    [
        *("http://clouds.example", "https://clouds.example:443", "http://clouds.example:80"),
        *("https://clouds.example.", "https://cl%6Fuds.example", "http://ada@Clouds.Example"),
    ],
)
def test_the_own_host_is_known_however_it_is_written(build_site, host):
    assert build_site(f"{SITE}{NOTE}[a]({host}/digest/tags/rain.html) [b]({host}/elsewhere)\n").problems == []
    (problem,) = build_site(f"{SITE}{NOTE}[a]({host}/digest/gone.html)\n").problems
    assert problem == f'notes/2026-05-27.md:5: "{host}/digest/gone.html" leads nowhere; {STATIC}gone.html'


@pytest.mark.parametrize(
    "host",
    [
        *("https://clouds.example:8443", "ftp://clouds.example", "https://clouds.example:x", "https://[", "https://"),
        *("https://clouds.example:99999", "https://www.clouds.example", "https://\N{SNOWMAN}" + ".example"),
    ],
)
def test_another_host_or_none_is_not_the_own(build_site, host):
    assert build_site(f"{SITE}{NOTE}[a]({host}/digest/gone.html)\n").problems == []


def test_a_host_beyond_ascii_is_one_with_its_punycode(build_site):
    site = SITE.replace("clouds.example", "bücher.example")
    for host in ("https://bücher.example", "http://xn--bcher-kva.example", "https://B%C3%9Ccher.example"):
        assert len(build_site(f"{site}{NOTE}[a]({host}/digest/gone.html)\n").problems) == 1, host


def test_html_counts_where_it_passes_and_only_there(build_site):
    text = '<img src="gone.png" alt="">\n\n    [code](code.html) `[more](more.html)`\n'
    assert build_site(SITE + NOTE + text).problems == []
    allowed = SITE.replace("search:", 'raw_html: ["notes/*"]\nsearch:')
    assert build_site(allowed + NOTE + text).problems == [
        f'notes/2026-05-27.md:5: "gone.png" leads nowhere; {STATIC}gone.png'
    ]


def test_each_place_is_told_once_and_the_line_is_the_one_of_the_link(build_site):
    text = "onegone.html\n[a](gone.html) [b](gone.html)\n[c](gone.html)\n"
    (problem,) = build_site(SITE + NOTE + text).problems
    assert problem.startswith("notes/2026-05-27.md:6: ")


def test_the_search_page_and_its_files_are_there_where_there_is_a_search(build_site):
    site = SITE.replace("search: false\n", "")
    text = "[a](search.html?q=clouds) [b](search/parts.json)\n"
    assert build_site(site + NOTE + text).problems == []


def test_all_that_an_editor_says_of_a_day_or_a_week_is_looked_through(build_site):
    words = '{sponsor: "[a](gone.html) [b](b.html)", footer: "[a](gone.html) [c](c.html)"}'
    site = build_site(f"{SITE}-- desk.yaml --\neditions:\n  2026-05-27: {words}\n  2026-W22: {words}\n")
    assert site.problems == [
        *(f'desk.yaml:2: "{link}.html" leads nowhere; {STATIC}{link}.html' for link in ("b", "c", "gone"))
    ]


def test_a_picture_of_the_site_that_is_named_by_its_whole_address_is_told_so(build_site):
    own = "http://clouds.example/digest/pictures"
    assert build_site(f"{SITE}{NOTE}![a]({own}/a%20b.svg) ![b]({own}/b.svg)\n").problems == [
        f'notes/2026-05-27.md:5: the picture "{own}/a%20b.svg" is named by its whole address and is not shown; '
        'write "pictures/a b.svg"',
        f'notes/2026-05-27.md:5: the picture "{own}/b.svg" is named by its whole address and is not shown; '
        f"{STATIC}pictures/b.svg",
    ]


def test_settings_that_name_a_page_or_a_file_that_is_not_there_are_told(build_site):
    settings = (
        "raw_html: [pages/about.md, pages/gone.md]\n"
        "newsletter:\n  service: url\n  form: https://clouds.example/digest/join.html\n"
    )
    assert build_site(SITE.replace("search:", f"{settings}search:")).problems == [
        'site.yaml:2: raw_html: no note or page fits "pages/gone.md"; '
        "write it as it stands below content/, or remove it",
        f'site.yaml:5: "https://clouds.example/digest/join.html" leads nowhere; {STATIC}join.html',
    ]


def test_a_text_of_many_links_is_looked_through_within_its_bounds(build_site):
    text = "[" * 20_000 + "](x" * 2_000
    build_site(f"{SITE}{NOTE}{text}\n")


def test_a_note_past_a_bound_of_markdown_is_reported(build_site):
    table = "|a" * 200 + "|\n" + "|-" * 200 + "|\n" + "|\n" * 200
    (problem,) = build_site(SITE + NOTE + f"{table}\n").problems
    assert problem.startswith("notes/2026-05-27.md: is past a bound of what Markdown may hold, and is shown as it was")
