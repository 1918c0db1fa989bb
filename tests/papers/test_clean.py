"""Cleaning the text of lists: markup goes, meaning stays."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latexencode import get_builtin_uni2latex_dict

from site_builder.papers.clean import clean_paragraphs, clean_text, strip_controls
from tests.conftest import IS_TORTURE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"na\"ively Pl\"ucker \"Ust\"un", "naïvely Plücker Üstün"),
        (r"G{\"o}del, Erd\H{o}s, \v{S}koda, Fran\c{c}ois, Fran\c cois", "Gödel, Erdős, Škoda, François, François"),
        (r"S\o ren {\O}re stra\ss e \'{\i} \'\i", "Søren Øre straße í í"),
        (r"\'a la carte, the query\'s words, \"quoted\"", 'á la carte, the query\'s words, "quoted"'),
        (r"54.6\% of Q\&A in a\_b \#1 \{x\}", "54.6% of Q&A in a_b #1 {x}"),
        (r"1.5\,TB RTX~5090 450~MB e.g.\ this", "1.5 TB RTX 5090 450 MB e.g. this"),
        (r"360{\deg} and 2.3\times faster, \alpha \approx \beta", "360° and 2.3× faster, α ≈ β"),
        ("10\\textsuperscript{th}, H\\textsubscript{2}O", "10ᵗʰ, H₂O"),
    ],
)
def test_accents_and_escapes_become_characters(written: str, meant: str) -> None:
    assert clean_text(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\textbf{bold \emph{both}} {\it vs.} {\em and}", "bold both vs. and"),
        (
            r"we present \ourbench, {\name}, \ours{} and \method\ here",
            "we present ourbench, name, ours and method here",
        ),
        (r"Code\footnote{See \url{https://a.org/x\_y}.}", "Code (See https://a.org/x_y.)"),
        (r"\href{https://a.org/x}{the page}, \href{https://a.org}{a.org}", "the page (https://a.org/x), https://a.org"),
        (r"\etc. However (\eg, this) \ie that", "etc. However (e.g., this) i.e. that"),
        (r"\frac{a}{b} \sqrt{x} as in \cite{key}", "a/b √x as in [key]"),
    ],
)
def test_text_macros_leave_their_text_and_unknown_ones_their_name(written: str, meant: str) -> None:
    assert clean_text(written) == meant


@pytest.mark.parametrize(
    "text", [r"C:\Users\name\x", r"a \n b", "set {0, 1} of {a}", r"\\server\share", '{"a": {"b": 1}}']
)
def test_backslashes_and_braces_that_are_no_tex_stay(text: str) -> None:
    assert clean_text(text) == text


def test_formulas_stay_tex_also_inside_macros() -> None:
    assert clean_text(r"\textbf{an $O(n^2)$   cost} of \(x_{\"i}\)") == r"an $O(n^2)$ cost of \(x_{\"i}\)"


def test_an_escaped_dollar_becomes_bare_only_where_no_formula_could_begin() -> None:
    assert clean_text(r"from \$5 to \$10") == "from $5 to $10"
    assert clean_text(r"from \$5 to $x$") == r"from \$5 to $x$"


def test_a_price_whose_dollar_the_source_stripped_gets_it_back() -> None:
    assert clean_text(r"at just 187 and \800 each") == "at just 187 and $800 each"


def test_tildes_dashes_and_quotes_of_tex_are_told_from_plain_ones() -> None:
    assert clean_text("Step~9 at ~90%, 3~5 or 75%~89%") == "Step 9 at ~90%, 3~5 or 75%~89%"
    assert clean_text("``word'' a--b c---d --flag") == "“word” a–b c—d --flag"
    assert clean_text("Quoi~? Un «~mot~» dit~: 30~%, ~?") == "Quoi ? Un « mot » dit : 30 %, ~?"
    assert clean_text(r"{\guillemotleft}~deux mots~{\guillemotright}") == "« deux mots »"
    assert clean_text("see~https://a.org/~me/x--y") == "see https://a.org/~me/x--y"


def test_bold_of_markdown_is_plain_and_powers_and_single_stars_stay() -> None:
    assert clean_text("We propose **CAPO** (**C**urriculum **A**dvantage), 5%**.") == (
        "We propose CAPO (Curriculum Advantage), 5%**."
    )
    for text in ("x**2 and y**3", "** p < 0.01, * p < 0.05", "A* and B**", "f(x)**2 + f(y)**2", "$a**b$ **"):
        assert clean_text(text) == text


def test_entities_are_decoded_once() -> None:
    assert clean_text("R&amp;D &lt;b&gt; &amp;lt; &nope; AT&T &#x4e2d;") == "R&D <b> &lt; &nope; AT&T 中"


def test_presentational_tags_go_and_tokens_stay() -> None:
    assert clean_text("<b>bold</b> CO<sub>2</sub> <jats:italic>x</jats:italic> 10<sup>th</sup>") == "bold CO₂ x 10ᵗʰ"
    assert clean_text("<SEG> <EOS> <s> a < b > c <i> and <think>") == "<SEG> <EOS> <s> a < b > c <i> and <think>"


def test_tags_of_small_capitals_and_scripts_of_databases_go() -> None:
    written = (
        "<scp>AORN</scp> <small-caps>x</small-caps> CO<inf>2</inf> H<SUB>2</SUB>O 10<SUP>3</SUP> <strike>y</strike>"
    )
    assert clean_text(written) == "AORN x CO₂ H₂O 10³ y"


def test_an_abstract_keeps_its_paragraphs_and_loses_its_wraps() -> None:
    assert clean_paragraphs("One\nline.\n  Next one.\n\nThird\r\none.\n") == "One line.\n\nNext one.\n\nThird one."
    assert clean_paragraphs("<p>One</p><p>Two</p>") == "One\n\nTwo"
    assert clean_text("A title\n  in two lines") == "A title in two lines"


def test_text_is_composed_and_free_of_what_no_output_may_carry() -> None:
    assert clean_text("Cafe\u0301 \u202eevil\u202c a\x00b\ud800c\ufffe \ufeffd\u200be &#x202e;") == "Café evil abc de"
    assert strip_controls("a\r\nb\tc\x1b[31m\u2066d\u2069") == "a\nb\tc[31md"
    assert strip_controls("a\r\nb\r\r\nc\rd") == "a\nb\n\nc\nd"


@given(st.text(st.sampled_from("\\{}$()[]\"'`^~&;<>/biptexsub#%_ -aeo0\n\u0301\u202e\ud800"), max_size=60))
def test_any_text_comes_out_clean(text: str) -> None:
    line = clean_text(text)
    assert "\n" not in line
    assert line == line.strip()
    assert strip_controls(line) == line
    assert strip_controls(clean_paragraphs(text)) == clean_paragraphs(text)


@pytest.mark.parametrize(
    "unit", ["{", "\\textbf{", "\\frac{", "$", "$$ ", "\\(", "<b ", "&", "&#", "~", "``", "\\'", "<sub>"]
)
def test_a_long_run_of_openings_is_read_in_one_pass(unit: str) -> None:
    assert clean_paragraphs(unit * ((1_000_000 if IS_TORTURE else 200_000) // len(unit)))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            r"{\u g}, {\d u}, {\b k}, {\t oo}, {\c C}, Er{\H o}s, Do\u{g}an, \v Skoda",
            "ğ, ụ, ḵ, o͡o, Ç, Erős, Doğan, Škoda",
        ),
        (r"\~{\^e} Tr{\`\^a}n \'{\i} \'\i{}a {\'\i}a \^\j{} \u{\i}", "ễ Trần í ía ía ĵ ĭ"),
        (r"\'{E}tudes, \v{ S }koda, \'{ea}, \~{p}, {\"w}, \textcommabelow{s}", "Études, Škoda, éa, p̃, ẅ, ș"),
        (r"a {\L}od\'z {\DJ} \TH{} \ss{} {\AA}s stra{\ss}e", "a Łodź Đ Þ ß Ås straße"),
    ],
)
def test_accents_are_read_in_all_the_forms_of_tex(written: str, meant: str) -> None:
    assert clean_text(written) == unicodedata.normalize("NFC", meant)


@pytest.mark.parametrize("text", [r"say \"x\" and \"zoo\"", r"the pattern \d a and \b x", r"C:\u g"])
def test_what_only_looks_like_an_accent_stays(text: str) -> None:
    assert clean_text(text) in (text, text.replace(r"\"", '"'))


def test_every_accent_that_pylatexenc_writes_is_read_in_each_form() -> None:
    written = re.compile(r"\\([`'^~\"=.]|[ckvuHrb])\{?(\\[ij]|[A-Za-z])\}?")
    count = 0
    for code, tex in get_builtin_uni2latex_dict().items():
        found = written.fullmatch(tex)
        if found and code not in (0x170, 0x171, 0x3CC, 0x212B) and unicodedata.decomposition(chr(code))[:1].isalnum():
            accent, letter = found[1], found[2]
            forms = [f"\\{accent}{{{letter}}}", f"{{\\{accent}{{{letter}}}}}", f"{{\\{accent} {letter}}}"]
            if not accent.isalpha():
                forms += [f"{{\\{accent}{letter}}}", f"\\{accent}{{{{{letter}}}}}"]
            assert {clean_text(f"ab{form}cd") for form in forms} == {f"ab{chr(code)}cd"}, tex
            count += 1
    assert count > 150


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"p {\textless} 0.05, a\textbar{}b, {\textquotedbl}c{\textquotedbl}", 'p < 0.05, a|b, "c"'),
        (r"\S 5, {\P}6, TCP{\slash}IP, 5{\pounds}, {\textminus}1", "§ 5, ¶6, TCP/IP, 5£, −1"),
        (r"\textbeta{}-blockers of 5 \textmu m at 20~{\textdegree}C", "β-blockers of 5 µm at 20 °C"),
        (r"Dams\textemdash A Guide\texttrademark to Weirs", "Dams—A Guide™ to Weirs"),
        (r"O\textquotesingle Neil, \textdollar 5, a\textunderscore b", "O'Neil, $5, a_b"),
        (r"\og non\fg{} and \guillemotleft oui\guillemotright", "« non» and « oui»"),
    ],
)
def test_symbols_of_text_are_characters_and_end_at_a_space(written: str, meant: str) -> None:
    assert clean_text(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\foreignlanguage{french}{Les barrages} \textcolor{red}{x}", "Les barrages x"),
        (r"\noopsort{1973}{Title}, {\it so}\/ it is; \enquote{quoted}", "Title, so it is; “quoted”"),
        (r"\unknown{one}{two} \emph{un}{known}", "one two unknown"),
        (r"\href{}{text} \cfrac{1}{2} or \printfirst{a}{b}", "text 1/2 or a"),
        (r"\ensuremath{x^2} and \ensuremath{\alpha}", r"$x^2$ and $\alpha$"),
    ],
)
def test_no_argument_of_a_command_vanishes(written: str, meant: str) -> None:
    assert clean_text(written) == meant


def test_dashes_are_set_between_spaces_and_behind_a_full_stop() -> None:
    assert (
        clean_text("Dams --- a guide, weirs -- two, Ends.---And more") == "Dams — a guide, weirs – two, Ends.—And more"
    )
    assert clean_text("-- first, --flag and last --") == "-- first, --flag and last --"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            "<jats:title>Abstract</jats:title>\n   <jats:p>We grow\n  <jats:italic>E. coli</jats:italic>\n  in H\n"
            "    <jats:sub>2</jats:sub>\n    O.</jats:p>\n   <jats:p>It grew.</jats:p>",
            "We grow E. coli in H₂ O.\n\nIt grew.",
        ),
        ("<sec><title>Aims</title>\n<p>To\n  grow.</p></sec>", "Aims\n\nTo grow."),
        ("<h4>Aims</h4>To <i>grow</i>.<P>So.</P>", "Aims\n\nTo grow.\n\nSo."),
        (
            "<p>x</p>H<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math> "
            "<tex-math>$y$</tex-math><mml:math><mml:mi>y</mml:mi></mml:math>",
            "x\n\nH$x^{2}$ $y$",
        ),
        (
            "<jats:p>A <jats:tex-math>\\documentclass[12pt]{minimal}\n\\begin{document}$$x^2$$\\end{document}"
            "</jats:tex-math><mml:math><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:math> too</jats:p>",
            "A $x^2$ too",
        ),
        ("wrapped\nlines\n\nand <b>parts</b>", "wrapped lines\n\nand parts"),
        (
            "O_ST_ABSAimsC_ST_ABSTo graze (C_LP). O_LIOne.\nC_LIO_LITwo.\nC_LI\n\nO_SCPLOWDC_SCPLOW-wool.\n\n"
            "O_FIG O_LINKSMALLFIG WIDTH=200 C_FIG",
            "Aims\n\nTo graze (C_LP).\n\nOne.\n\nTwo.\n\nD-wool.",
        ),
        (
            "&lt;jats:title&gt;Summary&lt;/jats:title&gt;&lt;jats:p&gt;We\n   grow &amp;amp; &lt;jats:italic&gt;E. coli"
            "&lt;/jats:italic&gt;.&lt;/jats:p&gt;",
            "We grow & E. coli.",
        ),
        ("&lt;p&gt;At &lt;a href=&quot;https://a.org/x&quot;&gt;this URL&lt;/a&gt;.&lt;/p&gt;", "At https://a.org/x."),
        ("<div>\n <h4>ABSTRACT</h4>\n <div>We\n   grow.</div></div>", "We grow."),
        ("<sec><st>Abstract</st><p>We grow.</p></sec><sec><st>Aims</st><p>So.</p></sec>", "We grow.\n\nAims\n\nSo."),
        ("<jats:title>Resumen</jats:title><jats:p>Crecemos.</jats:p>", "Crecemos."),
        ("<p><strong>Zusammenfassung:</strong> Wir wachsen.</p>", "Wir wachsen."),
        ("<p>If a &lt; b and b &gt; c, so.</p>", "If a < b and b > c, so."),
    ],
)
def test_markup_keeps_its_paragraphs_and_loses_its_tags(written: str, meant: str) -> None:
    assert clean_paragraphs(written) == meant


def test_a_link_in_an_abstract_says_where_it_leads() -> None:
    assert clean_paragraphs('at <a href="https://a.org/x">this https URL.</a>') == "at https://a.org/x."
    assert clean_paragraphs("see <a href='https://a.org/x'>our code</a>.") == "see our code (https://a.org/x)."
    assert (
        clean_paragraphs('<a href="https://a.org/">https://a.org/</a> <a href="#x">Here</a>') == "https://a.org/ Here"
    )
    assert clean_text('A <a href="https://a.org/x">title</a>') == "A title"
    assert clean_paragraphs("<a target=_blank href=https://a.org/x><b>Our</b> page</a>") == "Our page (https://a.org/x)"
    assert clean_paragraphs('<uri xlink:href="https://a.org/x">the page</uri>') == "the page (https://a.org/x)"
    assert clean_text("On &lt;i&gt;Mus musculus&lt;/i&gt; in H&lt;sub&gt;2&lt;/sub&gt;O") == "On Mus musculus in H₂O"


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        (r"Science {\&} Art of 5{\%}", "Science & Art of 5%"),
        ("{BERT}: {P}re-training of {{T}}ransformers", "BERT: Pre-training of Transformers"),
        ("The set {a, b} of {1, 2}", "The set {a, b} of {1, 2}"),
        (r"Caf\'{E} and \emph{Sheep}", "CafÉ and Sheep"),
    ],
)
def test_braces_that_bibtex_left_in_a_text_are_removed(written, clean):
    assert clean_text(written) == clean


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        (r"L\^{e} D{\uhorn}c", "Lê Dưc"),
        (r"a\slash b and \lq y\rq", "a/b and ‘y’"),
        (r"5\textpercent{} of \textunknown{} sheep", "5% of textunknown sheep"),
        (r"5{\,}kg", "5 kg"),
        (r"Doe, \relax{} Jane", "Doe, Jane"),
    ],
)
def test_commands_leave_what_they_stand_for_or_their_names(written, clean):
    assert clean_text(written) == clean


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"{\emph On} dams and \textbf so on", "On dams and so on"),
        (r"\mbox{}Dams\hfill rivers", "Dams rivers"),
        (r"D\.{\i}yar, \.{i}\.{I} and \.i", "Diyar, iİ and i"),
        (r"\cb{s}i \textcommabelow tar \textogonekcentered{a}", "și țar ą"),
        (r"Part \uppercase\expandafter{\romannumeral2} and \RNum{4}, \MakeUppercase{abc}", "Part II and IV, ABC"),
    ],
)
def test_commands_that_change_letters_are_applied(written, expected):
    assert clean_text(written) == expected


def test_a_break_of_jats_separates_words() -> None:
    assert clean_paragraphs("<jats:p>We count.<jats:break/>Next to sheep.</jats:p>") == "We count. Next to sheep."


@pytest.mark.parametrize(
    ("written", "abstract"),
    [
        ("Abstract: We grow.", "We grow."),
        ("Abstract. We grow.", "We grow."),
        ("Abstract\u2014We grow.", "We grow."),
        ("ABSTRACT\nWe grow.", "We grow."),
        ("ABSTRACT We grow.", "We grow."),
        ("**Abstract** We grow.", "We grow."),
        ("<p>Abstract</p><p>We grow.</p>", "We grow."),
        ("<jats:p>Abstract. We grow.</jats:p><jats:p>So.</jats:p>", "We grow.\n\nSo."),
        ("Zusammenfassung: Wir wachsen.", "Wir wachsen."),
        ("\u6458\u8981\uff1a\u6211\u4eec\u3002", "\u6211\u4eec\u3002"),
        ("Abstract art grows.", "Abstract art grows."),
        ("Abstract Meaning Representation grows.", "Abstract Meaning Representation grows."),
        ("Abstract-level art - it grows.", "Abstract-level art - it grows."),
        ("<i>Abstract</i> art grows.", "Abstract art grows."),
        ("Abstract", "Abstract"),
    ],
)
def test_the_label_before_an_abstract_goes_and_the_word_stays(written, abstract):
    assert clean_paragraphs(written) == abstract
