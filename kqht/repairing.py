"""Sửa nhanh: safe repairs and offers, shown before anything is written."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from addin import repairing
from kqht.cli import Result, say
from kqht.offline import opened
from kqht.shown import table, value_words
from shared.cells import shown
from shared.comparison import Comparison
from shared.messages import CAUSES
from shared.offers import Offer, chosen, touching
from shared.records import ClassData
from shared.repair import Repair, repairs
from workbooks.files import FileWorkbook

_YES = frozenset({"c", "co", "có", "y"})
_STOP = frozenset({"d", "dừng", "dung", "q"})
_INDENT = "    "
_BLANK = "–"


def repair(given: argparse.Namespace) -> Result:
    """Sửa nhanh: safe repairs with --yes, offers with --take; on a terminal both are asked for."""
    with opened(given.file) as workbook:
        return _Repairing(given, workbook).run()


class _Repairing:
    """One call of the command on one workbook."""

    def __init__(self, given: argparse.Namespace, workbook: FileWorkbook) -> None:
        self.given, self.workbook = given, workbook
        self.reading = workbook.read()
        self.planned = repairs(self.reading.data)
        self.asking = sys.stdin.isatty() and not (given.json or given.yes or given.take)

    def run(self) -> Result:
        """Shown, asked, written once."""
        safe = _safe_lines(self.planned, self.reading.data)
        apply = bool(self.planned) and (self.given.yes or (self.asking and _agreed(safe, "Sửa các ô trên? [c/K] ")))
        after = repairing.repaired(self.reading, self.planned) if apply else self.reading
        found = repairing.offers(after)
        taken = chosen(found, self.given.take) if self.given.take else tuple(self._asked(found))
        if apply or taken:
            repairing.write(self.workbook, self.reading, self.planned if apply else (), taken)
        words = [] if self.asking and safe else safe
        words += self._safe_outcome(apply=apply) + self._offer_lines(found, taken)
        return Result(self._document(found, taken, apply=apply), words)

    def _asked(self, found: Sequence[Offer]) -> Iterator[Offer]:
        """The offers that the person at the terminal takes; one that writes where another has written is passed by."""
        taken: list[Offer] = []
        for offer in found if self.asking else ():
            if not offer.applicable or any(touching(offer, other) for other in taken):
                continue
            for line in (f"{CAUSES[offer.code]}:", *offer_lines(offer)):
                say(line)
            answer = _answer("Sửa theo đề nghị này? [c/K, d: dừng hỏi] ")
            if answer in _STOP:
                return
            if answer in _YES:
                taken.append(offer)
                yield offer

    def _safe_outcome(self, *, apply: bool) -> list[str]:
        count, file = len(self.planned), self.given.file
        if not count:
            return ["Không có gì sửa được chắc chắn. Các lỗi còn lại cần người xem: kqht check."]
        if apply:
            return [f"Đã sửa {count} ô."]
        return [f"Sẽ sửa {count} ô; chưa ghi gì. Sửa luôn: kqht repair {file} --yes"]

    def _offer_lines(self, found: Sequence[Offer], taken: Sequence[Offer]) -> list[str]:
        lines = [f"Đã sửa theo đề nghị {offer.id}: {len(offer.cells)} ô." for offer in taken]
        passed = [o for o in found if o not in taken and any(touching(o, other) for other in taken)]
        lines += [f"Đề nghị {offer.id} cùng ô với đề nghị đã chọn nên được bỏ qua." for offer in passed]
        left = [offer for offer in found if offer not in taken and offer not in passed]
        if left and taken:
            lines.append(f"Xem lại các đề nghị còn lại: kqht repair {self.given.file}")
        elif left and not self.asking:
            lines.append(f"Còn {len(left)} đề nghị cần thầy cô xem rồi mới sửa:")
            lines += _grouped(left)
            lines.append(
                f"Sửa theo một đề nghị: kqht repair {self.given.file} --take MÃ_ĐỀ_NGHỊ (nhắc lại được nhiều lần)"
            )
        return lines

    def _document(self, found: Iterable[Offer], taken: Iterable[Offer], *, apply: bool) -> dict[str, Any]:
        return {
            "repairs": [_repair_document(r, self.reading.data) for r in self.planned],
            "applied": apply,
            "offers": [offer_document(offer) for offer in found],
            "taken": [offer.id for offer in taken],
        }


def _safe_lines(planned: Iterable[Repair], data: ClassData) -> list[str]:
    return [
        f"{r.sheet}!{r.cell}: {value_words(r.before)} → {value_words(_after(r, data))} [{r.code.value}]"
        for r in planned
    ]


def _after(repair: Repair, data: ClassData) -> str | None:
    """What the repaired cell will show."""
    return shown(data.sheets[repair.sheet_key].layout.by_key[repair.column], repair.after)


def _repair_document(repair: Repair, data: ClassData) -> dict[str, Any]:
    return {
        "code": repair.code.value,
        "sheet": repair.sheet,
        "cell": repair.cell,
        "student_code": repair.student_code,
        "column": f"{repair.sheet_key}.{repair.column}",
        "before": repair.before,
        "after": _after(repair, data),
    }


def offer_document(offer: Offer) -> dict[str, Any]:
    """An offer as CONTRACT's JSON."""
    return {
        "id": offer.id,
        "code": offer.code.value,
        "title": offer.title,
        "note": offer.note,
        "sheet": offer.sheet,
        "cells": [
            {
                "cell": cell.cell,
                "student_code": cell.student_code,
                "column": f"{offer.sheet_key}.{cell.column}",
                "before": cell.before,
                "after": cell.shown,
            }
            for cell in offer.cells
        ],
        "applicable": offer.applicable,
        "reason": offer.reason or None,
    }


