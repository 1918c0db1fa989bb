"""The language of a paper's texts if it differs from the site's, detected by letters and, if necessary, by words.

Letters are cheap to check. Words are checked only if letters do not decide. For Latin texts on English sites that is
the case only where many letters have diacritics, or where words are missing that every English text contains, because
loading the detector takes most of a second.
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

# Languages of each script, most common first; on a tie the earlier script counts.
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
OTHER_SCRIPTS = {"ja": "han", "ko": "han", "sr": "latin"}  # another script in which a language may be written
MARKED = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")
MIN_LETTERS = 60  # minimum letters to detect the language by words
MARKED_SHARE = 50  # hardly any English text has a letter with a diacritic in so many
# Common in English, not words of other languages; of 11,610 abstracts at arXiv one had fewer than two of them.
ENGLISH = re.compile(
    r"\b(?:and|been|but|by|can|from|into|its|our|such|than|that|the|their|these|this|through|using|which|while|with)\b"
)
WORD = re.compile(r"[^\W\d_]+")
MIN_WORDS = 20  # minimum words of a text in which English words are expected
MIN_ENGLISH = 2
MAX_CACHED = 2**15  # cached texts; each is requested wherever its paper is shown
MAX_CHECKED = 600  # characters that are checked


def lang_of(words: Words, paper: Paper, part: str = "title") -> Markup:
    """Return ` lang="…"` for the title or abstract of a paper, empty if it is in the site's language or unknown."""
    found = _foreign(words, paper, part)
    return Markup(' lang="{}"').format(found) if found else Markup()


def languages_of(words: Words, paper: Paper, part: str = "abstract") -> dict[str, str]:
    """Return the languages of a paper's title (`lang`) and, if different, of its text (`textLang`), for scripts."""
    title, text = _foreign(words, paper, "title"), _foreign(words, paper, part)
    attributes = {"lang": title, "textLang": (text or words.language) if text != title else ""}
    return {name: language for name, language in attributes.items() if language}


def in_its_language(words: Words, paper: Paper) -> Paper:
    """Return a paper with the detected language of its title, if no list names one and it is not the site's."""
    found = "" if paper.language else _foreign(words, paper, "title")
    return replace(paper, language=found) if found else paper


def _foreign(words: Words, paper: Paper, part: str) -> str:
    return _found(getattr(paper, part), paper.title, paper.abstract, paper.language or "", words.language)


@lru_cache(MAX_CACHED)
def _found(text: str, title: str, abstract: str, stated: str, site_language: str) -> str:
    own = site_language.partition("-")[0].lower()
    if stated and _may_be(text, stated):
        return _unless_own(stated, own)
    context = f"{title}. {abstract}"[:MAX_CHECKED]
    if own == "en" and text.isascii() and not _may_be_foreign(context):
        return ""
    return _unless_own(language_of(text[:MAX_CHECKED], context, own), own)


def _unless_own(found: str, own: str) -> str:
    """Return the language of a text; "" for that of the site, regardless of region."""
    return "" if found.partition("-")[0].lower() == own else found


@lru_cache(1)  # title and abstract of a paper are requested in succession
def _may_be_foreign(context: str) -> bool:
    """Return whether a Latin text on an English site needs the detector."""
    if not context.isascii() and len(MARKED.findall(context)) * MARKED_SHARE >= len(context):
        return True
    english = sum(1 for _ in islice(ENGLISH.finditer(context.lower()), MIN_ENGLISH))  # usually found early
    return english < MIN_ENGLISH and len(WORD.findall(context)) >= MIN_WORDS


def _may_be(text: str, language: str) -> bool:
    """Return whether a text has letters of a language; some sources give translated texts."""
    code = language.partition("-")[0]
    patterns = [
        letters for script, (letters, known) in SCRIPTS.items() if code in known or script == OTHER_SCRIPTS.get(code)
    ]
    return not patterns or any(letters.search(text) for letters in patterns)


def language_of(text: str, context: str, own: str) -> str:
    """Return the language of a text, "" if unknown; `context` is more text of the same paper."""
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
    if len(SCRIPTS[script][0].findall(context)) < MIN_LETTERS:
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
