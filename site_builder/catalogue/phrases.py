"""Extract the words and short phrases that tell what a paper is about."""

import re
from functools import lru_cache
from typing import NamedTuple

MIN_LENGTH = 2  # characters of a word; a single letter says nothing
MIN_PLURAL = 4  # letters from which on a final s is taken for a plural

_NO_PROSE = re.compile(r"https?://\S+|\$[^$]*\$|\\[A-Za-z]+")
_HYPHENS = "\u2010\u2011-"
# A word, hyphenated or not, and the space that joins it to the next word of the same phrase. It has a letter, preceded
# by digits at most. Possessive quantifiers prevent backtracking, which doubles the speed.
_WORD = re.compile(rf"(\d*+[^\W\d_]\w*+(?:[{_HYPHENS}]\w++)*+)([ \n](?=\w))?+")
_AMOUNT = re.compile(r"\d+[bkm]")  # 7B, 128k
_HYPHEN = re.compile(f"[{_HYPHENS}]")


class _PhraseWord(NamedTuple):
    """A parsed word. key: "" for a stop word. parts: (key, spelling) of the meaningful parts of a hyphenated word."""

    key: str
    is_telling: bool
    parts: tuple[tuple[str, str], ...]


def phrases(text: str) -> list[tuple[str, str]]:
    """Return every meaningful word, and every two neighbours of which at least one is meaningful.

    Each is (key, spelling): the key in lower case and singular, with spaces for hyphens; the spelling as in the text.
    """
    if "\\" in text or "$" in text or "://" in text:
        text = _NO_PROSE.sub(" . ", text)
    found: list[tuple[str, str]] = []
    before = before_spelling = ""
    was_telling = False
    for spelling, joint in _WORD.findall(text):
        key, is_telling, parts = _read(spelling)
        if not key:
            before = ""
            continue
        if is_telling:
            found.append((key, spelling))
            found.extend(parts)
        if before and (is_telling or was_telling):
            found.append((f"{before} {key}", f"{before_spelling} {spelling}"))
        before, before_spelling, was_telling = (key, spelling, is_telling) if joint else ("", "", False)
    return found


@lru_cache(maxsize=200_000)
def _read(word: str) -> _PhraseWord:
    parts = [(word_key(part), part) for part in _HYPHEN.split(word)]
    while parts and not parts[-1][0]:
        parts.pop()
    while parts and not parts[0][0]:
        parts.pop(0)
    telling = tuple(part for part in parts if part[0] and part[0] not in COMMON)
    is_compound = len(parts) > 1
    key = " ".join(key or part.lower() for key, part in parts)
    return _PhraseWord(key, is_compound or bool(telling), telling if is_compound else ())


def word_key(word: str) -> str:
    """Return a word in lower case and singular; "" for a stop word."""
    lower = word.lower()
    key = _singular(lower)
    is_empty = len(lower) < MIN_LENGTH or lower in EMPTY or key in EMPTY or _AMOUNT.fullmatch(lower)
    return "" if is_empty else key


