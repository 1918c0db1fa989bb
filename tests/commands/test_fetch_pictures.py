"""Pictures from elsewhere: brought once, with where they came from, as far as settings and licences permit."""

from datetime import timedelta

import pytest
import yaml

from site_builder.build import build
from site_builder.commands.fetch import fetch_lists
from site_builder.commands.fetch.arxiv_figure import first_figure, licence_of
from site_builder.commands.fetch.http import Access
from site_builder.commands.fetch.pictures import ArxivAddresses, rights_of
from site_builder.config.fetch_source import FetchSource
from site_builder.config.settings import Settings
from site_builder.model.paper import Place
from tests.commands.fetch_site import FRIDAY, PLAIN, QUICK
from tests.commands.playback_server import Played, playing
from tests.conftest import NOW, write_content
from tests.drawn import SVG, claiming, drawn, noise
from tests.factories import paper

OPEN = Access(allow_http=True, allow_private=True)
PAGE = """<!doctype html><html><head><base href="/html/2611.00001v1/"></head><body>
<a id="license-tr" href="https://info.arxiv.org/help/license/index.html">License: CC BY 4.0</a>
<figure><img src="data:image/png;base64,AAAA"><figcaption>Nothing</figcaption></figure>
<figure><img src="logo.png" width="20"><figcaption>A sign</figcaption></figure>
<figure><img src="x1.png" width="600"><figcaption><span class="ltx_tag ltx_tag_figure">Figure 1: </span>We
draw <math alttext="n^2"><mi>n</mi></math> clouds.</figcaption></figure>
<figure><img src="x2.png"><figcaption>Second</figcaption></figure></body></html>"""
ABSTRACT = '<div class="abs-license"><a href="http://creativecommons.org/licenses/{}/4.0/">view license</a></div>'
LIST = """
-- papers/2026-11-20.yaml --
listed: 2026-11-20
papers:
- {title: Clouds, arxiv: "2611.00001", abstract: We look.%s}
"""


@pytest.fixture
def fetch(tmp_path):
    """Return a function that brings the pictures of a content folder from a server on loopback."""
    content = tmp_path / "content"
    answers, told = {}, []
    with playing(lambda asked: answers.get(asked.path, Played(b"", 404))) as server:

        def run(files="", images="", today=FRIDAY, access=OPEN):
            settings = PLAIN + (f"images: {images}\n" if images else "")
            write_content(content, f"-- site.yaml --\n{settings}" + files.replace("SERVER", server.address))
            addresses = [f"{server.address}/{kind}/{{id}}" for kind in ("html", "abs", "pdf")]
            before = len(server.asked)
            arxiv = ArxivAddresses(*addresses, access)
            done = fetch_lists(content, [], [], today, retry_policy=QUICK, services=(), arxiv=arxiv, tell=told.append)
            return done, [asked.path for asked in server.asked[before:]]

        run.answers, run.told, run.content = answers, told, content
        yield run


def kept(fetch):
    folder = fetch.content / "images" / "fetched"
    return {file.name: file for file in folder.iterdir()} if folder.is_dir() else {}


def said(fetch, name="2611.00001.yaml"):
    return yaml.safe_load(kept(fetch)[name].read_text())


def test_the_first_figure_of_arxiv_is_kept_with_caption_source_and_licence_and_asked_for_once(fetch):
    fetch.answers |= {"/html/2611.00001": Played(PAGE.encode()), "/html/2611.00001v1/x1.png": Played(drawn())}
    images = "{from: [arxiv_html]}"
    assert fetch(LIST % "", images) == (True, ["/html/2611.00001", "/html/2611.00001v1/x1.png"])
    assert sorted(kept(fetch)) == ["2611.00001.png", "2611.00001.yaml"]
    credits = said(fetch)
    assert (credits["caption"], credits["licence"], credits["kind"]) == (
        "We draw $n^2$ clouds.",
        "CC BY 4.0",
        "arxiv_html",
    )
    assert credits["source"].endswith("/html/2611.00001")
    assert fetch(images=images) == (True, [])
    result = build(fetch.content, fetch.content.parent / "output", NOW)
    assert list(result.problems) == []
    [paper] = result.site.catalogue.papers
    assert paper.picture.licence == "CC BY 4.0"
    page = (fetch.content.parent / "output/papers/2611.00001.html").read_text()
    assert "CC BY 4.0" in page
    fetch(images="{from: [lists]}")
    hidden = build(fetch.content, fetch.content.parent / "output", NOW)
    assert hidden.site.catalogue.papers[0].picture is None


@pytest.mark.parametrize(("licence", "is_brought"), [("by", True), ("by-sa", True), ("by-nc-nd", False)])
def test_a_licence_that_is_not_permitted_brings_no_picture(fetch, licence, is_brought):
    page = PAGE.replace("License: CC BY 4.0", "")
    fetch.answers |= {
        "/html/2611.00001": Played(page.encode()),
        "/abs/2611.00001": Played(ABSTRACT.format(licence).encode()),
        "/html/2611.00001v1/x1.png": Played(drawn()),
    }
    _, asked = fetch(LIST % "", "{from: [arxiv_html]}")
    assert ("/html/2611.00001v1/x1.png" in asked) == is_brought
    assert ("2611.00001.png" in kept(fetch)) == is_brought
    if not is_brought:
        assert "its licence is CC BY-NC-ND 4.0" in said(fetch)["why"]


