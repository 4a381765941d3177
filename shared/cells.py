"""What a cell means: any raw value becomes one canonical text or None, once, at the border; and back for writing.

`from_cell` never fails and never judges: a value it cannot read stays as the text that was typed, so that nothing is
lost; the schemas say what is wrong with it. Canonical forms: a score `8.0`, a rating's code `KEM`, a catalogue's text,
subjects `geography,physics`, a date `2005-07-12`, digits as text; blank is None. A result may carry a reason (`reasons.py`).
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, Self

from shared import reasons
from shared.columns import Choice, Column, Kind
from shared.spelling import joined, tone_last

_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF]
)
_SOFT_HYPHEN = "\u00ad"  # invisible, but the letter ư where a text of TCVN3 is read as Latin-1
LEGACY_LETTERS = re.compile("[µ¸¶·¹¨©ª«¬®]")  # the other letters that tell such a text (RULEBOOK 7)
_SPACES = dict.fromkeys((160, 8199, 8239, 9, 10, 13, 12288), " ")
_CLEAN = {**_INVISIBLE, **_SPACES, 0x00D0: "Đ", 0x00F0: "đ"}
_SCORE = re.compile(r"^(\d{0,2})(?:[.,](\d*))?$", re.ASCII)
_DATE = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$", re.ASCII)
_ISO_DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?$", re.ASCII)
_TEXT_MARKS = "'\u2019` "  # a leading apostrophe tells a spreadsheet “this is text”
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE_BEFORE_MARK = re.compile(f"([{_TONES}])([\u0302\u0306\u031b])")


class LegacyText(str):
    """A text as it stands in a cell, written for a font of TCVN3 or VNI (RULEBOOK 7), and what that font shows."""

    __slots__ = ("font", "unicode")
    font: str
    unicode: str

    def __new__(cls, raw: str, unicode: str, font: str) -> Self:
        """The cell's own text, the same in Unicode, the name of the font."""
        text = super().__new__(cls, raw)
        text.unicode, text.font = unicode, font
        return text


@lru_cache(maxsize=8192)
def clean_text(text: str) -> str:
    """The text in composed form (NFC), without invisible characters, Icelandic Ð, a spreadsheet's text mark or idle spaces."""
    if not (text.isascii() and text.isprintable()):
        if not LEGACY_LETTERS.search(text):
            text = text.replace(_SOFT_HYPHEN, "")
        text = unicodedata.normalize("NFD", text.translate(_CLEAN))
        text = unicodedata.normalize("NFC", _TONE_BEFORE_MARK.sub(r"\2\1", text))
    return " ".join(text.split()).lstrip(_TEXT_MARKS)


def raw_text(raw: Any) -> str:
    """The raw value of a cell as text, in Unicode, with as many digits as a spreadsheet keeps."""
    if isinstance(raw, str):
        return raw.unicode if isinstance(raw, LegacyText) else raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, (int, float)):
        return f"{raw:.15g}"
    if isinstance(raw, dt.datetime) and raw.time() == dt.time():
        return raw.date().isoformat()
    return raw.isoformat() if isinstance(raw, (dt.date, dt.time, dt.datetime)) else str(raw)


def _score(raw: Any) -> str | None:
    """`8`, `8.0`, `8,0` and ` 8.` → `8.0`; what is no score with one decimal stays as typed."""
    if isinstance(raw, float) and -0.05 < raw < 10.05:
        tenths = round(raw * 10)
        if abs(raw * 10 - tenths) < 1e-9:
            return f"{tenths // 10}.{tenths % 10}"
    text = clean_text(raw_text(raw))
    if not text:
        return None
    match = _SCORE.match(text)
    if not match or text in {".", ","}:
        return text
    whole, decimals = match.group(1) or "0", (match.group(2) or "0").rstrip("0") or "0"
    if len(decimals) > 1 or int(whole) > 10 or (int(whole) == 10 and decimals != "0"):
        return text.replace(",", ".")
    return f"{int(whole)}.{decimals}"


