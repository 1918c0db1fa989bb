"""Papers → the same papers under the ids they were first published under."""

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

MAX_COMPARED = 2_000  # pairs of titles of one month; a list that was written again is not compared title by title
_NUMBER = lazy_pattern(r"\d+|\b[ivx]+\b")


def keep_published_ids(papers: Sequence[Paper], published: Published, problems: Problems) -> list[Paper]:
    """Return the papers, each with the id it was first published under and all the other ids that lead to it.

    A paper is known again by its ids, then by those its list says it had, then by its title, then, where its list
    corrected the title, by its abstract or by a title much like it, which is a problem to look at. A paper that was
    never published keeps the id it has, or gets another where that is taken.
    """
    claims = _claims(papers, published.papers)
    papers = _without_names_of_others(papers, claims, problems)
    taken = {record.id for records in claims.values() for record in records}
    orphans = [record for record in published.papers.values() if record.id not in taken]
    newcomers = [index for index in range(len(papers)) if index not in claims]
    for index, record in _corrected(papers, newcomers, orphans):
        claims[index] = [record]
        if normalise_title(papers[index].title) != normalise_title(record.title):
            _report(papers[index], record, problems)
    split_off = _split_off(papers, claims)
    kept = [
        _with_records(paper, claims.get(index, []), published.papers, split_off.values())
        for index, paper in enumerate(papers)
    ]
    for index, paper_id in split_off.items():
        kept[index] = _as(papers[index], paper_id, ())
    fixed = {index for index in range(len(papers)) if index in claims or index in split_off}
    return _without_ids_of_others(number_ids(kept, fixed, published.papers, problems))


def text_fingerprint(text: str) -> str:
    """Return a short fingerprint of a text, "" for none."""
    return fingerprint(text, 6) if text else ""


def first_month(paper: Paper, without: str = UNDATED) -> str:
    """Return the month of the first day of a paper; without: what to return for one without a day."""
    return month_key(paper.days[0]) if paper.days else without


def _claims(papers: Sequence[Paper], published: Mapping[str, PublishedPaper]) -> dict[int, list[PublishedPaper]]:
    """Return for each paper, by its place, the records that are its own; a record belongs to one paper only.

    One whose id a paper of its title has is looked for by nothing else: no title is as sure as an id.
    """
    by_key: dict[str, list[PublishedPaper]] = defaultdict(list)
    titles = {paper.id: title_key(paper) for paper in papers}
    has_former = any(paper.formerly for paper in papers)
    mended: set[str] = set()  # ids of records that stand under another title now
    for record in published.values():
        keys = _ids_of(record)
        if has_former:
            keys |= _addresses((record.id, *record.ids))
        title = normalise_title(record.title)
        if titles.get(record.id, "") != title:
            keys.add(among_ids(title))
            if record.id in titles and not are_alike(titles[record.id], title):
                mended.add(record.id)
        for key in keys:
            by_key[key].append(record)
    pairs = [
        (index, record)
        for index, paper in enumerate(papers)
        for record in {each.id: each for each in _candidates(paper, by_key, mended)}.values()
    ]
    return _assigned(papers, pairs)


