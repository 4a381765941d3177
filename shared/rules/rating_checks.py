"""Ratings as printed against what marks and rules allow: học lực or học tập, hạnh kiểm or rèn luyện, promotion, the exam."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shared import phrases
from shared.problems import Code, Issue, Severity
from shared.rules.facts import FAILED, PASSED, TERMS, Plan, StudentRow, studied
from shared.rules.marks import Accepted, Marks, RatingRule
from shared.rules.ratings import rule_for

ACADEMIC, CONDUCT = "academic_rating", "conduct_rating"
_YEAR = 2  # the third term
_LAST_GRADE = "12"


def code_issues(row: StudentRow) -> Iterator[Issue]:
    """Codes that stand on the sheet for another programme than the student's (a repeated grade, an old habit)."""
    for subject, code in ((ACADEMIC, Code.HL_CODE), (CONDUCT, Code.HK_CODE)):
        codes, columns = row.plan.codes.get(subject), row.plan.rating(subject)
        for key in columns.keys if columns and codes else ():
            value = row.values.get(key)
            if value is not None and codes and value not in codes:
                hint = phrases.OTHER_PROGRAMME.format(code=value)
                facts = {"hint": hint, "choices": ", ".join(choice.text for choice in row.plan.choices[subject])}
                yield Issue(code, key, facts, implied_rating(row, key))


def implied_rating(row: StudentRow, key: str) -> str | None:
    """The rating that a cell should show by its term's marks; None while they are not all there or leave a choice."""
    columns, rule = row.plan.rating(ACADEMIC), _rule(row)
    if rule is None or columns is None or key not in columns.keys:
        return None
    marks = marks_of(row, columns.keys.index(key))
    found = rule.accepted(marks)
    return None if _unsettled(row, marks) or found.best != found.worst else _text(row, ACADEMIC, rule.keys[found.best])


def _rule(row: StudentRow) -> RatingRule | None:
    return rule_for(row.programme, row.info.least_subjects if row.info else None)


def academic_issues(row: StudentRow) -> Iterator[Issue]:
    """A rating that is higher or lower than its marks allow (TT58 art. 13; TT22 art. 9)."""
    rule, columns = _rule(row), row.plan.rating(ACADEMIC)
    if rule is None or columns is None:
        return
    for term, key in enumerate(columns.keys):
        printed = row.values.get(key)
        if printed in rule.keys and (issue := _academic_issue(row, rule, term, rule.keys.index(printed))):
            yield issue


def marks_of(row: StudentRow, term: int) -> Marks:
    """What a term's rating rests on."""
    plan, info = row.plan, row.info
    subjects = studied(row)
    known = {s.subject: score for s in subjects if (score := row.tenths.get(s.keys[term])) is not None}
    excused = sum(s.keys[term] in row.reasons and s.subject not in known for s in subjects) if row.reasons else 0
    return Marks(
        scores=known,
        average=row.tenths.get(plan.average.keys[term]) if plan.average else None,
        failed=frozenset(s.subject for s in plan.comments if row.values.get(s.keys[term]) == FAILED),
        unknown=len(subjects) - len(known) - excused,
        specialised=info.specialised if info else None,
        names=plan.names,
    )


def _academic_issue(row: StudentRow, rule: RatingRule, term: int, printed: int) -> Issue | None:
    marks = marks_of(row, term)
    found = rule.accepted(marks)
    key = f"{ACADEMIC}.{TERMS[term].value}"
    if printed < found.best:
        why = f"{'; '.join(rule.shortfalls(printed, marks))} ({rule.clause(printed)})"
        return _judged(row, Code.HL_TOO_HIGH, key, {**_facts(row, term, found.best, rule), "why": why})
    if printed <= found.worst or _unsettled(row, marks):
        return None
    facts = {**_facts(row, term, found.worst, rule), "why": _why_not_lower(rule, marks, found)}
    proof = rule.proves_low(printed, found.worst, marks)
    if proof and found.best == found.worst:
        return _judged(row, Code.HL_PROVEN_LOW, key, {**facts, "proof": proof})
    return _judged(row, Code.HL_LOWER, key, {**facts, "hint": phrases.UNLISTED})


def _unsettled(row: StudentRow, marks: Marks) -> bool:
    """Whether something that the rating rests on is not there yet."""
    return bool(marks.unknown) or not marks.scores or (row.plan.average is not None and marks.average is None)


def _why_not_lower(rule: RatingRule, marks: Marks, found: Accepted) -> str:
    lifted = phrases.lifted(marks.name(found.lifted_by)) if found.lifted_by else ""
    return f"{rule.met(found.worst, marks)}{lifted} ({rule.clause(found.worst)})"


def _facts(row: StudentRow, term: int, rank: int, rule: RatingRule) -> dict[str, str]:
    name = row.plan.names[ACADEMIC]
    return {"rating": name, "term": phrases.TERM_WORDS[TERMS[term]], "fixed": _text(row, ACADEMIC, rule.keys[rank])}


def _text(row: StudentRow, subject: str, key: str) -> str:
    return next((choice.text for choice in row.plan.choices[subject] if choice.key == key), key)


