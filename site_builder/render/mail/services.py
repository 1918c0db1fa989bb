"""The mail of an edition as JSON for the APIs of newsletter services."""

import re

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Edition
from site_builder.model.editions import DAILY
from site_builder.render.mail.compose import UNSUBSCRIBE, Mail
from site_builder.render.mail.headers import header_text
from site_builder.render.mail.letter import edition_id
from site_builder.written_file import indented_json

# Services fill in templates. An invisible character (U+2060) breaks whatever would begin an instruction in a title or
# an abstract; listmonk also reads `@TrackLink` as one.
INSTRUCTIONS = ("{{", "{{", "{%", "{#", "@TrackLink")  # twice the first: `{{{` contains two
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)


def inert(content: str) -> str:
    """Return content in which no service's template language finds an instruction."""
    for instruction in INSTRUCTIONS:
        content = content.replace(instruction, f"{instruction[0]}\u2060{instruction[1:]}")
    return content


def buttondown_body(mail: Mail) -> bytes:
    """Return the body of `POST https://api.buttondown.com/v1/emails`: a draft, to be reviewed and sent there."""
    content = _STYLE.search(mail.html), _BODY.search(mail.html)
    html = "\n".join(found[found.re.groups] for found in content if found)
    body = inert(html).replace(UNSUBSCRIBE, "{{ unsubscribe_url }}")
    return indented_json(
        {
            "subject": inert(header_text(mail.subject)),
            # Without this mark, the service guesses whether the text is Markdown.
            "body": f"<!-- buttondown-editor-mode: fancy -->{body}",
            "status": "draft",
            "template": "naked",
            "description": inert(mail.preheader),
            "canonical_url": mail.browser_url,
            "slug": edition_id(mail),
        }
    )


def listmonk_body(mail: Mail, settings: Settings) -> bytes:
    """Return the body of `POST /api/campaigns` of listmonk; its template must contain nothing but the content."""
    link = "{{ UnsubscribeURL }}"
    subject = inert(header_text(mail.subject))
    return indented_json(
        {
            "name": f"{inert(header_text(settings.title))} {_called(mail.edition)}",
            "subject": subject,
            "lists": list(settings.newsletter.campaign_lists),
            "type": "regular",
            "content_type": "html",
            "messenger": "email",
            "body": inert(mail.html).replace(UNSUBSCRIBE, link),
            "altbody": inert(mail.text).replace(UNSUBSCRIBE, link),
            "tags": ["digest"],
        }
    )


def _called(edition: Edition) -> str:
    return edition.key if edition.name == DAILY else f"{edition.name} {edition.key}"
