"""The styles of an existing workbook: looks are added or cloned, those that are there are never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from workbooks.legacy_fonts import font_name
from workbooks.legacy_text import encoding_of

_CONDITIONAL = (  # spelt as Excel, LibreOffice and XlsxWriter all spell it, so that it is found again
    '<dxf xmlns="{ns}"><font><color rgb="FF{ink}"/></font>'
    '<fill><patternFill><bgColor rgb="FF{fill}"/></patternFill></fill></dxf>'
)
_PLAIN_FONT = "Arial"  # where a workbook has no other than old ones
_LISTS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")


@dataclass(frozen=True, slots=True)
class Look:
    """A look to add: each part as the inside of its element."""

    font: str
    fill: str = ""  # colour, RRGGBB
    border: str = ""  # colour of a thin line all round
    alignment: str = ""
    number_format: int = 49  # text


class Styles:
    """`styles.xml` of one workbook."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.ns = etree.QName(root).namespace or ""
        self.changed = False
        self._protected: dict[tuple[int, bool], int] = {}
        self._unicode: dict[int, int] = {}
        self._indexes: dict[str, dict[bytes, int]] = {}
        self._looks: dict[Look, int] = {}

    def protected(self, style: int, *, locked: bool) -> int:
        """The number of the style like this one whose cells are locked, or are not."""
        key = (style, locked)
        if key not in self._protected:
            self._protected[key] = self._with_protection(style, locked=locked)
        return self._protected[key]

    def _with_protection(self, style: int, *, locked: bool) -> int:
        styles = self._list("cellXfs")
        if not 0 <= style < len(styles):
            style = 0
        protection = styles[style].find("{*}protection")
        now = protection is None or protection.get("locked", "1") in {"1", "true"}
        if now is locked:
            return style
        clone = deepcopy(styles[style])
        for old in clone.findall("{*}protection"):
            clone.remove(old)
        clone.set("applyProtection", "1")
        at = 1 if clone.find("{*}alignment") is not None else 0
        clone.insert(at, self._element("protection", {"locked": str(int(locked))}))
        return self._index("cellXfs", clone)

    def in_unicode(self, style: int) -> int:
        """The number of the style like this one whose font shows Unicode: this one, unless its font is TCVN3's or VNI's."""
        if style not in self._unicode:
            self._unicode[style] = self._with_unicode(style)
        return self._unicode[style]

    def _with_unicode(self, style: int) -> int:
        styles, fonts = self._list("cellXfs"), self._list("fonts")
        number = int(styles[style].get("fontId") or 0) if 0 <= style < len(styles) else -1
        if not 0 <= number < len(fonts) or encoding_of(font_name(fonts[number])) is None:
            return style
        font = deepcopy(fonts[number])
        for child in list(font):
            if etree.QName(child).localname in {"charset", "family", "scheme"}:  # they spoke of the old font
                font.remove(child)
            elif etree.QName(child).localname == "name":
                child.set("val", self._usual_font())
        clone = deepcopy(styles[style])
        clone.set("fontId", str(self._index("fonts", font)))
        return self._index("cellXfs", clone)

    def _usual_font(self) -> str:
        """The Unicode font that most styles of the workbook have."""
        names = [font_name(font) for font in self._list("fonts")]
        numbers = (int(style.get("fontId") or 0) for style in self._list("cellXfs"))
        used = Counter(names[n] for n in numbers if n < len(names) and names[n] and not encoding_of(names[n]))
        return used.most_common(1)[0][0] if used else _PLAIN_FONT

    def look(self, look: Look) -> int:
        """The number of a style with this look."""
        if look not in self._looks:
            self._looks[look] = self._index("cellXfs", self._xf(look))
        return self._looks[look]

    def _xf(self, look: Look) -> etree._Element:
        attributes = {
            "numFmtId": str(look.number_format),
            "fontId": str(self._add("fonts", f'<font xmlns="{self.ns}">{look.font}</font>')),
            "fillId": str(self._fill(look.fill) if look.fill else 0),
            "borderId": str(self._border(look.border) if look.border else 0),
            "xfId": "0",
        }
        applied = ("applyNumberFormat", "applyFont", "applyFill", "applyBorder", "applyAlignment")
        xf = self._element("xf", attributes | dict.fromkeys(applied, "1"))
        xf.append(etree.fromstring(f'<alignment xmlns="{self.ns}" vertical="center" {look.alignment}/>'))
        return xf

    def _fill(self, colour: str) -> int:
        pattern = f'<patternFill patternType="solid"><fgColor rgb="FF{colour}"/><bgColor indexed="64"/></patternFill>'
        return self._add("fills", f'<fill xmlns="{self.ns}">{pattern}</fill>')

    def _border(self, colour: str) -> int:
        sides = "".join(
            f'<{side} style="thin"><color rgb="FF{colour}"/></{side}>' for side in ("left", "right", "top", "bottom")
        )
        return self._add("borders", f'<border xmlns="{self.ns}">{sides}<diagonal/></border>')

    def conditional(self, fill: str, ink: str) -> int:
        """The number of a conditional look: colours of the cell and of its text."""
        return self._add("dxfs", _CONDITIONAL.format(ns=self.ns, fill=fill, ink=ink))

    def _add(self, name: str, xml: str) -> int:
        return self._index(name, etree.fromstring(xml))

    def _element(self, name: str, attributes: Mapping[str, str]) -> etree._Element:
        return etree.Element(f"{{{self.ns}}}{name}", dict(attributes), nsmap={None: self.ns})

    def _index(self, name: str, element: etree._Element) -> int:
        """Where an element stands in its list; it is added when it is not there."""
        parent = self._list(name)
        known = self._indexes.setdefault(name, {})
        if not known:
            for i, child in enumerate(parent):
                known.setdefault(_canonical(child), i)
        key = _canonical(element)
        if key not in known:
            parent.append(element)
            parent.set("count", str(len(parent)))
            known[key] = len(parent) - 1
            self.changed = True
        return known[key]

    def _list(self, name: str) -> etree._Element:
        found = self.root.find(f"{{{self.ns}}}{name}")
        if found is None:
            found = self._element(name, {"count": "0"})
            before = _LISTS[: _LISTS.index(name)]
            at = max((i + 1 for i, child in enumerate(self.root) if etree.QName(child).localname in before), default=0)
            self.root.insert(at, found)
        return found


def _canonical(element: etree._Element) -> bytes:
    plain = deepcopy(element)
    plain.tail = None
    return etree.tostring(plain, method="c14n", exclusive=True)