def _grouped(found: Sequence[Offer]) -> Iterator[str]:
    """Offers by their causes; those of several cells first."""
    ranked = sorted(found, key=lambda offer: offer.side_by_side is None)
    causes = dict.fromkeys(offer.code for offer in ranked)
    for code in causes:
        mine = [offer for offer in ranked if offer.code is code]
        yield f"{CAUSES[code]}: {len(mine)} đề nghị"
        yield from (line for offer in mine for line in offer_lines(offer))


def offer_lines(offer: Offer) -> list[str]:
    """An offer for people; when it changes several cells, with before and after side by side."""
    mark = "?" if offer.applicable else "■"
    lines = [f"  {mark} {offer.sheet}, {offer.title} [{offer.id}]"]
    if not offer.applicable:
        lines.append(f"{_INDENT}Chưa sửa được: {offer.reason}.")
    if offer.note:
        lines.append(_INDENT + offer.note)
    if offer.side_by_side:
        lines += [_INDENT + line for line in _table(offer.side_by_side)]
    return lines


def _table(compared: Comparison) -> list[str]:
    """Before and after in aligned columns; the cells that change bear a star."""
    width = len(compared.headers)
    rows = []
    for line in compared.lines:
        before = [text or _BLANK for text in line.before]
        marks = zip(line.changed, line.after, strict=True)
        after = [("*" if changed else " ") + (text or _BLANK) for changed, text in marks]
        rest = [""] * (width - len(before))
        rows.append([line.label, *before, *rest, "→", *after, *rest])
    first = "Học sinh" if compared.by_student else "Môn"
    lines = table([first, *compared.headers, "→", *(f" {name}" for name in compared.headers)], rows)
    starts = [found.start() for found in re.finditer("-+", lines[1])]
    return ["Hiện có".rjust(starts[1] + 7).ljust(starts[width + 2]) + " Sau khi sửa", *lines]


def _agreed(lines: Iterable[str], question: str) -> bool:
    for line in lines:
        say(line)
    return _answer(question) in _YES


def _answer(question: str) -> str:
    sys.stderr.write(question)
    sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip().casefold() if line else "d"  # nobody is there any more
