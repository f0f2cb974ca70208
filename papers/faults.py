"""Why a paper is not made. The reader of the message has a language, which this package does not know."""

from confined.texts import gettext_noop

TOO_MUCH = gettext_noop("The paper takes too long or too much memory to be made. Select fewer documents.")
BUSY = gettext_noop("Other papers are being made just now. Try again in a moment.")
NO_FONT = gettext_noop("The font of the papers is not installed. Run `make setup`.")
FAILED = gettext_noop("The paper could not be made.")


class PaperFault(Exception):
    """`message` is an English text; `details` are for the log."""

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.details = details
