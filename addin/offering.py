"""The offers of a workbook: those of its class, with what the workbook itself stands against. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from addin import local
from shared.columns import STUDENT_CODE
from shared.offer_phrases import CELLS_UNTOLD
from shared.offers import OFFERED, Offer, offers
from shared.problems import Finding
from workbooks.port import Reading


def offered(reading: Reading, findings: Iterable[Finding], standing: local.Standing) -> tuple[Offer, ...]:
    """Every offer, given what a check has found; sheets without a finding to offer for are not looked at again."""
    keys = local.titles(reading.data)
    sheets = {keys[found.sheet] for found in findings if found.code in OFFERED and found.sheet in keys}
    found = offers(reading.data, reading.state.base.locks, sheets) if sheets else ()
    return tuple(_judged(offer, standing) for offer in found)


def _judged(offer: Offer, standing: local.Standing) -> Offer:
    """The offer, closed when one of its cells was not clearly read, and so is not written either."""
    clear = all(
        cell.column == STUDENT_CODE or standing.has((offer.sheet_key, cell.student_code or "", cell.column))
        for cell in offer.cells
    )
    return offer if clear or offer.reason else replace(offer, reason=CELLS_UNTOLD)