def _date(raw: Any) -> str | None:
    """A date cell, `d/m/yyyy`, `d-m-yyyy`, `d.m.yyyy` or ISO → `yyyy-mm-dd`; anything else stays as typed."""
    text = clean_text(raw_text(raw))
    if match := _DATE.match(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _ISO_DATE.match(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        return text or None
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return text


def _text(raw: Any) -> str | None:
    return clean_text(raw_text(raw)) or None


def fold(text: str) -> str:
    """A key for comparing words: case, accents, tone placement, punctuation and spaces do not count."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("ð", "d"))
    return "".join(char for char in decomposed if char.isalnum())


@lru_cache(maxsize=8192)
def compared(text: str) -> str:
    """A key for telling whether two texts are the same words: case, spaces and tone placement do not count, accents do."""
    return " ".join(map(tone_last, clean_text(text).casefold().split()))


@cache
def _choice_words(column: Column) -> Mapping[str, str]:
    """Every way to write a choice, joined → its key. Accents count: “Tây” is not “Tày”."""
    words: dict[str, str] = {}
    for choice in (*column.choices, *column.also):
        for word in (choice.key, choice.text, *choice.aliases):
            words.setdefault(joined(clean_text(word)), choice.key)
    return words


@cache
def choice_keys(column: Column) -> frozenset[str]:
    """The keys that may be kept in a column of choices."""
    return frozenset(choice.key for choice in (*column.choices, *column.also))


@cache
def _choice_texts(column: Column) -> Mapping[str, str]:
    return {choice.key: choice.text for choice in (*column.choices, *column.also)}


_BETWEEN = re.compile(r"\s*[,;+/\n]\s*")


def _subjects(column: Column, text: str) -> str:
    """Names of subjects → their keys in the column's order; with one that is none of them the text stays as typed."""
    words = _choice_words(column)
    found = {words.get(joined(name)) for name in _BETWEEN.split(_unlisted(text, column.choices)) if name}
    if None in found:
        return text
    return ",".join(choice.key for choice in column.choices if choice.key in found) or text


def _unlisted(text: str, choices: tuple[Choice, ...]) -> str:
    """The text with the commas inside names taken out: `HĐTN, HN` is one subject."""
    for choice in choices:
        for name in (choice.text, *choice.aliases):
            if "," in name:
                text = text.replace(name, choice.key)
    return text


_READERS: Mapping[Kind, Callable[[Any], str | None]] = {Kind.SCORE: _score, Kind.DATE: _date}


def from_cell(column: Column, raw: Any) -> str | None:
    """The canonical value of a raw cell of a column, or None when it is blank."""
    if raw is None or raw == "":
        return None
    value = _from_cell(column, raw)
    return _with_reason(column, value) if value and column.subject and not _is_plain(column, value) else value


def _from_cell(column: Column, raw: Any) -> str | None:
    if column.choices:
        text = clean_text(raw_text(raw))
        if column.kind is Kind.SUBJECTS:
            return _subjects(column, text) or None
        return _choice_words(column).get(joined(text), text) or None
    return _READERS.get(column.kind, _text)(raw)


def _is_plain(column: Column, value: str) -> bool:
    """Whether a value of a result is one of the usual ones, so that no reason can stand in it."""
    return value in choice_keys(column) if column.choices else not any(map(str.isalpha, value))


def _with_reason(column: Column, text: str) -> str:
    """A result that carries a reason, in canonical form; any other text as it is."""
    if reasons.MARK in text:
        value, reason = reasons.split(text)
        return text if reason is None else reasons.joined(_from_cell(column, value) if value else None, reason)
    if reason := reasons.alone(text):
        return reason.canonical
    if found := reasons.beside(text):
        return reasons.joined(_from_cell(column, found[0]), found[1])
    return text


def is_iso_date(text: str) -> bool:
    """Whether a canonical text is a day of the calendar."""
    if len(text) != 10 or not _ISO_DATE.match(text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def shown(column: Column, value: str | None) -> str | None:
    """A canonical value in the words of the sheet: `KEM` → `Kém`, `2005-07-12` → `12/07/2005`."""
    if value is None:
        return None
    if column.subject and reasons.MARK in value:
        bare, reason = reasons.split(value)
        if reason is not None:
            return reasons.shown_with(shown(column, bare or None), reason)
    if column.kind is Kind.SUBJECTS:
        texts = _choice_texts(column)
        return ", ".join(texts.get(key, key) for key in value.split(",")) if "," in value else texts.get(value, value)
    if column.choices:
        return _choice_texts(column).get(value, value)
    if column.kind is Kind.DATE and (match := _ISO_DATE.match(value)):
        return "{2}/{1}/{0}".format(*match.groups())
    return value


def to_cell(column: Column, value: str | None) -> str | float | None:
    """What to write in a cell: a number for a score, text for everything else."""
    if column.kind is Kind.SCORE and (tenths := score_tenths(value)) is not None:
        return tenths / 10
    return shown(column, value)


_CANONICAL_SCORE = re.compile(r"^(?:\d\.\d|10\.0)$", re.ASCII)


def score_tenths(value: str | None) -> int | None:
    """A canonical score in tenths of a point (`8.5` → 85), or None when the value is no valid score."""
    if value is None or not _CANONICAL_SCORE.match(value):
        return None
    return int(value[:-2]) * 10 + int(value[-1])


def score_text(tenths: int) -> str:
    """Tenths of a point as a canonical score (85 → `8.5`)."""
    return f"{tenths // 10}.{tenths % 10}"
