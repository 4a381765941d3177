"""What the words of a header mean: a subject, a term, a grade, a field; `Toán/HK1`, `Điểm TK môn Toán`, `HK` and `HK I`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from shared.cells import clean_text, fold
from shared.columns import STATUS, Term
from shared.foreign.words import COMPONENTS, FIELD_WORDS, LANGUAGE_WORDS, NOISE, NOT_OURS, SUBJECT_WORDS, SUMMARIES
from shared.layout import PROFILE, SheetLayout

_TERMS = (
    (Term.SEMESTER_2, re.compile(r"(?<![a-z0-9])(d?tb|hl|hk)?(?:m?hk|hoc k[yi]|k[yi])\s*(?:2|ii)(?![a-z0-9])")),
    (Term.SEMESTER_1, re.compile(r"(?<![a-z0-9])(d?tb|hl|hk)?(?:m?hk|hoc k[yi]|k[yi])\s*(?:1|i)(?![a-z0-9])")),
    (
        Term.YEAR,
        re.compile(
            r"(?<![a-z0-9])(d?tb|hl|hk)?(?:m?cn|ca nam(?: hoc)?|cnam|tong ket nam(?: hoc)?|cuoi nam)(?![a-z0-9])"
        ),
    ),
)
_GRADE = re.compile(r"(?<![a-z0-9])(?:lop|khoi|k)\s*(10|11|12)(?![a-z0-9])")
_ROMAN: Mapping[str, Term] = {
    "i": Term.SEMESTER_1, "1": Term.SEMESTER_1, "ii": Term.SEMESTER_2, "2": Term.SEMESTER_2,
}  # fmt: skip
_RANKS = frozenset({"xl", "xeploai"})  # below a subject: a word for its score, not the score
_NAMES = frozenset({"mon", "tenmon"})  # below a foreign language: which one
_LANGUAGE = "foreign_language"
_TERM_GROUPS = frozenset({"hk", "hocky", "hocki", "ky", "ki"})


class Kind(StrEnum):
    """What one text of a header speaks of."""

    SUBJECT = "subject"
    FIELD = "field"
    LANGUAGE = "language"  # which foreign language, not a score
    COMPONENT = "component"  # single marks: miệng, giữa kỳ, cuối kỳ
    NEUTRAL = "neutral"  # `Điểm`, `HK1`: nothing but noise, a term or a grade
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Element:
    """One text of a header as understood."""

    kind: Kind
    key: str = ""
    term: Term | None = None
    grade: str | None = None
    exact: bool = True
    bare: str = ""  # its letters, without accents and spaces


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column's header says as a whole; `sure` when in the very words, `doubt` when it may mean something else."""

    kind: Kind
    key: str = ""
    term: Term | None = None
    grade: str | None = None
    sure: bool = True
    doubt: bool = False


@lru_cache(maxsize=4096)
def plain_words(text: str) -> str:
    """Small letters and digits without accents, in words: `Điểm TK môn Toán` → `diem tk mon toan`."""
    decomposed = unicodedata.normalize("NFD", clean_text(text).casefold().replace("đ", "d"))
    return " ".join("".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c)).split())


def term_in(text: str) -> tuple[Term | None, str]:
    """The term that some plain words name, and the words without it."""
    for term, pattern in _TERMS:
        if match := pattern.search(text):
            rest = f"{text[: match.start()]} {match.group(1) or ''} {text[match.end() :]}"
            return term, " ".join(rest.split())
    return None, text


