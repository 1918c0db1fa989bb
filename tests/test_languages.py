"""Translations: complete, well-formed, and used for every word that a reader sees."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from site_builder.config.settings import Settings
from site_builder.languages import ENGLISH, report_language, words_of
from site_builder.languages.translated import catalogues, read_catalogue
from site_builder.problems import BuildError, Problems
from site_builder.render.script_words import with_words
from site_builder.render.text_language import lang_of, languages_of
from tests.factories import paper

ROOT = Path(__file__).resolve().parent.parent
THEME = ROOT / "templates" / "default"
FOLDERS = ("", "pages", "partials", "feeds", "mail")
TEMPLATES = sorted(file for folder in FOLDERS for file in (THEME / folder).glob("*.html"))
LOOKUPS = {"_", "pgettext", "ngettext"}
SEEN = {"alt", "aria-label", "placeholder", "title"}
# Names that are the same in every language.
NAMES = {"BibTeX", "RIS", "arXiv", "DOI", "OpenAlex"}
LANGUAGES = ("ar", "de", "es", "fr", "ja", "pt", "zh")
PLACE = re.compile(r"%\((\w+)\)s")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "N_": None,
}


def messages():
    """Yield (context, message or its two forms) of all messages in code, templates and scripts."""
    options = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}, "**.js": {"parse_template_string": "true"}}
    methods = {ROOT / "site_builder": [("**.py", "python")], THEME: [("**.html", "jinja2"), ("**.js", "javascript")]}
    for folder, method in methods.items():
        for _, _, message, _, context in extract_from_dir(folder, method, options, KEYWORDS):
            yield context, message


@pytest.fixture(scope="module")
def looked_up():
    return set(messages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_every_message_and_no_other(language, looked_up):
    with catalogues()[language].open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    known = {(each.context, tuple(each.id) if isinstance(each.id, list) else each.id) for each in catalogue if each.id}
    assert known == looked_up
    for each in (each for each in catalogue if each.id):
        strings = each.string if isinstance(each.string, tuple) else (each.string,)
        ids = each.id if isinstance(each.id, (tuple, list)) else (each.id,)
        assert all(strings), each.id
        assert set(PLACE.findall("".join(strings))) == set(PLACE.findall("".join(ids))), each.id
        assert not each.fuzzy
    words = words_of(language)
    assert list(words.problems) == []
    assert {words.form("%(count)s paper", "%(count)s papers", n) for n in words.plurals.values()}


def test_each_catalogue_is_tried_here():
    assert tuple(sorted(catalogues())) == LANGUAGES


class Shown(HTMLParser):
    """Collects the words that a template shows without translation."""

    def __init__(self):
        super().__init__()
        self.words, self.open = [], []

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.words += [value for name, value in attributes if name in SEEN and value]

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, text):
        if not {"code", "pre", "style"} & set(self.open):
            self.words.append(text)


# Blocks without text to translate: names of scripts, page kinds and policies; attributes.
NO_TEXT = r"\{% block (?:script|kind|referrer|og_type|form_action|label) %\}.*?\{% endblock %\}"
JINJA = rf"{NO_TEXT}|\{{#.*?#\}}|\{{%.*?%\}}|\{{\{{.*?\}}\}}"


def bare_words(text):
    """Return untranslated words of a template: in its HTML, and in strings of its expressions."""
    shown = Shown()
    shown.feed(re.sub(r"<!--.*?-->", "", re.sub(JINJA, "", text, flags=re.S), flags=re.S))
    found = [word for word in re.findall(r"[^\W\d_]{2,}", " ".join(shown.words)) if word not in NAMES]
    tree = Environment(autoescape=True).parse(text)
    named = (call for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name))
    inside = {id(text) for call in named if call.node.name in LOOKUPS for text in call.args}
    texts = [const.value for const in tree.find_all(nodes.Const) if id(const) not in inside]
    said = (text for text in texts if isinstance(text, str) and "<" not in text and text not in NAMES)
    return [*found, *(text for text in said if re.search(r"^[A-Z][a-z]+|[a-z] [a-z]", text))]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(THEME).as_posix())
def test_no_word_stands_bare_in_a_template(file):
    assert bare_words(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text", ["<p>Hello</p>", '<a aria-label="Next">1</a>', '{{ a or "Untitled" }}', '{{ "by the day" }}']
)
def test_a_bare_word_is_found(text):
    assert bare_words(text)


# Words in scripts that no reader sees: selectors, classes, causes of caught errors.
CODE = {
    "as it is",
    "files of two publishings",
    "main article",
    "main section",
    "no network",
    "tidings filtered",
    "use strict",
}
LOOKED_UP = re.compile(r'\b(?:p|n)?gettext\((?:\s*"(?:[^"\\]|\\.)*",?)+')


@pytest.mark.parametrize("file", sorted(THEME.glob("**/*.js")), ids=lambda file: file.name)
def test_no_words_stand_bare_in_a_script(file):
    script = re.sub(r"//.*", "", LOOKED_UP.sub("", file.read_text(encoding="utf-8")))
    assert set(re.findall(r'"([A-Za-z][a-z]*(?: [a-z]+)+)"', script)) <= CODE


@given(st.dates(date(1000, 1, 1)))
def test_english_dates_are_those_of_babel(day):
    locale = Locale("en", "GB")
    assert ENGLISH.short_day(day) == format_date(day, "long", locale)
    assert ENGLISH.long_day(day) == format_date(day, "full", locale)


@pytest.mark.parametrize(
    ("language", "day", "papers"),
    [
        ("de-AT", "Mittwoch, 27. Mai 2026", "2 Arbeiten"),
        ("fr", "mercredi 27 mai 2026", "2 articles"),
        ("ja", "2026年5月27日水曜日", "論文2件"),
        ("zh-CN", "2026年5月27日星期三", "2 篇论文"),
        ("ar", "الأربعاء، 27 مايو 2026", "ورقتان"),
        ("en-GB", "Wednesday, 27 May 2026", "2 papers"),
    ],
)
def test_days_and_counts_are_written_as_the_language_writes_them(language, day, papers):
    words = words_of(language)
    assert (words.language, words.is_rtl) == (language, language == "ar")
    assert words.long_day(date(2026, 5, 27)) == day
    assert words.ngettext("%(count)s paper", "%(count)s papers", 2) == papers


def test_an_arabic_count_has_six_forms():
    forms = {words_of("ar").ngettext("%(count)s paper", "%(count)s papers", n) for n in (1, 2, 3, 11, 100)}
    assert forms == {"ورقة واحدة", "ورقتان", "3 أوراق", "11 ورقة", "100 ورقة"}


@pytest.mark.parametrize("language", ["nl", "zh-TW", "xx"])
def test_a_language_without_words_is_reported_and_english_is_said_to_be_english(language):
    problems = Problems()
    report_language(language, "site.yaml", problems)
    (problem,) = problems
    assert f"no words in {language}" in problem.what
    assert "de" in problem.remedy
    assert words_of(language).language == "en"


@pytest.mark.parametrize(("written", "tag"), [("AR", "ar"), ("De", "de"), ("pt-br", "pt-BR"), ("zh-hans", "zh-Hans")])
def test_a_language_may_be_written_in_any_case(written, tag):
    settings = Settings.model_validate({"language": written})
    assert settings.language == settings.words.language == tag


BROKEN = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n{}"\n\n{}'


@pytest.mark.parametrize(
    ("head", "rest", "told"),
    [
        ("Plural-Forms: nplurals=2; plural=(n != ;\\n", 'msgid "Save"\nmsgstr "Speichern"\n', "broken"),
        ("", 'msgid "%(count)s more"\nmsgstr "%(cuont)s mehr"\n', "names values that it does not have"),
        ("", 'msgid "Save"\nmsgstr ""\n', "1 messages are not translated"),
    ],
    ids=["plural", "value", "unfinished"],
)
def test_a_broken_or_unfinished_catalogue_is_told_and_its_messages_stay_english(tmp_path, head, rest, told):
    file = tmp_path / "de.po"
    file.write_text(BROKEN.format(head, rest), encoding="utf-8")
    translations, problems = read_catalogue(file, Locale("de"))
    assert told in " ".join(problems)
    assert translations.gettext("%(count)s more") == "%(count)s more"


def test_scripts_get_the_words_of_the_language():
    script = (
        'say(gettext("Saved on this device"), gettext("Save: %(title)s", { title: paper.title }), '
        'ngettext("%(count)s paper", "%(count)s papers", count));'
    )
    english, german = (with_words(script, words_of(language)) for language in ("en", "de"))
    assert english.startswith('say("Saved on this device", `Save: ${paper.title}`, ')
    assert '"Auf diesem Gerät gespeichert", `Speichern: ${paper.title}`' in german
    assert 'one: `${(count).toLocaleString("de-u-nu-latn")} Arbeit`' in german


@pytest.mark.parametrize("value", ['f("a, b (c)", d)', '[a, b].join(" (")', 'c ? "x, y" : " (y)"', "`x, (z)`"])
def test_a_value_in_a_script_may_hold_commas_and_brackets(value):
    script = f'gettext("%(act)s: %(name)s", {{ act, name: {value} }})'
    assert with_words(script, words_of("en")) == f"`${{act}}: ${{{value}}}`"


@pytest.mark.parametrize(
    "script",
    [
        'gettext(\n  "Save")',
        "gettext('Save')",
        'ngettext("%(count)s paper", "%(count)s papers", a + b)',
        'gettext("Save: %(title)s", { titel: title })',
    ],
)
def test_a_call_in_a_script_that_cannot_be_read_is_told(script):
    with pytest.raises(BuildError, match=r"cannot be read|has no value title"):
        with_words(script, words_of("en"))


@pytest.mark.parametrize("file", sorted((THEME / "assets").glob("*.js")), ids=lambda file: file.name)
def test_no_script_looks_words_up_in_the_browser(file):
    assert "gettext(" not in with_words(file.read_text(encoding="utf-8"), words_of("de"))


ENGLISH_ABSTRACT = "We propose a simple network architecture based solely on attention, without recurrence of any kind."
GERMAN_ABSTRACT = "Wir zeigen, wie sich die Grundlagen für größere Räume und Körper ändern müssen, und prüfen sie."

DUTCH_ABSTRACT = (
    "Wij beschrijven een methode om weefgetouwen sneller te maken, en laten zien dat zij in de helft van de tijd even "
    "goed werken als de oude."
)
PLAIN_SPANISH_ABSTRACT = (
    "Se presenta un modelo que aprende los dibujos de las telas a partir de pocas muestras y que teje en la mitad del "
    "tiempo sin perder la calidad de los colores."
)


@pytest.mark.parametrize(
    ("site", "title", "abstract", "shown"),
    [
        ("en", "Attention Is All You Need", ENGLISH_ABSTRACT, ("", "")),
        ("en", "注意力机制综述", ENGLISH_ABSTRACT, ("zh", "")),
        ("en", "注意機構のまとめ", "", ("ja", "")),
        ("en", "어텐션 연구", "", ("ko", "")),
        ("en", "Über Körper", GERMAN_ABSTRACT, ("de", "de")),
        ("en", "Schrödinger Bridges", ENGLISH_ABSTRACT, ("", "")),
        ("en", "Verfahren der Kunst", GERMAN_ABSTRACT, ("de", "de")),
        ("en", "Dutch Looms", DUTCH_ABSTRACT, ("nl", "nl")),
        ("en", "Modelos de redes", PLAIN_SPANISH_ABSTRACT, ("es", "es")),
        ("en", " and ".join(["Looms"] * 20), "", ("", "")),
        ("de", "Attention Is All You Need", ENGLISH_ABSTRACT, ("en", "en")),
        ("de", "Über Körper", GERMAN_ABSTRACT, ("", "")),
        ("de", "GPT-4", "", ("", "")),
        ("zh", "注意力机制综述", "", ("", "")),
        ("ar", "Attention Is All You Need", ENGLISH_ABSTRACT, ("en", "en")),
    ],
)
def test_what_a_paper_says_keeps_its_own_language(site, title, abstract, shown):
    made = replace(paper("A"), title=title, abstract=abstract)
    found = tuple(lang_of(words_of(site), made, part) for part in ("title", "abstract"))
    assert found == tuple(f' lang="{language}"' if language else "" for language in shown)


@pytest.mark.parametrize(
    ("site", "said", "title", "shown"),
    [
        ("en", "de", "GPT-4", "de"),
        ("en", "pt-BR", "Redes", "pt-BR"),
        ("de", "en", "Über Körper", "en"),
        ("en", "en-GB", "Über Körper", ""),
        ("en", "ja", "日本語処理", "ja"),
        ("en", "ja", "A translated title", ""),
        ("ja", "zh", "注意力机制综述", "zh"),
    ],
)
def test_a_list_knows_better_unless_the_letters_say_that_the_title_was_translated(site, said, title, shown):
    found = lang_of(words_of(site), paper(title, language=said))
    assert found == (f' lang="{shown}"' if shown else "")


@pytest.mark.parametrize(
    ("site", "title", "abstract", "told"),
    [
        ("en", "Of Clouds", ENGLISH_ABSTRACT, {}),
        ("en", "Über Körper", GERMAN_ABSTRACT, {"lang": "de"}),
        ("en", "注意力机制综述", ENGLISH_ABSTRACT, {"lang": "zh", "textLang": "en"}),
        ("de", "Of Clouds", ENGLISH_ABSTRACT, {"lang": "en"}),
    ],
)
def test_scripts_are_told_the_languages_of_a_paper(site, title, abstract, told):
    assert languages_of(words_of(site), replace(paper("A"), title=title, abstract=abstract)) == told


def test_feeds_and_mails_say_the_language_of_titles_and_abstracts(build_site):
    lists = "".join(
        f"  - {{title: Of Clouds {n}, arxiv: '2605.0000{n}', abstract: {ENGLISH_ABSTRACT}, upvotes: {n}}}\n"
        for n in range(1, 9)
    )
    site = build_site(
        "-- site.yaml --\ntitle: Blatt\nlanguage: de\nbase_url: https://blatt.example\n"
        f"-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n{lists}"
    )
    mail = site.text("mail/2026-11-20/mail.html")
    assert len(re.findall('<h3 lang="en"', mail)) == 8
    assert re.search(f'<p lang="en"[^>]*>{ENGLISH_ABSTRACT[:20]}', mail)
    assert site.text("feeds/digests.atom").count('lang="en"') == 16
    assert site.text("feeds/papers.atom").count('&lt;div dir="auto" lang="en"&gt;') == 8


def test_citations_and_data_for_search_engines_say_the_language_that_a_title_is_found_to_be_in(build_site):
    site = build_site(
        "-- site.yaml --\nbase_url: https://sheet.example\nexports: [bib, ris, csl]\n"
        "-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n"
        f"  - {{title: Attention, id: attention, abstract: {ENGLISH_ABSTRACT}}}\n"
        f'  - {{title: Über Körper, id: koerper, abstract: "{GERMAN_ABSTRACT}"}}\n'
        "  - {title: 注意力机制综述, id: zongshu}\n"
    )
    said = {"attention": ("", ""), "koerper": ("de", "langid = {ngerman}"), "zongshu": ("zh", "language = {zh}")}
    for name, (tag, bibtex) in said.items():
        page, bib, ris, csl = (site.text(f"papers/{name}{end}") for end in (".html", ".bib", ".ris", ".csl.json"))
        assert re.findall(r'"inLanguage":"(.*?)"', page) == ([tag] if tag else [])
        assert re.findall(r'name="citation_language" content="(.*?)"', page) == ([tag] if tag else [])
        assert re.findall(r"LA  - (\S+)", ris) == ([tag] if tag else [])
        assert json.loads(csl)[0].get("language", "") == tag
        assert re.findall(r"lang\w+ = \{.*?\}", bib) == ([bibtex] if bibtex else [])


SITE = """
-- site.yaml --
title: Blatt
language: {}
base_url: https://blatt.example
exports: [bib, md]
-- papers/2026-11-20.yaml --
listed: 2026-11-20
papers:
  - {{title: Attention Is All You Need, arxiv: "1706.03762", authors: [A, B, C, D, E, F], upvotes: 11, tags: [nlp]}}
  - {{title: Second, url: "https://example.org/2", tags: [nlp]}}