def _assigned(papers: Sequence[Paper], pairs: Sequence[tuple[int, PublishedPaper]]) -> dict[int, list[PublishedPaper]]:
    """Return for each paper its records: first the one that is most surely its own, then those that joined it.

    pairs: of all that might belong together.
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
        if record.id not in owned and _has_joined(record, papers[index], claims.get(index, ())):
            claims[index].append(record)
            owned.add(record.id)
    return claims


def _has_joined(record: PublishedPaper, paper: Paper, own: Sequence[PublishedPaper]) -> bool:
    """Return whether a record of no other paper is another one of a paper that has its own: of the same work."""
    titles = (paper.title, *(each.title for each in own))
    if not own or not any(are_alike(record.title, title) for title in titles):
        return False
    return _shares_id(paper, record) or not _has_other_marks(paper, record)


def _candidates(
    paper: Paper, by_key: Mapping[str, Sequence[PublishedPaper]], mended: Collection[str]
) -> Iterator[PublishedPaper]:
    """Yield the records that share an id with a paper, those it is said to be, and those of its title.

    Of the last none that an id or an author contradicts. Where there are none, the title may be what the id of a record
    was made of, which the desk then gave another title. mended: ids that stand under another title now, and so may have
    been another paper's by a slip.
    """
    for former in paper.formerly:
        yield from by_key.get(paper_path(former), ())
    keys = (*_ids(paper), among_ids(title_key(paper)))
    if not any(key in by_key for key in keys):
        keys = (slugify(paper.title),)
    for key in keys:
        for record in by_key.get(key, ()):
            if _shares_id(paper, record) or record.id in mended or not _contradicts(paper, record):
                yield record


def _ids(paper: Paper) -> set[str]:
    ids = {each for each in (paper.id, paper.arxiv, paper.doi) if each}
    return ids | {parted_doi(paper.doi)[0]} if paper.doi else ids


def _ids_of(record: PublishedPaper) -> set[str]:
    ids = {*record.all_ids}
    return ids.union(parted_doi(each)[0] for each in ids if each.startswith("10."))


def _shares_id(paper: Paper, record: PublishedPaper) -> bool:
    """Return whether paper and record have an id in common that is more than their title."""
    return has_id(paper) and not _ids(paper).isdisjoint(_ids_of(record))


def _contradicts(paper: Paper, record: PublishedPaper) -> bool:
    """Return whether paper and record are two works of one title.

    So they are where both have an arXiv id, or both a DOI, of their own and not the same abstract; and where the paper
    has an id of the curator's, and was taken for one of another title until then. Marks that differ may have been
    corrected, but not those of what is in no list now, or has a title that many works have.
    """
    if _has_another_id(paper, record) and not _has_text_of(paper, record):
        return True
    if _was_guessed(paper, record):
        return True
    return (record.is_gone or is_generic(record.title)) and _has_other_marks(paper, record)


def _was_guessed(paper: Paper, record: PublishedPaper) -> bool:
    """Return whether a paper that now has an id of the curator's was taken for one of a title much like its own."""
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
    """Return whether another first author, volume, issue or other pages tell a paper from a record."""
    marks = marks_of(paper) if record.marks else {}
    return any(_agreement(name, marks, record) < 0 for name in marks)


def marks_of(paper: Paper) -> dict[str, str]:
    """Return what tells a paper from others of its title, as far as it is known; see `PublishedPaper.marks`."""
    numbers = {"volume": paper.volume, "issue": paper.issue, "pages": paper.pages}
    marks = {
        "by": f"{first_family(paper)} {first_initial(paper)}".strip(),
        "year": str(paper.published.year) if paper.published else "",
    }
    marks |= {name: first_number(text) for name, text in numbers.items() if text}
    return {name: mark for name, mark in marks.items() if mark}


def _agreement(name: str, marks: Mapping[str, str], record: PublishedPaper) -> int:
    """Return 1 where a mark of paper and record is the same, -1 where it differs, 0 where one has none."""
    if name not in marks or name not in record.marks:
        return 0
    return 1 if marks[name] == record.marks[name] else -1


