"""How many lines a text takes in a column, by the widths of Arial's letters: no program fits rows that it did not write."""

from __future__ import annotations

import unicodedata
from functools import cache

_DIGIT = 7.0  # pixels of a digit in Arial 10, the unit of a column's width
_EM = 13.33  # pixels of its em
_CLASSES = (("ijl'|", 0.23), ("tfI.,;:!/[] ", 0.28), ('r()-“”"', 0.34), ("cksvxyzJ", 0.5), ("mMWGOQ%@", 0.83))
_WIDTHS = {letter: width for letters, width in _CLASSES for letter in letters}
_SPACE = _WIDTHS[" "] * _EM


@cache
def _width(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter.replace("đ", "d").replace("Đ", "D"))[0]
    return _EM * _WIDTHS.get(base, 0.71 if base.isupper() or base == "w" else 0.556)


def lines_in(text: str, width: float) -> int:
    """The lines of a text in a column of so many characters, broken between words."""
    room = width * _DIGIT
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        filled = 0.0
        for word in paragraph.split(" "):
            wide = sum(map(_width, word))
            if filled and filled + _SPACE + wide > room:
                lines, filled = lines + 1, 0.0
            lines += int((wide - 1) // room) if wide > room else 0  # a word longer than a line is cut
            filled = wide % room if wide > room else filled + wide + (_SPACE if filled else 0.0)
    return lines
