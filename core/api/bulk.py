"""Calls of the API that bring thousands of rows, and the result of each."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from core.api.parsers import UNSTORABLE
from core.importing.bulk import MOST_ROWS, RowFault, RowResult, SentRow
from core.texts import UnstorableRow


class SentRows(serializers.ListSerializer[Any]):
    """Rows that are each read by themselves: one that is wrong does not stop the others."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"allow_empty": False, "max_length": MOST_ROWS, **options})

    def run_child_validation(self, data: Any) -> SentRow:
        child: Any = self.child
        if isinstance(data, UnstorableRow):
            return SentRow(values=data, faults=[RowFault(field=data.path, message=str(UNSTORABLE))])
        try:
            return SentRow(values=child.run_validation(data))
        except ValidationError as error:
            return SentRow(values=data if isinstance(data, dict) else {}, faults=_faults(error.detail))


def _faults(detail: Any, field: str = "") -> list[RowFault]:
    """What is wrong with a row, by field."""
    if isinstance(detail, dict):
        return [
            fault
            for name, below in detail.items()
            for fault in _faults(below, "" if name == "non_field_errors" else name)
        ]
    if isinstance(detail, list):
        return [fault for below in detail for fault in _faults(below, field)]
    return [RowFault(field=field, message=str(detail))]


class BulkSerializer(serializers.Serializer[Any]):
    """Up to 5,000 rows. One that is known by its key is changed; the same again changes nothing."""

    all_or_nothing = serializers.BooleanField(
        default=False, help_text="Write nothing where one row is refused; answered with 400 then, each wrong row named."
    )


class RowFaultSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="Empty where the row as a whole is wrong.")
    message = serializers.CharField()


class RowOutcomeSerializer(serializers.Serializer[Any]):
    """What became of the row at this place of the request, from 0; `key` is what it is known by, as it was sent."""

    row = serializers.IntegerField()
    key = serializers.CharField()
    result = serializers.ChoiceField(choices=RowResult.choices)
    errors = RowFaultSerializer(many=True)  # type: ignore[assignment]  # a field: the metaclass takes it out of the class
