"""The deck of a card: one line under the headline that says what is new."""

import re
from dataclasses import dataclass
from typing import Literal

from site_builder.config.settings import DeckChoice
from site_builder.model.paper import Paper
from site_builder.render.text import excerpt, plain_text

WORDS = 45  # a longer sentence is cut
BEGINNING_WORDS = 40
SEARCHED = 500  # characters of a sentence that are searched


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck and its origin: the editor, a machine, a sentence of the abstract, or the beginning of the abstract.

    is_whole: whether it is the complete abstract.
    """

    text: str
    by: Literal["editor", "machine", "sentence", "beginning"]
    is_whole: bool = False


def deck_of(paper: Paper, choice: DeckChoice) -> Deck:
    """Return the deck of a paper according to `deck:` in the settings; the editor's own summary comes first."""
    if paper.summary:
        return Deck(plain_text(paper.summary), "editor")
    if choice == "auto" and paper.ai_summary:
        return Deck(excerpt(paper.ai_summary, WORDS), "machine")
    beginning = excerpt(paper.abstract, BEGINNING_WORDS)
    is_whole = not beginning.endswith("…") or beginning == " ".join(plain_text(paper.abstract).split())
    if choice == "beginning" or is_whole:
        return Deck(beginning, "beginning", is_whole=is_whole)
    sentence = telling_sentence(paper.abstract)
    return Deck(excerpt(sentence, WORDS), "sentence") if sentence else Deck(beginning, "beginning")


def telling_sentence(abstract: str) -> str:
    """Return the sentence of an abstract that says what the paper does, "" if there is none."""
    sentences = split_sentences(plain_text(abstract))
    return next((sentence for pattern in _TELLING for sentence in sentences if pattern.match(sentence[:SEARCHED])), "")


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, each on one line."""
    return [sentence for piece in _END.split(" ".join(text.split())) if (sentence := piece.strip())]


# A sentence ends before a capital letter, a digit or a bracket, but not after an abbreviation or an initial. The
# pattern begins with the space it needs, so lookbehinds are only tried at spaces, a tenth of the characters.
_END = re.compile(
    r" (?:(?<=[.!?] )|(?<=[.!?][\"')\]\u201d] ))(?<!\be\.g\. )(?<!\bi\.e\. )(?<!\bal\. )(?<!\bvs\. )(?<!\bcf\. )"
    r"(?<!\bFig\. )(?<!\bEq\. )(?<!\bresp\. )(?<!\b[A-Z]\. )(?=[\"'(\[\u201c]?[A-Z0-9])"
)
_MAKES = (
    "propose introduce present develop design build release describe construct create establish derive devise offer "
    "contribute unveil launch open-source formulate formalize formalise pioneer"
)
_LEARNS = (
    "show demonstrate study investigate examine explore analyze analyse find prove ask evaluate revisit address report "
    "argue conduct provide give compare survey review consider tackle characterize characterise identify discover "
    "extend apply use leverage perform measure discuss quantify reveal obtain determine estimate observe train "
    "improve generalize generalise audit rethink reframe"
)
_THIRD = "studie identifie quantifie"  # verbs before the s of the third person
_WORK = (
    r"(?:paper|work|article|study|report|thesis|survey|review|letter|manuscript|note|tutorial|chapter|position\s+paper)"
)
_THIS_WORK = rf"\b(?:[Tt]his|[Tt]he|[Oo]ur)\s+(?:present\s+|technical\s+|short\s+|position\s+)?{_WORK}"


def _any(verbs: str) -> str:
    return f"(?:{'|'.join(verbs.split())})"


_WE = r"\b(?:[Ww]e|I)\s+(?:(?:\w+ly|here|thus|therefore)\s+){0,2}"
_PAST = "|".join(f"{verb}d" if verb.endswith("e") else f"{verb}ed" for verb in _MAKES.split())
_MORE = r"(?!(?:Further|Furthermore|Moreover|Additionally|Finally|Together|Overall|In\s+addition|Lastly|Also)\b)"
# Patterns of sentences that say what the paper does, most reliable first.
_TELLING = tuple(
    re.compile(rf"\A{_MORE}.*{pattern}")
    for pattern in (
        rf"(?:{_WE}{_any(_MAKES)}\b|{_THIS_WORK}\s+(?:\w+ly\s+)?{_any(f'{_MAKES} {_LEARNS} {_THIRD}')}e?s\b"
        rf"|\b[Ii]n\s+this\s+{_WORK},?.*{_WE}\w+"
        rf"|{_WE}(?:address|tackle|bridge|fill|close|overcome|solve)\b.*\b(?:with|by|through|via)\b)",
        rf"{_WE}{_any(_LEARNS)}\b",
        rf"\b(?:is|are)\s+(?:\w+ly\s+)?(?:{_PAST})\b",
    )
)
