"""What pages show of the warehouse's documents besides their own columns."""

from collections.abc import Iterable

from inventory.models.lines import ProductLine


def written_lines(lines: Iterable[ProductLine]) -> str:
    """Lines as they are typed: a code, a quantity, and the unit where it is not the piece."""
    return "\n".join(f"{line.product.code} {line.quantity} {line.unit}".rstrip() for line in lines)
