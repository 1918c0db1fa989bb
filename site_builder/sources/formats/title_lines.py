"""Lists with one title per line and nothing else."""

from collections.abc import Iterator

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper
from site_builder.problems import Problem, shortened
from site_builder.sources.fields.bylines import split_bylines
from site_builder.sources.fields.heading_dates import heading_day
from site_builder.sources.fields.markdown_text import without_reading_time
from site_builder.sources.fields.title_text import FEWEST_WORDS, looks_like_title
from site_builder.sources.formats.paper_bullet import BULLET
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

_QUOTED = lazy_pattern(r"[\"\u201c\u201e\u00ab](?P<text>[^\"\u201c-\u201e\u00ab\u00bb]+)[\"\u201c\u201d\u00bb][.,]?")
_LONGEST_DAY = 40  # characters
_CLOCK = lazy_pattern(r"\b\d{1,2}:[0-5]\d\b")
LARGEST_SHARE_OF_OTHERS = 0.1  # share of lines that do not look like titles


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each line that looks like a title, and a problem for any other.

    A single problem before the first record says that all of them are guesses.
    """
    is_reported = False
    for number, line in source.lines():
        text = _text(line)
        if not text:
            continue
        if text.startswith("#"):
            yield Boilerplate(number)
        elif not _is_title(text):
            what = f'"{shortened(text)}" looks like no title'
            yield Problem(source.path, number, what, "remove the line, or add a link or an id to it", 1, 1)
        else:
            if not is_reported:
                what = "its lines are taken for titles of papers, since nothing but their look tells what they are"
                yield Problem(source.path, number, what, "add a link, an id or authors to each")
                is_reported = True
            yield RawPaper({"title": text}, source.path, number)


def recognises(source: Source) -> bool:
    """Return whether there is more than one title and nearly all lines look like titles."""
    lines = [text for line in source.head.split("\n") if (text := _text(line)) and not text.startswith("#")]
    titles = sum(map(_is_title, lines))
    return titles > 1 and len(lines) - titles <= LARGEST_SHARE_OF_OTHERS * len(lines)


def _text(line: str) -> str:
    bullet = BULLET.fullmatch(line.rstrip())
    text = without_reading_time(" ".join((bullet["text"] if bullet else line).split()))
    quoted = _QUOTED.fullmatch(text)
    return quoted["text"].strip() if quoted else text


def _is_title(text: str) -> bool:
    if _CLOCK.search(text) or heading_day(text[:_LONGEST_DAY].partition(":")[0]):  # of a schedule
        return False
    return looks_like_title(text) and len(text.split()) >= FEWEST_WORDS


READER = Reader(
    name="titles",
    about="one title a line and nothing else, reported as doubtful",
    example="Attention Is All You Need\nA Second Title of a Paper",
    recognises=recognises,
    read=lambda source: split_bylines(read(source)),
    counts_lines=True,
)
