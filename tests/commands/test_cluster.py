"""Building on a cluster: a real scheduler and workers that are processes of their own, and a storage that speaks S3."""

import secrets
import shutil
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from site_builder.build import build
from site_builder.cli import main
from site_builder.problems import BuildError
from tests.commands.clusters import Machines, serving
from tests.commands.places import PREFIX, BucketPlace, free_port
from tests.conftest import IS_TORTURE, NOW, write_content
from tests.torture.whole import defects, tree_of

pytest.importorskip("distributed", reason="the extra is missing: pip install '.[cluster]'")
from distributed.cli.dask_scheduler import main as dask_scheduler
from distributed.cli.dask_worker import main as dask_worker

from site_builder.commands import cluster as line
from site_builder.commands.cluster import build_on_cluster

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

BASE_URL = "https://digest.example.org/papers"
SITE = f"""
-- site.yaml --
title: Morning papers
base_url: {BASE_URL}
search: false
social_cards: false
-- tags.yaml --
tags:
- {{name: Vision, patterns: [clouds]}}
- {{name: Rain, patterns: [rain]}}
-- papers/2026-03-30.yaml --
listed: 2026-03-30
papers:
- {{title: March clouds, arxiv: "2603.00001", authors: [Ada Fog, Bo Hail], organization: Institute of Ice, upvotes: 7}}
- {{title: March rain, arxiv: "2603.00002", abstract: Rain of $x^2$ drops., venue: ICML 2026}}
-- papers/2026-04-01.yaml --
listed: 2026-04-01
papers:
- {{title: April clouds, arxiv: "2604.00001", authors: [Ada Fog], abstract: Clouds and rain.}}
- {{title: March clouds, arxiv: "2603.00001"}}
-- papers/2026-04-30.yaml --
listed: 2026-04-30
papers:
- {{title: April rain, arxiv: "2604.00002", authors: [Bo Hail], abstract: More rain than clouds.}}
-- papers/2026-05-04.yaml --
listed: 2026-05-04
papers:
- {{title: May clouds, arxiv: "2605.00001", links: {{code: "https://code.example/may"}}}}
-- papers/old.yaml --
- {{title: Old clouds, year: 2019}}
-- notes/2026-04-01.md --
Many [clouds](papers/2604.00001.html) today.
-- pages/about.md --
---
title: About
---
Who we are.
"""
RICH = SITE.replace("social_cards: false", "exports: [bib, md]\npaper_pages: 2").replace(
    "search: false", "search: true"
)
MORE = """
-- papers/2026-05-05.yaml --
listed: 2026-05-05
papers:
- {title: May rain, arxiv: "2605.00002", authors: [Ada Fog], abstract: Rain again.}
"""


@pytest.fixture(scope="module")
def storage():
    with serving() as served:
        yield served


@pytest.fixture(autouse=True)
def willing(storage):
    """Let the storage refuse nothing at the beginning of a test."""
    storage.refuses = lambda method, is_copy: ""
    storage.asked.clear()


@pytest.fixture(scope="module")
def machines(tmp_path_factory, storage):
    found = Machines(tmp_path_factory.mktemp("cluster"), storage.address)
    found.start_worker()
    yield found
    found.stop()


@pytest.fixture
def bucket(storage):
    return BucketPlace(storage.address, f"digest-{secrets.token_hex(4)}")


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    """Build the site, and the site with a day more, on this machine alone."""
    folder = tmp_path_factory.mktemp("alone")
    for name, text in (("old", SITE), ("new", SITE + MORE)):
        write_content(folder / name / "content", text)
        build(folder / name / "content", folder / name / "output", NOW)
    return tuple(tree_of(folder / name / "output") for name in ("old", "new"))


@pytest.fixture
def build_it(tmp_path, machines, bucket, monkeypatch):
    """Return what builds a text of files on the cluster."""
    for name, value in bucket.environment.items():
        monkeypatch.setenv(name, value)

    def build_text(text, address=machines.address, **options):
        content = tmp_path / "content"
        shutil.rmtree(content, ignore_errors=True)
        write_content(content, text)
        return build_on_cluster(content, bucket.target, address, bucket.environment, NOW, **{"patience": 60, **options})

    return build_text


def everything(bucket):
    """Return every object of a bucket, also those that no reader asks for, but what was only set aside."""
    keys = bucket._keys("?list-type=2", "Key")
    kept = (key for key in keys if "/.broadsheet/staged/" not in key)
    return {key: bucket.ask("GET", f"/{bucket.bucket}/{key}")[1] for key in kept}


