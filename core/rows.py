"""Rows of a list with words beside their columns."""

from typing import Any


class RowWithTexts:
    """A row of the database with some words more: reads like the row."""

    def __init__(self, row: Any, **words: str) -> None:
        self.row = row
        self.words = words

    def __getattr__(self, name: str) -> Any:
        words = self.__dict__["words"]
        return words[name] if name in words else getattr(self.__dict__["row"], name)