-- papers/2026-11-21.yaml --
listed: 2026-11-21
papers:
  - {{title: Third, arxiv: "2605.01234", abstract: Something new.}}
"""


def test_a_site_speaks_its_language_everywhere_and_its_addresses_stay(build_site):
    english = build_site(SITE.format("en")).paths
    site = build_site(SITE.format("ar"))
    assert site.problems == []
    assert site.paths == english
    home, day = site.text("index.html"), site.text("days/2026-11-20.html")
    assert '<html lang="ar" dir="rtl">' in home
    assert "السبت، 21 نوفمبر 2026" in home
    assert '<h3 dir="auto"><a' in day  # too short to detect its language
    assert "11 صوتًا" in day
    assert "<language>ar</language>" in site.text("feeds/digests.xml")
    assert "أوراق 20 نوفمبر 2026" in site.text("feeds/digests.xml")
    mail = site.text("mail/2026-11-21/mail.eml")
    assert "Content-Language: ar" in mail
    assert 'dir="rtl"' in site.text("mail/2026-11-21/mail.html")
    assert "إلغاء الاشتراك" in site.text("mail/2026-11-21/mail.txt")
    for path in (path for path in site.paths if path.endswith((".html", ".txt")) and path != "robots.txt"):
        assert not re.search(r"\b(?:papers|Papers of|Search|Read in|Abstract|others|Page)\b", seen(site.text(path))), (
            path
        )


def seen(text):
    """Return the text of a page that a reader sees."""
    hidden = r"<(script|style|pre|code)\b.*?</\1>|<!--.*?-->|<[^>]*>|https?://\S+|^.*papers/.*$"
    return re.sub(hidden, " ", text, flags=re.S if "<html" in text else re.M)


def test_a_site_in_a_language_without_words_says_that_it_is_english(build_site):
    site = build_site(SITE.format("nl"))
    assert [problem for problem in site.problems if "no words in nl" in problem]
    assert '<html lang="en">' in site.text("index.html")


def test_every_style_sheet_that_draws_charts_mirrors_them_from_right_to_left():
    drawing = [text for file in THEME.glob("assets/*.css") if ".chart {" in (text := file.read_text(encoding="utf-8"))]
    assert len(drawing) > 1
    assert all(re.search(r'\[dir="rtl"\][^{]*\.chart[^{]*\{ transform: scaleX\(-1\)', text) for text in drawing)
