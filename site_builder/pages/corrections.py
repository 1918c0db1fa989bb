"""The pages of corrections: changed titles and abstracts, and withdrawn papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.catalogue.order import in_parts
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, CorrectionNotice
from site_builder.model.page import Page, PageData
from site_builder.pages.discovery import ABOUT_CORRECTIONS, corrections_feed
from site_builder.urls import corrections_path


@dataclass(frozen=True, slots=True)
class CorrectionsData(PageData):
    """The corrections on one numbered page, newest first.

    parts: paths of all these pages. all: number of all corrections.
    """

    notices: Sequence[CorrectionNotice]
    number: int
    parts: Sequence[str]
    all: int


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `corrections.html` and its numbered pages, if lists are fetched or there is a correction."""
    discovery = corrections_feed(catalogue, settings)
    if not discovery:
        return
    words = settings.words
    parts = in_parts(catalogue.corrections, settings.page_size) or [()]
    paths = [corrections_path(number) for number in range(1, len(parts) + 1)]
    for number, notices in enumerate(parts, 1):
        yield Page(
            path=paths[number - 1],
            renderer="html",
            template="pages/corrections.html",
            claimant="the corrections",
            title=words.gettext("Corrections")
            if number == 1
            else words.gettext("Corrections, page %(number)s", number=number),
            description=words.gettext(ABOUT_CORRECTIONS),
            feeds=discovery,
            data=CorrectionsData(notices, number, paths, len(catalogue.corrections)),
        )
