"""Rules of scores within one row: the year from its semesters, the average against its subjects (TT58 art. 11)."""

from __future__ import annotations

from collections.abc import Iterator

from shared import phrases
from shared.cells import score_text
from shared.problems import Code, Issue, Severity
from shared.rules.facts import TERMS, Plan, StudentRow, Triple, label, studied, year_tenths

PASS = 50
_NORMAL_GAP, _GREATEST_GAP = 1, 2  # tenths between TB môn and its semesters (RULEBOOK 1.7)
TYPICAL_UNLISTED = 3  # Tin học, Công nghệ, GDQP-AN (RULEBOOK 1.3)


def year_issues(row: StudentRow) -> Iterator[Issue]:
    """Year averages that are not (HK1 + 2 HK2) / 3 (TT58 art. 11; retests: art. 16)."""
    tenths = row.tenths
    for subject in row.plan.scored:
        first, second, year = subject.keys
        a, b, c = tenths.get(first), tenths.get(second), tenths.get(year)
        if a is None or b is None or c is None:
            continue
        if c != (2 * (a + 2 * b) + 3) // 6:
            yield _year_issue(row, subject, a, b, c)


def _year_issue(row: StudentRow, subject: Triple, a: int, b: int, c: int) -> Issue:
    wanted = year_tenths(a, b)
    facts = {"subject": subject.name, "a": score_text(a), "b": score_text(b), "fixed": score_text(wanted)}
    if wanted < PASS <= c and row.layout.key != "12":
        return Issue(Code.SC_CN_RETEST, subject.keys[2], facts)
    facts["others"] = _other_ways(a, b, c)
    return Issue(Code.SC_CN_FORMULA, subject.keys[2], facts, score_text(wanted))


def _other_ways(a: int, b: int, c: int) -> str:
    """The slips of one digit in a semester that would explain a year average, in words."""
    first = [score_text(x) for x in _one_digit_off(a) if year_tenths(x, b) == c]
    second = [score_text(x) for x in _one_digit_off(b) if year_tenths(a, x) == c]
    return phrases.other_changes(((label(0), first), (label(1), second)))


def _one_digit_off(tenths: int) -> Iterator[int]:
    units, decimal = divmod(tenths, 10)
    if units > 9:
        return
    yield from (units * 10 + d for d in range(10) if d != decimal)
    yield from (u * 10 + decimal for u in range(10) if u != units)


def average_issues(row: StudentRow) -> Iterator[Issue]:
    """TB môn against its semesters and against the subjects listed (RULEBOOK 1.3 and 1.7)."""
    plan = row.plan
    if plan.average is None:
        return
    means = [row.tenths.get(key) for key in plan.average.keys]
    a, b, c = means
    if a is not None and b is not None and c is not None:
        yield from _gap_issue(row, plan.average, a, b, c)
    for term, mean in enumerate(means):
        if mean is not None and (issue := _feasible_issue(row, plan, term, mean)):
            yield issue


def _gap_issue(row: StudentRow, average: Triple, a: int, b: int, c: int) -> Iterator[Issue]:
    wanted = year_tenths(a, b)
    gap = abs(c - wanted)
    if gap <= _NORMAL_GAP:
        return
    error = gap > _GREATEST_GAP and row.programme.sure and not _retested(row)
    facts = {"a": score_text(a), "b": score_text(b), "fixed": score_text(wanted), "gap": score_text(gap)}
    yield Issue(Code.SC_TB_CN, average.keys[2], facts, severity=Severity.ERROR if error else None)


def _retested(row: StudentRow) -> bool:
    """Whether some subject of a finished year was raised by a retest, and the average with it (TT58 art. 16)."""
    return any(issue.code is Code.SC_CN_RETEST for issue in year_issues(row))


def _feasible_issue(row: StudentRow, plan: Plan, term: int, mean: int) -> Issue | None:
    """Whether TB môn can come from the listed subjects and a few that are not reported (RULEBOOK 1.3)."""
    subjects, tenths = studied(row), row.tenths
    scores = [tenths[key] for subject in subjects if (key := subject.keys[term]) in tenths]
    if not scores or len(scores) < len(subjects) or plan.average is None:
        return None
    total, count = sum(scores), len(scores)
    most = plan.programme.max_unlisted
    if not any(unlisted_range(total, count, mean, h) for h in range(plan.programme.min_unlisted, most + 1)):
        code = Code.SC_TB_FEASIBLE
    elif (2 * mean + 1) * (count + TYPICAL_UNLISTED) // 2 - total < PASS * TYPICAL_UNLISTED:
        code = Code.SC_TB_LOW
    else:
        return None
    facts = {"term": phrases.TERM_WORDS[TERMS[term]], "mean": f"{total / count / 10:.2f}", "most": most}
    return Issue(code, plan.average.keys[term], facts, severity=None if row.programme.sure else Severity.WARNING)


def unlisted_range(total: int, count: int, mean: int, unlisted: int) -> tuple[int, int] | None:
    """The least and greatest sum (tenths) that unlisted subjects can have, or None when no sum gives the mean.

    A mean rounded to one decimal stands for half a tenth on either side; both ways of rounding a tie are accepted.
    """
    all_subjects = count + unlisted
    least = max(0, -((1 - 2 * mean) * all_subjects // 2) - total)
    greatest = min(100 * unlisted, (2 * mean + 1) * all_subjects // 2 - total)
    return (least, greatest) if least <= greatest else None
