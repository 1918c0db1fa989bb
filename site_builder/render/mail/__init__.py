"""The mail of an edition in every form, composed once: HTML, text, `.eml`, and request bodies for services' APIs."""

from site_builder.model.page import Page
from site_builder.pages.mail import MailData
from site_builder.render.mail.compose import Mail, MailWriter
from site_builder.render.mail.letter import letter_bytes, make_letter
from site_builder.render.mail.services import buttondown_body, listmonk_body
from site_builder.render.site import Site, once


def render_html(page: Page, site: Site) -> bytes:
    return _mail(page, site).filled_html().encode()


def render_text(page: Page, site: Site) -> bytes:
    return _mail(page, site).filled_text().encode()


def render_eml(page: Page, site: Site) -> bytes:
    """Return the complete message, without a recipient, as a file that mail programs open (RFC 5322)."""
    return letter_bytes(make_letter(_mail(page, site), site.settings))


def render_buttondown(page: Page, site: Site) -> bytes:
    return buttondown_body(_mail(page, site))


def render_listmonk(page: Page, site: Site) -> bytes:
    return listmonk_body(_mail(page, site), site.settings)


def _mail(page: Page, site: Site) -> Mail:
    """Return the mail of the page's edition; its forms are consecutive pages and share it."""
    writer, edition = _writer(site), MailData.of(page).edition
    if writer.last is None or writer.last.edition is not edition:
        writer.last = writer.mail(edition)
    return writer.last


@once
def _writer(site: Site) -> MailWriter:
    return MailWriter(site)
