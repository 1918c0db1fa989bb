"""The form to subscribe by mail, as data for the theme."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from site_builder.config.settings import Settings


@dataclass(frozen=True, slots=True)
class SubscribeForm:
    """How a reader subscribes by mail.

    action: URL the form is posted to, or the page to link to if there is no field.
    field: name of the field for the mail address; "" if `action` is only a link.
    hidden: names and values of the hidden fields.
    origin: of the service, which may redirect the reader elsewhere; "" if nothing is posted.
    """

    action: str
    field: str
    hidden: tuple[tuple[str, str], ...]
    origin: str


def subscribe_form(settings: Settings) -> SubscribeForm | None:
    """Return the form for the service in the settings, None if there is none."""
    form = settings.newsletter.form
    match settings.newsletter.service:
        case "buttondown":
            return _form(f"https://buttondown.com/api/emails/embed-subscribe/{form}", "email", ("embed", "1"))
        case "kit":
            return _form(f"https://app.kit.com/forms/{form}/subscriptions", "email_address")
        case "mailchimp":
            return _form(form.replace("&amp;", "&"), "EMAIL")
        case "listmonk":
            fields = (("nonce", ""), ("l", settings.newsletter.subscribe_list))
            return _form(f"{form.rstrip('/')}/subscription/form", "email", *fields)
        case "url":
            return SubscribeForm(form, "", (), "")
        case "none":
            return None


def _form(action: str, field: str, *hidden: tuple[str, str]) -> SubscribeForm:
    parts = urlsplit(action)
    return SubscribeForm(action, field, hidden, f"{parts.scheme}://{parts.netloc}")
