"""Post an edition as a draft to a newsletter service, where it is reviewed and sent."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import orjson
from lxml import html as lxml_html

from site_builder.commands.send.smtp import LOOPBACK
from site_builder.commands.web import WebError, ask
from site_builder.config.settings import Settings
from site_builder.problems import BuildError
from site_builder.render.mail.compose import PLACEHOLDER
from site_builder.render.mail.headers import header_text
from site_builder.render.mail.letter import Letter
from site_builder.render.mail.services import inert

KEY_VARIABLE = "BROADSHEET_SERVICE_KEY"
# Format of a service's key, and its description for messages; a key is shown to nobody but its service.
KEYS = {
    "mailchimp": (r"\S+-[a-z]{1,4}\d{1,4}", "it ends with the data centre, as in -us6"),
    "listmonk": (r"[^\s:]+:\S+", "it is the name of a user of the API, a colon, and the token"),
}
JSON = {"Content-Type": "application/json", "Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition to post. folder: of the mail's forms in the output folder. key: of the service."""

    letter: Letter
    folder: Path
    settings: Settings
    key: str

    def form(self, name: str) -> bytes:
        """Return one form of the mail as the build wrote it."""
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise BuildError(f"{self.folder / name} cannot be read: {error.strerror}; run broadsheet build") from None

    def html(self, unsubscribe: str) -> str:
        """Return the HTML with a service's placeholder for the link to unsubscribe."""
        return inert(self.form("mail.html").decode()).replace(PLACEHOLDER, unsubscribe)

    @property
    def subject(self) -> str:
        return inert(header_text(self.letter.subject))

    @property
    def preheader(self) -> str:
        """The preview text that mail programs show next to the subject."""
        shown = lxml_html.fromstring(self.letter.html.encode()).xpath('string(//*[@class="preheader"])')
        return inert(header_text(str(shown)))


def post_draft(draft: Draft) -> str:
    """Post an edition to the service in the settings and return what to report. Raises WebError, BuildError."""
    service = draft.settings.newsletter.service
    if service not in SERVICES:
        raise BuildError(
            f"newsletter.drafts: {service} takes no drafts; choose {', '.join(SERVICES)}; nothing was posted"
        )
    if not draft.key:
        raise BuildError(f"newsletter.drafts: set {KEY_VARIABLE} to the key of {service}; nothing was posted")
    shape, meaning = KEYS.get(service, (r"\S+", "it has no spaces"))
    if not re.fullmatch(shape, draft.key):
        raise BuildError(f"newsletter.drafts: {KEY_VARIABLE} is no key of {service}: {meaning}; nothing was posted")
    SERVICES[service](draft)
    return f"a draft is at {service}; look at it and send it there"


def service_address(service: str, draft: Draft) -> str:
    """Return the base URL of a service's API."""
    if service == "listmonk":
        return draft.settings.newsletter.form.rstrip("/")
    if service == "mailchimp":
        return f"https://{draft.key.rpartition('-')[2]}.api.mailchimp.com"
    return {"buttondown": "https://api.buttondown.com", "kit": "https://api.kit.com"}[service]


def _post_to_buttondown(draft: Draft) -> None:
    headers = {"Authorization": f"Token {draft.key}", **JSON}
    ask("POST", f"{service_address('buttondown', draft)}/v1/emails", headers, draft.form("buttondown.json"))


def _post_to_listmonk(draft: Draft) -> None:
    headers = {"Authorization": f"token {draft.key}", **JSON}
    parts = urlsplit(service_address("listmonk", draft))
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise BuildError("newsletter.form: the key of listmonk is sent to an https address only; nothing was posted")
    ask("POST", f"{service_address('listmonk', draft)}/api/campaigns", headers, draft.form("listmonk.json"))


def _post_to_kit(draft: Draft) -> None:
    body = {
        "subject": draft.subject,
        "content": draft.html("{{ unsubscribe_url }}"),
        "preview_text": draft.preheader,
        "description": draft.subject,
        "public": False,
        "published_at": draft.letter.time.isoformat(),
        "send_at": None,  # a draft
    }
    headers = {"X-Kit-Api-Key": draft.key, **JSON}
    ask("POST", f"{service_address('kit', draft)}/v4/broadcasts", headers, orjson.dumps(body))


def _post_to_mailchimp(draft: Draft) -> None:
    newsletter = draft.settings.newsletter
    if not newsletter.audience:
        raise BuildError(
            "newsletter.drafts: mailchimp needs newsletter.audience, the id of the list; nothing was posted"
        )
    campaign: Mapping[str, object] = {
        "type": "regular",
        "recipients": {"list_id": newsletter.audience},
        "settings": {
            "subject_line": draft.subject.replace("*|", "* |"),
            "title": draft.subject.replace("*|", "* |"),
            "from_name": header_text(draft.letter.sender_name),
            "reply_to": draft.letter.reply_to or draft.letter.sender,
        },
    }
    headers = {"Authorization": f"Basic {b64encode(f'key:{draft.key}'.encode()).decode()}", **JSON}
    address = f"{service_address('mailchimp', draft)}/3.0/campaigns"
    created = ask("POST", address, headers, orjson.dumps(campaign))
    try:
        campaign_id = str(orjson.loads(created)["id"])
    except (ValueError, KeyError, TypeError):
        raise WebError("it did not say which campaign it made") from None
    if not campaign_id.isalnum():
        raise WebError("it did not say which campaign it made")
    # `*|…|*` is a merge tag there: only ours is kept.
    html = draft.html("\ufdd0").replace("*|", "*\u2060|").replace("\ufdd0", "*|UNSUB|*")
    try:
        ask("PUT", f"{address}/{campaign_id}/content", headers, orjson.dumps({"html": html}))
    except WebError as error:
        if not error.is_unclear:  # the next run creates another one
            with suppress(WebError):
                ask("DELETE", f"{address}/{campaign_id}", headers)
        raise


# Service → function that posts a draft to it.
SERVICES: Mapping[str, Callable[[Draft], None]] = {
    "buttondown": _post_to_buttondown,
    "listmonk": _post_to_listmonk,
    "mailchimp": _post_to_mailchimp,
    "kit": _post_to_kit,
}
