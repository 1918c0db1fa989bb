"""Published addresses and names: which ones the site keeps, which ones redirect, and which ones would be lost."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import urlsplit

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Taxonomy, Term
from site_builder.model.note import FreePage
from site_builder.model.published import FOLDER, Published, PublishedPage
from site_builder.problems import Problem, Problems, first_of
from site_builder.sources import Sources
from site_builder.sources.content.vocabulary import TermDefinition
from site_builder.urls import authority_of, free_page_path, paper_path, term_path

_LOCAL_ENDINGS = frozenset({"localhost", "local", "localdomain"})
SHOWN = 5  # addresses in a message
_REMEDY = (
    "bring back what stood there, or name it under `formerly:` where it is now; "
    "if they are to be gone, nothing is left to do: they are reported once"
)


def with_addresses(published: Published, lasting: Iterable[str], standing: Collection[str]) -> Published:
    """Return the published record extended by all other addresses of the site.

    lasting: addresses to record from now on, with `*` for any name. standing: all addresses that exist now.
    """
    kept = set(lasting)
    pages = {**{path: PublishedPage(path=path) for path in kept}, **published.pages}
    there = {path for path, page in pages.items() if page.is_gone and (path in kept or path in standing)}
    return replace(published, pages=pages | {path: replace(pages[path], is_gone=False) for path in there})


def kept_authority(settings: Settings, published: Published, problems: Problems, *, is_preview: bool) -> str:
    """Return the authority to use in entry ids from now on, whatever base_url becomes; "" if none is to be kept yet.

    is_preview: whether the site's address was given for this build only. A setting that differs from the published
    authority is reported.
    """
    wanted, known = settings.feeds.authority, published.authority
    if wanted and known and wanted != known:
        what = f'feeds.authority is "{wanted}", and entries were published with "{known}": all are new to every reader'
        remedy = f"set it back, or, if that is meant, write it into content/{FOLDER}/site.jsonl, too"
        problems.add("site.yaml", None, what, remedy)
    is_passing = is_preview or _is_local(urlsplit(settings.base_url).hostname or "localhost")
    return known or wanted or ("" if is_passing else authority_of(settings.base_url))


def _is_local(host: str) -> bool:
    """Return whether a host is this machine or in a private network, and so not a permanent name."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host.rpartition(".")[2] in _LOCAL_ENDINGS


def with_authority(settings: Settings, published: Published) -> Settings:
    """Return settings with the authority for entry ids: the configured one, else the published one, else the host."""
    authority = settings.feeds.authority or published.authority or authority_of(settings.base_url)
    return settings.model_copy(update={"feeds": settings.feeds.model_copy(update={"authority": authority})})


def with_former_terms(sources: Sources) -> Sources:
    """Return sources whose tags and organisations also have all their former names, which lists may still use."""
    former = sources.published.former()
    if not former:
        return sources

    def known(taxonomy: Taxonomy, definitions: Sequence[TermDefinition]) -> tuple[TermDefinition, ...]:
        taken = {term_path(taxonomy, slug) for each in definitions for slug in (each.slug, *each.formerly)}
        return tuple(
            replace(each, formerly=_all_formerly(taxonomy, each.slug, each.formerly, former, taken))
            for each in definitions
        )

    tags, organizations = known("tag", sources.vocabulary), known("organization", sources.organizations)
    return replace(sources, vocabulary=tags, organizations=organizations)


def _all_formerly(
    taxonomy: Taxonomy, slug: str, formerly: Sequence[str], former: Mapping[str, Iterable[str]], taken: set[str]
) -> tuple[str, ...]:
    """Return the former slugs of a term, preceded by older ones recorded by earlier builds."""
    paths = [term_path(taxonomy, each) for each in (slug, *formerly)]
    found = (path.rpartition("/")[2].removesuffix(".html") for path in _former_of(paths, former, taken))
    return (*found, *formerly)


