"""Whether an order approves itself: pure rules over what is known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, TypeVar


class Reason(StrEnum):
    """Why an order waits for a person. Each has its sentence in `selectors.waiting`."""

    NO_RULE = "no_rule"
    ON_HOLD = "on_hold"
    AMOUNT = "amount"
    SHORT = "short"
    UNUSUAL = "unusual"
    NOT_POSSIBLE = "not_possible"


class Rule(Protocol):
    """What a rule asks; see `ApprovalRule`."""

    company_id: Any
    type_id: Any
    tier_id: Any
    channel_kind: Any
    most_amount_company: Any
    needs_usual_quantity: Any
    needs_stock: Any


R = TypeVar("R", bound=Rule)


@dataclass(frozen=True, kw_only=True)
class CheckedOrder:
    """What rules ask about an order. `amount` is net in the company's currency, None where its rate is not known."""

    company_id: int | None
    type_id: int
    tier_id: int | None
    channel_kind: str
    amount: Decimal | None
    currency: str
    short: Sequence[str] = ()
    unusual: Sequence[Mapping[str, Any]] = ()


def concerns(rule: Rule, checked: CheckedOrder) -> bool:
    """Whether a rule is about such orders at all."""
    return (
        rule.company_id in {None, checked.company_id}
        and rule.type_id in {None, checked.type_id}
        and rule.tier_id in {None, checked.tier_id}
        and rule.channel_kind in {"", checked.channel_kind}
    )


def reasons_against(rule: Rule, checked: CheckedOrder) -> list[dict[str, Any]]:
    """What speaks against approving by a rule that concerns the order; empty where it approves."""
    found: list[dict[str, Any]] = []
    most = rule.most_amount_company
    if most is not None and (checked.amount is None or checked.amount > most):
        found.append({"code": Reason.AMOUNT, "most": str(most), "currency": checked.currency})
    if rule.needs_stock and checked.short:
        found.append({"code": Reason.SHORT, "products": list(checked.short)})
    if rule.needs_usual_quantity:
        found += [{"code": Reason.UNUSUAL, **one} for one in checked.unusual]
    return found


def first_fitting(rules: Sequence[R], checked: CheckedOrder) -> tuple[R | None, list[dict[str, Any]]]:
    """The first rule that approves; else none, with what speaks against the nearest: that with the fewest reasons."""
    asked = [(rule, reasons_against(rule, checked)) for rule in rules if concerns(rule, checked)]
    for rule, reasons in asked:
        if not reasons:
            return rule, []
    if not asked:
        return None, [{"code": Reason.NO_RULE}]
    return None, min((reasons for _rule, reasons in asked), key=len)
