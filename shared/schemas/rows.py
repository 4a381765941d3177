"""A row's values: raw cells of a sheet in, canonical texts out, by a marshmallow schema made from the layout."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError

from shared.layout import SheetLayout
from shared.problems import Issue
from shared.schemas.fields import field_for


class RowSchema(Schema):
    """The stored cells of one row. Blank cells are absent; errors are issues by column key."""

    class Meta:
        """Columns that are not stored pass by."""

        unknown = EXCLUDE

    def load(self, data: Any, **kwargs: Any) -> Any:
        """Canonical texts by column key; `ValidationError` holds them in `valid_data` beside the issues."""
        try:
            return _by_key(super().load(data, **kwargs))
        except ValidationError as error:
            error.valid_data = _by_key(error.valid_data)
            raise


_ATTRIBUTE_OF: dict[str, str] = {}
_KEY_OF: dict[str, str] = {}


def _attribute(key: str) -> str:
    """A field's name: marshmallow reads a dot in it as a path."""
    name = _ATTRIBUTE_OF.setdefault(key, key.replace(".", "__"))
    _KEY_OF[name] = key
    return name


def _by_key(loaded: Any) -> dict[str, str]:
    return {_KEY_OF[name]: value for name, value in loaded.items()}


@cache
def row_schema(layout: SheetLayout) -> Schema:
    """The schema of a sheet's rows; one instance a layout."""
    fields = {_attribute(column.key): field_for(column) for column in layout.stored}
    made: type[Schema] = RowSchema.from_dict(fields, name=f"Row{layout.key}Schema")  # type: ignore[arg-type]
    return made(partial=True)


def load_row(layout: SheetLayout, cells: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, list[Issue]]]:
    """A row's good values and what is wrong with the others."""
    try:
        loaded: dict[str, str] = row_schema(layout).load(cells)
    except ValidationError as error:
        issues: dict[str, list[Issue]] = error.messages  # type: ignore[assignment]
        return error.valid_data, issues  # type: ignore[return-value]
    return loaded, {}
