"""The form that subscribes a reader by mail."""

from typing import Any

import pytest
from pydantic import ValidationError

from site_builder.config.newsletter import Newsletter
from site_builder.config.settings import Settings, read_settings
from site_builder.pages.subscribe import SubscribeForm, subscribe_form
from site_builder.problems import BuildError


def form(**newsletter: Any) -> SubscribeForm | None:
    return subscribe_form(Settings(newsletter=Newsletter(**newsletter)))


def test_without_a_service_there_is_no_form() -> None:
    assert form() is None


@pytest.mark.parametrize(
    ("newsletter", "expected"),
    [
        (
            {"service": "buttondown", "form": "morning"},
            SubscribeForm(
                "https://buttondown.com/api/emails/embed-subscribe/morning",
                "email",
                (("embed", "1"),),
                "https://buttondown.com",
            ),
        ),
        (
            {"service": "kit", "form": "1234"},
            SubscribeForm("https://app.kit.com/forms/1234/subscriptions", "email_address", (), "https://app.kit.com"),
        ),
        (
            {"service": "mailchimp", "form": "https://x.us1.list-manage.com/subscribe/post?u=1&amp;id=2"},
            SubscribeForm(
                "https://x.us1.list-manage.com/subscribe/post?u=1&id=2", "EMAIL", (), "https://x.us1.list-manage.com"
            ),
        ),
        (
            {"service": "listmonk", "form": "https://list.example.org/", "subscribe_list": "abc-123"},
            SubscribeForm(
                "https://list.example.org/subscription/form",
                "email",
                (("nonce", ""), ("l", "abc-123")),
                "https://list.example.org",
            ),
        ),
        ({"service": "url", "form": "https://example.org/join"}, SubscribeForm("https://example.org/join", "", (), "")),
    ],
)
def test_each_service_gets_the_fields_it_wants(newsletter: dict[str, Any], expected: SubscribeForm) -> None:
    assert form(**newsletter) == expected


@pytest.mark.parametrize(
    "newsletter",
    [
        {"service": "buttondown"},
        {"service": "buttondown", "form": "https://buttondown.com/x"},
        {"service": "kit", "form": "name"},
        {"service": "mailchimp", "form": "https://example.org"},
        {"service": "listmonk", "form": "https://list.example.org"},
        {"service": "url", "form": "javascript:alert(1)"},
        {"unsubscribe_url": "https://example.org/leave"},
        {"unsubscribe_url": "http://example.org/{email}"},
        {"unsubscribe_url": "https://example.org/{reader}/{email}"},
        {"unsubscribe_url": "https://example.org/{email}>,\r\nBcc: x"},
        {"sender": "Ed <ed@example.org>"},
        {"sender": "ed@example.org\nBcc: x@example.org"},
        {"list_id": "two words"},
    ],
)
def test_what_would_not_work_is_refused(newsletter: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Newsletter(**newsletter)


def test_a_missing_form_is_told_with_its_line(tmp_path: Any) -> None:
    (tmp_path / "site.yaml").write_text("title: T\nnewsletter:\n  service: kit\n")
    with pytest.raises(BuildError, match=r"site\.yaml:2: newsletter.*kit needs form: the number of the form"):
        read_settings(tmp_path)
