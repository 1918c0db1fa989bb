"""Corrections of papers, grouped by the day they were seen."""

from collections.abc import Iterable
from itertools import groupby

from site_builder.model.catalogue import CorrectionNotice
from site_builder.model.paper import Paper


def correction_notices(papers: Iterable[Paper]) -> tuple[CorrectionNotice, ...]:
    """Return each paper's changes of each day, newest first."""
    notices = [
        CorrectionNotice(paper, day, tuple(corrections))
        for paper in papers
        if paper.corrections
        for day, corrections in groupby(paper.corrections, key=lambda correction: correction.day)
    ]
    return tuple(sorted(notices, key=lambda notice: (-notice.day.toordinal(), notice.paper.id)))
