"""A row's values: raw cells of a sheet in, canonical texts out, by a marshmallow schema made from the layout."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from marshmallow import EXCLUDE, Schema, ValidationError

from shared.layout import SheetLayout
from shared.problems import Issue
from shared.schemas.fields import CellField, field_for


class RowSchema(Schema):
    """The stored cells of one row. Blank cells are absent; errors are issues by column key."""

    class Meta:
        """Columns that are not stored pass by."""

        unknown = EXCLUDE

    def load(self, data: Any, **_options: Any) -> Any:
        """Canonical texts by column key; `ValidationError` holds them in `valid_data` beside the issues.

        It walks the fields itself: marshmallow's general loop costs three times as much as reading the cells.
        """
        values: dict[str, str] = {}
        errors: dict[str, list[Issue]] = {}
        get = data.get
        for key, field in cast("Mapping[str, CellField]", self.load_fields).items():
            raw = get(key)
            if raw is None or raw == "":
                continue
            value = field.known.get(raw)
            if value is None or raw is True or raw is False:
                try:
                    value = field.deserialize(raw)
                except ValidationError as error:
                    errors[key] = cast("list[Issue]", error.messages)
                    continue
            if value:
                values[key] = value
        if errors:
            raise ValidationError(cast("dict[str, Any]", errors), data=data, valid_data=cast("Any", values))
        return values


@cache
def row_schema(layout: SheetLayout) -> Schema:
    """The schema of a sheet's rows; one instance a layout."""
    fields = {column.key: field_for(column) for column in layout.stored}
    made: type[Schema] = RowSchema.from_dict(cast("dict[str, Any]", fields), name=f"Row{layout.key}Schema")
    return made()


def load_row(layout: SheetLayout, cells: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, list[Issue]]]:
    """A row's good values, and what is wrong with the others."""
    try:
        return cast("dict[str, str]", row_schema(layout).load(cells)), {}
    except ValidationError as error:
        return cast("dict[str, str]", error.valid_data), cast("dict[str, list[Issue]]", error.messages)
