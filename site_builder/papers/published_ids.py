"""Match papers with the record of what was published, so that each keeps the id of its first publication."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from site_builder.fingerprint import fingerprint
from site_builder.lazy import lazy_pattern
from site_builder.model.paper import Paper
from site_builder.model.published import UNDATED, Published, PublishedPaper
from site_builder.papers.identity import is_arxiv_id, parted_doi
from site_builder.papers.keys import title_key
from site_builder.papers.merge import (
    are_alike,
    first_family,
    first_initial,
    first_number,
    has_id,
    is_generic,
    number_ids,
)
from site_builder.papers.titles import CORRECTED, among_ids, normalise_title
from site_builder.problems import Problems, shortened
from site_builder.urls import month_key, paper_path, slugify

MAX_COMPARED = 2_000  # pairs of titles in a month; a list that was rewritten entirely is not compared title by title
_NUMBER = lazy_pattern(r"\d+|\b[ivx]+\b")


def keep_published_ids(papers: Sequence[Paper], published: Published, problems: Problems) -> list[Paper]:
    """Return the papers, each under the id it was first published under, with all other ids that lead to it as aliases.

    A paper is recognised by its ids, then by its `formerly` ids, then by its title. If its list corrected the title, it
    is recognised by its abstract or by a very similar title; a problem asks the editor to check that match. A paper
    that was never published keeps its id, or gets another one if that id is taken.
    """
    claims = _claims(papers, published.papers)
    papers = _without_former_ids_of_others(papers, claims, problems)
    taken = {record.id for records in claims.values() for record in records}
    orphans = [record for record in published.papers.values() if record.id not in taken]
    newcomers = [index for index in range(len(papers)) if index not in claims]
    for index, record in _match_corrected(papers, newcomers, orphans):
        claims[index] = [record]
        if normalise_title(papers[index].title) != normalise_title(record.title):
            _report_corrected(papers[index], record, problems)
    split_off = _split_off(papers, claims)
    kept = [
        _with_records(paper, claims.get(index, []), published.papers, split_off.values())
        for index, paper in enumerate(papers)
    ]
    for index, paper_id in split_off.items():
        kept[index] = _with_ids(papers[index], paper_id, ())
    fixed = {index for index in range(len(papers)) if index in claims or index in split_off}
    return _without_ids_of_others(number_ids(kept, fixed, published.papers, problems))


def text_fingerprint(text: str) -> str:
    """Return a short fingerprint of a text, "" for an empty text."""
    return fingerprint(text, 6) if text else ""


def first_month(paper: Paper, default: str = UNDATED) -> str:
    """Return the month of the first day of a paper, or `default` if it has no day."""
    return month_key(paper.days[0]) if paper.days else default


def _claims(papers: Sequence[Paper], published: Mapping[str, PublishedPaper]) -> dict[int, list[PublishedPaper]]:
    """Return paper index → records of that paper; each record belongs to one paper at most.

    If a paper has both the id and the title of a record, the record is found by its ids only: an id is surer than a
    title.
    """
    by_key: dict[str, list[PublishedPaper]] = defaultdict(list)
    titles = {paper.id: title_key(paper) for paper in papers}
    has_former = any(paper.formerly for paper in papers)
    reassigned: set[str] = set()  # ids of records whose id now belongs to a paper with a different title
    for record in published.values():
        keys = _ids_of(record)
        if has_former:
            keys |= _addresses((record.id, *record.ids))
        title = normalise_title(record.title)
        if titles.get(record.id, "") != title:
            keys.add(among_ids(title))
            if record.id in titles and not are_alike(titles[record.id], title):
                reassigned.add(record.id)
        for key in keys:
            by_key[key].append(record)
    pairs = [
        (index, record)
        for index, paper in enumerate(papers)
        for record in {each.id: each for each in _candidates(paper, by_key, reassigned)}.values()
    ]
    return _assigned(papers, pairs)


def _assigned(papers: Sequence[Paper], pairs: Sequence[tuple[int, PublishedPaper]]) -> dict[int, list[PublishedPaper]]:
    """Return paper index → its records: the best match first, then records of the same work that were merged into it.

    pairs: every (paper index, record) that may match.
    """
    papers_of, records_of = Counter(record.id for _, record in pairs), Counter(index for index, _ in pairs)
    contested = [(index, record) for index, record in pairs if max(papers_of[record.id], records_of[index]) > 1]
    contested.sort(key=lambda pair: _rank(papers[pair[0]], pair[1]), reverse=True)
    claims = {index: [record] for index, record in pairs if papers_of[record.id] == records_of[index] == 1}
    owned: set[str] = set()
    for index, record in contested:
        if index not in claims and record.id not in owned:
            claims[index] = [record]
            owned.add(record.id)
    for index, record in contested:
        if record.id not in owned and _is_merged_record(record, papers[index], claims.get(index, ())):
            claims[index].append(record)
            owned.add(record.id)
    return claims


def _is_merged_record(record: PublishedPaper, paper: Paper, own: Sequence[PublishedPaper]) -> bool:
    """Return whether an unassigned record is of the same work as a paper that already has a record.

    own: the records that the paper has.
    """
    titles = (paper.title, *(each.title for each in own))
    if not own or not any(are_alike(record.title, title) for title in titles):
        return False
    return _shares_id(paper, record) or not _has_other_marks(paper, record)


def _candidates(
    paper: Paper, by_key: Mapping[str, Sequence[PublishedPaper]], reassigned: Collection[str]
) -> Iterator[PublishedPaper]:
    """Yield the records that may be of a paper: those of its `formerly` ids, of its ids and of its title.

    Records that contradict the paper are left out unless they share an id with it. If neither ids nor title match
    anything, records whose id is the slug of the title are tried: the desk may have changed their title.

    reassigned: ids that now belong to a paper with a different title; the old match may have been a mistake, so their
    records pass unchecked.
    """
    for former in paper.formerly:
        yield from by_key.get(paper_path(former), ())
    keys = (*_ids(paper), among_ids(title_key(paper)))
    if not any(key in by_key for key in keys):
        keys = (slugify(paper.title),)
    for key in keys:
        for record in by_key.get(key, ()):
            if _shares_id(paper, record) or record.id in reassigned or not _contradicts(paper, record):
                yield record


def _ids(paper: Paper) -> set[str]:
    ids = {each for each in (paper.id, paper.arxiv, paper.doi) if each}
    return ids | {parted_doi(paper.doi)[0]} if paper.doi else ids


def _ids_of(record: PublishedPaper) -> set[str]:
    ids = {*record.all_ids}
    return ids.union(parted_doi(each)[0] for each in ids if each.startswith("10."))


def _shares_id(paper: Paper, record: PublishedPaper) -> bool:
    """Return whether paper and record have an id in common that was not derived from the title."""
    return has_id(paper) and not _ids(paper).isdisjoint(_ids_of(record))


def _contradicts(paper: Paper, record: PublishedPaper) -> bool:
    """Return whether paper and record are two works with one title.

    They are if both have an arXiv id, or both a DOI, and their abstracts differ; or if a curator has since given the
    paper an id because it was matched to a record with a similar title. Different marks alone may be a correction,
    unless the record is in no list any more or its title is generic.
    """
    if _has_another_id(paper, record) and not _has_text_of(paper, record):
        return True
    if _was_guessed(paper, record):
        return True
    return (record.is_gone or is_generic(record.title)) and _has_other_marks(paper, record)


def _was_guessed(paper: Paper, record: PublishedPaper) -> bool:
    """Return whether a paper with an id by a curator was matched to a record only because the titles were similar."""
    slug = slugify(paper.title)
    is_curated = has_id(paper) and not (paper.arxiv or paper.doi)
    return is_curated and not record.id.startswith(slug) and are_alike(record.id, slug)


def _has_another_id(paper: Paper, record: PublishedPaper) -> bool:
    theirs = record.all_ids
    has_arxiv, has_doi = any(map(is_arxiv_id, theirs)), any(each.startswith("10.") for each in theirs)
    return bool((paper.arxiv and has_arxiv) or (paper.doi and has_doi))


def _has_text_of(paper: Paper, record: PublishedPaper) -> bool:
    return bool(record.text) and text_fingerprint(paper.abstract) == record.text


def _has_other_marks(paper: Paper, record: PublishedPaper) -> bool:
    """Return whether first author, year, volume, issue or pages of paper and record differ."""
    marks = marks_of(paper) if record.marks else {}
    return any(_agreement(name, marks, record) < 0 for name in marks)


def marks_of(paper: Paper) -> dict[str, str]:
    """Return what distinguishes a paper from others with its title, as far as known; see `PublishedPaper.marks`."""
    numbers = {"volume": paper.volume, "issue": paper.issue, "pages": paper.pages}
    marks = {
        "by": f"{first_family(paper)} {first_initial(paper)}".strip(),
        "year": str(paper.published.year) if paper.published else "",
    }
    marks |= {name: first_number(text) for name, text in numbers.items() if text}
    return {name: mark for name, mark in marks.items() if mark}


def _agreement(name: str, marks: Mapping[str, str], record: PublishedPaper) -> int:
    """Return 1 if paper and record agree on a mark, -1 if they differ, 0 if either has none."""
    if name not in marks or name not in record.marks:
        return 0
    return 1 if marks[name] == record.marks[name] else -1


def _rank(paper: Paper, record: PublishedPaper) -> tuple[int, ...]:
    """Return a sort key for how well a record matches a paper; the first paper with the highest rank gets the record.

    A shared id under a different title ranks below a matching title whose arXiv id or DOI was corrected since.
    """
    marks = marks_of(paper)
    has_name = _shares_id(paper, record) or (paper.id == record.id and record.marks in ({}, marks))
    degrees = (
        has_name and are_alike(paper.title, record.title),
        not _addresses(paper.formerly).isdisjoint(_addresses((record.id, *record.ids))),
        not has_name and _has_another_id(paper, record),
        has_name,
        True,
    )
    return (
        -degrees.index(True),
        record.id in {paper.arxiv, paper.doi},
        marks == record.marks,
        sum(_agreement(name, marks, record) for name in marks),
        text_fingerprint(paper.abstract) == record.text,
        paper.title == record.title,
        first_month(paper) == record.first,
        paper.id == record.id,
    )


def _match_corrected(
    papers: Sequence[Paper], newcomers: Iterable[int], orphans: Sequence[PublishedPaper]
) -> Iterator[tuple[int, PublishedPaper]]:
    """Yield (paper index, record) for papers that match by abstract or similar title and replace an orphaned record.

    newcomers: indexes of papers that no id or title matched. orphans: records that no paper has.
    """
    unclaimed = {record.id: record for record in orphans if not record.is_gone}
    by_text = _by_unique_key((record.text, record) for record in unclaimed.values())
    by_title = _by_unique_key((normalise_title(record.title), record) for record in unclaimed.values())
    rest = []
    for index in newcomers:
        paper = papers[index]
        record = by_text.get(text_fingerprint(paper.abstract)) or by_title.get(title_key(paper))
        if record and not _was_guessed(paper, record) and unclaimed.pop(record.id, None):
            yield index, record
        elif not paper.arxiv and not paper.doi and paper.id == slugify(paper.title):
            rest.append(index)
    months: dict[str, list[PublishedPaper]] = defaultdict(list)
    for record in unclaimed.values():
        months[record.first].append(record)
    for index in rest:
        month = months.get(first_month(papers[index]), [])
        if len(month) * len(rest) <= MAX_COMPARED and (record := _most_alike(papers[index].title, month)):
            month.remove(record)
            yield index, record


def _by_unique_key(keyed: Iterable[tuple[str, PublishedPaper]]) -> dict[str, PublishedPaper]:
    """Return key → record for every non-empty key that only one record has."""
    by_key: dict[str, list[PublishedPaper]] = defaultdict(list)
    for key, record in keyed:
        by_key[key].append(record)
    return {key: records[0] for key, records in by_key.items() if key and len(records) == 1}


def _most_alike(title: str, records: Iterable[PublishedPaper]) -> PublishedPaper | None:
    """Return the record with the most similar title, or None if none is similar enough.

    Titles with different numbers never match. Ids are compared too: if the desk changed a title, the id still has the
    original one.
    """
    best, best_ratio = None, CORRECTED
    for record in records:
        for one, other in ((title.casefold(), record.title.casefold()), (slugify(title), record.id)):
            if _NUMBER.findall(one) == _NUMBER.findall(other):
                ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
                if ratio >= best_ratio:
                    best, best_ratio = record, ratio
    return best


def _report_corrected(paper: Paper, record: PublishedPaper, problems: Problems) -> None:
    both = f'"{shortened(paper.title)}" is taken for "{shortened(record.title)}"'
    what = f"{both} under a corrected title and keeps its address"
    remedy = "nothing is left to do if it is; if it is another paper, give it an `id:` of its own"
    problems.add(paper.places[0].path, paper.places[0].line, what, remedy)


def _split_off(papers: Sequence[Paper], claims: Mapping[int, Sequence[PublishedPaper]]) -> dict[int, str]:
    """Return paper index → former id, for papers that were merged into another one for a while and no longer are."""
    owner_of = {each: index for index, records in claims.items() for record in records for each in record.ids}
    if not owner_of:
        return {}
    taken_back: dict[int, str] = {}
    for index, paper in enumerate(papers):
        if index in claims:
            continue
        own = [key for key in (slugify(paper.title), paper.id) if key in owner_of]
        rival_ids = _ids(papers[owner_of[own[0]]]) if own else set()
        if own and own[0] not in rival_ids and own[0] not in taken_back.values():
            taken_back[index] = own[0]
    return taken_back


def _with_records(
    paper: Paper, records: Sequence[PublishedPaper], reserved: Collection[str], taken_back: Iterable[str]
) -> Paper:
    """Return a paper under the id of its earliest record, with all other ids of its records and its own as aliases.

    reserved: ids of all records; the paper's own id is no alias if a record has it. taken_back: ids that other papers
    took back, which are no aliases either.
    """
    first = min(records, key=lambda record: (record.first, record.id != paper.id, record.id), default=paper)
    others = {each for record in records for each in (record.id, *record.ids)}
    if paper.id not in reserved:
        others.add(paper.id)
    if paper.formerly:
        known = _addresses(others)
        others |= {each for each in paper.formerly if paper_path(each) not in known}
    return _with_ids(paper, first.id, tuple(sorted(others - {first.id, *taken_back})))


def _with_ids(paper: Paper, paper_id: str, aliases: tuple[str, ...]) -> Paper:
    return paper if (paper.id, paper.aliases) == (paper_id, aliases) else replace(paper, id=paper_id, aliases=aliases)


def _addresses(ids: Iterable[str]) -> set[str]:
    return set(map(paper_path, ids))


def _without_former_ids_of_others(
    papers: Sequence[Paper], claims: Mapping[int, Sequence[PublishedPaper]], problems: Problems
) -> list[Paper]:
    """Remove `formerly` ids that belong to another paper, and report each as a problem."""
    if not any(paper.formerly for paper in papers):
        return list(papers)
    owners = {
        path: index
        for index, records in claims.items()
        for record in records
        for path in _addresses((record.id, *record.ids))
    }
    owners |= {paper_path(paper.id): index for index, paper in enumerate(papers)}
    kept = list(papers)
    for index, paper in enumerate(papers):
        own = [each for each in paper.formerly if owners.setdefault(paper_path(each), index) == index]
        for former in set(paper.formerly) - set(own):
            rival = papers[owners[paper_path(former)]]
            what = (
                f'"{shortened(former)}", which "{shortened(paper.title)}" was formerly, is "{shortened(rival.title)}"'
            )
            remedy = "keep it with one of the two; the other has it"
            problems.add(paper.places[0].path, paper.places[0].line, what, remedy)
        if len(own) < len(paper.formerly):
            kept[index] = replace(paper, formerly=tuple(own))
    return kept


def _without_ids_of_others(papers: Sequence[Paper]) -> list[Paper]:
    """Remove aliases that are the id of another paper."""
    own = {paper.id for paper in papers}
    return [
        paper if own.isdisjoint(paper.aliases) else _with_ids(paper, paper.id, tuple(sorted({*paper.aliases} - own)))
        for paper in papers
    ]