class Vocabulary:
    """The words of a workbook's own layouts and the table of synonyms, folded → what they name."""

    def __init__(self, layouts: Iterable[SheetLayout]) -> None:
        self.subjects: dict[str, str] = {}
        self.fields: dict[str, str] = {}
        self.languages = dict.fromkeys(map(fold, LANGUAGE_WORDS), "")
        for layout in layouts:
            self._learn(layout)
        for table, names in ((SUBJECT_WORDS, self.subjects), (FIELD_WORDS, self.fields)):
            for key, words in table.items():
                if names is self.fields or key in names.values():
                    for word in words:
                        names.setdefault(fold(word), key)
        self.others = {fold(word) for word in NOT_OURS}

    def _learn(self, layout: SheetLayout) -> None:
        for column in layout.columns:
            if column.key == STATUS:
                continue
            if column.subject:
                for word in (column.group, *column.aliases):
                    self.subjects.setdefault(fold(word), column.subject)
                if column.key.endswith(".language"):
                    self.languages[fold(column.header)] = ""
            elif layout.key == PROFILE:
                for word in (column.group, *column.aliases):
                    self.fields.setdefault(fold(f"{word}{column.header}"), column.key)

    def element(self, text: str) -> Element:
        """What one text of a header speaks of."""
        if (whole := fold(text)) in self.subjects:  # before a term is looked for: `Công nghệ CN` is a subject
            return Element(Kind.SUBJECT, self.subjects[whole], bare=whole)
        term, words = term_in(plain_words(text))
        grade = None
        if match := _GRADE.search(words):
            grade = match.group(1)
            words = " ".join(f"{words[: match.start()]} {words[match.end() :]}".split())
        bare = words.replace(" ", "")
        kind, key, exact = self._named(words, bare)
        return Element(kind, key, term, grade, exact, bare)

    def _named(self, words: str, bare: str) -> tuple[Kind, str, bool]:
        tokens = words.split()
        tables = ((Kind.LANGUAGE, self.languages), (Kind.FIELD, self.fields), (Kind.SUBJECT, self.subjects))
        for kind, names in tables:
            if bare in names:
                return kind, names[bare], True
        if COMPONENTS & set(tokens):
            return Kind.COMPONENT, "", True
        if inner := self._inside_noise(tokens):
            return Kind.SUBJECT, inner, False
        neutral = NOISE.issuperset(tokens)
        return (Kind.NEUTRAL, "", True) if neutral else (Kind.UNKNOWN, self._begins(tokens), False)

    def _inside_noise(self, tokens: Sequence[str]) -> str | None:
        """The subject among words that change nothing, the longest name first."""
        for size in range(len(tokens) - 1, 0, -1):
            for start in range(len(tokens) - size + 1):
                outside = (*tokens[:start], *tokens[start + size :])
                key = self.subjects.get("".join(tokens[start : start + size]))
                if key and NOISE.issuperset(outside):
                    return key
        return None

    def _begins(self, tokens: Sequence[str]) -> str:
        """The subject that some unknown words begin with: `Toán nâng cao`."""
        if any("".join(tokens[:size]) in self.others for size in range(1, len(tokens) + 1)):
            return ""
        kept = [token for token in tokens if token not in NOISE]
        for size in range(min(3, len(kept) - 1), 0, -1):
            key = self.subjects.get("".join(kept[:size]), "")
            if key and key not in SUMMARIES:
                return key
        return ""

    def is_pair(self, upper: str, lower: str) -> bool:
        """Whether two texts above each other name a field of the profile: `Quê quán`, `Tỉnh/TP`."""
        return bool(upper) and fold(f"{upper}{lower}") in self.fields

    def meaning(self, path: Sequence[str]) -> Meaning:
        """What a column's header says, from its upper texts to its lowest."""
        if field := self.fields.get(fold("".join(path[-2:]))) if len(path) > 1 else None:
            return Meaning(Kind.FIELD, field)
        elements = _with_split_terms([self.element(text) for text in path])
        term = next((e.term for e in reversed(elements) if e.term), None)
        grade = next((e.grade for e in reversed(elements) if e.grade), None)
        found = _field(elements) or _result(elements, term)
        return Meaning(found.kind, found.key, term, grade, found.sure, found.doubt)


def _with_split_terms(elements: list[Element]) -> list[Element]:
    """`HK` above `I` is a semester where a subject is named too; `I` below a subject is one as well."""
    subject = any(e.kind is Kind.SUBJECT and e.bare != "hk" for e in elements)
    found: list[Element] = []
    for above, element in zip([None, *elements], elements, strict=False):
        term = _ROMAN.get(element.bare)
        if term and above and (above.bare in _TERM_GROUPS or above.kind is Kind.SUBJECT):
            if above.bare in _TERM_GROUPS and (subject or above.bare != "hk"):
                found[-1] = Element(Kind.NEUTRAL)
            element = Element(Kind.NEUTRAL, term=term, exact=False)  # noqa: PLW2901
        found.append(element)
    return [e for e in found if e.kind is not Kind.UNKNOWN or e.bare not in _TERM_GROUPS]


def _field(elements: Sequence[Element]) -> Meaning | None:
    at = next((i for i in reversed(range(len(elements))) if elements[i].kind is Kind.FIELD), None)
    if at is None:
        return None
    if any(e.kind is not Kind.NEUTRAL for e in elements[at + 1 :]):
        return Meaning(Kind.UNKNOWN)
    return Meaning(Kind.FIELD, elements[at].key)


def _result(elements: Sequence[Element], term: Term | None) -> Meaning:
    """A subject named goes before an average or a rating: `Điểm trung bình/Toán` is Toán."""
    places = [i for i, e in enumerate(elements) if e.kind is Kind.SUBJECT]
    subjects = [i for i in places if elements[i].key not in SUMMARIES]
    at = (subjects or places or [-1])[-1]
    below = elements[at + 1 :]
    if language := _language(elements, at, term):
        return language
    ranked = bool(subjects) and any(e.bare in _RANKS for e in below)
    if ranked or any(e.kind is Kind.COMPONENT for e in elements):
        return Meaning(Kind.COMPONENT)
    if not places:
        begun = next((e.key for e in elements if e.kind is Kind.UNKNOWN and e.key), "")
        return Meaning(Kind.SUBJECT, begun, sure=False, doubt=True) if begun else Meaning(Kind.UNKNOWN)
    rated = any(i > at for i in places if elements[i].key.endswith("_rating"))
    doubt = rated or any(e.kind is Kind.UNKNOWN for e in below) or len({elements[i].key for i in subjects}) > 1
    sure = elements[at].exact and all(e.exact for e in elements if e.kind is not Kind.UNKNOWN)
    return Meaning(Kind.SUBJECT, elements[at].key, sure=sure, doubt=doubt)


def _language(elements: Sequence[Element], at: int, term: Term | None) -> Meaning | None:
    """Which language is learnt; with a term beside it, it is the language's score after all."""
    key = elements[at].key if at >= 0 and elements[at].key.startswith(_LANGUAGE) else _LANGUAGE
    asked = any(e.kind is Kind.LANGUAGE for e in elements)
    if term is not None:
        return Meaning(Kind.SUBJECT, _LANGUAGE, sure=False) if asked and at < 0 else None
    named = at >= 0 and elements[at].key == key and any(e.bare in _NAMES for e in elements[at + 1 :])
    return Meaning(Kind.LANGUAGE, key, sure=asked) if asked or named else None
