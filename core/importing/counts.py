"""What writing came to, and the refusal that names each record at fault."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(kw_only=True)
class Counts:
    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def add(self, other: "Counts") -> None:
        self.created += other.created
        self.changed += other.changed
        self.unchanged += other.unchanged


class RowsRefused(Exception):
    """Staged records that cannot be written, each with its place, field and reason."""

    def __init__(self, faults: Sequence[tuple[int, str, str]]) -> None:
        self.faults = list(faults)
        super().__init__(faults[0][2] if faults else "")


class ImportRefused(Exception):
    """The import as a whole does not add up. `field` says where to look: `order_line.shipped`."""

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        super().__init__(reason)