def with_former_names(catalogue: Catalogue, published: Published) -> Catalogue:
    """Return a catalogue whose terms and free pages include the former names recorded by earlier builds.

    So after a second renaming the user need only state the last name. A former address that something else uses now is
    left to it.
    """
    former = published.former()
    if not former:
        return catalogue
    taken = {*former_paths(catalogue)}.union(
        (term_path(term.taxonomy, term.slug) for term in catalogue.terms),
        (free_page_path(page.slug) for page in catalogue.pages),
    )

    def of_term(term: Term) -> Term:
        formerly = _all_formerly(term.taxonomy, term.slug, term.formerly, former, taken)
        return replace(term, formerly=formerly) if formerly != term.formerly else term

    def of_page(page: FreePage) -> FreePage:
        found = _former_of([free_page_path(slug) for slug in (page.slug, *page.formerly)], former, taken)
        return replace(page, formerly=(*(path.removesuffix(".html") for path in found), *page.formerly))

    tags, organizations, authors = (
        tuple(map(of_term, terms)) for terms in (catalogue.tags, catalogue.organizations, catalogue.authors)
    )
    pages = tuple(map(of_page, catalogue.pages))
    return replace(catalogue, tags=tags, organizations=organizations, authors=authors, pages=pages)


def _former_of(paths: Iterable[str], former: Mapping[str, Iterable[str]], taken: set[str]) -> list[str]:
    """Return the addresses that led to the given ones, also indirectly, oldest first; add them to `taken`."""
    waiting, found = list(paths), list[str]()
    while waiting:
        new = [path for path in former.get(waiting.pop(), ()) if path not in taken]
        taken.update(new)
        waiting += new
        found = new + found
    return found


def with_first_slugs(catalogue: Catalogue, published: Published) -> Catalogue:
    """Return a catalogue whose terms have the slugs with which their entries were first published."""
    groups = (catalogue.tags, catalogue.organizations, catalogue.authors)
    tags, organizations, authors = (_known_again(terms, published.pages) for terms in groups)
    return replace(catalogue, tags=tags, organizations=organizations, authors=authors)


def _known_again(terms: Sequence[Term], pages: Mapping[str, PublishedPage]) -> tuple[Term, ...]:
    """Return terms, each with a unique `known_as`; a renamed term takes precedence over a new one with its old name."""
    wanted = {term.slug: _first_slug(term, pages) for term in terms}
    taken: set[str] = set()
    for term in sorted(terms, key=lambda term: (wanted[term.slug] == term.slug, term.slug)):
        first, number = wanted[term.slug], 1
        while first in taken or (number > 1 and first in wanted):
            number += 1
            first = f"{term.slug}-{number}"
        wanted[term.slug] = first
        taken.add(first)
    return tuple(replace(term, known_as=wanted[term.slug]) for term in terms)


def _first_slug(term: Term, pages: Mapping[str, PublishedPage]) -> str:
    """Return the slug with which a term's entries were published, preferably of a page that is not gone."""
    slugs = {slug: pages.get(term_path(term.taxonomy, slug)) for slug in (term.slug, *term.formerly)}
    known = [(page.is_gone, page.first or slug) for slug, page in slugs.items() if page]
    return min(known, key=lambda each: each[0], default=(False, term.first_slug))[1]


def report_vanishing(published: Published, after: Published, problems: Problems) -> Problem | None:
    """Report published addresses that would lead nowhere; return the problem, None if there are none."""
    gone = _vanishing(published, after)
    if not gone:
        return None
    what = f"{len(gone):,} address{'es' if len(gone) > 1 else ''} would be gone: {first_of(gone, SHOWN)}"
    problem = Problem(f"{FOLDER}/", None, what, _REMEDY)
    problems.extend([problem])
    return problem


def _vanishing(published: Published, after: Published) -> list[str]:
    """Return the published output paths that no longer exist, papers before pages, each sorted."""
    papers = [
        paper_path(record.id)
        for key, record in published.papers.items()
        if not record.is_gone and key in after.papers and after.papers[key].is_gone
    ]
    pages = [
        path
        for path, page in published.pages.items()
        if not page.is_gone and path in after.pages and after.pages[path].is_gone
    ]
    return sorted(papers) + sorted(pages)


def former_paths(catalogue: Catalogue) -> dict[str, str]:
    """Return former address → present address of terms and free pages."""
    of_terms = {
        term_path(term.taxonomy, slug): term_path(term.taxonomy, term.slug)
        for term in catalogue.terms
        for slug in term.formerly
    }
    of_pages = {free_page_path(slug): free_page_path(page.slug) for page in catalogue.pages for slug in page.formerly}
    return of_terms | of_pages
