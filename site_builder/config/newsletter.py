"""`newsletter:` in `site.yaml`: where readers subscribe by mail, and what mails say about themselves."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from site_builder.config.section import HOST, LETTERS, UUID, SettingsSection

# Service → pattern of its `form`, and its name in messages.
FORMS = {
    "buttondown": (r"[A-Za-z0-9_-]+", "the name of the newsletter"),
    "kit": (r"\d+", "the number of the form"),
    "mailchimp": (
        r"https://[^\s<>\"]+/subscribe/post\?[^\s<>\"]+",
        "the address the embedded form is sent to",
    ),
    "listmonk": (r"https?://[^\s<>\"?#]+", "the address of the server"),
    "url": (r"https?://[^\s<>\"]+", "the address of a page"),
}


def _unsubscribe(value: str) -> str:
    if value and not re.fullmatch(r"https://[^\s<>\"{}]+(\{(email|token)\}[^\s<>\"{}]*)+", value):
        raise ValueError("is not an address like https://example.org/unsubscribe?reader={email}")
    return value


def _mail_address(value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", value):
        raise ValueError("is not an address like you@example.org, in ASCII")
    return value


MailAddress = Annotated[str, AfterValidator(_mail_address)]


class Newsletter(SettingsSection):
    """Where readers subscribe by mail, and what the mails say about themselves."""

    service: Literal["none", "buttondown", "mailchimp", "kit", "listmonk", "url"] = Field(
        "none", description="Who keeps the list; `url` is any page where one can subscribe."
    )
    form: str = Field("", description="Where the service takes subscribers: a name, a number or an address.")
    subscribe_list: str = Field("", pattern=UUID, description="listmonk: the UUID of the list that readers join.")
    campaign_lists: tuple[int, ...] = Field((1,), description="listmonk: numbers of the lists a mail is sent to.")
    drafts: bool = Field(
        False, description="Whether `broadsheet announce` posts each edition to the service, as a draft."
    )
    audience: str = Field("", pattern=LETTERS, description="mailchimp: the id of the audience that a draft is for.")
    mail_days: int = Field(
        7, ge=0, description="Newest editions that have ready mails, besides those on their way; 0 for all."
    )
    sender: MailAddress = Field("", description="Address the mails come from; author.email when empty.")
    reply_to: MailAddress = Field("", description="Address answers go to; the sender's when empty.")
    list_id: str = Field(
        "",
        pattern=HOST,
        description="Permanent name of the list, `digest.example.org`; from base_url when empty. Never change it.",
    )
    unsubscribe_url: Annotated[str, AfterValidator(_unsubscribe)] = Field(
        "", description="A reader's own address to unsubscribe at, with {email} or {token} in it."
    )
    unsubscribe_mail: MailAddress = Field("", description="Address that takes requests to unsubscribe.")
    postal_address: str = Field("", description="Postal address at the foot of the mails, where the law asks for one.")

    @model_validator(mode="after")
    def _check_form(self) -> "Newsletter":
        if self.drafts and self.service in ("none", "url"):
            raise ValueError("drafts needs service:; name the service that keeps your readers")
        if self.service == "none":
            return self
        shape, meaning = FORMS[self.service]
        if not re.fullmatch(shape, self.form):
            raise ValueError(f"{self.service} needs form: {meaning}")
        if self.service == "listmonk" and not self.subscribe_list:
            raise ValueError("listmonk needs subscribe_list: the UUID of the list that readers join")
        return self