def own_objects(bucket):
    return {key.removeprefix(f"{PREFIX}/") for key in bucket._keys("?list-type=2", "Key") if ".broadsheet" in key}


def test_the_bucket_holds_what_one_machine_makes_to_the_byte(build_it, bucket, tmp_path):
    write_content(tmp_path / "alone" / "content", RICH)
    build(tmp_path / "alone" / "content", tmp_path / "alone" / "output", NOW)
    alone = tree_of(tmp_path / "alone" / "output")
    result = build_it(RICH)
    assert bucket.tree() == alone
    assert result.counts == (len(alone), 0, 0)
    assert own_objects(bucket) == {".broadsheet/published.json", ".broadsheet/volumes.json"}
    assert bucket.headers("days/2026-05-04.html")["Content-Type"] == "text/html; charset=utf-8"
    assert bucket.headers("feeds/digests.atom")["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert bucket.headers("index.html")["Cache-Control"] == "public, max-age=300"


def test_a_day_more_brings_what_differs_and_opens_the_volumes_it_touches_alone(
    build_it, bucket, versions, storage, monkeypatch
):
    build_it(SITE)
    asked = []
    pieces = line.pieces_of
    monkeypatch.setattr(line, "pieces_of", lambda volume: asked.append(volume.key) or pieces(volume))
    storage.asked.clear()
    result = build_it(SITE + MORE)
    old, new = versions
    assert bucket.tree() == new
    assert asked == ["2026-05"]
    changed = len([path for path in new if new[path] != old.get(path)])
    assert result.counts == (changed, len(new) - changed, len(old.keys() - new.keys()))
    assert storage.asked.count("COPY") == changed


def test_what_is_there_is_known_to_the_next_build_and_to_a_later_publishing(build_it, bucket, tmp_path, versions):
    build_it(SITE)
    before = bucket.marks()
    assert build_it(SITE).counts[0] == 0
    assert bucket.marks() == before
    build(tmp_path / "content", tmp_path / "output", NOW)
    folders = ("--content", str(tmp_path / "content"), "--output", str(tmp_path / "output"))
    result = CliRunner(env=bucket.environment).invoke(main, ["publish", bucket.target, *folders])
    assert f": 0 added, 0 changed, 0 removed, {len(versions[0])} as they were" in result.output


def test_after_a_publishing_over_it_a_build_on_the_cluster_makes_the_site_whole_again(
    build_it, bucket, tmp_path, versions
):
    build_it(SITE + MORE)
    write_content(tmp_path / "other", SITE.replace("More rain than clouds", "Sun"))
    build(tmp_path / "other", tmp_path / "output", NOW)
    folders = ("--content", str(tmp_path / "other"), "--output", str(tmp_path / "output"))
    CliRunner(env=bucket.environment).invoke(main, ["publish", bucket.target, *folders])
    assert bucket.tree() != versions[1]
    build_it(SITE + MORE)
    assert bucket.tree() == versions[1]


def test_objects_of_others_are_not_written_over_and_nothing_is_changed(build_it, bucket):
    bucket.put("index.html", b"mine")
    bucket.put("mine.txt", b"mine too")
    with pytest.raises(BuildError, match=r"did not publish: index\.html; remove them or name another prefix"):
        build_it(SITE)
    assert bucket.tree() == {"index.html": b"mine", "mine.txt": b"mine too"}


def when_first_piece_is_done(do):
    """Return a `tick` that does something once, when the first piece of the site has been made."""
    waiting = [do]

    def on_progress(step, done, total):
        if step == "render" and waiting:
            waiting.pop()()

    return on_progress


@pytest.fixture
def in_small_pieces(monkeypatch):
    monkeypatch.setattr("site_builder.commands.cluster.pieces.PAPERS", 1)


def test_a_worker_killed_in_the_middle_is_done_without(build_it, bucket, versions, machines, in_small_pieces):
    victim = machines.start_worker(waits=True)
    build_it(SITE, on_progress=when_first_piece_is_done(victim.kill))
    assert victim.wait() != 0
    assert bucket.tree() == versions[0]


def test_every_worker_killed_the_build_goes_on_when_one_comes_back(
    build_it, bucket, versions, machines, in_small_pieces
):
    def replace_it():
        machines.kill_workers()
        machines.start_worker()

    build_it(SITE, on_progress=when_first_piece_is_done(replace_it))
    assert bucket.tree() == versions[0]


def test_a_scheduler_that_is_killed_and_started_again_is_found_again(
    build_it, bucket, versions, machines, in_small_pieces
):
    def restart():
        machines.scheduler.kill()
        machines.scheduler.wait()
        machines.kill_workers()
        threading.Thread(target=lambda: (machines.start_scheduler(), machines.start_worker())).start()

    build_it(SITE, on_progress=when_first_piece_is_done(restart))
    assert bucket.tree() == versions[0]


def test_without_workers_the_build_says_so_and_the_old_site_is_as_it_was(build_it, bucket, machines, in_small_pieces):
    build_it(SITE)
    before = everything(bucket)
    anew = SITE.replace("title: Morning papers", "title: Evening papers")
    try:
        with pytest.raises(BuildError, match=r"no worker of tcp://\S+ was there for 3 seconds; .* as it was"):
            build_it(anew, patience=3, on_progress=when_first_piece_is_done(machines.kill_workers))
        assert everything(bucket) == before
        told = rf"{machines.address} has no workers; start some with dask worker {machines.address}; nothing was"
        with pytest.raises(BuildError, match=told):
            build_it(anew, patience=1)
    finally:
        machines.start_worker()
    assert everything(bucket) == before


class For:
    """Refuses so many requests of a kind."""

    def __init__(self, count, status="503 Slow Down", copies=False):
        self.count, self.status, self.copies = count, status, copies

    def __call__(self, method, is_copy):
        if (self.copies and not is_copy) or not self.count:
            return ""
        self.count -= 1
        return self.status


def test_a_bucket_that_refuses_for_a_while_is_waited_for(build_it, bucket, versions, storage):
    storage.refuses = For(12)
    build_it(SITE)
    assert storage.refuses.count == 0
    assert bucket.tree() == versions[0]


def test_a_bucket_that_goes_on_refusing_ends_the_build_and_the_old_site_is_as_it_was(build_it, bucket, storage):
    build_it(SITE)
    before = everything(bucket)

    def refuse():
        storage.refuses = For(-1)

    with pytest.raises(
        BuildError, match=r"cannot write s3://.*SlowDown.*; try again later; the site there is as it was"
    ):
        build_it(SITE + MORE, patience=2, on_step=lambda step: refuse() if step == "pages" else None)
    storage.refuses = For(0)
    assert everything(bucket) == before


@pytest.mark.parametrize("copies", [0, 3, 20] if IS_TORTURE else [3])
def test_broken_off_while_files_come_to_their_places_no_link_is_dead(build_it, bucket, versions, storage, copies):
    build_it(SITE)
    left = iter(range(copies))
    storage.refuses = lambda method, is_copy: "503 Slow Down" if is_copy and next(left, None) is None else ""
    with pytest.raises(BuildError, match="run the same command again; no page has lost a file it links to"):
        build_it(SITE + MORE, patience=1)
    storage.refuses = For(0)
    assert defects(bucket.tree(), BASE_URL, ["index.html"]) == []
    build_it(SITE + MORE)
    assert bucket.tree() == versions[1]
    assert own_objects(bucket) == {".broadsheet/published.json", ".broadsheet/volumes.json"}


def test_the_front_comes_after_all_volumes_and_the_first_page_last(build_it, bucket, monkeypatch):
    brought = []
    bring = line._copy_into_place
    monkeypatch.setattr(line, "_copy_into_place", lambda *words: brought.append(words[-1]) or bring(*words))
    build_it(SITE)
    brought.clear()
    build_it(SITE.replace("title: Morning papers", "title: Evening papers") + MORE)
    volumes = [
        place for place, path in enumerate(brought) if path.startswith(("papers/", "days/", "weeks/", "months/"))
    ]
    new = [place for place, path in enumerate(brought) if "2605.00002" in path or "2026-05-05" in path]
    changed_front = [brought.index(path) for path in ("archive.html", "tags/rain.html", "sitemap.xml")]
    assert max(new) < min(changed_front)
    assert max(volumes) < min(changed_front)
    assert brought[-1] == "index.html"


def test_a_broken_template_is_told_as_it_is_on_one_machine(build_it, bucket, tmp_path):
    broken = tmp_path / "templates" / "default" / "pages" / "paper.html"
    broken.parent.mkdir(parents=True)
    broken.write_text("{{ nothing_of_this_name }}", encoding="utf-8")
    with pytest.raises(BuildError, match=r"paper\.html:1"):
        build_it(SITE)
    assert bucket.tree() == {}


def test_a_site_of_papers_is_not_replaced_by_one_of_none(build_it, bucket, versions):
    build_it(SITE)
    with pytest.raises(BuildError, match="holds no papers, and the site in s3://"):
        build_it("-- site.yaml --\ntitle: Empty\n")
    assert bucket.tree() == versions[0]


def test_no_scheduler_is_one_line(build_it):
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(BuildError, match=f"no scheduler answers at {address} .*; start one with dask scheduler"):
        build_it(SITE, address, patience=1)


def test_an_address_that_is_none_is_one_line(build_it):
    with pytest.raises(BuildError, match="no scheduler answers at nowhere://x"):
        build_it(SITE, "nowhere://x", patience=1)


def test_a_worker_with_another_program_is_one_line(build_it, bucket, monkeypatch):
    monkeypatch.setattr("site_builder.commands.cluster.worker.code_version", lambda: "a later one")
    with pytest.raises(BuildError, match=r"a worker on \S+ has another release of Broadsheet, .* run the same image"):
        build_it(SITE)
    assert bucket.tree() == {}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("elsewhere", r"a worker on \S+ sees no folder \S+elsewhere; share it with every worker, under the same path"),
        ("other", r"sees another \S+other, of 1 files where the build sees 9, or of other ones; share one folder"),
    ],
)
def test_content_that_a_worker_does_not_see_is_one_line(build_it, bucket, tmp_path, monkeypatch, content, told):
    write_content(tmp_path / "other", "-- site.yaml --\ntitle: Other\n")
    order_of = line.order_of

    def of_another_machine(seen, *words):
        program, _, *rest = order_of(seen, *words)
        return (program, str(tmp_path / content), *rest)

    monkeypatch.setattr(line, "order_of", of_another_machine)
    with pytest.raises(BuildError, match=told):
        build_it(SITE)
    assert bucket.tree() == {}


