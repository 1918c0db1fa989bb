"""Names in Latin and Cyrillic letters that tell that the family name stands first: `Nagy János`, `Kim Chul-soo`."""

import re
import unicodedata
from collections.abc import Sequence

# Vietnamese family names: those that are hardly given names, and others that may be either.
_VIETNAMESE = frozenset("nguyen tran pham hoang huynh bui ngo duong truong dinh trinh phan dang vuong luong".split())
_VIETNAMESE_TOO = frozenset("le do ho vo vu ly mai ha cao lam luu ta thai chu quach to tang doan phung".split())
_KOREAN = frozenset(
    "Kim Lee Park Choi Jung Jeong Chung Kang Cho Yoon Yun Jang Lim Im Han Oh Seo Shin Sin Kwon Hwang Ahn An Song Ryu "
    "Yoo Yu Hong Ko Koh Moon Mun Yang Bae Baek Paik Nam Noh Roh Heo Hur Ha Joo Ju Min Na Pyo Son Sohn Rhee Yi".split()
)
# Given names that stand behind the family name in Hungary, and are seldom family names.
_HUNGARIAN = frozenset(
    "János István László József Gábor Zoltán Tamás Sándor Gyula Mihály György Lajos Attila Csaba Béla Jenő Károly Géza "
    "Ákos Árpád Levente Krisztián Szabolcs Zsolt Ödön Katalin Zsuzsanna Zsófia Ildikó Erzsébet Ágnes Anikó Eszter Réka "
    "Orsolya Noémi Tünde Piroska Csilla Péter András Ferenc".split()
)
_HUNGARIAN_TOO = frozenset("Ervin Tibor Róbert Richárd Norbert Viktor Roland Anna Andrea Antal Imre Pál Mária".split())
_PATRONYMIC = re.compile(r".+(?:ович|евич|ьич|овна|евна|ична|івна|ївна)")
_KOREAN_GIVEN = re.compile(r"[A-Z][a-z]+-[a-z]+")
_THREE = 3  # words: family, middle and given name


def is_family_first(words: Sequence[str]) -> bool:
    """Tell whether the words of a name tell that the first of them is the family's."""
    first, last = words[0], words[-1]
    if "-" in last:
        return len(words) < _THREE and first in _KOREAN and _KOREAN_GIVEN.fullmatch(last) is not None
    if last in _HUNGARIAN:
        return len(words) <= _THREE and first not in _HUNGARIAN and first not in _HUNGARIAN_TOO and "." not in first
    if len(words) == _THREE and _PATRONYMIC.fullmatch(last):
        return True
    if len(words) < _THREE and first.isascii() and last.isascii():
        return False
    return _plain(first) in _VIETNAMESE and _plain(last) not in _VIETNAMESE | _VIETNAMESE_TOO


def is_vietnamese(words: Sequence[str]) -> bool:
    """Tell whether a name has a family name of Vietnam, at either end."""
    return any(_plain(word) in _VIETNAMESE or _plain(word) in _VIETNAMESE_TOO for word in (words[0], words[-1]))


def _plain(word: str) -> str:
    folded = word.casefold()
    if folded.isascii():
        return folded
    return "".join(filter(str.isascii, unicodedata.normalize("NFD", folded.replace("đ", "d"))))