def test_what_was_not_found_is_asked_for_again_after_a_week(fetch):
    images = "{from: [arxiv_html]}"
    assert fetch(LIST % "", images)[1] == ["/html/2611.00001"]
    assert fetch(images=images, today=FRIDAY + timedelta(days=6))[1] == []
    fetch(files=(LIST % "").replace("2026-11-20", "2026-11-27"), images=images, today=FRIDAY + timedelta(days=7))
    assert fetch.told[-1] == "pictures: 0 of 1 brought"


def test_the_first_page_of_a_pdf_is_drawn(fetch, tmp_path):
    from PIL import Image

    Image.new("RGB", (300, 400), "lightblue").save(tmp_path / "x.pdf")
    fetch.answers |= {
        "/abs/2611.00001": Played(ABSTRACT.format("by").encode()),
        "/pdf/2611.00001": Played((tmp_path / "x.pdf").read_bytes()),
    }
    assert fetch(LIST % "", "{from: [pdf]}")[0]
    assert said(fetch)["kind"] == "pdf"
    assert "2611.00001.png" in kept(fetch)


@pytest.mark.parametrize("document", [b"%PDF-1.4\nnothing", b"<html>", b""])
def test_a_pdf_that_cannot_be_drawn_is_told(fetch, document):
    fetch.answers |= {
        "/abs/2611.00001": Played(ABSTRACT.format("by").encode()),
        "/pdf/2611.00001": Played(document),
    }
    assert fetch(LIST % "", "{from: [pdf]}")[0]
    assert said(fetch)["why"].startswith("pdf: is ")


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (claiming(30_000, 40), "30,000 × 40 pixels"),
        (SVG, "is an SVG"),
        (b"<html>Sorry</html>", "is not a picture"),
        (drawn()[:700], "is broken"),
        (b"", "is empty"),
    ],
)
def test_no_bad_picture_is_kept(fetch, picture, why):
    fetch.answers |= {"/html/2611.00001": Played(PAGE.encode()), "/html/2611.00001v1/x1.png": Played(picture)}
    assert fetch(LIST % "", "{from: [arxiv_html]}")[0]
    assert sorted(kept(fetch)) == ["2611.00001.yaml"]
    assert why in said(fetch)["why"]
    assert list(build(fetch.content, fetch.content.parent / "output", NOW).problems) == []


def test_a_large_picture_is_kept_with_fewer_pixels(fetch):
    fetch.answers |= {"/html/2611.00001": Played(PAGE.encode()), "/html/2611.00001v1/x1.png": Played(noise(2000, 900))}
    fetch(LIST % "", "{from: [arxiv_html]}")
    assert sorted(kept(fetch)) == ["2611.00001.webp", "2611.00001.yaml"]


def test_what_a_curator_wrote_asks_for_no_licence_but_for_an_open_and_encrypted_host(fetch):
    fetch.answers["/x.png"] = Played(drawn())
    done, asked = fetch(LIST % ', image: "SERVER/x.png"', access=Access())
    assert (done, asked) == (True, [])
    assert "is not encrypted" in said(fetch)["why"]
    assert any("is not encrypted" in line for line in fetch.told)
    [problem] = build(fetch.content, fetch.content.parent / "output", NOW).problems
    assert "is not here yet; run `broadsheet fetch`" in str(problem)


def test_a_host_that_does_not_answer_is_told_and_asked_again_the_next_time(fetch):
    fetch.answers["/html/2611.00001"] = Played(b"", 503)
    assert not fetch(LIST % "", "{from: [arxiv_html]}")[0]
    assert not kept(fetch)
    fetch.answers |= {"/html/2611.00001": Played(PAGE.encode()), "/html/2611.00001v1/x1.png": Played(drawn())}
    assert fetch(images="{from: [arxiv_html]}")[0]
    assert "2611.00001.png" in kept(fetch)


def test_a_figure_on_another_host_is_not_asked_for(fetch):
    page = PAGE.replace('src="x1.png"', 'src="http://127.0.0.1:1/secret.png"')
    fetch.answers["/html/2611.00001"] = Played(page.encode())
    assert fetch(LIST % "", "{from: [arxiv_html]}") == (True, ["/html/2611.00001"])
    assert "on another host" in said(fetch)["why"]


@pytest.mark.parametrize(
    ("name", "asked"), [("a map.png", "a%20map.png"), ("Schaubild für a.png", "Schaubild%20f%C3%BCr%20a.png")]
)
def test_a_figure_whose_name_holds_spaces_or_umlauts_is_brought(fetch, name, asked):
    page = PAGE.replace("x1.png", name)
    fetch.answers |= {"/html/2611.00001": Played(page.encode()), f"/html/2611.00001v1/{asked}": Played(drawn())}
    fetch(LIST % "", "{from: [arxiv_html]}")
    assert "2611.00001.png" in kept(fetch)


