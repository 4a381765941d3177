"""Ratings as printed against what scores and rules allow: học lực, hạnh kiểm, promotion, the exam."""

from __future__ import annotations

from collections.abc import Iterator

from shared import phrases
from shared.cells import score_text, shown
from shared.problems import Code, Issue
from shared.rules.facts import FAILED, TERMS, Plan, StudentRow, plan_of, studied
from shared.rules.ratings import RATING_RULES, Level, Marks, RatingRule, accepted, shortfalls, unlisted_below

CONDUCT = "conduct_rating"
_CONDUCT_RANKS = {"T": 0, "K": 1, "TB": 2, "Y": 3}
_LAST_GRADE = "12"


def academic_issues(row: StudentRow) -> Iterator[Issue]:
    """Học lực that is higher or lower than its scores allow (TT58 art. 13)."""
    plan = plan_of(row.layout)
    rule = RATING_RULES.get(plan.programme.key)
    columns = plan.rating(rule.subject) if rule else None
    if rule is None or columns is None:
        return
    for term, key in enumerate(columns.keys):
        printed = rule.rank(row.values.get(key, ""))
        if printed is not None and (issue := _academic_issue(row, plan, rule, term, printed)):
            yield issue


def _academic_issue(row: StudentRow, plan: Plan, rule: RatingRule, term: int, printed: int) -> Issue | None:
    average = row.tenths.get(plan.average.keys[term]) if plan.average else None
    subjects = studied(row)
    scores = {
        subject.subject: score for subject in subjects if (score := row.tenths.get(subject.keys[term])) is not None
    }
    failed = sum(row.values.get(subject.keys[term]) == FAILED for subject in plan.comments)
    marks = Marks(scores, 100 if average is None else average, failed)
    best, worst = accepted(rule, marks)
    column = f"{rule.subject}.{TERMS[term].value}"
    facts = {"term": phrases.TERM_WORDS[TERMS[term]]}
    if printed < best:
        why = _why(rule, rule.levels[printed], marks, plan)
        return Issue(Code.HL_TOO_HIGH, column, {**facts, "fixed": _name(row, column, rule.levels[best]), "why": why})
    if printed <= worst or average is None or len(scores) < len(subjects):
        return None
    facts["fixed"] = _name(row, column, rule.levels[worst])
    floor = rule.levels[rule.proven[1]].floor
    proven = (printed, worst) == rule.proven
    if proven and not unlisted_below(sum(scores.values()), len(scores), average, floor):
        facts |= {"average": score_text(average), "floor": score_text(floor)}
        return Issue(Code.HL_PROVEN_LOW, column, facts, _name(row, column, rule.levels[worst]))
    return Issue(Code.HL_LOWER, column, facts)


def _why(rule: RatingRule, level: Level, marks: Marks, plan: Plan) -> str:
    return f"{'; '.join(shortfalls(rule, level, marks, plan.names))} ({level.clause} {rule.circular})"


def _name(row: StudentRow, column: str, level: Level) -> str:
    return shown(row.layout.by_key[column], level.key) or level.key


def conduct_issues(row: StudentRow) -> Iterator[Issue]:
    """A year's conduct far from its semesters': chiefly HK II and the progress made (TT58 art. 3)."""
    columns = plan_of(row.layout).rating(CONDUCT)
    if columns is None:
        return
    get = row.values.get
    first, second, year = (_CONDUCT_RANKS.get(get(key, "")) for key in columns.keys)
    if first is None or second is None or year is None:
        return
    if not min(first, second) <= year <= max(first, second) or abs(year - second) > 1:
        yield Issue(Code.HK_CN, columns.keys[2], {"a": get(columns.keys[0]), "b": get(columns.keys[1])})


# Ratings of a year that keep a student from the next grade, or from the exam (TT58 art. 15; RULEBOOK 1.6).
_STOPS = {
    Code.PROMOTION: {"academic_rating": frozenset({"Y", "KEM"}), CONDUCT: frozenset({"Y"})},
    Code.ELIGIBLE_EXAM: {"academic_rating": frozenset({"KEM"}), CONDUCT: frozenset({"Y"})},
}


def standing_issues(row: StudentRow) -> Iterator[Issue]:
    """Ratings of a year that do not go with being in the next grade or sitting the exam (RULEBOOK 1.6)."""
    if plan_of(row.layout).programme.key not in RATING_RULES:
        return
    code = Code.ELIGIBLE_EXAM if row.layout.key == _LAST_GRADE else Code.PROMOTION
    for subject, ratings in _STOPS[code].items():
        key = f"{subject}.{TERMS[2].value}"
        if row.values.get(key) in ratings:
            yield Issue(code, key)
