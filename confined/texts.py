"""Texts are English here, and put into the reader's language by whoever started the process."""


def gettext_noop(text: str) -> str:
    """Mark a text for translation where it is shown."""
    return text
