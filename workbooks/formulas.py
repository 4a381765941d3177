"""Taking a formula out of a cell without breaking the formulas that lean on it."""

from __future__ import annotations

from lxml import etree


def release(data: etree._Element, cell: etree._Element, formula: etree._Element) -> None:
    """Before a cell loses its formula: cells that share it each get a formula of their own."""
    if formula.get("t") != "shared" or not formula.text:
        return
    from openpyxl.formula.translate import Translator  # noqa: PLC0415 - costly, and hardly ever needed

    number = formula.get("si")
    translator = Translator(f"={formula.text}", origin=cell.get("r") or "A1")
    for other in data.iter("{*}f"):
        owner = other.getparent()
        if other is formula or owner is None or other.get("t") != "shared" or other.get("si") != number:
            continue
        if not other.text:
            other.text = translator.translate_formula(owner.get("r") or "A1").removeprefix("=")
        for name in ("t", "si", "ref"):
            other.attrib.pop(name, None)
