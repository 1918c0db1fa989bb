"""Paper lists in every format of JSON, each field filled with the next of given texts."""

import json
from typing import Any

from tests.hostile.taking import DAYS, Next, arxiv_id


def common(take: Next, number: int) -> dict[str, Any]:
    """Return a paper with our own field names, all of them hostile but its day."""
    return {
        "title": f"{take()} t{number}",
        "abstract": "\n\n".join(take() for _ in range(4)),
        "ai_summary": take(),
        "authors": [take(), f"{take()}, {take()}", take()],
        "organization": take(),
        "published": take(),
        "listed": DAYS[number % 3],
        "tags": [take(), take()],
        "keywords": [take(), take()],
        "upvotes": number if number % 2 else take(),
        "comments": take(),
        "stars": take(),
        "author_count": take(),
        "links": {"page": take(), "code": f"https://github.com/{take()}", take(): f"https://a.example/{take()}"},
        "image": take(),
        "submitter": take(),
        "categories": [take(), take()],
        "venue": take(),
        "volume": take(),
        "issue": take(),
        "pages": f"{take()}-{take()}",
        "publisher": take(),
        "kind": take(),
        "comment": take(),
        "id": take(),
        "doi": take(),
    }


def json_lines(take: Next, numbers: range) -> str:
    return "\n".join(json.dumps(common(take, number) | {"arxiv_id": arxiv_id(number, 1)}) for number in numbers)


def json_papers(take: Next, numbers: range) -> str:
    papers = [
        {
            "paperId": take(),
            "title": f"{take()} t{number}",
            "abstract": take(),
            "authors": [{"name": take(), "affiliations": [take()]}, {"author": {"display_name": take()}}],
            "externalIds": {"ArXiv": arxiv_id(number, 2), "DOI": take()},
            "year": take(),
            "publicationDate": DAYS[number % 3],
            "venue": take(),
            "journal": {"name": take(), "volume": take(), "pages": take()},
            "url": take(),
            "openAccessPdf": {"url": f"https://a.example/{take()}.pdf"},
            "fieldsOfStudy": [take()],
            "keywords": [take(), take()],
        }
        for number in numbers
    ]
    return json.dumps({take(): take(), "data": papers}, indent=1)


def hf_daily(take: Next, numbers: range) -> str:
    rows: list[Any] = [
        {
            "paper": {
                "id": arxiv_id(number, 3),
                "title": f"{take()} t{number}",
                "summary": "\n  ".join(take() for _ in range(3)),
                "authors": [{"name": take(), "hidden": False}, {"name": take()}, take()],
                "publishedAt": take(),
                "submittedOnDailyAt": f"{DAYS[number % 3]}T00:00:00.000Z",
                "organization": {"name": take(), "fullname": take()},
                "githubRepo": f"https://github.com/{take()}",
                "projectPage": take(),
                "ai_keywords": [take(), take()],
                "ai_summary": take(),
                "mediaUrls": [take(), take()],
                "githubStars": take(),
                "upvotes": number,
            },
            "title": take(),
            "thumbnail": f"https://a.example/{take()}",
            "numComments": take(),
            "submittedBy": {"fullname": take()},
        }
        for number in numbers
    ]
    return json.dumps([*rows[1:], repr(rows[0])])


def snapshot(take: Next, numbers: range) -> str:
    items = (
        {
            "id": arxiv_id(number, 7),
            "submitter": take(),
            "authors": take(),
            "title": f"{take()} t{number}",
            "comments": take(),
            "journal-ref": take(),
            "doi": take(),
            "report-no": take(),
            "categories": take(),
            "abstract": take(),
            "versions": [{"version": "v1", "created": f"Mon, {20 + number % 3} May 2026 00:00:00 GMT"}],
            "update_date": take(),
            "authors_parsed": [[take(), take(), take()], [take(), take(), ""]],
        }
        for number in numbers
    )
    return "\n".join(map(json.dumps, items))


def json_feed(take: Next, numbers: range) -> str:
    items = [
        {
            "id": take(),
            "title": f"{take()} j{number}",
            "url": f"https://a.example/j/{number}",
            "external_url": take(),
            "content_html": f"<p>{take()}</p>",
            "summary": take(),
            "authors": [{"name": take(), "url": take()}],
            "tags": [take()],
            "image": take(),
            "date_published": DAYS[number % 3],
        }
        for number in numbers
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": take(), "items": items})


def csl(take: Next, numbers: range) -> str:
    items = [
        {
            "id": take(),
            "type": "article-journal",
            "title": f"{take()} c{number}",
            "author": [{"family": take(), "given": take(), "suffix": take()}, {"literal": take()}],
            "issued": {"date-parts": [[2026, 5, 25 + number % 3]]},
            "container-title": take(),
            "volume": take(),
            "page": take(),
            "publisher": take(),
            "URL": f"https://a.example/{take()}",
            "DOI": f"10.1000/{take()}",
            "keyword": take(),
            "note": take(),
            "abstract": take(),
        }
        for number in numbers
    ]
    return json.dumps(items)


def zotero_json(take: Next, numbers: range) -> str:
    names = "abstractNote publicationTitle volume issue pages publisher date DOI url extra"
    items = [
        {
            "key": take(),
            "meta": {"parsedDate": take()},
            "data": {
                "itemType": "journalArticle",
                "title": f"{take()} t{number}",
                "creators": [{"creatorType": "author", "lastName": take(), "firstName": take()}, {"name": take()}],
                "tags": [{"tag": take()}],
                **{name: take() for name in names.split()},
            },
        }
        for number in numbers
    ]
    return json.dumps(items)


def json_ld(take: Next, numbers: range) -> str:
    graph = [
        {
            "@type": "ScholarlyArticle",
            "@id": take(),
            "headline": f"{take()} l{number}",
            "author": [
                {"@type": "Person", "givenName": take(), "familyName": take()},
                {"@type": "Person", "name": take()},
            ],
            "datePublished": "2026-05-25",
            "isPartOf": {"@type": "Periodical", "name": take()},
            "publisher": {"@type": "Organization", "name": take()},
            "abstract": take(),
            "description": take(),
            "keywords": [take(), take()],
            "identifier": take(),
            "url": f"https://a.example/{take()}",
            "sameAs": take(),
        }
        for number in numbers
    ]
    return json.dumps({"@context": "https://schema.org", "@graph": graph})


def pubmed_search(take: Next, numbers: range) -> str:
    ids = [*(str(26_017_000 + number) for number in numbers), *(take() for _ in numbers)]
    return json.dumps({"header": {"type": take()}, "esearchresult": {"count": len(ids), "idlist": ids, take(): take()}})
