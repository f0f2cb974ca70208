"""Bodies of requests."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser as StandardParser

from core.errors import InvalidInput
from core.texts import unstorable_path


class JSONParser(StandardParser):
    """What is nested too deeply to be read, or cannot be written again, is a broken body, not a defect of the program."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            body = super().parse(*args, **kwargs)
            path = unstorable_path(body)
        except RecursionError as error:
            raise ParseError(_("The body is nested too deeply.")) from error
        if path is not None:  # the text could not even be shown in the answer
            message = _("A text has signs that cannot be stored: NUL, or half of a pair of surrogates.")
            raise InvalidInput(message, code="unstorable", field=path)
        return body