def _singular(word: str) -> str:
    """Return one form for singular and plural; it need not be a real word."""
    if len(word) < MIN_PLURAL or word[-1] != "s" or word[-2] in "siu":
        return word
    for plural, singular in (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x")):
        if word.endswith(plural) and len(word) > MIN_PLURAL:
            return word.removesuffix(plural) + singular
    return word[:-1]


# Stop words: they say nothing about a subject. No phrase spans them.
EMPTY = frozenset(
    """
    about above accordingly achieve achieved achieving across addition additional additionally address addressed
    addressing adopt adopted advancing after again against aim aimed all alleviate allow allowing almost along
    already also although always am among amongst an analyze analyzed and another any anything apart applied
    apply are argue around as assess at attain available average away back based be became because become been
    before behind being below benefit beside best better between beyond both bridge bridging broad broader
    broadly build building built but by call called came can cannot capable captures challenging combine
    combining come common commonly comparable compare compared comparing compelling competitive complete
    completely comprehensive comprising conduct conducted consider consistently consists construct contain
    contribute could create created creating critical critically crucial crucially curated current currently
    delve demonstrate demonstrated demonstrating demonstration derive describe designed designing despite
    detailed develop developed developing did difficult directly discuss distinct diverse do does doing done
    down due during dynamically each easily effective effectively efficient efficiently eg either eliminate else
    emerge emerged emerging empirical empirically employ empower empowering enable enabled enabling encompasses
    encompassing enhance enhanced enhancing enough ensure ensuring entire entirely especially essential
    establish etc evaluate evaluated evaluating even ever every everything exceeds excel exhibit existing
    experiment experimental explicit explicitly exploit explore explored exploring extend extensive faces
    facilitate facing fail failing fall far featuring few final finally first five focus focused focuses
    following follows for formulate found four from full fully fundamental further furthermore gave generalize
    generally generate get github give given giving go goes good great greatly guide guided had has have having
    he help hence her here hf high higher highest highlight highlighting highly him hinder his how however http
    huggingface identify ie if important importantly impressive improve improved improving in inaccurate include
    including incorporate increase increased increasing increasingly indeed individual inherent inherently
    insights inspired instead integrate integrating into intricate introduce introduced introducing investigate
    investigating involve involving is it its itself jointly just keep kept key lack large largely larger
    largest last later latter lead leading least less let leverage leveraged leveraging like likely limited
    limiting little longer lot lower made main mainly maintain maintaining major make making many match matching
    may me means merely might minimal mitigate modern more moreover most mostly motivated much multiple must my
    namely near nearly necessary need needed never nevertheless new newly next no nor not notable notably
    nothing novel now numerous observe observed obtain obtained of off offer offering often old on once one only
    onto open optimal or original other otherwise our out outperform outperformed outperforming over overall
    overcome own page paper particular particularly pass past pave per perform performing perhaps poor poorly
    popular possible potential precisely present presented preserve preserving previous previously primarily
    primary prior produce produced producing prohibitive promising propose proposed provide provided providing
    publicly purpose ranging rapid rapidly rather reach reaching real recent recently reduce reduced reducing
    regarding related relatively release released relevant rely relying remain remaining remarkable remarkably
    report represent require required requiring respect respectively result resulted resulting rethink
    rethinking reveal revealing revisit revisiting rigorous rigorously robust robustly same scalable seamless
    seamlessly second see seek seem seen serve set several shall she should show showed showing shown
    significant significantly similar similarly simple simply since six small smaller so solely solve solving
    some something sometimes soon sota source sourced spanning specially specific specifically state still
    straightforward strong strongly struggle studied study suboptimal substantial substantially such suffer
    suggest suggesting suitable superior support supporting surpass surpassing surprisingly systematic
    systematically tackle tackling tailored take taken than that the their them themselves then there thereby
    therefore these they third this thorough those though three through throughout thus to today together too
    toward train trained true two typical typically unclear under underlying understand unified unlike unlock
    unlocking unprecedented until unveil up upon us use used useful using usually utilize utilizing validate
    various vary varying vast versatile very via vital was way we website well were what when where whereas
    whether which while who whole whom whose why wide widely widespread will with within without work would www
    yet yield you your
    """.split()
)

# Words too common to mean anything alone; in a phrase they may ("image generation", "world model").
COMMON = frozenset(
    """
    ability accuracy accurate adaptive advance advanced advancement advantage agnostic aligned alternative
    analysis anti application approach area art aspect automated aware base baseline behavior benchmark
    benchmarking capability capacity case category centric challenge change character co code collection
    combination community compact comparison complex complexity component computational concept condition
    consistency consistent content context control core cost coverage cross data dataset demand dependency
    design detail development difference different difficulty dimension direct direction domain downstream
    driven dual dynamic effect effectiveness efficiency effort end engine environment error estimate evaluation
    evidence example experience expert external face factor failure family fast feature feedback fidelity field
    finding fine fixed flexible form format foundation framework free frontier function future gain gap general
    generalization generated generating generation generative generic global goal grained ground group growing
    guidance hand handle human hybrid idea impact implementation improvement inference information initial input
    insight instance integration inter interaction interface internal intra introduction issue iterative joint
    knowledge language latency layer learn learned learning length level light limit limitation line linear llm
    local long loss low machine manner mechanism method metric missing mode model modeling module multi natural
    network neural non number object objective online optimization order outcome output overhead pair paradigm
    parameter part partial pattern performance perspective phase piece pipeline platform point post power
    powerful practical practice pre precise precision prediction principle problem procedure process processing
    progress project property protocol public quality quantitative question range rate ratio reasoning relation
    reliability reliable representation research researcher resource response rich robustness role rule sample
    scale scaling scenario scheme score self semi sequence setting shared shift short shot side signal single
    size solution space speed stable stage standard static step stop strategy structural structure structured
    style sub subset success synthetic system target task technique technology term test testing text theory
    time token tool top total trade traditional training transfer tuning type understanding unit update user
    value variable variant variation variety version view weight wise word world zero
    """.split()
)
