"""Few files of users are read at once on a machine, however many processes and threads serve them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils.translation import gettext as _

from confined.slots import NoSlotError, slot
from spreadsheets.options import UnreadableFile

_PATIENCE = 0.4
"""Seconds; whoever waits keeps a web worker from everybody else."""


@contextmanager
def reading_slot(patience: float = _PATIENCE) -> Iterator[None]:
    """Take one of FILES_READ_AT_ONCE slots for as long as the block lasts.

    Raises UnreadableFile where none became free in time.
    """
    try:
        with slot("reading", count=settings.FILES_READ_AT_ONCE, patience=patience):
            yield
    except NoSlotError as error:
        raise UnreadableFile(_("Other files are being read just now. Try again in a moment.")) from error
