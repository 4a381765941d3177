"""Why a result is blank or unusual: a reason typed in the cell itself, so that it travels with the cell (RULEBOOK 6.4).

A cell of a result sheet holds a value, a value with a reason, or a reason alone. Canonical: `5.0`, `5.0#retest:QĐ 12`,
`#exempt`; on the sheet: `5.0`, `5.0 (kiểm tra lại: QĐ 12)`, `Miễn`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

MARK = "#"  # between value and reason in canonical text; no score, code or language holds it


@dataclass(frozen=True, slots=True)
class ReasonKind:
    """A reason of the list: the word shown, other words that people type, whether it may stand for a blank."""

    key: str
    text: str
    aliases: tuple[str, ...] = ()
    alone: bool = False
    detailed: bool = False  # says nothing without a detail


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that was given, and what was added to it: a decision's number, a date."""

    kind: ReasonKind
    detail: str = ""

    @property
    def words(self) -> str:
        """The reason in words: `Miễn: QĐ 12`."""
        return f"{self.kind.text}: {self.detail}" if self.detail else self.kind.text

    @property
    def canonical(self) -> str:
        """The reason as it is kept: `#exempt:QĐ 12`."""
        return f"{MARK}{self.kind.key}:{self.detail}" if self.detail else f"{MARK}{self.kind.key}"


EXEMPT = ReasonKind("exempt", "Miễn", ("M", "Miễn học", "Được miễn", "Miễn giảm"), alone=True)
DISABILITY = ReasonKind("disability", "Khuyết tật", ("KT", "KĐG", "Không đánh giá"), alone=True)
FROM_ABROAD = ReasonKind("abroad", "Nước ngoài", ("Học ở nước ngoài", "Ở nước ngoài"), alone=True)
MOVED = ReasonKind("transfer", "Chuyển đến", ("Chuyển trường", "Học bạ chuyển đến"), alone=True)
RETEST = ReasonKind("retest", "kiểm tra lại", ("Thi lại", "KTL"))
TRAINING = ReasonKind("training", "rèn luyện hè", ("RLH", "Rèn luyện lại", "RL hè"))
LANGUAGE = ReasonKind("language", "đổi ngoại ngữ", ("Đổi môn ngoại ngữ", "Đổi tiếng"))
VERIFIED = ReasonKind("verified", "đã đối chiếu", ("Đã kiểm tra", "Đã xác minh"))
OTHER = ReasonKind("other", "Lý do", ("Lí do",), alone=True, detailed=True)
REASONS = (EXEMPT, DISABILITY, FROM_ABROAD, MOVED, RETEST, TRAINING, LANGUAGE, VERIFIED, OTHER)

_KINDS = {kind.key: kind for kind in REASONS}
_WORDS = {word.casefold(): kind for kind in REASONS for word in (kind.text, *kind.aliases)}
_REASON = re.compile(
    rf"^({'|'.join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))})(?:\s*[:;–-]\s*(.*)|\s*\((.*)\))?$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"^(.*?\S)\s*\((.*)\)$|^(\S+)\s+(\D.*)$")


def split(text: str) -> tuple[str, Reason | None]:
    """A canonical text's value and reason; an unknown reason leaves the text as it is."""
    value, mark, rest = text.partition(MARK)
    if not mark:
        return text, None
    key, _, detail = rest.partition(":")
    kind = _KINDS.get(key)
    if kind is None or (kind.detailed and not detail) or not (value or kind.alone):
        return text, None
    return value, Reason(kind, detail)


@cache
def alone(text: str) -> Reason | None:
    """The reason that a cell's whole text gives for its blank: `Miễn`, `KT: hồ sơ số 3`."""
    reason = _reason(text)
    return reason if reason and reason.kind.alone else None


@cache
def beside(text: str) -> tuple[str, Reason] | None:
    """A value with the reason beside it: `5.0 (kiểm tra lại)`, `5,0 KTL`."""
    match = _BESIDE.match(text)
    if match is None:
        return None
    value, words = (match[1], match[2]) if match[1] else (match[3], match[4])
    reason = _reason(words.strip())
    return (value, reason) if reason else None


def _reason(words: str) -> Reason | None:
    match = _REASON.match(words)
    if match is None:
        return None
    kind, detail = _WORDS[match[1].casefold()], (match[2] or match[3] or "").strip()
    return None if kind.detailed and not detail else Reason(kind, detail)


def joined(value: str | None, reason: Reason) -> str:
    """A value and its reason as they are kept."""
    return f"{value or ''}{reason.canonical}"


def shown_with(value: str | None, reason: Reason) -> str:
    """A value and its reason as a cell shows them."""
    return f"{value} ({reason.words})" if value else reason.words
