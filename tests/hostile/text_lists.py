"""Paper lists in every format of text, each field filled with the next of given texts."""

import csv
import io
import json
import re
from typing import Any

from tests.hostile.json_lists import common
from tests.hostile.taking import DAYS, Next, arxiv_id, one_line


def flow(value: Any) -> str:
    """Return a value as YAML in flow style: as JSON, but what YAML may not hold raw is escaped, or left out."""
    written = json.dumps(value, ensure_ascii=False)
    written = re.sub("[\ud800-\udfff]", "", written)
    return re.sub("[\x7f-\x84\x86-\x9f\ufffe\uffff]", lambda sign: f"\\u{ord(sign[0]):04x}", written)


def yaml_list(take: Next, numbers: range) -> str:
    papers = [common(take, number) | {"arxiv": arxiv_id(number, 0)} for number in numbers]
    lines = [f"listed: {DAYS[0]}", f"venue: {flow(take())}", f"tags: {flow([take()])}", "papers:"]
    return "\n".join([*lines, *(f"- {flow(paper)}" for paper in papers)])


def yaml_raw(take: Next, numbers: range) -> str:
    """YAML as a careless hand writes it: nothing is quoted, and items may be broken."""
    keys = ("abstract", "authors", "tags", "url", "venue", take().partition("\n")[0])
    papers = (f"- title: {one_line(take())} t{n}\n" + "".join(f"  {key}: {take()}\n" for key in keys) for n in numbers)
    return f"listed: {DAYS[1]}\npapers:\n{''.join(papers)}"


def bibtex(take: Next, numbers: range) -> str:
    names = (
        "title",
        "author",
        "journal",
        "abstract",
        "keywords",
        "url",
        "note",
        "publisher",
        "doi",
        "volume",
        "pages",
        "code",
    )
    entries = (
        f"@article{{k{number}{take() if number % 2 else ''},\n"
        + "".join(f"  {name} = {{{take()}}},\n" for name in names)
        + f"  title2 = {{x}}, eprint = {{{arxiv_id(number, 8)}}}, date = {{{DAYS[number % 3]}}}\n}}\n"
        for number in numbers
    )
    return f"@string{{x = {{{take()}}}}}\n@comment{{{take()}}}\n{''.join(entries)}"


def ris(take: Next, numbers: range) -> str:
    tags = ("TI", "AU", "AU", "AB", "KW", "JO", "UR", "L1", "DO", "VL", "SP", "EP", "PB", "ID", "C7", "N1")
    records = (
        f"TY  - JOUR\nTI  - {one_line(take())} r{number}\nDA  - {DAYS[number % 3].replace('-', '/')}\n"
        + "".join(f"{tag}  - {take()}\n" for tag in tags)
        + "ER  - \n\n"
        for number in numbers
    )
    return "".join(records)


def markdown(take: Next, numbers: range) -> str:
    keys = ("authors", "organization", "tags", "url", "code", "venue", "comment", "upvotes", "image")
    papers = (
        f"## [{one_line(take())} m{n}](https://arxiv.org/abs/{arxiv_id(n, 9)})\n"
        + "".join(f"- {key}: {one_line(take())}\n" for key in keys)
        + f"\n{take()}\n\n"
        for n in numbers
    )
    first = "## Title [of](https://arxiv.org/abs/2605.00001) it\n- tags: a"
    return f"---\nlisted: {DAYS[2]}\n---\n{first}\n\n{''.join(papers)}"


def markdown_table(take: Next, numbers: range) -> str:
    rows = (
        f"| {n}) **{one_line(take())} b{n}** - {one_line(take())} | {one_line(take())} "
        f"| [Paper](https://arxiv.org/abs/{arxiv_id(n, 10)}), [{one_line(take())}]({one_line(take())}) |"
        for n in numbers
    )
    return "\n".join(
        [
            f"## Papers of the Week (May 25 - May 31) - 2026 {one_line(take())}",
            "| Paper | Authors | Links |",
            "|---|---|---|",
            *rows,
        ]
    )


