"""The hidden sheet's rows as SpreadsheetML: what the program remembers, and to its right the long lists of choices."""

from __future__ import annotations

from itertools import zip_longest

from shared.layout import SheetLayout
from workbooks.hidden import dump_state
from workbooks.sheet_plan import long_lists
from workbooks.state import State
from workbooks.xml_cells import plain_rows

LIST_COLUMN = 5  # F; columns D and E stay free


def hidden_rows(state: State, layouts: tuple[SheetLayout, ...]) -> str:
    """All rows of the hidden sheet."""
    memory = dump_state(state)
    lists = list(zip_longest(*(rule.texts for rule in long_lists(layouts))))
    none = (None, None, None)
    return plain_rows((*(left or none), None, None, *(right or ())) for left, right in zip_longest(memory, lists))
