"""Changes of lines as an approver or a request makes them, and as the history tells them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.errors import InvalidInput, Problem
from orders.ordering.models import OrderLine


@dataclass(frozen=True, kw_only=True)
class LineEdit:
    """What is left of a line, in pieces, and why: 0 strikes it."""

    line_id: int
    quantity: int
    reason: str = ""


def require_edits(lines: Sequence[OrderLine], edits: Sequence[LineEdit]) -> dict[int, int]:
    """The pieces kept by line; raises InvalidInput with a problem an edit (`lines.<index>`).

    An edit takes away and says why; it adds nothing, and leaves something of the order.
    """
    found = {line.pk: line for line in lines}
    problems = [problem for index, edit in enumerate(edits) if (problem := _problem(index, edit, found))]
    if problems:
        raise InvalidInput(problems=problems)
    kept = {edit.line_id: edit.quantity for edit in edits}
    if not any(kept.get(line.pk, line.ordered - line.cancelled) for line in lines):
        raise InvalidInput(_("Nothing would be left of the order. Reject it instead."), code="nothing_left")
    return kept


def _problem(index: int, edit: LineEdit, lines: Mapping[int, OrderLine]) -> Problem | None:
    line = lines.get(edit.line_id)
    if line is None:
        return Problem(message=_("This line is not in the order."), code="unknown", field=f"lines.{index}.line")
    most = line.ordered - line.cancelled
    if not 0 <= edit.quantity <= most:
        message = _("Enter a quantity between 0 and %(most)d.") % {"most": most}
        return Problem(message=message, code="quantity_out_of_range", field=f"lines.{index}.quantity")
    if edit.quantity < most and not edit.reason.strip():
        message = _("Give a reason: the distributor reads it.")
        return Problem(message=message, code="required", field=f"lines.{index}.reason")
    return None


def line_changes(
    lines: Sequence[OrderLine], kept: Mapping[int, int], reasons: Mapping[int, str]
) -> list[dict[str, Any]]:
    """What changes, for an event. Before: nothing is given up yet, and the lines have their products."""
    return [
        {
            "line": line.pk,
            "code": line.product.code,
            "before": line.ordered - line.cancelled,
            "after": kept[line.pk],
            "reason": reasons.get(line.pk, "").strip(),
        }
        for line in sorted(lines, key=lambda line: line.position)
        if kept.get(line.pk, line.ordered - line.cancelled) != line.ordered - line.cancelled
    ]


def summary_of(changes: Sequence[Mapping[str, Any]]) -> str:
    """The changes in the signs that every reader knows: `A-100: 10 → 6 (reason)`."""
    return "; ".join(
        f"{one['code']}: {one['before']} → {one['after']}" + (f" ({one['reason']})" if one.get("reason") else "")
        for one in changes
    )
