"""Bodies of requests."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser as StandardParser

from core.errors import InvalidInput
from core.texts import UnstorableRow, unstorable_path

UNSTORABLE = _("A text has signs that cannot be stored: NUL, or half of a pair of surrogates.")


class JSONParser(StandardParser):
    """What is nested too deeply to be read, or cannot be written again, is a broken body, not a defect of the program."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            body = self.readable(super().parse(*args, **kwargs))
            path = unstorable_path(body)
        except RecursionError as error:
            raise ParseError(_("The body is nested too deeply.")) from error
        if path is not None:  # the text could not even be shown in the answer
            raise InvalidInput(UNSTORABLE, code="unstorable", field=path)
        return body

    def readable(self, body: Any) -> Any:
        """The body, before its texts are looked at."""
        return body


class RowsParser(JSONParser):
    """Of a call with many `rows`: one with a text that cannot be stored is refused by itself, and stops no other."""

    def readable(self, body: Any) -> Any:
        if not isinstance(body, dict) or not isinstance(body.get("rows"), list):
            return body
        rows = [row if (path := unstorable_path(row)) is None else UnstorableRow.of(row, path) for row in body["rows"]]
        return {**body, "rows": rows}
