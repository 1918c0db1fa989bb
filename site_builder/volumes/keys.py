"""Cache keys of volumes: volumes with equal keys have identical pages."""

from site_builder.catalogue.volumes import Volume
from site_builder.model.paper import Paper
from site_builder.render.cache_keys import Dependencies
from site_builder.render.site import Site
from site_builder.urls import day_path, paper_path, period_path

TEMPLATES = ("pages/paper.html", "pages/day.html", "pages/week.html", "pages/month.html")


class VolumeKeys:
    """Computes cache keys of the volumes of a site whose front pages are already planned."""

    def __init__(self, site: Site) -> None:
        self._dependencies = Dependencies(site)

    def of(self, volume: Volume) -> str:
        """Return the cache key of a volume, or "" when its pages depend on more than is known before planning.

        That is the case when its papers have former addresses, or when templates ask whether a page of a volume exists.
        """
        catalogue = volume.catalogue
        if any(paper.aliases for paper in catalogue.papers):
            return ""
        try:
            templates = [self._dependencies.of_template(template) for template in TEMPLATES]
            papers = [self._of_paper(volume, paper) for paper in catalogue.papers]
            rest = catalogue.days, catalogue.weeks, catalogue.months, catalogue.corrections, catalogue.edges
            return self._dependencies.digest((volume.key, templates, papers, rest, self._adjacent_files(volume)))
        except (TypeError, ValueError, OSError):
            return ""

    def _of_paper(self, volume: Volume, paper: Paper) -> object:
        related = [(each.paper, each.by, each.shared) for each in volume.catalogue.related.get(paper.id, ())]
        return paper, volume.catalogue.citation_keys[paper.id], related

    def _adjacent_files(self, volume: Volume) -> object:
        """Return which files exist next to the volume's pages, if a template asks for that."""
        catalogue = volume.catalogue
        periods = (*catalogue.weeks, *catalogue.months)
        paths = [paper_path(paper.id) for paper in catalogue.papers]
        paths += [day_path(day.date) for day in catalogue.days]
        paths += [period_path(period.kind, period.key) for period in periods]
        dependencies = self._dependencies
        has_questions = any(map(dependencies.checks_files_next_to, TEMPLATES))
        return dependencies.files_next_to(paths) if has_questions else ()
