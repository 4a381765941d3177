"""Text written for the fonts of TCVN3 (`.VnTime`) and VNI (`VNI-Times`), turned into Unicode by the font's own table. Pure.

The font decides (RULEBOOK 7); the letters may only speak against it: a Vietnamese text that no such table could have
written was typed over it in Unicode, and stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import groupby, product

_PREFIXES = {".vn": "tcvn3", "vni": "vni"}
_BASES = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
# Letters that the VNI table of viparse 0.1.31 leaves out for want of a document that has them (Thẳng, Thuỵ).
_VNI_REST = {"aú": "ẳ", "AÚ": "Ẳ", "î": "ỵ", "Î": "Ỵ"}
_VNI_REST_PATTERN = re.compile("|".join(_VNI_REST))
# A mark is as tall as its letter; PROPER() and the like make it small after a capital.
_VNI_SMALL_MARK = re.compile("(?<=[AEIOUYÔÖ])[àáâãäåèéêëïõøùúûü]")
_SAMPLES = {  # every letter but those of plain Latin that a text of the encoding may hold
    "tcvn3": "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþ",
    "vni": "ÀÁÂÃÄÅÆÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜàáâãäåæèéêëìíîïñòóôõöøùúûü",
}
Run = tuple[str, str]  # a stretch of a cell's text, its font


def encoding_of(font: str) -> str | None:
    """The encoding that a font's name tells: `.Vn…` TCVN3, `VNI…` VNI; None for every other font."""
    return _PREFIXES.get(font[:3].casefold())


def is_capital(font: str) -> bool:
    """Whether a font of TCVN3 shows capitals only (`.VnTimeH`): that encoding has none with a tone of its own."""
    return encoding_of(font) == "tcvn3" and font.casefold().endswith("h")


@cache
def _vietnamese() -> frozenset[str]:
    letters = {unicodedata.normalize("NFC", base + tone) for base, tone in product(_BASES, _TONES)} | {"đ"}
    return frozenset(letters | {letter.upper() for letter in letters})


@lru_cache(maxsize=4096)
def in_unicode(text: str, font: str) -> str:
    """What a text of such a font shows, in Unicode; the text itself when its letters are none of that encoding's."""
    encoding, core = encoding_of(font), text.strip()
    if encoding is None or not core or not _letters(core) <= frozenset(_SAMPLES[encoding]):
        return text
    shown = _converted(core, encoding)
    if not _letters(shown) <= _vietnamese():
        return text
    start = text.index(core)
    shown = shown.upper() if is_capital(font) else shown
    return text[:start] + shown + text[start + len(core) :]


def _letters(text: str) -> frozenset[str]:
    """The letters of a text that plain Latin does not have."""
    return frozenset(char for char in text if not char.isascii() and char.isalpha())


def _converted(text: str, encoding: str) -> str:
    if text.isascii():
        return text
    from viparse import fix  # noqa: PLC0415 (70 ms that only a workbook with such a font pays)

    if encoding == "vni":
        text = _VNI_SMALL_MARK.sub(lambda mark: mark.group().upper(), text)
        text = _VNI_REST_PATTERN.sub(lambda pair: _VNI_REST[pair.group()], text)
    return str(fix(text, encoding=encoding))


def runs_in_unicode(runs: tuple[Run, ...]) -> str:
    """What stretches of text in several fonts show together; neighbours of one font are read as one."""
    pieces = ((font, "".join(text for text, _ in group)) for font, group in groupby(runs, key=lambda run: run[1]))
    return "".join(in_unicode(text, font) for font, text in pieces)