def _judged(row: StudentRow, code: Code, key: str, facts: Mapping[str, str], severity: Severity | None = None) -> Issue:
    """An issue with the value that the rule gives; a warning at most where the circular was not read (RULEBOOK 3)."""
    if not row.programme.sure:
        severity = Severity.WARNING
    return Issue(code, key, facts, facts.get("fixed"), severity)


_RANKS_2006 = {"T": 0, "K": 1, "TB": 2, "Y": 3}
# Rèn luyện of the year by HK1 and HK2 (TT22 art. 8; RULEBOOK 2.5)
_TRAINING = {
    ("T", "T"): "T", ("T", "K"): "K", ("T", "Đ"): "K", ("T", "CĐ"): "CĐ",
    ("K", "T"): "T", ("K", "K"): "K", ("K", "Đ"): "Đ", ("K", "CĐ"): "CĐ",
    ("Đ", "T"): "K", ("Đ", "K"): "K", ("Đ", "Đ"): "Đ", ("Đ", "CĐ"): "CĐ",
    ("CĐ", "T"): "K", ("CĐ", "K"): "Đ", ("CĐ", "Đ"): "Đ", ("CĐ", "CĐ"): "CĐ",
}  # fmt: skip


def _by_levels(plan: Plan) -> bool:
    """Whether a programme rates by the levels of TT22: T, K, Đ, CĐ."""
    return FAILED in plan.codes.get(CONDUCT, ())


def conduct_issues(row: StudentRow) -> Iterator[Issue]:
    """A year's conduct against its semesters': a table in TT22 art. 8, a judgement in TT58 art. 3."""
    columns, get = row.plan.rating(CONDUCT), row.values.get
    first, second, year = [get(key) for key in columns.keys] if columns else (None, None, None)
    if columns is None or first is None or second is None or year is None or first == second == year:
        return  # not all there, or what any rule gives for two semesters alike
    if _by_levels(row.plan):
        yield from _training_issue(row, columns.keys[_YEAR], first, second, year)
        return
    ranks = [_RANKS_2006.get(term) for term in (first, second, year)]
    a, b, c = (-1 if rank is None else rank for rank in ranks)
    if None not in ranks and (not min(a, b) <= c <= max(a, b) or abs(c - b) > 1):
        yield Issue(Code.HK_CN, columns.keys[_YEAR], {"a": first, "b": second})


def _training_issue(row: StudentRow, key: str, first: str, second: str, year: str) -> Iterator[Issue]:
    wanted = _TRAINING.get((first, second))
    if wanted is None or year == wanted or year not in row.plan.codes[CONDUCT]:
        return
    facts = {"a": first, "b": second, "fixed": wanted, "hint": ""}
    if (wanted, year) == (FAILED, PASSED) and row.layout.key != _LAST_GRADE:
        yield _judged(row, Code.RL_CN, key, {**facts, "hint": phrases.AFTER_TRAINING}, Severity.WARNING)
    else:
        yield _judged(row, Code.RL_CN, key, facts)


def comment_issues(row: StudentRow) -> Iterator[Issue]:
    """A comment subject's year that is not its second semester (TT22 art. 9.1)."""
    for subject in row.plan.comments:
        _, second, year = (row.values.get(key) for key in subject.keys)
        if second is None or year is None or second == year:
            continue
        facts = {"subject": subject.name, "b": second, "fixed": second, "hint": ""}
        if year == PASSED and row.layout.key != _LAST_GRADE:
            retested = {**facts, "hint": phrases.AFTER_RETEST}
            yield _judged(row, Code.NX_CN, subject.keys[_YEAR], retested, Severity.WARNING)
        else:
            yield _judged(row, Code.NX_CN, subject.keys[_YEAR], facts)


# Ratings of a year that keep a student from the next grade, or from the exam
# (TT58 art. 15, TT22 art. 12; RULEBOOK 1.6).
_STOPS_2006 = {
    Code.PROMOTION: {ACADEMIC: frozenset({"Y", "KEM"}), CONDUCT: frozenset({"Y"})},
    Code.ELIGIBLE_EXAM: {ACADEMIC: frozenset({"KEM"}), CONDUCT: frozenset({"Y"})},
}
_FAILED_2018 = {ACADEMIC: frozenset({FAILED}), CONDUCT: frozenset({FAILED})}
_STOPS_2018 = {Code.PROMOTION: _FAILED_2018, Code.ELIGIBLE_EXAM: _FAILED_2018}


def standing_issues(row: StudentRow) -> Iterator[Issue]:
    """Ratings of a year that do not go with being in the next grade or sitting the exam (RULEBOOK 1.6)."""
    code = Code.ELIGIBLE_EXAM if row.layout.key == _LAST_GRADE else Code.PROMOTION
    stops = _STOPS_2018 if _by_levels(row.plan) else _STOPS_2006
    for subject, ratings in stops[code].items():
        key = f"{subject}.{TERMS[_YEAR].value}"
        if row.values.get(key) in ratings:
            yield Issue(code, key)
