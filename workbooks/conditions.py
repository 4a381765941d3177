"""Our own rules of conditional formatting on a sheet: told by a text in their formula; the user's are left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from workbooks.sheet_xml import SheetXml


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule: the cells it reaches over, the formula that says when it holds, and the number of its look."""

    area: str
    formula: str
    look: int


class Conditions:
    """The rules of one sheet: the user's first, then ours, family by family; the first that holds gives the look."""

    def __init__(self, xml: SheetXml, families: Sequence[str]) -> None:
        self._xml, self._families = xml, families
        self._block, self._rule = xml.tag("conditionalFormatting"), xml.tag("cfRule")

    def replace(self, family: str, wanted: Sequence[Condition]) -> None:
        """Put rules in the place of all of a family; nothing is touched when they stand there already."""
        ours = list(self._ours())
        before = [(name, self._condition(rule)) for name, rule in ours]
        after = [
            pair
            for name in self._families
            for pair in ([(name, one) for one in wanted] if name == family else [p for p in before if p[0] == name])
        ]
        numbers = [_priority(rule) for _, rule in ours]
        if before == after and all(first < second for first, second in pairwise(numbers)):
            return
        for _, rule in ours:
            self._drop(rule)
        lowest = max(
            (_priority(rule) for rule in self._xml.root.iterfind("{*}conditionalFormatting/{*}cfRule")), default=0
        )
        for number, (_, condition) in enumerate(after, lowest + 1):
            self._add(condition, number)
        self._xml.changed = True

    def _ours(self) -> Iterator[tuple[str, etree._Element]]:
        for rule in self._xml.root.iterfind(f"{self._block}/{self._rule}"):
            formula = rule.findtext(self._xml.tag("formula")) or ""
            family = next((name for name in self._families if name in formula), None)
            if family is not None:
                yield family, rule

    def _condition(self, rule: etree._Element) -> Condition:
        block = rule.getparent()
        area = block.get("sqref", "") if block is not None else ""
        return Condition(area, rule.findtext(self._xml.tag("formula")) or "", int(rule.get("dxfId") or -1))

    def _drop(self, rule: etree._Element) -> None:
        """Take a rule out; a block may hold rules of the user's own, for a program puts those of one area together."""
        block = rule.getparent()
        self._xml.remove(rule)
        if block is not None and block.find(self._rule) is None:
            self._xml.remove(block)

    def _add(self, condition: Condition, priority: int) -> None:
        block = self._xml.insert(etree.Element(self._block, {"sqref": condition.area}))
        attributes = {"type": "expression", "dxfId": str(condition.look), "priority": str(priority)}
        rule = etree.SubElement(block, self._rule, attributes)
        etree.SubElement(rule, self._xml.tag("formula")).text = condition.formula


def _priority(rule: etree._Element) -> int:
    return int(rule.get("priority") or 0)