def _rank(paper: Paper, record: PublishedPaper) -> tuple[int, ...]:
    """Return how surely a record is of a paper; the first paper of the highest rank gets it.

    An id under another title tells less than a title and abstract whose number was mended since.
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


def _corrected(
    papers: Sequence[Paper], newcomers: Iterable[int], orphans: Sequence[PublishedPaper]
) -> Iterator[tuple[int, PublishedPaper]]:
    """Yield (place, record) of papers that no id and no title tell, but that take the place of one that is gone."""
    left = {record.id: record for record in orphans if not record.is_gone}
    by_text = _unique((record.text, record) for record in left.values())
    by_title = _unique((normalise_title(record.title), record) for record in left.values())
    rest = []
    for index in newcomers:
        paper = papers[index]
        record = by_text.get(text_fingerprint(paper.abstract)) or by_title.get(title_key(paper))
        if record and not _was_guessed(paper, record) and left.pop(record.id, None):
            yield index, record
        elif not paper.arxiv and not paper.doi and paper.id == slugify(paper.title):
            rest.append(index)
    months: dict[str, list[PublishedPaper]] = defaultdict(list)
    for record in left.values():
        months[record.first].append(record)
    for index in rest:
        month = months.get(first_month(papers[index]), [])
        if len(month) * len(rest) <= MAX_COMPARED and (record := _most_alike(papers[index].title, month)):
            month.remove(record)
            yield index, record


def _unique(keyed: Iterable[tuple[str, PublishedPaper]]) -> dict[str, PublishedPaper]:
    """Return what a key stands for where it stands for one record alone."""
    by_id: dict[str, list[PublishedPaper]] = defaultdict(list)
    for key, record in keyed:
        by_id[key].append(record)
    return {key: records[0] for key, records in by_id.items() if key and len(records) == 1}


def _most_alike(title: str, records: Iterable[PublishedPaper]) -> PublishedPaper | None:
    """Return the record whose title is nearly this one; a different number makes it another title.

    Where the desk gave it another title, the id still tells the one of its list.
    """
    best, most = None, CORRECTED
    for record in records:
        for one, other in ((title.casefold(), record.title.casefold()), (slugify(title), record.id)):
            if _NUMBER.findall(one) == _NUMBER.findall(other):
                ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
                if ratio >= most:
                    best, most = record, ratio
    return best


def _report(paper: Paper, record: PublishedPaper, problems: Problems) -> None:
    both = f'"{shortened(paper.title)}" is taken for "{shortened(record.title)}"'
    what = f"{both} under a corrected title and keeps its address"
    remedy = "nothing is left to do if it is; if it is another paper, give it an `id:` of its own"
    problems.add(paper.places[0].path, paper.places[0].line, what, remedy)


def _split_off(papers: Sequence[Paper], claims: Mapping[int, Sequence[PublishedPaper]]) -> dict[int, str]:
    """Return the ids that papers take back which were joined to another paper for a while, by their places."""
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
    paper: Paper, records: Sequence[PublishedPaper], reserved: Collection[str], lost: Iterable[str]
) -> Paper:
    """Return a paper under the id of the first of its records, with all other ids of theirs and its own.

    reserved: ids of all records; its own is not among its other ids where another record has it. lost: ids that it has
    no more.
    """
    first = min(records, key=lambda record: (record.first, record.id != paper.id, record.id), default=paper)
    others = {each for record in records for each in (record.id, *record.ids)}
    if paper.id not in reserved:
        others.add(paper.id)
    if paper.formerly:
        known = _addresses(others)
        others |= {each for each in paper.formerly if paper_path(each) not in known}
    return _as(paper, first.id, tuple(sorted(others - {first.id, *lost})))


def _as(paper: Paper, paper_id: str, aliases: tuple[str, ...]) -> Paper:
    return paper if (paper.id, paper.aliases) == (paper_id, aliases) else replace(paper, id=paper_id, aliases=aliases)


def _addresses(ids: Iterable[str]) -> set[str]:
    return set(map(paper_path, ids))


def _without_names_of_others(
    papers: Sequence[Paper], claims: Mapping[int, Sequence[PublishedPaper]], problems: Problems
) -> list[Paper]:
    """Return the papers without former ids by which another paper is known; each of those is a problem."""
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
    """Return papers of which none is also known by the id of another one: what leads to that is not theirs."""
    own = {paper.id for paper in papers}
    return [
        paper if own.isdisjoint(paper.aliases) else _as(paper, paper.id, tuple(sorted({*paper.aliases} - own)))
        for paper in papers
    ]
