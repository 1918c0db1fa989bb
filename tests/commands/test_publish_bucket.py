"""Publishing to a bucket: what browsers are told about its files, and what may break on the way."""

import re
import sys
from unittest.mock import Mock

import obstore
import pytest
from obstore.exceptions import GenericError

from tests.commands.places import free_port
from tests.commands.publishing import BASE_URL
from tests.conftest import IS_TORTURE
from tests.torture.whole import defects


def test_every_file_has_its_media_type_and_how_long_it_may_be_kept(desk, bucket):
    desk.publish(bucket)
    types = {path: bucket.headers(path)["Content-Type"] for path in bucket.tree()}
    assert types["index.html"] == "text/html; charset=utf-8"
    assert types["assets/style.css"] == "text/css; charset=utf-8"
    assert types["assets/keys.js"] == "text/javascript; charset=utf-8"
    assert types["feeds/digests.xml"] == "application/rss+xml; charset=utf-8"
    assert types["feeds/digests.atom"] == "application/atom+xml; charset=utf-8"
    assert types["feeds/digests.json"] == "application/feed+json"
    assert types["api/papers.json"] == "application/json"
    assert types["mail/2026-05-27/mail.eml"] == "message/rfc822"
    assert [path for path, kind in types.items() if kind == "application/octet-stream"] == [".nojekyll"]
    assert {bucket.headers(path)["Cache-Control"] for path in types} == {"public, max-age=300"}


@pytest.fixture
def publish_broken_off(desk, bucket):
    """Publish with a line that is dead after so many uploads."""
    put = obstore.put

    def publish_it(uploads):
        left = iter(range(uploads))

        def put_while_alive(*words, **options):
            if next(left, None) is None:
                raise GenericError("the line is dead")
            return put(*words, **options)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(obstore, "put", put_while_alive)
            return desk.refused(bucket)

    return publish_it


def test_broken_off_between_uploads_and_removals_no_link_is_dead(desk, bucket, versions):
    desk.publish(bucket)
    old = desk.site
    desk.become(versions[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(obstore, "delete", Mock(side_effect=GenericError("the line is dead")))
        line = desk.refused(bucket)
    assert "cannot write s3://" in line
    assert "the line is dead; try again later; run the same command again; no page has lost a file" in line
    there = bucket.tree()
    assert there == old | desk.site
    assert defects(there, BASE_URL, ["index.html"]) == []
    assert ": 0 added, 0 changed, " in desk.publish(bucket)
    assert bucket.tree() == desk.site


@pytest.mark.parametrize("uploads", [0, 1, 7, 16, 40, 60] if IS_TORTURE else [0, 7, 40])
def test_broken_off_in_the_middle_of_the_uploads_no_link_is_dead(desk, bucket, versions, publish_broken_off, uploads):
    desk.publish(bucket)
    desk.become(versions[1])
    publish_broken_off(uploads)
    assert defects(bucket.tree(), BASE_URL, ["index.html"]) == []
    desk.publish(bucket)
    assert bucket.tree() == desk.site


def test_broken_off_the_first_time_what_arrived_is_not_sent_again(desk, bucket, publish_broken_off):
    publish_broken_off(40)
    arrived = len(bucket.tree())
    assert arrived >= 30
    assert f", {arrived} as they were" in desk.publish(bucket)


def test_an_object_that_somebody_replaced_is_not_removed(desk, bucket, versions):
    desk.publish(bucket)
    gone = next(path for path in desk.site if "late-frost" in path)
    bucket.put(gone, b"mine by now")
    desk.become(versions[1])
    desk.publish(bucket)
    assert bucket.tree() == desk.site | {gone: b"mine by now"}


def test_an_object_put_where_a_broken_off_upload_was_to_go_is_not_removed(desk, bucket, versions, publish_broken_off):
    desk.publish(bucket)
    old = desk.site
    desk.become(versions[1])
    publish_broken_off(1)
    new = next(path for path in desk.site if "early-thaw" in path)
    bucket.put(new, b"mine")
    desk.become(versions[0])
    desk.publish(bucket)
    assert bucket.tree() == old | {new: b"mine"}


def test_a_bucket_that_is_not_there_is_one_line(desk, bucket):
    bucket.target = "s3://no-such-bucket/site"
    assert desk.refused(bucket) == (
        "cannot read s3://no-such-bucket/site: NoSuchBucket: The specified bucket does not exist; "
        "make the bucket, or correct the target; nothing was changed"
    )


def test_wrong_credentials_are_one_line(desk, bucket):
    bucket.ask("POST", "/moto-api/reset-auth", b"0")  # from now on every request must be allowed
    try:
        line = desk.refused(bucket)
    finally:
        bucket.ask("POST", "/moto-api/reset-auth", b"inf")
    assert re.fullmatch(
        r"cannot read s3://\S+: InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records\.;"
        " check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; nothing was changed",
        line,
    )
    assert bucket.tree() == {}


def test_no_network_is_one_line(desk, bucket, monkeypatch):
    monkeypatch.setattr("site_builder.commands.publish.bucket.RETRIES", 0)
    address = f"http://127.0.0.1:{free_port()}"
    assert desk.refused(bucket, AWS_ENDPOINT_URL=address) == (
        f"cannot read {bucket.target}: "
        f"Error performing GET {address}/{bucket.bucket}?list-type=2&prefix=papers%2Fsite%2F - "
        "HTTP error: error sending request; check AWS_ENDPOINT_URL and the network; nothing was changed"
    )


def test_no_credentials_are_one_line(desk, bucket, monkeypatch):
    monkeypatch.setattr("site_builder.commands.publish.bucket.RETRIES", 0)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
        del bucket.environment[name]
    line = desk.refused(bucket, AWS_METADATA_ENDPOINT=f"http://127.0.0.1:{free_port()}")
    assert line.endswith("; check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; nothing was changed")


def test_without_the_extra_one_line_says_what_to_install(desk, bucket, monkeypatch):
    monkeypatch.delitem(sys.modules, "site_builder.commands.publish.bucket", raising=False)
    monkeypatch.setitem(sys.modules, "obstore", None)
    assert desk.refused(bucket) == (
        "publishing to a bucket needs obstore: pip install '.[publish]' in the folder of Broadsheet"
    )


def test_a_damaged_list_of_what_was_published_stops_before_anything_is_changed(desk, bucket):
    desk.publish(bucket)
    bucket.put(".broadsheet/published.json", b'{"../../etc/passwd": ["a", "b"]}')
    before = bucket.marks()
    assert "is damaged; remove it and the site there, then publish again" in desk.refused(bucket)
    assert bucket.marks() == before
