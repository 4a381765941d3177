"""When two spellings of a Vietnamese name are the same: case, tone placement, hyphens and apostrophes do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKS = str.maketrans({"-": " ", "–": " ", **dict.fromkeys("'’‘ʼ`´", "")})
_BETWEEN_WORDS = re.compile(r"(?<=[\w)])[\s.'’‘ʼ`´–-]+(?=[\w(])")


@lru_cache(maxsize=65_536)
def toned(text: str) -> str:
    """A text for comparing, word by word: each tone at the end of its word (òa = oà), `01` as `1`."""
    words = text.casefold().translate(_MARKS).split()
    return " ".join(str(int(word)) if word.isdecimal() else tone_last(word) for word in words)


@lru_cache(maxsize=8192)
def joined(text: str) -> str:
    """A short name for comparing as one word (`Ê-đê`, `Ê Đê`, `Êđê`); signs at its ends still count."""
    return "".join(tone_last(word) for word in _BETWEEN_WORDS.split(text.casefold()))


def tone_last(word: str) -> str:
    """A word with its tone behind its letters: where the tone stood does not count (òa = oà, úy = uý), which it is does."""
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(char for char in letters if char in _TONES)
    return "".join(char for char in letters if char not in _TONES) + tones