@pytest.mark.parametrize("address", ["ftp://a.example/x1.png", "http://[", "//a.example:99999/x1.png"])
def test_a_figure_without_a_web_address_is_no_picture(fetch, address):
    fetch.answers["/html/2611.00001"] = Played(PAGE.replace("x1.png", address).encode())
    assert fetch(LIST % "", "{from: [arxiv_html]}")[0]
    assert said(fetch)["why"]


def test_a_page_of_arxiv_with_a_broken_base_has_no_figure(fetch):
    fetch.answers["/html/2611.00001"] = Played(PAGE.replace("/html/2611.00001v1/", "http://[").encode())
    assert fetch(LIST % "", "{from: [arxiv_html]}")[0]
    assert "no figure" in said(fetch)["why"]


def test_a_picture_whose_address_was_corrected_is_asked_for_at_once(fetch):
    image = LIST % ', image: "SERVER/%s"'
    fetch(image % "typo.png")
    fetch.told.clear()
    fetch()
    assert fetch.told == []
    fetch(image % "right.png")
    assert fetch.told[-1] == "pictures: 0 of 1 brought"


def test_a_picture_of_a_note_that_was_not_found_is_asked_for_again_after_a_week(fetch):
    fetch("-- notes/2026-11-20.md --\n![A map](SERVER/map.png)\n")
    fetch.told.clear()
    fetch()
    assert fetch.told == []
    fetch(today=FRIDAY + timedelta(days=7))
    assert fetch.told[-1] == "pictures: 0 of 1 brought"


def test_a_picture_keeps_its_record_when_another_that_is_asked_for_is_not_found(fetch):
    folder = fetch.content / "images" / "fetched"
    write_content(
        folder, "-- 2611.00001.yaml --\nkind: lists\naddress: https://a.example/old.png\npaper: '2611.00001'\n"
    )
    (folder / "2611.00001.png").write_bytes(drawn())
    fetch(LIST % ', image: "SERVER/new.png"')
    assert said(fetch)["address"] == "https://a.example/old.png"
    assert build(fetch.content, fetch.content.parent / "output", NOW).site.catalogue.papers[0].picture is None


def test_a_picture_of_a_note_is_brought_under_the_same_rights(fetch):
    note = "-- notes/2026-11-20.md --\n![A map](SERVER/map.png)\n"
    fetch.answers["/map.png"] = Played(drawn())
    assert fetch(LIST % "" + note)[1] == []  # loopback is no open host
    [name] = kept(fetch)
    address = said(fetch, name).get("address", "")
    assert name.startswith("note-")
    assert said(fetch, name)["why"]
    picture = fetch.content / "images/fetched" / name.replace(".yaml", ".png")
    picture.write_bytes(drawn(900, 500))
    url = address or next(line for line in (fetch.content / "notes/2026-11-20.md").read_text().split("(")[1:])[:-2]
    picture.with_suffix(".yaml").write_text(f"kind: note\naddress: {url}\n")
    result = build(fetch.content, fetch.content.parent / "output", NOW)
    assert list(result.problems) == []
    day = (fetch.content.parent / "output/days/2026-11-20.html").read_text()
    assert 'alt="A map" src="../pictures/' in day
    assert 'width="900" height="500"' in day
    mail = (fetch.content.parent / "output/mail/2026-11-20/mail.html").read_text()
    assert ".jpg" in mail


@pytest.mark.parametrize(
    ("page", "licence"),
    [
        (ABSTRACT.format("by-nc-sa"), "CC BY-NC-SA 4.0"),
        ('<div class="abs-license"><a href="http://creativecommons.org/publicdomain/zero/1.0/">v</a></div>', "CC0 1.0"),
        (
            '<div class="abs-license"><a href="http://arxiv.org/licenses/nonexclusive-distrib/1.0/">v</a></div>',
            "arXiv non-exclusive",
        ),
        ('<p><a href="http://creativecommons.org/licenses/by/4.0/">a reference of the paper</a></p>', ""),
        ("", ""),
        ("<" * 1000, ""),
    ],
)
def test_the_licence_is_the_one_that_arxiv_tells_and_none_that_the_paper_names(page, licence):
    assert licence_of(page.encode()) == licence


@pytest.mark.parametrize("page", [b"", b"\0", b"<figure>", b"<figure><img src='http://['><figcaption>a</figcaption>"])
def test_a_page_without_a_figure_has_none(page):
    assert first_figure(page, "https://arxiv.org/html/1") is None


@pytest.mark.parametrize(("image", "is_private"), [("http://10.0.0.5/x.png", True), ("http://10.0.0.6/x.png", False)])
def test_a_source_in_a_private_network_opens_no_other_host_there(image, is_private):
    source = FetchSource(kind="hf_daily", url="http://10.0.0.5/api", allow_http=True, allow_private=True)
    place = Place("papers/fetched/hf-daily/2026-11-20.json", 1)
    listed = paper("Clouds", "2026-11-20", image=image, places=(place,))
    assert rights_of(listed, Settings(fetch=(source,)), image) == Access(True, is_private)
    assert rights_of(listed, Settings(), image) == Access()
