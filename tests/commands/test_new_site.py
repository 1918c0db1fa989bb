"""A new site: it builds at once and its schemas know its files."""

import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.commands.new_site import new_site
from site_builder.commands.schemas import desk_schema, list_schema, site_schema
from site_builder.config.settings import read_settings
from site_builder.problems import BuildError
from tests.conftest import write_content

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 21)


@pytest.fixture
def site(tmp_path):
    new_site(tmp_path / "digest", TODAY)
    return tmp_path / "digest"


def loaded(text):
    """Return a YAML text as an editor sees it: dates are texts there."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_it_builds_without_a_problem(site, build_site):
    built = build_site(site / "content")
    assert built.problems == []
    assert len(built.papers) == 3
    assert "A first issue" in built.text("days/2026-11-21.html")
    assert {tag["name"] for tag in built.json("api/tags.json")} >= {"Language models", "Vision"}
    assert "about.html" in built.paths


def test_the_same_day_makes_the_same_site_but_for_the_name_in_its_entry_ids(site, tmp_path):
    again = tmp_path / "again"
    files = [file.relative_to(again) for file in new_site(again, TODAY)]
    assert files
    names = [
        re.findall(r"[0-9a-f]{12}\.example,2026-11-21", text_of(place, "content/site.yaml")) for place in (again, site)
    ]
    assert names[0] != names[1]
    assert all(text_of(again, file).replace(*names[0], *names[1]) == text_of(site, file) for file in files)


def text_of(folder, file):
    return (folder / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("zone", "hour"), [("UTC", 6), ("Asia/Tokyo", 21), ("America/Los_Angeles", 14), ("Europe/Berlin", 5)]
)
def test_days_begin_in_the_zone_of_the_machine_and_the_shipped_schedule_runs_in_its_morning(tmp_path, zone, hour):
    new_site(tmp_path / "mine", TODAY, zone)
    assert f"zone: {zone}\n" in text_of(tmp_path / "mine", "content/site.yaml")
    assert f'cron: "17 {hour} * * *"' in text_of(tmp_path / "mine", ".github/workflows/digest.yml")


def test_its_files_fit_their_schemas_and_name_them(site):
    for path, schema in (("site.yaml", "site"), ("papers/2026-11-21.yaml", "papers")):
        file = site / "content" / path
        named = file.read_text().split("\n")[0].removeprefix("# yaml-language-server: $schema=")
        told = json.loads((file.parent / named).read_text())
        assert (file.parent / named).resolve() == site / "schemas" / f"{schema}.schema.json"
        jsonschema.Draft202012Validator.check_schema(told)
        jsonschema.validate(loaded(file.read_text()), told)


def test_every_source_of_the_comments_is_one_that_can_be_asked(site):
    text = (site / "content" / "site.yaml").read_text()
    (site / "content" / "site.yaml").write_text(text.replace("  # - ", "  - ").replace("  #   ", "    "))
    kinds = [source.kind for source in read_settings(site / "content").fetch]
    assert kinds == ["hf_daily", "arxiv_query", "arxiv_listing", "feed", "url"]


def test_the_target_of_the_comments_is_one_that_a_site_can_be_published_to(site):
    text = (site / "content" / "site.yaml").read_text()
    (site / "content" / "site.yaml").write_text(re.sub(r"^# (publish:|  target:|  readers:)", r"\1", text, flags=re.M))
    publish = read_settings(site / "content").publish
    assert (publish.target, publish.readers) == ("me@example.org:/var/www/digest", "readers.csv")


def test_the_sample_fits_the_schemas():
    jsonschema.validate(loaded((ROOT / "content" / "site.yaml").read_text()), site_schema())
    lists = sorted((ROOT / "content" / "papers").rglob("*.yaml"))
    assert lists
    for file in lists:
        jsonschema.validate(loaded(file.read_text()), list_schema())


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        ("fetch: [{kind: arxiv_listing, category: cs.CL, include: [a, b], tags: x}]", site_schema),
        ("fetch: [{kind: arxiv_listing, category: [cs.CL, cs.IR], announce: new, include: a}]", site_schema),
        ("papers: {'2611.00001': {hold: true, lead: 1, note: A}, '2611.00002': hide}", desk_schema),
        ("days: {'2026-11-20': {order: [Fog], subject: A}}", desk_schema),
        ("tagline:\nfeeds:\n  hub:\nauthor: {name: }\nfetch:\ndeck:\neditions:\n  weekly:\n", site_schema),
        ("title: 2026\nnewsletter: {service: kit, form: 12345}", site_schema),
        ("title: A\nlisted:\npapers:\n", list_schema),
        ("papers: [{title: A, abstract: , authors: , links: , upvotes: }, 2605.01234]", list_schema),
        ("papers: [{title: A, editor_note: B, editor_summary: C}]", list_schema),
        ("papers: [{title: A, hold: until 2026-12-01, lead: true}]", list_schema),
    ],
)
def test_what_editors_may_write_is_no_slip(text, schema):
    jsonschema.validate(loaded(text), schema())


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        ("titel: A", site_schema),
        ("page_size: 4", site_schema),
        ("fetch: [{kind: hf_dialy}]", site_schema),
        ("fetch: [{kind: arxiv_listing, category: [7]}]", site_schema),
        ("papers: {'2611.00001': {holdd: true}}", desk_schema),
        ("days: {'2026-11-20': {intro: A}}", desk_schema),
        ("papers: [{titel: A}]", list_schema),
        ("papers: [{title: A, links: here}]", list_schema),
        ("papers: [{title: A}]\nupvotes: 3", list_schema),
    ],
)
def test_slips_show_in_the_editor(text, schema):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(loaded(text), schema())


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    write_content(tmp_path / "mine", "-- a.txt --\nmine\n")
    with pytest.raises(BuildError, match="is not empty; name a new folder"):
        new_site(tmp_path / "mine", TODAY)
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["a.txt"]


@pytest.mark.parametrize("last", ["site.yaml", "digest.yml"])
def test_a_folder_that_cannot_be_filled_is_left_as_it_was(tmp_path, monkeypatch, last):
    write = Path.write_bytes

    def until_full(file, content):
        if file.name == last:
            raise OSError(28, "No space left on device")
        return write(file, content)

    monkeypatch.setattr(Path, "write_bytes", until_full)
    with pytest.raises(BuildError, match="No space left on device"):
        new_site(tmp_path / "digest", TODAY)
    assert not (tmp_path / "digest").exists()
    (tmp_path / "digest").mkdir()
    with pytest.raises(BuildError, match="No space left on device"):
        new_site(tmp_path / "digest", TODAY)
    assert list((tmp_path / "digest").iterdir()) == []


def test_the_next_step_can_be_copied_whatever_the_folder_is_called(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(main, ["new", "My Digest"]).output
    assert told.endswith("Next: cd 'My Digest' && broadsheet serve\n")
    (tmp_path / "file").touch()
    assert CliRunner().invoke(main, ["new", "file"]).output == "file is a file; name a new folder\n"


def test_the_command_says_what_comes_next(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["new", "digest"])
    assert result.exit_code == 0
    assert "written: digest/content/site.yaml\n" in result.output
    assert result.output.endswith("Next: cd digest && broadsheet serve\n")
    again = CliRunner().invoke(main, ["new", "digest"])
    assert (again.exit_code, again.output) == (2, "digest is not empty; name a new folder\n")


def test_the_address_of_a_new_site_is_the_one_that_a_build_asks_to_change(site):
    assert read_settings(site / "content").address_warning.startswith(
        "site.yaml: base_url is still the one of the sample"
    )
