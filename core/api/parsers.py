"""Bodies of requests."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser as StandardParser

from core.texts import all_storable


class JSONParser(StandardParser):
    """What is nested too deeply to be read, or cannot be written again, is a broken body, not a defect of the program."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            body = super().parse(*args, **kwargs)
            storable = all_storable(body)
        except RecursionError as error:
            raise ParseError(_("The body is nested too deeply.")) from error
        if not storable:  # it could not even be named in the answer
            raise ParseError(_("A text has signs that cannot be stored: NUL, or half of a pair of surrogates."))
        return body
