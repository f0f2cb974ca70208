from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput, Message


class UnreadableFile(InvalidInput):
    """A file, or one of its rows, cannot be read as a table at all. `row` is 0 where the whole file is meant."""

    code = "unreadable_file"
    default_message = _("This file cannot be read.")

    def __init__(self, message: Message = "", *, row: int = 0) -> None:
        super().__init__(message)
        self.row = row