def references(take: Next, numbers: range) -> str:
    lines = (
        f'[{n}] A. Example, "{one_line(take())} u{n}," {one_line(take())}, 2026. arXiv:{arxiv_id(n, 12)}'
        for n in numbers
    )
    # As many without a sign of Markdown, of which the texts have some: a list of many signs is read as Markdown.
    plain = (f'[{n}] B. Example, "A plain reference {n}," Sky, 2026. arXiv:{arxiv_id(n, 14)}' for n in numbers)
    return "\n".join(
        [
            '[0] A. Example, "A first reference," Sky, 2026. arXiv:2605.09999',
            *lines,
            *plain,
            "B. Example. 2026. A second reference. Sky.",
        ]
    )


def title_lines(take: Next, numbers: range) -> str:
    plain = [f"A Title of Counted Sheep {n}" for n in range(10 * len(numbers))]
    return "\n".join([*plain, *(one_line(take()) for _ in numbers)])


def identifiers(take: Next, numbers: range) -> str:
    plain = [f"10.1000/sheep.{n}" for n in numbers]
    return "\n".join([*plain, *(f"{arxiv_id(n, 13)} {one_line(take())}" for n in numbers)])


def arxiv_copied_page(take: Next, numbers: range) -> str:
    return "\n\n".join(
        f"[{n}] arXiv:{arxiv_id(n, 14)} [pdf, other]\nTitle: {one_line(take())} u{n}\nAuthors: {one_line(take())}\n"
        f"Comments: {one_line(take())}\nSubjects: {one_line(take())}\n{one_line(take())}"
        for n in numbers
    )


def nep_mail(take: Next, numbers: range) -> str:
    papers = (
        f"{n}. {one_line(take())} u{n}\nDate: {DAYS[n % 3]}\nBy: {one_line(take())} ({one_line(take())})\n"
        f"{one_line(take())}\nURL: http://d.repec.org/n?u=RePEc:a:b:{n}\n{one_line(take())}\n"
        f"Keywords: {one_line(take())}\nJEL: {one_line(take())}"
        for n in numbers
    )
    return "\n".join(["nep.repec.org", "", *papers])


def scholar_alert(take: Next, numbers: range) -> str:
    papers = (
        f"[PDF] {one_line(take())} s{n}\n{one_line(take())}, A Example - {one_line(take())}, 2026\n{one_line(take())}\n"
        for n in numbers
    )
    return "\n".join(["Google Scholar Alerts", "", "A Good Paper\nA Example, B Sample - Sky, 2026\nFew.\n", *papers])


def markdown_bullets(take: Next, numbers: range) -> str:
    bullets = (
        f"- **{one_line(take())} u{n}** (2026), {one_line(take())} "
        f"[[pdf]](https://arxiv.org/pdf/{arxiv_id(n, 11)}) - {one_line(take())}"
        for n in numbers
    )
    return "\n".join(
        [
            f"# {one_line(take())}",
            f"## {one_line(take())}",
            "- **A Good Paper Here** (2026) [[pdf]](https://arxiv.org/pdf/2605.09999)",
            *bullets,
        ]
    )


def page_lines(take: Next, numbers: range) -> str:
    lines = (
        f"{n} {one_line(take())} p{n} {one_line(take())} This paper shows. {n + 1} authors · May 2{n % 9}, 2026 3"
        for n in numbers
    )
    return "\n".join(["Daily Papers", *lines])


def page_cards(take: Next, numbers: range) -> str:
    blocks = (
        f"Submitted by\nada\n{number}\n\n{one_line(take())} t{number}\n{one_line(take())}\n·\n8 authors\n"
        f"{one_line(take())}\n"
        for number in numbers
    )
    return "\n".join(blocks)


