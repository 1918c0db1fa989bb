"""Formulas that publishers give as MathML or tagged TeX are read as TeX between dollars."""

import pytest

from site_builder.papers.clean import clean_paragraphs, clean_text
from site_builder.papers.formulas import Formula, split_formulas
from site_builder.render.text.maths import formula_text
from site_builder.sources.formats import jats_xml, pubmed_xml
from site_builder.sources.source import Source
from site_builder.sources.syntax.mathml import with_tex

NAMESPACE = 'xmlns:mml="http://www.w3.org/1998/Math/MathML" display="inline"'
SQUARE = "<math><msup><mi>x</mi><mn>2</mn></msup></math>"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            f"Solitons in<mml:math {NAMESPACE}><mml:mi>N</mml:mi></mml:math>-Coupled Rings",
            "Solitons in N-Coupled Rings",
        ),
        (
            f"Decay of<mml:math {NAMESPACE}><mml:mmultiscripts><mml:mi>Ca</mml:mi><mml:mprescripts/><mml:none/>"
            "<mml:mn>38</mml:mn></mml:mmultiscripts></mml:math>near rest",
            "Decay of ³⁸Ca near rest",
        ),
        (
            "the <math><mi>n</mi></math>th root of <math><mi>Au</mi><mo>+</mo><mi>Au</mi></math>",
            "the nth root of Au+Au",
        ),
        (f"Sums of {SQUARE}s", "Sums of x²s"),
        (
            "At <math><msqrt><msub><mi>s</mi><mi>N</mi></msub></msqrt><mo>&lt;</mo><mn>5</mn></math> GeV",
            "At √s_N < 5 GeV",
        ),
        (
            "<math><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi></math>",
            "∑ᵢ₌₁ⁿ i",
        ),
        ("<math><mover><mi>x</mi><mo>~</mo></mover><mfrac><mn>1</mn><mi>k</mi></mfrac></math>", "x̃1/k"),
        ("<math><msup><mi>e</mi><mrow><mo>−</mo><mi>x</mi></mrow></msup><mi>log</mi><mi>x</mi></math>", "e⁻ˣ log x"),
        ("<math><mtext>50% of </mtext><msub><mi>p</mi><mn>1</mn></msub></math>", "50% of p₁"),
        ("<math><mi>a</mi><mo>&InvisibleTimes;</mo><msup><mi>b</mi><mo>&prime;</mo></msup></math>", "ab′"),
        (
            '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">\\alpha^2</annotation>'
            "</semantics></math>",
            "α²",
        ),
    ],
)
def test_mathml_of_a_title_reads_as_its_formula(written: str, read: str) -> None:
    pieces = split_formulas(clean_text(written))
    assert "".join(formula_text(piece) if isinstance(piece, Formula) else piece for piece in pieces) == read


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        (f"<p>At <tex-math>$x^2$</tex-math>{SQUARE} too.</p>", "At $x^2$ too."),
        (f"<p>At {SQUARE} <tex-math>x^2</tex-math> too.</p>", "At $x^2$ too."),
        (f"<p>At <alternatives><tex-math>x^2</tex-math>\n{SQUARE}</alternatives> too.</p>", "At $x^2$ too."),
        (f"<p>At <tex-math>y</tex-math> and {SQUARE}.</p>", "At $y$ and $x^{2}$."),
        ("<p>We bound <tex-math>$x$</tex-math><mml:math/> for all. So.</p>", "We bound $x$ for all. So."),
        (
            "<p>We bound <jats:tex-math>$x$</jats:tex-math><mml:math><mml:mi>y</mml:mi> for all. So.</p>",
            "We bound $x$y for all. So.",
        ),
        ("We <math><mi>x</mi></mrow></math> so", "We <math><mi>x</mi></mrow></math> so"),
        (r"At \documentclass{minimal} \begin{document}$$x^2$$\end{document} so", "At $x^2$ so"),
    ],
)
def test_a_formula_given_twice_is_read_once_and_nothing_around_it_is_lost(written: str, clean: str) -> None:
    assert clean_paragraphs(written) == clean


def test_formulas_in_xml_are_read_as_tex() -> None:
    tex = f"<inline-formula><alternatives><tex-math>x^2</tex-math>{SQUARE}</alternatives></inline-formula>"
    jats = (
        '<article><front><article-meta><article-id pub-id-type="doi">10.1/a</article-id><title-group>'
        f"<article-title>On {SQUARE}</article-title></title-group><abstract><p>At {tex} so.</p></abstract>"
        "</article-meta></front></article>"
    )
    pubmed = (
        f"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>On {SQUARE}"
        f"</ArticleTitle><Abstract><AbstractText>At {SQUARE} so.</AbstractText></Abstract></Article></MedlineCitation>"
        "</PubmedArticle></PubmedArticleSet>"
    )
    for reader, text in ((jats_xml, jats), (pubmed_xml, pubmed)):
        (paper,) = reader.read(Source.from_text(text, "a.xml"))
        assert paper.fields["title"] == "On $x^{2}$"
        assert str(paper.fields["abstract"]).replace("{2}", "2") == "At $x^2$ so."


def test_mathml_that_is_no_formula_of_a_person_is_bounded() -> None:
    deep = "<math>" + "<msup><mi>x</mi>" * 200 + "</msup>" * 200 + "</math>"
    assert with_tex(deep) == "x" * 200
    assert with_tex("<math>" * 500 + "<mi>x</mi>") == "<math>" * 500 + "<mi>x</mi>"
    assert with_tex("<math><mmultiscripts/><mfrac/><mroot/><msub/><munderover/></math>") == r"$\frac{}{}\sqrt[]{}{}$"


def test_mathml_for_content_keeps_its_numbers_apart() -> None:
    matrix = "<matrixrow><cn>0</cn> <cn>1</cn></matrixrow> <matrixrow><cn>1</cn> <cn>0</cn></matrixrow>"
    assert with_tex(f"Of <math><matrix>{matrix}</matrix></math>") == "Of 0 1 1 0"
