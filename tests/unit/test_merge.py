"""The laws of the merge: no edit is lost, sending twice is harmless, disjoint senders commute, pull after send is still."""

from hypothesis import given
from hypothesis import strategies as st

from shared.merge import Gate, Outcome, RowChange, apply, diff, inverse, merge, settle

KEYS = ("mathematics.semester_1", "mathematics.semester_2", "mathematics.year", "academic_rating.year")
cells = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["5.0", "6.5", "8.0", "G", "K"]))
OPEN = Gate()


def sent(base: dict[str, str], mine: dict[str, str]) -> RowChange:
    return RowChange("11", "HS01", diff(base, mine))


@given(base=cells, mine=cells)
def test_a_change_carries_what_its_writer_saw_and_only_changed_cells_travel(
    base: dict[str, str], mine: dict[str, str]
) -> None:
    changes = diff(base, mine)
    assert apply(base, changes) == mine
    assert all(before != after for before, after in changes.values())
    assert all(base.get(key) == before for key, (before, _) in changes.items())


@given(base=cells, mine=cells, theirs=cells)
def test_no_edit_is_lost_in_a_merge(base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> None:
    merged = merge(base, mine, theirs)
    for key in KEYS:
        before, my, their = base.get(key), mine.get(key), theirs.get(key)
        if my != before:
            assert merged.cells.get(key) == my
        else:
            assert merged.cells.get(key) == their
        both_changed = my != before and their not in (before, my)
        assert (key in merged.conflicts) == both_changed


@given(base=cells, mine=cells, theirs=cells)
def test_a_conflict_shows_all_three_values(base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> None:
    for key, conflict in merge(base, mine, theirs).conflicts.items():
        assert (conflict.base, conflict.mine, conflict.theirs) == (base.get(key), mine.get(key), theirs.get(key))


@given(base=cells, mine=cells, held=cells)
def test_a_refused_cell_keeps_what_the_service_holds(
    base: dict[str, str], mine: dict[str, str], held: dict[str, str]
) -> None:
    change = sent(base, mine)
    settled = settle(change, held, OPEN)
    after = apply(held, settled.applied)
    for key, outcome in settled.outcomes.items():
        if outcome is Outcome.CONFLICT:
            assert after.get(key) == held.get(key) not in change.cells[key]
        else:
            assert after.get(key) == mine.get(key)
    untouched = set(KEYS) - set(change.cells)
    assert all(after.get(key) == held.get(key) for key in untouched)


@given(base=cells, mine=cells, held=cells)
def test_sending_twice_is_harmless(base: dict[str, str], mine: dict[str, str], held: dict[str, str]) -> None:
    change = sent(base, mine)
    once = apply(held, settle(change, held, OPEN).applied)
    again = settle(change, once, OPEN)
    assert again.applied == {}
    assert apply(once, again.applied) == once


@given(base=cells, mine=cells, theirs=cells)
def test_disjoint_senders_commute(base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> None:
    first, second = diff(base, mine), diff(base, theirs)
    second = {key: change for key, change in second.items() if key not in first}
    one, two = RowChange("11", "HS01", first), RowChange("11", "HS01", second)

    def in_order(*changes: RowChange) -> dict[str, str]:
        held = dict(base)
        for change in changes:
            held = apply(held, settle(change, held, OPEN).applied)
        return held

    assert in_order(one, two) == in_order(two, one)


@given(base=cells, mine=cells)
def test_pull_after_send_changes_nothing(base: dict[str, str], mine: dict[str, str]) -> None:
    held = apply(base, settle(sent(base, mine), base, OPEN).applied)
    merged = merge(held, mine, held)
    assert merged.cells == mine
    assert merged.conflicts == {}


@given(base=cells, mine=cells, later=cells)
def test_an_undo_restores_what_nobody_has_edited_since(
    base: dict[str, str], mine: dict[str, str], later: dict[str, str]
) -> None:
    changes = diff(base, mine)
    undone, skipped = inverse(changes, later)
    after = apply(later, undone)
    for key in changes:
        expected = base.get(key) if later.get(key) == mine.get(key) else later.get(key)
        assert after.get(key) == expected
        assert (key in skipped) == (later.get(key) != mine.get(key))


def test_cleared_is_a_change_and_untouched_is_not() -> None:
    base = {"mathematics.year": "8.0", "academic_rating.year": "G"}
    assert diff(base, {"academic_rating.year": "G"}) == {"mathematics.year": ("8.0", None)}


def test_a_gate_keeps_cells_out_but_not_their_neighbours() -> None:
    change = RowChange("11", "HS01", dict.fromkeys(KEYS, (None, "5.0")))
    gate = Gate(locked=frozenset({KEYS[0]}), forbidden=frozenset({KEYS[1]}), invalid={KEYS[2]: "không hợp lệ"})
    settled = settle(change, {}, gate)
    assert settled.applied == {KEYS[3]: (None, "5.0")}
    assert [settled.outcomes[key] for key in KEYS] == [
        Outcome.LOCKED, Outcome.FORBIDDEN, Outcome.INVALID, Outcome.APPLIED,
    ]  # fmt: skip


def test_a_value_that_is_already_there_is_unchanged_even_behind_a_lock() -> None:
    change = RowChange("11", "HS01", {KEYS[0]: (None, "5.0")})
    settled = settle(change, {KEYS[0]: "5.0"}, Gate(locked=frozenset(KEYS)))
    assert settled.outcomes == {KEYS[0]: Outcome.UNCHANGED}
