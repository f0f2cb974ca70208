"""Why a workbook is not read. The reader of the message has a language, which this process does not know."""

from dataclasses import dataclass, field

from confined.texts import gettext_noop

DAMAGED = gettext_noop("This is not a workbook that can be read, or it is damaged.")
PROTECTED = gettext_noop("This workbook is protected by a password, or damaged. Save it without a password.")
TOO_MUCH = gettext_noop("The file is too large. Split it into several files.")
TOO_MANY_ROWS = gettext_noop("There are more than %(limit)s rows.")
TOO_MANY_COLUMNS = gettext_noop("There are more than %(limit)s columns.")
LONG_CELL = gettext_noop("A cell has more than %(limit)s characters.")
NO_SHEET = gettext_noop("The workbook has no sheet.")
UNKNOWN_SHEET = gettext_noop("There is no sheet “%(sheet)s”. The workbook has: %(names)s.")
DAMAGED_HERE = gettext_noop("The sheet is damaged here.")


@dataclass
class WorkbookFault(Exception):
    """`message` is an English text with named places, `values` what stands in them, `row` 0 for the whole file."""

    message: str
    values: dict[str, str | int] = field(default_factory=dict)
    row: int = 0