def page_dump(take: Next, numbers: range) -> str:
    papers = (
        f"{one_line(take())[:200]} g{n}\n\n{one_line(take())} {'Words. ' * 40}\n\n"
        f"  • {n + 1} authors\n·\nMay 2{n % 9}, 2026"
        for n in numbers
    )
    return "\n\n".join(["Daily Papers", "byAK and the research community", *papers])


def table(take: Next, numbers: range) -> str:
    names = ["title", "authors", "abstract", "doi", "url", "journal", "keywords", "date", "pages", "publisher", "code"]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for number in numbers:
        cells = [f"{take()} v{number}", *(take().replace("\r", "") for _ in names[1:])]
        cells[names.index("date")] = DAYS[number % 3]
        writer.writerow(cells)
    return out.getvalue().replace("\0", "")


def scrap(take: Next, numbers: range) -> str:
    """Text that is in no format at all."""
    return "\n".join(take() for _ in numbers)


def medline(take: Next, numbers: range) -> str:
    tags = "AB FAU CN DP JT VI IP PG OT MH LID PT".split()
    blocks = (
        [f"PMID- {number}", f"TI  - {one_line(take())} t{number}", *(f"{tag:4}- {one_line(take())}" for tag in tags)]
        for number in numbers
    )
    return "\n\n".join("\n".join(block) for block in blocks)


def pubmed_print(take: Next, numbers: range) -> str:
    blocks = (
        f"{number}. J Sheep. 2026 May 1;1(2):3-4. doi: 10.1000/{number}.\n\n{one_line(take())} t{number}\n\n"
        f"Example A(1), Sample B(2); {one_line(take())}.\n\n{one_line(take())}\n\nPMID: {number}\n\n"
        for number in numbers
    )
    return "\n".join(blocks)


def pubmed_page(take: Next, numbers: range) -> str:
    blocks = (
        f"{number}\nCite\n{one_line(take())} t{number}\nExample A, Sample B; {one_line(take())}.\n"
        f"J Sheep. 2026 May 1;1(2):3-4. doi: 10.1000/{number}.\nPMID: {number}\n{one_line(take())}\n\n"
        for number in numbers
    )
    return "\n".join(blocks)


def endnote_tagged(take: Next, numbers: range) -> str:
    tags = "AJKXDVNPRUIZ"
    blocks = (
        ["%0 Journal Article", f"%T {one_line(take())} t{number}", *(f"%{tag} {one_line(take())}" for tag in tags)]
        for number in numbers
    )
    return "\n\n".join("\n".join(block) for block in blocks)


def web_of_science(take: Next, numbers: range) -> str:
    tags = "AU AF CA SO DE ID AB PY PD VL IS BP EP AR DI LA DT PU PM C1".split()
    blocks = (
        [
            "PT J",
            f"AU {one_line(take())}",
            f"TI {one_line(take())} t{number}",
            *(f"{tag} {one_line(take())}" for tag in tags),
        ]
        for number in numbers
    )
    return "FN A\nVR 1.0\n" + "".join("\n".join([*block, "ER", "", ""]) for block in blocks) + "EF\n"


def citation_cff(take: Next, numbers: range) -> str:
    names = "abstract journal volume issue notes doi date-published type url start".split()
    works = [
        {
            "title": f"{one_line(take())} t{number}",
            "authors": [
                {"family-names": one_line(take()), "given-names": one_line(take())},
                {"name": one_line(take())},
            ],
            "keywords": [one_line(take())],
            **{name: one_line(take()) for name in names},
        }
        for number in numbers
    ]
    references = "\n".join(f"- {flow(work)}" for work in works)
    return f"cff-version: 1.2.0\ntitle: {flow(one_line(take()))}\nreferences:\n{references}\n"


def zotero_csv(take: Next, numbers: range) -> str:
    stream = io.StringIO()
    names = "Key,Item Type,Author,Title,DOI,Url,Abstract Note,Date,Pages,Volume,Manual Tags,Extra".split(",")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    for number in numbers:
        writer.writerow([take(), "book", take(), f"{take()} t{number}", *(take() for _ in names[4:])])
    return stream.getvalue()
