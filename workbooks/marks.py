"""What a cell cannot say by its text alone: it is put before the text as a sign that no text has."""

ERROR = "\ufdd0"
NO_VALUE = "\ufdd1"
TOO_LONG = "\ufdd2"
MARKS = (ERROR, NO_VALUE, TOO_LONG)
