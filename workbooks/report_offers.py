"""The part Đề nghị sửa of the report: repairs of several cells that ask first, before and after side by side. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from shared.comparison import ComparedLine
from shared.offer_phrases import take_command
from shared.offers import Offer
from shared.problems import Severity
from workbooks import words
from workbooks.report import Line, Look, cell_link

_BLANK, _BETWEEN = "–", " · "


def offer_lines(offers: Iterable[Offer], names: Mapping[str, str]) -> Iterator[Line]:
    """A heading for each offer of several cells and its lines side by side; single cells are only counted."""
    found = list(offers)
    if not found:
        return
    yield Line(Look.LEGEND, ("",))
    yield Line(Look.COUNTS, (words.OFFERS_TITLE.format(count=len(found)),))
    if single := sum(not offer.side_by_side for offer in found):
        yield Line(Look.LEGEND, (words.SINGLE_OFFERS.format(count=single),))
    if single < len(found):
        yield Line(Look.HEADINGS, words.OFFER_COLUMNS)
    for offer in found:
        if offer.side_by_side:
            yield from _whole(offer, names)


def _whole(offer: Offer, names: Mapping[str, str]) -> Iterator[Line]:
    yield Line(Look.GROUP, (words.OFFER.format(sheet=offer.sheet, title=offer.title),), Severity.INFO)
    if offer.note:
        yield Line(Look.LEGEND, (offer.note,))
    how = take_command(offer.id) if offer.applicable else words.OFFER_CLOSED.format(reason=offer.reason)
    yield Line(Look.LEGEND, (how,))
    for line in offer.side_by_side.lines if offer.side_by_side else ():
        yield _compared(offer, line, names)


def _compared(offer: Offer, line: ComparedLine, names: Mapping[str, str]) -> Line:
    by_student = offer.side_by_side is not None and offer.side_by_side.by_student
    stars = ("*" if changed else "" for changed in line.changed)
    texts = (
        words.OFFER_MARK,
        offer.sheet,
        line.cell,
        " ".join(filter(None, (line.student_code, names.get(line.student_code)))),
        "" if by_student else line.label,
        _joined(line.before),
        _joined([star + (text or _BLANK) for star, text in zip(stars, line.after, strict=True)]),
        "",
    )
    return Line(Look.FINDING, texts, Severity.INFO, cell_link(offer.sheet, line.cell))


def _joined(texts: Sequence[str]) -> str:
    return _BETWEEN.join(text or _BLANK for text in texts)
