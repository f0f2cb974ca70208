"""Tidying the cells of a file before they are read: words for nothing, cells that are filled down."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.sentences import listed
from integration.engine.profile import FileSpec
from integration.errors import ProfileError
from spreadsheets.cells import plain


class Tidying:
    """`empty` words become empty cells; groups of columns that are empty all together repeat the row above.

    Only where all columns of a group are empty: a row that has one of them begins something new, and what it leaves
    empty is empty.
    """

    def __init__(self, spec: FileSpec, headers: Sequence[str]) -> None:
        self.empty = frozenset(spec.empty)
        self.groups = [[_place(name, headers, spec) for name in names] for names in spec.fill_down]
        self.above = [[""] * len(places) for places in self.groups]

    def apply(self, records: Sequence[list[str]]) -> None:
        """Change the rows in place. They come in the order of the file."""
        if self.empty:
            for cells in records:
                cells[:] = ["" if plain(cell).strip() in self.empty else cell for cell in cells]
        for number, places in enumerate(self.groups):
            above = self.above[number]
            for cells in records:
                found = [cells[place] for place in places]
                if any(map(str.strip, found)):
                    above = found
                else:
                    for place, cell in zip(places, above, strict=True):
                        cells[place] = cell
            self.above[number] = above


def tidying(spec: FileSpec, headers: Sequence[str]) -> Tidying | None:
    """What the profile wants done to this file; None where it wants nothing."""
    return Tidying(spec, headers) if spec.empty or spec.fill_down else None


def _place(name: str, headers: Sequence[str], spec: FileSpec) -> int:
    if name not in headers:
        where = f"files.{spec.name}.fill_down"
        raise ProfileError(
            _("%(place)s: unknown column “%(name)s”. Available: %(names)s.")
            % {"place": where, "name": name, "names": listed(headers)},
            field=where,
        )
    return headers.index(name)