def test_a_bucket_that_a_worker_may_not_write_to_is_one_line(build_it, bucket, storage):
    storage.refuses = lambda method, is_copy: "403 Forbidden" if method == "PUT" else ""
    with pytest.raises(
        BuildError, match=r"cannot write s3://.*: AccessDenied: .* may do with the bucket; so says a worker"
    ):
        build_it(SITE)
    storage.refuses = For(0)
    assert bucket.tree() == {}


def test_a_bucket_that_is_not_there_is_one_line(build_it, bucket):
    bucket.target = "s3://no-such-bucket/site"
    with pytest.raises(BuildError, match="cannot read s3://no-such-bucket/site: NoSuchBucket"):
        build_it(SITE)


@pytest.fixture
def run(tmp_path, bucket, machines):
    """Return what runs the command with some options."""
    write_content(tmp_path / "content", SITE)

    def run_it(*words):
        return CliRunner(env=bucket.environment).invoke(main, ["build", "--content", str(tmp_path / "content"), *words])

    return partial(run_it)


def test_the_command_tells_what_was_written(run, bucket, machines):
    result = run("--cluster", machines.address, "--output", bucket.target)
    assert result.exit_code == 0, result.output
    count = len(bucket.tree())
    assert f"{count} pages, {count} written, 0 unchanged, 0 removed" in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("--cluster", "tcp://127.0.0.1:1"),
            "a cluster builds into a bucket: name it with --output s3://bucket/prefix",
        ),
        (
            ("--output", "s3://digest"),
            "s3://digest is a bucket: name a scheduler with --cluster, or build into a folder",
        ),
        (("--cluster", "tcp://127.0.0.1:1", "--output", "s3://digest", "--drafts"), "drafts are for your eyes"),
        (("--cluster", "tcp://127.0.0.1:1", "--output", "s3://digest", "--jobs", "2"), "leave out --jobs"),
    ],
)
def test_options_that_do_not_go_together_are_told(run, words, told):
    result = run(*words)
    assert result.exit_code == 2
    assert told in result.output


def test_without_the_extra_one_line_says_what_to_install(run, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("site_builder.commands.cluster")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = run("--cluster", "tcp://127.0.0.1:1", "--output", "s3://digest")
    assert result.exit_code == 2
    assert result.output == (
        "building on a cluster needs Dask and obstore: pip install '.[cluster]' in the folder of Broadsheet\n"
    )


def test_the_compose_file_of_the_documentation_starts_what_there_is():
    text = (Path(__file__).parents[2] / "content" / "pages" / "cluster.md").read_text(encoding="utf-8")
    services = yaml.safe_load(text.partition("```yaml\n")[2].partition("```")[0])["services"]
    assert services.keys() == {"scheduler", "worker", "build", "minio", "bucket"}
    programs = {"scheduler": dask_scheduler, "worker": dask_worker, "build": main.commands["build"]}
    for name, program in programs.items():
        words = services[name]["command"].split()
        assert words[:2] in (["dask", name], ["broadsheet", name])
        program.make_context(name, words[2:])
