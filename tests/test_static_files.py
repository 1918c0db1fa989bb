"""Static files: `content/static/` is copied unchanged to the top of the site."""

import pytest

from site_builder.build import build
from site_builder.problems import BuildError
from site_builder.sources.content import static_files
from tests.conftest import NOW, write_content

SITE = """
-- site.yaml --
base_url: https://clouds.example
search: false
related: tags
cards: none
-- papers/a.yaml --
listed: 2026-05-27
papers:
- {title: Sparse Clouds}
-- static/CNAME --
clouds.example
-- static/google1a2b.html --
google-site-verification: google1a2b.html
-- static/.well-known/security.txt --
Contact: mailto:editor@clouds.example
-- static/pictures/a cloud.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
"""
PICTURE = bytes(range(256)) * 3


@pytest.fixture
def content(tmp_path):
    write_content(tmp_path / "content", SITE)
    (tmp_path / "content/static/photo.jpg").write_bytes(PICTURE)
    return tmp_path / "content"


def test_they_are_copied_byte_for_byte_hidden_ones_too(content, build_site):
    site = build_site(content)
    assert site.problems == []
    for file in (content / "static").rglob("*"):
        if file.is_file():
            assert (site.output / file.relative_to(content / "static")).read_bytes() == file.read_bytes()


def test_they_are_no_lists_and_no_pages_of_the_sitemap(content, build_site):
    site = build_site(content)
    assert list(site.result.sources.files) == ["papers/a.yaml"]
    assert "google1a2b" not in site.text("sitemap.xml")


def test_what_systems_and_editors_leave_behind_is_not_published(content, build_site):
    for name in (".DS_Store", "._photo.jpg", ".CNAME.swp", ".gitkeep", "CNAME~", ".git/config"):
        (content / "static" / name).parent.mkdir(exist_ok=True)
        (content / "static" / name).write_text("litter")
    site = build_site(content)
    assert not [path for path in site.paths if b"litter" in (site.output / path).read_bytes()]


@pytest.mark.parametrize("name", ["robots.txt", ".nojekyll", "favicon.ico", "_redirects"])
def test_one_of_ones_own_takes_the_place_of_what_hosts_and_robots_read(content, build_site, name):
    (content / "static" / name).write_text("mine\n")
    assert build_site(content).text(name) == "mine\n"


def test_every_site_tells_hosts_to_leave_its_files_alone(content, build_site):
    assert (build_site(content).output / ".nojekyll").read_bytes() == b""


@pytest.mark.parametrize(
    "path", ["index.html", "Index.html", "feeds", "assets/style.css", "papers/sparse-clouds.html/x"]
)
def test_the_address_of_a_page_is_refused_and_both_are_named(content, build_site, path):
    (content / "static" / path).parent.mkdir(parents=True, exist_ok=True)
    (content / "static" / path).write_text("mine")
    with pytest.raises(BuildError, match=rf"claim one address.*\n.*content/static/{path}"):
        build_site(content)
    assert not (content.parent / "output").exists()


@pytest.mark.parametrize("name", ["con.txt", "a:b", "what?", ".broadsheet/ledger.json", "dot."])
def test_a_name_that_not_every_disk_can_hold_is_refused(content, build_site, name):
    (content / "static" / name).parent.mkdir(exist_ok=True)
    (content / "static" / name).write_text("x")
    with pytest.raises(BuildError, match=r"cannot be written; rename these inputs:\n.*content/static/"):
        build_site(content)


@pytest.mark.parametrize("target", ["gone", "/nowhere/at/all", "linked"])
@pytest.mark.parametrize("folder", ["static", "papers", "pages", "images"])
def test_a_link_that_leads_to_nothing_is_told(content, build_site, folder, target):
    (content / folder).mkdir(exist_ok=True)
    (content / folder / "linked").symlink_to(target)
    (problem,) = build_site(content).problems
    assert problem.startswith(f"{folder}/linked: is a link ")


@pytest.mark.parametrize("target", ["/etc/passwd", "../../elsewhere", "."])
def test_a_link_that_leads_out_or_to_a_folder_is_told_and_not_followed(content, build_site, target):
    (content.parent / "elsewhere").write_text("secret")
    (content / "static/linked").symlink_to(target)
    site = build_site(content)
    assert "linked" not in site.paths
    assert len(site.problems) == 1
    assert site.problems[0].startswith("static/linked: is a link ")


def test_a_file_that_no_web_host_takes_is_told_and_not_copied(content, build_site):
    with (content / "static/film.mp4").open("wb") as file:
        file.truncate(static_files.MAX_STATIC + 1)
    site = build_site(content)
    assert site.problems == [
        "static/film.mp4: has 100 MiB, more than the 100 a web host takes; "
        "make it smaller or put it elsewhere; it is not published"
    ]
    assert "film.mp4" not in site.paths


@pytest.mark.parametrize(
    "name",
    ["CNAME", "papers/figure.png", "notes/Photo.JPG", "pages/style.css", "robots.txt", "google0123456789abcdef.html"],
)
def test_one_that_lies_elsewhere_in_the_content_is_told_where_it_belongs(content, build_site, name):
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_bytes(PICTURE)
    base = name.split("/")[-1]
    assert build_site(content).problems == [
        f"{name}: is no list of papers and is not published; "
        f"move it to static/{base}: what lies in static/ goes to the top of the site as it is"
    ]


@pytest.mark.parametrize("path", ["photo.jpg", ".well-known/security.txt", ".well-known/new"])
def test_a_later_build_sees_every_change_and_writes_only_that(content, tmp_path, path):
    build(content, tmp_path / "output", NOW)
    (content / "static" / path).write_bytes(b"other")
    written = build(content, tmp_path / "output", NOW).written
    assert (written.written, written.removed) == (1, 0)
    assert (tmp_path / "output" / path).read_bytes() == b"other"
    (content / "static" / path).unlink()
    written = build(content, tmp_path / "output", NOW).written
    assert (written.written, written.removed) == (0, 1)
