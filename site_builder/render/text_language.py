"""The language of what a paper says, where it is not that of the site: by its letters, and by its words if need be.

Letters cost nearly nothing. The words are looked at where the letters do not tell: of Latin texts on English sites
only where many letters have marks or words that no English text does without are missing, as loading the detector
takes most of a second.
"""

import re
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from markupsafe import Markup

from site_builder.languages import Words
from site_builder.model.paper import Paper

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Languages of a script, the most common one first; the first script of which a text has most letters holds.
SCRIPTS: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {
    "kana": (re.compile(r"[\u3040-\u30ff\u31f0-\u31ff]"), ("ja",)),
    "hangul": (re.compile(r"[\u1100-\u11ff\uac00-\ud7af]"), ("ko",)),
    "han": (re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"), ("zh",)),
    "arabic": (re.compile(r"[\u0600-\u06ff]"), ("ar", "fa", "ur")),
    "hebrew": (re.compile(r"[\u0590-\u05ff]"), ("he",)),
    "greek": (re.compile(r"[\u0370-\u03ff]"), ("el",)),
    "cyrillic": (re.compile(r"[\u0400-\u04ff]"), ("ru", "uk", "bg", "sr")),
    "thai": (re.compile(r"[\u0e00-\u0e7f]"), ("th",)),
    "devanagari": (re.compile(r"[\u0900-\u097f]"), ("hi", "mr", "ne")),
    "latin": (
        re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
        tuple("en de fr es pt it nl pl cs sv da no fi hu ro tr id vi".split()),
    ),
}
OTHER_SCRIPTS = {"ja": "han", "ko": "han", "sr": "latin"}  # in which texts of a language may stand, too
MARKED = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")
LEAST = 60  # letters of a text whose words tell its language
MARKED_SHARE = 50  # one letter of so many has a mark in nearly no English text
# Common in English, and no words of other languages; of 11,610 abstracts at arXiv one had fewer than two of them.
ENGLISH = re.compile(
    r"\b(?:and|been|but|by|can|from|into|its|our|such|than|that|the|their|these|this|through|using|which|while|with)\b"
)
WORD = re.compile(r"[^\W\d_]+")
LEAST_WORDS = 20  # of a text that would hold so many of them, were it English
LEAST_ENGLISH = 2
MOST = 2**15  # texts whose language is known: each is asked for wherever the paper stands
LOOKED_AT = 600  # characters


def lang_of(words: Words, paper: Paper, part: str = "title") -> Markup:
    """Return ` lang="…"` for the title or the abstract of a paper, nothing where it is that of the site or unknown."""
    found = _foreign(words, paper, part)
    return Markup(' lang="{}"').format(found) if found else Markup()


def languages_of(words: Words, paper: Paper, part: str = "abstract") -> dict[str, str]:
    """Return the languages of a paper's title (`lang`) and, where it is another, of its text, for scripts."""
    title, text = _foreign(words, paper, "title"), _foreign(words, paper, part)
    attributes = {"lang": title, "textLang": (text or words.language) if text != title else ""}
    return {name: language for name, language in attributes.items() if language}


def in_its_language(words: Words, paper: Paper) -> Paper:
    """Return a paper with the language of its title where no list names one and it is not that of the site."""
    found = "" if paper.language else _foreign(words, paper, "title")
    return replace(paper, language=found) if found else paper


def _foreign(words: Words, paper: Paper, part: str) -> str:
    return _found(getattr(paper, part), paper.title, paper.abstract, paper.language or "", words.language)


@lru_cache(MOST)
def _found(text: str, title: str, abstract: str, said: str, site_language: str) -> str:
    own = site_language.partition("-")[0].lower()
    if said and _may_be(text, said):
        return _unless_own(said, own)
    context = f"{title}. {abstract}"[:LOOKED_AT]
    if own == "en" and text.isascii() and not _may_be_foreign(context):
        return ""
    return _unless_own(language_of(text[:LOOKED_AT], context, own), own)


def _unless_own(found: str, own: str) -> str:
    """Return the language of a text; "" for that of the site, whose region does not matter."""
    return "" if found.partition("-")[0].lower() == own else found


@lru_cache(1)  # title and abstract of a paper are asked for one behind the other
def _may_be_foreign(context: str) -> bool:
    """Tell whether a Latin text is worth the detector on an English site."""
    if not context.isascii() and len(MARKED.findall(context)) * MARKED_SHARE >= len(context):
        return True
    english = sum(1 for _ in islice(ENGLISH.finditer(context.lower()), LEAST_ENGLISH))  # nearly always soon found
    return english < LEAST_ENGLISH and len(WORD.findall(context)) >= LEAST_WORDS


def _may_be(text: str, language: str) -> bool:
    """Tell whether a text has letters of a language: some sources translate what they give."""
    code = language.partition("-")[0]
    patterns = [
        letters for script, (letters, known) in SCRIPTS.items() if code in known or script == OTHER_SCRIPTS.get(code)
    ]
    return not patterns or any(letters.search(text) for letters in patterns)


def language_of(text: str, context: str, own: str) -> str:
    """Return the language of a text, "" where that is not known; context: what the same paper says besides."""
    counts = {name: len(letters.findall(text)) for name, (letters, _) in SCRIPTS.items()}
    if counts["kana"]:
        counts["kana"] += counts.pop("han")
    script = max(counts, key=lambda name: counts[name])
    if not counts[script]:
        return ""
    languages = SCRIPTS[script][1]
    if len(languages) == 1:
        return languages[0]
    if script == "latin" and own == "en" and not _may_be_foreign(context):
        return ""
    if len(SCRIPTS[script][0].findall(context)) < LEAST:
        return "" if script == "latin" else languages[0]
    return _by_words(context, languages)


def _by_words(text: str, languages: tuple[str, ...]) -> str:
    return str(_detector(languages).classify(text)[0])


@lru_cache
def _detector(languages: tuple[str, ...]) -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE)
    detector.set_languages(list(languages))
    return detector
