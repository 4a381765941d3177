"""How full a student's record is: blank required cells by lock, and the two stages of the report (guide 2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shared.cells import fold
from shared.columns import Period
from shared.layout import PROFILE, SheetLayout

_CARD_LENGTHS = (9, 12)  # CMND, CCCD
_VIETNAM = ("vietnam", "vn", "vnm")  # folded
_STATE = ("chunghiavietnam", "xhcnvietnam")  # ends of its full name


def is_foreign(cells: Mapping[str, str]) -> bool:
    """Whether a nationality other than Vietnamese is written in a profile; a blank one counts as Vietnamese."""
    nationality = cells.get("nationality")
    if nationality is None or nationality == "Việt Nam":
        return False
    folded = fold(nationality)
    return folded not in _VIETNAM and not folded.endswith(_STATE)


def missing_keys(layout: SheetLayout, cells: Mapping[str, str]) -> dict[Period | None, frozenset[str]]:
    """The required cells that are blank, by the lock that covers them (guide 2.4)."""
    unstudied = tuple(_unstudied(layout, cells))
    blank = {period: keys.difference(cells, unstudied) for period, keys in layout.required.items()}
    if layout.key == PROFILE and "national_id" not in cells:
        blank[None] = _without_number(blank[None], cells)
    return blank


def _unstudied(layout: SheetLayout, cells: Mapping[str, str]) -> Iterable[str]:
    """The cells of electives without any mark: the student does not study them."""
    electives = [s.key for s in layout.programme.subjects if s.elective] if layout.programme else []
    for key in electives:
        columns = [column.key for column in layout.stored if column.subject == key]
        if not any(column in cells for column in columns):
            yield from columns


def _without_number(blank: frozenset[str], cells: Mapping[str, str]) -> frozenset[str]:
    """A card's number stands for the personal number; a foreigner shows a passport instead (guide 2.1)."""
    card = cells.get("id_card", "")
    if card.isdecimal() and len(card) in _CARD_LENGTHS:
        return blank - {"national_id"}
    if is_foreign(cells):
        blank = blank - {"national_id"}
        return blank if "passport" in cells else blank | {"passport"}
    return blank


def missing(layout: SheetLayout, cells: Mapping[str, str]) -> dict[Period | None, int]:
    """How many required cells are blank, by the lock that covers them; the profile's stand under None."""
    return {period: len(keys) for period, keys in missing_keys(layout, cells).items()}


def stage1_done(
    missing10: Mapping[Period | None, int],
    missing11: Mapping[Period | None, int],
    missing12: Mapping[Period | None, int],
) -> bool:
    """Stage 1 of a student: grades 10 and 11 whole and HK I of grade 12 (guide 2.4)."""
    return not (any(missing10.values()) or any(missing11.values()) or missing12[Period.HK1])


def stage2_done(missing12: Mapping[Period | None, int]) -> bool:
    """Stage 2 of a student: HK II and the year of grade 12 (guide 2.4)."""
    return not missing12[Period.HK2]
