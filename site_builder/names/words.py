"""Word lists and tests that identify the parts of a name: initials, suffixes, particles, groups, writing systems."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from site_builder.lazy import lazy_pattern

PARTICLES = frozenset(
    "af al av ben bin bint da dal de degli dei del della den der des di do dos du e el i ibn la las le los op 't te "
    "ten ter van vom von y zu zum zur".split()
)
# Particles often written with a capital; only in Vietnam are they middle names: `Luc Van Gool`, `Yann Le Cun`.
CAPITAL_PARTICLES = frozenset("Von Van De Del Della Di Da Dos Der Des Dal Le La El Al Ter".split())
SUFFIX = lazy_pattern(r"(?:[Jj][Rr]|[Ss][Rr]|[Jj]unior|[Ss]enior|I{2,3}|IV|2nd|3rd|4th|Filho|Neto|[Pp]ère|[Ff]ils)\.?")
DEGREE = lazy_pattern(r"Ph\.?\s?D\.?|M\.?\s?D\.?|MBBS|MPH|[MB]\.?\s?Sc\.?|D\.?\s?Phil\.?")
GROUP = lazy_pattern(
    r"(?i:\b(?:team|group|labs?|laborator(?:y|ies)|collaboration|consortium|initiative|project|research|institute"
    r"|universit(?:y|ies)|foundation|community|council|committee|network|alliance|contributors|authors?|inc|ltd|llc"
    r"|gmbh|corp|and|et|others|academ(?:y|ies)|administration|association|society|organi[sz]ation|agency|ministry"
    r"|cent(?:er|re)|department|hospital|bureau|commission|museum|observatory)\b)|AI\b|^[Tt]he\b|[\d,;:&@/|()\[\]{}<>]"
)
COMPANY = lazy_pattern(r"(?:inc|ltd|llc|gmbh|corp|co)\b\.?", re.IGNORECASE)
INSTITUTION = lazy_pattern(
    r"\b(?:universit|institut|college|school|department|dept|laborator|hospital|academy|cent(?:er|re)\b|facult)",
    re.IGNORECASE,
)
_ORGANISATION = (
    r"(?:institut\w*|universit\w+|teams?|groups?|cent(?:er|re)s?|collaborations?|consortium|laborator(?:y|ies)|labs?"
    r"|academ(?:y|ies)|associations?|society|organi[sz]ation|agency|ministry|foundation|council|committee|department"
    r"|school|college|hospital|network|alliance|initiative|project|programme|service|administration|survey|observatory"
    r"|facility|commission|station|bureau|office|museum|library|company|corp|inc|ltd|llc|gmbh|sons|partners)"
)
_ENDS_AS_ORGANISATION = lazy_pattern(rf".*\b{_ORGANISATION}\.?", re.IGNORECASE | re.DOTALL)
_OF_ORGANISATION = rf"(?:[^\W\d_][\w-]*\s){{0,2}}{_ORGANISATION}\s(?:of|for|f\u00fcr|de|du|des|della|di)\s"
_BEGINS_AS_ORGANISATION = lazy_pattern(_OF_ORGANISATION, re.IGNORECASE)
# An organisation among other names, whose own name contains `and`.
ORGANISATION_WITH_AND = lazy_pattern(
    rf"(?<![^\s,;])(?:(?<!\w\s)|(?<=\s(?:and|und)\s)|(?<=\set\s)|(?<=\s&\s))(?i:the\s)?(?i:{_OF_ORGANISATION})"
    r"[^\s,;]{1,40}(?:\s[^\s,;]{1,40}){0,2}?\s(?:and|&|und|et|y)\s(?:the\s)?[^\W\d_a-z][^\s,;]{1,40}"
    r"(?=\s*(?:\Z|[,;])|\s(?:and|&|und|et)\s)"
)
_JOINT_WITHIN = lazy_pattern(r"\s(?:and|&|und|et|y)\s")
# One-character family names, those of most people in China and Korea.
FAMILY_NAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅高郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾萧肖田董潘袁蔡蒋蔣余于杜叶葉程"
    "魏苏蘇吕呂丁任卢盧姚沈钟鐘姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛闫段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬严嚴"
    "김이박최정강조윤장임한오서신권황안송류홍"
)
# Given names that are rarely family names: two in a row are both given names, as in `García Márquez, Gabriel José`.
_GIVEN_NAMES = frozenset(
    "adriana adrián alberto alejandra alejandro alessandro alfredo alicia amélie ana andrea andreas andrés angela ann "
    "anna anne annika antonio antónio armando arturo beatriz camille carlo carlos carmen carolina catalina catherine "
    "cecilia christine claire clara claude claudia cristina césar daniela diego dieter dolores eduardo elena elisa "
    "elizabeth emilia emilio emma enrique ernesto esteban eva federica federico felipe fernanda fernando fidel filipe "
    "francesca francesco francisco françois françoise gabriel gabriela gabriele giovanni giulia giuseppe gloria "
    "guadalupe guillermo gustavo hans heinrich heinz helena henrique hernando hugo ignacio inés irene isabel isabella "
    "iván jacques jaime jane javier jean jesús joana joaquín jorge josefa josé joão juan juana juliana julio jürgen "
    "karl katherine kathryn klaus laura lena lorena louise lucas lucía luis luisa luiz luís magdalena manuel manuela "
    "marcela marcelo margarita maria mariana marie mario marta mary maría mateo matilde mauricio mercedes michael "
    "miguel mónica natalia nicolas nicolás nuno octavio olga pablo patricia paula paulo pedro philippe pierre pilar "
    "rafael ramón raquel raúl renata ricardo roberto rodrigo rosa rubén salvador sandra santiago sebastián sergio "
    "silvia sofía sophie susana teresa thérèse tomás valentina verónica vicente victoria víctor wolfgang xavier "
    "ximena yolanda álvaro ángel óscar".split()
)
# Endings of methods, rare in personal names: `Annealing`, `Diffusion`, `Example Networks`.
_METHOD = lazy_pattern(
    r"(?:ing|[ts]ion|ment|ness|ity|ics|ism|sis|gy|phy|ances?|ences?|els|ods|thms?|orks|ions|ments|Carlo|Theory)\Z"
)
# The Python repr of an object: `arxiv.Result.Author('Ada Lovelace')`.
OBJECT = lazy_pattern(r"\b[\w.]{0,40}Author\((?:name=)?['\"]([^'\"]{1,200})['\"]\)")
LITERAL = lazy_pattern(r"\{[^{}]*\}")
_EAST_ASIAN = lazy_pattern(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_EAST_ASIAN_NAME = lazy_pattern(rf"(?:{_EAST_ASIAN.pattern}|[ ・·])+")
# `J.`, `Yu.`: an abbreviation with a full stop, or a single letter.
_INITIAL = lazy_pattern(r"[^\W\d_]'?[a-z]{0,2}\.|[^\W\d_]")
_SAINTS = frozenset({"St.", "Ste.", "Sta."})  # start family names: `St. John`
LONGEST_INITIALS = 3  # letters in one word: `JRR`
# Family names as short as initials, but rarely initials.
SHORT_FAMILIES = frozenset(
    "LI WU HE HU XU MA LU YU YE SU DU GU LE HO DO VO NG KO LO OH AN BI BU CHI DI FU GE GONG HAN HUO JI JU LAI BAI CAI"
    " CAO DAI FAN GAO GUO HAO HOU JIA JIN KIM LEE LIM LIN LIU LUO MAO MEI MO PAN PEI QI QIN QIU REN SHI SHU SUN TAN TAO"
    " WEI WEN WAN XIA XIE XIN YAN YAO YIN YUE ZHU ZOU YI LU NI NIU YOU ROY RAO DAS SEN PAL PAK CHO CHU CHA SIM SON YOO"
    " KOH GO BAE ITO ABE ONO COX FOX DAO VU LY MAI MIN SEO NAM AHN NOH".split()
)
# Vietnamese family names: those that are rarely given names, and the same with those that may be either.
_VIETNAMESE = frozenset("nguyen tran pham hoang huynh bui ngo duong truong dinh trinh phan dang vuong luong".split())
_MAYBE_VIETNAMESE = _VIETNAMESE.union(
    "le do ho vo vu ly mai ha cao lam luu ta thai chu quach to tang doan phung".split()
)
_KOREAN = frozenset(
    "Kim Lee Park Choi Jung Jeong Chung Kang Cho Yoon Yun Jang Lim Im Han Oh Seo Shin Sin Kwon Hwang Ahn An Song Ryu "
    "Yoo Yu Hong Ko Koh Moon Mun Yang Bae Baek Paik Nam Noh Roh Heo Hur Ha Joo Ju Min Na Pyo Son Sohn Rhee Yi".split()
)
# Hungarian given names, which follow the family name there, and are rarely family names.
_HUNGARIAN = frozenset(
    "János István László József Gábor Zoltán Tamás Sándor Gyula Mihály György Lajos Attila Csaba Béla Jenő Károly Géza "
    "Ákos Árpád Levente Krisztián Szabolcs Zsolt Ödön Katalin Zsuzsanna Zsófia Ildikó Erzsébet Ágnes Anikó Eszter Réka "
    "Orsolya Noémi Tünde Piroska Csilla Péter András Ferenc".split()
)
_HUNGARIAN_TOO = frozenset("Ervin Tibor Róbert Richárd Norbert Viktor Roland Anna Andrea Antal Imre Pál Mária".split())
_PATRONYMIC = lazy_pattern(r".+(?:ович|евич|ьич|овна|евна|ична|івна|ївна)")
_KOREAN_GIVEN = lazy_pattern(r"[A-Z][a-z]+-[a-z]+")
_THREE = 3  # words: family, middle and given name


def is_appended(text: str, name: str) -> bool:
    """Return whether the text after a name and a comma is a suffix or degree, not given names such as `M. D.`."""
    return SUFFIX.fullmatch(text) is not None or (" " in name and DEGREE.fullmatch(text) is not None)


@lru_cache(maxsize=65_536)
def is_initials(text: str) -> bool:
    """Return whether a text consists of initials only: `J. R.`, `J.-P.`, `J R` or `JR`."""
    if is_capitals(text):
        return True
    words = text.replace("-", " ").replace(".", ". ").split()
    return (
        bool(words)
        and not SUFFIX.fullmatch(words[-1])
        and all(word[0].isupper() and _INITIAL.fullmatch(word) and word not in _SAINTS for word in words)
    )


def is_capitals(word: str) -> bool:
    """Return whether a word is up to three initials without full stops, including `J-P`."""
    letters = word.replace("-", "")
    return len(letters) <= LONGEST_INITIALS and letters.isalpha() and letters.isupper()


def has_initials(name: str) -> bool:
    """Return whether any word of a name is initials."""
    return any(map(is_initials, name.split()))


def are_given_names(text: str) -> bool:
    """Return whether a text is two or more given names, without a family name."""
    words = text.casefold().split()
    return len(words) > 1 and _GIVEN_NAMES.issuperset(words)


def begins_with_given_name(text: str) -> bool:
    """Return whether the first word of a text is a given name that is rarely a family name."""
    return text.casefold().partition(" ")[0] in _GIVEN_NAMES


def is_east_asian(name: str) -> bool:
    """Return whether a name is in Chinese, Japanese or Korean script, where the family name comes first."""
    return not name.isascii() and _EAST_ASIAN_NAME.fullmatch(name) is not None


def is_joined_organisation(name: str) -> bool:
    """Return whether a name with commas or `and` is that of one organisation: `Ice, Sea and Sky Institute`."""
    *before, last = (part.strip() for part in name.split(","))
    if not _JOINT_WITHIN.search(name):
        return False
    if begins_as_organisation(name):
        return True
    is_one = not any(" " in part for part in before) and not last.startswith("and the ")
    has_joint = _JOINT_WITHIN.search(f" {last}") is not None
    return is_one and has_joint and " and the " not in last and _ENDS_AS_ORGANISATION.fullmatch(last) is not None


def begins_as_organisation(name: str) -> bool:
    """Return whether a name begins like an organisation whose name may contain `and`: `Centre for …`."""
    return _BEGINS_AS_ORGANISATION.match(name) is not None


def may_be_method(name: str) -> bool:
    """Return whether a name has an ending that is common for methods and rare for people."""
    return _METHOD.search(name) is not None


def is_group(name: str) -> bool:
    """Return whether a name is that of a team or an institution, or not a name at all."""
    return GROUP.search(name) is not None


def is_family_first(words: Sequence[str]) -> bool:
    """Return whether the words of a name show that the family name is first: Korean, Hungarian, Russian, Vietnamese."""
    first, last = words[0], words[-1]
    if "-" in last:
        return len(words) < _THREE and first in _KOREAN and _KOREAN_GIVEN.fullmatch(last) is not None
    if last in _HUNGARIAN:
        return len(words) <= _THREE and first not in _HUNGARIAN and first not in _HUNGARIAN_TOO and "." not in first
    if len(words) == _THREE and _PATRONYMIC.fullmatch(last):
        return True
    if len(words) < _THREE and first.isascii() and last.isascii():
        return False
    return _plain(first) in _VIETNAMESE and _plain(last) not in _MAYBE_VIETNAMESE


def is_vietnamese(words: Sequence[str]) -> bool:
    """Return whether a name begins or ends with a Vietnamese family name."""
    return _plain(words[0]) in _MAYBE_VIETNAMESE or _plain(words[-1]) in _MAYBE_VIETNAMESE


def _plain(word: str) -> str:
    folded = word.casefold()
    if folded.isascii():
        return folded
    return "".join(filter(str.isascii, unicodedata.normalize("NFD", folded.replace("đ", "d"))))
